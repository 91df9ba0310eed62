"""The fewest facts that would have to be other for another outcome, and the first day on which it comes by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from functools import cached_property
from itertools import combinations
from typing import Final

from attrs import frozen

from rpol.runtime.attribute import Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO
from rpol.runtime.bits import members
from rpol.runtime.contents import Box
from rpol.runtime.ladder import OUTCOMES
from rpol.runtime.request import Request
from rpolc.analysis.ground import Ground, search
from rpolc.analysis.questions import outcome_is_not
from rpolc.space import box as boxes
from rpolc.space.box import Point
from rpolc.space.explore import Budget
from rpolc.space.grow import grow

# More ways than these are not told, and no more facts than these are changed together.
MOST_WAYS: Final = 5
MOST_CHANGED: Final = 4


@frozen
class Way:
    """A way to a wanted outcome: the attributes to change, and where they, and those not given, then lie.

    `fixed` are those that stay as given. `case` is one of these cases.
    """

    attributes: tuple[str, ...]
    fixed: tuple[str, ...]
    where: Box
    case: Point


@frozen
class WhyNot:
    """The outcomes that are possible as asked, the ways to a wanted one with the fewest changes, and its first day.

    `first_day` is the number of the first later class of days on which the outcome is possible, all else as asked; None
    if there is none. Without `ways`, up to `tried` changed facts do not lead there.
    """

    possible: tuple[str, ...]
    ways: tuple[Way, ...]
    first_day: int | None
    tried: int


def why_not(ground: Ground, request: Request, wanted: Callable[[str], bool], held: Set[str], budget: Budget) -> WhyNot:
    """Return what would lead to a wanted outcome; what is `held` does not change, nor do the days and the scenario.

    Attributes that are not given may have any value. Raise GaveUpError when the budget is spent.
    """
    return _Search(ground, request, wanted, budget).all(held)


@frozen(slots=False)
class _Search:
    ground: Ground
    request: Request
    wanted: Callable[[str], bool]
    budget: Budget

    def all(self, held: Set[str]) -> WhyNot:
        possible = tuple(one for one in OUTCOMES if self._first((), lambda outcome: outcome == one) is not None)  # noqa: B023
        changeable = [name for name in self.request.facts if name not in held and self._matters(name)]
        tried = min(MOST_CHANGED, len(changeable))
        for size in range(tried + 1):
            ways = [way for names in combinations(changeable, size) if (way := self._way(names)) is not None]
            if ways:
                return WhyNot(possible, tuple(ways[:MOST_WAYS]), self._first_day(), size)
        return WhyNot(possible, (), self._first_day(), tried)

    def _matters(self, name: str) -> bool:
        """Tell whether a clause or a fact speaks of an attribute."""
        return any(axis in self._spoken_of for axis in self._axes(name))

    @cached_property
    def _spoken_of(self) -> Set[int]:
        return {axis for box in self.ground.boxes for axis, _ in box}

    def _axes(self, name: str) -> Sequence[int]:
        return [number for number, axis in enumerate(self.ground.contents.axes) if axis.attribute == name]

    @cached_property
    def _asked(self) -> Box:
        """The cases that are asked about."""
        cells: dict[int, int] = {}
        request = self.request
        fixed: dict[str, Value] = {DATE: request.date, KNOWN_ON: request.known_on, SCENARIO: request.scenario}
        for number, axis in enumerate(self.ground.contents.axes):
            if axis.attribute in fixed:
                cells[number] = 1 << axis.class_of(fixed[axis.attribute])
            for possible in request.facts.get(axis.attribute, ()):
                for value in possible:
                    cells[number] = cells.get(number, 0) | 1 << axis.class_of(value)
        whole = self.ground.space.whole
        return tuple(sorted((axis, cell) for axis, cell in cells.items() if cell != whole[axis]))

    def _first(self, changed: Sequence[str], wanted: Callable[[str], bool], start: Box | None = None) -> Box | None:
        """Return cases with a wanted outcome, with some attributes other than asked."""
        free = {axis for name in changed for axis in self._axes(name)}
        within = tuple(cell for cell in (self._asked if start is None else start) if cell[0] not in free)
        question = outcome_is_not(self.ground.rules, lambda outcome: not wanted(outcome))
        return next(search(self.ground, (within,), question, self.budget), None)

    def _way(self, names: Sequence[str]) -> Way | None:
        part = self._first(names, self.wanted)
        if part is None:
            return None
        point = boxes.pick(self.ground.space, part)
        beyond = outcome_is_not(self.ground.rules, self.wanted)

        def outside(box: Box) -> Box | None:
            return next(search(self.ground, (box,), beyond, self.budget), None)

        def inside(other: Point) -> bool:
            return next(search(self.ground, (boxes.at(other, self.ground.space),), beyond, self.budget), None) is None

        open_axes = [axis for name in names for axis in self._axes(name)]
        open_axes += [axis for name in self._not_given for axis in self._axes(name)]
        fixed = tuple(name for name in self.request.facts if name not in names)
        return Way(tuple(names), fixed, grow(self.ground.space, part, point, inside, outside, open_axes), point)

    @cached_property
    def _not_given(self) -> Sequence[str]:
        return [one.name for one in self.ground.contents.attributes if one.name not in self.request.facts]

    def _first_day(self) -> int | None:
        (axis,) = self._axes(DATE)
        asked = dict(self._asked).get(axis, self.ground.space.whole[axis])
        for number in self._later(axis, asked):
            start = boxes.put(self.ground.space, self._asked, axis, 1 << number)
            if self._first((), self.wanted, start) is not None:
                return number
        return None

    def _later(self, axis: int, asked: int) -> Iterator[int]:
        return members(self.ground.space.whole[axis] & ~((1 << asked.bit_length()) - 1))
