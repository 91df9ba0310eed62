"""`rpolc build`: make one table of a policy."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from rpolc.cli.boundary import Refused
from rpolc.cli.opening import holds_table, show_problems
from rpolc.cli.options import common, policy
from rpolc.cli.status import DONE, FOUND
from rpolc.pipeline import check, table_of
from rpolc.report.replace import replace

log = logging.getLogger(__name__)


@click.command()
@policy
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The table to write."
)
@common
def build(path: Path, output: Path, color: bool | None) -> int:
    """Make one table of the policy at PATH, a folder or a file.

    The table is a file of its own: whoever has it can decide, without the policy and without a compiler. The same
    policy gives the same bytes. A policy with errors is refused, and nothing is written; an older table at FILE is
    replaced at once or not at all. A file that is no table is never replaced.

    \b
    Example:
      rpolc build policies/ -o policies.table
    """
    if holds_table(path):
        raise Refused(f"{path} is a table already.")
    _spare(output)
    checked = check(path)
    if checked.has_errors:
        show_problems([problem for problem in checked.problems if problem.severity == "error"], path, color=color)
        click.echo(f"{path} has errors: no table is written.", err=True)
        return FOUND
    data = table_of(checked).to_bytes()
    with replace(output) as stream:
        stream.write(data)
    log.info("%s: %d bytes", output, len(data))
    return DONE


def _spare(output: Path) -> None:
    """Refuse to write over a file that may be somebody's source: one that is no table and not empty."""
    if output.is_file() and output.stat().st_size and not holds_table(output):
        raise Refused(f"{output} is there already and is no table. Name another file, or remove it first.")
