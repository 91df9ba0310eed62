"""Regions: unions of boxes, perhaps overlapping, and their algebra.

What could take long takes a budget and raises GaveUpError when it is spent; the rest is quick and always ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from rpol.runtime.contents import Box, Region
from rpolc.space import box as boxes
from rpolc.space.box import Point, Space
from rpolc.space.explore import WANTED, Budget, explore


def holds(region: Region, point: Point) -> bool:
    """Tell whether a point lies in a region."""
    return any(boxes.holds(box, point) for box in region)


def union(region: Region, other: Region) -> Region:
    """Return what lies in either, without boxes that lie inside another."""
    kept: list[Box] = []
    for box in sorted({*region, *other}, key=len):
        if not any(boxes.contains(larger, box) for larger in kept):
            kept = [smaller for smaller in kept if not boxes.contains(box, smaller)]
            kept.append(box)
    return tuple(kept)


def intersection(region: Region, other: Region) -> Region:
    """Return what lies in both."""
    common = (boxes.meet(box, of_other) for box in region for of_other in other)
    return union(tuple(box for box in common if box is not None), ())


def difference(space: Space, region: Region, other: Region, budget: Budget) -> Region:
    """Return what lies in `region` and not in `other`, as disjoint boxes."""
    found: list[Box] = []
    for number, box in enumerate(region):
        found += _outside(space, box, (*other, *region[:number]), budget)
    return tuple(found)


def disjoint(space: Space, region: Region, budget: Budget) -> Region:
    """Return the same region as disjoint boxes."""
    return difference(space, region, (), budget)


def uncovered(space: Space, box: Box, region: Region, budget: Budget) -> Point | None:
    """Return a point of `box` outside `region`, or None if the region covers the box."""
    return next((boxes.pick(space, part) for part in _outside(space, box, region, budget)), None)


def equal(space: Space, region: Region, other: Region, budget: Budget) -> bool:
    """Tell whether two regions have the same points."""
    return all(uncovered(space, box, other, budget) is None for box in region) and all(
        uncovered(space, box, region, budget) is None for box in other
    )


def count(space: Space, region: Region, budget: Budget, weights: Sequence[Sequence[int]] | None = None) -> int:
    """Return how many points a region has; with `weights`, see `box.count`."""
    return sum(boxes.count(space, box, weights) for box in disjoint(space, region, budget))


def merge(space: Space, region: Region) -> Region:
    """Return a region of disjoint boxes with boxes joined that differ on one axis only, as long as there are such."""
    found = list(dict.fromkeys(region))
    while True:
        before = len(found)
        for axis in sorted({axis for box in found for axis, _ in box}) if before > 1 else ():
            alike: dict[Box, int] = {}
            for box in found:
                rest = tuple([cell for cell in box if cell[0] != axis])
                mask = space.whole[axis] if len(rest) == len(box) else dict(box)[axis]
                alike[rest] = alike.get(rest, 0) | mask
            if len(alike) < len(found):
                found = [boxes.put(space, rest, axis, mask) for rest, mask in alike.items()]
        if len(found) == before:
            return tuple(found)


def _outside(space: Space, box: Box, region: Region, budget: Budget) -> Sequence[Box]:
    return tuple(explore(space, box, region, _anything, budget, void=(1 << len(region)) - 1))


def _anything(live: int, sure: int) -> tuple[bool, int]:
    return WANTED
