"""A bar for long work, on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from rich.progress import Progress

# Work that is over sooner needs no bar.
_PATIENCE: Final = 1.0


@contextmanager
def progress(stream: BinaryIO, title: str) -> Iterator[Callable[[], None]]:
    """Give a function to call now and then; after a while it shows how much of `stream` is read, on standard error."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    bar = _Bar(stream, title)
    try:
        yield bar.advance
    finally:
        bar.stop()


class _Bar:
    def __init__(self, stream: BinaryIO, title: str) -> None:
        self._stream = stream
        self._title = title
        self._begun = monotonic()
        self._shown: Progress | None = None

    def advance(self) -> None:
        """Show how far the stream is read, once the work has taken long enough."""
        if self._shown is None and monotonic() - self._begun > _PATIENCE:
            self._shown = self._start()
        if self._shown is not None:
            self._shown.update(self._shown.task_ids[0], completed=self._stream.tell())

    def stop(self) -> None:
        """Remove the bar."""
        if self._shown is not None:
            self._shown.stop()

    def _start(self) -> Progress:
        # Imported here: rich takes longer to import than most commands take to run.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        shown = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        shown.add_task(self._title, total=os.fstat(self._stream.fileno()).st_size)
        shown.start()
        return shown
