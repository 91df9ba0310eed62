"""Grow a box inside a region: along one axis after another, as far as nothing outside of the region comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from typing import Final, TypeAlias

from attrs import frozen

from rpol.runtime.bits import members
from rpol.runtime.contents import Box
from rpolc.space.box import Point, Space, meet, put, to_cells

# Returns a box of what lies in a given box and outside of the region; None if the region holds all of it.
Outside: TypeAlias = Callable[[Box], Box | None]
# Tells whether a point lies in the region.
Inside: TypeAlias = Callable[[Point], bool]
_MOST_ASKED: Final = 64


@frozen
class Piece:
    """What lies in `base` and in none of `excepted`."""

    base: Box
    excepted: tuple[Box, ...] = ()


def grow(
    space: Space, box: Box, point: Point, inside: Inside, outside: Outside, axes: Iterable[int], within: Box = ()
) -> Box:
    """Return a box that holds `box`, lies in the region as that does, and cannot be larger along any of `axes`.

    It does not leave `within`, which holds `box`. `point` lies in `box`: those like it are asked before whole boxes are
    searched. What `outside` raises is passed on.
    """
    bounds = dict(within)
    for axis in axes:
        own = to_cells(space, box)[axis]
        more = _likely(bounds.get(axis, space.whole[axis]) & ~own, partial(_asked, inside, point, axis))
        while more:
            beyond = outside(put(space, box, axis, more))
            if beyond is None:
                box = put(space, box, axis, own | more)
                break
            more &= ~dict(beyond).get(axis, more)
    return box


def _asked(inside: Inside, point: Point, axis: int, number: int) -> bool:
    """Tell whether a point like another, but of another class of one axis, lies in the region."""
    return inside((*point[:axis], number, *point[axis + 1 :]))


def _likely(cell: int, inside: Callable[[int], bool]) -> int:
    """Return a cell without classes that are not inside; of many classes only some are asked."""
    for number in islice(members(cell), _MOST_ASKED):
        if not inside(number):
            cell &= ~(1 << number)
    return cell


def piece(space: Space, base: Box, before: Iterable[Box]) -> Piece:
    """Return what a box adds to the boxes before it; what they cut off along one axis only is left out of the base."""
    excepted = [common for box in before if (common := meet(base, box)) is not None]
    while True:
        simple = next((box for box in excepted if len(_narrower(base, box)) == 1), None)
        if simple is None:
            return Piece(base, tuple(excepted))
        (axis,) = _narrower(base, simple)
        base = put(space, base, axis, to_cells(space, base)[axis] & ~dict(simple)[axis])
        excepted = [common for box in excepted if box != simple and (common := meet(base, box)) is not None]


def _narrower(base: Box, box: Box) -> list[int]:
    """Return the axes along which a box is narrower than a base that holds it."""
    cells = dict(base)
    return [axis for axis, mask in box if cells.get(axis) != mask]
