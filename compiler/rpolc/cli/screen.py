"""`rpolc screen`: decide every row of a file."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import copyfileobj
from time import perf_counter
from typing import BinaryIO, Final, cast

import click

from rpol.runtime.axes import DATE
from rpol.runtime.read import read
from rpol.runtime.table import Table
from rpolc.cli.opening import open_table
from rpolc.cli.options import asking, common, policy_or_table
from rpolc.cli.progress import progress
from rpolc.cli.screen_options import columns_by_attribute, format_of, null_columns, screening
from rpolc.cli.status import DONE, FOUND
from rpolc.cli.words import words
from rpolc.cli.write_json import write_json
from rpolc.report.replace import replace
from rpolc.screen.facts import reading, suggestions
from rpolc.screen.read_csv import read_csv
from rpolc.screen.read_json_lines import read_json_lines
from rpolc.screen.rows import Format, Input
from rpolc.screen.screen import screen as screen_rows
from rpolc.screen.settings import Settings
from rpolc.screen.summary import FORMAT_VERSION

_STANDARD: Final = Path("-")
_SOME_DAY: Final = "2025-01-01T00:00:00"
log = logging.getLogger(__name__)


@click.command()
@policy_or_table
@click.argument(
    "source", metavar="INPUT", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)
@screening
@asking
@common
def screen(
    path: Path,
    source: Path,
    output: Path | None,
    input_format: Format | None,
    output_format: Format | None,
    renamed: tuple[str, ...],
    null_means: tuple[str, ...],
    known_on: str | None,
    near: float | None,
    decide_near: bool,
    more: tuple[str, ...],
    assume: tuple[str, ...],
    scenario: str | None,
    timezone: str | None,
    strictest: bool,
    color: bool | None,
) -> int:
    """Decide every row of INPUT by the policy or table at PATH-OR-TABLE.

    INPUT is CSV in UTF-8 with a header, commas or semicolons, or JSON lines; `-` is standard input. A column that
    bears the name of an attribute is read as that; other columns pass through untouched. Added are the columns
    outcome, controls, citations, duties, near, problem and digest. A row that cannot be decided is kept, marked with
    the reason in `problem`, and counted; the exit status is then 1.

    A name that is nearly a listed one never decides: where it could matter, and wherever the row would be free, the
    row is undetermined. With -o a summary is printed as JSON; without it, the summary goes to standard error.

    \b
    Examples:
      rpolc screen policies/ shipments.csv -o screened.csv
      rpolc screen policies.table orders.csv -o out.jsonl --map end_user="Consignee" --assume act=export
      rpolc screen policies.table orders.csv -o out.csv --null-means none=cn_share --near 90
    """
    begun = perf_counter()
    form_in = input_format or format_of(source, "--input-format")
    form_out = output_format or (form_in if output is None else format_of(output, "--output-format"))
    table = open_table(path, color=color)
    settings = Settings(
        reading=reading(
            [one.name for one in table.attributes], columns_by_attribute(renamed), null_columns(null_means)
        ),
        assume=words(assume, example="act=export"),
        known_on=known_on,
        scenario=scenario,
        timezone=timezone,
        strictest=strictest,
        near=near,
        decide_near=decide_near,
        more=more,
    )
    _check(table, settings)
    with _input(source) as stream:
        rows = _read(stream, form_in, settings, columns=form_out == "csv")
        with _output(output) as out, progress(stream, f"Screening {source}") as advance:
            tally = screen_rows(table, rows, out, form_out, settings, advance)
    summary = {
        "format_version": FORMAT_VERSION,
        "input": str(source),
        "output": None if output is None else str(output),
        **tally.to_dict(),
        "digest": table.digest,
        "assumed": dict(settings.assume),
        "known_on": known_on,
        "scenario": scenario,
        "seconds": round(perf_counter() - begun, 3),
    }
    write_json(summary, err=output is None)
    return DONE if tally.decided == tally.rows else FOUND


def _check(table: Table, settings: Settings) -> None:
    """Refuse settings that would make every row wrong. Raise RequestError."""
    day = {} if DATE in settings.assume else {DATE: f"{_SOME_DAY}+00:00" if settings.timezone else _SOME_DAY}
    read(
        table.attributes,
        table.scenarios,
        day,
        known_on=settings.known_on,
        scenario=settings.scenario,
        timezone=settings.timezone,
        assume=settings.assume,
    )


def _read(stream: BinaryIO, form: Format, settings: Settings, *, columns: bool) -> Input:
    if form == "jsonl":
        return read_json_lines(stream, columns=columns)
    known = [settings.reading.column(attribute) for attribute in settings.reading.attributes]
    rows = read_csv(stream, known)
    for column, attribute in suggestions(rows.columns or (), settings.reading):
        log.warning(
            'the column `%s` passes through unread. If it is %s: --map %s="%s"', column, attribute, attribute, column
        )
    return rows


@contextmanager
def _input(source: Path) -> Iterator[BinaryIO]:
    """Open a file for reading; what can be read only once is kept in a temporary file."""
    with ExitStack() as open_files:
        stream = sys.stdin.buffer if source == _STANDARD else open_files.enter_context(source.open("rb"))
        if source == _STANDARD or not stream.seekable():
            kept = open_files.enter_context(tempfile.TemporaryFile())
            copyfileobj(stream, kept)
            kept.seek(0)
            yield cast(BinaryIO, kept)
        else:
            yield stream


@contextmanager
def _output(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with replace(output) as stream:
        yield stream
