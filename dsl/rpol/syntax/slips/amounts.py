"""Slips with numbers, units, percentages, dates and codes that look like numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rpol.syntax.failure import AMOUNTS
from rpol.syntax.grammar import end_of, lexed, start_of
from rpol.syntax.problems import amounts as problems
from rpol.text.source import Place

if TYPE_CHECKING:
    from rpol.syntax.failure import Failure
    from rpol.text.diagnostic import Diagnostic

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_NAMED_MONTH = rf"(?P<named>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>[0-9]{1,2})"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>[0-9]{{1,2}})(?P=sign){_DAY}(?![0-9])",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})(?![0-9])",
        rf"{_DAY}(?:st|nd|rd|th)?\.?\s+{_NAMED_MONTH},?\s+{_YEAR}",
        rf"{_NAMED_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
]
# The day first, or the month? Only the author knows.
_UNCLEAR_DATE = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}")
_GLUED = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[A-Za-z][A-Za-z0-9]*)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[0-9]+)?")
_COMMAS = re.compile(r"-?[0-9]+(?:,[0-9]+)+(?:[ \t]*%)?")
_PERCENT_WORDS = ("percent", "pct")


def date_form(f: Failure) -> Diagnostic | None:
    only_dates = f.accepted == {"DATE"}
    if not only_dates and (f.token.type != "ODD" or "." in f.token):
        return None
    start = start_of(f.token)
    matches = (pattern.match(f.source.text, start) for pattern in _DATES if only_dates or pattern is _DATES[0])
    found = next((match for match in matches if match), None)
    unclear = _UNCLEAR_DATE.match(f.source.text, start)
    match = found or unclear
    if match is None:
        return None
    right = _day(found.groupdict()) if found else None
    if found and right is None:
        return None
    place = Place(f.source, start, max(match.end(), end_of(f.token)))
    return problems.date_form(place, f.source.text[place.start : place.end], right)


def _day(parts: dict[str, str]) -> str | None:
    month = int(parts["month"]) if "month" in parts else _MONTHS.index(parts["named"].lower()) + 1
    day = int(parts["day"])
    return f"{parts['year']}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def long_number(f: Failure) -> Diagnostic | None:
    too_long = f.token.type == "ODD" and _NUMBER.fullmatch(f.token)
    return problems.long_number(f.here()) if too_long else None


def leading_point(f: Failure) -> Diagnostic | None:
    """`.5`, `.5%`"""
    number = f.at(1)
    if f.token != "." or number is None or number.type not in AMOUNTS or start_of(number) != end_of(f.token):
        return None
    return problems.leading_point(f.place(f.token, number), f"0.{number}")


def amount_in_quotes(f: Failure) -> Diagnostic | None:
    if f.token.type != "STRING" or "STRING" in f.accepted or not AMOUNTS & f.accepted:
        return None
    written = f.token[1:-1].strip()
    types = [token.type for token in lexed(written)]
    if not types or types[0] not in f.accepted or types[1:] not in ([], ["NAME"], ["NAME", "SLASH", "NAME"]):
        return None
    return problems.amount_in_quotes(f.here(), written)


def number_and_unit(f: Failure) -> Diagnostic | None:
    """`14nm`: a code, or a word of no kind, where an amount may stand."""
    glued = _GLUED.fullmatch(f.token)
    if glued is None or "NUMBER" not in f.accepted:
        return None
    number, unit = glued["number"], glued["unit"]
    if unit in _PERCENT_WORDS:
        return problems.percent_sign(f.here(), f"{number}%")
    last = 0
    while f.types(last + 1, 2) == ("SLASH", "NAME"):
        last += 2
    place = f.place(f.token, f.at(last))
    written = f.source.text[place.start : place.end]
    return problems.number_and_unit(place, written, f"{number} {written[len(number) :]}")


def percent_sign(f: Failure) -> Diagnostic | None:
    if f.token.type != "NUMBER" or "PERCENT" not in f.accepted or "NUMBER" in f.accepted:
        return None
    unit = f.at(1)
    last = unit if unit is not None and unit in _PERCENT_WORDS else f.token
    return problems.percent_sign(f.place(f.token, last), f"{f.token}%")


def percent_range(f: Failure) -> Diagnostic | None:
    """`-5%` and `1e-3%`: a number, and then a sign that did not become part of it."""
    number = f.at(-1)
    if f.token != "%" or number is None or number.type != "NUMBER":
        return None
    return problems.percent_range(f.place(number, f.token))


def decimal_comma(f: Failure) -> Diagnostic | None:
    number = f.at(-1)
    if f.token.type != "COMMA" or number is None or number.type != "NUMBER":
        return None
    found = _COMMAS.match(f.source.text, start_of(number))
    if found is None:
        return None
    first, *groups = found[0].split(",")
    thousands = len(groups) > 1 or (len(groups[0]) == 3 and "%" not in groups[0])
    return problems.decimal_comma(Place(f.source, *found.span()), ("" if thousands else ".").join((first, *groups)))


def unquoted_code(f: Failure) -> Diagnostic | None:
    """A number where only values stand: most likely an HS number."""
    if f.token.type not in AMOUNTS or "CODE" not in f.accepted:
        return None
    last = 0
    while f.types(last, 2) == ("NUMBER", "NUMBER"):
        last += 1
    place = f.place(f.token, f.at(last))
    written = f.source.text[place.start : place.end]
    return problems.unquoted_code(place, written, condition="NONE" in f.accepted)


def odd_code(f: Failure) -> Diagnostic | None:
    if f.token.type != "ODD" or not f.token[0].isdigit() or "CODE" not in f.accepted:
        return None
    return problems.odd_code(f.here(), str(f.token))


SLIPS = (
    long_number,
    leading_point,
    date_form,
    amount_in_quotes,
    number_and_unit,
    percent_sign,
    percent_range,
    decimal_comma,
    unquoted_code,
    odd_code,
)
