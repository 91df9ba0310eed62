"""Name the files of a problem as they are seen from where its reader is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from attrs import evolve

from rpol.text.diagnostic import Diagnostic, Fix, Label
from rpol.text.source import Place, SourceText


def seen_from_here(diagnostic: Diagnostic, policy: Path) -> Diagnostic:
    """Return a problem of the policy at `policy`, a folder or a file, with paths relative to the current folder."""
    root = policy.parent if policy.is_file() else policy

    def moved(place: Place) -> Place:
        return Place(_renamed(place.source, root), place.start, place.end)

    return evolve(
        diagnostic,
        place=None if diagnostic.place is None else moved(diagnostic.place),
        labels=tuple(Label(moved(label.place), label.message) for label in diagnostic.labels),
        fix=None
        if diagnostic.fix is None
        else Fix(diagnostic.fix.message, tuple((moved(place), text) for place, text in diagnostic.fix.edits)),
    )


@lru_cache(maxsize=64)
def _renamed(source: SourceText, root: Path) -> SourceText:
    return SourceText(_from_here(root / source.path), source.text)


def _from_here(path: Path) -> str:
    """Return a path relative to the current folder, if it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
