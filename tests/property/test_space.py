"""The case space against brute force over every point of small spaces."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpol.runtime.contents import Box, Region
from rpolc.space import box as boxes
from rpolc.space import region as regions
from rpolc.space.box import Point, Space
from rpolc.space.explore import UNWANTED, WANTED, Budget, GaveUpError, Judgement, explore
from rpolc.space.index import index

Points = frozenset[Point]


def all_points(space: Space) -> Points:
    return frozenset(product(*map(range, space.sizes)))


def points_of(space: Space, *region: Box) -> Points:
    """The definition: a point lies in a box if every mask of the box has the point's class."""
    return frozenset(
        point
        for point in all_points(space)
        if any(all(mask & (1 << point[axis]) for axis, mask in box) for box in region)
    )


spaces = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(lambda sizes: Space(tuple(sizes)))


@st.composite
def boxes_in(draw: st.DrawFn, space: Space) -> Box:
    cells = [draw(st.one_of(st.just((1 << size) - 1), st.integers(1, (1 << size) - 1))) for size in space.sizes]
    return boxes.from_cells(space, cells)


@st.composite
def space_and_regions(draw: st.DrawFn, count: int, most: int = 6) -> tuple[Space, tuple[Region, ...]]:
    space = draw(spaces)
    region = st.lists(boxes_in(space), max_size=most).map(tuple)
    return space, tuple(draw(region) for _ in range(count))


@st.composite
def space_and_boxes(draw: st.DrawFn, count: int) -> tuple[Space, tuple[Box, ...]]:
    space = draw(spaces)
    return space, tuple(draw(boxes_in(space)) for _ in range(count))


def in_normal_form(space: Space, box: Box) -> bool:
    axes = [axis for axis, _ in box]
    return axes == sorted(set(axes)) and all(0 < mask < space.whole[axis] for axis, mask in box)


def plenty() -> Budget:
    return Budget(100_000)


# ---------------------------------------------------------------- boxes


@given(space_and_boxes(2))
def test_meeting_boxes(drawn: tuple[Space, tuple[Box, ...]]) -> None:
    space, (one, other) = drawn
    common = boxes.meet(one, other)
    expected = points_of(space, one) & points_of(space, other)
    assert (points_of(space, common) if common is not None else frozenset()) == expected
    assert common is None or in_normal_form(space, common)


@given(space_and_boxes(2))
def test_subtracting_a_box(drawn: tuple[Space, tuple[Box, ...]]) -> None:
    space, (one, other) = drawn
    pieces = list(boxes.subtract(space, one, other))
    assert points_of(space, *pieces) == points_of(space, one) - points_of(space, other)
    assert sum(len(points_of(space, piece)) for piece in pieces) == len(points_of(space, *pieces))
    assert all(in_normal_form(space, piece) for piece in pieces)


@given(space_and_boxes(2))
def test_containing_a_box(drawn: tuple[Space, tuple[Box, ...]]) -> None:
    space, (one, other) = drawn
    assert boxes.contains(one, other) == (points_of(space, other) <= points_of(space, one))


@given(space_and_boxes(1))
def test_count_and_pick(drawn: tuple[Space, tuple[Box, ...]]) -> None:
    space, (box,) = drawn
    points = points_of(space, box)
    assert boxes.count(space, box) == len(points)
    assert boxes.pick(space, box) in points
    weights = [[number + 2 for number in range(size)] for size in space.sizes]
    weight_of = [product_of(number + 2 for number in point) for point in points]
    assert boxes.count(space, box, weights) == sum(weight_of)
    assert all(boxes.holds(box, point) == (point in points) for point in all_points(space))
    assert points_of(space, boxes.at(boxes.pick(space, box), space)) == {boxes.pick(space, box)}


def product_of(numbers: object) -> int:
    found = 1
    for number in numbers:  # type: ignore[attr-defined]
        found *= number
    return found


# ---------------------------------------------------------------- regions


@given(space_and_regions(2))
def test_region_algebra(drawn: tuple[Space, tuple[Region, ...]]) -> None:
    space, (one, other) = drawn
    left, right = points_of(space, *one), points_of(space, *other)
    assert points_of(space, *regions.union(one, other)) == left | right
    assert points_of(space, *regions.intersection(one, other)) == left & right
    assert points_of(space, *regions.difference(space, one, other, plenty())) == left - right
    assert regions.equal(space, one, other, plenty()) == (left == right)
    assert regions.count(space, one, plenty()) == len(left)
    assert all(regions.holds(one, point) == (point in left) for point in all_points(space))


@given(space_and_regions(2))
def test_differences_are_disjoint_and_merging_keeps_them(drawn: tuple[Space, tuple[Region, ...]]) -> None:
    space, (one, other) = drawn
    for region in (regions.difference(space, one, other, plenty()), regions.disjoint(space, one, plenty())):
        merged = regions.merge(space, region)
        for form in (region, merged):
            assert sum(len(points_of(space, box)) for box in form) == len(points_of(space, *region))
            assert all(in_normal_form(space, box) for box in form)
        assert points_of(space, *merged) == points_of(space, *region)
        assert len(merged) <= len(region)


@given(space_and_regions(1), st.data())
def test_cover(drawn: tuple[Space, tuple[Region, ...]], data: st.DataObject) -> None:
    space, (region,) = drawn
    box = data.draw(boxes_in(space))
    outside = points_of(space, box) - points_of(space, *region)
    witness = regions.uncovered(space, box, region, plenty())
    assert witness in outside if outside else witness is None


# ---------------------------------------------------------------- index


@given(space_and_regions(1, most=12), st.data())
def test_index(drawn: tuple[Space, tuple[Region, ...]], data: st.DataObject) -> None:
    space, (many,) = drawn
    of_many = index(space, many)
    for box in data.draw(st.lists(boxes_in(space), max_size=4)):
        meeting = {n for n, other in enumerate(many) if points_of(space, box) & points_of(space, other)}
        assert of_many.meeting(box) == sum(1 << number for number in meeting)


# ---------------------------------------------------------------- explore


@given(space_and_regions(1, most=8), st.data())
def test_explore_finds_exactly_what_is_wanted(drawn: tuple[Space, tuple[Region, ...]], data: st.DataObject) -> None:
    """Wanted: points that lie in some boxes of one set, in none of another, and in no void box."""
    space, (many,) = drawn
    start = data.draw(boxes_in(space))
    need, avoid, void = (data.draw(st.integers(0, (1 << len(many)) - 1)) for _ in range(3))

    def judge(live: int, sure: int) -> Judgement:
        assert not sure & ~live
        if sure & avoid or (need and not live & need):
            return UNWANTED
        matters = (live & avoid) | (0 if sure & need else live & need)
        return (False, matters) if matters else WANTED

    def chosen(bits: int) -> Points:
        return points_of(space, *(box for number, box in enumerate(many) if bits >> number & 1))

    wanted = points_of(space, start) & (chosen(need) if need else all_points(space)) - chosen(avoid) - chosen(void)
    found = list(explore(space, start, many, judge, plenty(), void))
    assert points_of(space, *found) == wanted
    assert sum(len(points_of(space, part)) for part in found) == len(wanted)


@given(space_and_regions(1, most=8), st.data())
def test_what_is_wanted_and_what_is_not_part_the_start(
    drawn: tuple[Space, tuple[Region, ...]], data: st.DataObject
) -> None:
    space, (many,) = drawn
    start = data.draw(boxes_in(space))

    def covered(live: int, sure: int) -> Judgement:
        return WANTED if sure else (False, live)

    def free(live: int, sure: int) -> Judgement:
        return UNWANTED if sure else (False, live) if live else WANTED

    parts = [part for judge in (covered, free) for part in explore(space, start, many, judge, plenty())]
    assert sum(boxes.count(space, part) for part in parts) == boxes.count(space, start)
    assert points_of(space, *parts) == points_of(space, start)


def test_a_spent_budget_is_never_an_answer() -> None:
    space = Space((2,) * 6)
    odd = [((axis, 1), (axis + 1, 2)) for axis in range(5)]
    with pytest.raises(GaveUpError):
        regions.uncovered(space, (), tuple(odd), Budget(1))
    assert regions.uncovered(space, (), tuple(odd), plenty()) is not None
