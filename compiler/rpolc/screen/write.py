"""Write screened rows: as they were, with the columns of the screening behind them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import BinaryIO, Final, TypeAlias

from rpolc.screen.rows import Format, Input, Row, UnusableFile

Writer: TypeAlias = Callable[[Row, Mapping[str, object]], None]
_NEEDS_QUOTES: Final = re.compile('["\r\n]')
_MARK: Final = b"\xef\xbb\xbf"
# A spreadsheet reads a cell that begins so as a formula. Cells of the input pass through untouched; ours are made safe.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def writer(stream: BinaryIO, form: Format, source: Input, added: Sequence[str]) -> Writer:
    """Return what writes a row with its `added` columns to `stream`.

    CSV is written as the input is, if that is CSV: the same delimiter, line ends and byte order mark. Raise
    UnusableFile where a column of the input bears the name of an added one, or two keys of an object would be one.
    """
    if source.columns is not None:
        _refuse_taken({name.strip() for name in source.columns}, added)
    return _csv_writer(stream, source, added) if form == "csv" else _json_writer(stream, source, added)


def _refuse_taken(columns: Collection[str], added: Sequence[str]) -> None:
    for column in added:
        if column in columns:
            raise UnusableFile(
                f"The input has a column `{column}` already, as a screened file has. Rename or remove it, so that no "
                "one takes an old answer for a new one."
            )


# ---------------------------------------------------------------- CSV


def _csv_writer(stream: BinaryIO, source: Input, added: Sequence[str]) -> Writer:
    columns = source.columns
    assert columns is not None
    form = source.form

    def write_cells(cells: Iterable[str]) -> None:
        line = form.delimiter.join(_quoted(cell, form.delimiter) for cell in cells)
        stream.write(f"{line}{form.line_end}".encode("utf-8", "replace"))

    def write(row: Row, answer: Mapping[str, object]) -> None:
        own = row.cells if source.format == "csv" else [text(row.values.get(column)) for column in columns]
        write_cells([*own, *(_safe(text(answer[column])) for column in added)])

    stream.write(_MARK if form.mark else b"")
    write_cells([*columns, *added])
    return write


def _quoted(cell: str, delimiter: str) -> str:
    """Return a cell in quotes if it needs them; `csv.writer` forgets those around a carriage return."""
    if delimiter in cell or _NEEDS_QUOTES.search(cell):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def text(value: object) -> str:
    """Return a value as the text of a cell: as a request has it, else as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


# ---------------------------------------------------------------- JSON lines


def _json_writer(stream: BinaryIO, source: Input, added: Sequence[str]) -> Writer:
    if source.columns is not None and source.format == "csv":
        _refuse_repeated(source.columns)
    names = [column.strip() for column in source.columns or ()]

    def write(row: Row, answer: Mapping[str, object]) -> None:
        own = _members(dict(zip(names, row.cells, strict=True))) if source.format == "csv" else _own(row, added)
        ours = _members({column: answer[column] for column in added})
        stream.write(f"{{{own}{', ' if own else ''}{ours}}}\n".encode("utf-8", "replace"))

    return write


def _refuse_repeated(columns: Sequence[str]) -> None:
    names = [column.strip() for column in columns]
    repeated = [name for name in names if names.count(name) > 1]
    if repeated:
        raise UnusableFile(f"The input has two columns `{repeated[0]}`; in JSON they would be one. Rename one of them.")


def _own(row: Row, added: Sequence[str]) -> str:
    """Return the members of the object as they stood, so that no number or escape is written in another way."""
    if row.fault is not None:
        return _members({"line": row.text})
    _refuse_taken(row.values, added)
    return row.text[1:-1].strip()


def _members(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, default=str)[1:-1]
