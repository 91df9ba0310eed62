"""Paragraphs as paths, and those that are named although nothing cites them (language.md, section 3, "In force")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from rpol.model import problems
from rpol.model.policy import Path, Target
from rpol.model.resolution.names import Names
from rpol.model.resolution.scope import Scope
from rpol.model.resolution.statements import Anchor
from rpol.syntax.nodes import Text
from rpol.text.source import Place


@frozen
class Citation:
    """An instrument and perhaps a paragraph of it that a clause cites."""

    instrument: str
    path: Path | None = None
    paragraph: str | None = None


_RUN = re.compile(r"\w+")


def path_of(names: Names, paragraph: Text | None, anchor: Anchor) -> Path | None:
    """Return the path of a paragraph: its runs of letters, digits and `_`. One without any is reported."""
    if paragraph is None:
        return None
    path = tuple(_RUN.findall(paragraph.text))
    if path:
        return path
    names.found.append(problems.law.empty_paragraph(anchor.place(paragraph)))
    return None


@frozen
class Cited:
    """What clauses cite of an instrument: for each path the clauses at or below it, and paragraphs as written."""

    paths: Mapping[Path, tuple[int, ...]]
    written: Sequence[str]


NOTHING_CITED: Final = Cited({}, ())


def cited(citations: Iterable[tuple[int, Citation | None]]) -> Cited:
    """Return what some clauses, each with its citation, cite."""
    paths: dict[Path, list[int]] = {}
    written: dict[str, None] = {}
    for index, citation in citations:
        if citation is not None and citation.path is not None and citation.paragraph is not None:
            written[citation.paragraph] = None
            for length in range(1, len(citation.path) + 1):
                paths.setdefault(citation.path[:length], []).append(index)
    return Cited({path: tuple(indexes) for path, indexes in paths.items()}, tuple(written))


def check_paragraphs(
    scope: Scope, by_instrument: Mapping[str, Cited], asked: Iterable[tuple[Target, Place]] = ()
) -> None:
    """Report the paragraphs, of those `asked` for and those conditions have named, at or below which nothing is cited.

    What conditions have named is not looked at again.
    """
    for target, place in (*asked, *scope.asked):
        known = by_instrument.get(target.instrument, NOTHING_CITED)
        if target.path is not None and target.path not in known.paths:
            report_unknown(scope, target, place, known)
    scope.asked.clear()


def report_unknown(scope: Scope, target: Target, place: Place, known: Cited) -> None:
    """Report a paragraph that no clause cites, unless the clause that does may be one that did not parse."""
    if not scope.lacks_rules and target.instrument not in scope.names.broken:
        near = scope.names.near(target.paragraph or "", known.written)
        scope.names.found.append(problems.law.unknown_paragraph(place, target, known.written, near))
