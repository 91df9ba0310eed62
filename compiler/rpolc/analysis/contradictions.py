"""Contradictions: an `allow` that stands beside a stricter clause (language.md, section 3, "Apply, stand, lift", 6).

Searched on the whole plane of both dates, in the base and in each scenario. Boxes that meet give the pairs worth a
look; each pair is settled in scenes of its own, with the clauses on which it can turn whether the two stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import chain
from operator import or_

from attrs import frozen

from rpol.runtime.bits import members
from rpol.runtime.contents import Box, Region
from rpol.runtime.ladder import RANK
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.account import account
from rpolc.analysis.ground import Ground, search
from rpolc.analysis.questions import both_stand
from rpolc.analysis.study import Study
from rpolc.analysis.witness import ReplayError
from rpolc.space import region as regions
from rpolc.space.explore import Budget, GaveUpError


@frozen
class Pair:
    """An `allow` and a stricter clause, neither of which lifts the other."""

    allow: int
    other: int


def contradictions(study: Study) -> tuple[Diagnostic, ...]:
    """Return a problem for each clause that contradicts others, so that each pair is told once; and what gave up."""
    found: dict[Pair, Region] = {}
    undecided: list[Pair] = []
    for pair in candidates(study.ground):
        try:
            parts = tuple(standing_together(study.ground, pair, shared(study.ground, pair), study.budget()))
        except GaveUpError:
            undecided.append(pair)
            continue
        if parts:
            found[pair] = parts
    stars = [_report(study, centre, pairs, found) for centre, pairs in _stars(found)]
    clauses = study.policy.clauses
    return (
        *stars,
        *(problems.undecided_contradiction(clauses[one.allow], clauses[one.other], study.steps) for one in undecided),
    )


def candidates(ground: Ground) -> Iterator[Pair]:
    """Yield the pairs that hold in one case at least, as far as boxes tell."""
    ranks, clauses = ground.rules.ranks, ground.contents.clauses
    stricter = reduce(or_, (ground.boxes_by_clause[n] for n, rank in enumerate(ranks) if rank > RANK["allow"]), 0)
    for allow in (number for number, rank in enumerate(ranks) if rank == RANK["allow"]):
        meeting = reduce(or_, (ground.index.meeting(box) for box in _boxes(ground, allow)), 0) & stricter
        others = {other for number in members(meeting) for other in ground.clauses_by_box[number]}
        for other in sorted(others):
            lifting = other in clauses[allow].lifts or allow in clauses[other].lifts
            if ranks[other] > RANK["allow"] and not lifting:
                yield Pair(allow, other)


def standing_together(ground: Ground, pair: Pair, within: Region, budget: Budget) -> Iterator[Box]:
    """Yield disjoint boxes that make up exactly the cases of `within` in which both clauses of a pair stand."""
    question = both_stand(ground.rules, pair.allow, pair.other)
    among = ground.related(pair.allow) | ground.related(pair.other)
    return search(ground, within, question, budget, among=among)


def shared(ground: Ground, pair: Pair) -> Region:
    """Return the boxes of the `allow` that meet some of the other clause."""
    others = ground.boxes_by_clause[pair.other]
    return tuple(box for box in _boxes(ground, pair.allow) if ground.index.meeting(box) & others)


def _boxes(ground: Ground, clause: int) -> Region:
    return ground.contents.regions[ground.contents.real[clause]]


def _stars(pairs: Iterable[Pair]) -> Iterator[tuple[int, tuple[Pair, ...]]]:
    """Part pairs into as few groups around one clause as a greedy choice gives: the clause with the most pairs first.

    Of clauses with as many, the `allow` is at the centre, for it makes the claim.
    """
    around: dict[int, dict[Pair, None]] = defaultdict(dict)
    allows = set()
    for pair in pairs:
        around[pair.allow][pair] = around[pair.other][pair] = None
        allows.add(pair.allow)
    while around:
        centre = max(around, key=lambda clause: (len(around[clause]), clause in allows, -clause))
        gathered = tuple(around.pop(centre))
        for pair in gathered:
            partner = pair.other if pair.allow == centre else pair.allow
            del around[partner][pair]
            if not around[partner]:
                del around[partner]
        yield centre, gathered


def _report(study: Study, centre: int, pairs: tuple[Pair, ...], found: dict[Pair, Region]) -> Diagnostic:
    clauses = study.policy.clauses
    parts = _apart(study, tuple(chain.from_iterable(found[pair] for pair in pairs)))

    def showing(box: Box, budget: Budget) -> Iterator[Box]:
        return chain.from_iterable(standing_together(study.ground, pair, (box,), budget) for pair in pairs)

    shown = account(study, parts, showing, f"both allowed and not: {clauses[centre].control}")
    if not any({pair.allow, pair.other} <= shown.verdict.standing for pair in pairs):
        raise ReplayError(f"None of {pairs} stands together in {shown.case}.")
    others = [clauses[pair.other if pair.allow == centre else pair.allow] for pair in pairs]
    return problems.contradiction(clauses[centre], others, shown.evidence)


def _apart(study: Study, parts: Region) -> Region:
    """Return the parts made disjoint, as far as the budget reaches: they are right without."""
    try:
        return regions.disjoint(study.space, parts, study.budget())
    except GaveUpError:
        return parts
