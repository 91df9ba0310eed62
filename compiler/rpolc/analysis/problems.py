"""The wording of what the analyses find: a function a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import field, frozen

from rpol.model.policy import Clause, Example, Promise, Reason
from rpol.model.problems.wording import quoted
from rpol.runtime.ladder import LADDER, WORDS
from rpol.text.diagnostic import Diagnostic, Label, Region
from rpol.text.source import Place

_MOST_LABELS: Final = 10
_MOST_REASONS: Final = 3
_WRITTEN: Final = {rung.name: rung.written for rung in LADDER}
# What a case is that a clause of this effect stands in, besides being allowed.
_NOT_FREE: Final = {"license": "in need of a licence", "review": "under review", "deny": "denied", "prohibit": "banned"}


@frozen
class Evidence:
    """Where something is so, and one case of it, in request form and as an `example`, with what is decided there."""

    regions: tuple[Region, ...]
    witness: Mapping[str, object]
    example: str | None
    outcome: str
    mark: str | None
    because: tuple[Clause, ...] = field(factory=tuple)


# ---------------------------------------------------------------- contradictions


def contradiction(centre: Clause, others: Sequence[Clause], evidence: Evidence, *, complete: bool) -> Diagnostic:
    """`others`: the stricter clauses beside an `allow` in the centre, or the `allow` clauses beside a stricter one.

    Not `complete`: the search for all regions gave up.
    """
    kind = "stricter clauses" if centre.effect == "allow" else "`allow` clauses"
    beside = named(others[0]) if len(others) == 1 else f"{len(others):,} {kind}"
    effects = {clause.effect for clause in (centre, *others)} - {"allow"}
    but = _NOT_FREE[effects.pop()] if len(effects) == 1 else "not"
    more = "" if complete else " There may be more regions: the search for all of them gave up."
    return Diagnostic(
        name="contradiction",
        severity="error",
        message=f"{_capital(named(centre))} stands beside {beside}: the same cases are both allowed and {but}.{more}",
        place=centre.place,
        labels=tuple(Label(other.place, f"{named(other)} stands there too") for other in others),
        help="An `allow` claims that nothing forbids its cases. Narrow one of the two with `when`, or let one set the "
        "other aside with `overrides`.",
        witness=evidence.witness,
        example=evidence.example,
        regions=evidence.regions,
    )


# ---------------------------------------------------------------- promises


def broken_promise(promise: Promise, evidence: Evidence) -> Diagnostic:
    return Diagnostic(
        name="broken-promise",
        severity="error",
        message=f"`{_words(promise)}` does not hold. In the case shown {_decided(evidence)}.",
        place=promise.place,
        labels=_deciding(evidence),
        help="Change the clauses, or narrow the promise to what is meant.",
        witness=evidence.witness,
        example=evidence.example,
        regions=evidence.regions,
    )


def empty_promise(promise: Promise) -> Diagnostic:
    return Diagnostic(
        name="empty-promise",
        severity="warning",
        message=f"No case meets the condition of this `{promise.word}`, so it promises nothing.",
        place=promise.place,
        help="Look for tests that exclude each other, among themselves or by a `fact`.",
    )


def _words(promise: Promise) -> str:
    return f"{promise.word} {promise.outcome}{' or stricter' if promise.or_stricter else ''}"


# ---------------------------------------------------------------- examples


def failed_example(example: Example, evidence: Evidence, *, throughout: bool) -> Diagnostic:
    """`throughout`: it fails in every case of its `given`."""
    where = "" if throughout else "in some of its cases "
    return Diagnostic(
        name="failed-example",
        severity="error",
        message=f"This example expects {_outcome(example.expect)}, and {where}{_decided(evidence)}.",
        place=example.place,
        labels=_deciding(evidence),
        help="Change what is expected, or the clauses."
        if throughout
        else "If fewer cases are meant, say so in `given`.",
        witness=evidence.witness,
        example=evidence.example,
        regions=evidence.regions,
    )


def failed_reason(example: Example, reason: Reason, evidence: Evidence, *, throughout: bool) -> Diagnostic:
    """The outcome is as expected, but not for this reason."""
    if reason.suspended:
        why = "Without what suspends or repeals it, no other clause would apply."
    else:
        why = f"{_capital(_decided(evidence))}."
    return Diagnostic(
        name="failed-example",
        severity="error",
        message=f"This example expects {_outcome(example.expect)} because {quoted(reason.text)}, and that is not the "
        f"reason{'' if throughout else ' in some of its cases'}. {why}",
        place=example.place,
        labels=_deciding(evidence),
        help="Name what does decide these cases after `because`, or leave it out.",
        witness=evidence.witness,
        example=evidence.example,
        regions=evidence.regions,
    )


def determined_example(example: Example, outcome: str) -> Diagnostic:
    return Diagnostic(
        name="failed-example",
        severity="error",
        message=f"This example expects that its cases have not all one outcome, and they have: {_outcome(outcome)}.",
        place=example.place,
        help=f"Write `expect {outcome}`.",
    )


def impossible_example(example: Example) -> Diagnostic:
    return Diagnostic(
        name="failed-example",
        severity="error",
        message="No case meets the `given` of this example.",
        place=example.place,
        help="Look for tests that exclude each other, among themselves or by a `fact`.",
    )


# ---------------------------------------------------------------- clauses


def empty_clause(clause: Clause, rest: Sequence[Clause]) -> Diagnostic:
    """`rest` are the other clauses of its control where all of them are empty."""
    what = f"control {quoted(clause.control)}" if rest else named(clause)
    return Diagnostic(
        name="empty-clause",
        severity="error",
        message=f"No case meets the conditions of {what}, on any day.",
        place=clause.place,
        labels=tuple(Label(other.place, "nor of this") for other in rest),
        help="Look for tests that exclude each other in subject, `when` and its own condition, or by a `fact`.",
    )


def never_in_force(clause: Clause, rest: Sequence[Clause]) -> Diagnostic:
    """`rest` are the other clauses of its control where none of them is ever in force."""
    what = f"Control {quoted(clause.control)}" if rest else _capital(named(clause))
    return Diagnostic(
        name="never-in-force",
        severity="warning",
        message=f"{what} is in force on no day on which a case meets its conditions, in the base or in a scenario.",
        place=clause.place,
        labels=tuple(Label(other.place, "nor is this") for other in rest),
        help="Look at its window, its instrument's, and the acts that suspend or repeal it.",
    )


# ---------------------------------------------------------------- what gave up


def undecided_contradiction(allow: Clause, other: Clause, steps: int) -> Diagnostic:
    return _undecided(allow.place, f"whether {named(allow)} contradicts {named(other)}", steps)


def undecided_promise(promise: Promise, steps: int) -> Diagnostic:
    return _undecided(promise.place, f"whether `{_words(promise)}` holds", steps)


def undecided_example(example: Example, steps: int) -> Diagnostic:
    return _undecided(example.place, "whether this example holds", steps)


def undecided_clause(clause: Clause, steps: int) -> Diagnostic:
    return _undecided(clause.place, f"whether a case meets the conditions of {named(clause)}", steps)


def _undecided(place: Place, what: str, steps: int) -> Diagnostic:
    return Diagnostic(
        name="not-decided",
        severity="error",
        message=f"It is not decided {what}: the check gave up after {steps:,} steps.",
        place=place,
        help="Allow the check more steps, or make the conditions simpler.",
    )


def too_many_boxes(place: Place | None) -> Diagnostic:
    """Return the problem of a condition that is too entangled to be laid out."""
    return Diagnostic(
        name="not-decided",
        severity="error",
        message="Nothing is decided about this policy: this condition falls into too many cases to be laid out.",
        place=place,
        help="Split the clause into several, or make its condition simpler.",
    )


# ---------------------------------------------------------------- parts of messages


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


def _outcome(outcome: str, mark: str | None = None) -> str:
    return f"`{outcome}` ({WORDS[outcome]}{f'; {mark}' if mark else ''})"


def _decided(evidence: Evidence) -> str:
    reasons = [named(clause) for clause in evidence.because[:_MOST_REASONS]]
    if len(evidence.because) > _MOST_REASONS:
        reasons.append(f"{len(evidence.because) - _MOST_REASONS} more")
    by = f", by {' and '.join(reasons)}" if reasons else ""
    return f"{_outcome(evidence.outcome, evidence.mark)} is decided{by}"


def _deciding(evidence: Evidence) -> tuple[Label, ...]:
    return tuple(Label(clause.place, "this decides the case shown") for clause in evidence.because[:_MOST_LABELS])


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
