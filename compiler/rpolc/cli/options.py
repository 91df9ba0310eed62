"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from rpolc.cli.boundary import speak
from rpolc.space.explore import STEPS

Command = TypeVar("Command", bound=Callable[..., object])


def common(command: Command) -> Command:
    """Add the options of every verb: --color, --no-color and -v."""
    color = click.option(
        "--color/--no-color",
        default=None,
        help="Colours or none; without it NO_COLOR, FORCE_COLOR and the terminal decide.",
    )
    verbose = click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_speak,
        help="Say what is done, and show tracebacks.",
    )
    return color(verbose(command))


def policy_or_table(command: Command) -> Command:
    """Add the argument PATH-OR-TABLE, as `path`."""
    argument = click.argument("path", metavar="PATH-OR-TABLE", type=click.Path(exists=True, path_type=Path))
    return argument(command)


def policy(command: Command) -> Command:
    """Add the argument PATH, the folder or file of a policy, as `path`."""
    return click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))(command)


def asking(command: Command) -> Command:
    """Add the options that say how a table is asked: --assume, --scenario, --timezone, --strictest."""
    options = (
        click.option(
            "--assume",
            multiple=True,
            metavar="KEY=VALUE",
            help="A fact for where none is given; the decision records it. Repeatable.",
        ),
        click.option("--scenario", metavar="NAME", help="Decide in a scenario of the policy."),
        click.option(
            "--timezone", metavar="ZONE", help="Whose day counts for a time with a zone, such as Asia/Shanghai."
        ),
        click.option(
            "--strictest", is_flag=True, help="Take the strictest outcome that is possible, instead of `undetermined`."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def steps_option(command: Command) -> Command:
    """Add --steps, the limit of one check or comparison, as `steps`."""
    option = click.option(
        "--steps",
        type=click.IntRange(min=1),
        default=STEPS,
        show_default=True,
        help="How many parts of the case space one check may look at before it gives up, with `not-decided`.",
    )
    return option(command)


def format_choice(*formats: str) -> Callable[[Command], Command]:
    """Return what adds --format; the first of `formats` is the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print."
    )


def _speak(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        speak(verbose=True)
