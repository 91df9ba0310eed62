"""Regions of the plane of two dates, over all scenarios, as masks of date classes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from rpol.model.plane import FIRST, Region
from rpol.runtime.axes import Axis, OrderedAxis
from rpol.runtime.contents import Box

# For each scenario, base first, and each known_on class, the mask of date classes; all in one tuple.
Days: TypeAlias = tuple[int, ...]


@frozen(slots=False)
class Calendar:
    """The last three axes of a policy, and how regions of days are written in their classes."""

    axes: tuple[Axis, ...]
    _masks: dict[tuple[Region, ...], Days] = field(factory=dict, init=False, eq=False, repr=False)
    _boxes: dict[Days, tuple[Box, ...]] = field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def _dates(self) -> tuple[int, ...]:
        """The first day of each date class but the first."""
        return tuple(int(day) for day, _ in self._ordered(-3).cuts)

    @cached_property
    def _known(self) -> tuple[int, ...]:
        """The first day of each known_on class."""
        return (FIRST, *(int(day) for day, _ in self._ordered(-2).cuts))

    @property
    def scenarios(self) -> int:
        """How many scenarios there are, with the base."""
        return self.axes[-1].size

    @cached_property
    def never(self) -> Days:
        """No day at all."""
        return (0,) * (self.scenarios * len(self._known))

    @cached_property
    def always(self) -> Days:
        """Every day."""
        return (self._all_dates,) * len(self.never)

    @cached_property
    def _all_dates(self) -> int:
        return (1 << self.axes[-3].size) - 1

    def days(self, by_scenario: Sequence[Region]) -> Days:
        """Return the days of a region that may differ from scenario to scenario; each must be cut where it changes."""
        key = tuple(by_scenario)
        if key not in self._masks:
            self._masks[key] = tuple(self._mask(region, known) for region in key for known in self._known)
        return self._masks[key]

    def other(self, days: Days) -> Days:
        """Return all other days."""
        return tuple(self._all_dates & ~mask for mask in days)

    def boxes(self, days: Days) -> tuple[Box, ...]:
        """Return disjoint boxes over the last three axes that make up `days`."""
        if days not in self._boxes:
            self._boxes[days] = tuple(self._laid_out(days))
        return self._boxes[days]

    def _laid_out(self, days: Days) -> Iterator[Box]:
        step = len(self._known)
        found: dict[int, dict[int, int]] = {}
        for scenario in range(self.scenarios):
            known_by_dates: dict[int, int] = {}
            for known, mask in enumerate(days[scenario * step : (scenario + 1) * step]):
                if mask:
                    known_by_dates[mask] = known_by_dates.get(mask, 0) | 1 << known
            for mask, known in known_by_dates.items():
                by_known = found.setdefault(mask, {})
                by_known[known] = by_known.get(known, 0) | 1 << scenario
        for dates, by_known in found.items():
            for known, scenarios in by_known.items():
                yield self._box(dates, known, scenarios)

    def _box(self, dates: int, known: int, scenarios: int) -> Box:
        first = len(self.axes) - 3
        masks = ((first, dates), (first + 1, known), (first + 2, scenarios))
        return tuple((axis, mask) for axis, mask in masks if mask != (1 << self.axes[axis].size) - 1)

    def _mask(self, region: Region, known_on: int) -> int:
        mask = 0
        for start, end in region.days(known_on):
            mask |= (1 << self._class(end)) - (1 << self._class(start))
        return mask

    def _class(self, day: int) -> int:
        """Return the number of the class that begins with `day`; one past the last for the end of the calendar."""
        if day <= FIRST:
            return 0
        return bisect_left(self._dates, day) + 1

    def _ordered(self, number: int) -> OrderedAxis:
        axis = self.axes[number]
        assert isinstance(axis, OrderedAxis)
        return axis


def either(one: Days, other: Days) -> Days:
    """Return the days of one or the other."""
    return tuple(a | b for a, b in zip(one, other, strict=True))
