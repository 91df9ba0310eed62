"""The author's names for sets of values, in which a region of cases can be described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from rpol.model.policy import ListOf, PlainList, Window
from rpol.model.resolution.scope import Scope
from rpol.runtime.attribute import Attribute, Value

_ALL_DAYS: Final = Window()
Phrase: TypeAlias = tuple[str, frozenset[Value]]


def phrases(scope: Scope, lists: Mapping[str, ListOf]) -> dict[str, tuple[Phrase, ...]]:
    """Return for each attribute its names of sets: groups, lists that never change, inner values; best first."""
    found = {}
    for name, attribute in scope.vocabulary.attributes.items():
        named = (*_groups(scope, name), *_lists(lists, attribute), *_inner(attribute))
        if named:
            found[name] = named
    return found


def _groups(scope: Scope, attribute: str) -> Iterator[Phrase]:
    for name, group in scope.groups.items():
        reading = group.readings.get(attribute)
        if reading is not None and reading.values and not reading.lists and not reading.carved:
            yield name, reading.values


def _lists(lists: Mapping[str, ListOf], attribute: Attribute) -> Iterator[Phrase]:
    of = None if attribute.kind == "entity" else attribute.name
    for name, listing in lists.items():
        if (
            isinstance(listing, PlainList)
            and listing.attribute == of
            and (of is not None or attribute.taxonomy is None)
        ):
            said = {(row.instrument, row.window) for row in listing.rows}
            if said == {(None, _ALL_DAYS)}:
                yield name, frozenset(value for row in listing.rows for value in row.values)


def _inner(attribute: Attribute) -> Iterator[Phrase]:
    if attribute.taxonomy is not None:
        for value, leaves in attribute.taxonomy.below.items():
            if attribute.taxonomy.children[value]:
                yield value, frozenset(leaves)
