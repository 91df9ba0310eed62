"""Numbers, percentages and days as text, read exactly and written back."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final

_LONGEST: Final = 400
_LARGEST_EXPONENT: Final = 400
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE]([-+]?[0-9]{1,6}))?")
_QUOTIENT = re.compile(r"([-+]?[0-9]+)/([0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_number(text: str) -> Fraction | None:
    """Return the exact value of a decimal number (`-1.5`, `2e3`) or a quotient (`1/3`); None if it is neither.

    Numbers of more than 400 characters, or with an exponent beyond 400, are none: they are no measure of anything.
    """
    if len(text) > _LONGEST:
        return None
    number = _NUMBER.fullmatch(text)
    if number:
        return None if abs(int(number[1] or 0)) > _LARGEST_EXPONENT else Fraction(text)
    quotient = _QUOTIENT.fullmatch(text)
    if quotient and int(quotient[2]):
        return Fraction(int(quotient[1]), int(quotient[2]))
    return None


def parse_percent(text: str) -> Fraction | None:
    """Return `0.1%` or `0.1 %` as a share of one, exactly; None if it is no percentage."""
    if not text.endswith("%"):
        return None
    number = parse_number(text[:-1].strip())
    return None if number is None else number / 100


def parse_day(text: str) -> int | None:
    """Return the proleptic ordinal of a day written as 2025-11-08; None if there is no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def number_text(value: Fraction | int) -> str:
    """Return the shortest decimal that is exactly `value`; where none is, a quotient such as `1/3`."""
    value = Fraction(value)
    digits = 0
    rest = value.denominator
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        digits = max(digits, count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    scaled = abs(value.numerator) * 10**digits // value.denominator
    sign = "-" if value < 0 else ""
    if not digits:
        return f"{sign}{scaled}"
    text = f"{scaled:0{digits + 1}d}"
    return f"{sign}{text[:-digits]}.{text[-digits:]}"


def percent_text(value: Fraction) -> str:
    """Return a share of one as a percentage: 1/1000 is `0.1%`."""
    return f"{number_text(value * 100)}%"


def day_text(day: int) -> str:
    """Return a day, given as its ordinal, in the form 2025-11-08."""
    return date.fromordinal(day).isoformat()
