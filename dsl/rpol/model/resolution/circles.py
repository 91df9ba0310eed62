"""An order in which everything comes after what it needs, and the circles that prevent one."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeVar

T = TypeVar("T", bound=Hashable)

# Lists owned by owned lists, acts on acts: nobody means a longer chain, and each link is followed in the one before.
LONGEST_CHAIN: Final = 50


def arrange(needs: Mapping[T, Iterable[T]]) -> tuple[tuple[T, ...], tuple[tuple[T, ...], ...]]:
    """Return all keys of `needs`, each after the keys it needs, and circles; breaking these would break all there are.

    A circle is given as its members, each of which needs the next and the last the first. Its members come in the
    order all the same. What is needed but is no key is left out.
    """
    waiting = {key: dict.fromkeys(one for one in needed if one in needs) for key, needed in needs.items()}
    needed_by: dict[T, list[T]] = {key: [] for key in needs}
    for key, needed in waiting.items():
        for one in needed:
            needed_by[one].append(key)
    ready = deque(key for key, needed in waiting.items() if not needed)
    order: dict[T, None] = {}
    circles: list[tuple[T, ...]] = []
    for key in needs:
        _settle(ready, order, waiting, needed_by)
        while key not in order:
            circle = _circle(waiting, key)
            circles.append(circle)
            ready.extend(circle)
            _settle(ready, order, waiting, needed_by)
    return tuple(order), tuple(circles)


def too_far(order: Iterable[T], needs: Mapping[T, Iterable[T]]) -> T | None:
    """Return a key that needs one that needs one, and so on, more than `LONGEST_CHAIN` times; `order` is arranged."""
    links: dict[T, int] = {}
    for key in order:
        links[key] = max((links[one] + 1 for one in needs[key] if one in links), default=0)
        if links[key] > LONGEST_CHAIN:
            return key
    return None


def _settle(
    ready: deque[T], order: dict[T, None], waiting: Mapping[T, dict[T, None]], needed_by: Mapping[T, list[T]]
) -> None:
    """Put what waits for nothing in the order, and what then waits for nothing."""
    while ready:
        key = ready.popleft()
        order[key] = None
        for other in needed_by[key]:
            waiting[other].pop(key, None)
            if not waiting[other] and other not in order:
                ready.append(other)


def _circle(waiting: Mapping[T, dict[T, None]], start: T) -> tuple[T, ...]:
    """Return a circle that can be reached from `start`, which waits for something."""
    seen: dict[T, None] = {}
    key = start
    while key not in seen:
        seen[key] = None
        key = next(iter(waiting[key]))
    path = list(seen)
    return tuple(path[path.index(key) :])
