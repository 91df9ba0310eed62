"""The wording of claims that fail: promises and examples."""

from __future__ import annotations

from rpol.model.policy import Example, Promise, Reason
from rpol.model.problems.wording import quoted
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.problems.wording import Evidence, capital, decided, deciding, outcome_words

# ---------------------------------------------------------------- promises


def broken_promise(promise: Promise, evidence: Evidence) -> Diagnostic:
    return Diagnostic(
        name="broken-promise",
        severity="error",
        message=f"`{promise_words(promise)}` does not hold. In the case shown {decided(evidence)}.",
        place=promise.place,
        labels=deciding(evidence),
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


def promise_words(promise: Promise) -> str:
    return f"{promise.word} {promise.outcome}{' or stricter' if promise.or_stricter else ''}"


# ---------------------------------------------------------------- examples


def failed_example(example: Example, evidence: Evidence, *, throughout: bool) -> Diagnostic:
    """`throughout`: it fails in every case of its `given`."""
    where = "" if throughout else "in some of its cases "
    return Diagnostic(
        name="failed-example",
        severity="error",
        message=f"This example expects {outcome_words(example.expect)}, and {where}{decided(evidence)}.",
        place=example.place,
        labels=deciding(evidence),
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
        why = f"{capital(decided(evidence))}."
    return Diagnostic(
        name="failed-example",
        severity="error",
        message=f"This example expects {outcome_words(example.expect)} because {quoted(reason.text)}, and that is "
        f"not the reason{'' if throughout else ' in some of its cases'}. {why}",
        place=example.place,
        labels=deciding(evidence),
        help="Name what does decide these cases after `because`, or leave it out.",
        witness=evidence.witness,
        example=evidence.example,
        regions=evidence.regions,
    )


def determined_example(example: Example, outcome: str) -> Diagnostic:
    return Diagnostic(
        name="failed-example",
        severity="error",
        message="This example expects that its cases have not all one outcome, and they have: "
        f"{outcome_words(outcome)}.",
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
