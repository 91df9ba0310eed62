"""Tell a region by few large boxes instead of many small ones.

The boxes overlap; each is taken without those before it, so that no point is told twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from attrs import frozen

from rpol.runtime.bits import members
from rpol.runtime.contents import Box, Region
from rpolc.space.box import Point, Space, at, count, pick
from rpolc.space.explore import WANTED, Budget, explore
from rpolc.space.grow import Piece, grow, piece
from rpolc.space.index import Index, index

# A look at a point takes about as long as a look at so many boxes.
_LOOKS_AT_A_POINT: Final = 5


@frozen
class Covered:
    """A piece of a region, and a point of it."""

    piece: Piece
    point: Point


def cover(space: Space, parts: Region, void: Region, budget: Budget) -> tuple[Covered, ...]:
    """Return pieces that make up the region of `parts`, which are disjoint, and perhaps some of `void`.

    Pieces are disjoint, and each has a point of `parts`. A step of the budget is a look at one box; raise GaveUpError
    when it is spent.
    """
    if len(parts) == 1:
        return (Covered(Piece(parts[0]), pick(space, parts[0])),)
    covering = _Covering(space, (*parts, *void))
    told: list[Box] = []
    found: list[Covered] = []
    for part in sorted(parts, key=lambda box: (-count(space, box), box)):
        budget.spend(len(told))
        left = next(_outside(space, part, told, budget), None)
        if left is not None:
            point = pick(space, left)
            box = covering.grown(part, point, budget)
            found.append(Covered(piece(space, box, told), point))
            told.append(box)
    return tuple(found)


@frozen(slots=False)
class _Covering:
    """What the pieces may hold."""

    space: Space
    allowed: Region

    @cached_property
    def _index(self) -> Index:
        return index(self.space, self.allowed)

    @cached_property
    def _axes(self) -> list[int]:
        """The axes, those first along which the fewest boxes are cut: there a box grows farthest."""
        cuts = Counter(axis for box in self.allowed for axis, _ in box)
        return sorted(range(len(self.space.sizes)), key=cuts.__getitem__)

    def grown(self, part: Box, point: Point, budget: Budget) -> Box:
        """Return a box as large as can be that holds a part and nothing but what is allowed."""

        def outside(box: Box) -> Box | None:
            near = [self.allowed[number] for number in members(self._index.meeting(box))]
            budget.spend(len(near))
            return next(_outside(self.space, box, near, budget), None)

        def inside(other: Point) -> bool:
            budget.spend(_LOOKS_AT_A_POINT)
            return bool(self._index.meeting(at(other, self.space)))

        return grow(self.space, part, point, inside, outside, self._axes)


def _outside(space: Space, box: Box, region: Sequence[Box], budget: Budget) -> Iterator[Box]:
    """Yield disjoint boxes that make up what lies in a box and not in a region."""
    return explore(space, box, region, lambda live, sure: WANTED, budget, void=(1 << len(region)) - 1)
