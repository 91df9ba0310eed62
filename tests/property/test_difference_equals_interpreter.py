"""Where two versions of a policy decide differently is where the reference interpreter does, asked of every case."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from random import Random

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.strategies_policies import conditions, draw_window, in_order, one_of, policies
from tests.property.test_check_equals_interpreter import every_situation, readings_of

from rpol.model.finding import catalogue, find
from rpol.model.judge import broken_facts
from rpol.model.policy import Clause, Policy
from rpol.runtime.contents import Box, Contents
from rpol.runtime.finding import essence
from rpol.runtime.ladder import OUTCOMES, RANK
from rpolc.difference.changes import Difference, differences
from rpolc.lower.lower import lower
from rpolc.space.box import Point, holds

MOST_POINTS = 600
STEPS = 100_000


def without(policy: Policy, dropped: int) -> Policy:
    """Return a policy without one of its clauses; the others count on."""

    def anew(numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(number - (number > dropped) for number in numbers if number != dropped)

    kept = [clause for clause in policy.clauses if clause.index != dropped]
    clauses = [
        evolve(
            clause,
            index=number,
            rests_on=anew(clause.rests_on),
            reached_through=None if clause.reached_through is None else anew(clause.reached_through),
            lifts=anew(clause.lifts),
            overrides=anew(clause.overrides),
        )
        for number, clause in enumerate(kept)
    ]
    return evolve(policy, clauses=tuple(clauses), order=anew(policy.order))


@st.composite
def edits(draw: st.DrawFn, policy: Policy) -> Policy:
    """Return a policy that differs in a few clauses, links, windows, in `otherwise` or in its facts."""
    for _ in range(draw(st.integers(0, 3))):
        clause = one_of(draw, policy.clauses)
        match draw(st.sampled_from(("drop", "condition", "window", "duties", "lift", "otherwise", "facts"))):
            case "drop" if len(policy.clauses) > 1:
                policy = without(policy, clause.index)
            case "condition":
                policy = with_clause(policy, evolve(clause, condition=draw(conditions(policy))))
            case "window":
                policy = with_clause(policy, evolve(clause, windows=(draw_window(draw),)))
            case "duties":
                policy = with_clause(policy, evolve(clause, duties=draw(st.sampled_from(((), ("report",))))))
            case "lift":
                other = one_of(draw, policy.clauses).index
                lifts = tuple(sorted({*clause.lifts} ^ ({other} - {clause.index})))
                changed = with_clause(policy, evolve(clause, lifts=lifts))
                order = in_order(changed.clauses, [(one.index, to) for one in changed.clauses for to in one.lifts])
                policy = policy if order is None else evolve(changed, order=order)
            case "otherwise":
                policy = evolve(policy, otherwise=draw(st.sampled_from((None, *OUTCOMES))))
            case "facts":
                policy = evolve(policy, facts=policy.facts[1:])
    return policy


def with_clause(policy: Policy, clause: Clause) -> Policy:
    return evolve(policy, clauses=tuple(clause if one.index == clause.index else one for one in policy.clauses))


def shuffled(policy: Policy, chance: Random) -> Policy:
    """Return the same policy, its clauses in another order."""
    places = list(range(len(policy.clauses)))
    chance.shuffle(places)

    def anew(numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(sorted(places[number] for number in numbers))

    clauses = [
        evolve(
            clause,
            index=places[clause.index],
            rests_on=anew(clause.rests_on),
            reached_through=None if clause.reached_through is None else anew(clause.reached_through),
            lifts=anew(clause.lifts),
            overrides=anew(clause.overrides),
        )
        for clause in policy.clauses
    ]
    ordered = tuple(sorted(clauses, key=lambda clause: clause.index))
    return evolve(policy, clauses=ordered, order=tuple(places[number] for number in policy.order))


def decided(policy: Policy, contents: Contents) -> list[object]:
    """Return what a policy decides at every point, as decisions are compared; None where a fact is broken."""
    readings, known = readings_of(policy), catalogue(policy)
    found: list[object] = []
    for situation, scenario in every_situation(contents.axes):
        broken = broken_facts(readings[scenario], situation)
        found.append(None if broken else essence(known, find(readings[scenario], situation)))
    return found


def points(contents: Contents) -> list[Point]:
    sizes = [range(axis.size) for axis in contents.axes]
    found: list[Point] = [()]
    for size in sizes:
        found = [(*point, number) for point in found for number in size]
    return found


def kind(boxes: Sequence[Box], point: Point) -> tuple[frozenset[int], ...]:
    """Return for each axis which boxes hold a point's class on it: all by which a clause can tell points apart."""
    cells = [dict(box) for box in boxes]
    return tuple(
        frozenset(number for number, masks in enumerate(cells) if axis not in masks or masks[axis] >> cls & 1)
        for axis, cls in enumerate(point)
    )


def difference_of(old: Policy, new: Policy) -> Difference:
    return differences(lower(old).contents, lower(new).contents, STEPS)


@given(policies(), st.data())
def test_it_is_exactly_where_the_decisions_differ(old: Policy, data: st.DataObject) -> None:
    new = shuffled(data.draw(edits(old)), Random(data.draw(st.integers(0, 1000))))
    found = difference_of(old, new)
    contents = found.paired.ground.contents
    assume(prod(axis.size for axis in contents.axes) <= MOST_POINTS)
    before, after = decided(old, contents), decided(new, contents)
    expected: dict[Point, tuple[object, object]] = {}
    for point, one, other in zip(points(contents), before, after, strict=True):
        if one is not None and other is not None and one != other:
            expected[point] = one, other
    told: set[Point] = set()
    for change in found.changes:
        step = RANK[change.new[0]] - RANK[change.old[0]]
        assert change.direction == ("loosened" if step < 0 else "tightened" if step > 0 else "other")
        for region in change.regions:
            inside = {
                point
                for point in points(contents)
                if holds(region.where.base, point)
                and not any(holds(box, point) for box in region.where.excepted)
                and not any(holds(box, point) for box in found.paired.ground.broken_boxes)
            }
            assert region.case in inside
            assert region.kinds == len({kind(found.paired.ground.boxes, point) for point in inside})
            assert told.isdisjoint(inside)
            told |= inside
            for point in inside:
                one, other = expected[point]
                assert (change.old, change.new) == (one[:2], other[:2])  # type: ignore[index]
            one, other = expected[region.case]
            decided_there = region.details.old, region.details.new
            assert [(which.outcome, which.mark) for which in decided_there] == [one[:2], other[:2]]  # type: ignore[index]
            under = {name for name, _, _ in region.details.instruments}
            assert under == {name for name, _ in one[2] ^ other[2]}  # type: ignore[index]
    assert told == expected.keys()
    possible = [[one is not None for one in side] for side in (before, after)]
    assert (possible[0] == possible[1]) == (not any(found.possible_in_one))


@given(policies(), st.data())
def test_nothing_differs_from_itself_and_sides_can_be_swapped(old: Policy, data: st.DataObject) -> None:
    assert difference_of(old, shuffled(old, Random(data.draw(st.integers(0, 1000))))).same
    new = data.draw(edits(old))
    there, back = difference_of(old, new), difference_of(new, old)
    contents = there.paired.ground.contents
    assume(prod(axis.size for axis in contents.axes) <= MOST_POINTS)
    sides = []
    for one, turned in ((there, 1), (back, -1)):
        pairs = {
            (change.old, change.new)[::turned]: sum(r.kinds or 0 for r in change.regions) for change in one.changes
        }
        sides.append(pairs)
    assert sides[0] == sides[1]
