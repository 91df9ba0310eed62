"""Where two readings of the same clauses decide differently, against brute force."""

from __future__ import annotations

from random import Random

from attrs import evolve
from hypothesis import given
from tests.property.random_contents import (
    cases,
    chances,
    contents_by,
    holding_at,
    judged,
    lifting_order,
    often,
    plenty,
    points_of,
    some_of,
)

from rpol.runtime.contents import Clause, Contents
from rpol.runtime.standing import Rules
from rpolc.analysis.contrast import Contrast, essence
from rpolc.analysis.ground import Ground, search
from rpolc.analysis.parting import differs, not_changed_so, verdicts_apart, verdicts_at
from rpolc.analysis.questions import anything
from rpolc.space.box import Point

EVERYWHERE = ((),)


def decided(contents: Contents, without: frozenset[int] = frozenset()) -> dict[Point, object]:
    regions = [contents.regions[number] for number in contents.real]
    return {point: judged(contents, holding_at(regions, point) - without).decision for point in cases(contents)}


def different(contents: Contents, contrast: Contrast) -> set[Point]:
    ground = Ground(contents)
    found = points_of(contents, list(search(ground, EVERYWHERE, differs(contrast), plenty())))
    parts = list(search(ground, EVERYWHERE, verdicts_apart(contrast), plenty()))
    assert points_of(contents, parts) == found
    by_change: dict[tuple[object, object], set[Point]] = {}
    for point in found:
        by_change.setdefault(verdicts_at(contrast, ground.clauses_at(point)), set()).add(point)
    everywhere = points_of(contents, list(search(ground, EVERYWHERE, anything, plenty())))
    for (old, new), points in by_change.items():
        beyond = search(ground, EVERYWHERE, not_changed_so(contrast, old, new), plenty())  # type: ignore[arg-type]
        assert points_of(contents, list(beyond)) == everywhere - points
    return found


def relinked(chance: Random, contents: Contents) -> tuple[Contents, frozenset[int]]:
    """Return contents in which some clauses lift, rest on or are reached through others, and those clauses."""
    changed = frozenset(some_of(chance, range(len(contents.clauses)), 0.3))
    while True:
        other = contents_by_links(chance, contents, changed)
        order = lifting_order(list(other))
        if len(order) == len(other):
            return evolve(contents, clauses=other, order=tuple(order)), changed


def contents_by_links(chance: Random, contents: Contents, changed: frozenset[int]) -> tuple[Clause, ...]:
    def anew(number: int, clause: Clause) -> Clause:
        if number not in changed:
            return clause
        through = None if clause.reached_through is None else some_of(chance, clause.reached_through)
        return evolve(
            clause,
            lifts=some_of(chance, (*clause.lifts, *some_of(chance, range(number + 1, len(contents.clauses)), 0.2))),
            rests_on=some_of(chance, clause.rests_on, 0.6),
            reached_through=chance.choice((None, through)),
        )

    return tuple(
        evolve(one, lifts=tuple(sorted(set(one.lifts))))
        for one in (anew(number, clause) for number, clause in enumerate(contents.clauses))
    )


@often
@given(chances)
def test_the_essence_of_a_case_is_its_decision(chance: Random) -> None:
    contents = contents_by(chance)
    holding = set(some_of(chance, range(len(contents.clauses)), 0.8))
    assert essence(Rules(contents), holding) == judged(contents, holding).decision


@often
@given(chances)
def test_clauses_left_out_matter_exactly_where_the_decision_differs(chance: Random) -> None:
    contents = contents_by(chance)
    left_out = frozenset(some_of(chance, range(len(contents.clauses)), 0.3))
    whole, rest = decided(contents), decided(contents, left_out)
    expected = {point for point in whole if whole[point] != rest[point]}
    rules = Rules(contents)
    assert different(contents, Contrast(rules, rules, only_old=left_out)) == expected
    assert different(contents, Contrast(rules, rules, only_new=left_out)) == expected


@often
@given(chances)
def test_other_links_matter_exactly_where_the_decision_differs(chance: Random) -> None:
    contents = contents_by(chance)
    other, changed = relinked(chance, contents)
    before, after = decided(contents), decided(other)
    expected = {point for point in before if before[point] != after[point]}
    rules = Rules(contents)
    again = rules.relinked({number: other.clauses[number] for number in changed}, other.order)
    assert again == Rules(other)
    assert {lifted: by for lifted, by in again.lifted_by.items() if by} == Rules(other).lifted_by
    assert different(contents, Contrast(rules, again, relinked=changed)) == expected
    assert different(contents, Contrast(again, rules, relinked=changed)) == expected


@often
@given(chances)
def test_another_otherwise_matters_exactly_where_the_decision_differs(chance: Random) -> None:
    contents = contents_by(chance)
    other = evolve(contents, otherwise=chance.choice((None, "allow", "license", "deny")))
    before, after = decided(contents), decided(other)
    expected = {point for point in before if before[point] != after[point]}
    assert different(contents, Contrast(Rules(contents), Rules(other))) == expected
