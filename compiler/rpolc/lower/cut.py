"""Cut the domains of a policy into classes that nothing in it tells apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import Final, TypeAlias

from rpol.model import plane
from rpol.model.policy import Condition, PlainList, Policy, Window
from rpol.runtime.attribute import NONE, ORDERED, Attribute, Value
from rpol.runtime.axes import (
    BASE,
    DATE,
    KNOWN_ON,
    NO_LIMIT,
    SCENARIO,
    Axis,
    FiniteAxis,
    MemberAxis,
    NameAxis,
    OrderedAxis,
)
from rpolc.lower.atoms import Tests, gather

Cut: TypeAlias = tuple[Fraction | int, int]
_ANOTHER_PARTY: Final = "another party"


def cut(policy: Policy, conditions: Iterable[Condition]) -> tuple[Axis, ...]:
    """Return the axes of a policy, cut as finely as `conditions` need; the last are date, known_on and scenario.

    The dates are cut wherever anything may begin or end, in whatever world.
    """
    tests = gather(conditions)
    axes: list[Axis] = []
    for attribute in policy.attributes.values():
        axes += _axes(policy, attribute, tests.get(attribute.name, Tests()))
    days = {day for window in _windows(policy) for day in (window.start, window.end) if day is not None}
    issued = {one.issued for one in policy.instruments.values() if one.issued is not None}
    return (
        *axes,
        _days_axis(DATE, days, tests.get(DATE, Tests()), plane.END - 1),
        _days_axis(KNOWN_ON, issued, tests.get(KNOWN_ON, Tests()), NO_LIMIT),
        FiniteAxis(SCENARIO, {name: n for n, name in enumerate((BASE, *policy.scenarios))}, (BASE, *policy.scenarios)),
    )


def _axes(policy: Policy, attribute: Attribute, tests: Tests) -> list[Axis]:
    if attribute.kind == "entity":
        return [_name_axis(policy, attribute, tests)]
    if attribute.kind in ORDERED:
        return [_ordered_axis(attribute, tests)]
    assert attribute.taxonomy is not None
    groups = _told_apart(attribute.taxonomy.leaves, _row_marks(policy, tests), tests.cells)
    if attribute.kind == "set of":
        return [MemberAxis(attribute.name, tuple(leaves)) for leaves in groups]
    none = len(groups) if attribute.optional else None
    representatives: list[Value] = [leaves[0] for leaves in groups]
    return [
        FiniteAxis(
            attribute.name,
            {leaf: number for number, leaves in enumerate(groups) for leaf in leaves},
            (*representatives, *((NONE,) if attribute.optional else ())),
            none,
        )
    ]


# ---------------------------------------------------------------- closed domains and names


def _told_apart(
    leaves: Iterable[str], marks: Mapping[Value, frozenset[object]], cells: Iterable[frozenset[Value]]
) -> list[list[str]]:
    """Return the leaves in groups that no cell and no list row tells apart, by their first leaves."""
    signatures: dict[Value, list[object]] = {leaf: [marks.get(leaf)] for leaf in leaves}
    for number, cell in enumerate(cells):
        for value in cell:
            if value in signatures:
                signatures[value].append(number)
    groups: dict[tuple[object, ...], list[str]] = {}
    for leaf, signature in signatures.items():
        groups.setdefault(tuple(signature), []).append(str(leaf))
    return list(groups.values())


def _row_marks(policy: Policy, tests: Tests) -> Mapping[Value, frozenset[object]]:
    """Return what the rows of the tested lists say of each value, in whatever world; equal marks are alike.

    A party that somebody owns is like no other.
    """
    joined = cache(frozenset[object].union)  # equal marks are mostly one object
    marks: dict[Value, frozenset[object]] = defaultdict(frozenset)
    for name in tests.lists:
        listing = policy.lists[name]
        if isinstance(listing, PlainList):
            said: dict[tuple[str | None, Window], frozenset[object]] = {}
            for row in listing.rows:
                notice = (row.instrument, row.window)
                if notice not in said:
                    said[notice] = frozenset({(name, *notice)})
                for value in row.values:
                    marks[value] = joined(marks[value], said[notice])
        else:
            for holding in listing.holdings:
                marks[holding.owned] |= {(name, holding.owned)}
    return marks


def _name_axis(policy: Policy, attribute: Attribute, tests: Tests) -> NameAxis:
    marks = _row_marks(policy, tests)
    named = sorted({value for cell in tests.cells for value in cell if isinstance(value, str)})
    alone = set(named)
    numbers: dict[object, int] = {}
    by_name: dict[str, int] = {}
    representatives: list[Value] = [_ANOTHER_PARTY]
    for value in (*marks, *(one for one in named if one not in marks)):
        assert isinstance(value, str)
        key = value if value in alone else marks[value]
        if key not in numbers:
            numbers[key] = len(representatives)
            representatives.append(value)
        by_name[value] = numbers[key]
    while representatives[0] in by_name:
        representatives[0] = f"yet {representatives[0]}"
    none = len(representatives) if attribute.optional else None
    return NameAxis(attribute.name, by_name, (*representatives, *((NONE,) if attribute.optional else ())), none)


# ---------------------------------------------------------------- ordered domains


def _ordered_axis(attribute: Attribute, tests: Tests) -> OrderedAxis:
    whole = attribute.kind in ("integer", "date")
    low, high = _domain(attribute)
    cuts = sorted({c for operator, bound in tests.bounds for c in cuts_of(operator, bound, whole)})
    kept = tuple(c for c in cuts if _inside(c, low, high))
    return OrderedAxis(attribute.name, kept, whole, low, high, none_class=len(kept) + 1 if attribute.optional else None)


def _domain(attribute: Attribute) -> tuple[Fraction | int | None, Fraction | int | None]:
    if attribute.kind == "percent":
        return Fraction(0), Fraction(1)
    if attribute.kind == "date":
        return plane.FIRST, plane.END - 1
    return None, None


def _days_axis(name: str, days: Iterable[int], tests: Tests, last: int) -> OrderedAxis:
    cuts = {(day, 0) for day in days} | {c for o, bound in tests.bounds for c in cuts_of(o, bound, whole=True)}
    return OrderedAxis(name, tuple(c for c in sorted(cuts) if _inside(c, plane.FIRST, last)), True, plane.FIRST, last)


def cuts_of(operator: str, bound: Fraction | int, whole: bool) -> tuple[Cut, ...]:
    """Return where a comparison cuts a domain: just before (0) or just after (1) a value."""
    before: Cut = (bound, 0)
    after: Cut = (bound + 1, 0) if whole else (bound, 1)
    return {"<": (before,), ">=": (before,), "<=": (after,), ">": (after,), "=": (before, after)}[operator]


def _inside(one: Cut, low: Fraction | int | None, high: Fraction | int | None) -> bool:
    """Tell whether there is something of the domain on both sides of a cut."""
    return (low is None or one > (low, 0)) and (high is None or one <= (high, 0))


def _windows(policy: Policy) -> Iterable[Window]:
    for clause in policy.clauses:
        yield from clause.windows
    for instrument in policy.instruments.values():
        yield instrument.window
        yield from (act.window for act in instrument.acts)
        yield from (doubt.window for doubt in instrument.doubts)
    for listing in policy.lists.values():
        entries: Iterable[Window] = (
            (row.window for row in listing.rows)
            if isinstance(listing, PlainList)
            else (holding.window for holding in listing.holdings)
        )
        yield from entries
