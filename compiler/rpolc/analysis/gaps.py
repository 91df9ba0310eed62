"""What no rule decides: the cases that fall to `otherwise`, or without one are not controlled.

See language.md, section 3, "Apply, stand, lift", 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rpol.runtime.bounds import fallback
from rpol.runtime.contents import Box
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.account import account
from rpolc.analysis.ground import search
from rpolc.analysis.questions import verdict_is
from rpolc.analysis.study import Study
from rpolc.space.explore import Budget, GaveUpError

# How many parts may be looked at to find all such cases: in a large policy there is no end of them.
_STEPS: Final = 10_000


def gaps(study: Study) -> tuple[Diagnostic, ...]:
    """Return a note of the cases that no rule decides, in the base or a scenario, with no limit on what is known."""

    def undecided(box: Box, budget: Budget) -> Iterator[Box]:
        return search(study.ground, (box,), verdict_is(study.rules, fallback(study.rules)), budget)

    parts: list[Box] = []
    complete = True
    try:
        for part in undecided(study.frame(None, all_known_on=False), Budget(min(study.steps, _STEPS))):
            parts.append(part)  # noqa: PERF402 - what was found is kept when the search gives up
    except GaveUpError:
        complete = False
    if parts:
        shown = account(study, tuple(parts), undecided, "no rule decides this")
        return (problems.gaps.no_rule(study.policy, shown.evidence, complete=complete),)
    return () if complete else (problems.undecided.gaps(study.policy.otherwise_place, study.steps),)
