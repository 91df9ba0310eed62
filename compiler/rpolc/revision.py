"""A folder as it was in a revision of a git repository, read through the `git` command; nothing is checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from errno import ENOENT
from functools import cached_property
from pathlib import Path
from typing import Final

from attrs import frozen

from rpol.model.folder import MOST_BYTES, MOST_FILES, TooLarge
from rpol.runtime.errors import RpolError

_SECONDS: Final = 60
# Objects that a partial clone lacks would be fetched; nothing here uses a network.
_ALONE: Final = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
_FILE_MODES: Final = ("100644", "100755")


class RevisionError(RpolError):
    """A revision or a path in it that git does not know, or no git at all."""


@frozen(slots=False)
class RevisionFolder:
    """The files below `path` in `revision` of the repository at `root`."""

    root: Path
    revision: str
    path: str

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files, sorted, those below a hidden folder left out."""
        return tuple(sorted(self._objects))

    def read(self, path: str) -> bytes:
        """Return what a file holds."""
        if path not in self._objects:
            raise FileNotFoundError(ENOENT, "no such file in the revision", path)
        name, size = self._objects[path]
        if size > MOST_BYTES:
            raise TooLarge(f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
        return _git(self.root, "cat-file", "blob", name)

    @cached_property
    def _objects(self) -> Mapping[str, tuple[str, int]]:
        """The name and size of each file's object."""
        tree = f"{self.revision}:{self.path}"
        listed = _git(self.root, "ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", tree)
        found: dict[str, tuple[str, int]] = {}
        for entry in listed.decode(errors="surrogateescape").split("\0"):
            if entry:
                about, path = entry.split("\t", 1)
                mode, _, name, size = about.split()
                if mode in _FILE_MODES and not any(part.startswith(".") for part in path.split("/")):
                    found[path] = name, int(size)
        if len(found) > MOST_FILES:
            raise TooLarge(f"it holds more than {MOST_FILES:,} files")
        return found


def in_revision(revision: str, path: Path) -> tuple[RevisionFolder, str | None]:
    """Return the folder at `path` in a revision; of a file its folder, and its name. Raise RevisionError."""
    there = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.is_dir())
    root = Path(_git(there, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    try:
        inside = path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise RevisionError(f"{path} lies outside the repository {root}.") from None
    inside = "" if inside == "." else inside
    commit = _told(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise RevisionError(f"`{revision}` is no revision of the repository {root}.")
    kind = _told(root, "cat-file", "-t", f"{commit}:{inside}")
    if not kind:
        raise RevisionError(f"There is no `{inside}` in the revision `{revision}` of {root}.")
    if kind == "tree":
        return RevisionFolder(root, commit, inside), None
    folder, _, name = inside.rpartition("/")
    return RevisionFolder(root, commit, folder), name


def _told(folder: Path, *arguments: str) -> str:
    """Return the line that git prints; nothing where it fails."""
    run = _run(folder, *arguments)
    return "" if run.returncode else run.stdout.decode().strip()


def _git(folder: Path, *arguments: str) -> bytes:
    run = _run(folder, *arguments)
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip().splitlines()
        raise RevisionError(f"git: {said[-1].removeprefix('fatal: ').rstrip('.') if said else 'it failed'}.")
    return run.stdout


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("git", "-C", str(folder), "--no-pager", *arguments)
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS, env=os.environ | _ALONE)
    except FileNotFoundError:
        raise RevisionError("To compare revisions, the command `git` is needed, and it was not found.") from None
    except subprocess.TimeoutExpired:
        raise RevisionError(f"git did not answer within {_SECONDS} seconds.") from None
