"""What check finds in a folder."""

from __future__ import annotations

from pathlib import Path

from rpol.model.gather import gather
from rpol.model.resolve import resolve
from rpol.syntax.parse import parse
from rpol.text.diagnostic import Diagnostic


def problems_of(folder: Path) -> tuple[Diagnostic, ...]:
    """Return all problems of the policy in `folder`."""
    gathered, found = gather(folder)
    if gathered is None:
        return found
    parsed = [(source, *parse(source)) for source in gathered.sources]
    _, resolved = resolve([(source, pieces) for source, pieces, _ in parsed], gathered.folder)
    return tuple(problem for _, _, problems in parsed for problem in problems) + resolved
