"""Screen a file: read rows, decide them, write them, never more than a few at a time in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import BinaryIO, Final

from rpol.runtime.table import Table
from rpolc.screen.answer import Answers
from rpolc.screen.columns import columns, decision_cells, row_cells
from rpolc.screen.facts import check_columns, check_seen
from rpolc.screen.rows import Format, Input
from rpolc.screen.settings import Settings
from rpolc.screen.summary import Tally
from rpolc.screen.write import writer

_AT_ONCE: Final = 500


def screen(
    table: Table,
    source: Input,
    out: BinaryIO,
    form: Format,
    settings: Settings,
    advance: Callable[[], None] = lambda: None,
) -> Tally:
    """Write every row of `source` to `out` with its answer, in order, and return the counts.

    `advance` is called now and then. Raise UnusableFile where the file does not fit the settings or ends in something
    that is no row.
    """
    if source.columns is not None:
        check_columns(source.columns, settings.reading, assumed=bool(settings.assume))
    added = columns(near=settings.near is not None, assumed=bool(settings.assume), more=settings.more)
    answers = Answers(table, settings, partial(decision_cells, names=added, form=form))
    write = writer(out, form, source, added)
    tally = Tally()
    unseen = set(settings.reading.asked_for)
    while rows := tuple(islice(source.rows, _AT_ONCE)):
        for row, answer in zip(rows, answers.answer(rows), strict=True):
            judged = answer.judged
            tally.count(judged.outcome, judged.marked, near=bool(answer.near), unconfirmed=judged.unconfirmed)
            write(row, row_cells(answer, table.digest, form))
            unseen.difference_update(row.values)
        advance()
    if tally.rows:
        check_seen(unseen)
    return tally
