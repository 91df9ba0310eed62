"""Run one `rpolc check` or `rpolc diff` and write what its time went into, as JSON: seconds by stage.

python benchmarks/stages.py check FOLDER
python benchmarks/stages.py diff OLD NEW

The functions of the way from text to problems are timed where they are called, each without those it calls itself.
"""

from __future__ import annotations

import time

_BEGAN = time.perf_counter()

import contextlib  # noqa: E402 - importing is measured
import importlib  # noqa: E402
import inspect  # noqa: E402
import io  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from types import ModuleType  # noqa: E402

# Where the functions are called by name, and which; for the checks of a policy, all that are imported there.
_ALL_CHECKS = "rpolc.analysis."
_STAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "check": {
        "rpolc.pipeline": ("gather", "parse", "resolve", "lower", "silence"),
        "rpolc.analysis.analyse": (),
        "rpolc.cli.check": ("show_problems",),
    },
    "diff": {
        "rpolc.versions": ("gather", "version_of"),
        "rpolc.pipeline": ("parse", "resolve", "silence"),
        "rpolc.difference.changes": ("refine", "pair", "places"),
        "rpolc.cli.diff": ("differences", "tell", "describe"),
    },
}
_AS = {"version_of": "lower", "show_problems": "print", "describe": "print"}


def main() -> None:
    """Import, time, run, write."""
    verb, *operands = sys.argv[1:]
    modules = {importlib.import_module(name): names for name, names in _STAGES[verb].items()}
    command = importlib.import_module("rpolc.cli")
    watch = Stopwatch()
    watch.seconds["imports"] = time.perf_counter() - _BEGAN
    for module, names in modules.items():
        for name in names or _checks(module):
            setattr(module, name, watch.timed(_AS.get(name, name), getattr(module, name)))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        command.main([verb, *operands])
    sys.stdout.write(json.dumps(watch.seconds))


def _checks(module: ModuleType) -> Iterator[str]:
    """Yield the names of the checks that a module imports."""
    for name, found in vars(module).copy().items():
        origin = found.__module__ if inspect.isfunction(found) else ""
        if origin.startswith(_ALL_CHECKS) and origin != module.__name__:
            yield name


class Stopwatch:
    """Seconds by name. Only the innermost of what runs is charged."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    def timed(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        """Return the function with its time charged to a name."""

        def run(*arguments: object, **options: object) -> object:
            self._charge()
            self._running.append(name)
            try:
                return function(*arguments, **options)
            finally:
                self._charge()
                self._running.pop()

        return run

    def _charge(self) -> None:
        now = time.perf_counter()
        if self._running:
            name = self._running[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now


if __name__ == "__main__":
    main()
