"""Problems with numbers, units, percentages, dates and codes that look like numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.problems import error

if TYPE_CHECKING:
    from rpol.text.diagnostic import Diagnostic
    from rpol.text.source import Place


def number_and_unit(place: Place, written: str, right: str) -> Diagnostic:
    return error(
        "amount",
        place,
        f"`{written}` is one word; a number and its unit are two.",
        f"Write `{right}`.",
        replacement=right,
    )


def percent_sign(place: Place, right: str) -> Diagnostic:
    return error("amount", place, "A percentage is written with its sign.", f"Write `{right}`.", replacement=right)


def percent_range(place: Place) -> Diagnostic:
    return error(
        "amount", place, "A percentage is a plain number from 0 to 100 and `%`.", "Write it as in `0%`, `0.1%`, `100%`."
    )


def date_form(place: Place, written: str, right: str | None) -> Diagnostic:
    return error(
        "amount",
        place,
        f"`{written}` is not written as a date.",
        f"Write `{right}`." if right else "Write year, month and day, as in `2025-11-08`.",
        replacement=right,
    )


def amount_in_quotes(place: Place, written: str) -> Diagnostic:
    return error(
        "amount",
        place,
        f'`"{written}"` is a text; amounts and dates are written without quotes.',
        f"Write `{written}`.",
        replacement=written,
    )


def leading_point(place: Place, right: str) -> Diagnostic:
    return error(
        "amount", place, "A digit stands before the point of a number.", f"Write `{right}`.", replacement=right
    )


def decimal_comma(place: Place, right: str) -> Diagnostic:
    return error(
        "amount",
        place,
        "A number has no comma: decimals follow a point, and thousands are not set apart.",
        f"Write `{right}`.",
        replacement=right,
    )


def long_number(place: Place) -> Diagnostic:
    return error(
        "amount",
        place,
        "This number is too long.",
        "A number has at most 60 digits on either side of the point, and an exponent of at most 3.",
    )


def unquoted_code(place: Place, written: str, *, condition: bool) -> Diagnostic:
    remedy = f'If it is a code, such as an HS number, put it in quotes: `"{written}"`.'
    if condition:
        remedy += " Amounts do not stand in a list: write one condition for each, joined by `or`."
    return error(
        "unquoted", place, f"`{written}` is a number, and here must stand a value.", remedy, replacement=f'"{written}"'
    )


def odd_code(place: Place, written: str) -> Diagnostic:
    return error(
        "unquoted",
        place,
        f"`{written}` is neither a number nor a code.",
        f'If it is a value, such as an HS number, put it in quotes: `"{written}"`.',
        replacement=f'"{written}"',
    )
