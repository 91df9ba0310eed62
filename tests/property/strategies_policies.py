"""Random policies as objects, small and of every kind that the language has, and requests to put to them.

Links between clauses are made as the language makes them (section 3, "Apply, stand, lift"), so that every policy here
could have been written, but for errors that no decision turns on. What decides is made likely: most clauses are in
force on most days, and acts have something to act on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, TypeVar

from attrs import evolve, frozen
from hypothesis import strategies as st

from rpol.model.plane import END, FIRST
from rpol.model.policy import (
    TRUE,
    Act,
    AllOf,
    Among,
    AnyOf,
    Clause,
    Compared,
    Condition,
    Doubt,
    EffectName,
    Fact,
    ForceOf,
    Holding,
    Instrument,
    ListOf,
    Negation,
    OnlyAmong,
    OwnedList,
    Path,
    PlainList,
    Policy,
    Row,
    Target,
    Window,
)
from rpol.runtime.attribute import BOOLEAN, NONE, ORDERED, Attribute, Taxonomy, Value
from rpol.runtime.axes import BASE, NO_LIMIT
from rpol.runtime.ladder import OUTCOMES
from rpol.runtime.request import Possible, Request
from rpol.text.source import Place, SourceText

T = TypeVar("T")

NOWHERE: Final = Place(SourceText("random.rpol", ""), 0, 0)
DAYS: Final = tuple(date(2025, 1, 1).toordinal() + days for days in (0, 1, 30, 60, 90))
PARTIES: Final = ("ada", "bo", "cy", "di")
STRANGER: Final = "a stranger"
PATHS: Final[tuple[Path, ...]] = (("1",), ("1", "1"), ("1", "a"), ("2",))
_SHARES: Final = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))

_BUYER: Final = Attribute("buyer", "entity", question="Who buys?")
# Small, and of every kind: trees (one with a value of two parents), a part of the countries, sets flat and as a tree.
VOCABULARY: Final = (
    Attribute(
        "item",
        "one of",
        question="Which item?",
        taxonomy=Taxonomy(
            ("metal", "rare", "holmium", "magnet", "gallium", "tool"),
            {"rare": ("metal",), "holmium": ("rare",), "magnet": ("rare", "tool"), "gallium": ("metal",)},
        ),
    ),
    Attribute("exporter", "one of", taxonomy=Taxonomy(("in_china", "abroad"))),
    Attribute("destination", "country", taxonomy=Taxonomy(("CN", "DE", "US"))),
    Attribute("for_resale", "boolean", taxonomy=Taxonomy(BOOLEAN)),
    Attribute("pieces", "integer"),
    Attribute("node", "number", unit="nm"),
    Attribute("share", "percent", question="Which share?"),
    Attribute("contracted", "date"),
    _BUYER,
    Attribute("end_use", "set of", taxonomy=Taxonomy(("civil", "military", "chip"))),
    Attribute("route", "set of", taxonomy=Taxonomy(("asia", "CN", "JP", "DE"), {"CN": ("asia",), "JP": ("asia",)})),
)
_BOUNDS: Final[Mapping[str, tuple[Fraction | int, ...]]] = {
    "integer": (-1, 0, 5),
    "number": (Fraction(0), Fraction(14), Fraction(29, 2)),
    "percent": (Fraction(0), Fraction(1, 1000), Fraction(1)),
    "date": (FIRST, DAYS[1], DAYS[2], END - 1),
}


# ---------------------------------------------------------------- choices


def one_of(draw: st.DrawFn, items: Sequence[T]) -> T:
    return items[draw(st.integers(0, len(items) - 1))]


def once_in(draw: st.DrawFn, chances: int) -> bool:
    """Say yes one time in `chances`; a shrinking search tries no first."""
    return draw(st.integers(0, chances - 1)) == chances - 1


def some_of(draw: st.DrawFn, items: Sequence[T], least: int = 0, most: int = 2) -> tuple[T, ...]:
    """Return some of `items`, in their order, none twice."""
    count = draw(st.integers(min(least, len(items)), min(most, len(items))))
    chosen = {one_of(draw, range(len(items))) for _ in range(count)}
    return tuple(items[number] for number in sorted(chosen))


# ---------------------------------------------------------------- vocabulary and law


@frozen
class Declared:
    """What is declared before any clause."""

    attributes: Mapping[str, Attribute]
    instruments: Mapping[str, Instrument]
    lists: Mapping[str, ListOf]


def declared_in(policy: Policy) -> Declared:
    return Declared(policy.attributes, policy.instruments, policy.lists)


def draw_attributes(draw: st.DrawFn) -> dict[str, Attribute]:
    chosen = some_of(draw, VOCABULARY, least=1, most=3)
    if once_in(draw, 3) and _BUYER not in chosen:
        chosen = (*chosen, _BUYER)
    return {one.name: evolve(one, optional=one.kind != "set of" and once_in(draw, 2)) for one in chosen}


def draw_window(draw: st.DrawFn) -> Window:
    """Return a window; more often than not it is open."""
    start = one_of(draw, (*DAYS, FIRST)) if once_in(draw, 3) else None
    later = (*(day for day in DAYS if day > (start or FIRST)), END)
    return Window(start, one_of(draw, later) if once_in(draw, 3) else None)


def draw_target(draw: st.DrawFn, names: Sequence[str]) -> Target:
    path = one_of(draw, PATHS) if once_in(draw, 3) else None
    return Target(one_of(draw, names), path, written(path))


def written(path: Path | None) -> str | None:
    """Return a path as a law would write it: 1(1)."""
    return None if path is None else path[0] + "".join(f"({run})" for run in path[1:])


def draw_instruments(draw: st.DrawFn) -> dict[str, Instrument]:
    """Return instruments whose acts name earlier ones, so that they form no circle, and scenarios that act on any."""
    names = ("law_a", "law_b", "law_c", "law_d")[: draw(st.integers(0, 4))]
    scenarios = ("plan_x", "plan_y")[: draw(st.integers(0, 2))]
    found = [draw_instrument(draw, name, names[:number], scenario=False) for number, name in enumerate(names)]
    found += [draw_instrument(draw, name, names, scenario=True) for name in scenarios]
    if once_in(draw, 2):
        found.reverse()
    return {one.name: one for one in found}


def draw_instrument(draw: st.DrawFn, name: str, earlier: Sequence[str], scenario: bool) -> Instrument:
    issued = one_of(draw, DAYS[:4]) if not scenario or once_in(draw, 3) else None
    window = draw_window(draw)
    if window.start is None and not scenario:
        # An instrument without `effective` starts on the day it was issued.
        window = Window(issued, window.end if window.end and window.end > (issued or FIRST) else None)
    acts = [
        Act(
            "repeal" if once_in(draw, 2) else "suspend",
            tuple(draw_target(draw, earlier) for _ in range(draw(st.integers(1, 2)))),
            draw_window(draw),
            NOWHERE,
        )
        for _ in range(draw(st.integers(0, 2)) if earlier else 0)
    ]
    doubts = [Doubt(f"Nobody knows what became of {name}.", draw_window(draw), NOWHERE)] if once_in(draw, 3) else []
    return Instrument(
        name=name,
        title=f"The {name}",
        issued=issued,
        window=window,
        cite=None if once_in(draw, 2) else f"https://law.example/{name}",
        acts=tuple(acts),
        doubts=tuple(doubts),
        notes=(),
        scenario=scenario,
        place=NOWHERE,
    )


# ---------------------------------------------------------------- lists


def draw_lists(draw: st.DrawFn, attributes: Mapping[str, Attribute], law: Sequence[str]) -> dict[str, ListOf]:
    """Return lists of parties, owned lists over earlier ones, and lists of an attribute's values."""
    found: dict[str, ListOf] = {}
    for one in attributes.values():
        if one.taxonomy is not None and one.kind != "boolean" and once_in(draw, 3):
            rows = [draw_value_row(draw, one.taxonomy, law) for _ in range(draw(st.integers(0, 3)))]
            found[f"{one.name}_list"] = PlainList(f"{one.name}_list", one.name, tuple(rows), NOWHERE)
    if all(one.kind != "entity" for one in attributes.values()):
        return found
    for name in ("listed", "unreliable")[: draw(st.integers(1, 2))]:
        rows = [draw_party_row(draw, law) for _ in range(draw(st.integers(0, 4)))]
        found[name] = PlainList(name, None, tuple(rows), NOWHERE)
    for name in ("held", "held_by_held")[: draw(st.integers(0, 2))]:
        owners = some_of(draw, [other for other, listing in found.items() if is_of_parties(listing)])
        if owners:
            listed = [value for other in owners for value in values_of(found[other])]
            found[name] = draw_owned_list(draw, name, owners, (*PARTIES, *listed * 3))
    return found


def is_of_parties(listing: ListOf) -> bool:
    return isinstance(listing, OwnedList) or listing.attribute is None


def values_of(listing: ListOf) -> tuple[str, ...]:
    """Return the names that a list of parties speaks of."""
    if isinstance(listing, OwnedList):
        return tuple(holding.owned for holding in listing.holdings)
    return tuple(str(value) for row in listing.rows for value in row.values)


def draw_notice(draw: st.DrawFn, law: Sequence[str]) -> str | None:
    return one_of(draw, law) if law and once_in(draw, 2) else None


def draw_party_row(draw: st.DrawFn, law: Sequence[str]) -> Row:
    """Return a row of a party, perhaps with another as its alias."""
    values = some_of(draw, PARTIES, least=1)
    return Row(values[0].title(), values, draw_notice(draw, law), draw_window(draw), NOWHERE)


def draw_value_row(draw: st.DrawFn, taxonomy: Taxonomy, law: Sequence[str]) -> Row:
    """Return a row of a value, which stands for the leaves below it."""
    value = one_of(draw, taxonomy.values)
    return Row(value, tuple(sorted(taxonomy.below[value])), draw_notice(draw, law), draw_window(draw), NOWHERE)


def draw_owned_list(draw: st.DrawFn, name: str, owners: tuple[str, ...], owning: Sequence[str]) -> OwnedList:
    """Return parties owned by some of `owning`."""
    holdings = [
        Holding(one_of(draw, PARTIES), one_of(draw, owning), one_of(draw, _SHARES), draw_window(draw), NOWHERE)
        for _ in range(draw(st.integers(1, 4)))
    ]
    operator = one_of(draw, (">=", ">"))
    return OwnedList(name, operator, one_of(draw, _SHARES), owners, once_in(draw, 2), tuple(holdings), NOWHERE)


# ---------------------------------------------------------------- conditions


@st.composite
def conditions(draw: st.DrawFn, policy: Policy) -> Condition:
    """Return conditions as a promise or example may have them: what is in force and the two dates among them.

    Lists are asked for by themselves now and then, for it takes much to tell two of their rows apart.
    """
    lists = [(one, name) for one in policy.attributes.values() for name in lists_for(declared_in(policy), one)]
    if lists and once_in(draw, 2):
        one, name = one_of(draw, lists)
        return Among(one.name, frozenset(), (name,))
    return draw_condition(draw, declared_in(policy), in_force=True, days=True)


def draw_condition(
    draw: st.DrawFn, declared: Declared, *, in_force: bool, days: bool = False, depth: int = 2
) -> Condition:
    shape = draw(st.integers(0, 6)) if depth else 0
    if shape == 6:
        return TRUE
    if shape < 3:
        return draw_atom(draw, declared, in_force, days)
    terms = tuple(
        draw_condition(draw, declared, in_force=in_force, days=days, depth=depth - 1)
        for _ in range(1 if shape == 3 else draw(st.integers(0 if depth == 1 else 1, 3)))
    )
    if shape == 3:
        return Negation(terms[0])
    return AllOf(terms) if shape == 4 else AnyOf(terms)


def draw_atom(draw: st.DrawFn, declared: Declared, in_force: bool, days: bool) -> Condition:
    if days and once_in(draw, 4):
        return draw_comparison(draw, one_of(draw, ("date", "known_on")), DAYS)
    if in_force and declared.instruments and once_in(draw, 5):
        return ForceOf(draw_target(draw, list(declared.instruments)))
    one = one_of(draw, list(declared.attributes.values()))
    if one.kind not in ORDERED:
        return draw_membership(draw, one, lists_for(declared, one))
    if one.optional and once_in(draw, 4):
        return Among(one.name, frozenset({NONE}))
    return draw_comparison(draw, one.name, _BOUNDS[one.kind])


def lists_for(declared: Declared, one: Attribute) -> tuple[str, ...]:
    """Return the lists that may be named in a test of an attribute."""
    if one.kind == "entity":
        return tuple(name for name, listing in declared.lists.items() if is_of_parties(listing))
    return tuple(
        name
        for name, listing in declared.lists.items()
        if isinstance(listing, PlainList) and listing.attribute == one.name
    )


def draw_comparison(draw: st.DrawFn, name: str, bounds: Sequence[Fraction | int]) -> Compared:
    return Compared(name, one_of(draw, ("<", "<=", "=", ">=", ">")), one_of(draw, bounds))


def draw_membership(draw: st.DrawFn, one: Attribute, names: Sequence[str]) -> Condition:
    lists = some_of(draw, names) if names and once_in(draw, 2) else ()
    values = draw_values(draw, one)
    if one.kind == "set of" and once_in(draw, 3):
        return OnlyAmong(one.name, values, lists)
    has_none = (one.optional or one.kind == "set of") and once_in(draw, 4)
    return Among(one.name, values | {NONE} if has_none else values, lists)


def draw_values(draw: st.DrawFn, one: Attribute) -> frozenset[Value]:
    """Return a set of values as a condition names them: parties, or the leaves below some values."""
    if one.taxonomy is None:
        return frozenset(some_of(draw, PARTIES))
    below = one.taxonomy.below
    return frozenset(leaf for value in some_of(draw, one.taxonomy.values) for leaf in below[value])


# ---------------------------------------------------------------- clauses


_IN_CONTROLS: Final[tuple[EffectName, ...]] = ("license", "review", "deny", "prohibit", "exempt", "allow")
_ALONE: Final[tuple[EffectName, ...]] = ("permit", "oblige")
_LIFTED_BY: Final[Mapping[str, tuple[str, ...]]] = {"exempt": ("license", "prohibit"), "allow": ("license",)}
_ROUTES: Final = ("exempt", "permit")


def draw_clauses(draw: st.DrawFn, declared: Declared) -> tuple[Clause, ...]:
    found: list[Clause] = []
    for rule in range(draw(st.integers(1, 5))):
        supplements = draw_supplements(draw, found)
        effects = draw_effects(draw, supplements=bool(supplements))
        own = [len(found) + number for number, effect in enumerate(effects) if effect == "license"]
        for effect in effects:
            found.append(
                evolve(
                    draw_clause(draw, declared, len(found), rule, effect),
                    rests_on=tuple(sorted({*own, *supplements})) if effect in ("review", "deny") else (),
                    reached_through=supplements or None,
                )
            )
    numbers = range(len(found))
    wanted = [(one_of(draw, numbers), one_of(draw, numbers)) for _ in range(draw(st.integers(0, 5)))]
    return linked(found, [pair for pair in wanted if pair[0] != pair[1]])


def draw_supplements(draw: st.DrawFn, earlier: Sequence[Clause]) -> tuple[int, ...]:
    """Return the licences of an earlier rule, or none."""
    if not earlier or not once_in(draw, 4):
        return ()
    rule = one_of(draw, earlier).rule
    return tuple(one.index for one in earlier if one.rule == rule and one.effect == "license")


def draw_effects(draw: st.DrawFn, supplements: bool) -> list[EffectName]:
    """Return the effects of a control, its implied license among them, or of a permit or oblige."""
    if not supplements and once_in(draw, 4):
        return [one_of(draw, _ALONE)]
    effects = [one_of(draw, _IN_CONTROLS) for _ in range(draw(st.integers(1, 4)))]
    rests = not {"review", "deny"}.isdisjoint(effects)
    if not supplements and "license" not in effects and ("prohibit" not in effects or rests):
        return ["license", *effects]
    return effects


def draw_clause(draw: st.DrawFn, declared: Declared, index: int, rule: int, effect: EffectName) -> Clause:
    law = one_of(draw, list(declared.instruments)) if declared.instruments and not once_in(draw, 4) else None
    path = one_of(draw, PATHS) if law is not None and once_in(draw, 2) else None
    return Clause(
        index=index,
        rule=rule,
        control=f"rule_{rule}",
        label=f"clause_{index}" if once_in(draw, 2) else None,
        effect=effect,
        implied=False,
        condition=TRUE if once_in(draw, 2) else draw_condition(draw, declared, in_force=True),
        instrument=law,
        path=path,
        paragraph=written(path),
        windows=(draw_window(draw), draw_window(draw)) if once_in(draw, 3) else (),
        duties=some_of(draw, ("report", "keep records"), most=1),
        notes=("as amended",) if once_in(draw, 4) else (),
        rests_on=(),
        reached_through=None,
        lifts=(),
        overrides=(),
        place=NOWHERE,
    )


def linked(found: Sequence[Clause], wanted: Iterable[tuple[int, int]]) -> tuple[Clause, ...]:
    """Return the clauses with what they lift: in their control by what they are, and of `wanted` what makes no circle.

    A written override beats the built-in lifting the other way.
    """
    lifts = {
        (one.index, other.index)
        for one in found
        for other in found
        if one.rule == other.rule and other.effect in _LIFTED_BY.get(one.effect, ())
    }
    overrides: set[tuple[int, int]] = set()
    for pair in wanted:
        opposite = pair[::-1]
        tried = {*lifts, pair} - {opposite}
        if opposite not in overrides and in_order(found, tried) is not None:
            lifts = tried
            overrides.add(pair)
    return tuple(
        evolve(
            one,
            lifts=tuple(sorted(lifted for by, lifted in lifts if by == one.index)),
            overrides=tuple(sorted(lifted for by, lifted in overrides if by == one.index)),
        )
        for one in found
    )


def in_order(found: Sequence[Clause], lifts: Iterable[tuple[int, int]]) -> tuple[int, ...] | None:
    """Return the clauses, each after all that may lift it or let it fall; None where these form a circle."""
    before: dict[int, set[int]] = {one.index: set() for one in found}
    for by, lifted in lifts:
        before[lifted].add(by)
        if found[by].effect in _ROUTES:
            for one in found:
                if lifted in one.rests_on:
                    before[one.index].add(by)
    order: list[int] = []
    while ready := [index for index in before if index not in order and before[index] <= set(order)]:
        order += ready
    return tuple(order) if len(order) == len(found) else None


# ---------------------------------------------------------------- policies


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    attributes = draw_attributes(draw)
    instruments = draw_instruments(draw)
    declared = Declared(attributes, instruments, draw_lists(draw, attributes, list(instruments)))
    clauses = draw_clauses(draw, declared)
    order = in_order(clauses, [(one.index, lifted) for one in clauses for lifted in one.lifts])
    assert order is not None
    facts = [draw_condition(draw, declared, in_force=False)] if once_in(draw, 4) else []
    return Policy(
        attributes=attributes,
        instruments=instruments,
        lists=declared.lists,
        clauses=clauses,
        order=order,
        facts=tuple(Fact(condition, f"fact {number}", NOWHERE) for number, condition in enumerate(facts)),
        otherwise=one_of(draw, OUTCOMES) if once_in(draw, 3) else None,
        promises=(),
        examples=(),
        covered=(),
        words={},
        source_digest="",
    )


def targets(policy: Policy) -> st.SearchStrategy[Target | None]:
    """Return what an act may name, or None."""
    law = [name for name, one in policy.instruments.items() if not one.scenario]
    paths = (None, *PATHS)
    found = [Target(name, path, written(path)) for name in law for path in paths]
    return st.sampled_from((None, *found))


# ---------------------------------------------------------------- cases and requests


def draw_value(draw: st.DrawFn, one: Attribute) -> Value:
    """Return a value of an attribute; of ordered ones a value at or beside a bound of conditions."""
    if one.optional and once_in(draw, 4):
        return NONE
    if one.taxonomy is not None:
        leaves = one.taxonomy.leaves
        return frozenset(some_of(draw, leaves, most=3)) if one.kind == "set of" else one_of(draw, leaves)
    if one.kind == "entity":
        return one_of(draw, (*PARTIES, STRANGER))
    return one_of(draw, _NEAR[one.kind])


def _near(kind: str) -> tuple[Fraction | int, ...]:
    step = 1 if kind in ("integer", "date") else Fraction(1, 2000)
    near = {bound + some * step for bound in _BOUNDS[kind] for some in (-1, 0, 1)}
    low, high = {"percent": (0, 1), "date": (FIRST, END - 1)}.get(kind, (min(near), max(near)))
    return tuple(sorted(value for value in near if low <= value <= high))


_NEAR: Final = {kind: _near(kind) for kind in _BOUNDS}
_NEAR_DAYS: Final = tuple(sorted({FIRST, END - 1, *(day + step for day in DAYS for step in (-1, 0, 1))}))
# Most of what is drawn is in force on these.
_BUSY_DAYS: Final = (DAYS[2], DAYS[3] - 1, DAYS[3], DAYS[4])


@st.composite
def cases(draw: st.DrawFn, policy: Policy) -> dict[str, Value]:
    """Return cases in which everything is known."""
    return {name: draw_value(draw, one) for name, one in policy.attributes.items()}


def days() -> st.SearchStrategy[int]:
    return st.sampled_from((*_BUSY_DAYS * 3, *_NEAR_DAYS))


def known_ons() -> st.SearchStrategy[int]:
    return st.sampled_from((*(NO_LIMIT,) * 10, *_BUSY_DAYS, *_NEAR_DAYS))


def scenarios(policy: Policy) -> st.SearchStrategy[str]:
    return st.sampled_from((BASE, BASE, *policy.scenarios))


@st.composite
def requests(draw: st.DrawFn, policy: Policy) -> Request:
    """Return requests in which some facts are unknown, some known in part, and some asked for several values."""
    facts: dict[str, tuple[Possible, ...]] = {}
    unknown = some_of(draw, list(policy.attributes))
    for name, one in policy.attributes.items():
        if name not in unknown:
            count = 2 if one.kind != "set of" and once_in(draw, 4) else 1
            facts[name] = tuple(dict.fromkeys((draw_value(draw, one),) for _ in range(count)))
        elif one.taxonomy is not None and one.kind != "set of" and once_in(draw, 2):
            leaves = one.taxonomy.below[one_of(draw, one.taxonomy.values)]
            facts[name] = (tuple(leaf for leaf in one.taxonomy.leaves if leaf in leaves),)
    return Request(facts, draw(days()), draw(known_ons()), draw(scenarios(policy)))
