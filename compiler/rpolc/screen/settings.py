"""What holds for a whole screening."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from rpolc.screen.facts import Reading
from rpolc.screen.near import DEFAULT_SCORE


@frozen
class Settings:
    """How rows are read and decided.

    `near` is the least score of a near match, None for no near matches at all; with `decide_near` a row with near
    matches is decided by the names as given. `more` are further columns, fields of a decision.
    """

    reading: Reading
    assume: Mapping[str, object] = field(factory=dict)
    known_on: str | None = None
    scenario: str | None = None
    timezone: str | None = None
    strictest: bool = False
    near: float | None = DEFAULT_SCORE
    decide_near: bool = False
    more: tuple[str, ...] = ()
