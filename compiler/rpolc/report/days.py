"""Days as people write them."""

from __future__ import annotations

from datetime import date
from typing import Final

# Not `strftime`: a month's name must not depend on the machine's language.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def spell(day: str) -> str:
    """Return an ISO day in words: `2025-11-08` is "8 November 2025"."""
    read = date.fromisoformat(day)
    return f"{read.day} {_MONTHS[read.month - 1]} {read.year}"
