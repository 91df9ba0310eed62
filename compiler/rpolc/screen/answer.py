"""The answer to each row: its outcome, what is said of it, or why it is not decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from rpol.runtime.axes import DATE
from rpol.runtime.decision import Decision
from rpol.runtime.errors import RequestError, RpolError
from rpol.runtime.ladder import WORDS
from rpol.runtime.raw import is_missing
from rpol.runtime.table import Table
from rpolc.screen.alike import Alike, Kind
from rpolc.screen.doubt import doubt
from rpolc.screen.facts import facts
from rpolc.screen.near import Near, NearNames
from rpolc.screen.rows import Marked, Row
from rpolc.screen.settings import Settings

# How many kinds of rows are remembered, so that memory does not grow with the file.
_MOST_KINDS: Final = 20_000
_Facts = Mapping[str, object]


@frozen
class Judged:
    """What a table says of the facts of a row.

    `outcome` is None where they could not be asked about, `marked` where they are decided; `cells` are the columns
    that the decision fills. `unconfirmed` tells whether it rests on a state that is not confirmed.
    """

    outcome: str | None
    marked: Marked | None
    cells: Mapping[str, object]
    unconfirmed: bool = False


@frozen
class Answer:
    """What a row is told: what the table says of it, unless near matches leave that open."""

    judged: Judged
    near: tuple[Near, ...] = ()


class Answers:
    """Rows answered by a table. Rows of one kind are decided once; `cells` writes a decision, or None for none."""

    def __init__(
        self, table: Table, settings: Settings, cells: Callable[[Decision | None], Mapping[str, object]]
    ) -> None:
        self._table = table
        self._settings = settings
        self._cells = cells
        self._alike = Alike(table.contents, settings)
        self._names = None if settings.near is None else NearNames(table.contents, settings.near)
        self._by_kind: dict[Kind, Judged] = {}

    def answer(self, rows: Sequence[Row]) -> Iterator[Answer]:
        """Yield the answer to each row. A near match never decides: it leaves a row open wherever it could matter."""
        asked = [None if row.fault else facts(row, self._settings.reading) for row in rows]
        judged = iter(self._judge([given for given in asked if given is not None]))
        for row, given in zip(rows, asked, strict=True):
            if given is None:
                yield Answer(Judged(None, row.fault, self._cells(None)))
            else:
                yield self._settle(given, next(judged))

    # ------------------------------------------------------------ by kind

    def _judge(self, asked: Sequence[_Facts]) -> list[Judged]:
        kinds = [self._alike.kind(given) for given in asked]
        if len(self._by_kind) > _MOST_KINDS:
            self._by_kind.clear()
        new = {kind: given for kind, given in zip(kinds, asked, strict=True) if kind and kind not in self._by_kind}
        self._by_kind |= zip(new, self._decide(list(new.values())), strict=True)
        unread = iter(self._decide([given for kind, given in zip(kinds, asked, strict=True) if kind is None]))
        return [next(unread) if kind is None else self._by_kind[kind] for kind in kinds]

    def _decide(self, asked: Sequence[_Facts]) -> Iterator[Judged]:
        settings = self._settings
        decided = self._table.decide_many(
            asked,
            columns=("decision",),
            known_on=settings.known_on,
            scenario=settings.scenario,
            timezone=settings.timezone,
            assume=settings.assume,
            strictest=settings.strictest,
        )
        for given, answered in zip(asked, decided, strict=True):
            decision = answered["decision"]
            if isinstance(decision, Decision):
                marked = _open(decision) if decision.outcome == "undetermined" else None
                yield Judged(decision.outcome, marked, self._cells(decision), bool(decision.unconfirmed))
            else:
                yield Judged(None, self._refusal(given), self._cells(None))

    def _refusal(self, given: _Facts) -> Marked:
        """Return why facts cannot be decided, by asking once more alone."""
        settings = self._settings
        try:
            self._table.decide(
                given,
                known_on=settings.known_on,
                scenario=settings.scenario,
                timezone=settings.timezone,
                assume=settings.assume,
            )
        except RpolError as error:
            missing = type(error) is RequestError and DATE not in self._whole(given)
            return Marked("missing-date" if missing else _kebab(type(error).__name__), str(error))
        raise AssertionError("decided alone, and not among many")

    # ------------------------------------------------------------ near matches

    def _settle(self, given: _Facts, judged: Judged) -> Answer:
        whole = self._whole(given)
        near = self._names.near(whole) if self._names is not None else ()
        if near and judged.marked is None and judged.outcome is not None and not self._settings.decide_near:
            marked = doubt(judged.outcome, whole, near, self._outcomes)
            if marked is not None:
                return Answer(Judged("undetermined", marked, self._cells(None)), near)
        return Answer(judged, near)

    def _outcomes(self, asked: Sequence[_Facts]) -> list[str | None]:
        return [judged.outcome for judged in self._judge(asked)]

    def _whole(self, given: _Facts) -> dict[str, object]:
        """Return the facts of a row with what is assumed."""
        return {**self._settings.assume, **{name: value for name, value in given.items() if not is_missing(value)}}


def _open(decision: Decision) -> Marked:
    possible = " or ".join(WORDS[outcome] for outcome in decision.possible)
    asked = ", ".join(question.attribute for question in decision.ask)
    return Marked("undetermined", f"Not determined by what is known: {possible}. It depends on {asked}.")


def _kebab(name: str) -> str:
    return re.sub("(?<!^)(?=[A-Z])", "-", name).lower()
