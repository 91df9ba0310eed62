"""Outside days: dates, moments with and without a time zone, and their texts (language.md, section 8)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TypeAlias
from zoneinfo import ZoneInfo

from rpol.runtime.errors import BadValue
from rpol.runtime.numerals import parse_day
from rpol.runtime.raw import plain
from rpol.runtime.unknown import show

Zone: TypeAlias = str | tzinfo | None


def read_day(name: str, value: object, timezone: Zone) -> int:
    """Return the ordinal of a day. A moment with a zone counts by its day in `timezone`, and is refused without."""
    value = plain(value)
    if isinstance(value, datetime):
        return _day_of_moment(name, value, timezone)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, str):
        text = value.strip()
        day = parse_day(text)
        if day is not None:
            return day
        moment = _moment(text)
        if moment is not None:
            return _day_of_moment(name, moment, timezone)
    raise BadValue(f"`{name}` is a day such as 2025-12-01; {show(value)} is none.")


def _moment(text: str) -> datetime | None:
    if len(text) > 40 or not ("T" in text or " " in text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day_of_moment(name: str, moment: datetime, timezone: Zone) -> int:
    if moment.tzinfo is None:
        return moment.date().toordinal()
    if timezone is None:
        raise BadValue(
            f"`{name}` is given with a time zone ({moment.isoformat()}): which day it is depends on the place. "
            "Say which zone counts with timezone=, such as timezone='Asia/Shanghai', or give the day alone."
        )
    try:
        return moment.astimezone(_zone(timezone)).date().toordinal()
    except OverflowError:
        raise BadValue(f"`{name}` is outside the calendar: {moment.isoformat()}.") from None


def _zone(timezone: str | tzinfo) -> tzinfo:
    if isinstance(timezone, tzinfo):
        return timezone
    try:
        return ZoneInfo(timezone)
    except (KeyError, TypeError, ValueError, OSError):
        raise BadValue(f"There is no time zone {show(timezone)}. Write one such as Asia/Shanghai or UTC.") from None
