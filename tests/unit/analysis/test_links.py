"""Names behind `overrides` and `supplements` that do nothing."""

from __future__ import annotations

from tests.unit.analysis.found import WORDS, names, only, words

NET = "control a as net require license when to home\n"


def test_an_override_that_lifts_something() -> None:
    assert names(WORDS + NET + "permit a as free overrides net when use relief") == []


def test_an_override_of_what_is_never_there() -> None:
    problem = only(WORDS + NET + "permit a as free overrides net when to abroad")
    assert (problem.name, problem.severity) == ("idle-override", "warning")
    assert words(problem.place) == "net"
    problem = only(WORDS + NET + "permit b as free overrides net")
    assert problem.name == "idle-override"


def test_an_override_of_what_only_impossible_cases_hold() -> None:
    text = WORDS + "fact not (to home and use relief)\n" + NET + "permit a as free overrides net when use relief"
    problem = only(text)
    assert (problem.name, words(problem.place), problem.witness) == ("idle-override", "net", None)


def test_an_override_of_what_makes_no_difference() -> None:
    # Wherever the stricter control sets the milder one aside, it decides by itself.
    text = WORDS + NET + "control a as ban overrides net prohibit when use military"
    problem = only(text)
    assert problem.name == "idle-override"
    assert problem.witness is not None


def test_each_name_by_itself() -> None:
    text = WORDS + NET + "control b as other require license\npermit a as free overrides net, other when use relief"
    problem = only(text)
    assert (problem.name, words(problem.place)) == ("idle-override", "other")


def test_an_override_that_keeps_from_being_lifted() -> None:
    text = (
        WORDS
        + "control a as net require license as base overrides out exempt as out when use relief deny when use military"
    )
    # Without the override the exempt would lift the license.
    assert "idle-override" not in names(text)


def test_a_supplement_that_reaches_nothing() -> None:
    problem = only(WORDS + NET + "control b as more supplements net deny when use military")
    assert (problem.name, problem.severity) == ("idle-supplement", "warning")
    assert words(problem.place) == "net"


def test_a_supplement_that_reaches_something() -> None:
    assert names(WORDS + NET + "control a as more supplements net deny when use military") == []


def test_a_supplement_without_which_all_is_the_same() -> None:
    law = 'instrument law "Law" issued 2025-01-01\n'
    text = WORDS + law + NET + "control a when to home as more supplements net under law require license"
    problem = only(text)
    assert (problem.name, words(problem.place)) == ("idle-supplement", "net")
    # Elsewhere the license of `net` does not apply, and the supplement narrows.
    assert names(text.replace("a when to home as more", "a as more")) == []


def test_one_of_two_supplements_that_adds_nothing() -> None:
    text = (
        WORDS
        + NET
        + "control b as other require license\ncontrol a as more supplements net, other deny when use military"
    )
    problem = only(text)
    assert (problem.name, words(problem.place)) == ("idle-supplement", "other")
