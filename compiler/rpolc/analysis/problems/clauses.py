"""The wording of what is wrong with clauses: they contradict, or can never matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rpol.model.policy import Clause
from rpol.model.problems.wording import quoted
from rpol.text.diagnostic import Diagnostic, Label
from rpolc.analysis.problems.wording import Evidence, capital, named

# What a case is that a clause of this effect stands in, besides being allowed.
_NOT_FREE: Final = {"license": "in need of a licence", "review": "under review", "deny": "denied", "prohibit": "banned"}


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
        message=f"{capital(named(centre))} stands beside {beside}: the same cases are both allowed and {but}.{more}",
        place=centre.place,
        labels=tuple(Label(other.place, f"{named(other)} stands there too") for other in others),
        help="An `allow` claims that nothing forbids its cases. Narrow one of the two with `when`, or let one set the "
        "other aside with `overrides`.",
        witness=evidence.witness,
        example=evidence.example,
        regions=evidence.regions,
    )


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
    what = f"Control {quoted(clause.control)}" if rest else capital(named(clause))
    return Diagnostic(
        name="never-in-force",
        severity="warning",
        message=f"{what} is in force on no day on which a case meets its conditions, in the base or in a scenario.",
        place=clause.place,
        labels=tuple(Label(other.place, "nor is this") for other in rest),
        help="Look at its window, its instrument's, and the acts that suspend or repeal it.",
    )
