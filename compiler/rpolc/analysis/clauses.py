"""Clauses that no case can meet: an empty region, or no day on which they are in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from rpol.model.policy import Clause
from rpol.runtime.contents import Region
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.ground import first_case
from rpolc.analysis.study import Study
from rpolc.space.explore import GaveUpError


def clauses(study: Study) -> tuple[Diagnostic, ...]:
    """Return a problem for each clause that holds in no case; one for a control if none of its clauses does."""
    empty: list[Clause] = []
    idle: list[Clause] = []
    undecided: list[Diagnostic] = []
    for clause in study.policy.clauses:
        try:
            if not _has_case(study, study.ground.region(clause.index)):
                possible = _has_case(study, study.lowered.region_of(clause.condition))
                (idle if possible else empty).append(clause)
        except GaveUpError:
            undecided.append(problems.undecided.clause(clause, study.steps))
    return (
        *_by_control(study, empty, problems.clauses.empty_clause),
        *_by_control(study, idle, problems.clauses.never_in_force),
        *undecided,
    )


def _has_case(study: Study, region: Region) -> bool:
    return first_case(study.ground, region, study.budget()) is not None


def _by_control(
    study: Study, found: Sequence[Clause], problem: Callable[[Clause, Sequence[Clause]], Diagnostic]
) -> Iterator[Diagnostic]:
    """Yield a problem for each clause; of a control all of whose clauses are found, one at the first written."""
    sizes = Counter(clause.rule for clause in study.policy.clauses)
    for rule, of_rule in _by_rule(found).items():
        if len(of_rule) < sizes[rule]:
            yield from (problem(clause, ()) for clause in of_rule)
        else:
            first = min(of_rule, key=lambda clause: (clause.implied, clause.index))
            yield problem(first, [clause for clause in of_rule if clause is not first])


def _by_rule(clauses: Sequence[Clause]) -> dict[int, list[Clause]]:
    found: dict[int, list[Clause]] = defaultdict(list)
    for clause in clauses:
        found[clause.rule].append(clause)
    return found
