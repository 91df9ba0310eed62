"""The comments of a text, and those of them that silence a warning."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from attrs import frozen

from rpol.syntax.cut import BLANK, cut
from rpol.syntax.problems import comments as problems
from rpol.text.source import Place, SourceText

if TYPE_CHECKING:
    from rpol.text.diagnostic import Diagnostic

_ADDRESSED = re.compile(r"(?:--|#)[ \t]*rpolc[ \t]*(?::|ignore\b)", re.IGNORECASE)
_IGNORE = re.compile(r'(?:--|#)[ \t]*rpolc:[ \t]*ignore[ \t]+(?P<name>[a-z][a-z0-9-]*)(?P<reason>[ \t]*"[^"]*")?\s*')


@frozen
class Comment:
    """A comment with its sign; `own_line` where nothing but blank space stands before it on its line."""

    text: str
    place: Place
    own_line: bool


@frozen
class Suppression:
    """A comment that silences the warning `name` of the statement that begins at the offset `statement`."""

    name: str
    reason: str
    place: Place
    statement: int


def comments(source: SourceText) -> tuple[Comment, ...]:
    """Return the comments of `source`, in their order."""
    text = source.text
    return tuple(
        Comment(
            text[span.start : span.end].rstrip(BLANK),
            Place(source, span.start, span.start + len(text[span.start : span.end].rstrip(BLANK))),
            not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip(BLANK),
        )
        for span in cut(text).comments
    )


def suppressions(source: SourceText) -> tuple[tuple[Suppression, ...], tuple[Diagnostic, ...]]:
    """Return the comments `-- rpolc: ignore NAME "reason"`, and the problems of those that are not well formed.

    Such a comment stands on a line of its own before the statement it is about (language.md, section 4).
    """
    if "rpolc" not in source.text.lower():
        return (), ()
    statements = cut(source.text).stretches
    starts = [statement.start for statement in statements]
    found: list[Suppression] = []
    wrong: list[Diagnostic] = []
    for comment in comments(source):
        if not _ADDRESSED.match(comment.text):
            continue
        index = bisect_left(starts, comment.place.start)
        inside = index > 0 and comment.place.start < statements[index - 1].end
        parts = _IGNORE.fullmatch(comment.text)
        if parts is None:
            wrong.append(problems.ignore_form(comment.place))
        elif not (parts["reason"] or "").strip(' \t"'):
            wrong.append(problems.ignore_without_reason(comment.place, parts["name"]))
        elif inside or index == len(starts) or not comment.own_line:
            wrong.append(problems.ignore_place(comment.place))
        else:
            reason = parts["reason"].strip()[1:-1]
            found.append(Suppression(parts["name"], reason, comment.place, starts[index]))
    return tuple(found), tuple(wrong)
