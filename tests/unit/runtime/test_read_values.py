"""Values from outside, one by one (language.md, sections 3, 5 and 8)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpol.runtime.attribute import BOOLEAN, NONE, Attribute, Taxonomy
from rpol.runtime.countries import COUNTRIES
from rpol.runtime.errors import BadValue, RpolError, UnknownValue
from rpol.runtime.read import read
from rpol.runtime.request import Request

ITEM = Attribute("item", "one of", taxonomy=Taxonomy(("ore", "a", "b", "c"), {"a": ("ore",), "b": ("ore",)}))
USE = Attribute(
    "use", "set of", taxonomy=Taxonomy(("civil", "arms", "gun", "bomb"), {"gun": ("arms",), "bomb": ("arms",)})
)
TO = Attribute("to", "country", taxonomy=Taxonomy(tuple(COUNTRIES), labels=COUNTRIES))
SOLD = Attribute("sold", "boolean", taxonomy=Taxonomy(BOOLEAN))
COUNT = Attribute("count", "integer")
SIZE = Attribute("size", "number", unit="nm", optional=True)
RATIO = Attribute("ratio", "number")
SHARE = Attribute("share", "percent")
MADE = Attribute("made", "date")
BUYER = Attribute("buyer", "entity")
ALL = (ITEM, USE, TO, SOLD, COUNT, SIZE, RATIO, SHARE, MADE, BUYER)


def request(timezone: object = None, **facts: object) -> Request:
    return read(ALL, (), {"date": "2025-01-01", **facts}, timezone=timezone)  # type: ignore[arg-type]


def value(name: str, raw: object, zone: object = None) -> object:
    """Return the one known value that `raw` is read as."""
    ((found,),) = request(zone, **{name: raw}).facts[name]
    return found


# ---------------------------------------------------------------- words


def test_an_inner_value_is_an_unknown_leaf_below_it() -> None:
    assert request(item="ore").facts["item"] == (("a", "b"),)
    assert request(item="c").facts["item"] == (("c",),)
    assert request(item="ore").given == {"item": "ore"}


@pytest.mark.parametrize("raw", [["a", "c"], ("a", "c"), {"c", "a"}, "a|c", " a | c "])
def test_several_values_are_each_asked(raw: object) -> None:
    assert request(item=raw).facts["item"] == (("a",), ("c",))
    assert request(item=raw).given == {"item": ["a", "c"]}


def test_values_match_exactly_and_the_message_names_the_nearest() -> None:
    for word in ("de", "Germany", "germany"):
        with pytest.raises(UnknownValue, match="DE"):
            request(to=word)
    with pytest.raises(UnknownValue, match="GB"):
        request(to="UK")
    with pytest.raises(UnknownValue, match="name the member"):
        request(to="EU")
    with pytest.raises(UnknownValue, match="civil"):
        request(use="civl")


def test_a_set_is_complete_and_a_word_alone_is_the_set_of_it() -> None:
    assert value("use", "civil") == frozenset({"civil"})
    assert value("use", ["gun", "civil"]) == frozenset({"civil", "gun"})
    assert value("use", "gun|civil") == frozenset({"civil", "gun"})
    assert value("use", "none") == frozenset()
    assert value("use", []) == frozenset()


def test_an_inner_value_in_a_set_is_one_leaf_below_it() -> None:
    assert request(use=["civil", "arms"]).facts["use"] == ((frozenset({"civil", "gun"}), frozenset({"civil", "bomb"})),)


def test_none_stands_alone_in_a_set() -> None:
    with pytest.raises(RpolError, match="none"):
        request(use=["none", "civil"])


def test_none_is_a_value_only_of_what_is_optional() -> None:
    assert value("size", "none") is NONE
    for name in ("item", "to", "sold", "count", "ratio", "share", "made"):
        with pytest.raises(RpolError, match=name):
            request(**{name: "none"})


def test_parties_are_folded_and_shown_as_written() -> None:
    assert value("buyer", " Acme  GmbH ") == "acme gmbh"
    assert request(buyer=" Acme  GmbH ").given == {"buyer": "Acme GmbH"}
    assert request(buyer=["A", "B"]).facts["buyer"] == (("a",), ("b",))
    with pytest.raises(BadValue):
        request(buyer=5)


@pytest.mark.parametrize(
    ("raw", "expected"), [(True, "true"), (False, "false"), ("yes", "true"), ("no", "false"), ("true", "true")]
)
def test_yes_and_no(raw: object, expected: str) -> None:
    assert value("sold", raw) == expected


@pytest.mark.parametrize("raw", ["TRUE", "ja", "1", 1, 0, "y"])
def test_other_words_are_no_truth(raw: object) -> None:
    with pytest.raises(RpolError, match="sold"):
        request(sold=raw)


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (14, 14),
        ("14", 14),
        ("14 nm", 14),
        ("0.014 um", 14),
        (14.5, Fraction(29, 2)),
        (0.1, Fraction(1, 10)),
        (Decimal("0.10"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        ("1/3 nm", Fraction(1, 3)),
        ("-1.5e2", -150),
    ],
)
def test_numbers_are_exact_and_in_the_unit_of_their_attribute(raw: object, expected: Fraction | int) -> None:
    assert value("size", raw) == expected


@pytest.mark.parametrize(
    "raw", ["14 kg", "14 parsec", "nm", "1,000", "1e999999999", "9" * 500, True, float("inf"), "nan"]
)
def test_what_is_no_number_is_refused(raw: object) -> None:
    with pytest.raises(BadValue, match="size"):
        request(size=raw)


def test_a_unit_where_there_is_none_is_refused() -> None:
    with pytest.raises(BadValue, match="unit"):
        request(ratio="5 nm")


def test_integers_are_whole() -> None:
    assert [value("count", raw) for raw in (3, "3", 3.0, "3.0", Decimal(3))] == [3] * 5
    for raw in (1.5, "1.5", True, "3 nm"):
        with pytest.raises(BadValue, match="count"):
            request(count=raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("0.3%", Fraction(3, 1000)),
        ("0.3 %", Fraction(3, 1000)),
        (0.001, Fraction(1, 1000)),
        ("0.001", Fraction(1, 1000)),
        (1, 1),
        ("100%", 1),
        (0, 0),
    ],
)
def test_a_percent_has_its_sign_or_is_a_share_of_one(raw: object, expected: Fraction | int) -> None:
    assert value("share", raw) == expected


def test_a_share_above_one_is_told_to_write_the_sign() -> None:
    with pytest.raises(BadValue, match="30%"):
        request(share=30)
    for raw in ("101%", "-1%", -0.1, "abc%"):
        with pytest.raises(BadValue, match="share"):
            request(share=raw)


# ---------------------------------------------------------------- days

DAY = date(2025, 12, 1).toordinal()


@pytest.mark.parametrize(
    "raw", ["2025-12-01", date(2025, 12, 1), datetime(2025, 12, 1, 23, 59), "2025-12-01T23:59", "2025-12-01 23:59:59"]
)
def test_a_time_without_zone_counts_by_its_date(raw: object) -> None:
    assert value("made", raw) == DAY


def test_a_time_with_a_zone_needs_the_zone_in_which_days_count() -> None:
    late = datetime(2025, 11, 30, 20, tzinfo=UTC)
    for raw in (late, "2025-11-30T20:00Z", "2025-11-30T20:00+00:00"):
        with pytest.raises(BadValue, match="timezone="):
            request(made=raw)
        assert value("made", raw, "Asia/Shanghai") == DAY
        assert value("made", raw, timezone(timedelta(hours=8))) == DAY
        assert value("made", raw, UTC) == DAY - 1


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(BadValue, match="calendar"):
        request("Asia/Shanghai", made="9999-12-31T23:00+00:00")


@pytest.mark.parametrize("name", ["Mars/Base", "../../etc/passwd", "", "a\0b", 8])
def test_a_zone_that_is_none_is_refused(name: object) -> None:
    with pytest.raises(RpolError, match="time zone"):
        request(name, made="2025-11-30T20:00Z")


@pytest.mark.parametrize("raw", ["2025-02-30", "01.12.2025", "12/1/2025", 45992, "tomorrow", "2025-12", 1.5, True])
def test_other_days_are_refused(raw: object) -> None:
    with pytest.raises(BadValue, match="made"):
        request(made=raw)


# ---------------------------------------------------------------- what is not given


@pytest.mark.parametrize("name", [attribute.name for attribute in ALL])
@pytest.mark.parametrize("raw", [None, "", "  ", float("nan"), Decimal("nan")])
def test_nothing_given_is_unknown_for_every_kind(name: str, raw: object) -> None:
    assert name not in request(**{name: raw}).facts


def test_one_of_several_values_cannot_be_empty() -> None:
    for raw in (["a", None], "a|", ["a", float("nan")]):
        with pytest.raises(BadValue, match="item"):
            request(item=raw)


# ---------------------------------------------------------------- for the record


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "item": st.sampled_from(["ore", "a", "b"]) | st.lists(st.sampled_from("abc"), min_size=1, unique=True),
            "use": st.lists(st.sampled_from(["civil", "arms", "gun", "bomb"]), unique=True) | st.just("none"),
            "to": st.sampled_from(sorted(COUNTRIES)),
            "sold": st.booleans(),
            "count": st.integers(-(10**30), 10**30),
            "size": st.fractions() | st.floats(-1e9, 1e9) | st.just("none") | st.just("3 um"),
            "ratio": st.decimals(-(10**9), 10**9, places=4),
            "share": st.floats(0, 1) | st.sampled_from(["0.3%", "33 %"]),
            "made": st.dates(),
            "buyer": st.text("aB c\u00e9", min_size=1).filter(lambda name: bool(name.strip())),
        },
    )
)
def test_what_is_recorded_is_json_and_reads_back_as_the_same(facts: dict[str, object]) -> None:
    first = request(**facts)
    again = request(**json.loads(json.dumps(first.given)))
    assert again.facts == first.facts
    assert again.given == first.given
