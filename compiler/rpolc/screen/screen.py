"""Screen a file: read rows, decide them, write them, never more than a few at a time in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import BinaryIO, Final

from rpol.runtime.table import Table
from rpolc.screen.answer import Settings, answers
from rpolc.screen.columns import cells, columns
from rpolc.screen.facts import check_columns
from rpolc.screen.near import NearNames
from rpolc.screen.rows import Format, Input
from rpolc.screen.summary import Tally
from rpolc.screen.write import writer

_AT_ONCE: Final = 500


def screen(
    table: Table,
    source: Input,
    out: BinaryIO,
    form: Format,
    settings: Settings,
    *,
    more: Sequence[str] = (),
    advance: Callable[[], None] = lambda: None,
) -> Tally:
    """Write every row of `source` to `out` with its answer, in order, and return the counts.

    `more` are further columns, fields of a decision; `advance` is called now and then. Raise UnusableFile where the
    file does not fit the settings or ends in something that is no row.
    """
    if source.columns is not None:
        check_columns(source.columns, settings.reading)
    names = None if settings.near is None else NearNames(table.contents, settings.near)
    added = columns(near=names is not None, assumed=bool(settings.assume), more=more)
    write = writer(out, form, source, added)
    tally = Tally()
    while rows := tuple(islice(source.rows, _AT_ONCE)):
        for row, answer in zip(rows, answers(table, rows, settings, names), strict=True):
            tally.count(answer.outcome, answer.marked, near=bool(answer.near))
            write(row, cells(answer, table.digest, added, form))
        advance()
    return tally
