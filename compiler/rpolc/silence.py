"""Silence warnings where a comment asks for it and says why (language.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rpol.syntax.nodes import Piece
from rpol.syntax.problems.comments import idle_ignore
from rpol.syntax.trivia import Suppression, suppressions
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import SourceText

Parsed: TypeAlias = Sequence[tuple[SourceText, Sequence[Piece]]]


def silence(problems: Iterable[Diagnostic], parsed: Parsed) -> tuple[Diagnostic, ...]:
    """Return the problems without the silenced warnings, and with those of the comments themselves.

    A comment silences warnings of one name in the statement below it. Errors and notes are never silenced.
    """
    asked: dict[Suppression, range] = {}
    wrong: list[Diagnostic] = []
    for source, pieces in parsed:
        found, more = suppressions(source)
        wrong += more
        extents = {piece.offset: range(piece.offset, piece.offset + len(piece.text)) for piece in pieces}
        asked |= {one: extents[one.statement] for one in found if one.statement in extents}
    used: set[Suppression] = set()
    kept: list[Diagnostic] = []
    for problem in problems:
        silencing = {one for one, extent in asked.items() if _silences(one, extent, problem)}
        used |= silencing
        if not silencing:
            kept.append(problem)
    idle = (idle_ignore(one.place, one.name) for one in asked if one not in used)
    return (*kept, *wrong, *idle)


def _silences(one: Suppression, extent: range, problem: Diagnostic) -> bool:
    return (
        problem.severity == "warning"
        and problem.name == one.name
        and problem.place is not None
        and problem.place.source is one.place.source
        and problem.place.start in extent
    )
