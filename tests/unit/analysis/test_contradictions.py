"""Contradictions, by hand from language.md, section 3, "Apply, stand, lift", 6."""

from __future__ import annotations

from tests.unit.analysis.found import WORDS, found, names, only, regions, words


def test_an_allow_over_a_denied_case() -> None:
    problem = only("control holmium allow destination DE deny end_use military")
    assert (problem.name, problem.severity) == ("contradiction", "error")
    assert words(problem.place) == "allow"
    assert [words(label.place) for label in problem.labels] == ["deny"]
    assert regions(problem) == ["item holmium and destination DE and end_use military"]
    assert problem.witness is not None
    assert problem.witness["item"] == "holmium"
    assert problem.witness["destination"] == "DE"
    assert problem.witness["end_use"] == ["military"]
    assert "exporter" not in problem.witness


def test_no_contradiction_where_nothing_stricter_stands() -> None:
    assert names("control holmium allow destination DE and not end_use military deny end_use military") == []


def test_an_allow_lifts_the_licences_of_its_own_control_only() -> None:
    assert names(WORDS + "control a as one_a require license allow to home") == []
    assert names(WORDS + "control a as c1 require license when to home\ncontrol a as c2 allow to home") == [
        "contradiction"
    ]


def test_an_override_settles_which_of_two_clauses_stands() -> None:
    both = WORDS + "control a as strict prohibit as ban when use military\ncontrol any as mild when to home allow"
    assert names(both) == ["contradiction"]
    assert names(both + " overrides ban") == []


def test_a_chain_of_overrides_is_followed_to_its_end() -> None:
    """Where the permit holds, it lifts the claim and the ban stands; elsewhere the claim stands and lifts the ban."""
    text = (
        WORDS
        + """
        control a as strict prohibit as ban when use military
        control any as mild when to home allow as claim overrides ban
        permit a as last when use relief overrides claim
    """
    )
    assert names(text) == []


def test_what_rests_on_a_lifted_licence_does_not_contradict() -> None:
    text = (
        WORDS
        + """
        control a as strict require license deny when use military exempt when to home {narrower}
        control any as mild when to home allow
    """
    )
    assert names(text.format(narrower="")) == []
    problem = only(text.format(narrower="and use relief"))
    assert [words(label.place) for label in problem.labels] == ["require license", "deny"]


def test_exceptions_that_together_leave_nothing_of_a_ban() -> None:
    text = (
        WORDS
        + """
        control a as strict prohibit when use military
          exempt when to in home, abroad
          exempt when to overseas {narrower}
        control any as mild when use military allow
    """
    )
    # Nothing is left of the ban, and that is told.
    assert names(text.format(narrower="")) == ["masked-clause"]
    problem = only(text.format(narrower="and use civil"))
    assert regions(problem) == ["item a and to overseas and use military and use not civil"]


def test_a_fact_keeps_impossible_cases_out() -> None:
    text = WORDS + "control a as c require license deny when use military allow when to home"
    assert names(text) == ["contradiction"]
    assert names(text + "\nfact not use military when to home") == []


# ---------------------------------------------------------------- days, known_on, scenarios


def test_the_days_on_which_it_happens() -> None:
    text = (
        WORDS
        + """
        control a as c require license allow effective 2025-03-01 through 2025-03-31 when to home
        control a as d prohibit effective 2025-03-15 when use relief
    """
    )
    problem = only(text)
    assert regions(problem) == [
        "item a and to home and use relief and date >= 2025-03-15 and date <= 2025-03-31",
    ]
    assert problem.witness is not None
    assert problem.witness["date"] == "2025-03-15"


LAW = (
    WORDS
    + """
    instrument law "The law" issued 2025-01-01
    control a as c under law prohibit
    control a as d require license allow effective 2025-03-01 when to home
"""
)


def test_a_contradiction_only_as_known_before_a_suspension() -> None:
    """It is searched on the whole plane of both dates."""
    problem = only(LAW + 'instrument pause "A pause" issued 2025-06-01 repeal law effective 2025-03-01')
    before = "known_on >= 2025-01-01 and known_on <= 2025-05-31"
    assert regions(problem) == [f"item a and to home and date >= 2025-03-01 and {before}"]
    assert problem.witness is not None
    assert problem.witness["known_on"] == "2025-01-01"


def test_a_contradiction_in_a_scenario_only() -> None:
    text = (
        LAW
        + """
        instrument end "The end" issued 2025-01-01 repeal law effective 2025-03-01
        scenario back "Back in force" repeal end effective 2025-06-01
    """
    )
    problem = only(text)
    assert regions(problem) == ["item a and to home and date >= 2025-06-01 (under back)"]
    assert problem.witness is not None
    assert problem.witness["scenario"] == "back"
    assert problem.example is not None
    assert problem.example.splitlines()[0].endswith(" under back")


# ---------------------------------------------------------------- one message a defect


def test_stricter_clauses_beside_one_allow_are_one_problem() -> None:
    text = WORDS + "control a require license review when to home deny when use military allow when use civil"
    problem = only(text)
    assert words(problem.place) == "allow"
    assert [words(label.place) for label in problem.labels] == ["review", "deny"]


def test_allows_beside_one_stricter_clause_are_one_problem() -> None:
    text = (
        WORDS
        + """
        control a as x when to home allow
        control a as y when to abroad allow
        control a as ban prohibit when use military
    """
    )
    problem = only(text)
    assert words(problem.place) == "prohibit"
    assert [words(label.place) for label in problem.labels] == ["allow", "allow"]
    assert regions(problem) == ["item a and to in home, abroad and use military"]


def test_a_spent_budget_is_said() -> None:
    text = "control holmium allow destination DE and exporter in_china deny end_use military"
    problems = found(text, steps=0)
    assert {problem.name for problem in problems} == {"not-decided"}
    assert all(problem.severity == "error" for problem in problems)
