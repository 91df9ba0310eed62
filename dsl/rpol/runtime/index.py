"""The contents of a table laid out for deciding: which boxes hold each class of each axis, as bits of an int.

Boxes are numbered through all regions. The AND of one class bitset an axis is the set of boxes that a case hits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from rpol.runtime.attribute import Value
from rpol.runtime.axes import Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.bits import edges, members
from rpol.runtime.contents import Box, Contents, World
from rpol.runtime.decision import RowRef, Unconfirmed
from rpol.runtime.finding import Catalogue

# A row that speaks of a case: the attribute tested, the list named, the number of the row; and whether it is this row,
# or one like it (under the same notice, on the same days) since several values stand behind one class.
Match: TypeAlias = tuple[str, str, int, bool]


@frozen
class View:
    """A world laid out: the boxes of its regions, and the clauses that hold where a region does."""

    boxes: int
    clauses_by_region: Mapping[int, tuple[int, ...]]


@frozen(slots=False)
class Index:
    """A table's contents, with all that is worked out from them once. Nothing in it changes after that."""

    contents: Contents
    # What `ask` works out of an attribute that is not given; it is the same for every request.
    open_steps: dict[str, object] = field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def boxes(self) -> tuple[tuple[int, Box], ...]:
        """Every box, with the number of its region."""
        return tuple((number, box) for number, region in enumerate(self.contents.regions) for box in region)

    @cached_property
    def region_masks(self) -> tuple[int, ...]:
        """The boxes of each region."""
        masks = []
        first = 0
        for region in self.contents.regions:
            masks.append(((1 << len(region)) - 1) << first)
            first += len(region)
        return tuple(masks)

    @cached_property
    def region_of_box(self) -> tuple[int, ...]:
        """The number of the region of each box."""
        return tuple(number for number, _ in self.boxes)

    @cached_property
    def bits(self) -> tuple[tuple[int, ...], ...]:
        """For each axis and class, the boxes that hold the class; a box that does not narrow an axis holds all."""
        changes: list[dict[int, int]] = [{} for _ in self.contents.axes]
        free = [(1 << len(self.boxes)) - 1] * len(self.contents.axes)
        for number, (_, box) in enumerate(self.boxes):
            bit = 1 << number
            for axis, mask in box:
                free[axis] ^= bit
                for edge in edges(mask):
                    changes[axis][edge] = changes[axis].get(edge, 0) ^ bit
        rows = []
        for axis, cut in enumerate(self.contents.axes):
            current = free[axis]
            row = []
            for number in range(cut.size):
                current ^= changes[axis].get(number, 0)
                row.append(current)
            rows.append(tuple(row))
        return tuple(rows)

    @cached_property
    def axes_by_attribute(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the axes of each attribute, and of `date`, `known_on` and `scenario`."""
        found: dict[str, tuple[int, ...]] = {attribute.name: () for attribute in self.contents.attributes}
        for number, axis in enumerate(self.contents.axes):
            found[axis.attribute] = (*found.get(axis.attribute, ()), number)
        return found

    @cached_property
    def real(self) -> View:
        """The clauses as they hold."""
        return self._view(self.contents.real)

    @cached_property
    def bare(self) -> View:
        """The clauses as they would hold if nothing were suspended or repealed."""
        return self._view(self.contents.bare)

    @cached_property
    def doubts(self) -> tuple[tuple[View, View], ...]:
        """For each `unconfirmed` statement, the worlds in which what it concerns is gone, and untouched."""
        return tuple((self._view(doubt.gone), self._view(doubt.untouched)) for doubt in self.contents.doubts)

    @cached_property
    def verdict_boxes(self) -> int:
        """The boxes on which outcome and possibility turn: those of clauses as they hold, and of broken facts."""
        return self.real.boxes | self.fact_boxes

    @cached_property
    def fact_boxes(self) -> int:
        """The boxes in which a declared fact is broken."""
        return _union(self.region_masks[fact.broken] for fact in self.contents.facts)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What the numbers in findings stand for."""
        contents = self.contents
        return Catalogue(
            clauses=contents.clauses,
            acts=[act.ref for act in contents.acts],
            rows=[RowRef(row.list, row.name, row.instrument) for row in contents.rows],
            doubts=[Unconfirmed(doubt.instrument, doubt.why) for doubt in contents.doubts],
            cites={instrument.name: instrument.cite for instrument in contents.instruments},
        )

    @cached_property
    def _rows_by_value(self) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
        return {listing.name: dict(listing.rows_by_value) for listing in self.contents.lists}

    @cached_property
    def _lists_by_attribute(self) -> Mapping[str, tuple[str, ...]]:
        pairs = dict.fromkeys(pair for clause in self.contents.clauses for pair in clause.lists)
        found: dict[str, tuple[str, ...]] = {}
        for attribute, name in pairs:
            found[attribute] = (*found.get(attribute, ()), name)
        return found

    def holding(self, attribute: str, value: Value) -> int:
        """Return the boxes that hold a value of an attribute."""
        mask = -1
        for number in self.axes_by_attribute[attribute]:
            mask &= self.bits[number][self.axis(number).class_of(value)]
        return mask

    def axis(self, number: int) -> Axis:
        """Return an axis by its number."""
        return self.contents.axes[number]

    @cached_property
    def _values_by_class(self) -> tuple[Mapping[int, tuple[str, ...]], ...]:
        """For each axis of names or leaves, the values of each class; of members, those of which one is held."""
        found: list[Mapping[int, tuple[str, ...]]] = []
        for axis in self.contents.axes:
            values: dict[int, list[str]] = {}
            if isinstance(axis, (NameAxis, FiniteAxis)):
                by_value = axis.class_by_name if isinstance(axis, NameAxis) else axis.class_by_leaf
                for value, cls in by_value.items():
                    values.setdefault(cls, []).append(value)
            if isinstance(axis, MemberAxis):
                values[1] = list(axis.leaves)
            found.append({cls: tuple(some) for cls, some in values.items()})
        return tuple(found)

    def matches(self, attribute: str, value: Value) -> frozenset[Match]:
        """Return the rows, of lists that clauses name, that speak of a value."""
        found: list[Match] = []
        for name in self._lists_by_attribute.get(attribute, ()):
            rows = self._rows_by_value[name]
            for one in value if isinstance(value, frozenset) else (value,):
                found += [(attribute, name, row, True) for row in rows.get(one, ())]  # type: ignore[arg-type]
        return frozenset(found)

    def matches_of_class(self, attribute: str, number: int, cls: int) -> frozenset[Match]:
        """Return the rows that speak of a class of an axis: of all its values, or each of one like it."""
        axis = self.axis(number)
        matches = self.matches(attribute, axis.representative(cls))
        if not matches or isinstance(axis, OrderedAxis):
            return matches
        values = self._values_by_class[number].get(cls, ())
        shared = frozenset.intersection(*(self.matches(attribute, value) for value in values)) if values else matches
        return frozenset((*match[:3], match in shared) for match in matches)

    def holds(self, region: int, hits: int) -> bool:
        """Tell whether a region holds for a case that hits these boxes."""
        return bool(self.region_masks[region] & hits)

    def clauses(self, view: View, hits: int) -> set[int]:
        """Return the clauses whose regions hold in a world."""
        found: set[int] = set()
        for box in members(hits & view.boxes):
            found.update(view.clauses_by_region[self.region_of_box[box]])
        return found

    def broken_fact(self, hits: int) -> str | None:
        """Return a declared fact that is false in a case that hits these boxes, as written."""
        return next((fact.text for fact in self.contents.facts if self.holds(fact.broken, hits)), None)

    def _view(self, world: World) -> View:
        clauses: dict[int, list[int]] = {}
        for clause, region in enumerate(world):
            clauses.setdefault(region, []).append(clause)
        return View(_union(self.region_masks[r] for r in clauses), {r: tuple(found) for r, found in clauses.items()})


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
