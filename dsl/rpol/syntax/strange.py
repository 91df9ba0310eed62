"""Characters that nobody sees and that make a text look other than it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rpol.syntax.problems import signs
from rpol.text.source import Place, SourceText

if TYPE_CHECKING:
    from rpol.text.diagnostic import Diagnostic

# Controls, line breaks that break no line here, blanks without width, signs that turn the direction of writing (Boucher
# and Anderson, Trojan Source, arXiv:2111.00169).
_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069]|\ufeff|\r(?!\n)"
)
# What most texts are made of throughout, which is seen much sooner.
_PLAIN = re.compile("[\t\n -~]*")


def strange_characters(source: SourceText) -> list[Diagnostic]:
    """Return a problem for each kind of them in `source`, at the first of it; a byte order mark is none."""
    if _PLAIN.fullmatch(source.text):
        return []
    kinds: dict[str, list[int]] = {}
    for match in _STRANGE.finditer(source.text):
        if match[0] != "\ufeff" or match.start():
            kinds.setdefault(match[0], []).append(match.start())
    return [
        signs.strange_character(Place(source, starts[0], starts[0] + 1), character, times=len(starts))
        for character, starts in kinds.items()
    ]


def without_strange_characters(source: SourceText) -> tuple[str, list[Diagnostic]]:
    """Return the text with spaces in place of them and of a byte order mark, and a problem for each kind of them."""
    return _STRANGE.sub(" ", source.text), strange_characters(source)
