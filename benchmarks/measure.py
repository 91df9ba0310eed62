"""How all benchmarks measure: whole processes, in turns, medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection

Measure = Callable[[], object]


def in_turns(measures: dict[str, Measure], rounds: int) -> dict[str, float]:
    """Return the median seconds of each; all are run once a round, so that a slow minute slows all alike."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + 1):
        for name, measure in measures.items():
            began = time.perf_counter()
            measure()
            if number:  # the first round only warms up
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


def rpolc(*arguments: object, statuses: Collection[int] = (0,)) -> float:
    """Run the command as a user does: a new process, nothing in memory. Return the most megabytes it held."""
    return python("-m", "rpolc", *arguments, statuses=statuses)[1]


def python(*arguments: object, statuses: Collection[int] = (0,)) -> tuple[str, float]:
    """Run Python with these arguments in a new process. Return what it wrote, and the most megabytes it held.

    Stop if it ends with another exit status.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as written:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)], stdout=written, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        written.seek(0)
        output = written.read()
    if process.returncode not in statuses:
        sys.exit(output)
    unit = 1 if sys.platform == "darwin" else 1024
    return output, usage.ru_maxrss * unit / 1e6


def say(line: str) -> None:
    """Print one line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
