"""Problems of a file as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.problems import error

if TYPE_CHECKING:
    from rpol.text.diagnostic import Diagnostic
    from rpol.text.source import Place


def not_utf8(place: Place, byte: int, *, utf16: bool) -> Diagnostic:
    message = f"This file is not UTF-8: line {place.line} holds the byte 0x{byte:02X}, which does not belong there."
    if utf16:
        message = "This file is UTF-16, not UTF-8."
    return error("not-utf8", place, message, "Save the file as UTF-8.")


def too_large(place: Place, what: str, size: int, most: int) -> Diagnostic:
    return error(
        "too-large",
        place,
        f"This {what} has {size:,} characters; {most:,} are the most that is read.",
        "Split it: the files of a folder are one policy, and long lists of values belong in a CSV file.",
    )


def too_many_problems(place: Place, most: int) -> Diagnostic:
    return error(
        "too-many-problems", place, f"{most} statements of this file do not parse; the rest of it has not been read."
    )
