"""The adaptive splitter on spaces of known shape; `tests/property/test_space.py` holds it to brute force."""

from __future__ import annotations

import pytest

from rpol.runtime.contents import Box
from rpolc.space.box import Space, count
from rpolc.space.explore import UNWANTED, WANTED, Budget, GaveUpError, Judgement, explore
from rpolc.space.region import difference, uncovered

DIGITS = Space((10,) * 12)


def digit(axis: int, mask: int) -> Box:
    return ((axis, mask),)


def test_work_follows_the_boxes_not_the_space() -> None:
    """Twelve halves, one an axis, leave one part in 4,096 of a space of 10^12 points: it is found at once."""
    low, high = 0b11111, 0b1111100000
    budget = Budget(100)
    (rest,) = difference(DIGITS, ((),), tuple(digit(axis, low) for axis in range(12)), budget)
    assert rest == tuple((axis, high) for axis in range(12))
    assert budget.steps > 90


def test_parts_that_cover_are_seen_to_cover() -> None:
    """All 1,024 combinations of halves of ten axes cover the space; without one of them, it is what is left."""
    boxes = [
        tuple((axis, 0b11111 if number >> axis & 1 else 0b1111100000) for axis in range(10)) for number in range(1024)
    ]
    assert uncovered(DIGITS, (), tuple(boxes), Budget(5_000)) is None
    missing = boxes.pop(333)
    (rest,) = difference(DIGITS, ((),), tuple(boxes), Budget(5_000))
    assert rest == missing


def test_a_budget_is_shared_by_searches_and_never_overdrawn() -> None:
    budget = Budget(3)
    list(explore(DIGITS, (), (), _yes, budget))
    assert budget.steps == 2
    boxes = tuple(digit(axis, 1) + digit(axis + 1, 1) for axis in range(11))
    with pytest.raises(GaveUpError):
        uncovered(DIGITS, (), boxes, budget)
    assert budget.steps <= 0


def test_the_first_wanted_part_costs_no_more_than_itself() -> None:
    boxes = [digit(axis, 1) for axis in range(12)]

    def any_zero(live: int, sure: int) -> Judgement:
        return WANTED if sure else (False, live) if live else UNWANTED

    budget = Budget(50)
    part = next(explore(DIGITS, (), boxes, any_zero, budget))
    assert count(DIGITS, part) == 10**11
    assert budget.steps > 45


def test_a_judge_that_names_nothing_to_settle_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        list(explore(DIGITS, (), (), lambda live, sure: (False, 1), Budget(5)))


def _yes(live: int, sure: int) -> Judgement:
    return WANTED
