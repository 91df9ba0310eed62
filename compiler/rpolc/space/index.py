"""An index of many boxes: which of them meet a box, as bits, without a look at each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import and_, or_

from attrs import define, field, frozen

from rpol.runtime.bits import edges, members
from rpol.runtime.contents import Box
from rpolc.space.box import Space


@frozen
class _Axis:
    """The boxes that narrow one axis, as bits.

    Of boxes whose mask is one run of classes, those that begin at or before each class and those that end at or after
    it; of the others, those that hold each class.
    """

    begun: Sequence[int]
    unended: Sequence[int]
    holding: Mapping[int, int]
    found: dict[int, int] = field(factory=dict)

    def meeting(self, mask: int) -> int:
        """Return the boxes whose mask meets `mask`."""
        if mask not in self.found:
            in_runs = (self.begun[last] & self.unended[first] for first, last in _runs(mask))
            scattered = (self.holding.get(number, 0) for number in (members(mask) if self.holding else ()))
            self.found[mask] = reduce(or_, scattered, reduce(or_, in_runs, 0))
        return self.found[mask]


@define
class Index:
    """Boxes by number; `everything` has a bit for each."""

    everything: int
    free: Mapping[int, int]
    axes: Mapping[int, _Axis]

    def meeting(self, box: Box) -> int:
        """Return the boxes that have a point in common with `box`."""
        narrowed = (self.axes[axis].meeting(mask) | self.free[axis] for axis, mask in box if axis in self.axes)
        return reduce(and_, narrowed, self.everything)


def index(space: Space, boxes: Sequence[Box]) -> Index:
    """Return an index of `boxes` by their position."""
    by_mask: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, box in enumerate(boxes):
        for axis, mask in box:
            by_mask[axis][mask] |= 1 << number
    everything = (1 << len(boxes)) - 1
    free = {axis: everything & ~reduce(or_, of_axis.values()) for axis, of_axis in by_mask.items()}
    return Index(everything, free, {axis: _index_axis(space.sizes[axis], of) for axis, of in by_mask.items()})


def _index_axis(size: int, by_mask: Mapping[int, int]) -> _Axis:
    begin, end = [0] * size, [0] * size
    holding: dict[int, int] = defaultdict(int)
    for mask, boxes in by_mask.items():
        (first, last), *more = _runs(mask)
        if more:
            for number in members(mask):
                holding[number] |= boxes
        else:
            begin[first] |= boxes
            end[last] |= boxes
    return _Axis(list(accumulate(begin, or_)), list(accumulate(reversed(end), or_))[::-1], dict(holding))


def _runs(mask: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of each unbroken run of numbers in a mask."""
    ends = iter(edges(mask))
    return ((first, end - 1) for first, end in zip(ends, ends, strict=True))
