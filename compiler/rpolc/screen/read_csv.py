"""Read a CSV file: UTF-8, comma or semicolon, a header first."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain
from typing import BinaryIO, Final

from rpolc.screen.lines import has_mark, lines
from rpolc.screen.rows import CsvForm, Input, Marked, Row, UnusableFile

_DELIMITERS: Final = (",", ";")
# What else people divide columns with, and what to say of it.
_OTHERS: Final = {"\t": "tabs", "|": "vertical bars"}
_LONGEST_CELL: Final = 1_000_000
_LONGEST_HEAD: Final = 1000
_MOST_SHOWN: Final = 200


def read_csv(stream: BinaryIO, known: Collection[str]) -> Input:
    """Return the rows of a CSV file, read as they are asked for.

    Where the header leaves open what divides it, `known` columns decide. Blank lines are passed over. A row with more
    or fewer cells than the header is a marked one. Raise UnusableFile, here or while rows are read, for a file that is
    no such table.
    """
    mark = has_mark(stream)
    texts = lines(stream)
    head = _head(texts)
    delimiter = _delimiter("".join(head), known)
    csv.field_size_limit(_LONGEST_CELL)
    records = _records(chain(head, texts), delimiter)
    columns = tuple(next(records, []))
    if not any(column.strip() for column in columns):
        raise UnusableFile("The file is empty: its first line names the columns.")
    form = CsvForm(delimiter, "\r\n" if head and head[-1].endswith("\r\n") else "\n", mark)
    return Input("csv", columns, _rows(records, columns), form)


def _head(texts: Iterator[str]) -> list[str]:
    """Return the lines of the header: one, or more where a name has line breaks in its quotes."""
    head: list[str] = []
    quotes = 0
    for text in texts:
        head.append(text)
        quotes += text.count('"')
        if quotes % 2 == 0 or len(head) > _LONGEST_HEAD:
            break
    return head


def _delimiter(head: str, known: Collection[str]) -> str:
    outside = Counter("".join(head.split('"')[::2]))
    found = [delimiter for delimiter in _DELIMITERS if outside[delimiter]]
    for sign, name in () if found else _OTHERS.items():
        if outside[sign]:
            raise UnusableFile(
                f"The columns of this file are divided by {name}. Write it with commas or semicolons; in Excel: "
                "“save as”, “CSV UTF-8”."
            )
    return max(found, key=lambda one: (_count_known(head, one, known), outside[one]), default=",")


def _count_known(head: str, delimiter: str, known: Collection[str]) -> int:
    return sum(name.strip().strip('"').strip() in known for name in head.split(delimiter))


def _records(texts: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnusableFile(f"Line {reader.line_num} is not CSV: {_reason(str(error))}.") from None


def _reason(said: str) -> str:
    if "new-line" in said:
        return "it has line breaks of another kind (a carriage return alone) outside quotes"
    return f"{said}. A quote may have been left open above it"


def _rows(records: Iterator[list[str]], columns: tuple[str, ...]) -> Iterator[Row]:
    names = tuple(column.strip() for column in columns)
    for cells in records:
        if not cells:
            continue
        if len(cells) == len(columns):
            yield Row(dict(zip(names, cells, strict=True)), tuple(cells))
        else:
            yield _ragged(cells, names)


def _ragged(cells: list[str], names: tuple[str, ...]) -> Row:
    """Return a marked row, with its cells as far as there are columns; what is beyond them is in the sentence."""
    kept = tuple(cells[: len(names)]) + ("",) * (len(names) - len(cells))
    beyond = f" Beyond it: {', '.join(cells[len(names) :])[:_MOST_SHOWN]}" if len(cells) > len(names) else ""
    sentence = f"The row has {len(cells)} cells, the header has {len(names)}.{beyond}"
    return Row(dict(zip(names, kept, strict=True)), kept, fault=Marked("ragged-row", sentence))
