"""The answer to each row: its decision, or why there is none, and the listed names that are nearly those given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Final

from attrs import field, frozen

from rpol.runtime.axes import DATE
from rpol.runtime.decision import Decision
from rpol.runtime.errors import RequestError, RpolError
from rpol.runtime.ladder import OUTCOMES, WORDS
from rpol.runtime.read import is_missing
from rpol.runtime.table import Table
from rpolc.screen.facts import Reading, facts
from rpolc.screen.near import DEFAULT_SCORE, Near, NearNames
from rpolc.screen.rows import Marked, Row

# In how many ways the names of one row are read as listed ones before it is left open.
_MOST_READINGS: Final = 64


@frozen
class Settings:
    """What holds for a whole screening. `near` is the least score of a near match, None for none at all.

    With `decide_near` a row with near matches is decided by the names as given.
    """

    reading: Reading
    assume: Mapping[str, object] = field(factory=dict)
    known_on: str | None = None
    scenario: str | None = None
    timezone: str | None = None
    strictest: bool = False
    near: float | None = DEFAULT_SCORE
    decide_near: bool = False


@frozen
class Answer:
    """The answer to a row.

    `outcome` is None where the row could not be asked about, `marked` where it is decided. Without a `decision` nothing
    more is known.
    """

    outcome: str | None
    decision: Decision | None
    marked: Marked | None
    near: tuple[Near, ...] = ()


def answers(table: Table, rows: Sequence[Row], settings: Settings, names: NearNames | None) -> Iterator[Answer]:
    """Yield the answer to each of `rows`.

    A near match never decides: where the names as given make a case free, or a listed name would make another outcome
    of it, the row is undetermined.
    """
    asked = [facts(row, settings.reading) for row in rows if row.fault is None]
    decided = table.decide_many(
        asked,
        columns=("decision",),
        known_on=settings.known_on,
        scenario=settings.scenario,
        timezone=settings.timezone,
        assume=settings.assume,
        strictest=settings.strictest,
    )
    answered = zip(asked, (found["decision"] for found in decided), strict=True)
    for row in rows:
        if row.fault is not None:
            yield Answer(None, None, row.fault)
            continue
        given, decision = next(answered)
        near = names.near(_whole(given, settings.assume)) if names is not None else ()
        if isinstance(decision, Decision):
            yield _answer(table, given, decision, settings, near)
        else:
            yield Answer(None, None, _refusal(table, given, settings), near)


def _answer(
    table: Table, given: Mapping[str, object], decision: Decision, settings: Settings, near: tuple[Near, ...]
) -> Answer:
    if decision.outcome == "undetermined":
        return Answer(decision.outcome, decision, _open(decision), near)
    doubt = _doubt(table, given, decision.outcome, settings, near) if near and not settings.decide_near else None
    if doubt is not None:
        return Answer("undetermined", None, doubt, near)
    return Answer(decision.outcome, decision, None, near)


def _open(decision: Decision) -> Marked:
    possible = " or ".join(WORDS[outcome] for outcome in decision.possible)
    asked = ", ".join(question.attribute for question in decision.ask)
    return Marked("undetermined", f"Not determined by what is known: {possible}. It depends on {asked}.")


def _refusal(table: Table, given: Mapping[str, object], settings: Settings) -> Marked:
    """Return why facts cannot be decided, by asking once more."""
    try:
        _decide(table, given, settings, settings.assume)
    except RpolError as error:
        missing = type(error) is RequestError and DATE not in _whole(given, settings.assume)
        return Marked("missing-date" if missing else _kebab(type(error).__name__), str(error))
    raise AssertionError("decided alone, and not among many")


def _kebab(name: str) -> str:
    return re.sub("(?<!^)(?=[A-Z])", "-", name).lower()


def _whole(given: Mapping[str, object], assume: Mapping[str, object]) -> dict[str, object]:
    return {**assume, **{name: value for name, value in given.items() if not is_missing(value)}}


# ---------------------------------------------------------------- near matches


def _doubt(
    table: Table, given: Mapping[str, object], outcome: str, settings: Settings, near: Sequence[Near]
) -> Marked | None:
    """Return why near matches leave a row open, or None where they cannot matter."""
    readings = _readings(_whole(given, settings.assume), near)
    others = {outcome} if readings is None else {_outcome(table, one, settings) for one in readings} - {None}
    if readings is not None and outcome != "allow" and others <= {outcome}:
        return None
    likely = ", ".join(f"`{one.given}` is nearly `{one.name}` on {one.list}" for one in near)
    words = [WORDS[other] for other in (*OUTCOMES, "undetermined") if other in others - {outcome}]
    instead = f"; as listed, {' or '.join(words)}" if words else ""
    return Marked("near-match", f"Near match: {likely}. By the names as given: {WORDS[outcome]}{instead}.")


def _readings(whole: Mapping[str, object], near: Sequence[Near]) -> list[dict[str, object]] | None:
    """Return the facts in every other way of reading their names, or None if there are too many ways."""
    options: dict[tuple[str, str], list[str]] = {}
    for one in near:
        options.setdefault((one.attribute, one.given), [one.given]).append(one.name)
    if prod(len(names) for names in options.values()) > _MOST_READINGS:
        return None
    return [_renamed(whole, dict(zip(options, names, strict=True))) for names in product(*options.values())]


def _renamed(whole: Mapping[str, object], names: Mapping[tuple[str, str], str]) -> dict[str, object]:
    renamed = dict(whole)
    for (attribute, given), name in names.items():
        value = renamed[attribute]
        several = isinstance(value, (list, tuple))
        renamed[attribute] = [name if one == given else one for one in value] if several else name  # type: ignore[attr-defined]
    return renamed


def _outcome(table: Table, whole: Mapping[str, object], settings: Settings) -> str | None:
    """Return the outcome for facts, or None where no such case exists."""
    try:
        return _decide(table, whole, settings, {}).outcome
    except RpolError:
        return None


def _decide(table: Table, given: Mapping[str, object], settings: Settings, assume: Mapping[str, object]) -> Decision:
    return table.decide(
        given,
        known_on=settings.known_on,
        scenario=settings.scenario,
        timezone=settings.timezone,
        assume=assume,
        strictest=settings.strictest,
    )
