"""Days in words: spans between dates, and what is peculiar to a scenario or to what was known earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from rpol.model import plane
from rpol.model.plane import END, FIRST, Days, Region
from rpol.model.problems.wording import listed
from rpol.runtime.axes import BASE
from rpol.runtime.numerals import day_text

_MOST_SPANS: Final = 10


def days_text(by_scenario: Mapping[str, Region]) -> str:
    """Return the days of a region in words, the base first; of a scenario only where it has other days."""
    base = by_scenario.get(BASE, plane.NEVER)
    scenarios: dict[Region, list[str]] = {}
    for name, region in by_scenario.items():
        if region != base:
            scenarios.setdefault(region, []).append(name)
    said = [] if base.empty else [_region_text(base)]
    said += [f"under {listed(names)} {_region_text(region)}" for region, names in scenarios.items()]
    return "; ".join(said) or "on no day"


def _region_text(region: Region) -> str:
    """Return the days with no limit on `known_on`, then those that the law had only as it was known before."""
    now = region.days(END)
    said = [_spans_text(now)] if now else []
    earlier = plane.difference(region, plane.on_days(now))
    said += [
        f"{_spans_text(days)} as known {_span_text(start, out)}"
        for (start, days), (out, _) in pairwise(earlier.steps)
        if days
    ]
    return ", and ".join(said) or "on no day"


def _spans_text(days: Days) -> str:
    spans = [_span_text(start, out) for start, out in days[:_MOST_SPANS]]
    if len(days) > _MOST_SPANS:
        spans.append(f"on {len(days) - _MOST_SPANS:,} more spans of days")
    return _joined(spans)


def _span_text(start: int, out: int) -> str:
    """Return the days from `start` up to, not including, `out`, as the words of a window have them."""
    if out >= END:
        return "on every day" if start <= FIRST else f"from {day_text(start)} on"
    if start <= FIRST:
        return f"through {day_text(out - 1)}"
    if out == start + 1:
        return f"on {day_text(start)}"
    return f"from {day_text(start)} through {day_text(out - 1)}"


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
