"""From what a comparison is given to versions: a folder, a file, a table, or either in a revision of a repository."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from rpol.model.gather import SUFFIX, Gathered, gather, gather_from
from rpol.model.problems.files import not_a_policy_file
from rpol.runtime.codec import MAGIC, is_table
from rpol.runtime.table import Table, load
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.problems.undecided import too_many_boxes
from rpolc.difference.sides import Version, version_of
from rpolc.lower.expand import TooManyBoxesError
from rpolc.pipeline import read_gathered
from rpolc.revision import in_revision


@frozen
class Unusable:
    """A version that cannot be compared, for it has errors."""

    name: str
    path: Path
    problems: tuple[Diagnostic, ...]


def version_at(path: Path) -> Version | Unusable:
    """Return the policy or table at a path. Raise TableError for a damaged table."""
    if path.is_file():
        with path.open("rb") as stream:
            if is_table(stream.read(len(MAGIC))):
                return Version(str(path), load(path).contents)
    return _version(str(path), path, *gather(path))


def version_in(revision: str, path: Path) -> Version | Unusable:
    """Return the policy or table at a path as it was in a revision. Raise RevisionError, or TableError."""
    folder, only = in_revision(revision, path)
    name = f"{revision}:{path}"
    if only is not None and not only.endswith(SUFFIX):
        data = folder.read(only)
        if is_table(data):
            return Version(name, Table.from_bytes(data).contents)
        return Unusable(name, path, (not_a_policy_file(name),))
    return _version(name, path, *gather_from(folder, only))


def _version(name: str, path: Path, gathered: Gathered | None, problems: tuple[Diagnostic, ...]) -> Version | Unusable:
    if gathered is None:
        return Unusable(name, path, problems)
    checked = read_gathered(gathered)
    if checked.policy is None or checked.has_errors:
        return Unusable(name, path, tuple(one for one in checked.problems if one.severity == "error"))
    try:
        return version_of(name, checked.policy)
    except TooManyBoxesError as error:
        return Unusable(name, path, (too_many_boxes(error.place),))
