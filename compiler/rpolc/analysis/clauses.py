"""Clauses that no case can meet: an empty region, or no day on which they are in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from rpol.model.policy import Clause
from rpol.runtime.contents import Region
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.ground import first_case
from rpolc.analysis.study import Study
from rpolc.space.explore import GaveUpError


@frozen
class WithoutCases:
    """Clauses that hold in no case: no case meets their conditions, or they are not in force then; and what gave up."""

    empty: tuple[Clause, ...]
    never_in_force: tuple[Clause, ...]
    undecided: tuple[Clause, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """All of them."""
        return frozenset(clause.index for clause in (*self.empty, *self.never_in_force, *self.undecided))


def find_without_cases(study: Study) -> WithoutCases:
    """Return the clauses that hold in no case."""
    empty: list[Clause] = []
    idle: list[Clause] = []
    undecided: list[Clause] = []
    for clause in study.policy.clauses:
        try:
            if not _has_case(study, study.ground.region(clause.index)):
                possible = _has_case(study, study.lowered.region_of(clause.condition))
                (idle if possible else empty).append(clause)
        except GaveUpError:
            undecided.append(clause)
    return WithoutCases(tuple(empty), tuple(idle), tuple(undecided))


def clauses(study: Study, found: WithoutCases) -> tuple[Diagnostic, ...]:
    """Return a problem for each clause that holds in no case; one for a control if none of its clauses does."""
    return (
        *_by_control(study, found.empty, problems.clauses.empty_clause),
        *_by_control(study, found.never_in_force, problems.clauses.never_in_force),
        *(problems.undecided.clause(clause, study.steps) for clause in found.undecided),
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
