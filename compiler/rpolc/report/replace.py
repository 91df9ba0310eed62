"""Write a file at once or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

# What a new file may be read and written by where nobody has said otherwise; the umask takes its share of it.
_NEW_FILE: Final = 0o666


@contextmanager
def replace(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to that takes the place of `path` when the block ends well, and leaves no trace otherwise.

    Readers see the old file or the new one, never a part. A symbolic link stays one; a device or a pipe is written
    to as it is. Raise OSError where the folder cannot be written to.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    except OSError as error:
        error.filename = str(path)
        raise
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _take_mode(Path(name), target)
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _take_mode(part: Path, target: Path) -> None:
    """Give `part` the rights of the file it replaces, else those of a new file."""
    if target.exists():
        part.chmod(target.stat().st_mode & 0o7777)
        return
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(_NEW_FILE & ~mask)
