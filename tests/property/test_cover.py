"""Few large pieces instead of many small parts: disjoint, complete, and none too many."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given
from tests.property.random_contents import Sizes, chances, lies_in, often, region_in

from rpol.runtime.contents import Region
from rpolc.space.box import Point, Space
from rpolc.space.cover import cover
from rpolc.space.explore import Budget
from rpolc.space.region import difference


def points(sizes: Sizes, region: Region) -> set[Point]:
    every = product(*(range(size) for size in sizes))
    return {point for point in every if any(lies_in(box, point) for box in region)}


@often
@given(chances)
def test_pieces_are_disjoint_complete_and_needed(chance: Random) -> None:
    sizes = tuple(chance.randint(1, 4) for _ in range(4))
    space = Space(sizes)
    void = region_in(chance, sizes, most=2)
    parts = difference(space, region_in(chance, sizes, most=4), void, Budget(10_000))
    found = cover(space, parts, void, Budget(100_000)) if parts else ()
    wanted, nowhere = points(sizes, parts), points(sizes, void)
    told: set[Point] = set()
    for one in found:
        inside = points(sizes, (one.piece.base,)) - points(sizes, one.piece.excepted)
        assert inside <= wanted | nowhere
        assert (inside & wanted).isdisjoint(told)
        assert one.point in inside & wanted
        told |= inside & wanted
    assert told == wanted
    assert len(found) <= len(parts)
