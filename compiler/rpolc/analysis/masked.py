"""Clauses that never matter: left out, every decision stays the same (language.md, section 4).

Decisions are compared on the whole plane of both dates, in the base and in each scenario. `in force` and acts still see
a clause that is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Set
from typing import TypeAlias

from attrs import frozen

from rpol.model.resolution.circles import arrange
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.account import shown_alone
from rpolc.analysis.apart import tells_apart
from rpolc.analysis.contrast import Contrast
from rpolc.analysis.parting import Record
from rpolc.analysis.study import Study
from rpolc.space.explore import GaveUpError

# Sets of clauses, of each of which one is a reason that a clause does not matter somewhere.
Reasons: TypeAlias = Collection[frozenset[int]]


@frozen
class Masks:
    """Clauses that never matter, each with clauses that together mask it; and clauses that gave up."""

    maskers: Mapping[int, tuple[int, ...]]
    undecided: tuple[int, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """All of them."""
        return frozenset((*self.maskers, *self.undecided))


def find_masks(study: Study, passed_over: Set[int]) -> Masks:
    """Return the clauses that never matter.

    `passed_over` are clauses of which something worse is said: they contradict others, or have no case. An implied
    `license` is looked at only where it is all its control has.
    """
    clauses = study.policy.clauses
    sizes = Counter(clause.rule for clause in clauses)
    reasons: dict[int, set[frozenset[int]]] = {}
    undecided: list[int] = []
    for number in range(len(study.policy.clauses)):
        if number in passed_over or (clauses[number].implied and sizes[clauses[number].rule] > 1):
            continue
        seen: set[frozenset[int]] = set()
        try:
            if not matters(study, number, seen.update):
                reasons[number] = seen
        except GaveUpError:
            undecided.append(number)
    maskers = {number: _hitting(some, reasons.keys()) for number, some in reasons.items()}
    return Masks(maskers, tuple(undecided))


def masked(study: Study, masks: Masks) -> tuple[Diagnostic, ...]:
    """Return a problem for each clause that never matters, but one for clauses that hide each other."""
    return (
        *(_report(study, group) for group in _groups(masks.maskers)),
        *(problems.undecided.mask(study.policy.clauses[number], study.steps) for number in masks.undecided),
    )


def matters(study: Study, number: int, record: Record | None = None) -> bool:
    """Tell whether some decision differs if a clause is left out. Raise GaveUpError when the budget is spent."""
    contrast = Contrast(study.rules, study.rules, only_old=frozenset((number,)))
    return tells_apart(study, contrast, study.ground.region(number), record)


def _hitting(reasons: Reasons, masked: Set[int]) -> tuple[int, ...]:
    """Return clauses of which each set has one: few, and such as are not masked themselves where there is a choice."""
    left = [set(some) for some in reasons]
    chosen: list[int] = []
    while left:
        counts = Counter(number for some in left for number in some)
        best = max(counts, key=lambda number: (counts[number], number not in masked, -number))
        if counts[best] < len(left):
            best = max(counts, key=lambda number: (number not in masked, counts[number], -number))
        chosen.append(best)
        left = [some for some in left if best not in some]
    return tuple(sorted(chosen))


@frozen
class _Group:
    """Clauses that hide each other, or one that is masked by others."""

    clauses: tuple[int, ...]
    by: tuple[int, ...]


def _groups(found: Mapping[int, tuple[int, ...]]) -> Iterator[_Group]:
    _, circles = arrange({number: [by for by in maskers if by in found] for number, maskers in found.items()})
    told: set[int] = set()
    for circle in circles:
        if told.isdisjoint(circle):
            told.update(circle)
            others = {by for number in circle for by in found[number]} - set(circle)
            yield _Group(tuple(sorted(circle)), tuple(sorted(others)))
    for number, by in found.items():
        if number not in told:
            yield _Group((number,), by)


def _report(study: Study, group: _Group) -> Diagnostic:
    """Return the problem of a group, at the clause written last."""
    clauses = study.policy.clauses
    *others, number = group.clauses
    shown = shown_alone(study, study.ground.region(number), f"the same without {clauses[number].control}")
    problem = problems.clauses.idle_exception if clauses[number].effect == "exempt" else problems.clauses.masked_clause
    return problem(clauses[number], [clauses[one] for one in others], [clauses[one] for one in group.by], shown)
