"""What is done with the marked blocks of a page, in a folder of its own."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rpol.text.diagnostic import Diagnostic
from rpol.text.render import render
from tests.docs.blocks import Block
from tests.docs.checking import problems_of

# Nearly every short policy leaves its source out; a page is rarely about that.
_PASSED_OVER = "uncited-clause"
_SEVERITIES = ("note", "warning", "error")
# Where this process found the packages, its child finds them too, in whatever folder it runs.
_PATH = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)
_PROGRAMS = {"rpolc": [sys.executable, "-m", "rpolc"], "python": [sys.executable], "cat": ["cat"], "ls": ["ls"]}


def run_block(block: Block, folder: Path, names: dict[str, object]) -> str:
    """Write, check or run a block in `folder`; `names` are those of the page's Python. Raise AssertionError.

    Return what the problems that it expects print.
    """
    said = ""
    if "title" in block.marks or "check" in block.marks:
        target = folder / block.marks.get("title", "policy.rpol")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text, encoding="utf-8")
    if "check" in block.marks:
        said = "\n".join(f"{render(problem, width=80)}\n" for problem in _expected_problems(block, folder))
    if "run" in block.marks:
        _RUN[block.language](block, folder, names)
    return said


# What is told only where it is asked for.
_GAPS: Final = ("not-controlled", "falls-to-otherwise")


def _expected_problems(block: Block, folder: Path) -> list[Diagnostic]:
    """Return the problems that are expected, and expect no others.

    Warnings that an expected error brings with it do not count, nor do notes.
    """
    expected = set(block.marks["check"].split(",")) - {"clean"}
    found = problems_of(folder, with_gaps=not expected.isdisjoint(_GAPS))
    mildest = min((_SEVERITIES.index(problem.severity) for problem in found if problem.name in expected), default=1)
    names = {
        problem.name
        for problem in found
        if problem.name in expected or (_SEVERITIES.index(problem.severity) >= mildest and problem.name != _PASSED_OVER)
    }
    assert names == expected, "\n".join(_line(problem) for problem in found)
    return [problem for problem in found if problem.name in expected]


def _line(problem: Diagnostic) -> str:
    return f"{problem.severity} {problem.name}: {problem.message} ({problem.help})"


# ---------------------------------------------------------------- commands


def _run_console(block: Block, folder: Path, names: dict[str, object]) -> None:
    status = 0
    for command, expected in _commands(block.text):
        program, *arguments = shlex.split(command)
        run = subprocess.run(
            [*_PROGRAMS[program], *arguments],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": _PATH},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        status = run.returncode
        printed = f"{run.stdout}\n{run.stderr}"
        assert _loosely(expected).fullmatch(_plain(printed)), f"$ {command}\n{printed}\n(exit {status})"
    assert status == int(block.marks.get("exit", "0"))


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = command[:-1] + more
        yield command, output


def _plain(text: str) -> str:
    return " ".join(text.split())


def _loosely(expected: str) -> re.Pattern[str]:
    """Return what matches the expected output, where `…` stands for anything and white space does not count."""
    parts = [re.escape(_plain(part)) for part in expected.split("…")]
    return re.compile(r"\s*.*?\s*".join(parts), flags=re.DOTALL)


# ---------------------------------------------------------------- Python


def _run_python(block: Block, folder: Path, names: dict[str, object]) -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    test = doctest.DocTestParser().get_doctest(block.text.replace("…", "..."), names, "page", None, block.line)
    assert test.examples, "a block of Python that is run has `>>>` in front of its statements"
    report: list[str] = []
    with _inside(folder):
        result = doctest.DocTestRunner(optionflags=flags, verbose=False).run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert result.failed == 0, "".join(report)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


_RUN = {"console": _run_console, "python": _run_python}
