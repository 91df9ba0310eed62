"""The adaptive splitter: cut a box up until what is asked is settled everywhere, along another axis in each part.

A judge looks at one part at a time. It is told which of many boxes may meet the part and which surely contain it, and
says that the part is wanted, or not, or which boxes it must know more of. No part is looked at that is settled already,
so that the work follows the boxes that matter there, not the size of the space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from attrs import define, frozen

from rpol.runtime.contents import Box
from rpolc.space.box import Space, from_cells, to_cells

# Whether a part is wanted, and the boxes (as bits) of which the judge must know more: 0 where it is settled.
Judgement: TypeAlias = tuple[bool, int]
WANTED: Final[Judgement] = (True, 0)
UNWANTED: Final[Judgement] = (False, 0)
# Judges a part by the boxes that meet it, of which it may hold only some points, and those that contain it (as bits).
Judge: TypeAlias = Callable[[int, int], Judgement]

# How many parts one search may look at, unless it is told otherwise.
STEPS: Final = 500_000
# Where this many boxes meet a part, a look at it takes a step more.
BOXES_IN_A_STEP: Final = 100
# How many cuts of one axis are weighed against each other.
CUTS_TRIED: Final = 6


class GaveUpError(Exception):
    """The budget of a search is spent: nothing is known of the parts not reached."""


@define
class Budget:
    """How many more parts may be looked at."""

    steps: int

    def spend(self, steps: int = 1) -> None:
        """Take some steps. Raise GaveUpError where none is left."""
        if self.steps <= 0:
            raise GaveUpError
        self.steps -= steps


# Boxes with the same mask on one axis: the mask and the boxes, as bits.
_Group: TypeAlias = tuple[int, int]


@frozen
class _Part:
    """A part of the space: its mask on each axis, the boxes that meet it, and those of them that cut each axis."""

    cells: tuple[int, ...]
    live: int
    groups: tuple[tuple[_Group, ...], ...]
    cutting: tuple[int, ...]


def explore(
    space: Space, start: Box, boxes: Sequence[Box], judge: Judge, budget: Budget, void: int = 0
) -> Iterator[Box]:
    """Yield disjoint boxes that make up exactly the wanted part of `start`, less the boxes in `void`.

    `boxes` are those that the judge speaks of, by their position; those in `void` (as bits) lie outside the question.
    Raise GaveUpError when the budget is spent.
    """
    waiting = [_begin(space, start, boxes)]
    while waiting:
        budget.spend(1 + waiting[-1].live.bit_count() // BOXES_IN_A_STEP)
        part = _leave(waiting.pop(), void)
        if part is None:
            continue
        cut, cut_twice = _cut(part)
        wanted, matters = judge(part.live, part.live & ~cut)
        open_boxes = (matters or (void if wanted else 0)) & part.live & cut
        if open_boxes:
            axis, mask = _choose(part, open_boxes, open_boxes & ~cut_twice)
            inside, outside = part.cells[axis] & mask, part.cells[axis] & ~mask
            waiting += (_narrow(part, axis, outside), _narrow(part, axis, inside))
        elif wanted:
            yield from_cells(space, part.cells)
        else:
            assert not matters, "a judge that is not settled must name a box that is not"


def _begin(space: Space, start: Box, boxes: Sequence[Box]) -> _Part:
    cells = to_cells(space, start)
    groups: list[dict[int, int]] = [{} for _ in cells]
    live = 0
    for number, box in enumerate(boxes):
        if all(mask & cells[axis] for axis, mask in box):
            live |= 1 << number
            for axis, mask in box:
                if cells[axis] & ~mask:
                    groups[axis][mask] = groups[axis].get(mask, 0) | 1 << number
    cutting = tuple(sum(of_axis.values()) for of_axis in groups)
    return _Part(tuple(cells), live, tuple(tuple(of_axis.items()) for of_axis in groups), cutting)


def _narrow(part: _Part, axis: int, cell: int) -> _Part:
    """Return the part with `cell` on `axis`."""
    kept: list[_Group] = []
    cutting = gone = 0
    for mask, boxes in part.groups[axis]:
        boxes &= part.live
        common = mask & cell
        if not common:
            gone |= boxes
        elif boxes and common != cell:
            kept.append((mask, boxes))
            cutting |= boxes
    return _Part(
        (*part.cells[:axis], cell, *part.cells[axis + 1 :]),
        part.live & ~gone,
        (*part.groups[:axis], tuple(kept), *part.groups[axis + 1 :]),
        (*part.cutting[:axis], cutting, *part.cutting[axis + 1 :]),
    )


def _cut(part: _Part) -> tuple[int, int]:
    """Return the boxes that cut the part, and those that cut it on two axes or more."""
    once = twice = 0
    for boxes in part.cutting:
        twice |= once & boxes
        once |= boxes
    return once, twice


def _leave(part: _Part, void: int) -> _Part | None:
    """Return the part less the void boxes that cut it on one axis only; None if it lies in void boxes."""
    while void & part.live:
        cut, cut_twice = _cut(part)
        if void & part.live & ~cut:
            return None
        simple = void & part.live & ~cut_twice
        if not simple:
            break
        for axis, boxes in enumerate(part.cutting):
            if boxes & simple:
                cell = part.cells[axis]
                for mask, of_mask in part.groups[axis]:
                    if of_mask & simple:
                        cell &= ~mask
                if not cell:
                    return None
                part = _narrow(part, axis, cell)
    return part


def _choose(part: _Part, open_boxes: int, simple: int) -> tuple[int, int]:
    """Return the axis and mask to cut along.

    A `simple` box, which cuts one axis only, settles one side at once. Else the cut is best that leaves the fewest open
    boxes on both sides together.
    """
    if simple:
        lowest = simple & -simple
        axis = next(axis for axis, boxes in enumerate(part.cutting) if boxes & lowest)
        return axis, next(mask for mask, boxes in part.groups[axis] if boxes & lowest)
    best: tuple[int, int, int] | None = None
    total = open_boxes.bit_count()
    for axis, boxes in enumerate(part.cutting):
        on_axis = (boxes & open_boxes).bit_count()
        if not on_axis or (best is not None and best[0] <= 2 * total - on_axis):
            continue
        cell = part.cells[axis]
        groups = [(mask, (of_mask & open_boxes).bit_count()) for mask, of_mask in part.groups[axis]]
        groups = [group for group in groups if group[1]]
        for mask, _ in groups[:: -(-len(groups) // CUTS_TRIED)]:
            outside = cell & ~mask
            both = sum(number * (bool(other & mask & cell) + bool(other & outside)) for other, number in groups)
            left = both + 2 * (total - on_axis)
            if best is None or left < best[0]:
                best = (left, axis, mask)
    assert best is not None
    return best[1], best[2]
