"""Read JSON lines: an object a line, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO, Final

from rpolc.screen.lines import lines
from rpolc.screen.rows import Input, Marked, Row

_SHOWN: Final = 100


class _RepeatedKey(ValueError):
    """An object that has a key twice."""


def read_json_lines(stream: BinaryIO, *, columns: bool) -> Input:
    """Return the rows of a file of JSON lines, read as they are asked for.

    Blank lines are passed over; a line that is no object is a marked row. With `columns` the file is read once before,
    to learn every key in the order in which they come. Raise UnusableFile for what is no text.
    """
    found: dict[str, None] = {}
    if columns:
        for row in _rows(stream):
            found |= dict.fromkeys(row.values)
        stream.seek(0)
    return Input("jsonl", tuple(found) if columns else None, _rows(stream))


def _rows(stream: BinaryIO) -> Iterator[Row]:
    for text in lines(stream):
        if text.strip():
            yield _row(text.strip())


def _row(text: str) -> Row:
    try:
        values = json.loads(text, parse_float=Decimal, object_pairs_hook=_object)
    except _RepeatedKey as error:
        return _bad(text, f"has the key `{error}` twice")
    except json.JSONDecodeError as error:
        return _bad(text, f"is not JSON: {error.msg.lower()} at column {error.colno}")
    except (ValueError, ArithmeticError, RecursionError):
        return _bad(text, "cannot be read: a number too long, or too many brackets in brackets")
    return Row(values, text=text) if isinstance(values, dict) else _bad(text, "is JSON, but no object")


def _bad(text: str, why: str) -> Row:
    return Row({}, text=text, fault=Marked("bad-line", f"The line {why}. It begins: {text[:_SHOWN]}"))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKey(next(key for key in keys if keys.count(key) > 1)[:100])
    return found
