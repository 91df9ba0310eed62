"""What can be wrong with lists and with the rows of data files."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rpol.model.problems.wording import error, listed, mean, quoted, warning
from rpol.runtime.attribute import Attribute
from rpol.runtime.numerals import day_text, percent_text
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place

if TYPE_CHECKING:
    from rpol.model.declared import Declared

# ---------------------------------------------------------------- files


def no_header(place: Place, path: str) -> Diagnostic:
    return error(
        "empty-file",
        place,
        f"{quoted(path)} is empty.",
        "The first line of a data file holds the names of its columns.",
    )


def missing_column(header: Place, column: str, columns: Sequence[str], named: Place) -> Diagnostic:
    semicolons = len(columns) == 1 and ";" in columns[0]
    return error(
        "missing-column",
        header,
        f"This file has no column {quoted(column)}.",
        "Separate the cells by commas, not by semicolons."
        if semicolons
        else f"It has {listed([one for one in columns if one])}. The first line holds the names of the columns.",
        labels=((named, "the file is named here"),),
    )


def duplicate_column(place: Place, column: str) -> Diagnostic:
    return error("duplicate-column", place, f"Two columns have the name {quoted(column)}.", "Rename one of them.")


def unknown_column(place: Place, column: str, columns: Sequence[str], path: str, near: str | None) -> Diagnostic:
    return error(
        "missing-column",
        place,
        f"{quoted(path)} has no column {quoted(column)}.",
        mean(near, f"It has {listed([one for one in columns if one])}."),
        replacement=near,
    )


def not_csv(place: Place, reason: str) -> Diagnostic:
    return error(
        "bad-row",
        place,
        f"This row is not CSV: {reason}.",
        'A cell with a comma or a quote in it stands in `"`, and each `"` inside is doubled.',
    )


def wrong_number_of_cells(place: Place, cells: int, columns: int) -> Diagnostic:
    return error(
        "bad-row",
        place,
        f"This row has {cells} cell{'s' if cells != 1 else ''}, and the header line has {columns}.",
        'Put a cell with a comma in it in quotes, as in `"Acme, Inc."`.'
        if cells > columns
        else "Leave a cell empty rather than out: its comma stays.",
    )


def missing_cell(place: Place, column: str) -> Diagnostic:
    return error("bad-row", place, f"This row has nothing in the column {quoted(column)}.")


def not_a_day(place: Place, column: str, cell: str) -> Diagnostic:
    return error(
        "no-such-day",
        place,
        f"{quoted(cell)} in the column {quoted(column)} is no day of the calendar.",
        "A date is written as in `2025-11-08`.",
    )


def backward_row(place: Place, start: str, end: str) -> Diagnostic:
    return error(
        "backward-window", place, f"This row ends before it starts: `effective` is {start}, `through` is {end}."
    )


def value_outside(place: Place, attribute: str, value: str, near: str | None) -> Diagnostic:
    return error("unknown-value", place, f"{quoted(attribute)} has no value {quoted(value)}.", mean(near))


def unknown_notice(place: Place, under: str, near: str | None) -> Diagnostic:
    advice = mean(near, "The column `under` names an instrument of the policy.")
    return error("unknown-name", place, f"There is no instrument {quoted(under)}.", advice)


# ---------------------------------------------------------------- lists


def list_of_open(place: Place, attribute: Attribute) -> Diagnostic:
    advice = "Leave `of` out: a list without it holds parties." if attribute.kind == "entity" else "Compare it instead."
    return error(
        "wrong-list",
        place,
        f"A list cannot hold values of {quoted(attribute.name)}, which has no closed set of them.",
        advice,
    )


def empty_list(place: Place, name: str, path: str) -> Diagnostic:
    return warning("empty-list", place, f"The list {quoted(name)} is empty: {quoted(path)} has no row for it.")


def overlapping_rows(place: Place, name: str, earlier: Place) -> Diagnostic:
    return warning(
        "overlapping-rows",
        place,
        f"{quoted(name)} is listed twice, under the same notice and on the same days.",
        "Delete one of the rows, or mend its dates.",
        labels=((earlier, "it is listed here"),),
    )


def wrong_owned_operator(place: Place, operator: str) -> Diagnostic:
    return error(
        "wrong-share", place, f"Ownership cannot be tested with `{operator}`.", "Write `owned >= 50%` or `owned > 50%`."
    )


def owner_of_values(place: Place, owner: Declared) -> Diagnostic:
    return error(
        "wrong-list",
        place,
        f"{quoted(owner.name)} holds values of an attribute, and only parties own anything.",
        labels=((owner.place, f"{quoted(owner.name)} is declared here"),),
    )


def wrong_share(place: Place, share: str, *, is_percent: bool) -> Diagnostic:
    if not is_percent:
        message = f"{quoted(share)} in the column `share` is no percentage."
        return error("wrong-share", place, message, "A share is written with its sign, as in `50%`.")
    return error("wrong-share", place, f"A share must lie above 0% and not above 100%; this is {quoted(share)}.")


def duplicate_share(place: Place, earlier: Place) -> Diagnostic:
    return error(
        "duplicate-share",
        place,
        "This owner has another share in the same party on the same days.",
        "Add them up in one row, or give each its days.",
        labels=((earlier, "the other share stands here"),),
    )


def shares_above_whole(place: Place, owned: str, total: Fraction, day: int) -> Diagnostic:
    since = f" from {day_text(day)} on" if day > 1 else ""
    return warning(
        "shares-above-whole",
        place,
        f"The shares in {quoted(owned)} add up to {percent_text(total)}{since}, above 100%.",
    )
