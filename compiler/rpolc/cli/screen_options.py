"""The options of `rpolc screen`, and what their values mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

import click

from rpolc.cli.words import single_words
from rpolc.screen.columns import MORE
from rpolc.screen.facts import NONE
from rpolc.screen.near import DEFAULT_SCORE
from rpolc.screen.rows import Format

Command = TypeVar("Command", bound=Callable[..., object])
FORMATS: Final[Mapping[str, Format]] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_CHOICE: Final = click.Choice(sorted(set(FORMATS.values())))


def _score(ctx: click.Context, param: click.Parameter, value: str) -> float | None:
    """Return a score from 1 to 100, or None for `off`."""
    if value == "off":
        return None
    try:
        score = float(value)
    except ValueError:
        score = 0
    if not 1 <= score <= 100:
        raise click.BadParameter(f"`{value}` is neither `off` nor a score from 1 to 100.", ctx, param)
    return score


_OPTIONS: Final = (
    click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="The file to write, at once or not at all. Without it, rows go to standard output.",
    ),
    click.option("--input-format", type=_CHOICE, help="What INPUT is, where its name does not say."),
    click.option("--output-format", type=_CHOICE, help="What to write, where the name of the output does not say."),
    click.option(
        "--map",
        "renamed",
        multiple=True,
        metavar="KEY=COLUMN",
        help="Read an attribute from a column of another name. Repeatable.",
    ),
    click.option(
        "--null-means",
        multiple=True,
        metavar="none=COLUMN,...",
        help="Read what is empty in these columns as none, instead of unknown. Repeatable.",
    ),
    click.option("--known-on", metavar="DATE", help="Decide by what was issued by this day."),
    click.option(
        "--near",
        metavar="off|SCORE",
        callback=_score,
        default=f"{DEFAULT_SCORE:g}",
        show_default=True,
        help="From which score on a listed name is nearly a given one.",
    ),
    click.option("--decide-near", is_flag=True, help="Decide rows with near matches by the names as given."),
    click.option(
        "--add",
        "more",
        multiple=True,
        type=click.Choice(MORE),
        metavar="FIELD",
        help=f"Add a field of the decision as a column: {', '.join(MORE)}. Repeatable.",
    ),
)


def screening(command: Command) -> Command:
    """Add the options that only `screen` has."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def format_of(path: Path, option: str) -> Format:
    """Return the format that the name of a file says. Raise UsageError where it says none."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise click.UsageError(f"The name {path} does not end in {' or '.join(FORMATS)}. Say the format with {option}.")
    return form


def columns_by_attribute(arguments: tuple[str, ...]) -> dict[str, str]:
    """Return the column that each mapped attribute is read from."""
    renamed = {key: column.strip() for key, column in single_words(arguments, example="end_user=Consignee").items()}
    for key, column in renamed.items():
        if not column:
            raise click.UsageError(f"`{key}` is mapped to no column.")
    return renamed


def null_columns(arguments: tuple[str, ...]) -> frozenset[str]:
    """Return the columns in which what is empty means none."""
    found: set[str] = set()
    for argument in arguments:
        for key, columns in single_words((argument,), example="none=cn_share,logic_node").items():
            if key != NONE:
                raise click.UsageError(f"What is empty can only mean none, not `{key}`: --null-means none={columns}.")
            found |= {column.strip() for column in columns.split(",")} - {""}
    return frozenset(found)
