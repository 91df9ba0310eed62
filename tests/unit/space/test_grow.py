"""Growing a box inside a region, on a board of eight by eight with a third axis that nothing speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from rpol.runtime.contents import Box, Region
from rpolc.space.box import Point, Space, holds
from rpolc.space.explore import Budget
from rpolc.space.grow import Piece, grow, piece
from rpolc.space.region import difference

BOARD = Space((8, 8, 2))
LOW, HIGH, ALL = 0b00001111, 0b11110000, 0b11111111
CORNER: Point = (0, 0, 0)


def rectangle(columns: int, rows: int) -> Box:
    return tuple((axis, mask) for axis, mask in ((0, columns), (1, rows)) if mask != ALL)


def grown(region: Region, axes: Sequence[int], point: Point = CORNER) -> Box:
    """Return what one field grows to inside a region."""

    def inside(other: Point) -> bool:
        return any(holds(box, other) for box in region)

    def outside(box: Box) -> Box | None:
        return next(iter(difference(BOARD, (box,), region, Budget(1000))), None)

    field = tuple((axis, 1 << number) for axis, number in enumerate(point))
    return grow(BOARD, field, point, inside, outside, axes)


def test_it_fills_a_rectangle() -> None:
    assert grown((rectangle(LOW, HIGH),), (0, 1, 2), (0, 4, 0)) == rectangle(LOW, HIGH)


def test_it_fills_everything() -> None:
    assert grown(((),), (0, 1, 2)) == ()


def test_it_does_not_stop_where_boxes_meet() -> None:
    assert grown((rectangle(LOW, LOW), rectangle(HIGH, LOW)), (0, 1, 2)) == rectangle(ALL, LOW)


def test_the_first_axis_goes_first() -> None:
    """The region is a cross: what begins in its middle fills the bar that is grown along first."""
    cross = (rectangle(0b1, ALL), rectangle(ALL, 0b1))
    assert grown(cross, (0, 1, 2)) == rectangle(ALL, 0b1)
    assert grown(cross, (1, 0, 2)) == rectangle(0b1, ALL)


def test_an_axis_that_is_not_named_stays() -> None:
    assert grown((rectangle(LOW, LOW),), (0,)) == ((0, LOW), (1, 0b1), (2, 0b1))


def test_a_hole_that_no_point_beside_it_shows() -> None:
    """From (0, 0) along the columns every field of the first row is inside, but of column 3 not every row is."""
    region = (rectangle(0b00000111, ALL), rectangle(ALL & ~0b00001000, LOW), rectangle(0b00001000, 0b1))
    row_first = grown(region, (1, 0, 2))
    assert row_first == rectangle(0b00000111, ALL)
    column_first = grown(region, (0, 1, 2))
    assert column_first == rectangle(ALL, 0b1)


def test_many_classes_are_asked_in_part_and_searched_for_the_rest() -> None:
    """Two hundred classes of which the last hundred are outside: more than are asked one by one."""
    wide = Space((200, 2))
    low = (1 << 100) - 1
    region: Region = (((0, low),),)

    def outside(box: Box) -> Box | None:
        return next(iter(difference(wide, (box,), region, Budget(1000))), None)

    found = grow(wide, ((0, 1), (1, 1)), (0, 0), lambda point: point[0] < 100, outside, (0, 1))
    assert found == ((0, low),)


def test_a_piece_excepts_what_it_meets_and_no_more_of_it() -> None:
    before = (rectangle(0b00111100, LOW), rectangle(HIGH, HIGH))
    wide = rectangle(LOW, ALL)
    assert piece(BOARD, wide, before) == Piece(wide, (rectangle(0b00001100, LOW),))


def test_a_piece_is_less_wide_where_that_says_it() -> None:
    """What is cut off on one side needs no exception, also where that is so only after another cut."""
    side, top = rectangle(HIGH, ALL), rectangle(0b11111100, HIGH)
    assert piece(BOARD, (), (side,)) == Piece(rectangle(LOW, ALL))
    assert piece(BOARD, rectangle(0b11111100, ALL), (side, top)) == Piece(rectangle(0b00001100, LOW))
    assert piece(BOARD, (), (top, side)) == Piece(rectangle(LOW, ALL), (rectangle(0b00001100, HIGH),))
