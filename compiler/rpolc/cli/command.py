"""The command itself: its verbs, each imported when it is used."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import click

from rpol import __version__
from rpolc.cli.boundary import ClosedPipe, status_of

_VERBS: Final = {
    "check": "Find what is wrong with policies.",
    "diff": "Show which decisions two versions make differently.",
    "prove": "Prove one promise, without keeping it.",
    "why-not": "Show which facts would have to change for another outcome.",
    "build": "Make one table of a policy.",
    "decide": "Decide one case, with its reasons and sources.",
    "screen": "Decide every row of a file.",
    "explain": "Explain a problem, or a control of a policy.",
}
# What a run makes is mostly kept to its end, and nearly nothing of it goes in circles. Python would look for circles
# after every 700 new objects, and so spend a third of a check.
_OBJECTS_BETWEEN_LOOKS_FOR_CIRCLES: Final = 50_000
_HELP: Final = """Check, build and ask policies written in rpol, a language for trade controls.

A policy is a folder of .rpol files, or one file; a table is what `rpolc build` makes of it. No command uses a network.

\b
Examples:
  rpolc check policies/
  rpolc decide policies/ item=holmium end_use=military date=2025-12-01
  rpolc screen policies/ shipments.csv -o screened.csv

Exit statuses: 0 yes, 1 no (problems, an open question, a marked row), 2 no answer (usage, internal error).
"""


class Rpolc(click.Group):
    """The verbs. Every way out is an exit status of `docs/reference/commands.md`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which they are used."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb, or None; `VERB` stands in `rpolc.cli.VERB` under its own name, `-` written `_`."""
        if cmd_name not in _VERBS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(importlib.import_module(f"rpolc.cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_VERBS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb until all it has to say is written."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise ClosedPipe from None
        return status

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command and leave the process with its exit status."""
        gc.set_threshold(_OBJECTS_BETWEEN_LOOKS_FOR_CIRCLES)
        run = partial(super().main, args, prog_name or "rpolc", *rest, **extra | {"standalone_mode": False})
        sys.exit(status_of(run))


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    click.echo(f"rpolc {__version__}")
    ctx.exit()


@click.group(
    "rpolc", cls=Rpolc, help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version."
)
def main() -> None:
    """Choose a verb."""
