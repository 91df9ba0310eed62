"""From a path to the texts of a policy."""

from __future__ import annotations

import os
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import Final

from attrs import frozen

from rpol.model import problems
from rpol.model.folder import DiskFolder, Folder, reason
from rpol.syntax.problems.files import not_utf8
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place, SourceText

SUFFIX: Final = ".rpol"


@frozen
class Gathered:
    """The texts of one policy, by path, and the folder in which its data files lie."""

    sources: tuple[SourceText, ...]
    folder: Folder


def gather(path: str | os.PathLike[str]) -> tuple[Gathered | None, tuple[Diagnostic, ...]]:
    """Return the policy at `path`: all `.rpol` files below a folder, or one file alone (language.md, section 2).

    A single file's data files are looked for in the folder it lies in. None where something cannot be read.
    """
    place = Path(path)
    try:
        if place.is_dir():
            return gather_from(DiskFolder(place))
        if not place.exists():
            return None, (problems.files.no_such_path(str(place)),)
    except (OSError, ValueError) as error:
        return None, (problems.files.unreadable_path(str(place), reason(error)),)
    if place.suffix != SUFFIX:
        return None, (problems.files.not_a_policy_file(str(place)),)
    return gather_from(DiskFolder(place.parent), only=place.name)


def gather_from(folder: Folder, only: str | None = None) -> tuple[Gathered | None, tuple[Diagnostic, ...]]:
    """Return the policy in `folder`, or the single file `only` of it."""
    try:
        paths = (only,) if only else tuple(path for path in folder.paths() if path.endswith(SUFFIX))
    except OSError as error:
        return None, (problems.files.unreadable_path(".", reason(error)),)
    if not paths:
        return None, (problems.files.no_policy(),)
    sources: list[SourceText] = []
    found: list[Diagnostic] = []
    for path in paths:
        try:
            text = decode(path, folder.read(path))
        except OSError as error:
            found.append(problems.files.unreadable_path(path, reason(error)))
            continue
        if isinstance(text, SourceText):
            sources.append(text)
        else:
            found.append(text)
    return (None if found else Gathered(tuple(sources), folder)), tuple(found)


def decode(path: str, data: bytes) -> SourceText | Diagnostic:
    """Return the text of a file, which must be UTF-8; a byte order mark is passed over."""
    text = data.removeprefix(BOM_UTF8)
    try:
        return SourceText(path, text.decode())
    except UnicodeDecodeError as error:
        offset = len(text[: error.start].decode())
        place = Place(SourceText(path, text.decode(errors="replace")), offset, offset + 1)
        return not_utf8(place, text[error.start], utf16=data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)))
