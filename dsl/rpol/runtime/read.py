"""Read a request: the one reader of outside values (language.md, sections 5 and 8).

What is not given is unknown, everywhere alike: an absent key, None, NaN, an empty text. What is given is checked word
by word, also where the answer does not turn on it; a word that is not known is an error that names the nearest one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rpol.runtime.attribute import Attribute
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO
from rpol.runtime.errors import BadValue, RequestError
from rpol.runtime.raw import is_collection, is_missing, plain, several, split
from rpol.runtime.read_day import Zone, read_day
from rpol.runtime.read_value import MOST_VALUES, read_set, read_value
from rpol.runtime.request import Possible, Request
from rpol.runtime.unknown import unknown_attribute, unknown_scenario
from rpol.runtime.written import to_request

# Keys of a request that are no attributes.
AXIS_KEYS: Final = (DATE, KNOWN_ON, SCENARIO)


def read(
    attributes: Sequence[Attribute],
    scenarios: Sequence[str],
    mapping: Mapping[str, object],
    *,
    known_on: object = None,
    scenario: str | None = None,
    timezone: Zone = None,
    assume: Mapping[str, object] | None = None,
) -> Request:
    """Return the request that `mapping` makes, with what `assume` fills in where nothing is given.

    `date`, `known_on` and `scenario` may be keys of the mapping; `known_on` and `scenario` given apart take precedence.
    Raise RequestError for an unknown word, a value that cannot be read, or a missing date.
    """
    given = {key: value for key, value in mapping.items() if not is_missing(value)}
    offered = {key: value for key, value in (assume or {}).items() if not is_missing(value)}
    assumed = {key: value for key, value in offered.items() if key not in given}
    values = {**assumed, **given}
    by_name = {attribute.name: attribute for attribute in attributes}
    for key in (*offered, *given):
        if key not in by_name and key not in AXIS_KEYS:
            raise unknown_attribute(key, (*by_name, *AXIS_KEYS))
    facts = {name: _read_attribute(by_name[name], values[name], timezone) for name in by_name if name in values}
    for name in offered.keys() & given.keys() & by_name.keys():
        _read_attribute(by_name[name], offered[name], timezone)
    if DATE not in values:
        raise RequestError("The request has no `date`. Say for which day to decide, such as date=2025-12-01.")
    known = values.get(KNOWN_ON) if known_on is None else known_on
    chosen = values.get(SCENARIO) if scenario is None else scenario
    return Request(
        facts=facts,
        date=read_day(DATE, values[DATE], timezone),
        known_on=NO_LIMIT if known is None else read_day(KNOWN_ON, known, timezone),
        scenario=BASE if chosen is None else _scenario(chosen, scenarios),
        given={name: _in_request_form(by_name[name], values[name], facts[name]) for name in facts},
        assumed={
            name: _in_request_form(by_name[name], assumed[name], facts[name]) for name in facts if name in assumed
        },
    )


def _scenario(chosen: object, scenarios: Sequence[str]) -> str:
    if not isinstance(chosen, str) or chosen not in scenarios:
        raise unknown_scenario(chosen, scenarios)
    return str(chosen)


def _read_attribute(attribute: Attribute, value: object, timezone: Zone) -> tuple[Possible, ...]:
    if attribute.kind == "set of":
        return (read_set(attribute, several(value)),)
    parts = several(value) if is_collection(value) else split(value) if _splits(attribute) else [value]
    if not parts:
        raise BadValue(f"`{attribute.name}` is given an empty list. Leave it out if it is unknown.")
    if len(parts) > MOST_VALUES:
        raise BadValue(f"`{attribute.name}` is given {len(parts)} values; {MOST_VALUES} is the most.")
    return tuple(read_value(attribute, part, timezone) for part in parts)


def _splits(attribute: Attribute) -> bool:
    """Tell whether `a|b` as a text means two values; in a party's name the sign may be part of it."""
    return attribute.kind != "entity"


def _in_request_form(attribute: Attribute, value: Any, asked: tuple[Possible, ...]) -> object:
    """Return what was given as plain data that reads back as the same."""
    if attribute.kind == "set of":
        if len(asked[0]) == 1:
            return to_request(attribute, asked[0][0])
        return [str(plain(part)).strip() for part in several(value)]
    parts = several(value) if is_collection(value) else split(value) if _splits(attribute) else [value]
    forms = [
        to_request(attribute, possible[0]) if len(possible) == 1 else str(plain(part)).strip()
        for part, possible in zip(parts, asked, strict=True)
    ]
    if attribute.kind == "entity":
        forms = [" ".join(str(part).split()) for part in parts]
    return forms[0] if len(forms) == 1 else forms
