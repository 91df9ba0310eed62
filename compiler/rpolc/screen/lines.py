"""Lines of UTF-8 text, or the reason why a file has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from rpolc.screen.rows import LONGEST_ROW, UnusableFile

_MARK: Final = b"\xef\xbb\xbf"
_ADVICE: Final = "In Excel, choose “save as” and “CSV UTF-8”."
# How files begin that people take for CSV.
_FOREIGN: Final = (
    (b"PK\x03\x04", f"It is an Excel workbook (or another zip file). {_ADVICE}"),
    (b"\xd0\xcf\x11\xe0", f"It is an old Excel workbook. {_ADVICE}"),
    (b"\xff\xfe", f"It is UTF-16. {_ADVICE}"),
    (b"\xfe\xff", f"It is UTF-16. {_ADVICE}"),
    (b"\x1f\x8b", "It is compressed. Unpack it first."),
    (b"PAR1", "It is a Parquet file, which this version does not read. Write it as CSV or JSON lines."),
    (b"ARROW1", "It is an Arrow file, which this version does not read. Write it as CSV or JSON lines."),
)


def lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a file with their ends, without a byte order mark; `has_mark` tells whether there is one.

    Raise UnusableFile for what is not UTF-8 and for lines beyond any row.
    """
    number = 0
    while raw := stream.readline(LONGEST_ROW + 1):
        number += 1
        if number == 1:
            _refuse_foreign(raw)
            raw = raw.removeprefix(_MARK)
        if len(raw) > LONGEST_ROW:
            raise UnusableFile(f"Line {number} is longer than {LONGEST_ROW:,} bytes. Is this a table?")
        yield _decode(raw, number)


def has_mark(stream: BinaryIO) -> bool:
    """Tell whether a file begins with a byte order mark; it is read from its beginning afterwards."""
    start = stream.read(len(_MARK))
    stream.seek(0)
    return start == _MARK


def _refuse_foreign(start: bytes) -> None:
    for magic, reason in _FOREIGN:
        if start.startswith(magic):
            raise UnusableFile(f"This file cannot be screened. {reason}")


def _decode(raw: bytes, number: int) -> str:
    if b"\0" in raw:
        raise UnusableFile(f"Line {number} holds a zero byte: this is not a text file. {_ADVICE}")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnusableFile(
            f"Line {number} is not UTF-8 (byte {error.start + 1} of the line is {raw[error.start]:#04x}), as in old "
            f"exports. {_ADVICE}"
        ) from None
