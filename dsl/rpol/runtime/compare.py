"""Whether two states of one request, on two days or in two scenarios, differ in the decision of some completion.

Decisions are compared as language.md, section 3, has it ("the same"): outcome, mark, outcome under each instrument,
duties. Each part is compared apart, over the unknown facts that it turns on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from rpol.runtime.ask import MOST_STATES, State, Step, distinct, narrowed, take
from rpol.runtime.errors import TooManyCompletions
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.finding import Finding, duties, join
from rpol.runtime.ladder import RANK

# A part of a decision.
Part: TypeAlias = Callable[[Finding], object]


def differ(evaluator: Evaluator, one: State, other: State, steps: Sequence[Step]) -> bool:
    """Tell whether some completion has another decision in the one state than in the other."""
    if one == other:
        return False
    # Declared facts may leave a completion in one of the states alone, whatever the clauses say.
    if evaluator.index.contents.facts and _differs(evaluator, (one, other), steps, (), lambda found: True):
        return True
    numbers = sorted(evaluator.index.clauses(evaluator.index.real, _live(one, other)))
    if any(_differs(evaluator, (one, other), steps, *part) for part in _parts(evaluator, numbers)):
        return True
    # Where no clause of the ladder stands, routes alone make the mark.
    routes = [number for number in numbers if evaluator.rules.effects[number] in ("exempt", "permit")]
    if not any(_differs(evaluator, (one, other), steps, (route,), _speaks((route,))) for route in routes):
        return False
    return _differs(evaluator, (one, other), steps, numbers, lambda found: (found.outcome, found.mark))


def _live(one: State, other: State) -> int:
    live = 0
    for boxes, _ in (*one, *other):
        live |= boxes
    return live


def _parts(evaluator: Evaluator, numbers: Sequence[int]) -> Iterator[tuple[Collection[int], Part]]:
    """Yield whether a case can be, the outcome under each instrument and each duty, with the clauses that make it."""
    yield (), lambda _: True
    index = evaluator.index
    by_instrument: dict[str, list[int]] = {}
    by_duty: dict[object, list[int]] = {}
    for number in numbers:
        ref = index.contents.clauses[number].ref
        if ref.effect in RANK:
            by_instrument.setdefault(ref.instrument or "none", []).append(number)
        for duty in duties(index.catalogue, (number,)):
            by_duty.setdefault((duty.text, duty.instrument, duty.route), []).append(number)
    for instrument, under in by_instrument.items():
        yield under, _under(instrument)
    for owing in by_duty.values():
        yield owing, _speaks(owing)


def _under(instrument: str) -> Part:
    return lambda found: found.by_instrument.get(instrument)


def _speaks(numbers: Collection[int]) -> Part:
    return lambda found: not found.speaking.isdisjoint(numbers)


def _differs(
    evaluator: Evaluator, states: tuple[State, State], steps: Sequence[Step], numbers: Collection[int], part: Part
) -> bool:
    index = evaluator.index
    mask = index.fact_boxes
    for number in frozenset().union(*(evaluator.rules.concerned(number) for number in numbers)):
        mask |= index.region_masks[index.contents.real[number]]
    starts = [frozenset((live & mask, rows) for live, rows in state) for state in states]

    def seen(state: State) -> object:
        found = [finding for case in state if (finding := evaluator.find(case, brief=True)) is not None]
        return part(join(found)) if found else None

    return any(seen(one) != seen(other) for one, other in _apart(starts[0], starts[1], narrowed(steps, mask)))


def _apart(one: State, other: State, steps: Sequence[Step], most: int = MOST_STATES) -> Iterator[tuple[State, State]]:
    """Yield what two states become side by side, each pair once; where they come to the same, no further."""
    waiting = [(0, one, other)]
    seen = set(waiting)
    while waiting:
        position, left, right = waiting.pop()
        if left == right:
            continue
        if position == len(steps):
            yield left, right
            continue
        for choice in distinct((left, right), steps[position]):
            after = (position + 1, take(left, choice), take(right, choice))
            if after not in seen:
                seen.add(after)
                waiting.append(after)
        if len(seen) > most:
            raise TooManyCompletions("The request leaves too much open to be compared exactly. Give more of its facts.")
