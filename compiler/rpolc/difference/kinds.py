"""How many kinds of case a region holds: cases that no clause tells apart are of one kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, TypeAlias

from rpol.runtime.bits import members
from rpolc.analysis.ground import Ground
from rpolc.space import box as boxes
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.grow import Piece
from rpolc.space.region import difference

# For each axis 1 for the first of its classes that no box tells apart, and 0 for the others.
Weights: TypeAlias = Sequence[Sequence[int]]
_STEPS: Final = 2_000


def weigh(ground: Ground) -> Weights:
    """Return which classes count: axes are cut more finely than clauses need, for promises and examples too."""
    masks: list[set[int]] = [set() for _ in ground.space.sizes]
    for box in ground.boxes:
        for axis, mask in box:
            masks[axis].add(mask)
    return [_first_of_each(size, of_axis) for size, of_axis in zip(ground.space.sizes, masks, strict=True)]


def _first_of_each(size: int, masks: set[int]) -> list[int]:
    told: dict[int, list[int]] = defaultdict(list)
    for number, mask in enumerate(masks):
        others = ~mask & (1 << size) - 1
        # A set and what it leaves out tell the same apart.
        for cls in members(min(mask, others, key=int.bit_count)):
            told[cls].append(number)
    seen: set[tuple[int, ...]] = set()
    weights: list[int] = []
    for cls in range(size):
        signature = tuple(told.get(cls, ()))
        weights.append(int(signature not in seen))
        seen.add(signature)
    return weights


def count_kinds(ground: Ground, weights: Weights, where: Piece) -> int | None:
    """Return how many kinds of case a piece holds, or None if it takes too long to count them."""
    void = (*where.excepted, *ground.broken_boxes)
    try:
        rest = difference(ground.space, (where.base,), void, Budget(_STEPS))
    except GaveUpError:
        return None
    return sum(boxes.count(ground.space, box, weights) for box in rest)
