"""Where changes take place: few large pieces, told as their author would: here, except there and there.

A place is where clauses of one version hold alone. In it most cases are changed alike; what is not is excepted, and
looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from attrs import field, frozen

from rpol.runtime.axes import KNOWN_ON, SCENARIO
from rpol.runtime.bounds import Verdict
from rpol.runtime.contents import Box, Region
from rpolc.analysis.contrast import differ_at
from rpolc.analysis.ground import search
from rpolc.analysis.parting import differs, not_changed_so, verdicts_at
from rpolc.analysis.questions import Question, inverted
from rpolc.difference.pairing import Paired
from rpolc.space import box as boxes
from rpolc.space.box import Point, Space, meet, subtract
from rpolc.space.cover import cover
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.grow import Piece, grow, piece
from rpolc.space.region import disjoint

# Outcome and mark of the old and of the new version.
Verdicts: TypeAlias = tuple[Verdict, Verdict]
# A piece with a case of it.
Place: TypeAlias = tuple[Piece, Point]
Found: TypeAlias = dict[Verdicts, list[Place]]
# A place with more exceptions than these is told in smaller pieces instead.
_MOST_EXCEPTIONS: Final = 40


def places(paired: Paired, budget: Budget) -> tuple[Found, Region]:
    """Return for each change disjoint pieces in which it takes place, and boxes in which all changes are among these.

    These boxes hold all changes, unless the budget is spent before.
    """
    found: Found = {}
    done: list[Box] = []
    try:
        for base in _bases(paired, budget):
            finding = _Finding(paired, budget)
            finding.tell(base, done)
            for changed, some in finding.found.items():
                found.setdefault(changed, []).extend(some)
            done.append(base)
    except GaveUpError:
        pass
    return found, tuple(done)


def _bases(paired: Paired, budget: Budget) -> Iterator[Box]:
    """Yield boxes that hold all cases in which decisions can differ, and no others.

    What holds without a scenario and with no limit on what is known comes first: it is what people ask about. In either
    part clause by clause where each holds in one version alone, the strictest first; then what other links change.
    """
    space, usual = paired.ground.space, _usual(paired)
    ranks = paired.contrast.old.ranks
    alone = sorted(
        paired.contrast.only_old | paired.contrast.only_new,
        key=lambda number: -ranks[paired.contrast.aliases.get(number, number)],
    )
    groups = [disjoint(space, region, budget) for region in (*map(paired.ground.region, alone), paired.within)]
    for parts in groups:
        yield from _covering(paired, [met for part in parts if (met := meet(part, usual)) is not None], budget)
    for parts in groups:
        yield from _covering(paired, [rest for part in parts for rest in subtract(space, part, usual)], budget)


def _covering(paired: Paired, parts: Sequence[Box], budget: Budget) -> Iterator[Box]:
    """Yield large boxes that hold these parts, which are disjoint, and no others."""
    if parts:
        void = paired.ground.broken_boxes
        yield from (one.piece.base for one in cover(paired.ground.space, tuple(parts), void, budget))


def _usual(paired: Paired) -> Box:
    """Return the cases without a scenario and with no limit on `known_on`."""
    cells = {}
    for number, axis in enumerate(paired.ground.contents.axes):
        if axis.attribute == KNOWN_ON:
            cells[number] = 1 << axis.size - 1
        if axis.attribute == SCENARIO:
            cells[number] = 1
    whole = paired.ground.space.whole
    return tuple((number, cell) for number, cell in cells.items() if cell != whole[number])


@frozen(slots=False)
class _Finding:
    """What is found in one place."""

    paired: Paired
    budget: Budget
    found: Found = field(factory=dict, init=False)

    @property
    def _space(self) -> Space:
        return self.paired.ground.space

    def tell(self, box: Box, told: Sequence[Box]) -> None:
        """Find what takes place in a box and in none of those told."""
        part = self._first(box, differs(self.paired.contrast), told)
        if part is None:
            return
        point = boxes.pick(self._space, part)
        changed = verdicts_at(self.paired.contrast, self.paired.ground.clauses_at(point))
        exceptions = self._exceptions(box, changed, told)
        if exceptions is None:
            self._tell_in_pieces(box, told)
            return
        self.found.setdefault(changed, []).append((piece(self._space, box, (*told, *exceptions)), point))
        for number, exception in enumerate(exceptions):
            self.tell(exception, (*told, *exceptions[:number]))

    def _exceptions(self, box: Box, changed: Verdicts, told: Sequence[Box]) -> list[Box] | None:
        """Return boxes that hold all cases of a box but those told and those changed so; None if there are too many."""
        question = not_changed_so(self.paired.contrast, *changed)
        found: list[Box] = []
        while (part := self._first(box, question, (*told, *found))) is not None:
            if len(found) == _MOST_EXCEPTIONS:
                return None
            found.append(self._grown(part, box, changed, so=False))
        return found

    def _tell_in_pieces(self, box: Box, told: Sequence[Box]) -> None:
        """Find what takes place in a box and in none of those told, each in pieces without exceptions of its own."""
        before = list(told)
        while (part := self._first(box, differs(self.paired.contrast), before)) is not None:
            point = boxes.pick(self._space, part)
            changed = verdicts_at(self.paired.contrast, self.paired.ground.clauses_at(point))
            grown = self._grown(boxes.at(point, self._space), box, changed, so=True)
            self.found.setdefault(changed, []).append((piece(self._space, grown, before), point))
            before.append(grown)

    def _first(self, box: Box, question: Question, without: Sequence[Box]) -> Box | None:
        return next(search(self.paired.ground, (box,), question, self.budget, without=tuple(without)), None)

    def _grown(self, part: Box, within: Box, changed: Verdicts, *, so: bool) -> Box:
        """Return a part of a box as large as can be in which every case is changed so, or none is."""
        ground, contrast = self.paired.ground, self.paired.contrast
        beyond = not_changed_so(contrast, *changed)
        if not so:
            beyond = inverted(beyond)

        def outside(box: Box) -> Box | None:
            return self._first(box, beyond, ())

        def inside(other: Point) -> bool:
            self.budget.spend()
            if ground.index.meeting(boxes.at(other, self._space)) & ground.broken:
                return True
            holding = ground.clauses_at(other)
            return (verdicts_at(contrast, holding) == changed and differ_at(contrast, holding)) == so

        return grow(self._space, part, boxes.pick(self._space, part), inside, outside, self._axes, within)

    @cached_property
    def _axes(self) -> list[int]:
        """The axes, those first along which the fewest boxes are cut: there a box grows farthest."""
        cuts = [0] * len(self._space.sizes)
        for box in self.paired.ground.boxes:
            for axis, _ in box:
                cuts[axis] += 1
        return sorted(range(len(cuts)), key=cuts.__getitem__)
