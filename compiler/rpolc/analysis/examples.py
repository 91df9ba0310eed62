"""Examples: what each expects, held against every case of its `given`, on every day that it leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import eq

from attrs import evolve, frozen

from rpol.model.judge import Situation, applying
from rpol.model.policy import Example, Reason
from rpol.runtime.axes import BASE
from rpol.runtime.bounds import bound, verdicts
from rpol.runtime.contents import Box, Region
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.account import Account, account
from rpolc.analysis.ground import Besides, first_case, search
from rpolc.analysis.questions import Question, none_more_applies, none_sets, outcome_is_not
from rpolc.analysis.study import Study
from rpolc.analysis.witness import ReplayError
from rpolc.space.box import Point
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.region import intersection, uncovered


@frozen
class Failing:
    """What must be so in no case of an example: a question, and the further clauses it speaks of."""

    question: Question
    besides: Besides = ()


def examples(study: Study) -> tuple[Diagnostic, ...]:
    """Return a problem for each example that fails or could not be decided."""
    return tuple(problem for example in study.policy.examples for problem in _check(study, example))


def _check(study: Study, example: Example) -> Iterator[Diagnostic]:
    budget = study.budget()
    try:
        given = study.cases(example.given, example.scenario or BASE, all_known_on=example.names_known_on)
        first = first_case(study.ground, given, budget)
        if first is None:
            yield problems.claims.impossible_example(example)
        elif example.expect == "undetermined":
            yield from _check_undetermined(study, example, given, first, budget)
        else:
            yield from _check_outcome(study, example, given, budget)
    except GaveUpError:
        yield problems.undecided.example(example, study.steps)


def _check_undetermined(
    study: Study, example: Example, given: Region, first: Point, budget: Budget
) -> Iterator[Diagnostic]:
    holding = study.ground.clauses_at(first)
    ((outcome, _),) = verdicts(study.rules, bound(study.rules, holding, holding))
    others = _search(study, given, Failing(outcome_is_not(study.rules, partial(eq, outcome))), budget)
    if next(others, None) is None:
        yield problems.claims.determined_example(example, outcome)


def _check_outcome(study: Study, example: Example, given: Region, budget: Budget) -> Iterator[Diagnostic]:
    failing = Failing(outcome_is_not(study.rules, partial(eq, example.expect)))
    parts = tuple(_search(study, given, failing, budget))
    if parts:
        shown = _account(study, example, given, failing, parts)
        if shown.verdict.outcome == example.expect:
            raise ReplayError(f"The example holds in {shown.case}.")
        everywhere = _is_all(study, given, parts)
        yield problems.claims.failed_example(example, shown.evidence, throughout=everywhere)
        return
    for reason in example.reasons:
        failing = _unless(study, reason)
        parts = tuple(_search(study, given, failing, budget))
        if parts:
            shown = _account(study, example, given, failing, parts)
            _replay(study, reason, shown)
            everywhere = _is_all(study, given, parts)
            yield problems.claims.failed_reason(example, reason, shown.evidence, throughout=everywhere)


def _is_all(study: Study, given: Region, parts: Region) -> bool:
    """Tell whether the parts are all cases of `given`, as far as the budget reaches."""
    cases = (*parts, *study.ground.broken_boxes)
    budget = study.budget()
    try:
        return all(uncovered(study.space, box, cases, budget) is None for box in given)
    except GaveUpError:
        return False


def _unless(study: Study, reason: Reason) -> Failing:
    """Return what must be so in no case: that the reason is none."""
    if not reason.suspended:
        return Failing(none_sets(study.rules, frozenset(reason.clauses)))
    elsewhere = study.untouched(reason.target, _named_by(reason))
    total = len(study.contents.clauses)
    besides = [(number + total, box) for number, region in elsewhere.items() for box in region]
    return Failing(none_more_applies(study.rules, elsewhere.keys()), besides)


def _named_by(reason: Reason) -> frozenset[int]:
    """Return the clauses that a suspended reason names one by one: none if it names an instrument."""
    return frozenset(reason.clauses if reason.target is None else ())


def _search(study: Study, within: Region, failing: Failing, budget: Budget) -> Iterator[Box]:
    return search(study.ground, within, failing.question, budget, besides=failing.besides)


def _account(study: Study, example: Example, given: Region, failing: Failing, parts: Region) -> Account:
    def showing(box: Box, budget: Budget) -> Iterator[Box]:
        return _search(study, intersection(given, (box,)), failing, budget)

    return account(study, parts, showing, f"{example.title}, as it is")


def _replay(study: Study, reason: Reason, shown: Account) -> None:
    """Ask the reference interpreter whether the reason is none in the case shown. Raise ReplayError if it is one."""
    if not reason.suspended:
        is_reason = not shown.verdict.because.isdisjoint(reason.clauses)
    elif study.may_replay():
        reading = study.readings[shown.case.scenario]
        untouched = () if reason.target is None else (reason.target,)
        other = reading.supposing(evolve(reading.world, untouched=untouched, untouched_clauses=_named_by(reason)))
        situation = Situation(shown.case.values, shown.case.date, shown.case.known_on)
        is_reason = not applying(other, situation) <= shown.verdict.applying
    else:
        return
    if is_reason:
        raise ReplayError(f"{reason.text} is a reason in {shown.case}.")
