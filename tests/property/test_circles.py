"""An order in which everything comes after what it needs exists exactly where there is no circle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rpol.model.resolution.circles import arrange

KEYS = st.integers(0, 7)
GRAPHS = st.dictionaries(KEYS, st.lists(KEYS, max_size=4).map(tuple))


def reachable(needs: dict[int, tuple[int, ...]], start: int) -> set[int]:
    """Return the keys that `start` needs, directly or through others."""
    found: set[int] = set()
    waiting = list(needs[start])
    while waiting:
        key = waiting.pop()
        if key in needs and key not in found:
            found.add(key)
            waiting.extend(needs[key])
    return found


@given(GRAPHS)
def test_the_order_names_every_key_once_and_circles_are_circles(needs: dict[int, tuple[int, ...]]) -> None:
    order, circles = arrange(needs)
    assert sorted(order) == sorted(needs)
    for circle in circles:
        assert len(set(circle)) == len(circle)
        for key, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert following in needs[key]
    assert bool(circles) == any(key in reachable(needs, key) for key in needs)


@given(GRAPHS)
def test_without_circles_everything_comes_after_what_it_needs(needs: dict[int, tuple[int, ...]]) -> None:
    order, _ = arrange(needs)
    place = {key: position for position, key in enumerate(order)}
    for key, needed in needs.items():
        for one in needed:
            if one in needs and key not in reachable(needs, one) and one not in reachable(needs, one):
                mutual = [other for other in reachable(needs, key) if other in reachable(needs, other)]
                assert mutual or place[one] < place[key]


@given(GRAPHS)
def test_breaking_the_circles_leaves_none(needs: dict[int, tuple[int, ...]]) -> None:
    _, circles = arrange(needs)
    members = {key for circle in circles for key in circle}
    rest = {key: needed for key, needed in needs.items() if key not in members}
    assert arrange(rest)[1] == ()


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {number: (number + 1,) for number in range(100_000)}
    order, circles = arrange(chain)
    assert circles == ()
    assert order[0] == 99_999
    assert arrange({**chain, 99_999: (0,)})[1] == (tuple(range(100_000)),)
