"""Sets of small numbers as the bits of an int."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def members(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits set in `mask`, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(numbers: Iterable[int]) -> int:
    """Return the mask with these bits set."""
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def edges(mask: int) -> tuple[int, ...]:
    """Return where runs of set bits begin and end, ascending: the runs are [e0, e1), [e2, e3), …"""
    return tuple(members(mask ^ (mask << 1)))


def mask_from_edges(edges: Iterable[int]) -> int:
    """Return the mask whose runs begin and end at `edges`; the inverse of `edges`."""
    mask = 0
    for edge in edges:
        mask ^= (1 << edge) - 1
    return mask
