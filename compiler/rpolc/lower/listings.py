"""For every list, the rows that speak of each value (language.md, section 3, Lists)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rpol.model.policy import OwnedList, PlainList, Policy, Row
from rpol.runtime.contents import Listing

# For each value, the numbers of the rows that speak of it.
_Numbers = Mapping[str, tuple[int, ...]]


def all_rows(policy: Policy) -> Iterator[tuple[str, Row]]:
    """Yield every list row with the name of its list; the table numbers rows in this order."""
    for name, listing in policy.lists.items():
        if isinstance(listing, PlainList):
            yield from ((name, row) for row in listing.rows)


def listings(policy: Policy) -> Iterator[Listing]:
    """Yield every list with the rows that speak of each value; those of an owned list are the rows of the owners."""
    numbers = dict(_numbers(policy))
    for name, listing in policy.lists.items():
        attribute = listing.attribute if isinstance(listing, PlainList) else None
        yield Listing(name, attribute, tuple(_of_list(policy, name, numbers).items()))


def _numbers(policy: Policy) -> Iterator[tuple[str, _Numbers]]:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (name, row) in enumerate(all_rows(policy)):
        for value in row.values:
            found[name][str(value)].append(number)
    for name, by_value in found.items():
        yield name, {value: tuple(numbers) for value, numbers in by_value.items()}


def _of_list(policy: Policy, name: str, numbers: dict[str, _Numbers]) -> _Numbers:
    """Return the rows of a list by value; those of owned lists are worked out when first asked for, and kept."""
    listing = policy.lists[name]
    if isinstance(listing, OwnedList) and name not in numbers:
        sources = [_of_list(policy, source, numbers) for source in listing.owners]
        numbers[name] = dict(_of_owners(listing, sources))
    return numbers.get(name, {})


def _of_owners(listing: OwnedList, sources: list[_Numbers]) -> Iterator[tuple[str, tuple[int, ...]]]:
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for holding in listing.holdings:
        owners[holding.owned][holding.owner] = None
    for owned in list(owners):
        rows = {row for owner in _reached(owners, owned) for source in sources for row in source.get(owner, ())}
        if rows:
            yield owned, tuple(sorted(rows))


def _reached(owners: Mapping[str, Mapping[str, None]], owned: str) -> set[str]:
    """Return the owners of a party, direct and indirect."""
    found: set[str] = set()
    waiting = [owned]
    while waiting:
        fresh = owners.get(waiting.pop(), {}).keys() - found
        found |= fresh
        waiting.extend(fresh)
    return found
