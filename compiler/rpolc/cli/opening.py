"""Open what a command is given: a table, or a policy that is compiled on the way."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from rpol.runtime.codec import MAGIC, is_table
from rpol.runtime.table import Table, load
from rpolc.cli.boundary import Refused
from rpolc.cli.terminal import wants_color, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpol.text.diagnostic import Diagnostic

log = logging.getLogger(__name__)


def open_table(path: Path, *, color: bool | None) -> Table:
    """Return the table at `path`, or that of the policy there. What lies there is seen from its first bytes.

    Raise Refused for a policy with errors, after they are shown on standard error; TableError for a damaged table.
    """
    begun = perf_counter()
    table = load(path) if holds_table(path) else _compile(path, color)
    log.info(
        "%s: %d clauses, digest %s, ready after %.2f s",
        path,
        len(table.contents.clauses),
        table.digest,
        perf_counter() - begun,
    )
    return table


def holds_table(path: Path) -> bool:
    """Tell whether a file begins as a table does."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return is_table(stream.read(len(MAGIC)))


def _compile(path: Path, color: bool | None) -> Table:
    from rpolc.pipeline import check, table_of

    checked = check(path)
    if checked.has_errors:
        errors = [problem for problem in checked.problems if problem.severity == "error"]
        show_problems(errors, path, color=color)
        raise Refused(f"{path} has errors; `rpolc check` shows all that is wrong with it.")
    return table_of(checked)


def show_problems(problems: Iterable[Diagnostic], path: Path, *, color: bool | None, err: bool = True) -> None:
    """Write problems of the policy at `path` for people."""
    from rpol.text.render import render
    from rpolc.report.seen_from import seen_from_here

    stream = sys.stderr if err else sys.stdout
    colored, width = wants_color(color, stream), width_of(stream)
    for problem in problems:
        click.echo(render(seen_from_here(problem, path), width=width, color=colored), err=err, color=colored)
        click.echo(err=err)
