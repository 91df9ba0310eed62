"""Acts that do nothing, overlap or never end: what is told of random policies is so on every point of the calendar.

By brute force: an act is taken out of the policy, and what is in force is looked up again for every pair of days on
which anything may change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.strategies_policies import policies

from rpol.model.force import Calendar, World, reaches
from rpol.model.judge import days_of_change, forces_named, named_by
from rpol.model.plane import END, FIRST, Region
from rpol.model.policy import Act, Instrument, Path, PlainList, Policy, Target
from rpol.runtime.axes import BASE
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place, SourceText
from rpolc.analysis.study import Study
from rpolc.analysis.suspensions import suspensions
from rpolc.lower.lower import lower

SOURCE = SourceText("random.rpol", "")
# A scenario, a day, a known_on.
Point: TypeAlias = tuple[str, int, int]
# An instrument, and a paragraph of it or None.
Cited: TypeAlias = tuple[str, Path | None]


@frozen
class Numbered:
    """An act with one target; its number is where it is placed."""

    instrument: Instrument
    act: Act

    @property
    def number(self) -> int:
        return self.act.place.start

    @property
    def target(self) -> Target:
        (target,) = self.act.targets
        return target


@st.composite
def policies_with_single_targets(draw: st.DrawFn) -> Policy:
    """Return policies in which every act names one thing, at a place of its own."""
    policy = draw(policies())
    numbers = iter(range(1_000))

    def apart(one: Instrument) -> Instrument:
        acts = [evolve(act, targets=(target,)) for act in one.acts for target in act.targets]
        placed = (evolve(act, place=Place(SOURCE, number, number + 1)) for act, number in zip(acts, numbers))  # noqa: B905
        return evolve(one, acts=tuple(placed))

    return evolve(policy, instruments={name: apart(one) for name, one in policy.instruments.items()})


def acts_of(policy: Policy) -> dict[int, Numbered]:
    every = (Numbered(one, act) for one in policy.instruments.values() for act in one.acts)
    return {one.number: one for one in every}


def without(policy: Policy, numbers: Collection[int]) -> Policy:
    def less(one: Instrument) -> Instrument:
        return evolve(one, acts=tuple(act for act in one.acts if act.place.start not in numbers))

    return evolve(policy, instruments={name: less(one) for name, one in policy.instruments.items()})


# ---------------------------------------------------------------- what is in force, and where


def points_of(policy: Policy) -> list[Point]:
    issued = {one.issued for one in policy.instruments.values() if one.issued is not None}
    return list(product((BASE, *policy.scenarios), days_of_change(policy), (FIRST, *sorted(issued), END)))


def calendars(policy: Policy) -> dict[str, Calendar]:
    return {name: Calendar(policy, World(scenario=name)) for name in (BASE, *policy.scenarios)}


def in_force(policy: Policy, points: list[Point], cited: Collection[Cited]) -> dict[object, object]:
    """Return the points at which each part of a policy is in force; and which of `cited` are spoken of as doubted."""
    law = calendars(policy)

    def where(find: object) -> frozenset[Point]:
        regions: Mapping[str, Region] = {name: find(calendar) for name, calendar in law.items()}  # type: ignore[operator]
        return frozenset(point for point in points if point[1:] in regions[point[0]])

    found: dict[object, object] = {}
    for clause in policy.clauses:
        found["clause", clause.index] = where(lambda calendar: calendar.clause(clause))  # noqa: B023
        for target in forces_named(clause.condition):
            found["asked", target] = where(lambda calendar: calendar.asked(target))  # noqa: B023
    for name, listing in policy.lists.items():
        for number, row in enumerate(listing.rows if isinstance(listing, PlainList) else ()):
            found["row", name, number] = where(lambda calendar: calendar.row(row))  # noqa: B023
    for one in policy.instruments.values():
        for number, doubt in enumerate(one.doubts):
            found["doubt", one.name, number] = where(lambda calendar: calendar.at_work(one, doubt.window))  # noqa: B023
            found["doubted", one.name, number] = frozenset(
                thing for thing in cited for target in named_by(one) if reaches(target, *thing)
            )
        for act in one.acts:
            found["act", act.place.start] = where(lambda calendar: calendar.at_work(one, act.window))  # noqa: B023
    return found


def citing(policy: Policy) -> Iterator[Cited]:
    """Yield where something is cited that a suspension would reach."""
    for clause in policy.clauses:
        if clause.instrument is not None:
            yield clause.instrument, clause.path
        yield from ((asked.instrument, None) for asked in forces_named(clause.condition) if asked.path is None)
    for listing in policy.lists.values():
        for row in listing.rows if isinstance(listing, PlainList) else ():
            if row.instrument is not None:
                yield row.instrument, None
    for one in policy.instruments.values():
        if one.acts or one.doubts:
            yield one.name, None


def told(problems: Collection[Diagnostic], name: str) -> dict[int, Diagnostic]:
    found = [(problem.place, problem) for problem in problems if problem.name == name]
    assert len({place for place, _ in found}) == len(found)
    return {place.start: problem for place, problem in found if place is not None}


def check(policy: Policy) -> tuple[Diagnostic, ...]:
    return suspensions(Study(policy, lower(policy)))


# ---------------------------------------------------------------- acts that do nothing


@settings(max_examples=2 * settings.default.max_examples)
@given(policies_with_single_targets())
def test_an_act_is_idle_where_nothing_changes_without_it(policy: Policy) -> None:
    points, cited = points_of(policy), frozenset(citing(policy))
    before = in_force(policy, points, cited)
    acts = acts_of(policy)

    def may_go(numbers: Collection[int]) -> bool:
        left = {key: value for key, value in before.items() if key not in {("act", number) for number in numbers}}
        return in_force(without(policy, numbers), points, cited) == left

    idle = told(check(policy), "idle-suspension").keys()
    alone = {number for number in acts if may_go({number})}
    # What is told may go, each by itself and all together.
    assert idle <= alone
    assert may_go(idle)
    # Of what else might go, nothing can go besides what is told of the same instrument.
    for number in alone - idle:
        assert not may_go({number, *(n for n in idle if acts[n].target.instrument == acts[number].target.instrument)})


@given(policies_with_single_targets())
def test_of_two_that_do_the_same_the_later_is_told(policy: Policy) -> None:
    acts = acts_of(policy)
    idle = told(check(policy), "idle-suspension")
    for number, problem in idle.items():
        for label in problem.labels:
            assert label.place.start not in idle
            other = acts[label.place.start]
            assert reaches_in_common(acts[number], other)


# ---------------------------------------------------------------- acts that overlap


def reaches_in_common(one: Numbered, other: Numbered) -> bool:
    if one.target.instrument != other.target.instrument:
        return False
    first, second = one.target.path or (), other.target.path or ()
    return all(a == b for a, b in zip(first, second))  # noqa: B905 - one lies at or below the other


def made(one: Numbered) -> tuple[bool, int, int, str, int]:
    """Return where an act comes in the order in which acts are made."""
    start = one.act.window.start or one.instrument.window.start or 0
    return one.instrument.scenario, one.instrument.issued or 0, start, one.instrument.name, one.number


@settings(max_examples=2 * settings.default.max_examples)
@given(policies_with_single_targets())
def test_acts_overlap_where_both_are_at_work(policy: Policy) -> None:
    problems = check(policy)
    idle = told(problems, "idle-suspension")
    force = in_force(policy, points_of(policy), ())
    acts = [one for one in acts_of(policy).values() if one.number not in idle]
    expected: dict[int, set[int]] = {}
    for one, other in product(acts, acts):
        common = force["act", one.number] & force["act", other.number]  # type: ignore[operator]
        if made(one) < made(other) and one.act.word == other.act.word and reaches_in_common(one, other) and common:
            expected.setdefault(other.number, set()).add(one.number)
    found = {
        number: {label.place.start for label in problem.labels}
        for number, problem in told(problems, "overlapping-suspension").items()
    }
    assert found == expected


# ---------------------------------------------------------------- acts without an end


@given(policies_with_single_targets())
def test_a_suspension_is_open_where_it_is_at_work_on_the_last_day(policy: Policy) -> None:
    problems = check(policy)
    idle = told(problems, "idle-suspension")
    law = calendars(policy)
    expected = {
        one.number
        for one in acts_of(policy).values()
        if one.number not in idle
        and one.act.word == "suspend"
        and one.act.window.end is None
        and one.instrument.window.end is None
        and (END - 1, END)
        in law[one.instrument.name if one.instrument.scenario else BASE].at_work(one.instrument, one.act.window)
    }
    assert told(problems, "open-suspension").keys() == expected
