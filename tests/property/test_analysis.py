"""The analyses against brute force: small random contents, every point of which is judged by a plain evaluator."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given
from tests.property.random_contents import (
    cases,
    chances,
    contents_by,
    holding_at,
    judged,
    often,
    plenty,
    points_of,
    region_in,
    sizes_of,
    some_of,
)

from rpol.model.policy import TRUE, Promise
from rpol.runtime.bounds import bound, open_outcome, open_setters, open_standing, setters, verdicts
from rpol.runtime.ladder import OUTCOMES
from rpol.runtime.standing import Rules
from rpol.text.source import Place, SourceText
from rpolc.analysis.contradictions import candidates, standing_together
from rpolc.analysis.ground import Ground, search
from rpolc.analysis.promises import breaking
from rpolc.analysis.questions import none_more_applies, none_sets
from rpolc.space.box import Point

# ---------------------------------------------------------------- bounds


@often
@given(chances)
def test_every_case_lies_within_its_bounds(chance: Random) -> None:
    contents = contents_by(chance)
    rules = Rules(contents)
    state = chance.choices(("holds", "open", "not"), (4, 4, 1), k=len(contents.clauses))
    must_hold = {number for number, of_number in enumerate(state) if of_number == "holds"}
    open_ones = [number for number, of_number in enumerate(state) if of_number == "open"]
    bounds = bound(rules, must_hold | set(open_ones), must_hold)
    possible = {outcome for outcome, _ in verdicts(rules, bounds)}
    may_set, must_set = setters(rules, bounds)
    every = []
    for choice in product((False, True), repeat=len(open_ones)):
        holding = must_hold | {number for number, chosen in zip(open_ones, choice, strict=True) if chosen}
        one = judged(contents, holding)
        every.append(one)
        assert bounds.must_apply <= one.applying <= bounds.may_apply
        assert bounds.must_stand <= one.standing <= bounds.may_stand
        assert one.outcome in possible
        assert must_set <= one.setters <= may_set
    if len(possible) > 1:
        assert open_outcome(rules, bounds) & set(open_ones)
    if may_set != must_set:
        assert open_setters(rules, bounds) & set(open_ones)
    for number in bounds.may_stand - bounds.must_stand:
        assert open_standing(rules, bounds, (number,)) & set(open_ones)


@often
@given(chances)
def test_bounds_of_a_known_case_are_what_is_so(chance: Random) -> None:
    contents = contents_by(chance)
    rules = Rules(contents)
    holding = set(some_of(chance, range(len(contents.clauses)), 0.8))
    bounds = bound(rules, holding, holding)
    one = judged(contents, holding)
    assert bounds.may_apply == bounds.must_apply == one.applying
    assert bounds.may_stand == bounds.must_stand == one.standing
    assert {outcome for outcome, _ in verdicts(rules, bounds)} == {one.outcome}
    assert setters(rules, bounds) == (one.setters, one.setters)
    assert not open_outcome(rules, bounds)
    assert not open_setters(rules, bounds)


# ---------------------------------------------------------------- analyses


@often
@given(chances)
def test_contradictions_are_found_exactly(chance: Random) -> None:
    contents = contents_by(chance)
    ground = Ground(contents)
    effects = [clause.ref.effect for clause in contents.clauses]
    expected: dict[tuple[int, int], set[Point]] = {}
    for point, one in cases(contents).items():
        for allow, other in product(one.standing, repeat=2):
            if effects[allow] == "allow" and effects[other] in ("license", "review", "deny", "prohibit"):
                expected.setdefault((allow, other), set()).add(point)
    found = {}
    for pair in candidates(ground):
        parts = list(standing_together(ground, pair.allow, {pair.other}, plenty()))
        if parts:
            found[pair.allow, pair.other] = points_of(contents, parts)
    assert found == expected
    for one in {number for pair in expected for number in pair}:
        others = {number for pair in expected for number in pair if one in pair} - {one}
        parts = list(standing_together(ground, one, others, plenty()))
        assert points_of(contents, parts) == {point for pair in expected if one in pair for point in expected[pair]}


@often
@given(chances)
def test_a_promise_is_broken_exactly_where_it_is(chance: Random) -> None:
    contents = contents_by(chance)
    within = region_in(chance, sizes_of(contents))
    word = chance.choice(("always", "always or stricter", "never"))
    outcome = chance.choice(OUTCOMES)
    place = Place(SourceText("p", ""), 0, 0)
    promise = Promise("never" if word == "never" else "always", outcome, "stricter" in word, TRUE, False, place)
    kept = {
        "always": {outcome},
        "always or stricter": set(OUTCOMES[OUTCOMES.index(outcome) :]),
        "never": set(OUTCOMES) - {outcome},
    }[word]
    expected = {point for point, one in cases(contents, within).items() if one.outcome not in kept}
    parts = list(breaking(Ground(contents), promise, within, plenty()))
    assert points_of(contents, parts) == expected


@often
@given(chances)
def test_a_reason_fails_exactly_where_no_clause_of_it_sets_the_outcome(chance: Random) -> None:
    contents = contents_by(chance)
    within = region_in(chance, sizes_of(contents))
    reason = frozenset(some_of(chance, range(len(contents.clauses))))
    expected = {point for point, one in cases(contents, within).items() if not one.setters & reason}
    ground = Ground(contents)
    parts = list(search(ground, within, none_sets(ground.rules, reason), plenty()))
    assert points_of(contents, parts) == expected


@often
@given(chances)
def test_a_suspension_matters_exactly_where_more_would_apply_without(chance: Random) -> None:
    contents = contents_by(chance)
    within = region_in(chance, sizes_of(contents))
    total = len(contents.clauses)
    elsewhere = {number: region_in(chance, sizes_of(contents)) for number in some_of(chance, range(total), 0.3)}
    real = [contents.regions[number] for number in contents.real]
    other = [elsewhere.get(number, region) for number, region in enumerate(real)]
    expected = {
        point
        for point, one in cases(contents, within).items()
        if judged(contents, holding_at(other, point)).applying <= one.applying
    }
    ground = Ground(contents)
    besides = [(number + total, box) for number, region in elsewhere.items() for box in region]
    question = none_more_applies(ground.rules, frozenset(elsewhere))
    parts = list(search(ground, within, question, plenty(), besides=besides))
    assert points_of(contents, parts) == expected
