"""Clauses that no case can meet."""

from __future__ import annotations

from tests.unit.analysis.found import WORDS, found, names, only, words


def test_a_clause_whose_tests_exclude_each_other() -> None:
    problem = only(WORDS + "control a as net require license deny when item b")
    assert (problem.name, problem.severity) == ("empty-clause", "error")
    assert words(problem.place) == "deny"
    assert names(WORDS + "control a require license when to home and to abroad") == ["empty-clause"]
    assert names(WORDS + "control a require license when use none and use civil") == ["empty-clause"]


def test_a_control_without_cases_is_one_problem() -> None:
    problem = only(WORDS + "control a when item b require license deny when use military")
    assert words(problem.place) == "require license"
    assert [words(label.place) for label in problem.labels] == ["deny"]
    problem = only(WORDS + "control a when item b deny when use military")
    assert words(problem.place) == "deny"


def test_a_clause_that_only_impossible_cases_meet() -> None:
    text = WORDS + "control a require license when use military"
    assert names(text) == []
    assert names(text + "\nfact use not military when item a") == ["empty-clause"]


def test_a_clause_that_is_never_in_force() -> None:
    law = WORDS + 'instrument law "The law" issued 2025-01-01 through 2025-06-30\n'
    problem = only(law + "control a under law effective 2025-07-01 require license")
    assert (problem.name, problem.severity) == ("never-in-force", "warning")
    repealed = law + 'instrument end "The end" issued 2025-01-01 repeal law\ncontrol a under law require license'
    assert names(repealed) == ["never-in-force"]
    # Where a scenario sets the repeal aside, it is in force there.
    assert names(repealed + '\nscenario back "Back" repeal end effective 2025-02-01') == []


def test_a_clause_for_parties_that_are_listed_on_other_days() -> None:
    text = 'attribute who entity\nlist bad from "bad.csv"\ncontrol any prohibit effective 2025-07-01 when who in bad'
    assert names(text, {"bad.csv": "name,through\nAda,2025-06-30\n"}) == ["never-in-force"]
    assert names(text, {"bad.csv": "name,through\nAda,2025-07-01\n"}) == []


def test_a_spent_budget_is_said() -> None:
    problems = found(WORDS + "control a require license\nfact use civil when item a", steps=0)
    assert [problem.name for problem in problems] == ["not-decided"]
