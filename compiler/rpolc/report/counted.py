"""Numbers of things in a sentence."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """Return a number with its thing, which takes an s in the plural: "1 error", "1,200 rows"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
