"""`rpolc prove`: prove a promise over all cases and all days, for a question that one does not want to keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from rpol.model.gather import gather
from rpol.syntax.nodes import AlwaysStatement, NeverStatement
from rpol.syntax.parse import parse
from rpol.text.diagnostic import Diagnostic
from rpol.text.render import render
from rpol.text.source import SourceText
from rpolc.cli.boundary import Refused
from rpolc.cli.opening import holds_table, show_problems
from rpolc.cli.options import common, format_choice, policy, steps_option
from rpolc.cli.status import DONE, FOUND, UNUSABLE
from rpolc.cli.terminal import wants_color, width_of
from rpolc.cli.write_json import write_json
from rpolc.pipeline import prove as prove_promises
from rpolc.report.problem import problem

FORMAT_VERSION: Final = 1
_NAME: Final = "<question>"
_EXAMPLE: Final = "never allow when end_use military"


@click.command()
@policy
@click.argument("promise")
@steps_option
@format_choice("text", "json")
@common
def prove(path: Path, promise: str, steps: int, form: str, color: bool | None) -> int:
    """Prove PROMISE, one or more `always` or `never` statements, of the policy at PATH.

    It is proved over all cases and all days, in the base and in each scenario, as if it stood in the policy. If it
    does not hold, every region where it is broken is shown, with a case. Nothing is written.

    The exit status is 0 if it holds, 1 if it does not, and 2 if there is no answer.

    \b
    Examples:
      rpolc prove policies/ 'never allow when end_use military and destination US'
      rpolc prove policies/ 'always license or stricter when item dysprosium and date >= 2025-12-01'
    """
    if holds_table(path):
        raise Refused(f"{path} is a table; a promise is proved of a policy.")
    question = _question(promise)
    gathered, problems = gather(path)
    if gathered is None:
        show_problems(problems, path, color=color)
        raise Refused(f"{path} cannot be read.")
    checked = prove_promises(gathered, question, steps=steps)
    if checked.policy is None:
        errors = [one for one in checked.problems if one.severity == "error"]
        own = [one for one in errors if one.place is not None and one.place.source is question]
        _show(own or errors, path, question, color, err=True)
        raise Refused("The promise cannot be asked." if own else f"{path} has errors.")
    broken = any(one.name == "broken-promise" for one in checked.problems)
    undecided = any(one.name == "not-decided" for one in checked.problems)
    if form == "json":
        holds = None if undecided and not broken else not broken
        write_json({"format_version": FORMAT_VERSION, "holds": holds, "problems": [*map(problem, checked.problems)]})
    else:
        _show(checked.problems, path, question, color, err=False)
    click.echo(_verdict(broken=broken, undecided=undecided), err=form == "json")
    return FOUND if broken else UNUSABLE if undecided else DONE


def _verdict(*, broken: bool, undecided: bool) -> str:
    if broken:
        return "It does not hold."
    return "It is not decided." if undecided else "It holds, over all cases and all days."


def _question(promise: str) -> SourceText:
    """Return the text of the promise. Raise UsageError if it holds anything but promises."""
    question = SourceText(_NAME, promise)
    pieces, _ = parse(question)
    nodes = [piece.node for piece in pieces if piece.node is not None]
    if not pieces or any(not isinstance(node, AlwaysStatement | NeverStatement) for node in nodes):
        raise click.UsageError(f"`{promise}` is no promise: write `always` or `never`, such as '{_EXAMPLE}'.")
    return question


def _show(
    problems: tuple[Diagnostic, ...] | list[Diagnostic],
    path: Path,
    question: SourceText,
    color: bool | None,
    *,
    err: bool,
) -> None:
    """Show problems; those of the question as they are, for it lies in no folder."""
    stream = sys.stderr if err else sys.stdout
    colored, width = wants_color(color, stream), width_of(stream)
    for one in problems:
        if one.place is None or one.place.source is not question:
            show_problems((one,), path, color=color, err=err)
        else:
            click.echo(render(one, width=width, color=colored), err=err, color=colored)
            click.echo(err=err)
