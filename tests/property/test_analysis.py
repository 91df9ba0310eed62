"""The analyses against brute force: small random contents, every point of which is judged by a plain evaluator."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from random import Random

from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from rpol.model.policy import TRUE, Promise
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO, Axis, FiniteAxis, OrderedAxis
from rpol.runtime.bounds import bound, open_outcome, open_setters, open_standing, setters, verdicts
from rpol.runtime.contents import Box, Clause, Contents, Fact, Region
from rpol.runtime.decision import ClauseRef
from rpol.runtime.ladder import OUTCOMES
from rpol.runtime.standing import Rules
from rpol.text.source import Place, SourceText
from rpolc.analysis.contradictions import candidates, standing_together
from rpolc.analysis.ground import Ground, search
from rpolc.analysis.promises import breaking
from rpolc.analysis.questions import none_more_applies, none_sets
from rpolc.space.box import Point
from rpolc.space.explore import Budget

# What interacts most comes more often.
EFFECTS = (*OUTCOMES, "exempt", "permit", "license", "review", "permit", "exempt")
Sizes = tuple[int, ...]

# ---------------------------------------------------------------- random contents

# Drawing each choice by itself is slow and favours what is plain; chance finds what interacts.
chances = st.integers(0, 2**64).map(Random)
often = settings(max_examples=10 * settings.default.max_examples)


def some_of(chance: Random, numbers: Iterable[int], share: float = 0.5) -> tuple[int, ...]:
    return tuple(number for number in numbers if chance.random() < share)


def region_in(chance: Random, sizes: Sizes, most: int = 3) -> Region:
    return tuple({box_in(chance, sizes): None for _ in range(chance.randint(0, most))})


def box_in(chance: Random, sizes: Sizes) -> Box:
    cells = [chance.choice((0, chance.randrange(1, 1 << size))) or (1 << size) - 1 for size in sizes]
    return tuple((axis, cell) for axis, cell in enumerate(cells) if cell != (1 << sizes[axis]) - 1)


def axes_of(sizes: tuple[int, ...]) -> tuple[Axis, ...]:
    """Two attributes, the two dates, the scenario."""

    def leaves(name: str, size: int) -> FiniteAxis:
        values = tuple(f"{name}{number}" for number in range(size))
        return FiniteAxis(name, {value: number for number, value in enumerate(values)}, values)

    def days(name: str, size: int) -> OrderedAxis:
        return OrderedAxis(name, tuple((1000 + number, 0) for number in range(size - 1)), whole=True)

    scenarios = ("", "s", "t")[: sizes[4]]
    scenario = FiniteAxis(SCENARIO, {name: number for number, name in enumerate(scenarios)}, scenarios)
    return leaves("a", sizes[0]), leaves("b", sizes[1]), days(DATE, sizes[2]), days(KNOWN_ON, sizes[3]), scenario


def contents_by(chance: Random) -> Contents:
    """Return contents with up to seven clauses; the same for the same chance."""
    sizes = tuple(chance.randint(1, most) for most in (3, 3, 3, 2, 2))
    effects = chance.choices(EFFECTS, k=chance.randint(1, 7))
    order: list[int] = []
    while len(order) < len(effects):
        ranking = chance.sample(range(len(effects)), len(effects))
        clauses = [clause_by(chance, number, effects, ranking) for number in range(len(effects))]
        order = lifting_order(clauses)
    regions = [region_in(chance, sizes) for _ in effects]
    facts = [region_in(chance, sizes, most=2) for _ in range(chance.randint(0, 2))]
    return Contents(
        attributes=(),
        axes=axes_of(sizes),
        regions=(*regions, *facts),
        clauses=tuple(clauses),
        order=tuple(order),
        real=tuple(range(len(clauses))),
        bare=tuple(range(len(clauses))),
        facts=tuple(Fact(f"fact {number}", len(regions) + number) for number in range(len(facts))),
        acts=(),
        rows=(),
        lists=(),
        doubts=(),
        instruments=(),
        otherwise=chance.choice((None, "allow", "license", "prohibit")),
        source_digest="",
    )


def clause_by(chance: Random, number: int, effects: list[str], ranking: list[int]) -> Clause:
    """A clause may lift what comes later in `ranking`, and is reached through licences that come earlier by number."""
    effect = effects[number]
    licences = [other for other, of_other in enumerate(effects) if of_other == "license"]
    reaching = [licence for licence in licences if licence < number or effect != "license"]
    return Clause(
        ref=ClauseRef(number, f"c{number}", None, effect, None, None, None),
        duties=(),
        notes=(),
        rests_on=some_of(chance, licences, 0.8) if effect in ("review", "deny") else (),
        reached_through=some_of(chance, reaching, 0.7) if reaching and chance.random() < 0.3 else None,
        lifts=tuple(sorted(some_of(chance, ranking[ranking.index(number) + 1 :]))),
        lists=(),
        reached_by=(),
    )


def lifting_order(clauses: list[Clause]) -> list[int]:
    """Return the clauses, each after all that may lift it or let it fall; not all of them where these form a circle."""
    before = {
        number: {
            other
            for other, lifter in enumerate(clauses)
            if number in lifter.lifts or (is_carve_out(lifter) and set(clause.rests_on) & set(lifter.lifts))
        }
        for number, clause in enumerate(clauses)
    }
    found: list[int] = []
    while ready := [number for number in before if number not in found and before[number] <= set(found)]:
        found += ready
    return found


def is_carve_out(clause: Clause) -> bool:
    return clause.ref.effect in ("exempt", "permit")


# ---------------------------------------------------------------- brute force


@frozen
class Judged:
    applying: set[int]
    standing: set[int]
    outcome: str
    setters: set[int]


def judged(contents: Contents, holding: set[int]) -> Judged:
    """Language.md, section 3, "Apply, stand, lift", 1 to 7, for the clauses that hold in a case."""
    clauses = contents.clauses
    effect = [clause.ref.effect for clause in clauses]

    def reached(number: int, licences: set[int]) -> bool:
        through = clauses[number].reached_through
        return through is None or bool(set(through) & licences)

    licences: set[int] = set()
    for number in sorted(holding):
        if effect[number] == "license" and reached(number, licences):
            licences.add(number)
    applying = licences | {
        number
        for number in holding
        if effect[number] != "license"
        and reached(number, licences)
        and (effect[number] not in ("review", "deny") or set(clauses[number].rests_on) & licences)
    }

    standing: set[int] = set()
    for number in contents.order:
        carved_out = {lifted for other in standing if is_carve_out(clauses[other]) for lifted in clauses[other].lifts}
        lifted = any(number in clauses[other].lifts for other in standing)
        falls = effect[number] in ("review", "deny") and set(clauses[number].rests_on) & applying <= carved_out
        if number in applying and not lifted and not falls:
            standing.add(number)

    on_ladder = [outcome for outcome in OUTCOMES if outcome in {effect[number] for number in standing}]
    acting = {n for n in standing if effect[n] == "exempt" and set(clauses[n].lifts) & applying}
    permits = {n for n in standing if effect[n] == "permit"}
    if on_ladder:
        strictest = on_ladder[-1]
        return Judged(applying, standing, strictest, {n for n in standing if effect[n] == strictest})
    if acting or permits:
        return Judged(applying, standing, "allow", acting or permits)
    return Judged(applying, standing, contents.otherwise or "allow", set())


def holding_at(regions: list[Region], point: Point) -> set[int]:
    return {number for number, region in enumerate(regions) if any(lies_in(box, point) for box in region)}


def lies_in(box: Box, point: Point) -> bool:
    return all(mask & 1 << point[axis] for axis, mask in box)


def cases(contents: Contents, within: Region = ((),)) -> dict[Point, Judged]:
    """Return every point of `within` in which no fact is broken."""
    regions = [contents.regions[number] for number in contents.real]
    broken = [box for fact in contents.facts for box in contents.regions[fact.broken]]
    return {
        point: judged(contents, holding_at(regions, point))
        for point in product(*(range(axis.size) for axis in contents.axes))
        if any(lies_in(box, point) for box in within) and not any(lies_in(box, point) for box in broken)
    }


def points_of(contents: Contents, parts: list[Box]) -> set[Point]:
    """Return the points of some parts, which must be disjoint."""
    every = product(*(range(axis.size) for axis in contents.axes))
    found = [point for point in every for part in parts if lies_in(part, point)]
    assert len(found) == len(set(found)), "the parts overlap"
    return set(found)


def plenty() -> Budget:
    return Budget(100_000)


def sizes_of(contents: Contents) -> Sizes:
    return tuple(axis.size for axis in contents.axes)


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
