"""Rows of a file to screen, and what can be wrong with one of them or with the whole file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from attrs import frozen

from rpol.runtime.errors import RpolError

Format: TypeAlias = Literal["csv", "jsonl"]
# A longer row is no shipment: a quote has been left open, or the file is not what it says.
LONGEST_ROW: Final = 4_000_000


class UnusableFile(RpolError):
    """A file that cannot be screened at all; the message says why and what to do."""


@frozen
class Marked:
    """Why a row is not decided: a word to count by, and a sentence."""

    reason: str
    sentence: str


@frozen
class Row:
    """One row: its values by column, and the row as it stood in its file.

    `cells` is given for CSV, with as many cells as the header has; `text` for JSON lines. `fault` is why it cannot be
    asked about.
    """

    values: Mapping[str, object]
    cells: tuple[str, ...] = ()
    text: str = ""
    fault: Marked | None = None


@frozen
class CsvForm:
    """How a CSV file is written, so that another can be written alike."""

    delimiter: str = ","
    line_end: str = "\n"
    mark: bool = False


@frozen
class Input:
    """An open file of rows. `columns` are its columns in order; of JSON lines they are known only if asked for."""

    format: Format
    columns: tuple[str, ...] | None
    rows: Iterator[Row]
    form: CsvForm = CsvForm()
