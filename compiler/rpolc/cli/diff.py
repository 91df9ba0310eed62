"""`rpolc diff`: the exact set of cases that two versions decide differently."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Final, TypeAlias

import click

from rpol.runtime.axes import BASE
from rpol.runtime.errors import RpolError
from rpol.runtime.numerals import day_text
from rpol.runtime.read_day import read_day
from rpolc.cli.boundary import Refused
from rpolc.cli.opening import show_problems
from rpolc.cli.options import common, format_choice, steps_option
from rpolc.cli.status import DONE, FOUND
from rpolc.cli.terminal import width_of
from rpolc.cli.write_json import write_json
from rpolc.difference.changes import differences
from rpolc.difference.refine import NotComparableError
from rpolc.difference.sides import Version, on_day, under_scenario
from rpolc.difference.telling import ToldDifference, tell
from rpolc.report.difference import as_data, describe, markdown, summary
from rpolc.space.explore import GaveUpError
from rpolc.versions import Unusable, version_at, version_in

FORMAT_VERSION: Final = 1
Sides: TypeAlias = tuple[Version, Version]
_RANGE: Final = ".."
log = logging.getLogger(__name__)


@click.command()
@click.argument("operands", metavar="OLD NEW", nargs=-1, required=True)
@click.option("--scenario", nargs=2, metavar="A B", help="Compare two scenarios of one policy; `base` is none.")
@click.option("--date", "dates", nargs=2, metavar="A B", help="Compare two days of one policy.")
@click.option(
    "--fail-on",
    type=click.Choice(("any", "loosened", "tightened", "other")),
    multiple=True,
    help="What counts as different for the exit status; without it anything does. Repeatable.",
)
@steps_option
@format_choice("text", "json", "markdown")
@common
def diff(
    operands: tuple[str, ...],
    scenario: tuple[str, str] | None,
    dates: tuple[str, str] | None,
    fail_on: tuple[str, ...],
    steps: int,
    form: str,
    color: bool | None,
) -> int:
    """Show the exact difference in decisions between two versions of a policy.

    OLD and NEW are each a folder, a file, a table, or REVISION:PATH of a git repository. Written as REV..REV PATH, the
    versions are two revisions; without the second, the new one is what lies at PATH now. With --scenario or --date one
    PATH is compared with itself.

    Every case and every day is compared: outcome, mark, outcome under each instrument and duties. Regions do not
    overlap and leave nothing out. The exit status is 0 if no decision differs, 1 if one does, and 2 if there is no
    answer.

    \b
    Examples:
      rpolc diff main..HEAD policies/
      rpolc diff old.table policies/ --format markdown --fail-on loosened
      rpolc diff policies/ --scenario base extended
      rpolc diff policies/ --date 2025-11-09 2025-11-10
    """
    begun = perf_counter()
    old, new = _sides(operands, scenario, dates, color)
    told = _told(old, new, steps)
    log.info("compared in %.2f s", perf_counter() - begun)
    if form == "json":
        write_json({"format_version": FORMAT_VERSION, **as_data(told)})
        click.echo(summary(told), err=True)
    else:
        click.echo(markdown(told) if form == "markdown" else describe(told, width=width_of(sys.stdout)))
    return FOUND if _counts(told, fail_on) else DONE


def _counts(told: ToldDifference, fail_on: Sequence[str]) -> bool:
    """Tell whether a difference is one that fails."""
    if not fail_on or "any" in fail_on:
        return not told.difference.same
    return any(one.change.direction in fail_on for one in told.changes)


def _told(old: Version, new: Version, steps: int) -> ToldDifference:
    try:
        return tell(old, new, differences(old.contents, new.contents, steps))
    except NotComparableError as error:
        raise Refused(
            f"The versions cannot be compared: {error}. Compare the versions before that change, and those after it."
        ) from None
    except GaveUpError:
        raise Refused(
            f"not-decided: which decisions differ; the comparison gave up after {steps:,} steps. Allow it more with "
            "--steps."
        ) from None


# ---------------------------------------------------------------- what is compared


def _sides(
    operands: Sequence[str], scenario: tuple[str, str] | None, dates: tuple[str, str] | None, color: bool | None
) -> Sides:
    if scenario is not None and dates is not None:
        raise click.UsageError("--scenario and --date are two comparisons: ask for one at a time.")
    if scenario is None and dates is None:
        return _versions(operands, color)
    if len(operands) != 1:
        raise click.UsageError("With --scenario or --date one PATH is compared with itself.")
    version = _opened(operands[0], color)
    if scenario is not None:
        first, second = (_scenario(version, name) for name in scenario)
        return under_scenario(version, first), under_scenario(version, second)
    assert dates is not None
    days = [_day(text) for text in dates]
    return on_day(version, days[0], f"on {day_text(days[0])}"), on_day(version, days[1], f"on {day_text(days[1])}")


def _versions(operands: Sequence[str], color: bool | None) -> Sides:
    if len(operands) != 2:
        raise click.UsageError("Two versions are compared: OLD NEW, or REV..REV PATH.")
    old, new = operands
    before, is_range, after = old.partition(_RANGE)
    # No revision begins with a slash: that is a path which leads upwards.
    if is_range and not after.startswith("/") and not Path(old).exists():
        path = Path(new)
        return _in_revision(before, path, color), _in_revision(after, path, color) if after else _opened(new, color)
    return _opened(old, color), _opened(new, color)


def _opened(operand: str, color: bool | None) -> Version:
    path = Path(operand)
    if path.exists():
        return _usable(version_at(path), color)
    revision, divided, inside = operand.partition(":")
    if divided and revision:
        return _in_revision(revision, Path(inside or "."), color)
    raise click.UsageError(f"`{operand}` is no folder, file or table, and no REVISION:PATH.")


def _in_revision(revision: str, path: Path, color: bool | None) -> Version:
    return _usable(version_in(revision or "HEAD", path), color)


def _usable(version: Version | Unusable, color: bool | None) -> Version:
    if isinstance(version, Unusable):
        show_problems(version.problems, version.path, color=color)
        raise Refused(f"{version.name} has errors, so that it cannot be compared.")
    return version


def _scenario(version: Version, name: str) -> str:
    if name in version.scenarios:
        return name
    if name == "base":
        return BASE
    raise click.UsageError(
        f"`{name}` is no scenario of {version.name}. There are {', '.join(('base', *version.scenarios))}."
    )


def _day(text: str) -> int:
    try:
        return read_day("--date", text, None)
    except RpolError as error:
        raise click.UsageError(str(error)) from None
