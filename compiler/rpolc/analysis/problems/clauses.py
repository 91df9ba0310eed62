"""The wording of what is wrong with clauses: they contradict, or can never matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rpol.model.policy import Clause, Link
from rpol.model.problems.wording import quoted
from rpol.text.diagnostic import Diagnostic, Label
from rpolc.analysis.problems.wording import Evidence, capital, named

_MOST_LABELS: Final = 10
_MOST_NAMED: Final = 3
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


def masked_clause(clause: Clause, hiding: Sequence[Clause], by: Sequence[Clause], shown: Evidence) -> Diagnostic:
    """`by` are clauses that together mask it; `hiding`: others of which each is masked by all of these and the rest."""
    what = capital(named(clause))
    if hiding:
        message = (
            f"{what} and {_all_named(hiding)} hide each other: without any one of them every decision is the same."
        )
        message += f" In some of their cases {_all_named(by)} decide{'s' if len(by) == 1 else ''}." if by else ""
    elif by:
        together = " together" if len(by) > 1 else ""
        message = f"{what} never matters: without it every decision is the same. {capital(_all_named(by))} mask" + (
            f"{'s' if len(by) == 1 else ''} it{together}."
        )
    else:
        message = f"{what} never matters: without it every decision is the same. {_why_alone(clause)}"
    return Diagnostic(
        name="masked-clause",
        severity="warning",
        message=message,
        place=clause.place,
        labels=(*_hiding(hiding), *_masking(by)),
        help="Leave it out, or make it stricter, or narrow what masks it.",
        witness=shown.witness,
        example=shown.example,
    )


def idle_exception(clause: Clause, hiding: Sequence[Clause], by: Sequence[Clause], shown: Evidence) -> Diagnostic:
    """`by` are clauses that stand where what it lifts would, or that lift that as well; `hiding`: see above."""
    because = ""
    if hiding:
        because = f" It and {_all_named(hiding)} hide each other."
    if by:
        because += f" {capital(_all_named(by))} decide{'s' if len(by) == 1 else ''} its cases all the same."
    return Diagnostic(
        name="idle-exception",
        severity="warning",
        message=f"{capital(named(clause))} excepts nothing: without it every decision is the same."
        f"{because or ' Nothing that it lifts applies in its cases.'}",
        place=clause.place,
        labels=(*_hiding(hiding), *_masking(by)),
        help="Leave it out, or look whether it stands in the right control.",
        witness=shown.witness,
        example=shown.example,
    )


def idle_override(link: Link, carrier: Clause, shown: Evidence | None) -> Diagnostic:
    """`carrier` is a clause it is written for; `shown` a case in which that meets what is to be lifted, if any."""
    if shown is None:
        why = f"{capital(named(carrier))} holds in no case together with anything that this reaches."
    else:
        why = "Where both meet, every decision is the same without it."
    return Diagnostic(
        name="idle-override",
        severity="warning",
        message=f"`overrides {link.name}` sets nothing aside. {why}",
        place=link.place,
        help="Leave the name out, or look whether another was meant.",
        witness=None if shown is None else shown.witness,
        example=None if shown is None else shown.example,
    )


def idle_supplement(link: Link, rule: Clause, shown: Evidence | None) -> Diagnostic:
    """`rule` is a clause of the control; without `shown` the control reaches no case at all."""
    if shown is None:
        why = (
            f"No licence under {quoted(link.name)} applies in a case that meets the conditions of "
            f"{quoted(rule.control)}, so it reaches none."
        )
    else:
        why = "Every decision is the same without it."
    return Diagnostic(
        name="idle-supplement",
        severity="warning",
        message=f"`supplements {link.name}` adds nothing. {why}",
        place=link.place,
        help="Name what the control adds to, or leave the name out."
        if shown is None
        else "Leave the name out, or look whether another was meant.",
        witness=None if shown is None else shown.witness,
        example=None if shown is None else shown.example,
    )


def _why_alone(clause: Clause) -> str:
    if clause.effect in ("review", "deny"):
        return "No licence that it rests on applies in its cases."
    return "What it says is so in its cases all the same."


def _hiding(others: Sequence[Clause]) -> tuple[Label, ...]:
    """Return a label for each, however many: they have no message of their own."""
    return tuple(Label(other.place, "they hide each other") for other in others)


def _masking(by: Sequence[Clause]) -> tuple[Label, ...]:
    return tuple(Label(other.place, "this decides there") for other in by[:_MOST_LABELS])


def _all_named(clauses: Sequence[Clause]) -> str:
    """Return clauses in words; of many only the first."""
    shown = [named(clause) for clause in clauses[:_MOST_NAMED]]
    if len(clauses) > len(shown):
        shown.append(f"{len(clauses) - len(shown)} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
