"""Regions of the plane of two dates: the day decided for, and the day on which the law is known.

A region is a finite union of rectangles. Days are proleptic ordinals (`date.toordinal`); `FIRST` and `END` bound the
calendar (0001-01-01 to 9999-12-31, `END` being the first day out). On the `known_on` axis `END` itself stands for
"no limit", later than every day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, TypeAlias

from attrs import frozen

FIRST: Final = 1
END: Final = date.max.toordinal() + 1

# Sorted, disjoint spans of days that do not touch: (first day in, first day out).
Days: TypeAlias = tuple[tuple[int, int], ...]
NO_DAY: Final[Days] = ()
ALL_DAYS: Final[Days] = ((FIRST, END),)


@frozen
class Region:
    """For each span of `known_on`, the days of the region.

    `steps` are (first known_on of the span, days), ascending from `FIRST`; neighbours differ, so that equal regions
    have equal steps.
    """

    steps: tuple[tuple[int, Days], ...]

    def days(self, known_on: int) -> Days:
        """Return the days of the region as seen on `known_on`."""
        found = NO_DAY
        for start, days in self.steps:
            if start > known_on:
                break
            found = days
        return found

    def __contains__(self, point: tuple[int, int]) -> bool:
        """Tell whether the pair (date, known_on) lies in the region."""
        day, known_on = point
        return any(start <= day < end for start, end in self.days(known_on))

    @property
    def empty(self) -> bool:
        """Whether no point lies in the region."""
        return self == NEVER


NEVER: Final = Region(((FIRST, NO_DAY),))
ALWAYS: Final = Region(((FIRST, ALL_DAYS),))


def window(start: int | None, end: int | None) -> Region:
    """Return the days from `start` up to, not including, `end`; None is open."""
    if start is None and end is None:
        return ALWAYS
    first, out = max(FIRST, start or FIRST), min(END, END if end is None else end)
    return Region(((FIRST, ((first, out),) if first < out else NO_DAY),))


def known_from(day: int | None) -> Region:
    """Return the part of the plane in which an act of law issued on `day` is known; None was always known."""
    if day is None or day <= FIRST:
        return ALWAYS
    return Region(((FIRST, NO_DAY), (day, ALL_DAYS)))


def between(first: int, out: int | None) -> Region:
    """Return the part of the plane in which `known_on` lies from `first` up to, not including, `out`."""
    steps = ((FIRST, NO_DAY), (first, ALL_DAYS)) if first > FIRST else ((FIRST, ALL_DAYS),)
    return Region(steps if out is None else (*steps, (out, NO_DAY)))


def on_days(days: Days) -> Region:
    """Return these days (sorted, disjoint spans), whatever is known."""
    return Region(((FIRST, _any_day((days,))),))


def union(regions: Iterable[Region]) -> Region:
    """Return what lies in at least one of `regions`."""
    return _merge(regions, _any_day, NEVER)


def intersection(regions: Iterable[Region]) -> Region:
    """Return what lies in all of `regions`."""
    return _merge(regions, _every_day, ALWAYS)


def complement(region: Region) -> Region:
    """Return the rest of the plane."""
    return Region(tuple((start, _other_days(days)) for start, days in region.steps))


def difference(region: Region, other: Region) -> Region:
    """Return what lies in `region` and not in `other`."""
    return region if other == NEVER else intersection((region, complement(other)))


def bounds(region: Region) -> tuple[frozenset[int], frozenset[int]]:
    """Return the days and the known_on days at which something changes: where the axes must be cut."""
    days = {edge for _, spans in region.steps for span in spans for edge in span}
    return frozenset(days - {FIRST, END}), frozenset(start for start, _ in region.steps if start != FIRST)


def _merge(parts: Iterable[Region], combine: Callable[[tuple[Days, ...]], Days], neutral: Region) -> Region:
    regions = tuple(dict.fromkeys(region for region in parts if region != neutral))
    if not regions:
        return neutral
    if len(regions) == 1:
        return regions[0]
    starts = sorted({start for region in regions for start, _ in region.steps})
    steps: list[tuple[int, Days]] = []
    for start in starts:
        days = combine(tuple(region.days(start) for region in regions))
        if not steps or steps[-1][1] != days:
            steps.append((start, days))
    return Region(tuple(steps))


def _any_day(parts: tuple[Days, ...]) -> Days:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for days in parts for span in days):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _every_day(parts: tuple[Days, ...]) -> Days:
    common = parts[0]
    for days in parts[1:]:
        met = ((max(a, c), min(b, d)) for a, b in common for c, d in days)
        common = tuple((start, end) for start, end in met if start < end)
    return common


def _other_days(days: Days) -> Days:
    edges = [FIRST, *(edge for span in days for edge in span), END]
    return tuple((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end)
