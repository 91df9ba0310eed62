"""Encode a request for an index: what is given as bits, what is left open as steps to branch on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import TypeAlias, cast

from attrs import frozen

from rpol.runtime.attribute import Attribute, Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO
from rpol.runtime.errors import TooManyCompletions
from rpol.runtime.index import Index, Match
from rpol.runtime.request import Request

# One case that is asked for: the boxes it can still hit, and the list rows that speak of it.
Case: TypeAlias = tuple[int, frozenset[Match]]
# All cases asked for at once, for a good under several codes or several parties in one role.
State: TypeAlias = frozenset[Case]
# One way to settle an attribute: an option for each value asked, as boxes that hold it and rows that speak of it.
Choice: TypeAlias = tuple[Case, ...]

MOST_STATES = 200_000


@frozen
class Step:
    """An attribute, or one axis of it, and the choices it leaves open; where it is settled there is one choice."""

    attribute: str
    choices: tuple[Choice, ...]


@frozen
class Encoded:
    """A request as steps: `given` first, then `open`. `unknown` are the attributes that the request does not settle."""

    given: tuple[Step, ...]
    open: tuple[Step, ...]
    unknown: tuple[str, ...]


def encode(index: Index, request: Request) -> Encoded:
    """Return the steps of a request, dates and scenario left out."""
    given: list[Step] = []
    left: list[Step] = []
    unknown: list[str] = []
    for attribute in index.contents.attributes:
        asked = request.facts.get(attribute.name)
        if asked is None:
            unknown.append(attribute.name)
            if attribute.name not in index.open_steps:
                index.open_steps[attribute.name] = tuple(_open_steps(index, attribute))
            left += cast("tuple[Step, ...]", index.open_steps[attribute.name])
            continue
        options = [[_option(index, attribute.name, value) for value in possible] for possible in asked]
        step = Step(attribute.name, tuple(dict.fromkeys(product(*options))))
        if any(len(possible) > 1 for possible in asked):
            unknown.append(attribute.name)
            left.append(step)
        else:
            given.append(step)
    return Encoded(tuple(given), tuple(left), tuple(unknown))


def start(index: Index, request: Request, date: int | None = None, scenario: str | None = None) -> State:
    """Return the state before any step: the day, what is known and the scenario are settled."""
    mask = index.holding(DATE, request.date if date is None else date)
    mask &= index.holding(KNOWN_ON, request.known_on)
    mask &= index.holding(SCENARIO, request.scenario if scenario is None else scenario)
    return frozenset({(mask, frozenset())})


def take(state: State, choice: Choice) -> State:
    """Return the state after a choice: every case is asked for with each of the choice's options."""
    return frozenset((live & boxes, rows | more) for live, rows in state for boxes, more in choice)


def leaves(states: Sequence[State], steps: Sequence[Step], most: int = MOST_STATES) -> tuple[tuple[State, ...], ...]:
    """Return what `states` become through all steps, side by side, for every way to settle what is open; each once.

    Raise TooManyCompletions where that takes more than `most` states on the way.
    """
    reached = {tuple(states): None}
    seen = 0
    for step in steps:
        after: dict[tuple[State, ...], None] = {}
        for side_by_side in reached:
            for choice in distinct(side_by_side, step):
                after[tuple(take(state, choice) for state in side_by_side)] = None
            if seen + len(after) > most:
                raise TooManyCompletions(
                    "The request leaves too much open to be answered exactly. Give more of its facts, first of all "
                    f"`{step.attribute}`."
                )
        seen += len(after) if len(step.choices) > 1 else 0
        reached = after
    return tuple(reached)


def narrowed(steps: Sequence[Step], boxes: int, lists: Collection[tuple[str, str]] = ()) -> tuple[Step, ...]:
    """Return steps that look only at `boxes` and at rows of `lists` (attribute, list), the most telling first.

    Steps whose choices no longer differ come together as one.
    """
    found: list[Step] = []
    settled: list[Choice] = []
    for step in steps:
        choices = tuple(dict.fromkeys(_narrow(choice, boxes, lists) for choice in step.choices))
        if len(choices) > 1:
            found.append(Step(step.attribute, choices))
        else:
            settled.append(choices[0])
    found.sort(key=_cuts, reverse=True)
    return (*(Step("", (choice,)) for choice in settled), *found)


def _narrow(choice: Choice, boxes: int, lists: Collection[tuple[str, str]]) -> Choice:
    return tuple(
        (mask & boxes, frozenset(row for row in rows if row[:2] in lists) if lists else frozenset())
        for mask, rows in choice
    )


def _cuts(step: Step) -> int:
    """Return how many boxes a step may settle: those that one of its choices keeps and another does not."""
    some, all_of_them = 0, -1
    for choice in step.choices:
        for mask, _ in choice:
            some |= mask
            all_of_them &= mask
    return (some & ~all_of_them).bit_count()


def distinct(states: Sequence[State], step: Step) -> Iterator[Choice]:
    """Yield the choices of a step that differ for what is still live."""
    if len(step.choices) == 1:
        yield step.choices[0]
        return
    live = 0
    for state in states:
        for mask, _ in state:
            live |= mask
    yield from dict.fromkeys(tuple((mask & live, rows) for mask, rows in choice) for choice in step.choices)


def _option(index: Index, attribute: str, value: Value) -> Case:
    return index.holding(attribute, value), index.matches(attribute, value)


def _open_steps(index: Index, attribute: Attribute) -> Iterator[Step]:
    """Yield a step for each axis of an attribute that is not given."""
    for number in index.axes_by_attribute[attribute.name]:
        axis = index.axis(number)
        options: dict[Case, None] = {}
        for cls in range(axis.size):
            options[index.bits[number][cls], index.matches_of_class(attribute.name, number, cls)] = None
        yield Step(attribute.name, tuple((option,) for option in options))
