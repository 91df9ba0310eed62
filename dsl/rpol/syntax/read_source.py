"""Read a file of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.parse import MOST_CHARACTERS
from rpol.syntax.problems import files
from rpol.text.source import Place, SourceText

if TYPE_CHECKING:
    from pathlib import Path

    from rpol.text.diagnostic import Diagnostic

_BYTE_ORDER_MARK = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_source(path: Path, root: Path) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the text of the file `path`, under its path from the folder `root`, without a byte order mark.

    Line breaks stay as they are. Of a file that cannot be read, is too large or is not UTF-8 there is no text, but a
    problem.
    """
    name = (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
    nowhere = Place(SourceText(name, ""), 0, 0)
    try:
        if path.exists() and not path.is_file():
            return None, (files.unreadable_file(nowhere, "it is not a file"),)
        size = path.stat().st_size
        if size > MOST_CHARACTERS:
            return None, (files.too_large(nowhere, "file", size, MOST_CHARACTERS),)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return None, (files.unreadable_file(nowhere, getattr(error, "strerror", None) or str(error)),)
    try:
        return SourceText(name, data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)), ()
    except UnicodeDecodeError as error:
        return None, (_not_utf8(name, data, error.start),)


def _not_utf8(name: str, data: bytes, position: int) -> Diagnostic:
    source = SourceText(name, data.decode("utf-8", errors="replace").removeprefix(_BYTE_ORDER_MARK))
    start = len(data[:position].decode("utf-8").removeprefix(_BYTE_ORDER_MARK))
    return files.not_utf8(Place(source, start, start + 1), data[position], utf16=data.startswith(_UTF16_MARKS))
