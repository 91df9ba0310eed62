"""Contradictions: an `allow` that stands beside a stricter clause (language.md, section 3, "Apply, stand, lift", 6).

Searched on the whole plane of both dates, in the base and in each scenario. Boxes that meet give the pairs worth a
look; each pair is settled in scenes of its own, with the clauses on which it can turn whether the two stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from functools import reduce
from operator import or_

from attrs import frozen

from rpol.runtime.bits import members
from rpol.runtime.contents import Box, Region
from rpol.runtime.ladder import RANK
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.account import account
from rpolc.analysis.ground import Ground, search
from rpolc.analysis.questions import stands_beside
from rpolc.analysis.study import Study
from rpolc.analysis.witness import ReplayError
from rpolc.space.explore import Budget, GaveUpError


@frozen
class Pair:
    """An `allow` and a stricter clause, neither of which lifts the other."""

    allow: int
    other: int


@frozen
class Contradicting:
    """Pairs that stand side by side, each with a part of the case space in which they do; and pairs that gave up."""

    pairs: Mapping[Pair, Box]
    undecided: tuple[Pair, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The clauses of all of them."""
        return frozenset(number for pair in (*self.pairs, *self.undecided) for number in (pair.allow, pair.other))


def find_contradicting(study: Study) -> Contradicting:
    """Return the pairs that contradict each other."""
    found: dict[Pair, Box] = {}
    undecided: list[Pair] = []
    for pair in candidates(study.ground):
        try:
            part = next(standing_together(study.ground, pair.allow, {pair.other}, study.budget()), None)
        except GaveUpError:
            undecided.append(pair)
        else:
            if part is not None:
                found[pair] = part
    return Contradicting(found, tuple(undecided))


def contradictions(study: Study, found: Contradicting) -> tuple[Diagnostic, ...]:
    """Return a problem for each clause that contradicts others, so that each pair is told once; and what gave up."""
    clauses = study.policy.clauses
    return (
        *(_report(study, centre, around, found.pairs) for centre, around in _stars(found.pairs)),
        *(
            problems.undecided.contradiction(clauses[pair.allow], clauses[pair.other], study.steps)
            for pair in found.undecided
        ),
    )


def candidates(ground: Ground) -> Iterator[Pair]:
    """Yield the pairs that hold in one case at least, as far as boxes tell."""
    ranks, clauses = ground.rules.ranks, ground.contents.clauses
    stricter = reduce(or_, (ground.boxes_by_clause[n] for n, rank in enumerate(ranks) if rank > RANK["allow"]), 0)
    for allow in (number for number, rank in enumerate(ranks) if rank == RANK["allow"]):
        meeting = reduce(or_, (ground.index.meeting(box) for box in ground.region(allow)), 0) & stricter
        others = {other for number in members(meeting) for other in ground.clauses_by_box[number]}
        for other in sorted(others):
            lifting = other in clauses[allow].lifts or allow in clauses[other].lifts
            if ranks[other] > RANK["allow"] and not lifting:
                yield Pair(allow, other)


def standing_together(ground: Ground, clause: int, others: Set[int], budget: Budget) -> Iterator[Box]:
    """Yield disjoint boxes that make up exactly the cases in which `clause` stands and one of `others` does."""
    met = reduce(or_, (ground.boxes_by_clause[other] for other in others), 0)
    within = tuple(box for box in ground.region(clause) if ground.index.meeting(box) & met)
    return _standing_together_in(ground, clause, others, within, budget)


def _standing_together_in(
    ground: Ground, clause: int, others: Set[int], within: Region, budget: Budget
) -> Iterator[Box]:
    question = stands_beside(ground.rules, clause, others)
    among = reduce(or_, (ground.related(number) for number in (clause, *others)))
    return search(ground, within, question, budget, among=among)


def _stars(pairs: Collection[Pair]) -> Iterator[tuple[int, tuple[Pair, ...]]]:
    """Part pairs into as few groups around one clause as a greedy choice gives: the clause with the most pairs first.

    Of clauses with as many, the `allow` is at the centre, for it makes the claim.
    """
    around: dict[int, dict[Pair, None]] = defaultdict(dict)
    for pair in pairs:
        around[pair.allow][pair] = around[pair.other][pair] = None
    allows = {pair.allow for pair in pairs}
    while around:
        centre = max(around, key=lambda clause: (len(around[clause]), clause in allows, -clause))
        gathered = tuple(around.pop(centre))
        for pair in gathered:
            partner = pair.other if pair.allow == centre else pair.allow
            del around[partner][pair]
            if not around[partner]:
                del around[partner]
        yield centre, gathered


def _report(study: Study, centre: int, pairs: tuple[Pair, ...], found: Mapping[Pair, Box]) -> Diagnostic:
    clauses = study.policy.clauses
    others = {pair.other if pair.allow == centre else pair.allow for pair in pairs}
    try:
        parts = tuple(standing_together(study.ground, centre, others, study.budget()))
        complete = True
    except GaveUpError:
        parts = tuple(found[pair] for pair in pairs)
        complete = False

    def showing(box: Box, budget: Budget) -> Iterator[Box]:
        return _standing_together_in(study.ground, centre, others, (box,), budget)

    shown = account(study, parts, showing, f"both allowed and not: {clauses[centre].control}")
    if centre not in shown.verdict.standing or others.isdisjoint(shown.verdict.standing):
        raise ReplayError(f"{centre} does not stand beside {others} in {shown.case}.")
    beside = [clauses[other] for other in sorted(others)]
    return problems.clauses.contradiction(clauses[centre], beside, shown.evidence, complete=complete)
