"""Read a request: the one reader of outside values (language.md, sections 5 and 8).

What is not given is unknown, everywhere alike: an absent key, None, NaN, an empty text. What is given is checked word
by word, also where the answer does not turn on it; a word that is not known is an error that names the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import isfinite, isnan, prod
from numbers import Rational
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from rpol.runtime.attribute import NONE, Attribute, Value
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO
from rpol.runtime.countries import CALLED, NO_COUNTRIES
from rpol.runtime.errors import BadValue, RequestError, UnknownAttribute, UnknownValue
from rpol.runtime.names import fold, nearest
from rpol.runtime.numerals import parse_day, parse_number, parse_percent
from rpol.runtime.request import Possible, Request
from rpol.runtime.units import convert, known_unit, same_dimension
from rpol.runtime.written import to_request

Zone: TypeAlias = str | tzinfo | None

# Keys of a request that are no attributes.
AXIS_KEYS: Final = (DATE, KNOWN_ON, SCENARIO)
_BOOLEANS: Final = {"true": "true", "yes": "true", "false": "false", "no": "false"}
_MOST_VALUES: Final = 1000
_MOST_SETS: Final = 10_000
_LONGEST_NAME: Final = 10_000
_SHOWN: Final = 60


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
    assumed = {key: value for key, value in (assume or {}).items() if key not in given and not is_missing(value)}
    values = {**assumed, **given}
    by_name = {attribute.name: attribute for attribute in attributes}
    for key in values:
        if key not in by_name and key not in AXIS_KEYS:
            raise _unknown_attribute(key, (*by_name, *AXIS_KEYS))
    facts = {name: _read_attribute(by_name[name], values[name], timezone) for name in by_name if name in values}
    if DATE not in values:
        raise RequestError("The request has no `date`. Say for which day to decide, such as date=2025-12-01.")
    known = values.get(KNOWN_ON) if known_on is None else known_on
    chosen = values.get(SCENARIO) if scenario is None else scenario
    return Request(
        facts=facts,
        date=_day(DATE, values[DATE], timezone),
        known_on=NO_LIMIT if known is None else _day(KNOWN_ON, known, timezone),
        scenario=BASE if chosen is None else _scenario(chosen, scenarios),
        given={name: _in_request_form(by_name[name], values[name], facts[name]) for name in facts},
        assumed={
            name: _in_request_form(by_name[name], assumed[name], facts[name]) for name in facts if name in assumed
        },
    )


def is_missing(value: object) -> bool:
    """Tell whether an outside value says nothing: None, NaN, pandas' NA and NaT, or a blank text."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, float):
        return isnan(value)
    if isinstance(value, Decimal):
        return value.is_nan()
    return type(value).__name__ in ("NAType", "NaTType")


def _read_attribute(attribute: Attribute, value: object, timezone: Zone) -> tuple[Possible, ...]:
    if attribute.kind == "set of":
        return (_set(attribute, _several(value)),)
    parts = _several(value) if _is_collection(value) else _split(value) if _splits(attribute) else [value]
    if not parts:
        raise BadValue(f"`{attribute.name}` is given an empty list. Leave it out if it is unknown.")
    if len(parts) > _MOST_VALUES:
        raise BadValue(f"`{attribute.name}` is given {len(parts)} values; {_MOST_VALUES} is the most.")
    return tuple(dict.fromkeys(_single(attribute, part, timezone) for part in parts))


def _splits(attribute: Attribute) -> bool:
    """Tell whether `a|b` as a text means two values; in a party's name the sign may be part of it."""
    return attribute.kind != "entity"


def _split(value: object) -> list[object]:
    return list(value.split("|")) if isinstance(value, str) and "|" in value else [value]


def _is_collection(value: object) -> bool:
    return isinstance(value, (list, tuple, set, frozenset)) or (
        not isinstance(value, (str, bytes, Mapping)) and hasattr(value, "tolist") and getattr(value, "ndim", 0) == 1
    )


def _several(value: object) -> list[object]:
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        return list(value)
    if _is_collection(value):
        return list(value.tolist())  # type: ignore[attr-defined]
    return _split(value)


# ---------------------------------------------------------------- one value


def _single(attribute: Attribute, value: object, timezone: Zone) -> Possible:
    """Return what one given value may stand for."""
    value = _plain(value)
    if is_missing(value):
        raise BadValue(f"`{attribute.name}` is given several values, one of them empty. Leave that one out.")
    if isinstance(value, str) and value.strip() == "none" and attribute.kind != "entity":
        return _none(attribute)
    match attribute.kind:
        case "entity":
            return (_party(attribute, value),)
        case "date":
            return (_day(attribute.name, value, timezone),)
        case "integer":
            return (_integer(attribute, value),)
        case "number":
            return (_number(attribute, value),)
        case "percent":
            return (_percent(attribute, value),)
        case "boolean":
            return (_boolean(attribute, value),)
        case _:
            return _leaves(attribute, value)


def _plain(value: object) -> object:
    """Return a scalar of NumPy, pandas or Arrow as the Python value it stands for."""
    for unwrap in ("as_py", "to_pydatetime", "item"):
        if hasattr(value, unwrap) and not isinstance(value, (str, bytes, int, float, date, Decimal, Fraction)):
            return getattr(value, unwrap)()
    return value


def _none(attribute: Attribute) -> Possible:
    if not attribute.optional:
        raise UnknownValue(f"`{attribute.name}` cannot be none: it is not optional. Leave it out if it is unknown.")
    return (NONE,)


def _party(attribute: Attribute, value: object) -> Value:
    if not isinstance(value, str):
        raise BadValue(f"`{attribute.name}` is a name, written as text; {_show(value)} is none.")
    if len(value) > _LONGEST_NAME:
        raise BadValue(f"`{attribute.name}` is given a name of {len(value)} characters; {_LONGEST_NAME} is the most.")
    if attribute.optional and value.strip() == "none":
        return NONE
    folded = fold(value)
    if not folded:
        raise BadValue(f"`{attribute.name}` is given a name without a letter. Leave it out if it is unknown.")
    return folded


def _day(name: str, value: object, timezone: Zone) -> int:
    value = _plain(value)
    if isinstance(value, datetime):
        return _day_of_moment(name, value, timezone)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, str):
        text = value.strip()
        day = parse_day(text)
        if day is not None:
            return day
        moment = _moment(text)
        if moment is not None:
            return _day_of_moment(name, moment, timezone)
    raise BadValue(f"`{name}` is a day such as 2025-12-01; {_show(value)} is none.")


def _moment(text: str) -> datetime | None:
    if len(text) > 40 or not ("T" in text or " " in text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day_of_moment(name: str, moment: datetime, timezone: Zone) -> int:
    if moment.tzinfo is None:
        return moment.date().toordinal()
    if timezone is None:
        raise BadValue(
            f"`{name}` is given with a time zone ({moment.isoformat()}): which day it is depends on the place. "
            "Say which zone counts with timezone=, such as timezone='Asia/Shanghai', or give the day alone."
        )
    try:
        return moment.astimezone(_zone(timezone)).date().toordinal()
    except OverflowError:
        raise BadValue(f"`{name}` is outside the calendar: {moment.isoformat()}.") from None


def _zone(timezone: str | tzinfo) -> tzinfo:
    if isinstance(timezone, tzinfo):
        return timezone
    try:
        return ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        raise BadValue(f"There is no time zone {_show(timezone)}. Write one such as Asia/Shanghai or UTC.") from None


def _integer(attribute: Attribute, value: object) -> int:
    number = _exact(attribute, value)
    if number.denominator != 1:
        raise BadValue(f"`{attribute.name}` is a whole number; {_show(value)} is none.")
    return int(number)


def _number(attribute: Attribute, value: object) -> Fraction:
    if not isinstance(value, str):
        return _exact(attribute, value)
    amount, unit = _amount_and_unit(value.strip())
    number = parse_number(amount)
    if number is None:
        raise BadValue(f"`{attribute.name}` is a number{_in_unit(attribute)}; {_show(value)} is none.")
    if not unit:
        return number
    if attribute.unit is None:
        raise BadValue(f"`{attribute.name}` has no unit; write {_show(amount)} alone.")
    if not known_unit(unit) or not same_dimension(unit, attribute.unit):
        raise BadValue(f"`{attribute.name}` is measured in {attribute.unit}; {_show(unit)} does not convert to it.")
    return convert(number, unit, attribute.unit)


def _amount_and_unit(text: str) -> tuple[str, str]:
    amount, _, unit = text.partition(" ")
    if unit:
        return amount, unit.strip()
    end = len(text)
    while end and (text[end - 1].isalpha() or (text[end - 1].isdigit() and _follows_letter(text, end - 1))):
        end -= 1
    return (text[:end], text[end:]) if "/" not in text and parse_number(text) is None else (text, "")


def _follows_letter(text: str, position: int) -> bool:
    return any(c.isalpha() and c not in "eE" for c in text[:position])


def _in_unit(attribute: Attribute) -> str:
    return f" in {attribute.unit}" if attribute.unit else ""


def _percent(attribute: Attribute, value: object) -> Fraction:
    share = parse_percent(value.strip()) if isinstance(value, str) else None
    if share is None:
        share = _exact(attribute, value)
        if not 0 <= share <= 1:
            raise BadValue(
                f"`{attribute.name}` is a percentage: {_show(value)} without its sign is read as a share of one, and "
                f"lies outside 0 to 1. Write it with the sign, such as {_shortened(value)}%."
            )
    if not 0 <= share <= 1:
        raise BadValue(f"`{attribute.name}` lies between 0% and 100%; {_show(value)} does not.")
    return share


def _exact(attribute: Attribute, value: object) -> Fraction:
    """Return a number exactly; a float is its shortest decimal."""
    if isinstance(value, bool):
        raise BadValue(f"`{attribute.name}` is a number; {_show(value)} is none.")
    if isinstance(value, str):
        number = parse_number(value.strip())
        if number is not None:
            return number
    elif isinstance(value, float):
        if not isfinite(value):
            raise BadValue(f"`{attribute.name}` is a number; an infinite one is none.")
        return Fraction(repr(value))
    elif isinstance(value, Decimal):
        if value.is_finite() and abs(value.adjusted()) <= 400:
            return Fraction(value)
    elif isinstance(value, Rational):
        return Fraction(value)
    raise BadValue(f"`{attribute.name}` is a number; {_show(value)} is none.")


def _boolean(attribute: Attribute, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    found = _BOOLEANS.get(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise UnknownValue(f"`{attribute.name}` is true or false (yes or no); {_show(value)} is neither.")
    return found


def _leaves(attribute: Attribute, value: object) -> Possible:
    """Return a leaf, or the leaves below an inner value: which one of them it is, is then unknown."""
    word = value.strip() if isinstance(value, str) else str(value)
    assert attribute.taxonomy is not None
    below = attribute.taxonomy.below.get(word)
    if below is None:
        raise _unknown_value(attribute, word)
    return (word,) if len(below) == 1 and word in below else _in_order(attribute, below)


@lru_cache(maxsize=4096)
def _sorted_leaves(leaves: tuple[str, ...], below: frozenset[str]) -> Possible:
    return tuple(leaf for leaf in leaves if leaf in below)


def _in_order(attribute: Attribute, below: frozenset[str]) -> Possible:
    assert attribute.taxonomy is not None
    return _sorted_leaves(attribute.taxonomy.leaves, below)


def _set(attribute: Attribute, parts: list[object]) -> Possible:
    """Return the sets that the given members may stand for: one, unless a member is an inner value."""
    members = [_plain(part) for part in parts]
    if len(members) > _MOST_VALUES:
        raise BadValue(f"`{attribute.name}` is given {len(members)} members; {_MOST_VALUES} is the most.")
    words = [member for member in members if not (isinstance(member, str) and member.strip() == "none")]
    if len(words) < len(members) and words:
        raise BadValue(f"`{attribute.name}` is none and holds something at once.")
    if any(is_missing(word) for word in words):
        raise BadValue(f"`{attribute.name}` holds an empty member. Leave it out.")
    choices = [_leaves(attribute, word) for word in words]
    if prod(len(choice) for choice in choices) > _MOST_SETS:
        raise BadValue(f"`{attribute.name}` leaves too much open: name its members more exactly.")
    return tuple(dict.fromkeys(frozenset(chosen) for chosen in product(*choices)))  # type: ignore[arg-type]


# ---------------------------------------------------------------- names that are not known


def _scenario(chosen: object, scenarios: Sequence[str]) -> str:
    if chosen in scenarios:
        return str(chosen)
    if not scenarios:
        raise UnknownValue(f"There is no scenario {_show(chosen)}: the policy has none.")
    raise UnknownValue(f"There is no scenario {_show(chosen)}.{_did_you_mean(str(chosen), scenarios)}")


def _unknown_attribute(key: object, names: Iterable[str]) -> UnknownAttribute:
    if not isinstance(key, str):
        return UnknownAttribute(f"{_show(key)} is no attribute: attributes are named by text.")
    return UnknownAttribute(f"There is no attribute {_show(key)}.{_did_you_mean(key, tuple(names))}")


def _unknown_value(attribute: Attribute, word: str) -> UnknownValue:
    assert attribute.taxonomy is not None
    what = "country" if "AD" in attribute.taxonomy.below else "value"
    start = f"`{attribute.name}` has no {what} {_show(word)}."
    if what == "country":
        if word in NO_COUNTRIES:
            return UnknownValue(f"{start} {NO_COUNTRIES[word].capitalize()}.")
        if word in CALLED:
            return UnknownValue(f"{start} Did you mean {CALLED[word]}?")
        for code, label in attribute.taxonomy.labels.items():
            if label.casefold() == word.casefold():
                return UnknownValue(f"{start} Write {code} for {label}.")
    return UnknownValue(start + _did_you_mean(word, attribute.taxonomy.values))


def _did_you_mean(word: str, words: Sequence[str]) -> str:
    near = nearest(word, words)
    if near:
        return f" Did you mean {' or '.join(near)}?"
    if len(words) <= 12:
        return f" There are: {', '.join(words)}."
    return f" There are {len(words)}, none of them like it."


def _show(value: object) -> str:
    return f"`{_shortened(value)}`"


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


# ---------------------------------------------------------------- for the record


def _in_request_form(attribute: Attribute, value: Any, asked: tuple[Possible, ...]) -> object:
    """Return what was given as plain data that reads back as the same."""
    if attribute.kind == "set of":
        if len(asked[0]) == 1:
            return to_request(attribute, asked[0][0])
        return [str(_plain(part)).strip() for part in _several(value)]
    parts = _several(value) if _is_collection(value) else _split(value) if _splits(attribute) else [value]
    forms = [
        to_request(attribute, possible[0]) if len(possible) == 1 else str(_plain(part)).strip()
        for part, possible in zip(parts, asked, strict=False)
    ]
    if attribute.kind == "entity":
        forms = [" ".join(str(part).split()) for part in parts]
    return forms[0] if len(forms) == 1 else forms
