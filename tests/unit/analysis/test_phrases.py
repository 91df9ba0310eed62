"""Regions in the author's words, by hand; `tests/property/test_phrases.py` reads them back."""

from __future__ import annotations

import pytest
from tests.support.policies import policy_of

from rpolc.analysis.analyse import checked
from rpolc.analysis.phrases import region_text
from rpolc.analysis.study import Study
from rpolc.lower.lower import lower
from rpolc.space.region import merge

POLICY = """
attribute item   one of "items.csv"
attribute to     country
attribute resale boolean
attribute share  percent optional
attribute pieces integer
attribute buyer  entity
attribute use    set of civil, military, chip, wmd
group near = CN, JP, KR
group far  = DE, FR
list steady from "steady.csv"
list listed from "listed.csv"
instrument notice "A notice" issued 2025-01-01 effective 2025-03-01
control any when to in near or to in far or item metals or buyer in listed, steady or pieces >= 100 require license
"""
FILES = {
    "items.csv": "value,parent\nmetals,\nholmium,metals\nerbium,metals\nsteel,\n",
    "steady.csv": "name\nAda Ltd\nBo Ltd\n",
    "listed.csv": "name,under\nCy Ltd,notice\nDi Ltd,notice\n",
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("to CN", "to CN"),
        ("to in CN, JP, KR", "to in near"),
        ("to in CN, JP, KR, DE", "to in near, DE"),
        ("to in CN, JP, KR, DE, FR", "to in near, far"),
        ("to not CN", "to not CN"),
        ("to not in near", "to not in near"),
        ("item in holmium, erbium", "item metals"),
        ("item in holmium, steel", "item in holmium, steel"),
        ("item not steel", "item metals"),
        ("resale", "resale"),
        ("not resale", "not resale"),
        ("share >= 0.1% and share < 10%", "share >= 0.1% and share < 10%"),
        ("share > 0.1%", "share > 0.1%"),
        ("share 0.1%", "share 0.1%"),
        ("not share >= 0.1%", "(share < 0.1% or share none)"),
        ("not (share >= 0.1% and share <= 10%)", "(share < 0.1% or share > 10% or share none)"),
        ("not share none", "not share none"),
        ("pieces >= 100 and pieces < 1000", "pieces >= 100 and pieces < 1000"),
        ("pieces > 100 and pieces <= 1000", "pieces > 100 and pieces <= 1000"),
        ("pieces 7", "pieces 7"),
        ("date >= 2025-03-01 and date < 2025-04-01", "date >= 2025-03-01 and date <= 2025-03-31"),
        ("date 2025-03-01", "date 2025-03-01"),
        ("known_on < 2025-03-01", "known_on <= 2025-02-28"),
        ("buyer in steady", "buyer in steady"),
        ("buyer not in steady", "buyer not in steady"),
        ('buyer "Cy Ltd"', 'buyer "Cy Ltd"'),
        ("use military", "use military"),
        ("use military and use not in chip, wmd", "use military and use not in chip, wmd"),
        ("use only civil", "use only civil"),
        ("use only civil, chip and use civil and use chip", "use civil and use chip and use only civil, chip"),
        ("use none", "use none"),
    ],
)
def test_words(condition: str, expected: str) -> None:
    assert in_words(condition) == [expected]


def test_a_list_is_named_only_on_days_on_which_all_of_it_counts() -> None:
    assert in_words("buyer in listed and date >= 2025-06-01") == ["buyer in listed and date >= 2025-06-01"]
    assert in_words('buyer in "Cy Ltd", "Di Ltd" and date >= 2025-02-01') == [
        'buyer in "Cy Ltd", "Di Ltd" and date >= 2025-02-01'
    ]


def test_of_many_values_only_some_are_written_out() -> None:
    countries = "AT, BE, BG, HR, CY, CZ, DK, EE, FI, GR, HU, IE, IT, LV, LT"
    (text,) = in_words(f"to in {countries} and not to in BE")
    assert text.startswith("to in ")
    assert text.endswith(", and 10 more")
    assert text.count(",") == 4


def in_words(condition: str) -> list[str]:
    """Return the words for the region of a condition."""
    policy = policy_of(f'{POLICY} example "e" given {condition} expect allow', FILES)
    study = Study(policy, lower(policy, also=checked(policy)))
    region = study.lowered.region_of(policy.examples[0].given)
    return [region_text(study.vocabulary, box) for box in merge(study.space, region)]
