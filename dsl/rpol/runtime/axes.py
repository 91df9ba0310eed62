"""Axes: an attribute's domain cut into classes that no clause tells apart.

Each axis numbers its classes from 0. `class_of` encodes a value of a case, `representative` gives one value of a
class (the plainest, for witnesses). No class is empty. A `set of` attribute has several axes, one for each group of
members that nothing tells apart; all other attributes have one. The two dates and the scenario are axes too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from rpol.runtime.attribute import NONE, Nothing, Value

DATE: Final = "date"
KNOWN_ON: Final = "known_on"
SCENARIO: Final = "scenario"
# The scenario axis holds the base under this name, which no scenario can bear.
BASE: Final = ""
# `known_on` without a limit is later than every day; date.max is 9999-12-31.
NO_LIMIT: Final = 3_652_060


@frozen
class FiniteAxis:
    """Leaves of a closed attribute (or scenarios): `class_by_leaf` numbers every leaf; `none_class` if optional."""

    attribute: str
    class_by_leaf: Mapping[str, int]
    representatives: tuple[Value, ...]
    none_class: int | None = None

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.representatives)

    def class_of(self, value: Value) -> int:
        """Return the class of a leaf or NONE."""
        if isinstance(value, Nothing):
            assert self.none_class is not None
            return self.none_class
        return self.class_by_leaf[value]  # type: ignore[index]

    def representative(self, number: int) -> Value:
        """Return one value of class `number`."""
        return self.representatives[number]


@frozen
class OrderedAxis:
    """An ordered domain cut at `cuts`, ascending pairs (value, side): side 0 cuts just before the value, 1 just after.

    Whole-numbered domains (integer, date) use side 0 only. The class of a value is the number of cuts at or before it.
    `low` and `high` bound the domain, inclusively, where it has bounds. `none_class` is the last if optional.
    """

    attribute: str
    cuts: tuple[tuple[Fraction | int, int], ...]
    whole: bool
    low: Fraction | int | None = None
    high: Fraction | int | None = None
    none_class: int | None = None

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.cuts) + 1 + (self.none_class is not None)

    def class_of(self, value: Value) -> int:
        """Return the class of a number, a day or NONE."""
        if isinstance(value, Nothing):
            assert self.none_class is not None
            return self.none_class
        return bisect_right(self.cuts, (value, 0.5))

    def representative(self, number: int) -> Value:
        """Return the plainest value of class `number`: a bound that lies in it, else the middle or one step off."""
        if number == self.none_class:
            return NONE
        below = self.cuts[number - 1] if number else None
        above = self.cuts[number] if number < len(self.cuts) else None
        if below is not None and below[1] == 0:
            return below[0]
        low = below[0] if below is not None else self.low
        high = above[0] if above is not None else self.high
        if below is None and low is not None:
            return low
        if above is not None and above[1] == 1:
            return above[0]
        if low is None and high is None:
            return 0 if self.whole else Fraction(0)
        if low is None:
            assert high is not None
            return high - 1
        if high is None:
            return low + 1
        return high if above is None else Fraction(low + high) / 2


@frozen
class NameAxis:
    """Folded names; every name not in `class_by_name` is of class 0, which is never empty."""

    attribute: str
    class_by_name: Mapping[str, int]
    representatives: tuple[Value, ...]
    none_class: int | None = None

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.representatives)

    def class_of(self, value: Value) -> int:
        """Return the class of a folded name or NONE."""
        if isinstance(value, Nothing):
            assert self.none_class is not None
            return self.none_class
        return self.class_by_name.get(value, 0)  # type: ignore[arg-type]

    def representative(self, number: int) -> Value:
        """Return one value of class `number`."""
        return self.representatives[number]


@frozen
class MemberAxis:
    """Whether a set holds at least one of `leaves` (class 1) or none of them (class 0)."""

    attribute: str
    leaves: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many classes there are."""
        return 2

    def class_of(self, value: Value) -> int:
        """Return 1 if the set `value` holds one of the leaves."""
        assert isinstance(value, frozenset)
        return int(not value.isdisjoint(self.leaves))

    def representative(self, number: int) -> Value:
        """Return the smallest set of class `number`."""
        return frozenset(self.leaves[:number])


Axis: TypeAlias = FiniteAxis | OrderedAxis | NameAxis | MemberAxis
