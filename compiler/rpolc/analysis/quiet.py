"""Cases worth a first look: in a box, those in which few other clauses hold.

Where one of them shows what is sought, no search is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Final

from attrs import frozen

from rpol.runtime.bits import edges, mask_of
from rpol.runtime.contents import Box
from rpolc.analysis.ground import Ground
from rpolc.space.box import Point, at, to_cells

# In how many steps, and in how many more from the quietest class on, the classes of an axis are told apart.
_LEVELS: Final = 16
# How many more cases are made up of quiet classes by chance, always the same.
_MORE: Final = 4
# A class in which a fact is broken is the last to look at.
_BROKEN: Final = 1_000_000


@frozen(slots=False)
class Quiet:
    """How much goes on in each class of each axis."""

    ground: Ground

    def points(self, box: Box) -> Iterator[Point]:
        """Yield a few cases of a box in which no fact is broken, the quietest first."""
        seen: set[Point] = set()
        for point in self._tried(to_cells(self.ground.space, box)):
            if point not in seen and not self.ground.index.meeting(at(point, self.ground.space)) & self.ground.broken:
                yield point
            seen.add(point)

    def _tried(self, cells: Sequence[int]) -> Iterator[Point]:
        quiet = [self._quietest(axis, cell) for axis, cell in enumerate(cells)]
        yield _lowest(quiet)
        yield _highest(quiet)
        yield _lowest(cells)
        yield _highest(cells)
        for chance in map(Random, range(_MORE)):
            yield tuple(map(chance.choice, map(_ends, quiet)))

    def _quietest(self, axis: int, cell: int) -> int:
        """Return the quietest classes of a cell."""
        return next(common for level in self._quiet[axis] if (common := level & cell))

    @cached_property
    def _quiet(self) -> Sequence[Sequence[int]]:
        """For each axis, masks of ever more of its classes, the quietest first; the last is all of them."""
        return [_levels(loads) for loads in self._loads]

    @cached_property
    def _loads(self) -> Sequence[Sequence[int]]:
        """For each axis and class, how many boxes that narrow the axis hold it."""
        changes = [[0] * (size + 1) for size in self.ground.space.sizes]
        for number, box in enumerate(self.ground.boxes):
            weight = _BROKEN if self.ground.broken >> number & 1 else 1
            for axis, mask in box:
                for position, edge in enumerate(edges(mask)):
                    changes[axis][edge] += -weight if position % 2 else weight
        return [list(accumulate(of_axis[:-1])) for of_axis in changes]


def _levels(loads: Sequence[int]) -> list[int]:
    ranked = sorted(range(len(loads)), key=loads.__getitem__)
    steps = {-(-len(loads) * number // _LEVELS) for number in range(1, _LEVELS + 1)}
    return [mask_of(ranked[:end]) for end in sorted({*range(1, min(_LEVELS, len(loads))), *steps})]


def _lowest(cells: Sequence[int]) -> Point:
    return tuple((cell & -cell).bit_length() - 1 for cell in cells)


def _highest(cells: Sequence[int]) -> Point:
    return tuple(cell.bit_length() - 1 for cell in cells)


def _ends(cell: int) -> tuple[int, int]:
    return (cell & -cell).bit_length() - 1, cell.bit_length() - 1
