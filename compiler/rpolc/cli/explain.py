"""`rpolc explain`: say more of a problem, or show a control as it is understood."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rpol.runtime.names import nearest
from rpol.text.cells import wrapped
from rpolc.cli.boundary import Refused
from rpolc.cli.opening import holds_table, show_problems
from rpolc.cli.options import common
from rpolc.cli.status import DONE
from rpolc.cli.terminal import wants_color, width_of
from rpolc.report.pages import first_sentence, page, page_names


@click.command()
@click.argument("name", required=False)
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@common
def explain(name: str | None, path: Path | None, color: bool | None) -> int:
    """Explain the problem NAME, or show the control or clause NAME of the policy at PATH as rpolc understands it.

    Without NAME, all problems are listed. A control is shown clause by clause, with the licence that it implies
    written out, the days on which each clause is in force, and what lifts it.

    \b
    Examples:
      rpolc explain
      rpolc explain until
      rpolc explain five_rare_earths policies/
    """
    if name is None:
        _list_problems()
    elif path is None:
        _show_page(name, colored=wants_color(color, sys.stdout))
    else:
        _show_control(name, path, color)
    return DONE


def _list_problems() -> None:
    names = page_names()
    column = max(map(len, names), default=0) + 2
    for name in names:
        first, *following = wrapped(first_sentence(page(name) or ""), column, column, width_of(sys.stdout))
        click.echo("\n".join((name.ljust(column) + first, *following)))


def _show_page(name: str, *, colored: bool) -> None:
    text = page(name)
    if text is None:
        near = nearest(name, page_names())
        instead = f"Did you mean {' or '.join(near)}?" if near else "`rpolc explain` lists all."
        raise Refused(f"There is no problem `{name}`. {instead} A control is explained with its policy: {name} PATH.")
    if not colored:
        click.echo(text.rstrip())
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(force_terminal=True, width=min(width_of(sys.stdout), 100)).print(Markdown(text))


def _show_control(name: str, path: Path, color: bool | None) -> None:
    if holds_table(path):
        raise Refused(f"{path} is a table; a control is explained from its policy.")
    from rpolc.pipeline import check
    from rpolc.report.control import explain_control, names

    checked = check(path)
    if checked.policy is None:
        show_problems([one for one in checked.problems if one.severity == "error"], path, color=color)
        raise Refused(f"{path} has errors that leave no policy to explain.")
    text = explain_control(checked.policy, name, width=width_of(sys.stdout))
    if text is None:
        known = names(checked.policy)
        near = nearest(name, known)
        instead = f"Did you mean {' or '.join(near)}?" if near else f"It has {', '.join(known)[:500]}."
        raise Refused(f"The policy has no control or clause `{name}`. {instead}")
    click.echo(text)
