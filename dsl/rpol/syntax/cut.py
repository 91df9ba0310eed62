"""Cut a text into its statements, without parsing it.

A word that starts a statement occurs nowhere inside one, so the text is cut in front of each of these words, and one
bad statement does not spoil the next.
"""

from __future__ import annotations

import re
from itertools import pairwise

from attrs import frozen

from rpol.text.source import Span

STATEMENT_WORDS = (
    "attribute",
    "group",
    "define",
    "list",
    "fact",
    "instrument",
    "scenario",
    "control",
    "permit",
    "oblige",
    "always",
    "never",
    "example",
    "cover",
    "otherwise",
)

BLANK = " \t\r\n"

# A statement word in capitals is never a name: somebody began a statement with it, and the parser refuses it there.
_SPELLINGS = [spelling for word in STATEMENT_WORDS for spelling in (word, word.capitalize(), word.upper())]

# The statement words, and what can hide one: comments and texts, also those that other languages write.
_MARK = re.compile(
    rf"""
      (?P<comment> (?:--|\#)[^\n]* )
    | //[^\n]* | /\*(?:[^*/]|\*(?!/)|/(?!\*))*\*/
    | "[^"\n]*"? | [“”„‟][^“”„‟"\n]*[“”„‟"] | «[^«»"\n]*» | [‘’'][^‘’'"\n]*[‘’']
    | (?P<word> (?<![\w.-])(?:{"|".join(_SPELLINGS)})(?!\w|[.-]\w) )
    """,
    re.VERBOSE,
)


@frozen
class Stretch:
    """The text of one statement, from its first character up to behind its last.

    `reach` is the end of the statement word behind it, if that stands on the same line: it may have been meant as a
    value of this statement. Else it is `end`.
    """

    start: int
    end: int
    reach: int


@frozen
class Cut:
    """The statements of a text and its comments, each in their order."""

    stretches: tuple[Stretch, ...]
    comments: tuple[Span, ...]


def cut(text: str) -> Cut:
    """Return the statements and the comments of `text`.

    Comments and blank space between two statements belong to neither. What stands before the first statement word
    is a stretch too, if it is more than comments and blank space.
    """
    marks = list(_MARK.finditer(text))
    comments = tuple(Span(*mark.span()) for mark in marks if mark.lastgroup == "comment")
    words = [Span(*mark.span()) for mark in marks if mark.lastgroup == "word"]
    bare = _blanked(text, comments)
    first = len(bare) - len(bare.lstrip(BLANK))
    if first < (words[0].start if words else len(text)):
        words.insert(0, Span(first, first))
    words.append(Span(len(text), len(text)))
    return Cut(tuple(_stretch(bare, word, following) for word, following in pairwise(words)), comments)


def _blanked(text: str, comments: tuple[Span, ...]) -> str:
    """Return `text` with spaces in place of its comments."""
    parts: list[str] = []
    done = 0
    for comment in comments:
        parts += text[done : comment.start], " " * (comment.end - comment.start)
        done = comment.end
    return "".join((*parts, text[done:]))


def _stretch(bare: str, word: Span, following: Span) -> Stretch:
    end = word.start + len(bare[word.start : following.start].rstrip(BLANK))
    followed = following.end > following.start and "\n" not in bare[end : following.start]
    return Stretch(word.start, end, following.end if followed else end)
