"""Boxes: products of sets of classes, one set an axis (see `rpol.runtime.contents.Box` for their form).

Every function here is exact and takes boxes in normal form (ascending axes, no mask empty or whole) and returns such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import prod
from typing import Final, TypeAlias

from attrs import frozen

from rpol.runtime.bits import members
from rpol.runtime.contents import Box

# A class number for every axis.
Point: TypeAlias = tuple[int, ...]
EVERYTHING: Final[Box] = ()


@frozen(slots=False)
class Space:
    """The axes of a product space, by how many classes each has."""

    sizes: tuple[int, ...]

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """The mask of all classes of each axis."""
        return tuple((1 << size) - 1 for size in self.sizes)


def from_cells(space: Space, cells: Sequence[int]) -> Box:
    """Return the box with these masks, one for every axis."""
    return tuple(
        (axis, cell) for axis, (cell, whole) in enumerate(zip(cells, space.whole, strict=True)) if cell != whole
    )


def to_cells(space: Space, box: Box) -> list[int]:
    """Return the masks of a box, one for every axis."""
    cells = list(space.whole)
    for axis, mask in box:
        cells[axis] = mask
    return cells


def at(point: Point, space: Space) -> Box:
    """Return the box that holds one point only."""
    return from_cells(space, [1 << number for number in point])


def holds(box: Box, point: Point) -> bool:
    """Tell whether a point lies in a box."""
    return all(mask >> point[axis] & 1 for axis, mask in box)


def contains(outer: Box, inner: Box) -> bool:
    """Tell whether all of `inner` lies in `outer`."""
    cells = dict(inner)
    return all(axis in cells and not cells[axis] & ~mask for axis, mask in outer)


def meet(box: Box, other: Box) -> Box | None:
    """Return what two boxes have in common, or None."""
    cells = dict(box)
    for axis, mask in other:
        common = cells.get(axis, mask) & mask
        if not common:
            return None
        cells[axis] = common
    return tuple(sorted(cells.items()))


def put(space: Space, box: Box, axis: int, mask: int) -> Box:
    """Return the box with `mask` (not empty) on `axis` in place of what it had there."""
    cells = dict(box)
    cells.pop(axis, None)
    if mask != space.whole[axis]:
        cells[axis] = mask
    return tuple(sorted(cells.items()))


def subtract(space: Space, box: Box, other: Box) -> Iterator[Box]:
    """Yield disjoint boxes that make up what lies in `box` and not in `other`."""
    if meet(box, other) is None:
        yield box
        return
    rest = box
    cells = dict(box)
    for axis, mask in other:
        cell = cells.get(axis, space.whole[axis])
        if cell & ~mask:
            yield put(space, rest, axis, cell & ~mask)
            rest = put(space, rest, axis, cell & mask)


def count(space: Space, box: Box, weights: Sequence[Sequence[int]] | None = None) -> int:
    """Return how many points a box has; with `weights`, one a class of each axis, the sum of their products."""
    cells = to_cells(space, box)
    if weights is None:
        return prod(cell.bit_count() for cell in cells)
    return prod(sum(weight[number] for number in members(cell)) for cell, weight in zip(cells, weights, strict=True))


def pick(space: Space, box: Box) -> Point:
    """Return the first point of a box."""
    return tuple((cell & -cell).bit_length() - 1 for cell in to_cells(space, box))
