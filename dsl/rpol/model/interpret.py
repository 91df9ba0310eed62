"""The reference interpreter: the decision for a request, as language.md, sections 3 and 5, defines it.

Slow and plain: unknown facts are tried out one by one, over a list of values that stands for every value that matters.
`judge` says what one known case comes to, `finding` what several have in common; here is what lies around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, pairwise, product

from attrs import evolve

from rpol.model import plane
from rpol.model.finding import catalogue, find
from rpol.model.force import World
from rpol.model.judge import Reading, Situation, broken_facts, days_of_change
from rpol.model.policy import (
    AllOf,
    Among,
    AnyOf,
    Compared,
    Condition,
    Negation,
    OnlyAmong,
    OwnedList,
    PlainList,
    Policy,
)
from rpol.runtime.attribute import NONE, ORDERED, Attribute, Value
from rpol.runtime.axes import BASE, NO_LIMIT
from rpol.runtime.decision import Decision, Question, ScenarioView
from rpol.runtime.errors import ImpossibleCase
from rpol.runtime.finding import Finding, describe, essence, join, possible, refer_all, share, sometimes
from rpol.runtime.numerals import day_text
from rpol.runtime.request import Possible, Request

# One way to fill in what is not known: for each attribute the values asked for.
Completion = Mapping[str, tuple[Value, ...]]


def interpret(
    policy: Policy, case: Mapping[str, Value], date: int, known_on: int = NO_LIMIT, scenario: str = BASE
) -> Decision:
    """Return the decision for a fully known case. Raise ImpossibleCase if a declared fact is false in it."""
    return answer(policy, Request({name: ((value,),) for name, value in case.items()}, date, known_on, scenario))


def answer(policy: Policy, request: Request) -> Decision:
    """Return the decision for a request. Raise ImpossibleCase if no completion of it can be."""
    reading = Reading(policy, World(scenario=request.scenario))
    known = catalogue(policy)
    completions = list(_completions(policy, request))
    found = _findings(reading, request, completions)
    certain = [one for one in found if one is not None]
    if not certain:
        raise ImpossibleCase(_reason(reading, request, completions[0]))
    shared = share(certain)
    since, through = _run_of_days(reading, request, completions)
    return Decision(
        shared.outcome,
        refer_all(known, shared.because),
        evolve(
            describe(known, shared),
            since=since,
            through=through,
            scenarios=_scenarios(reading, request, completions, found),
            possible=possible(certain),
            ask=_questions(policy, request, completions, found),
            sometimes=sometimes(known, certain),
            facts=request.given,
            date=day_text(request.date),
            known_on=None if request.known_on == NO_LIMIT else day_text(request.known_on),
            scenario=request.scenario or None,
            assumed=request.assumed,
        ),
    )


# ---------------------------------------------------------------- completions of unknown facts


def _completions(policy: Policy, request: Request) -> Iterator[Completion]:
    """Yield every way to fill in what is unknown, over values that stand for all that matter."""
    choices: list[Sequence[tuple[Value, ...]]] = []
    for name, attribute in policy.attributes.items():
        if name in request.facts:
            choices.append(list(product(*request.facts[name])))
        else:
            choices.append([(value,) for value in _telling_values(policy, attribute)])
    for values in product(*choices):
        yield dict(zip(policy.attributes, values, strict=True))


def _situations(completion: Completion, date: int, known_on: int) -> Iterator[Situation]:
    """Yield a situation for each combination of the values asked for."""
    for values in product(*completion.values()):
        yield Situation(dict(zip(completion, values, strict=True)), date, known_on)


def _findings(reading: Reading, request: Request, completions: Sequence[Completion]) -> list[Finding | None]:
    """Return for each completion what is found; None where the declared facts leave none of its cases."""
    found: list[Finding | None] = []
    for completion in completions:
        situations = _situations(completion, request.date, request.known_on)
        cases = [find(reading, one) for one in situations if not broken_facts(reading, one)]
        found.append(join(cases) if cases else None)
    return found


def _reason(reading: Reading, request: Request, completion: Completion) -> str:
    situation = next(_situations(completion, request.date, request.known_on))
    return broken_facts(reading, situation)[0]


def _unknown(policy: Policy, request: Request) -> tuple[str, ...]:
    """Return the attributes that are not given, or given only as something below an inner value."""
    return tuple(
        name
        for name in policy.attributes
        if name not in request.facts or any(len(possible) > 1 for possible in request.facts[name])
    )


def _telling_values(policy: Policy, attribute: Attribute) -> Possible:
    """Return values of which one behaves like any given value, in every condition of the policy."""
    none: Possible = (NONE,) if attribute.optional else ()
    if attribute.taxonomy is not None:
        leaves = attribute.taxonomy.leaves
        if attribute.kind == "set of":
            sizes = range(len(leaves) + 1)
            return tuple(frozenset(some) for some in chain.from_iterable(combinations(leaves, n) for n in sizes))
        return (*leaves, *none)
    if attribute.kind in ORDERED:
        return (*_around(attribute, _bounds(policy, attribute.name)), *none)
    return (*_names(policy), *none)


def _around(attribute: Attribute, bounds: Sequence[Fraction | int]) -> Possible:
    """Return each bound and a value on each side of it, within the attribute's domain."""
    if attribute.kind in ("integer", "date"):
        near = {bound + step for bound in (bounds or [plane.FIRST]) for step in (-1, 0, 1)}
        return tuple(sorted(v for v in near if attribute.kind == "integer" or plane.FIRST <= v < plane.END))
    points = sorted({Fraction(0), Fraction(1), *map(Fraction, bounds)})
    between = [(low + high) / 2 for low, high in pairwise(points)]
    near = {points[0] - 1, *points, *between, points[-1] + 1}
    return tuple(sorted(v for v in near if attribute.kind == "number" or 0 <= v <= 1))


def _bounds(policy: Policy, attribute: str) -> list[Fraction | int]:
    atoms = [atom for condition in _conditions(policy) for atom in _atoms(condition)]
    return sorted({a.bound for a in atoms if isinstance(a, Compared) and a.attribute == attribute})


def _names(policy: Policy) -> list[str]:
    """Return every party that the policy speaks of, and one that it does not."""
    atoms = [atom for condition in _conditions(policy) for atom in _atoms(condition)]
    names = {value for atom in atoms if isinstance(atom, Among) for value in atom.values if isinstance(value, str)}
    for listing in policy.lists.values():
        if isinstance(listing, PlainList):
            names |= {value for row in listing.rows for value in row.values if isinstance(value, str)}
        if isinstance(listing, OwnedList):
            names |= {holding.owned for holding in listing.holdings}
    return [*sorted(names), "a party of no list"]


def _conditions(policy: Policy) -> Iterator[Condition]:
    yield from (clause.condition for clause in policy.clauses)
    yield from (fact.condition for fact in policy.facts)


def _atoms(condition: Condition) -> Iterator[Among | OnlyAmong | Compared]:
    match condition:
        case AllOf(terms) | AnyOf(terms):
            for term in terms:
                yield from _atoms(term)
        case Negation(term):
            yield from _atoms(term)
        case Among() | OnlyAmong() | Compared():
            yield condition
        case _:
            return


# ---------------------------------------------------------------- days, scenarios, questions


def _run_of_days(
    reading: Reading, request: Request, completions: Sequence[Completion]
) -> tuple[str | None, str | None]:
    """Return the first and last day of the longest unbroken run of days with the same decision as on the date asked.

    Where facts are unknown the run follows the outcome alone.
    """
    starts = days_of_change(reading.policy)
    known = catalogue(reading.policy)
    only_outcome = bool(_unknown(reading.policy, request))

    def decided(day: int) -> object:
        found = [one for one in _findings(reading, evolve(request, date=day), completions) if one is not None]
        if not found:
            return None
        shared = share(found)
        return shared.outcome if only_outcome else essence(known, shared)

    position = max(i for i, start in enumerate(starts) if start <= request.date)
    wanted = decided(request.date)
    first = last = position
    while first > 0 and decided(starts[first - 1]) == wanted:
        first -= 1
    while last + 1 < len(starts) and decided(starts[last + 1]) == wanted:
        last += 1
    since = None if first == 0 else day_text(starts[first])
    return since, None if last + 1 == len(starts) else day_text(starts[last + 1] - 1)


def _scenarios(
    reading: Reading, request: Request, completions: Sequence[Completion], base: Sequence[Finding | None]
) -> dict[str, ScenarioView]:
    """Return what each scenario would say, for a request that chose none."""
    policy = reading.policy
    known = catalogue(policy)
    if request.scenario != BASE:
        return {}

    def same(one: Finding | None, other: Finding | None) -> bool:
        if one is None or other is None:
            return one is other
        return essence(known, one) == essence(known, other)

    views: dict[str, ScenarioView] = {}
    for name in policy.scenarios:
        found = _findings(Reading(policy, World(scenario=name)), request, completions)
        certain = [one for one in found if one is not None]
        if certain:
            shared = share(certain)
            differs = not all(same(one, other) for one, other in zip(base, found, strict=True))
            views[name] = ScenarioView(shared.outcome, shared.mark, differs)
    return views


def _questions(
    policy: Policy, request: Request, completions: Sequence[Completion], found: Sequence[Finding | None]
) -> tuple[Question, ...]:
    """Return the fewest attributes that settle the outcome; best is what leaves fewest outcomes at worst."""
    cases = [(case, one.outcome) for case, one in zip(completions, found, strict=True) if one is not None]
    unknown = _unknown(policy, request)

    def open_after(asked: tuple[str, ...]) -> list[int]:
        outcomes: dict[tuple[tuple[Value, ...], ...], set[str]] = {}
        for case, outcome in cases:
            outcomes.setdefault(tuple(case[name] for name in asked), set()).add(outcome)
        return sorted((len(found) for found in outcomes.values()), reverse=True)

    sets: Iterator[tuple[str, ...]] = chain.from_iterable(combinations(unknown, n) for n in range(len(unknown) + 1))
    fewest = next((asked for asked in sets if open_after(asked)[0] == 1), unknown)
    best_first = sorted(fewest, key=lambda name: open_after((name,))[0])
    return tuple(Question(name, policy.attributes[name].question) for name in best_first)
