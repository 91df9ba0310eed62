"""Paragraphs as paths, and those that are named although nothing cites them (language.md, section 3, "In force")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

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


def lies_below(citation: Citation | None, path: Path) -> bool:
    """Tell whether what is cited lies at or below a paragraph."""
    return citation is not None and citation.path is not None and citation.path[: len(path)] == path


def paragraphs(citations: Iterable[Citation | None]) -> dict[Path, str]:
    """Return the paths that are cited, with those above them, and how they, or one below, are written."""
    found: dict[Path, str] = {}
    for citation in citations:
        if citation is not None and citation.path is not None and citation.paragraph is not None:
            for length in range(1, len(citation.path)):
                found.setdefault(citation.path[:length], citation.paragraph)
            found[citation.path] = citation.paragraph
    return found


def check_paragraphs(
    scope: Scope, cited: Mapping[str, Mapping[Path, str]], asked: Iterable[tuple[Target, Place]] = ()
) -> None:
    """Report the paragraphs, of those `asked` for and those conditions have named, at or below which nothing is cited.

    `cited` are the paragraphs of each instrument. What conditions have named is not looked at again.
    """
    for target, place in (*asked, *scope.asked):
        paths = cited.get(target.instrument, {})
        missing = target.path is not None and target.path not in paths
        if missing and not scope.lacks_rules and target.instrument not in scope.names.broken:
            report_unknown(scope.names, target, place, paths.values())
    scope.asked.clear()


def report_unknown(names: Names, target: Target, place: Place, cited: Iterable[str]) -> None:
    """Report a paragraph that no clause cites; `cited` are those that clauses do."""
    written = tuple(dict.fromkeys(cited))
    near = names.near(target.paragraph or "", written)
    names.found.append(problems.law.unknown_paragraph(place, target, written, near))
