"""What a request comes to, by trying every completion value by value: plain, slow, and nothing of the table's ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations, product

from attrs import frozen

from rpol.runtime.attribute import Attribute, Nothing, Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO, FiniteAxis, NameAxis
from rpol.runtime.contents import Clause, Contents, World
from rpol.runtime.ladder import MARKS, OUTCOMES
from rpol.runtime.request import Request

Case = Mapping[str, Value]
CARVE_OUTS = ("exempt", "permit")


@frozen
class Found:
    """What one completion comes to; clauses by number."""

    outcome: str
    mark: str | None
    because: frozenset[int]
    speaking: frozenset[int]
    lifted: Mapping[int, frozenset[int]]
    suspended: frozenset[int]
    by_instrument: frozenset[tuple[str, str]]
    duties: frozenset[tuple[str, str | None, str | None]]
    unconfirmed: frozenset[int]

    def essence(self) -> object:
        """What makes decisions the same."""
        return self.outcome, self.mark, self.by_instrument, self.duties


def holds(contents: Contents, region: int, case: Case) -> bool:
    """Tell whether some box of a region holds the case on every axis that it narrows."""
    axes = contents.axes
    return any(
        all(mask >> axes[number].class_of(case[axes[number].attribute]) & 1 for number, mask in box)
        for box in contents.regions[region]
    )


def applying(contents: Contents, world: World, case: Case) -> set[int]:
    """Return the clauses that apply, by going round until nothing is added."""
    holding = [number for number, region in enumerate(world) if holds(contents, region, case)]
    found: set[int] = set()
    while True:
        fresh = {number for number in holding if _may_apply(contents.clauses[number], found)} - found
        if not fresh:
            return found
        found |= fresh


def _may_apply(clause: Clause, found: set[int]) -> bool:
    reached = clause.reached_through is None or found.intersection(clause.reached_through)
    return bool(reached) and (clause.ref.effect not in ("review", "deny") or bool(found.intersection(clause.rests_on)))


def lifters(contents: Contents, apply: set[int], stand: set[int], number: int) -> frozenset[int]:
    """Return the standing clauses that lift a clause or let it fall."""
    clauses = contents.clauses
    by = {one for one in stand if number in clauses[one].lifts}
    if clauses[number].ref.effect in ("review", "deny"):
        each = [
            {one for one in stand if clauses[one].ref.effect in CARVE_OUTS and licence in clauses[one].lifts}
            for licence in clauses[number].rests_on
            if licence in apply
        ]
        if each and all(each):
            by |= set().union(*each)
    return frozenset(by)


def find(contents: Contents, case: Case) -> Found | None:
    """Return what one known case comes to; None if it breaks a fact."""
    if any(holds(contents, fact.broken, case) for fact in contents.facts):
        return None
    clauses = contents.clauses
    apply = applying(contents, contents.real, case)
    stand: set[int] = set()
    lifted: dict[int, frozenset[int]] = {}
    for number in contents.order:
        if number in apply:
            by = lifters(contents, apply, stand, number)
            if by:
                lifted[number] = by
            else:
                stand.add(number)
    idle = {n for n in stand if clauses[n].ref.effect == "exempt" and not apply.intersection(clauses[n].lifts)}
    speaking = frozenset(stand - idle)
    by_effect = {
        effect: frozenset(n for n in speaking if clauses[n].ref.effect == effect) for effect in (*OUTCOMES, *CARVE_OUTS)
    }
    outcome, mark, because = _verdict(contents, by_effect)
    instruments = {clauses[n].ref.instrument for n in speaking if clauses[n].ref.effect in OUTCOMES}
    return Found(
        outcome=outcome,
        mark=mark,
        because=because,
        speaking=speaking,
        lifted=lifted,
        suspended=frozenset(applying(contents, contents.bare, case) - apply),
        by_instrument=frozenset(
            (
                name or "none",
                [e for e in OUTCOMES if any(clauses[n].ref.instrument == name for n in by_effect[e])][-1],
            )
            for name in instruments
        ),
        duties=frozenset(
            (
                duty,
                clauses[n].ref.instrument,
                (clauses[n].ref.label or clauses[n].ref.control) if clauses[n].ref.effect in CARVE_OUTS else None,
            )
            for n in speaking
            for duty in clauses[n].duties
        ),
        unconfirmed=frozenset(
            number
            for number, doubt in enumerate(contents.doubts)
            if holds(contents, doubt.region, case)
            and applying(contents, doubt.gone, case) != applying(contents, doubt.untouched, case)
        ),
    )


def _verdict(contents: Contents, by_effect: Mapping[str, frozenset[int]]) -> tuple[str, str | None, frozenset[int]]:
    for effect in reversed(OUTCOMES):
        if by_effect[effect]:
            return effect, None, by_effect[effect]
    if by_effect["exempt"]:
        return "allow", "exempt", by_effect["exempt"]
    if by_effect["permit"]:
        return "allow", "permitted", by_effect["permit"]
    if contents.otherwise is not None:
        return contents.otherwise, "otherwise", frozenset()
    return "allow", "not controlled", frozenset()


def together(found: list[Found]) -> Found:
    """Return what several values asked for come to together."""
    outcome = OUTCOMES[max(OUTCOMES.index(one.outcome) for one in found)]
    setting = [one for one in found if one.outcome == outcome]
    weight = (None, *MARKS)
    mark = weight[min(weight.index(one.mark) for one in setting)]
    instruments: dict[str, str] = {}
    for name, effect in chain.from_iterable(one.by_instrument for one in found):
        instruments[name] = max(effect, instruments.get(name, effect), key=OUTCOMES.index)
    lifted: dict[int, frozenset[int]] = {}
    for one in found:
        for number, by in one.lifted.items():
            lifted[number] = lifted.get(number, frozenset()) | by
    return Found(
        outcome=outcome,
        mark=mark,
        because=frozenset().union(*(one.because for one in setting if one.mark == mark)),
        speaking=frozenset().union(*(one.speaking for one in found)),
        lifted=lifted,
        suspended=frozenset().union(*(one.suspended for one in found)),
        by_instrument=frozenset(instruments.items()),
        duties=frozenset().union(*(one.duties for one in found)),
        unconfirmed=frozenset().union(*(one.unconfirmed for one in found)),
    )


# ---------------------------------------------------------------- completions


def values(contents: Contents, attribute: Attribute) -> tuple[Value, ...]:
    """Return every value of an attribute that is told apart from another; for a party, all names and one more."""
    if attribute.kind == "set of":
        assert attribute.taxonomy is not None
        leaves = attribute.taxonomy.leaves
        return tuple(
            frozenset(some) for some in chain.from_iterable(combinations(leaves, n) for n in range(len(leaves) + 1))
        )
    (axis,) = [axis for axis in contents.axes if axis.attribute == attribute.name]
    none = (Nothing.NONE,) if attribute.optional else ()
    if isinstance(axis, FiniteAxis):
        return (*axis.class_by_leaf, *none)
    assert isinstance(axis, NameAxis)
    return (*axis.class_by_name, "nobody listed", *none)


def completions(contents: Contents, request: Request) -> Iterator[Mapping[str, tuple[Value, ...]]]:
    """Yield every way to fill in what is unknown: for each attribute the values asked for."""
    names = [attribute.name for attribute in contents.attributes]
    choices: list[Iterable[tuple[Value, ...]]] = [
        list(product(*request.facts[one.name])) if one.name in request.facts else [(v,) for v in values(contents, one)]
        for one in contents.attributes
    ]
    for chosen in product(*choices):
        yield dict(zip(names, chosen, strict=True))


def found_for(
    contents: Contents, request: Request, date: int | None = None, scenario: str | None = None
) -> list[tuple[Mapping[str, tuple[Value, ...]], Found | None]]:
    """Return every completion with what it comes to; None if no case of it can be."""
    frame = {
        DATE: request.date if date is None else date,
        KNOWN_ON: request.known_on,
        SCENARIO: request.scenario if scenario is None else scenario,
    }
    answers = []
    for completion in completions(contents, request):
        cases = [dict(zip(completion, chosen, strict=True)) for chosen in product(*completion.values())]
        found = [one for case in cases if (one := find(contents, {**case, **frame})) is not None]
        answers.append((completion, together(found) if found else None))
    return answers


def fewest(answers: list[tuple[Mapping[str, tuple[Value, ...]], Found | None]], names: list[str]) -> list[str]:
    """Return the fewest attributes that settle the outcome, best question first."""

    def worst(asked: tuple[str, ...]) -> int:
        left: dict[object, set[str]] = {}
        for completion, one in answers:
            if one is not None:
                left.setdefault(tuple(completion[name] for name in asked), set()).add(one.outcome)
        return max(len(outcomes) for outcomes in left.values())

    for size in range(len(names) + 1):
        for asked in combinations(names, size):
            if worst(asked) == 1:
                return sorted(asked, key=lambda name: worst((name,)))
    raise AssertionError("all facts together settle everything")
