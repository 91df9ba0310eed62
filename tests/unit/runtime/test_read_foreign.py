"""Values of other libraries, and values made to do harm: one reading, and no error but an RpolError."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpol.runtime.attribute import Attribute, Taxonomy
from rpol.runtime.errors import RpolError
from rpol.runtime.names import nearest
from rpol.runtime.read import read
from rpol.runtime.request import Request

CODES = tuple(f"{family}{number:03}" for family in "xyz" for number in range(300))
ITEM = Attribute("item", "one of", taxonomy=Taxonomy(("x", "y", "z", *CODES), {code: (code[0],) for code in CODES}))
USE = Attribute("use", "set of", taxonomy=ITEM.taxonomy)
COUNT = Attribute("count", "integer")
RATIO = Attribute("ratio", "number")
SHARE = Attribute("share", "percent")
MADE = Attribute("made", "date")
BUYER = Attribute("buyer", "entity")
ALL = (ITEM, USE, COUNT, RATIO, SHARE, MADE, BUYER)


def request(**facts: object) -> Request:
    return read(ALL, (), {"date": "2025-01-01", **facts})


@pytest.fixture
def np() -> Any:
    return pytest.importorskip("numpy")


def test_numpy_scalars_are_read_as_what_they_hold(np: Any) -> None:
    assert request(count=np.int64(3)).facts["count"] == ((3,),)
    assert request(item=np.str_("x001")).facts["item"] == (("x001",),)
    assert request(made=np.datetime64("2025-12-01")).facts == request(made="2025-12-01").facts


def test_a_numpy_float_is_its_shortest_decimal(np: Any) -> None:
    assert request(ratio=np.float64(0.1)).facts["ratio"] == ((Fraction(1, 10),),)


def test_numpy_arrays_are_lists(np: Any) -> None:
    assert request(use=np.array(["x001", "y001"])).facts == request(use=["x001", "y001"]).facts
    assert request(item=np.array(["x001", "y001"])).facts == request(item=["x001", "y001"]).facts


def test_a_numpy_nan_is_unknown(np: Any) -> None:
    assert "share" not in request(share=np.float64("nan")).facts


def test_a_short_numpy_nan_is_unknown(np: Any) -> None:
    assert "share" not in request(share=np.float32("nan")).facts


def test_a_numpy_not_a_time_is_unknown(np: Any) -> None:
    assert "made" not in request(made=np.datetime64("NaT")).facts


def test_a_numpy_time_of_any_unit_counts_by_its_date(np: Any) -> None:
    assert request(made=np.datetime64("2025-12-01T12:00", "ns")).facts == request(made="2025-12-01").facts


def test_a_short_float_is_its_own_shortest_decimal(np: Any) -> None:
    assert request(share=np.float32(0.1)).facts["share"] == ((Fraction(1, 10),),)


# ---------------------------------------------------------------- the record says what was asked


def test_a_value_given_twice_does_not_push_another_out_of_the_record() -> None:
    assert request(item=["x001", "x001", "y"]).given["item"] in (["x001", "y"], ["x001", "x001", "y"])


# ---------------------------------------------------------------- harm


class Odd:
    """A value no attribute holds."""


@pytest.mark.parametrize("name", [attribute.name for attribute in ALL])
@pytest.mark.parametrize("raw", [b"x", Odd(), {"a": 1}, [[1]], object, 1j, float("inf"), float("-inf"), Decimal("inf")])
def test_a_value_of_no_use_is_an_rpol_error(name: str, raw: object) -> None:
    with pytest.raises(RpolError, match=name):
        request(**{name: raw})


@given(
    st.sampled_from([attribute.name for attribute in ALL]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=5,
    ),
)
def test_whatever_is_given_is_read_or_refused(name: str, raw: object) -> None:
    try:
        json.dumps(request(**{name: raw}).given)
    except RpolError as error:
        assert str(error)


@pytest.mark.parametrize(
    "make",
    [
        lambda: {"ratio": 10**5000},
        lambda: {"ratio": Decimal("0." + "1" * 6000)},
        lambda: {"share": 10**5000},
        lambda: {"ratio": Fraction(10**5000, 3)},
        lambda: {"made": Fraction(10**5000, 3)},
        lambda: {"item": 10**5000},
        lambda: {"item": {10**5000, 10**5001}},
        lambda: {"use": [10**5000]},
        lambda: {"scenario": 10**5000},
        lambda: {"ratio": Decimal("1e999999999")},
        lambda: {"count": "9" * 100_000},
        lambda: {"item": ["x001"] * 100_000},
        lambda: {"item": "x" * 1_000_000},
        lambda: {"buyer": "x" * 1_000_000},
        lambda: {"use": ["x", "y", "z"]},
    ],
)
def test_a_huge_value_is_refused_at_once(make: Callable[[], dict[str, object]]) -> None:
    facts = make()
    begun = time.process_time()
    with pytest.raises(RpolError) as caught:
        request(**facts)
    assert time.process_time() - begun < 1
    assert len(str(caught.value)) < 500


def test_a_scenario_is_named_by_text(np: Any) -> None:
    with pytest.raises(RpolError, match="no scenario"):
        read(ALL, ("later",), {"date": "2025-01-01", "scenario": np.array(["later", "later"])})


def test_the_nearest_of_many_words_are_found_quickly() -> None:
    words = [f"1C{number:05}.a.{number % 7}" for number in range(20_000)]
    begun = time.process_time()
    assert nearest("1C00123.b.9", words)
    assert time.process_time() - begun < 0.1
