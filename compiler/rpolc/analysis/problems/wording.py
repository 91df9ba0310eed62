"""What the wording of findings shares: clauses and decisions in words, and the evidence of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from rpol.model.policy import Clause
from rpol.model.problems.wording import quoted
from rpol.runtime.ladder import LADDER, WORDS
from rpol.text.diagnostic import Label, Region

_MOST_LABELS: Final = 10
_MOST_REASONS: Final = 3
_WRITTEN: Final = {rung.name: rung.written for rung in LADDER}


@frozen
class Evidence:
    """Where something is so, and one case of it, in request form and as an `example`, with what is decided there."""

    regions: tuple[Region, ...]
    witness: Mapping[str, object]
    example: str | None
    outcome: str
    mark: str | None
    because: tuple[Clause, ...] = field(factory=tuple)


def named(clause: Clause) -> str:
    """Return a clause in words, with what it cites."""
    if clause.effect in ("permit", "oblige"):
        name = f"the {clause.effect} {quoted(clause.control)}"
    else:
        label = f" {quoted(clause.label)}" if clause.label else ""
        implied = "implied " if clause.implied else ""
        name = f"the {implied}`{_WRITTEN.get(clause.effect, clause.effect)}`{label} of {quoted(clause.control)}"
    if clause.instrument is None:
        return name
    paragraph = f' "{clause.paragraph}"' if clause.paragraph else ""
    return f"{name} ({clause.instrument}{paragraph})"


def outcome_words(outcome: str, mark: str | None = None) -> str:
    return f"`{outcome}` ({WORDS[outcome]}{f'; {mark}' if mark else ''})"


def decided(evidence: Evidence) -> str:
    reasons = [named(clause) for clause in evidence.because[:_MOST_REASONS]]
    if len(evidence.because) > _MOST_REASONS:
        reasons.append(f"{len(evidence.because) - _MOST_REASONS} more")
    by = f", by {' and '.join(reasons)}" if reasons else ""
    return f"{outcome_words(evidence.outcome, evidence.mark)} is decided{by}"


def deciding(evidence: Evidence) -> tuple[Label, ...]:
    return tuple(Label(clause.place, "this decides the case shown") for clause in evidence.because[:_MOST_LABELS])


def capital(text: str) -> str:
    return text[0].upper() + text[1:]
