"""Read one outside value of an attribute (language.md, sections 5 and 8)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import isfinite, prod
from numbers import Rational
from typing import Final

from rpol.runtime.attribute import NONE, Attribute, Value
from rpol.runtime.errors import BadValue, UnknownValue
from rpol.runtime.names import fold
from rpol.runtime.numerals import parse_number, parse_percent
from rpol.runtime.raw import is_missing, plain, text_of
from rpol.runtime.read_day import Zone, read_day
from rpol.runtime.request import Possible
from rpol.runtime.units import convert, known_unit, same_dimension
from rpol.runtime.unknown import shortened, show, unknown_value

MOST_VALUES: Final = 1000
_BOOLEANS: Final = {"true": "true", "yes": "true", "false": "false", "no": "false"}
_MOST_SETS: Final = 10_000
_LONGEST_NAME: Final = 10_000
_LONGEST_NUMBER: Final = 400
_MOST_BITS: Final = 1_400


def read_value(attribute: Attribute, value: object, timezone: Zone) -> Possible:
    """Return what one given value may stand for."""
    value = plain(value)
    if is_missing(value):
        raise BadValue(f"`{attribute.name}` is given several values, one of them empty. Leave that one out.")
    if isinstance(value, str) and value.strip() == "none" and attribute.kind != "entity":
        return _none(attribute)
    match attribute.kind:
        case "entity":
            return (_party(attribute, value),)
        case "date":
            return (read_day(attribute.name, value, timezone),)
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


def _none(attribute: Attribute) -> Possible:
    if not attribute.optional:
        raise UnknownValue(f"`{attribute.name}` cannot be none: it is not optional. Leave it out if it is unknown.")
    return (NONE,)


def _party(attribute: Attribute, value: object) -> Value:
    if not isinstance(value, str):
        raise BadValue(f"`{attribute.name}` is a name, written as text; {show(value)} is none.")
    if len(value) > _LONGEST_NAME:
        raise BadValue(f"`{attribute.name}` is given a name of {len(value)} characters; {_LONGEST_NAME} is the most.")
    if attribute.optional and value.strip() == "none":
        return NONE
    folded = fold(value)
    if not folded:
        raise BadValue(f"`{attribute.name}` is given a name without a letter. Leave it out if it is unknown.")
    return folded


def _integer(attribute: Attribute, value: object) -> int:
    number = _exact(attribute, value)
    if number.denominator != 1:
        raise BadValue(f"`{attribute.name}` is a whole number; {show(value)} is none.")
    return int(number)


def _number(attribute: Attribute, value: object) -> Fraction:
    if not isinstance(value, str):
        return _exact(attribute, value)
    amount, unit = _amount_and_unit(value.strip())
    number = parse_number(amount)
    if number is None:
        raise BadValue(f"`{attribute.name}` is a number{_in_unit(attribute)}; {show(value)} is none.")
    if not unit:
        return number
    if attribute.unit is None:
        raise BadValue(f"`{attribute.name}` has no unit; write {show(amount)} alone.")
    if not known_unit(unit) or not same_dimension(unit, attribute.unit):
        raise BadValue(f"`{attribute.name}` is measured in {attribute.unit}; {show(unit)} does not convert to it.")
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
                f"`{attribute.name}` is a percentage: {show(value)} without its sign is read as a share of one, and "
                f"lies outside 0 to 1. Write it with the sign, such as {shortened(value)}%."
            )
    if not 0 <= share <= 1:
        raise BadValue(f"`{attribute.name}` lies between 0% and 100%; {show(value)} does not.")
    return share


def _exact(attribute: Attribute, value: object) -> Fraction:
    """Return a number exactly; a float is its shortest decimal."""
    if isinstance(value, bool):
        raise BadValue(f"`{attribute.name}` is a number; {show(value)} is none.")
    if isinstance(value, str):
        number = parse_number(value.strip())
        if number is not None:
            return number
    elif isinstance(value, float):
        if not isfinite(value):
            raise BadValue(f"`{attribute.name}` is a number; an infinite one is none.")
        return Fraction(float.__repr__(value))
    elif isinstance(value, Decimal):
        if value.is_finite() and abs(value.adjusted()) <= _LONGEST_NUMBER >= len(value.as_tuple().digits):
            return Fraction(value)
    elif isinstance(value, Rational):
        exact = Fraction(value)
        if max(exact.numerator.bit_length(), exact.denominator.bit_length()) <= _MOST_BITS:
            return exact
    raise BadValue(f"`{attribute.name}` is a number; {show(value)} is none.")


def _boolean(attribute: Attribute, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    found = _BOOLEANS.get(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise UnknownValue(f"`{attribute.name}` is true or false (yes or no); {show(value)} is neither.")
    return found


def _leaves(attribute: Attribute, value: object) -> Possible:
    """Return a leaf, or the leaves below an inner value: which one of them it is, is then unknown."""
    word = value.strip() if isinstance(value, str) else text_of(value)
    assert attribute.taxonomy is not None
    below = attribute.taxonomy.below.get(word)
    if below is None:
        raise unknown_value(attribute, word)
    return (word,) if len(below) == 1 and word in below else _in_order(attribute, below)


@lru_cache(maxsize=4096)
def _sorted_leaves(leaves: tuple[str, ...], below: frozenset[str]) -> Possible:
    return tuple(leaf for leaf in leaves if leaf in below)


def _in_order(attribute: Attribute, below: frozenset[str]) -> Possible:
    assert attribute.taxonomy is not None
    return _sorted_leaves(attribute.taxonomy.leaves, below)


def read_set(attribute: Attribute, parts: list[object]) -> Possible:
    """Return the sets that the given members may stand for: one, unless a member is an inner value."""
    members = [plain(part) for part in parts]
    if len(members) > MOST_VALUES:
        raise BadValue(f"`{attribute.name}` is given {len(members)} members; {MOST_VALUES} is the most.")
    words = [member for member in members if not (isinstance(member, str) and member.strip() == "none")]
    if len(words) < len(members) and words:
        raise BadValue(f"`{attribute.name}` is none and holds something at once.")
    if any(is_missing(word) for word in words):
        raise BadValue(f"`{attribute.name}` holds an empty member. Leave it out.")
    choices = [_leaves(attribute, word) for word in words]
    if prod(len(choice) for choice in choices) > _MOST_SETS:
        raise BadValue(f"`{attribute.name}` leaves too much open: name its members more exactly.")
    return tuple(dict.fromkeys(frozenset(chosen) for chosen in product(*choices)))  # type: ignore[arg-type]
