"""Examples, by hand from language.md, section 3, "Promises"."""

from __future__ import annotations

import pytest
from tests.unit.analysis.found import WORDS, found, names, only, regions

NET = (
    WORDS
    + """
    instrument law "The law" issued 2025-01-10 effective 2025-02-01
    instrument other "Another" issued 2025-01-10
    control a as net under law "1"
      require license under "1(1)"
      deny under "2" when use military
      exempt as relief_goods when use only relief
    permit b as general under other overrides second when to home
    control b as second under other prohibit as ban when to overseas
      require license
"""
)


def example(given: str, expect: str, under: str = "") -> str:
    return f'{NET} example "e" {under} given {given} expect {expect}'


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("item a and use only civil and date 2025-02-01", "license"),
        ("item a and use only civil and date >= 2025-02-01", "license because law"),
        ("item a and use only civil and date 2025-02-01", 'license because law "1"'),
        ("item a and use only civil and date 2025-02-01", 'license because law "1(1)", net'),
        ("item a and use military and date 2025-02-01", 'deny because law "2"'),
        ("item a and use only relief and date 2025-02-01", "allow because relief_goods"),
        ("item a and use only relief and date 2025-02-01", "allow because net"),
        ("item b and to home and date 2025-02-01", "allow because general"),
        ("item b and to overseas and date 2025-02-01", "prohibit because ban, second"),
        ("item a and date 2025-01-31", "allow"),
        ("item a and date 2025-02-01", "undetermined"),
        ("item a and use only civil", "undetermined"),
    ],
)
def test_what_holds_is_not_reported(given: str, expect: str) -> None:
    assert names(example(given, expect)) == []


@pytest.mark.parametrize(
    ("given", "expect", "expected"),
    [
        ("item a and use only civil and date 2025-01-31", "license", "date 2025-01-31"),
        ("item a and use only civil", "license", "date <= 2025-01-31"),
        ("item a and use civil and date 2025-02-01", "license", "use military"),
        ("item a and use only civil and date 2025-02-01", 'license because law "2"', "use only civil"),
        ("item in b, c and to home and date 2025-02-01", "allow because general", "item c"),
    ],
)
def test_what_does_not_hold_is(given: str, expect: str, expected: str) -> None:
    problem = only(example(given, expect))
    assert (problem.name, problem.severity) == ("failed-example", "error")
    assert all(expected in region for region in regions(problem))


def test_it_says_what_is_decided_and_why() -> None:
    problem = only(example("item a and use military and date 2025-02-01", "license"))
    assert problem.message == (
        "This example expects `license` (licence required), and `deny` (licence refused in principle) is decided, "
        'by the `deny` of `net` (law "2").'
    )
    problem = only(example("item a and date 2025-02-01 and use not relief", "license"))
    assert "in some of its cases `deny` (licence refused in principle) is decided" in problem.message
    problem = only(example("item a and use only civil and date 2025-02-01", "undetermined"))
    assert problem.message == (
        "This example expects that its cases have not all one outcome, and they have: `license` (licence required)."
    )


def test_a_given_that_no_case_meets_fails() -> None:
    assert only(example("item a and item b", "allow")).name == "failed-example"
    assert only(example("item a and use civil", "undetermined") + "\nfact use not civil").name == "failed-example"


# ---------------------------------------------------------------- suspensions, known_on, scenarios

PAUSED = (
    WORDS
    + """
    instrument law "The law" issued 2025-01-10
    instrument pause "A pause" issued 2025-03-10 suspend law "1" effective 2025-03-01 through 2025-03-31
    instrument notice "A notice" issued 2025-01-10
    instrument end "The end" issued 2025-02-10 repeal notice
    scenario longer "Longer" suspend law "1" effective 2025-04-01 through 2025-04-30
    list banned of item from "banned.csv"
    control a as net under law "1"
    control any as ban prohibit when item in banned
"""
)
FILES = {"banned.csv": "name,under\nb,notice\nc,\n"}


@pytest.mark.parametrize(
    ("given", "expect", "under"),
    [
        ("item a and date 2025-03-01", "allow because suspended law", ""),
        ("item a and date 2025-03-01", 'allow because suspended law "1"', ""),
        ("item a and date 2025-03-01 and known_on 2025-03-09", "license because law", ""),
        ("item a and date 2025-04-01", "license because net", ""),
        ("item a and date 2025-04-01", "allow because suspended law", "under longer"),
        # The rows of a notice that is repealed do not count, and would without.
        ("item b and date 2025-02-10", "allow because suspended notice", ""),
        ("item b and date 2025-02-09", "prohibit because ban", ""),
        ("item c and date 2025-02-10", "prohibit", ""),
    ],
)
def test_reasons_that_are_so(given: str, expect: str, under: str) -> None:
    assert names(f'{PAUSED} example "e" {under} given {given} expect {expect}', FILES) == []


@pytest.mark.parametrize(
    ("given", "expect", "under"),
    [
        ("item a and date 2025-04-01", "license because suspended law", ""),
        ("item a and date 2025-03-01 and known_on 2025-03-09", "license because suspended law", ""),
        ("item c and date 2025-02-10", "prohibit because suspended notice", ""),
        ("item a and date 2025-04-01", "license", "under longer"),
        ("item b and date 2025-03-01", "allow because suspended law", ""),
    ],
)
def test_reasons_that_are_not(given: str, expect: str, under: str) -> None:
    assert names(f'{PAUSED} example "e" {under} given {given} expect {expect}', FILES) == ["failed-example"]


def test_a_spent_budget_is_said() -> None:
    problems = found(example("item a", "license"), steps=0)
    assert {problem.name for problem in problems} == {"not-decided"}
