"""Numbers, percentages and days as text: exact, and bounded."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpol.runtime.numerals import day_text, number_text, parse_day, parse_number, parse_percent


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-1.50", Fraction(-3, 2)),
        ("2e3", Fraction(2000)),
        ("2E-3", Fraction(1, 500)),
        ("0.1", Fraction(1, 10)),
        ("1/3", Fraction(1, 3)),
        ("-2/6", Fraction(-1, 3)),
        ("1e400", Fraction(10**400)),
    ],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1 2", "1,000", "1_000", "0x1", "1.", "--1", "1/0", "nan", "inf", "٣", "1e"),
        *("1e401", "1e-401", "1e999999999", "9" * 401, "1/" + "9" * 500),
    ],
)
def test_anything_else_is_no_number_and_says_so_quickly(text: str) -> None:
    assert parse_number(text) is None


def test_percentages_have_their_sign() -> None:
    assert parse_percent("0.1%") == Fraction(1, 1000)
    assert parse_percent("0.1 %") == Fraction(1, 1000)
    assert parse_percent("0.1") is None
    assert parse_percent("%") is None


def test_days_are_days_of_the_calendar() -> None:
    assert parse_day("0001-01-01") == 1
    assert parse_day("9999-12-31") == 3_652_059
    assert parse_day("2024-02-29") is not None
    for text in ("2025-02-29", "0000-01-01", "2025-1-1", "20251201", "2025-W01-1", "٢٠٢٥-01-01", ""):
        assert parse_day(text) is None
    assert day_text(1) == "0001-01-01"


@given(st.fractions() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=12).map(Fraction))
def test_what_is_written_reads_back(value: Fraction | int) -> None:
    assert parse_number(number_text(value)) == value


def test_decimals_are_written_as_people_write_them() -> None:
    assert [number_text(Fraction(*pair)) for pair in ((5, 1), (-1, 8), (1, 1000), (2, 3))] == [
        "5",
        "-0.125",
        "0.001",
        "2/3",
    ]


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_number(text)
    parse_percent(text)
    parse_day(text)
