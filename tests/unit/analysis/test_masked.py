"""Clauses without which every decision is the same, and exceptions that except nothing."""

from __future__ import annotations

from tests.unit.analysis.found import WORDS, found, names, only, words

from rpol.text.diagnostic import Diagnostic


def labelled(problem: Diagnostic) -> list[str]:
    return [words(label.place) for label in problem.labels]


def test_a_clause_inside_a_stricter_one() -> None:
    problem = only(WORDS + "control a as narrow require license when to home\ncontrol a as wide prohibit")
    assert (problem.name, problem.severity) == ("masked-clause", "warning")
    assert words(problem.place) == "require license"
    assert labelled(problem) == ["prohibit"]


def test_the_witness_is_a_case_of_the_clause() -> None:
    problem = only(WORDS + "control a as narrow require license when to home\ncontrol a as wide prohibit")
    assert problem.witness is not None and problem.example is not None
    assert problem.witness["item"] == "a"
    assert problem.example.endswith("expect prohibit")
    assert names(WORDS + f"control a as wide prohibit\n{problem.example}") == []


def test_a_clause_under_another_instrument_is_seen_in_decisions() -> None:
    law = 'instrument first "One" issued 2025-01-01\ninstrument second "Two" issued 2025-01-01\n'
    text = WORDS + law + "control a as narrow under first require license\ncontrol a as wide under second prohibit"
    assert names(text) == []


def test_a_duty_that_no_other_clause_has_matters() -> None:
    owing = 'control a as narrow require license duty "report" when to home\n'
    assert names(WORDS + owing + "control a as wide prohibit") == []
    assert names(WORDS + owing + 'control a as wide prohibit duty "report"') == ["masked-clause"]


def test_a_union_masks_what_none_of_it_does() -> None:
    text = (
        "control a as middle require license\n"
        "control a as here deny require license when to home\n"
        "control a as there prohibit when to not home"
    )
    text = text.replace("deny require license when to home", "prohibit when to home")
    problem = only(WORDS + text)
    assert problem.name == "masked-clause"
    assert labelled(problem) == ["prohibit", "prohibit"]
    assert "together" in problem.message


def test_clauses_that_hide_each_other_are_one_problem() -> None:
    problem = only(WORDS + "control a as first require license\ncontrol a as second require license")
    assert problem.name == "masked-clause"
    assert labelled(problem) == ["require license"]
    assert "hide each other" in problem.message


def test_what_decides_beside_clauses_that_hide_each_other_is_not_called_hidden() -> None:
    text = (
        "control a as first require license\n"
        "control a as second require license when to not home\n"
        "control a as third prohibit when to home"
    )
    problem = only(WORDS + text)
    assert problem.name == "masked-clause"
    hidden, _, rest = problem.message.partition("hide each other")
    assert "`second`" in hidden and "`first`" in hidden
    assert "`third`" in rest
    assert [label.message for label in problem.labels] == ["they hide each other", "this decides there"]


def test_days_count() -> None:
    wide = "control a as wide prohibit effective 2025-03-01\n"
    assert names(WORDS + wide + "control a as narrow require license effective 2025-03-01") == ["masked-clause"]
    assert names(WORDS + wide + "control a as narrow require license effective 2025-02-28") == []


def test_known_on_and_scenarios_count() -> None:
    law = 'instrument law "Law" issued 2025-01-01\ninstrument old "Old" issued 2024-01-01\n'
    wide = "control a as wide under law prohibit\n"
    text = WORDS + law + wide + "control a as narrow under law require license"
    assert names(text) == ["masked-clause"]
    assert names(text + '\nscenario soon "Soon" suspend law effective 2026-01-01 through 2026-06-30') == [
        "masked-clause"
    ]
    clause = "\ncontrol a as other require license"
    # Before the law was issued, the clause without an instrument decides alone.
    assert names(WORDS + law + wide + clause) == []


def test_an_implied_license_is_spoken_of_only_where_it_is_alone() -> None:
    wide = "control a as wide prohibit\n"
    assert names(WORDS + wide + "control a as bare") == ["masked-clause"]
    # The implied license of `more` hides the other, and its `deny` rests on it.
    problem = only(WORDS + "control a as wide require license\ncontrol a as more deny when use military")
    assert words(problem.place) == "require license"
    assert "The implied `require license` of `more`" in problem.message


def test_what_contradicts_is_not_called_masked() -> None:
    text = WORDS + "control a as free allow\ncontrol a as ban prohibit\ncontrol a as again prohibit"
    assert names(text) == ["contradiction"]


def test_a_deny_whose_licence_never_applies_with_it() -> None:
    problem = only(WORDS + "control a as net require license when to home deny when to abroad")
    assert (problem.name, words(problem.place)) == ("masked-clause", "deny")
    assert "No licence that it rests on applies" in problem.message


def test_an_exempt_of_what_is_required_all_the_same() -> None:
    text = WORDS + "control a as net require license exempt when use relief\n"
    assert names(text) == []
    problem = only(text + "control a as other require license when use relief")
    assert (problem.name, words(problem.place)) == ("idle-exception", "exempt")
    assert labelled(problem) == ["require license"]


def test_an_exempt_that_lifts_nothing() -> None:
    problem = only(WORDS + "control a as net require license when to home exempt when to abroad")
    assert problem.name == "idle-exception"
    assert "Nothing that it lifts applies" in problem.message


def test_an_oblige_whose_duty_is_owed_anyway() -> None:
    text = WORDS + 'control a as net require license duty "report"\noblige a when to home duty "report"'
    assert names(text) == ["masked-clause"]
    assert names(text.replace("oblige a", "oblige b")) == []


def test_otherwise_may_mask_what_asks_for_the_same() -> None:
    # The outcome is the same, but not its mark and not the outcome under an instrument.
    assert names(WORDS + "otherwise license\ncontrol a as net require license") == []


def test_a_spent_budget_is_said() -> None:
    text = WORDS + "control a as first require license\ncontrol a as second require license"
    problems = found(text, steps=0)
    assert {problem.name for problem in problems} == {"not-decided"}


def test_a_permit_that_authorises_what_needs_a_licence_all_the_same() -> None:
    problem = only(WORDS + "control a as net require license\npermit a as free when use relief")
    assert (problem.name, labelled(problem)) == ("masked-clause", ["require license"])
    assert problem.witness is not None and problem.witness["use"] == ["relief"]
