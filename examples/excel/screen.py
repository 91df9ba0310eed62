"""Screen a sheet of Excel and write one beside it.

python screen.py ../policy shipments.xlsx decided.xlsx
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

import xlsxwriter
from python_calamine import CalamineWorkbook

import rpolc

# Their headings, our attributes. What is not named here passes through.
MEANING = {"Goods": "item", "Ship to": "destination", "Consignee": "buyer", "Use": "end_use", "Date": "date"}
ADDED = ("outcome", "controls", "problem")


def rows_of(path: str) -> list[dict[str, object]]:
    """Return the rows of the first sheet; its first row holds the headings."""
    headings, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [dict(zip((MEANING.get(str(h), str(h)) for h in headings), row, strict=True)) for row in rows]


def write(path: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows to a sheet, with their decisions, under the headings they came with."""
    headings = {attribute: heading for heading, attribute in MEANING.items()}
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("decided")
        for number, row in enumerate(rows):
            if number == 0:
                sheet.write_row(0, 0, [headings.get(column, column) for column in row])
            sheet.write_row(number + 1, 0, [_cell(value) for value in row.values()])


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def main() -> None:
    """Screen the workbook named on the command line."""
    policy, source, target = sys.argv[1:]
    write(target, rpolc.compile(policy).decide_many(rows_of(source), columns=ADDED))


if __name__ == "__main__":
    main()
