"""The files of a policy, wherever they are kept: on disk, in memory, in a revision of a repository."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from attrs import frozen

# A folder with more files than this is not a policy: somebody has named the wrong folder.
MOST_FILES: Final = 100_000
# No text that people keep by hand or export from a register comes near this.
MOST_BYTES: Final = 256 * 1024 * 1024

_DRIVE = re.compile(r"[A-Za-z]:")


class Folder(Protocol):
    """Files by their paths, which are relative to the folder and have `/` between their parts."""

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files, sorted, those below a hidden folder left out. Raise OSError."""

    def read(self, path: str) -> bytes:
        """Return what a file holds. Raise FileNotFoundError, TooLarge, or another OSError."""


class TooLarge(OSError):
    """A file or folder that is larger than any policy."""


def inside(path: str) -> str | None:
    """Return `path`, as written in a policy, in its plain form; None if it is empty, absolute or leaves the folder.

    Paths written with `\\` are read as those with `/`.
    """
    slashed = path.replace("\\", "/")
    plain = posixpath.normpath(slashed)
    if not slashed or slashed.startswith("/") or _DRIVE.match(slashed) or "\0" in slashed:
        return None
    return None if plain == ".." or plain.startswith("../") else plain


def reason(error: Exception) -> str:
    """Return in a few words why a file cannot be read."""
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()


@frozen
class DiskFolder:
    """A folder of the file system. Nothing outside of it is read, also not through a link."""

    root: Path

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files, sorted, those below a hidden folder left out."""
        found: list[str] = []
        for path in self._walk():
            found.append(path)
            if len(found) > MOST_FILES:
                raise TooLarge(f"it holds more than {MOST_FILES:,} files")
        return tuple(sorted(found))

    def read(self, path: str) -> bytes:
        """Return what a file holds."""
        file = self.root / path
        if not file.exists():
            raise FileNotFoundError(path)
        if not file.resolve().is_relative_to(self.root.resolve()):
            raise PermissionError("it is a link that leaves the folder of the policy")
        if not file.is_file():
            raise OSError("it is not a file")
        if file.stat().st_size > MOST_BYTES:
            raise TooLarge(f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
        return file.read_bytes()

    def _walk(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.root, onerror=_fail):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in files:
                if not name.startswith("."):
                    yield (Path(folder) / name).relative_to(self.root).as_posix()


@frozen
class MemoryFolder:
    """Files held in memory, as texts."""

    files: Mapping[str, str]

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files, sorted."""
        return tuple(sorted(self.files))

    def read(self, path: str) -> bytes:
        """Return what a file holds."""
        if path not in self.files:
            raise FileNotFoundError(path)
        return self.files[path].encode(errors="surrogatepass")


def _fail(error: OSError) -> None:
    raise error
