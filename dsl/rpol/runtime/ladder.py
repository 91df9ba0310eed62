"""The ladder of outcomes, in one registry (language.md, section 3, Effects)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import frozen


@frozen
class Rung:
    """An outcome: its name, the words people are shown, and how a clause of a policy says it."""

    name: str
    words: str
    written: str


LADDER: Final[tuple[Rung, ...]] = (
    Rung("allow", "free", "allow"),
    Rung("license", "licence required", "require license"),
    Rung("review", "licence required and decided case by case", "review"),
    Rung("deny", "licence refused in principle", "deny"),
    Rung("prohibit", "banned, no licence route", "prohibit"),
)
OUTCOMES: Final[tuple[str, ...]] = tuple(rung.name for rung in LADDER)
RANK: Final[dict[str, int]] = {name: i for i, name in enumerate(OUTCOMES)}
WORDS: Final[dict[str, str]] = {rung.name: rung.words for rung in LADDER} | {
    "undetermined": "not determined by what is known"
}
# `exempt`, `permit` and `oblige` are effects of clauses that never stand on the ladder.
EFFECTS: Final[tuple[str, ...]] = (*OUTCOMES, "exempt", "permit", "oblige")
MARKS: Final[tuple[str, ...]] = ("exempt", "permitted", "otherwise", "not controlled")


def strictest(outcomes: Iterable[str]) -> str:
    """Return the strictest of at least one outcome."""
    return max(outcomes, key=RANK.__getitem__)
