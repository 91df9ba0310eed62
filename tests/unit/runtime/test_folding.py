"""The form in which parties are compared (language.md, section 3, Lists), and nearest words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpol.runtime.countries import COUNTRIES
from rpol.runtime.names import fold, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TechInsights Inc.", "techinsights  inc."),
        ("  A\t B\n", "a b"),
        ("\u00a0A\u3000B", "a b"),
        ("ＡＢＣ", "abc"),
        ("Straße", "STRASSE"),
        ("e\u0301", "\u00c9"),
        ("ﬁrma", "FIRMA"),
    ],
)
def test_names_match_after_nfkc_case_folding_and_white_space(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_other_signs_count() -> None:
    assert len({fold("A-B"), fold("A B"), fold("AB"), fold("A.B")}) == 4


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_nearest_words_come_best_first_whatever_their_case() -> None:
    assert nearest("holmum", ("erbium", "holmium", "iron")) == ("holmium",)
    assert nearest("HOLMIUM", ("holmium",)) == ("holmium",)
    assert nearest("zzz", ("holmium",)) == ()


def test_a_huge_word_has_no_nearest() -> None:
    assert nearest("a" * 10**6, ("a" * 100,)) == ()


def test_countries_are_those_officially_assigned() -> None:
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isupper() and code.isascii() and label for code, label in COUNTRIES.items())
    assert not {"EU", "UK", "XK", "EL", "AN", "ZZ"} & COUNTRIES.keys()
    assert {"AQ", "BQ", "CN", "GB", "HK", "MO", "PS", "SS", "TW", "UM"} <= COUNTRIES.keys()
    assert list(COUNTRIES) == sorted(COUNTRIES)
