"""`rpolc decide`: decide one case."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import click

from rpol.runtime.decision import FORMAT_VERSION, Decision
from rpol.runtime.errors import RequestError
from rpol.runtime.table import Table
from rpolc.cli.opening import open_table
from rpolc.cli.options import asking, common, format_choice, policy_or_table
from rpolc.cli.status import DONE, FOUND
from rpolc.cli.terminal import wants_color, width_of
from rpolc.cli.words import words
from rpolc.cli.write_json import write_json
from rpolc.report.decision import describe

_COLORS: Final = {
    "allow": "green",
    "license": "yellow",
    "review": "yellow",
    "deny": "red",
    "prohibit": "red",
    "undetermined": "magenta",
}


@click.command()
@policy_or_table
@click.argument("facts", metavar="[KEY=VALUE]...", nargs=-1)
@asking
@format_choice("text", "json")
@common
def decide(
    path: Path,
    facts: tuple[str, ...],
    assume: tuple[str, ...],
    scenario: str | None,
    timezone: str | None,
    strictest: bool,
    form: str,
    color: bool | None,
) -> int:
    """Decide one case by the policy or table at PATH-OR-TABLE.

    The facts are written KEY=VALUE: every attribute of the policy, `date` (the day decided for) and, if wanted,
    `known_on`. What is not given is unknown; if it matters, the answer is the questions to ask. A set, or several
    values of one attribute, are written a|b or by repeating the key. A name that is nearly a listed one is pointed
    out on standard error, and does not change the answer.

    \b
    Examples:
      rpolc decide policies/ item=holmium end_use=military date=2025-12-01
      rpolc decide policies.table item=1C905.a.4 cn_share=0.3% date=2025-12-05 known_on=2025-11-06
      rpolc decide policies/ end_user="Example Ltd" date=2026-11-23 --scenario extended --format json
    """
    given = words(facts)
    table = open_table(path, color=color)
    try:
        decision = table.decide(
            given,
            assume=words(assume, example="act=export"),
            scenario=scenario,
            timezone=timezone,
            strictest=strictest,
        )
    except RequestError as error:
        return _refuse(error, form)
    if form == "json":
        write_json(decision.to_dict())
    else:
        colored = wants_color(color, sys.stdout)
        click.echo(_text(decision, table, colored), color=colored)
    if any(one.attribute is None for one in table.contents.lists):
        _point_out_near(table, given)
    return FOUND if decision.outcome == "undetermined" else DONE


def _point_out_near(table: Table, given: Mapping[str, object]) -> None:
    """Say which names are nearly listed ones; the answer holds for the names as given."""
    # Imported here: a table without lists of parties needs no search of names.
    from rpolc.screen.near import DEFAULT_SCORE, NearNames

    near = NearNames(table.contents, DEFAULT_SCORE).near(given)
    for one in near:
        click.echo(f"Near: `{one.given}` ({one.attribute}) is nearly `{one.name}` on {one.list}.", err=True)
    if near:
        click.echo("A near name never decides: this answers for the names as given.", err=True)


def _text(decision: Decision, table: Table, colored: bool) -> str:
    titles = {one.name: one.title for one in table.contents.instruments}
    if not colored:
        return describe(decision, titles, width=width_of(sys.stdout))
    text = describe(decision, titles, width=width_of(sys.stdout), heading=partial(click.style, bold=True))
    outcome, rest = text.split("\n", 1)
    return f"{click.style(outcome, fg=_COLORS.get(decision.outcome), bold=True)}\n{rest}"


def _refuse(error: RequestError, form: str) -> int:
    """Say what is wrong with the request."""
    if form == "json":
        problem = {"kind": type(error).__name__, "message": str(error)}
        write_json({"format_version": FORMAT_VERSION, "error": problem})
    click.echo(f"Error: {error}", err=True)
    return FOUND
