"""Promises, by hand from language.md, section 3, "Promises"."""

from __future__ import annotations

import pytest
from tests.unit.analysis.found import WORDS, found, names, only, regions, words

NET = WORDS + "control a as net require license deny when use military prohibit when to overseas\n"


@pytest.mark.parametrize(
    "promise",
    [
        "always license when item a and to home and use only civil",
        "always license or stricter when item a",
        "always deny or stricter when item a and use military",
        "always prohibit when item a and to overseas",
        "always allow when item in b, c",
        "never allow when item a",
        "never review when item a",
        "never prohibit when to in home, abroad",
        "never license when item a and use military",
    ],
)
def test_what_holds_is_not_reported(promise: str) -> None:
    assert names(NET + promise) == []


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        ("always license when item a", {"item a and use military", "item a and to overseas and use not military"}),
        ("always deny when item a and use military", {"item a and to overseas and use military"}),
        ("always deny or stricter when use military", {"item in b, c and use military"}),
        ("never allow when item in a, b", {"item b"}),
        ("never deny when to home", {"item a and to home and use military"}),
    ],
)
def test_every_region_that_breaks_a_promise_is_told(promise: str, expected: set[str]) -> None:
    problem = only(NET + promise)
    assert (problem.name, problem.severity) == ("broken-promise", "error")
    assert words(problem.place) == promise
    assert set(regions(problem)) == expected


def test_the_clause_that_decides_the_case_shown_is_a_label() -> None:
    problem = only(NET + "never prohibit when item a")
    assert [words(label.place) for label in problem.labels] == ["prohibit"]
    assert problem.witness == {"item": "a", "to": "overseas", "date": "2025-01-01"}


def test_a_condition_that_no_case_meets_is_a_warning() -> None:
    problem = only(NET + "always deny when item a and item b")
    assert (problem.name, problem.severity) == ("empty-promise", "warning")
    (problem,) = found(NET + "fact use civil when item b\nnever deny when item b and use not civil")
    assert problem.name == "empty-promise"


def test_a_fact_keeps_impossible_cases_out() -> None:
    assert names(NET + "never deny when to home\nfact to abroad when item a and use military") == []


# ---------------------------------------------------------------- days, known_on, scenarios

LAW = (
    WORDS
    + """
    instrument law "The law" issued 2025-01-10 effective 2025-02-01
    instrument pause "A pause" issued 2025-03-10 suspend law effective 2025-03-01 through 2025-03-31
    control a as net under law
"""
)


def test_a_promise_holds_on_all_days() -> None:
    problem = only(LAW + "always license when item a and date >= 2025-02-01")
    assert regions(problem) == ["item a and date >= 2025-03-01 and date <= 2025-03-31"]
    assert names(LAW + "always license when item a and in force law") == []


def test_what_is_known_has_no_limit_unless_the_promise_names_it() -> None:
    assert names(LAW + "always license when item a and date >= 2025-02-01 and date <= 2025-02-28") == []
    assert names(LAW + "never license when item a and date >= 2025-03-01 and date <= 2025-03-31") == []
    problem = only(LAW + "never license when item a and date 2025-03-15 and known_on >= 2025-01-01")
    assert regions(problem) == ["item a and date 2025-03-15 and known_on >= 2025-01-10 and known_on <= 2025-03-09"]
    assert problem.witness == {"item": "a", "date": "2025-03-15", "known_on": "2025-01-10"}


def test_a_promise_holds_in_every_scenario() -> None:
    longer = LAW + 'scenario longer "Longer" suspend law effective 2025-04-01 through 2025-04-30\n'
    problem = only(longer + "always license when item a and date >= 2025-04-01")
    assert regions(problem) == ["item a and date >= 2025-04-01 and date <= 2025-04-30 (under longer)"]
    assert problem.witness == {"item": "a", "date": "2025-04-01", "scenario": "longer"}


def test_what_falls_to_otherwise_counts() -> None:
    problem = only(WORDS + "control a require license\notherwise prohibit\nnever prohibit when use civil")
    assert regions(problem) == ["item in b, c and use civil"]


def test_a_spent_budget_is_said() -> None:
    problems = found(NET + "never deny when use civil", steps=0)
    assert {problem.name for problem in problems} == {"not-decided"}


def test_what_facts_exclude_is_not_told() -> None:
    text = """
        attribute pieces integer
        attribute value  number optional
        attribute to     one of home, abroad
        fact pieces >= 0 and pieces <= 1000
        fact not value < 0
        control any prohibit when pieces >= 100 and to home
        control any prohibit when value < 5 and to abroad
        never prohibit when date >= 2025-01-01
    """
    assert regions(only(text)) == [
        "pieces >= 100 and to home and date >= 2025-01-01",
        "value < 5 and to abroad and date >= 2025-01-01",
    ]
