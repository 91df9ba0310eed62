"""The algebra of regions of the plane of two dates, held to point sets on a small calendar."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rpol.model import plane
from rpol.model.plane import END, FIRST, Region

SPAN = 8
DAYS = range(FIRST, FIRST + SPAN + 1)
POINTS = [(day, known_on) for day in DAYS for known_on in (*DAYS, END)]


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Build a region from windows and issue days, as law does."""
    bound = st.none() | st.integers(FIRST, FIRST + SPAN)
    parts = draw(st.lists(st.tuples(bound, bound, bound), max_size=4))
    return plane.union(plane.intersection((plane.window(a, b), plane.known_from(c))) for a, b, c in parts)


def points(region: Region) -> set[tuple[int, int]]:
    return {point for point in POINTS if point in region}


@given(st.lists(regions(), max_size=3))
def test_union_and_intersection_are_those_of_points(parts: list[Region]) -> None:
    assert points(plane.union(parts)) == set().union(*map(points, parts))
    expected = set(POINTS).intersection(*map(points, parts))
    assert points(plane.intersection(parts)) == expected


@given(regions(), regions())
def test_difference_and_complement_are_those_of_points(one: Region, other: Region) -> None:
    assert points(plane.complement(one)) == set(POINTS) - points(one)
    assert points(plane.difference(one, other)) == points(one) - points(other)


@given(regions(), regions())
def test_equal_point_sets_are_equal_regions(one: Region, other: Region) -> None:
    # every bound drawn lies in DAYS or at their end, so the points on DAYS tell the whole region
    assert (points(one) == points(other)) == (one == other)


@given(regions())
def test_nothing_changes_but_at_the_bounds(region: Region) -> None:
    days, known = plane.bounds(region)
    for day in DAYS[1:]:
        for known_on in (*DAYS, END):
            if day not in days:
                assert ((day, known_on) in region) == ((day - 1, known_on) in region)
            if known_on != END and known_on != FIRST and known_on not in known:
                assert ((day, known_on) in region) == ((day, known_on - 1) in region)


def test_a_window_holds_its_first_day_and_not_its_end() -> None:
    region = plane.window(10, 20)
    assert (10, END) in region
    assert (19, FIRST) in region
    assert (20, END) not in region
    assert (9, END) not in region


def test_a_backward_window_is_empty() -> None:
    assert plane.window(20, 10).empty
    assert plane.window(10, 10).empty


def test_what_is_issued_later_is_not_known_before() -> None:
    region = plane.known_from(15)
    assert (3, 14) not in region
    assert (3, 15) in region
    assert (3, END) in region
    assert plane.known_from(None) == plane.ALWAYS
