"""Lay out headed paragraphs for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from rpol.text.cells import wrapped

_NARROWEST: Final = 40
_INDENT: Final = 13


@frozen
class Section:
    """A heading, and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def lay_out(sections: Iterable[Section], *, width: int) -> Iterator[tuple[str, str]]:
    """Yield heading and text of every line, at most `width` wide where words allow; sections without text are left out.

    A heading is padded to its column and stands on its first line alone. Characters that would steer a terminal are
    replaced.
    """
    for section in sections:
        heading = section.heading
        for paragraph in section.paragraphs:
            first, *following = wrapped(paragraph, _INDENT, _INDENT + 2, max(width, _NARROWEST))
            yield heading.ljust(_INDENT), first
            yield from (("", line) for line in following)
            heading = ""
