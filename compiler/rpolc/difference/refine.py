"""The axes on which two versions can be compared: domains cut as finely as both need.

Values that one version alone has are left out, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, Literal, TypeAlias

from attrs import define, field, frozen

from rpol.runtime.attribute import NONE, Attribute, Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO, Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.bits import edges, mask_from_edges, members
from rpol.runtime.contents import Box, Contents, Region
from rpolc.space.box import meet

Side: TypeAlias = Literal["old", "new"]
# A condition of one axis of a version, as disjoint boxes over the common axes.
Cells: TypeAlias = tuple[Box, ...]
# From a mask of an axis of a version to cells.
Way: TypeAlias = Callable[[int], Cells]
_LAST: Final = (DATE, KNOWN_ON, SCENARIO)


@frozen
class OnlyIn:
    """Something of the vocabulary that one version alone has: an attribute, or values of one."""

    side: Side
    attribute: str
    values: tuple[str, ...] = ()


class NotComparableError(Exception):
    """An attribute means something else in each version."""

    def __init__(self, attribute: str, old: str, new: str) -> None:
        super().__init__(f"{attribute!r} is {old} in the old version and {new} in the new one")
        self.attribute = attribute


@frozen(slots=False)
class Translation:
    """From the axes of one version to the common ones."""

    by_axis: tuple[Way, ...]
    _cells: dict[tuple[int, int], Cells] = field(factory=dict, init=False, eq=False, repr=False)

    def region(self, region: Region) -> Region:
        """Return a region over the common axes: its cases of which both versions have the values."""
        return tuple(box for one in region for box in self._box(one))

    def _box(self, box: Box) -> Iterator[Box]:
        found: Sequence[Box] = ((),)
        for axis, mask in box:
            met = (meet(one, cell) for one in found for cell in self._cell(axis, mask))
            found = [one for one in met if one is not None]
        yield from found

    def _cell(self, axis: int, mask: int) -> Cells:
        if (axis, mask) not in self._cells:
            self._cells[axis, mask] = self.by_axis[axis](mask)
        return self._cells[axis, mask]


@frozen(slots=False)
class Common:
    """The common axes with their attributes, the way there from each version, and what only one version has."""

    attributes: tuple[Attribute, ...]
    axes: tuple[Axis, ...]
    old: Translation
    new: Translation
    apart: tuple[OnlyIn, ...]


def refine(old: Contents, new: Contents) -> Common:
    """Return the common axes of two versions. Raise NotComparableError."""
    return _Refining(old, new).common()


@define(slots=False)
class _Refining:
    """Common axes as they are found, and for each version the way from each of its axes."""

    old: Contents
    new: Contents
    axes: list[Axis] = field(factory=list, init=False)
    apart: list[OnlyIn] = field(factory=list, init=False)
    ways: tuple[dict[int, Way], dict[int, Way]] = field(factory=lambda: ({}, {}), init=False)

    def common(self) -> Common:
        attributes = self._attributes()
        for name in (*(attribute.name for attribute in attributes), *_LAST):
            self._refine(name)
        translations = [
            Translation(tuple(ways[number] for number in range(len(contents.axes))))
            for ways, contents in zip(self.ways, (self.old, self.new), strict=True)
        ]
        return Common(attributes, tuple(self.axes), translations[0], translations[1], tuple(self.apart))

    def _attributes(self) -> tuple[Attribute, ...]:
        old, new = ({one.name: one for one in contents.attributes} for contents in (self.old, self.new))
        for name, attribute in new.items():
            other = old.get(name, attribute)
            if (other.kind, other.unit) != (attribute.kind, attribute.unit):
                raise NotComparableError(name, _kind(other), _kind(attribute))
        self.apart.extend(OnlyIn("old", name) for name in old if name not in new)
        self.apart.extend(OnlyIn("new", name) for name in new if name not in old)
        return (*new.values(), *(attribute for name, attribute in old.items() if name not in new))

    @cached_property
    def _numbers(self) -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]:
        return _numbers(self.old), _numbers(self.new)

    def _refine(self, name: str) -> None:
        olds, news = (of_side.get(name, ()) for of_side in self._numbers)
        if not olds or not news:
            for side, contents, numbers in ((0, self.old, olds), (1, self.new, news)):
                for number in numbers:
                    self.ways[side][number] = _moved(len(self.axes))
                    self.axes.append(contents.axes[number])
            return
        ones, others = [self.old.axes[number] for number in olds], [self.new.axes[number] for number in news]
        if ones == others:
            for old, new, axis in zip(olds, news, ones, strict=True):
                self.ways[0][old] = self.ways[1][new] = _moved(len(self.axes))
                self.axes.append(axis)
        elif isinstance(ones[0], MemberAxis):
            self._refine_set(name, olds, news)
        else:
            self._refine_single(name, olds[0], news[0])

    # ------------------------------------------------------------ one value

    def _refine_single(self, name: str, old: int, new: int) -> None:
        axis, pairs = self._joined(name, self.old.axes[old], self.new.axes[new])
        number = len(self.axes)
        self.axes.append(axis)
        for side, own in ((0, old), (1, new)):
            coarse = [pair[side] for pair in pairs]
            if isinstance(axis, OrderedAxis):
                self.ways[side][own] = _refined_in_order(number, coarse)
            else:
                finer: dict[int, int] = {}
                for position, one in enumerate(coarse):
                    finer[one] = finer.get(one, 0) | 1 << position
                self.ways[side][own] = _refined(number, finer, (1 << axis.size) - 1)

    def _joined(self, name: str, old: Axis, new: Axis) -> tuple[Axis, list[tuple[int, int]]]:
        """Return the common axis, and the classes of both versions that each of its classes lies in."""
        none = self._none(name, old, new)
        if isinstance(old, OrderedAxis) and isinstance(new, OrderedAxis):
            cuts = tuple(sorted({*old.cuts, *new.cuts}))
            size = len(cuts) + 1
            pairs = list(zip(_classes(old, cuts), _classes(new, cuts), strict=True))
            axis: Axis = OrderedAxis(name, cuts, new.whole, new.low, new.high, size if none else None)
            return axis, [*pairs, none] if none else pairs
        if isinstance(old, NameAxis) and isinstance(new, NameAxis):
            names = {**old.class_by_name, **new.class_by_name}
            found: dict[tuple[int, int], int] = {(0, 0): 0}
            by_name = {one: found.setdefault((old.class_of(one), new.class_of(one)), len(found)) for one in names}
            shown: dict[int, Value] = {}
            for one, number in by_name.items():
                shown.setdefault(number, one)
            first = new.representative(0) if new.representative(0) not in by_name else old.representative(0)
            representatives = [shown[number] if number else first for number in range(len(found))]
            return NameAxis(name, by_name, *_ended(representatives, none)), [*found, *([none] if none else [])]
        assert isinstance(old, FiniteAxis) and isinstance(new, FiniteAxis)
        self._say_apart(name, old.class_by_leaf, new.class_by_leaf)
        shared = [leaf for leaf in new.class_by_leaf if leaf in old.class_by_leaf]
        found = {}
        by_leaf = {leaf: found.setdefault((old.class_of(leaf), new.class_of(leaf)), len(found)) for leaf in shared}
        first_leaf: dict[int, Value] = {}
        for leaf, number in by_leaf.items():
            first_leaf.setdefault(number, leaf)
        ended = _ended([first_leaf[number] for number in range(len(found))], none)
        return FiniteAxis(name, by_leaf, *ended), [*found, *([none] if none else [])]

    def _none(self, name: str, old: Axis, new: Axis) -> tuple[int, int] | None:
        assert not isinstance(old, MemberAxis) and not isinstance(new, MemberAxis)
        if old.none_class is not None and new.none_class is not None:
            return old.none_class, new.none_class
        if old.none_class is not None or new.none_class is not None:
            self.apart.append(OnlyIn("old" if new.none_class is None else "new", name, ("none",)))
        return None

    def _say_apart(self, name: str, old: Mapping[str, object], new: Mapping[str, object]) -> None:
        for side, own, other in (("old", old, new), ("new", new, old)):
            values = tuple(value for value in own if value not in other)
            if values:
                self.apart.append(OnlyIn(side, name, values))  # type: ignore[arg-type]

    # ------------------------------------------------------------ sets

    def _refine_set(self, name: str, olds: Sequence[int], news: Sequence[int]) -> None:
        old, new = _axis_by_leaf(self.old, olds), _axis_by_leaf(self.new, news)
        self._say_apart(name, old, new)
        groups: dict[tuple[int, int], list[str]] = {}
        for leaf in new:
            if leaf in old:
                groups.setdefault((old[leaf], new[leaf]), []).append(leaf)
        first = len(self.axes)
        self.axes.extend(MemberAxis(name, tuple(leaves)) for leaves in groups.values())
        for side, numbers in ((0, olds), (1, news)):
            for number in numbers:
                parts = [first + position for position, pair in enumerate(groups) if pair[side] == number]
                self.ways[side][number] = _of_parts(parts)


def _kind(attribute: Attribute) -> str:
    return f"{attribute.kind}{f' in {attribute.unit}' if attribute.unit else ''}"


def _numbers(contents: Contents) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for number, axis in enumerate(contents.axes):
        found.setdefault(axis.attribute, []).append(number)
    return found


def _axis_by_leaf(contents: Contents, numbers: Sequence[int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number in numbers:
        axis = contents.axes[number]
        assert isinstance(axis, MemberAxis)
        found |= dict.fromkeys(axis.leaves, number)
    return found


def _classes(axis: OrderedAxis, cuts: Sequence[object]) -> list[int]:
    """Return the class of an axis in which each class of finer cuts lies."""
    own = set(axis.cuts)
    return list(accumulate((one in own for one in cuts), initial=0))


def _ended(representatives: list[Value], none: tuple[int, int] | None) -> tuple[tuple[Value, ...], int | None]:
    """Return the representatives with that of `none` at their end, and its class."""
    if none is None:
        return tuple(representatives), None
    return (*representatives, NONE), len(representatives)


def _moved(number: int) -> Way:
    return lambda mask: (((number, mask),),)


def _refined(number: int, finer: Mapping[int, int], whole: int) -> Way:
    """Return the way from the classes of a version to the finer ones of the common axis."""

    def cells(mask: int) -> Cells:
        found = 0
        for one in members(mask):
            found |= finer.get(one, 0)
        if found == whole:
            return ((),)
        return (((number, found),),) if found else ()

    return cells


def _refined_in_order(number: int, coarse: Sequence[int]) -> Way:
    """Return the same way where the classes of both are in the same order; `coarse` is the class of each finer one."""
    starts = [0] + [position for position in range(1, len(coarse)) if coarse[position] != coarse[position - 1]]
    by_class = dict(zip((coarse[start] for start in starts), starts, strict=True))
    whole = (1 << len(coarse)) - 1

    def cells(mask: int) -> Cells:
        # A class that the common axis lacks, `none` of one version, ends the classes before it.
        found = mask_from_edges(by_class.get(edge, len(coarse)) for edge in edges(mask))
        if found == whole:
            return ((),)
        return (((number, found),),) if found else ()

    return cells


def _of_parts(parts: Sequence[int]) -> Way:
    """Return the way from "holds one of some members or not" to the same of the parts these fall into."""

    def cells(mask: int) -> Cells:
        if mask == 0b11:
            return ((),)
        if mask == 0b01:
            return (tuple((part, 0b01) for part in parts),)
        return tuple((*((part, 0b01) for part in parts[:last]), (parts[last], 0b10)) for last in range(len(parts)))

    return cells
