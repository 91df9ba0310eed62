"""The wording of what is wrong with acts: they overlap, do nothing, never end; and of what rests on unconfirmed law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from attrs import frozen

from rpol.model.plane import Region
from rpol.model.policy import Act, Clause, Doubt, Target
from rpol.model.problems.wording import listed, quoted
from rpol.runtime.numerals import day_text
from rpol.text.diagnostic import Diagnostic, Label
from rpol.text.source import Place
from rpolc.analysis.problems.days import days_text
from rpolc.analysis.problems.wording import named

_MOST_LABELS: Final = 10
# Of the clauses that rest on a statement, how many are named, and how many are pointed at.
_MOST_NAMED: Final = 3
_DOES: Final = {"suspend": "suspends", "repeal": "repeals"}

# Where something is so, for the base and each scenario.
Where: TypeAlias = Mapping[str, Region]
# Why an act does nothing to a target: it rests on all its days; nothing cites the target; the target is not in force on
# these days; others do the same; some of both.
Why: TypeAlias = Literal["resting", "nothing there", "not in force", "done by others", "partly done by others"]


@frozen
class Other:
    """What another act does to the same thing, and on which days both are at work."""

    act: Act
    target: Target
    days: Where


@frozen
class Idle:
    """A target to which an act does nothing, the days on which the act is at work, and the acts that do the same."""

    target: Target
    why: Why
    days: Where
    others: tuple[Other, ...] = ()


# ---------------------------------------------------------------- suspensions


def idle_suspension(instrument: str, act: Act, idle: Sequence[Idle]) -> Diagnostic:
    """`idle` are the targets to which the act does nothing, all of its own or some."""
    whole = len(idle) == len(act.targets)
    which = "" if whole else f" for {_targets(idle)}"
    reasons: dict[str, list[Idle]] = {}
    for one in idle:
        reasons.setdefault(one.why, []).append(one)
    because = [
        _because(instrument, act, some, _targets(some) if whole or len(reasons) > 1 else _pronoun(some))
        for some in reasons.values()
    ]
    out = "the act out" if whole else f"{_targets(idle)} out of it"
    remedy = "write what it is to reach" if "nothing there" in reasons else "mend its days"
    return Diagnostic(
        name="idle-suspension",
        severity="warning",
        message=f"This `{act.word}` changes nothing{which}. {' '.join(because)}",
        place=act.place,
        labels=_labels([other for one in idle for other in one.others if other.act is not act]),
        help=f"Take {out}, or {remedy}.",
    )


def _because(instrument: str, act: Act, idle: Sequence[Idle], what: str) -> str:
    """Return a sentence on targets that have the same reason; `what` stands for them."""
    days = days_text(idle[0].days)
    match idle[0].why:
        case "resting":
            return f"On all its days {quoted(instrument)} is itself suspended or repealed, so it rests."
        case "nothing there":
            return f"No clause, list row or act stands under {what}, and no `in force` asks for {_pronoun(idle)}."
        case "not in force":
            return f"It is at work {days}, and on those days nothing under {what} is in force anyway."
        case "done by others":
            return f"On all its days, {days}, {what} {_is(idle)} suspended or repealed {_by(act, idle)} already."
        case "partly done by others":
            return (
                f"On all its days, {days}, {what} {_is(idle)} not in force anyway, or suspended or repealed "
                f"{_by(act, idle)} already."
            )


def _pronoun(idle: Sequence[Idle]) -> str:
    return "it" if len(idle) == 1 else "them"


def _is(idle: Sequence[Idle]) -> str:
    return "is" if len(idle) == 1 else "are"


def _by(act: Act, idle: Sequence[Idle]) -> str:
    own = {target_text(other.target): None for one in idle for other in one.others if other.act is act}
    others = any(other.act is not act for one in idle for other in one.others)
    within = f"with {listed(tuple(own))}" if own else ""
    return f"{within} or by another act" if own and others else within or "by another act"


def overlapping_suspension(act: Act, others: Sequence[Other], days: Where, next_day: int | None) -> Diagnostic:
    """`others` are earlier acts of the same word on the same things, `days` those of the overlap.

    `next_day` is the first day after the other act, where there is one other and `act` goes on after it.
    """
    what = listed(tuple(dict.fromkeys(target_text(other.target) for other in others)))
    earlier = "an earlier one" if len({other.act.place for other in others}) == 1 else "earlier ones"
    extend = "" if next_day is None else f" If this goes on with the first, write `effective {day_text(next_day)}`."
    return Diagnostic(
        name="overlapping-suspension",
        severity="warning",
        message=f"This act and {earlier} both {act.word} {what} {days_text(days)}.",
        place=act.place,
        labels=_labels(others),
        help=f"Let one start on the day after the other ends.{extend}",
    )


def _labels(others: Sequence[Other]) -> tuple[Label, ...]:
    """Return a label for each of the other acts; of several each says its days."""
    by_act: dict[Place, list[Other]] = {}
    for other in others:
        by_act.setdefault(other.act.place, []).append(other)
    labels = []
    for place, of_act in list(by_act.items())[:_MOST_LABELS]:
        what = listed(tuple(dict.fromkeys(target_text(one.target) for one in of_act)))
        days = "" if len(by_act) == 1 else f", {days_text(of_act[0].days)}"
        labels.append(Label(place, f"this {_DOES[of_act[0].act.word]} {what}{days}"))
    return tuple(labels)


def open_suspension(instrument: str, act: Act) -> Diagnostic:
    return Diagnostic(
        name="open-suspension",
        severity="warning",
        message=f"This `suspend` has no end, nor has {quoted(instrument)}. Is it a `repeal`?",
        place=act.place,
        help="Write the last day, as in `through DATE`; or, where it is for good, `repeal` in place of `suspend`.",
    )


def target_text(target: Target) -> str:
    """Return what an act names, as written."""
    return f'{target.instrument} "{target.paragraph}"' if target.paragraph is not None else target.instrument


def _targets(idle: Sequence[Idle]) -> str:
    return listed(tuple(dict.fromkeys(target_text(one.target) for one in idle)))


# ---------------------------------------------------------------- unconfirmed law


def unconfirmed_state(
    doubt: Doubt, at_work: Where, days: Where, clauses: Sequence[Clause], witness: Mapping[str, object] | None
) -> Diagnostic:
    """`at_work` are the days of the statement, `days` those on which decisions rest on it, by these clauses."""
    if clauses:
        apply = "applies" if len(clauses) == 1 else "apply"
        message = f"It is unconfirmed whether {_clauses(clauses)} {apply}, {days_text(days)}: {doubt.why}"
        advice = "Find out what is so by now. Until then such a decision is marked, and shows what each scenario says."
    elif all(region.empty for region in at_work.values()):
        message = f"This statement is at work on no day, so no decision rests on it: {doubt.why}"
        advice = "Take it out, or mend its days."
    else:
        message = f"No decision rests on this on its days, {days_text(at_work)}: {doubt.why}"
        advice = (
            "The same clauses apply then, whether all that its instrument's acts name is repealed or nothing of it. "
            "Take the statement out, or mend its days."
        )
    return Diagnostic(
        name="unconfirmed-state",
        severity="note",
        message=message,
        place=doubt.place,
        labels=tuple(Label(clause.place, "whether this applies rests on it") for clause in clauses[:_MOST_NAMED]),
        help=advice,
        witness=witness,
    )


def _clauses(clauses: Sequence[Clause]) -> str:
    if len(clauses) > _MOST_NAMED:
        return f"{len(clauses):,} clauses"
    names = tuple(dict.fromkeys(named(clause) for clause in clauses))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def undecided_state(doubt: Doubt, steps: int) -> Diagnostic:
    return Diagnostic(
        name="not-decided",
        severity="error",
        message="It is not decided on which days decisions rest on this `unconfirmed` statement: the check gave up "
        f"after {steps:,} steps.",
        place=doubt.place,
        help="Allow the check more steps, or make the conditions simpler.",
    )
