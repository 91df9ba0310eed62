"""Small random contents, and a plain evaluator of every point of them: what the analyses are held to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from random import Random

from attrs import frozen
from hypothesis import settings
from hypothesis import strategies as st

from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO, Axis, FiniteAxis, OrderedAxis
from rpol.runtime.contents import Box, Clause, Contents, Fact, Region
from rpol.runtime.decision import ClauseRef
from rpol.runtime.ladder import OUTCOMES
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
        ref=ClauseRef(number, f"c{number}", None, effect, chance.choice((None, "law", "law")), None, None),
        duties=chance.choice(((), (), (), ("report",), ("keep",))),
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


# Outcome, mark, outcome under each instrument, duties: what makes decisions the same (language.md, section 3).
Decision = tuple[str, str | None, frozenset[tuple[str, str]], frozenset[tuple[str, str | None, str | None]]]


@frozen
class Judged:
    applying: set[int]
    standing: set[int]
    outcome: str
    setters: set[int]
    decision: Decision


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

    ladder = {n for n in standing if effect[n] in OUTCOMES}
    acting = {n for n in standing if effect[n] == "exempt" and set(clauses[n].lifts) & applying}
    permits = {n for n in standing if effect[n] == "permit"}
    strictest: dict[str, str] = {}
    for number in sorted(ladder, key=lambda n: OUTCOMES.index(effect[n])):
        strictest[clauses[number].ref.instrument or "none"] = effect[number]
    owed = frozenset(
        (text, clauses[n].ref.instrument, clauses[n].ref.control if is_carve_out(clauses[n]) else None)
        for n in standing
        for text in clauses[n].duties
        if effect[n] != "exempt" or n in acting
    )

    def decided(outcome: str, mark: str | None, setters: set[int]) -> Judged:
        return Judged(applying, standing, outcome, setters, (outcome, mark, frozenset(strictest.items()), owed))

    if ladder:
        outcome = max((effect[n] for n in ladder), key=OUTCOMES.index)
        return decided(outcome, None, {n for n in ladder if effect[n] == outcome})
    if acting or permits:
        return decided("allow", "exempt" if acting else "permitted", acting or permits)
    if contents.otherwise is None:
        return decided("allow", "not controlled", set())
    return decided(contents.otherwise, "otherwise", set())


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
