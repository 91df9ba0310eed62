"""Tests of one attribute as masks of its classes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from rpol.runtime.attribute import NONE, Value
from rpol.runtime.axes import Axis, MemberAxis, OrderedAxis
from rpol.runtime.operators import COMPARISONS
from rpolc.lower.cut import Cut, cuts_of


@frozen(slots=False)
class Cells:
    """The axes of a policy, by attribute."""

    axes: tuple[Axis, ...]

    @cached_property
    def by_attribute(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the axes of each attribute."""
        found: dict[str, tuple[int, ...]] = {}
        for number, axis in enumerate(self.axes):
            found[axis.attribute] = (*found.get(axis.attribute, ()), number)
        return found

    def whole(self, number: int) -> int:
        """Return the mask of all classes of an axis."""
        return (1 << self.axes[number].size) - 1

    def standing(self, number: int) -> list[Value]:
        """Return the values that stand for the classes of an axis; for those of members of a set, the one member."""
        axis = self.axes[number]
        if isinstance(axis, MemberAxis):
            return [axis.leaves[0]]
        return [axis.representative(one) for one in range(axis.size)]

    def compared(self, attribute: str, operator: str, bound: Fraction | int) -> tuple[int, int]:
        """Return the axis of an ordered attribute and the classes whose values stand in `operator` to `bound`."""
        (number,) = self.by_attribute[attribute]
        axis = self.axes[number]
        assert isinstance(axis, OrderedAxis)
        comparison = COMPARISONS[operator]
        all_values = (1 << len(axis.cuts) + 1) - 1
        cuts = cuts_of(operator, bound, axis.whole)
        mask = _from(axis, cuts[0])
        if comparison.below:
            mask = all_values & ~mask
        elif not comparison.above:
            mask &= ~_from(axis, cuts[1])
        return number, mask

    def classes(self, number: int, values: frozenset[Value]) -> int:
        """Return the classes that hold one of `values`, leaves, names or NONE."""
        axis = self.axes[number]
        assert not isinstance(axis, MemberAxis)
        mask = 0
        for value in values:
            if value is NONE and axis.none_class is None:
                continue
            mask |= 1 << axis.class_of(value)
        return mask


def _from(axis: OrderedAxis, one: Cut) -> int:
    """Return the classes behind a cut; one that the axis lacks has the whole domain on one side."""
    all_values = (1 << len(axis.cuts) + 1) - 1
    position = bisect_left(axis.cuts, one)
    if position < len(axis.cuts) and axis.cuts[position] == one:
        return all_values & ~((1 << position + 1) - 1)
    return all_values if axis.low is not None and one <= (axis.low, 0) else 0
