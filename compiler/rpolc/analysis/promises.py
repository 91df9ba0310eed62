"""Promises: `always` and `never`, proved over all cases and days, in the base and in each scenario."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rpol.model.policy import Promise
from rpol.runtime.contents import Box, Region
from rpol.runtime.ladder import RANK
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.account import account
from rpolc.analysis.ground import Ground, first_case, search
from rpolc.analysis.questions import outcome_is_not
from rpolc.analysis.study import Study
from rpolc.analysis.witness import ReplayError
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.region import intersection


def promises(study: Study) -> tuple[Diagnostic, ...]:
    """Return a problem for each promise that fails, that speaks of no case, or that could not be decided."""
    return tuple(problem for promise in study.policy.promises for problem in _check(study, promise))


def _check(study: Study, promise: Promise) -> Iterator[Diagnostic]:
    budget = study.budget()
    try:
        within = study.cases(promise.condition, None, all_known_on=promise.names_known_on)
        if first_case(study.ground, within, budget) is None:
            yield problems.claims.empty_promise(promise)
            return
        parts = tuple(breaking(study.ground, promise, within, budget))
    except GaveUpError:
        yield problems.undecided.promise(promise, study.steps)
        return
    if parts:
        yield _report(study, promise, within, parts)


def keeps(promise: Promise, outcome: str) -> bool:
    """Tell whether an outcome is one that the promise allows."""
    if promise.word == "never":
        return outcome != promise.outcome
    return outcome == promise.outcome or (promise.or_stricter and RANK[outcome] > RANK[promise.outcome])


def _report(study: Study, promise: Promise, within: Region, parts: Region) -> Diagnostic:
    def showing(box: Box, budget: Budget) -> Iterator[Box]:
        return breaking(study.ground, promise, intersection(within, (box,)), budget)

    shown = account(study, parts, showing, f"breaks a promise: {promise.word} {promise.outcome}")
    if keeps(promise, shown.verdict.outcome):
        raise ReplayError(f"The promise holds in {shown.case}.")
    return problems.claims.broken_promise(promise, shown.evidence)


def breaking(ground: Ground, promise: Promise, within: Region, budget: Budget) -> Iterator[Box]:
    """Yield disjoint boxes that make up exactly the cases of `within` that break the promise."""
    return search(ground, within, outcome_is_not(ground.rules, partial(keeps, promise)), budget)
