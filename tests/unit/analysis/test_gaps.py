"""What no rule decides, told where it is asked for."""

from __future__ import annotations

from tests.support.policies import policy_of
from tests.unit.analysis.found import WORDS, regions, words

from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.analyse import analyse


def gaps(text: str) -> list[Diagnostic]:
    every = analyse(policy_of(WORDS + text), with_gaps=True)
    return [problem for problem in every if problem.name in ("not-controlled", "falls-to-otherwise")]


def test_without_otherwise_it_is_not_controlled() -> None:
    (problem,) = gaps("control a require license\npermit b as free when to home")
    assert (problem.name, problem.severity, problem.place) == ("not-controlled", "note", None)
    assert set(regions(problem)) == {"item c", "item b and to in abroad, overseas"}


def test_what_falls_to_otherwise() -> None:
    (problem,) = gaps("control a require license exempt when use relief\notherwise deny")
    assert (problem.name, words(problem.place)) == ("falls-to-otherwise", "otherwise deny")
    assert regions(problem) == ["item in b, c"]
    assert problem.example is not None and problem.example.endswith("expect deny")


def test_days_are_told() -> None:
    (problem,) = gaps("control item a, b, c as all effective 2025-02-01 require license")
    assert regions(problem) == ["date <= 2025-01-31"]


def test_nothing_is_said_where_every_case_is_decided() -> None:
    assert gaps("control item a, b, c as all require license") == []


def test_it_is_told_only_where_it_is_asked_for() -> None:
    policy = policy_of(WORDS + "control a require license")
    assert analyse(policy) == ()
