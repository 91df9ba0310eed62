"""Give account of where something is so: regions in the author's words, and one case that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve, frozen

from rpol.model.judge import Verdict
from rpol.runtime.axes import SCENARIO, OrderedAxis
from rpol.runtime.bits import edges, mask_of, members
from rpol.runtime.contents import Box, Region
from rpol.text import diagnostic
from rpolc.analysis.ground import Ground, first_case
from rpolc.analysis.phrases import region_text
from rpolc.analysis.pick import Case, pick
from rpolc.analysis.problems.wording import Evidence
from rpolc.analysis.study import Study
from rpolc.analysis.vocabulary import Vocabulary
from rpolc.analysis.witness import Showing, as_example, in_request_form, narrowed_names, witness, witness_alone
from rpolc.space import box as boxes
from rpolc.space import region as regions
from rpolc.space.cover import Covered, cover
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.grow import Piece

_STEPS: Final = 100
# How many boxes may be looked at to tell one region in few pieces.
_STEPS_TO_COVER: Final = 40_000


@frozen
class Account:
    """Evidence, and the case in it with what is decided there."""

    evidence: Evidence
    case: Case
    verdict: Verdict


def account(study: Study, parts: Region, showing: Showing, title: str) -> Account:
    """Return evidence of these disjoint parts: all of them, in few words, and a case of the first.

    Those of the base come first, and of these the largest. `title` heads the example.
    """
    scenario = study.axis(SCENARIO)

    def rank(box: Box) -> tuple[bool, int, Box]:
        in_base = dict(box).get(scenario, 1) & 1
        return not in_base, -boxes.count(study.space, box), box

    largest = min(parts, key=rank)
    shown = witness(study, largest, showing)
    case = in_request_form(study.vocabulary, shown.case, shown.told)
    first, *others = sorted(_pieces(study, parts), key=lambda one: rank(one.piece.base)[0])
    told = [_in_words(study, one) for one in (first, *others)]
    if boxes.holds(first.piece.base, shown.case.point):
        told[0] = evolve(told[0], witness=case)
    evidence = Evidence(
        regions=tuple(told),
        witness=case,
        example=as_example(study, shown, title),
        outcome=shown.verdict.outcome,
        mark=shown.verdict.mark,
        because=tuple(study.policy.clauses[number] for number in sorted(shown.verdict.because)),
    )
    return Account(evidence, shown.case, shown.verdict)


def _pieces(study: Study, parts: Region) -> tuple[Covered, ...]:
    """Return the parts as few large pieces, or where that takes too long, as they are."""
    joined = regions.merge(study.space, parts)
    budget = Budget(min(_STEPS_TO_COVER, study.covering.steps))
    granted = budget.steps
    try:
        return cover(study.space, joined, study.ground.broken_boxes, budget)
    except GaveUpError:
        return tuple(Covered(Piece(box), boxes.pick(study.space, box)) for box in joined)
    finally:
        study.covering.steps -= granted - budget.steps


def shown_alone(study: Study, region: Region, title: str) -> Evidence:
    """Return evidence of one case of a region, with what is decided there, and no more attributes than that needs."""
    shown = witness_alone(study, region)
    case = in_request_form(study.vocabulary, shown.case, shown.told)
    return Evidence((), case, as_example(study, shown, title), shown.verdict.outcome, shown.verdict.mark)


def _in_words(study: Study, one: Covered) -> diagnostic.Region:
    """Return a piece in words, with a plain case of it; its base may reach where facts leave no case."""
    case = pick(study.vocabulary, study.space, one.piece.base)
    if one.piece.excepted or study.ground.index.meeting(boxes.at(case.point, study.space)) & study.ground.broken:
        case = pick(study.vocabulary, study.space, boxes.at(one.point, study.space))
    return region_in_words(study.ground, study.vocabulary, one.piece, case)


def region_in_words(ground: Ground, vocabulary: Vocabulary, where: Piece, case: Case) -> diagnostic.Region:
    """Return a piece in words, with a case of it told as far as the words narrow it."""
    base = plain(ground, where.base)
    cells = dict(where.base)

    def exception(box: Box) -> str:
        """Return in words what a box excepts: only where it is narrower than the base."""
        common = boxes.meet(where.base, box) or ()
        narrower = tuple(cell for cell in common if cells.get(cell[0]) != cell[1])
        return region_text(vocabulary, narrower, within=common)

    told = narrowed_names(vocabulary, (*base, *(cell for box in where.excepted for cell in box)))
    excepted = tuple(map(exception, where.excepted))
    return diagnostic.Region(region_text(vocabulary, base), in_request_form(vocabulary, case, told), excepted)


def plain(ground: Ground, box: Box) -> Box:
    """Return a box with the same cases that is simpler to tell: where facts leave no case, it may as well reach."""
    excluded, space = ground.excluded, ground.space
    for axis, _ in box:
        if axis in excluded:
            box = _in_one_run(ground, box, axis)
            for wider in _wider(ground, axis, dict(box)[axis]):
                told = dict(box).get(axis, space.whole[axis])
                more = wider & ~told
                if more and not more & ~excluded[axis] and _is_void(ground, boxes.put(space, box, axis, more)):
                    box = boxes.put(space, box, axis, told | more)
    return box


def _in_one_run(ground: Ground, box: Box, axis: int) -> Box:
    """Return a box without the classes of an ordered axis in which it has no case, if that leaves one run of them."""
    mask = dict(box)[axis]
    if not isinstance(ground.contents.axes[axis], OrderedAxis) or len(edges(mask)) == 2:
        return box
    idle = mask_of(
        number
        for number in members(mask & ground.excluded[axis])
        if _is_void(ground, boxes.put(ground.space, box, axis, 1 << number))
    )
    kept = mask & ~idle
    return boxes.put(ground.space, box, axis, kept) if kept and len(edges(kept)) == 2 else box


def _wider(ground: Ground, axis: int, mask: int) -> Iterator[int]:
    """Yield all classes; and of an ordered axis those of `mask` without a lower end, and without an upper end."""
    whole = ground.space.whole[axis]
    yield whole
    of_axis = ground.contents.axes[axis]
    if isinstance(of_axis, OrderedAxis):
        values = whole if of_axis.none_class is None else whole & ~(1 << of_axis.none_class)
        yield mask | (mask & -mask) - 1
        yield mask | values & ~((1 << mask.bit_length()) - 1)


def _is_void(ground: Ground, box: Box) -> bool:
    """Tell whether no case lies in a box, as far as a small budget reaches."""
    try:
        return first_case(ground, (box,), Budget(_STEPS)) is None
    except GaveUpError:
        return False
