"""The wording of checks that gave up: nothing is ever passed over in silence."""

from __future__ import annotations

from rpol.model.policy import Clause, Example, Link, Promise
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place
from rpolc.analysis.problems.claims import promise_words
from rpolc.analysis.problems.wording import named


def contradiction(allow: Clause, other: Clause, steps: int) -> Diagnostic:
    return _undecided(allow.place, f"whether {named(allow)} contradicts {named(other)}", steps)


def promise(promise: Promise, steps: int) -> Diagnostic:
    return _undecided(promise.place, f"whether `{promise_words(promise)}` holds", steps)


def example(example: Example, steps: int) -> Diagnostic:
    return _undecided(example.place, "whether this example holds", steps)


def clause(clause: Clause, steps: int) -> Diagnostic:
    return _undecided(clause.place, f"whether a case meets the conditions of {named(clause)}", steps)


def mask(clause: Clause, steps: int) -> Diagnostic:
    return _undecided(clause.place, f"whether {named(clause)} ever matters", steps)


def link(link: Link, steps: int) -> Diagnostic:
    return _undecided(link.place, f"whether `{link.word} {link.name}` ever matters", steps)


def gaps(place: Place | None, steps: int) -> Diagnostic:
    return _undecided(place, "whether there are cases that no rule decides", steps)


def _undecided(place: Place | None, what: str, steps: int) -> Diagnostic:
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
