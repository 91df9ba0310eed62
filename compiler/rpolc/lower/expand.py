"""Conditions as unions of boxes, in one world.

Both polarities are pushed down to the tests, so that nothing ever complements a large union. What turns on days, a list
or an `in force`, is a union over classes of values times the days on which it holds. Where multiplying out takes too
many boxes, the space is split instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from rpol.model import plane
from rpol.model.force import Calendar as LawCalendar
from rpol.model.force import World
from rpol.model.members import members
from rpol.model.plane import Region
from rpol.model.policy import (
    AllOf,
    Among,
    AnyOf,
    Clause,
    Compared,
    Condition,
    ForceOf,
    Negation,
    OnlyAmong,
    PlainList,
    Policy,
    Row,
)
from rpol.runtime.attribute import NONE, Value
from rpol.runtime.axes import BASE, MemberAxis
from rpol.runtime.contents import Box
from rpol.text.source import Place
from rpolc.lower.atoms import Dated, atoms, dated_atoms
from rpolc.lower.cells import Cells
from rpolc.lower.days import Calendar, Days, either
from rpolc.lower.split import split
from rpolc.space.box import EVERYTHING, Space, contains, meet
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.region import merge

Boxes: TypeAlias = tuple[Box, ...]
# The most boxes of one condition, and the most that multiplying out may come to before the space is split instead.
MOST_BOXES: Final = 20_000
_MOST_MULTIPLIED: Final = 1_000
# The most work of splitting for one condition, and for all of a policy: a step costs as many units as there are tests.
_MOST_WORK: Final = 10_000_000
_MOST_WORK_IN_ALL: Final = 20_000_000
_LEAST_COST: Final = 100
# The most boxes of all clauses, in all worlds; a table of them still fits in memory.
_MOST_BOXES_IN_ALL: Final = 500_000
# Looking for boxes inside others compares all pairs.
_MOST_COMPARED: Final = 400
_MOST_PAIRS: Final = 2_000_000


class TooManyBoxesError(GaveUpError):
    """A condition falls into more boxes than the budget allows; `place` is that of its clause or fact, if any."""

    def __init__(self, place: Place | None = None) -> None:
        super().__init__("a condition falls into too many boxes")
        self.place = place


@frozen(slots=False)
class Ground:
    """A policy and its axes, and what has been worked out of it in any world, so that worlds share what they can."""

    policy: Policy
    cells: Cells
    calendar: Calendar
    expanded: dict[tuple[Condition, bool, tuple[int, ...]], Boxes] = field(factory=dict, init=False)
    clauses: dict[tuple[int, tuple[Region, ...], tuple[int, ...]], Boxes] = field(factory=dict, init=False)
    numbers: dict[object, int] = field(factory=dict, init=False)
    room: Budget = field(factory=lambda: Budget(_MOST_BOXES_IN_ALL), init=False)
    work: Budget = field(factory=lambda: Budget(_MOST_WORK_IN_ALL), init=False)
    _dated: dict[Condition, tuple[Dated, ...]] = field(factory=dict, init=False)

    @cached_property
    def space(self) -> Space:
        """The case space."""
        return Space(tuple(axis.size for axis in self.cells.axes))

    def dated_atoms(self, condition: Condition) -> tuple[Dated, ...]:
        """Return the tests within a condition that turn on days, found once."""
        if condition not in self._dated:
            self._dated[condition] = tuple(dated_atoms(condition))
        return self._dated[condition]

    @cached_property
    def rows_by_value(self) -> Mapping[str, Mapping[Value, Sequence[Row]]]:
        """For each list of rows, the rows that speak of each value that stands for its class."""
        standing = {value for number in range(len(self.cells.axes)) for value in self.cells.standing(number)}
        found: dict[str, dict[Value, list[Row]]] = {}
        for name, listing in self.policy.lists.items():
            if isinstance(listing, PlainList):
                rows = found.setdefault(name, defaultdict(list))
                for row in listing.rows:
                    for value in row.values:
                        if value in standing:
                            rows[value].append(row)
        return found


@frozen(slots=False)
class Expander:
    """A policy in one world: its conditions become boxes here."""

    ground: Ground
    world: World
    _listings: dict[tuple[int, tuple[str, ...]], tuple[Days, ...]] = field(factory=dict, init=False, repr=False)
    _owned: dict[str, list[Mapping[Value, Region]]] = field(factory=dict, init=False, repr=False)
    _numbers: dict[Dated, int] = field(factory=dict, init=False, repr=False)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.ground.policy

    @property
    def cells(self) -> Cells:
        """Its axes."""
        return self.ground.cells

    @property
    def calendar(self) -> Calendar:
        """Its days."""
        return self.ground.calendar

    @cached_property
    def law(self) -> tuple[LawCalendar, ...]:
        """When law is in force, for the base and each scenario."""
        return tuple(
            LawCalendar(self.policy, evolve(self.world, scenario=name)) for name in (BASE, *self.policy.scenarios)
        )

    def days(self, find: Callable[[LawCalendar], Region]) -> Days:
        """Return days that are found for the base and each scenario."""
        return self.calendar.days([find(law) for law in self.law])

    def clause(self, clause: Clause) -> Boxes:
        """Return where a clause holds by itself: in its condition's region, on days when it is in force."""
        key = (clause.index, tuple([law.touched(clause) for law in self.law]), self._dated(clause.condition))
        if key not in self.ground.clauses:
            days = self.days(lambda law: law.clause(clause))
            found = self.within(clause.condition, self.calendar.boxes(days))
            self.ground.room.steps -= len(found)
            if self.ground.room.steps < 0:
                raise TooManyBoxesError
            self.ground.clauses[key] = found
        return self.ground.clauses[key]

    def within(self, condition: Condition, boxes: Boxes = (EVERYTHING,), positive: bool = True) -> Boxes:
        """Return the part of `boxes` (disjoint) in which a condition is true (or, not `positive`, false)."""
        try:
            return self._multiplied(condition, boxes, positive)
        except TooManyBoxesError:
            return self._split(condition, boxes, positive)

    def _multiplied(self, condition: Condition, boxes: Boxes, positive: bool) -> Boxes:
        if isinstance(condition, Negation):
            return self._multiplied(condition.term, boxes, not positive)
        if isinstance(condition, AllOf if positive else AnyOf):
            for part in sorted((self.expand(term, positive) for term in condition.terms), key=len):
                boxes = self._meet(boxes, part, _MOST_MULTIPLIED)
            return boxes
        return self._meet(boxes, self.expand(condition, positive), _MOST_MULTIPLIED)

    def _split(self, condition: Condition, boxes: Boxes, positive: bool) -> Boxes:
        work, space = self.ground.work, self.ground.space
        cost = _LEAST_COST + sum(1 for _ in atoms(condition))
        most = min(_MOST_WORK, work.steps) // cost
        budget = Budget(most)
        try:
            parts = split(space, condition if positive else Negation(condition), boxes, self.expand, budget)
            return merge(space, _limited(parts))
        except GaveUpError:
            raise TooManyBoxesError from None
        finally:
            work.steps -= cost * (most - budget.steps)

    def expand(self, condition: Condition, positive: bool = True) -> Boxes:
        """Return the boxes in which a condition is true (or false)."""
        key = (condition, positive, self._dated(condition))
        if key not in self.ground.expanded:
            self.ground.expanded[key] = self._tidy(self._expand(condition, positive))
        return self.ground.expanded[key]

    def _dated(self, condition: Condition) -> tuple[int, ...]:
        """Return what a condition owes to this world: numbers for the days of the lists and of the law that it names.

        The same numbers, in whatever world, stand for the same days.
        """
        return tuple([self._number(atom) for atom in self.ground.dated_atoms(condition)])

    def _number(self, atom: Dated) -> int:
        if atom not in self._numbers:
            days: object = (
                self.days(lambda law: law.asked(atom.target))
                if isinstance(atom, ForceOf)
                else tuple(self._listings_of(number, atom.lists) for number in self.cells.by_attribute[atom.attribute])
            )
            self._numbers[atom] = self.ground.numbers.setdefault(days, len(self.ground.numbers))
        return self._numbers[atom]

    def _listings_of(self, number: int, lists: tuple[str, ...]) -> tuple[Days, ...]:
        """Return for each class of an axis the days on which it is listed."""
        key = (number, lists)
        if key not in self._listings:
            self._listings[key] = tuple(self._listed(value, lists) for value in self.cells.standing(number))
        return self._listings[key]

    def _expand(self, condition: Condition, positive: bool) -> Boxes:
        match condition:
            case Negation(term):
                return self.expand(term, not positive)
            case AllOf(terms) | AnyOf(terms):
                if isinstance(condition, AllOf) == positive:
                    return self.within(condition, (EVERYTHING,), positive)
                return _limited(box for term in terms for box in self.expand(term, positive))
            case Compared(attribute, operator, bound):
                number, mask = self.cells.compared(attribute, operator, bound)
                return self._cell(number, mask if positive else self.cells.whole(number) & ~mask)
            case ForceOf(target):
                days = self.days(lambda law: law.asked(target))
                return self.calendar.boxes(days if positive else self.calendar.other(days))
            case Among():
                return self._among(condition, positive)
            case OnlyAmong():
                return self._only(condition, positive)

    # ------------------------------------------------------------ values and lists

    def _among(self, test: Among, positive: bool) -> Boxes:
        if self.policy.attributes[test.attribute].kind == "set of":
            return self._contains(test, positive)
        (number,) = self.cells.by_attribute[test.attribute]
        named = self.cells.classes(number, test.values)
        if not test.lists:
            return self._cell(number, named if positive else self.cells.whole(number) & ~named)
        classes_by_days: dict[Days, int] = {}
        for cls, listed in enumerate(self._listings_of(number, test.lists)):
            days = self.calendar.always if named >> cls & 1 else listed
            classes_by_days[days] = classes_by_days.get(days, 0) | 1 << cls
        return _limited(
            box
            for days, mask in classes_by_days.items()
            for box in self._meet(
                self._cell(number, mask), self.calendar.boxes(days if positive else self.calendar.other(days))
            )
        )

    def _contains(self, test: Among, positive: bool) -> Boxes:
        """Return where a set holds one of the values, or none is asked for and it is empty."""
        parts = [self._member(number, test) for number in self.cells.by_attribute[test.attribute]]
        none = self._empty(test.attribute) if NONE in test.values else ()
        if positive:
            return _limited((*none, *(box for held, _ in parts for box in held)))
        boxes: Boxes = (EVERYTHING,)
        for _, missed in parts:
            boxes = self._meet(boxes, missed)
        return self._meet(boxes, self._not_empty(test.attribute)) if none else boxes

    def _only(self, test: OnlyAmong, positive: bool) -> Boxes:
        """Return where a set is not empty and holds nothing but the values."""
        asked = Among(test.attribute, test.values - {NONE}, test.lists)
        others = [self._stranger(number, asked) for number in self.cells.by_attribute[test.attribute]]
        if not positive:
            return _limited((*self._empty(test.attribute), *(box for held, _ in others for box in held)))
        boxes = self._not_empty(test.attribute)
        for _, missed in others:
            boxes = self._meet(boxes, missed)
        return boxes

    def _member(self, number: int, test: Among) -> tuple[Boxes, Boxes]:
        """Return where the set holds a member of an axis on days when the test is true of it, and where it does not."""
        days = self._days_of_member(number, test)
        held = self._meet(self._cell(number, 0b10), self.calendar.boxes(days))
        missed = (*self._cell(number, 0b01), *self.calendar.boxes(self.calendar.other(days)))
        return held, missed

    def _stranger(self, number: int, test: Among) -> tuple[Boxes, Boxes]:
        """Return where the set holds a member of an axis on days when the test is false of it, and where not."""
        days = self._days_of_member(number, test)
        held = self._meet(self._cell(number, 0b10), self.calendar.boxes(self.calendar.other(days)))
        missed = (*self._cell(number, 0b01), *self.calendar.boxes(days))
        return held, missed

    def _days_of_member(self, number: int, test: Among) -> Days:
        axis = self.cells.axes[number]
        assert isinstance(axis, MemberAxis)
        return self.calendar.always if axis.leaves[0] in test.values else self._listings_of(number, test.lists)[0]

    def _empty(self, attribute: str) -> Boxes:
        return (tuple((number, 0b01) for number in self.cells.by_attribute[attribute]),)

    def _not_empty(self, attribute: str) -> Boxes:
        return tuple(((number, 0b10),) for number in self.cells.by_attribute[attribute])

    def _listed(self, value: Value, lists: Iterable[str]) -> Days:
        days = self.calendar.never
        for name in lists:
            if name not in self.ground.rows_by_value:
                by_scenario = [found.get(value, plane.NEVER) for found in self._holders(name)]
                days = either(days, self.calendar.days(by_scenario))
            elif value in self.ground.rows_by_value[name]:
                rows = self.ground.rows_by_value[name][value]
                by_scenario = [plane.union(law.row(row) for row in rows) for law in self.law]
                days = either(days, self.calendar.days(by_scenario))
        return days

    def _holders(self, name: str) -> list[Mapping[Value, Region]]:
        """Return who stands in an owned list, for the base and each scenario."""
        if name not in self._owned:
            self._owned[name] = [members(law, name) for law in self.law]
        return self._owned[name]

    # ------------------------------------------------------------ boxes

    def _cell(self, number: int, mask: int) -> Boxes:
        if not mask:
            return ()
        return (EVERYTHING,) if mask == self.cells.whole(number) else (((number, mask),),)

    def _meet(self, boxes: Boxes, others: Boxes, most: int = MOST_BOXES) -> Boxes:
        if others == (EVERYTHING,):
            return boxes
        if boxes == (EVERYTHING,):
            return others
        if len(boxes) * len(others) > _MOST_PAIRS:
            raise TooManyBoxesError
        met = (meet(box, other) for box in boxes for other in others)
        return self._tidy(_limited((box for box in met if box is not None), max(most, len(boxes), len(others))))

    def _tidy(self, boxes: Boxes) -> Boxes:
        """Return the same region in fewer boxes, where that is quick to see."""
        if len(boxes) < 2:
            return boxes
        if len(boxes) <= _MOST_COMPARED:
            kept: list[Box] = []
            for box in sorted(boxes, key=len):
                if not any(contains(larger, box) for larger in kept):
                    kept.append(box)
            boxes = tuple(kept)
        return merge(self.ground.space, boxes) if len(boxes) > 1 else boxes


def _limited(boxes: Iterable[Box], most: int = MOST_BOXES) -> Boxes:
    found: dict[Box, None] = {}
    for box in boxes:
        found[box] = None
        if len(found) > most:
            raise TooManyBoxesError
    return tuple(found)
