"""Conditions become few boxes, and what would become too many is refused in good time."""

from __future__ import annotations

from time import process_time

import pytest
from tests.support.policies import policy_of

from rpol.runtime.contents import Box, Region
from rpolc.lower.expand import TooManyBoxesError
from rpolc.lower.lower import lower
from rpolc.space.region import holds

WORDS = """
attribute item one of a, b, c
attribute to   one of home, near, far
attribute use  set of civil, military, relief
"""
ITEM, TO = 0, 1
A, B, C = 0b001, 0b010, 0b100


def region(condition: str, words: str = WORDS) -> Region:
    """Return the region of a ban on every case that meets a condition."""
    contents = lower(policy_of(f"{words} control any when {condition} prohibit {_EVERY_VALUE}")).contents
    return contents.regions[contents.real[0]]


# Cuts every value off from the others, so that classes are values.
_EVERY_VALUE = """
permit any when item a or item b or to home or to near
"""


# ---------------------------------------------------------------- few boxes


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("item a", [((ITEM, A),)]),
        ("not item a", [((ITEM, B | C),)]),
        ("item a and item b", []),
        ("item in a, b and item in b, c", [((ITEM, B),)]),
        ("item a or item b", [((ITEM, A | B),)]),
        ("item a or not item a", [()]),
        ("item a and to home", [((ITEM, A), (TO, 1))]),
        ("item a or (item a and to home)", [((ITEM, A),)]),
        ("(item a and to home) or (item b and to home)", [((ITEM, A | B), (TO, 1))]),
        ("not (item a and to home)", [((ITEM, B | C),), ((TO, 0b110),)]),
        ("not (item a or to home)", [((ITEM, B | C), (TO, 0b110))]),
        ("not (not (item a) or not (to home))", [((ITEM, A), (TO, 1))]),
    ],
)
def test_conditions_become_few_boxes(condition: str, expected: list[Box]) -> None:
    assert sorted(region(condition)) == sorted(expected)


def test_fifty_pairs_that_are_excepted_are_laid_out() -> None:
    """Multiplied out, `not (a and b or c and d or …)` would take 2 to the 50th boxes."""
    words = "attribute x integer attribute y integer"
    pairs = " or ".join(f"(x {3 * n} and y {3 * n})" for n in range(50))
    contents = lower(policy_of(f"{words} control any when not ({pairs}) prohibit")).contents
    found = contents.regions[contents.real[0]]
    # A box for each x that is excepted with one y, and one for all other x.
    assert len(found) == 51
    x, y = contents.axes[:2]
    for n in range(50):
        assert not holds(found, (x.class_of(3 * n), y.class_of(3 * n), 0, 0, 0))
        assert holds(found, (x.class_of(3 * n), y.class_of(3 * n + 1), 0, 0, 0))
        assert holds(found, (x.class_of(3 * n + 1), y.class_of(3 * n), 0, 0, 0))


def test_a_long_list_of_the_same_days_is_one_box() -> None:
    rows = "\n".join(f"party {number}" for number in range(500))
    text = 'attribute buyer entity list l from "l.csv" control any when buyer in l prohibit'
    contents = lower(policy_of(text, {"l.csv": f"name\n{rows}\n"})).contents
    assert contents.regions[contents.real[0]] == (((0, 0b10),),)


# ---------------------------------------------------------------- too many


def entangled(parts: int) -> str:
    """Return a policy with a clause that takes two to the power of `parts` boxes, however it is written."""
    attributes = "".join(f"attribute a{n} boolean attribute b{n} boolean\n" for n in range(parts))
    return attributes + f"control any when {' and '.join(f'(a{n} or b{n})' for n in range(parts))} prohibit"


def test_a_condition_of_many_boxes_is_laid_out() -> None:
    contents = lower(policy_of(entangled(11))).contents
    found = contents.regions[contents.real[0]]
    assert len(found) <= 2**11
    assert holds(found, (0,) * len(contents.axes))


def test_a_condition_of_too_many_boxes_is_refused_soon_and_where_it_stands() -> None:
    policy = policy_of(entangled(40))
    start = process_time()
    with pytest.raises(TooManyBoxesError) as caught:
        lower(policy)
    assert process_time() - start < 30
    assert caught.value.place == policy.clauses[0].place
