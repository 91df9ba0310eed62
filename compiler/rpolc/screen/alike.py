"""Which rows no clause tells apart, so that each kind of them is decided once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final, TypeAlias

from rpol.runtime.attribute import Attribute, Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO
from rpol.runtime.contents import Contents
from rpol.runtime.errors import RequestError
from rpol.runtime.raw import is_missing
from rpol.runtime.read import read
from rpol.runtime.request import Possible
from rpolc.screen.settings import Settings

# Rows of one kind have the same decision, but for what it repeats of their facts.
Kind: TypeAlias = tuple[Hashable, ...]

_SOME_DAY: Final = "2025-01-01"
_UNREADABLE: Final = object()
_MOST_REMEMBERED: Final = 50_000


class Alike:
    """The kinds of rows that a table tells apart; what each text of each column means is worked out once."""

    def __init__(self, contents: Contents, settings: Settings) -> None:
        self._settings = settings
        self._attributes = {attribute.name: attribute for attribute in contents.attributes}
        self._scenarios = [one.name for one in contents.instruments if one.scenario]
        self._axes = {
            name: [axis for axis in contents.axes if axis.attribute == name]
            for name in (*self._attributes, DATE, KNOWN_ON)
        }
        self._listed = {name: _listed(contents, attribute) for name, attribute in self._attributes.items()}
        # What is set for the whole screening does not tell rows apart.
        fixed = {KNOWN_ON: settings.known_on, SCENARIO: settings.scenario}
        self._names = [name for name in (*self._axes, SCENARIO) if fixed.get(name) is None]
        self._codes: dict[str, dict[Hashable, Hashable]] = {name: {} for name in self._names}

    def kind(self, facts: Mapping[str, object]) -> Kind | None:
        """Return the kind of a row with these facts, or None if one of them cannot be read."""
        codes: list[Hashable] = []
        for name, known in self._codes.items():
            raw = facts.get(name)
            key = _key(raw)
            if key not in known:
                if len(known) >= _MOST_REMEMBERED:
                    known.clear()
                known[key] = self._encode(name, raw)
            codes.append(known[key])
        return None if _UNREADABLE in codes else tuple(codes)

    def _encode(self, name: str, raw: object) -> Hashable:
        """Return what tells a value from others; what is missing is unknown or assumed, and the same in all rows."""
        if is_missing(raw):
            return None
        attributes = [self._attributes[name]] if name in self._attributes else []
        try:
            request = read(attributes, self._scenarios, {DATE: _SOME_DAY, name: raw}, timezone=self._settings.timezone)
        except RequestError:
            return _UNREADABLE
        if name == SCENARIO:
            return request.scenario
        if name in (DATE, KNOWN_ON):
            return self._class(name, request.date if name == DATE else request.known_on)
        return tuple(self._classes(name, possible) for possible in request.facts[name])

    def _classes(self, name: str, possible: Possible) -> Hashable:
        """Return the classes of what a value may stand for; an unknown value is of no kind with a known one."""
        classes = frozenset(self._class(name, value) for value in possible)
        return classes, len(possible) == 1

    def _class(self, name: str, value: Value) -> Hashable:
        """Return the classes of a value; a value on a list is of a kind of its own, since its rows are cited."""
        classes = tuple(axis.class_of(value) for axis in self._axes[name])
        members = value if isinstance(value, frozenset) else frozenset({value})
        return classes, members & self._listed.get(name, frozenset())


def _key(raw: object) -> Hashable:
    """Return a raw value so that equal keys are read alike; 1, 1.0 and True are equal, and do not mean the same."""
    if isinstance(raw, str):
        return raw
    return (repr(raw),)


def _listed(contents: Contents, attribute: Attribute) -> frozenset[Value]:
    """Return the values of an attribute of which a list speaks."""
    of = None if attribute.kind == "entity" else attribute.name
    return frozenset(value for one in contents.lists if one.attribute == of for value, _ in one.rows_by_value)
