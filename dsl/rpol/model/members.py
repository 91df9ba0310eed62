"""Who stands in a list, and when (language.md, section 3, Lists)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise

from rpol.model import plane
from rpol.model.force import Calendar, within
from rpol.model.plane import NEVER, NO_DAY, Days, Region
from rpol.model.policy import Holding, OwnedList, PlainList, Policy, Row
from rpol.runtime.attribute import Value


def members(calendar: Calendar, name: str) -> Mapping[Value, Region]:
    """Return where on the plane each value stands in the list `name`; a value that never does may be left out."""
    return _members(calendar, name, {})


def _members(calendar: Calendar, name: str, known: dict[str, Mapping[Value, Region]]) -> Mapping[Value, Region]:
    """Return the members of a list; each list on the way is worked out once and kept in `known`."""
    if name not in known:
        listing = calendar.policy.lists[name]
        if isinstance(listing, PlainList):
            known[name] = _listed(calendar, listing)
        else:
            known[name] = _owned(listing, [_members(calendar, owner, known) for owner in listing.owners])
    return known[name]


def rows_for(policy: Policy, name: str, value: Value) -> tuple[tuple[str, Row], ...]:
    """Return the rows of the list `name` that speak of `value`, each with the list it stands in.

    For an owned list these are the rows of the lists it is owned by that name one of its owners, direct or indirect.
    """
    spoken_of: dict[str, set[Value]] = defaultdict(set)
    waiting = [(name, value)]
    while waiting:
        source, one = waiting.pop()
        if one not in spoken_of[source]:
            spoken_of[source].add(one)
            listing = policy.lists[source]
            if isinstance(listing, OwnedList):
                owners = {holding.owner for holding in listing.holdings if holding.owned == one}
                waiting += [(above, owner) for above in (source, *listing.owners) for owner in owners]
    return tuple(
        (source, row)
        for source, listing in policy.lists.items()
        if isinstance(listing, PlainList) and source in spoken_of
        for row in listing.rows
        if not spoken_of[source].isdisjoint(row.values)
    )


def _listed(calendar: Calendar, listing: PlainList) -> Mapping[Value, Region]:
    found: dict[Value, Region] = {}
    further: dict[Value, list[Region]] = defaultdict(list)
    for row in listing.rows:
        counts = calendar.row(row)
        for value in row.values:
            if found.setdefault(value, counts) is not counts:
                further[value].append(counts)
    return found | {value: plane.union((found[value], *regions)) for value, regions in further.items()}


def _owned(listing: OwnedList, listed: list[Mapping[Value, Region]]) -> Mapping[Value, Region]:
    """Return the least fixed point: an owner that itself meets the test counts as listed."""
    holdings: dict[str, list[Holding]] = defaultdict(list)
    for holding in listing.holdings:
        holdings[holding.owned].append(holding)
    owned_by: dict[str, list[str]] = defaultdict(list)
    for holding in listing.holdings:
        owned_by[holding.owner].append(holding.owned)
    held: dict[Value, Region] = {}

    def counted(holding: Holding) -> Region:
        counts = plane.union(source.get(holding.owner, NEVER) for source in (*listed, held))
        return plane.intersection((within(holding.window), counts))

    waiting = dict.fromkeys(holdings)
    while waiting:
        owned = next(iter(waiting))
        del waiting[owned]
        grown = _meets(listing, [(holding.share, counted(holding)) for holding in holdings[owned]])
        if grown != held.get(owned, NEVER):
            held[owned] = grown
            waiting.update(dict.fromkeys(owned_by.get(owned, ())))
    return held


def _meets(listing: OwnedList, shares: list[tuple[Fraction, Region]]) -> Region:
    def enough(share: Fraction) -> bool:
        return share >= listing.share if listing.operator == ">=" else share > listing.share

    if listing.together:
        return _where_sum(shares, enough)
    return plane.union(region for share, region in shares if enough(share))


def _where_sum(shares: list[tuple[Fraction, Region]], enough: Callable[[Fraction], bool]) -> Region:
    """Return where the shares whose regions hold add up to enough."""

    def days(known_on: int) -> Days:
        spans = [(share, region.days(known_on)) for share, region in shares]
        edges = sorted({edge for _, held in spans for span in held for edge in span})
        found = NO_DAY
        for start, end in pairwise(edges):
            total = sum((share for share, held in spans if any(a <= start < b for a, b in held)), Fraction(0))
            if enough(total):
                found = (*found, (start, end))
        return found

    starts = sorted({start for _, region in shares for start, _ in region.steps})
    return plane.union(
        plane.intersection((plane.between(start, out), plane.on_days(days(start))))
        for start, out in zip(starts, [*starts[1:], None], strict=True)
    )
