"""How many kinds of case a region holds: cases that no clause tells apart are of one kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import prod
from typing import Final, TypeAlias

from rpol.runtime.bits import members
from rpol.runtime.contents import Box
from rpolc.analysis.ground import Ground
from rpolc.space.box import to_cells
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.grow import Piece
from rpolc.space.region import difference

# For each axis and class a number, the same for classes that no box tells apart.
Kinds: TypeAlias = Sequence[Sequence[int]]
_STEPS: Final = 2_000


def kinds_of(ground: Ground) -> Kinds:
    """Return what no box tells apart: axes are cut more finely than clauses need, for promises and examples too."""
    masks: list[set[int]] = [set() for _ in ground.space.sizes]
    for box in ground.boxes:
        for axis, mask in box:
            masks[axis].add(mask)
    return [_kinds(size, of_axis) for size, of_axis in zip(ground.space.sizes, masks, strict=True)]


def _kinds(size: int, masks: set[int]) -> list[int]:
    told: dict[int, list[int]] = defaultdict(list)
    for number, mask in enumerate(masks):
        others = ~mask & (1 << size) - 1
        # A set and what it leaves out tell the same apart.
        for cls in members(min(mask, others, key=int.bit_count)):
            told[cls].append(number)
    numbers: dict[tuple[int, ...], int] = {}
    return [numbers.setdefault(tuple(told.get(cls, ())), len(numbers)) for cls in range(size)]


def count_kinds(ground: Ground, kinds: Kinds, where: Piece) -> int | None:
    """Return how many kinds of case a piece holds, or None if it takes too long to count them."""
    void = (*where.excepted, *ground.broken_boxes)
    try:
        rest = difference(ground.space, (where.base,), void, Budget(_STEPS))
    except GaveUpError:
        return None
    return sum(_count(ground, kinds, box) for box in rest)


def _count(ground: Ground, kinds: Kinds, box: Box) -> int:
    cells = to_cells(ground.space, box)
    return prod(len({of_axis[cls] for cls in members(cell)}) for of_axis, cell in zip(kinds, cells, strict=True))
