"""Clauses and names that a check says never matter are those without which the reference interpreter decides alike.

It is asked of every case there is, with the clause's condition made false: `in force` and acts still see it.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from hypothesis import assume, given
from tests.property.strategies_policies import in_order, linked
from tests.property.test_check_equals_interpreter import Judged, judged_cases, place, readings_of, small_policies

from rpol.model.finding import catalogue, find
from rpol.model.judge import Reading
from rpol.model.policy import FALSE, Link, Policy
from rpol.runtime.finding import essence
from rpolc.analysis.analyse import analyse


def decisions(policy: Policy, cases: Sequence[Judged]) -> list[object]:
    """Return what makes the decision in each case, as decisions are compared."""
    readings: dict[str, Reading] = readings_of(policy)
    known = catalogue(policy)
    return [essence(known, find(readings[case.scenario], case.situation)) for case in cases]


def without(policy: Policy, number: int) -> Policy:
    changed = evolve(policy.clauses[number], condition=FALSE)
    return evolve(policy, clauses=(*policy.clauses[:number], changed, *policy.clauses[number + 1 :]))


@given(small_policies())
def test_a_clause_is_called_masked_if_no_decision_differs_without_it(policy: Policy) -> None:
    cases = judged_cases(policy, readings_of(policy))
    usual = decisions(policy, cases)
    idle = {clause.index for clause in policy.clauses if decisions(without(policy, clause.index), cases) == usual}
    problems = analyse(policy)
    passed_over: set[int] = set()
    told: set[int] = set()
    for problem in problems:
        assert problem.place is not None
        numbers = {problem.place.start, *(label.place.start for label in problem.labels)}
        if problem.name in ("contradiction", "empty-clause", "never-in-force"):
            passed_over |= numbers
        elif problem.name in ("masked-clause", "idle-exception"):
            # One message may speak for all that hide each other; it then labels them so.
            hiding = {label.place.start for label in problem.labels if "hide each other" in label.message}
            told |= hiding | {problem.place.start}
    assert told == idle - passed_over
    assert (passed_over - idle).isdisjoint(told)


def with_links(policy: Policy) -> Policy:
    """Return the policy with a name for each clause that another overrides, as if each were written by itself."""
    pairs = [(one, other) for one in policy.clauses for other in one.overrides]
    links = tuple(
        Link("overrides", f"c{other}", one.rule, (one.index,), (other,), place(3_000_000 + number))
        for number, (one, other) in enumerate(pairs)
    )
    return evolve(policy, links=links)


def without_link(policy: Policy, link: Link) -> Policy | None:
    """Return the policy without one override; None if a circle would be left, so that the override is needed."""
    pair = (link.clauses[0], link.reached[0])
    wanted = [(one.index, other) for one in policy.clauses for other in one.overrides if (one.index, other) != pair]
    clauses = linked(policy.clauses, wanted)
    if sum(len(one.overrides) for one in clauses) < len(wanted):
        return None
    order = in_order(clauses, [(one.index, lifted) for one in clauses for lifted in one.lifts])
    return None if order is None else evolve(policy, clauses=clauses, order=order)


@given(small_policies())
def test_an_override_is_called_idle_if_no_decision_differs_without_it(policy: Policy) -> None:
    policy = with_links(policy)
    assume(policy.links)
    cases = judged_cases(policy, readings_of(policy))
    usual = decisions(policy, cases)
    problems = analyse(policy)
    worse: set[int] = set()
    for problem in problems:
        if problem.name in ("contradiction", "empty-clause", "never-in-force", "masked-clause", "idle-exception"):
            assert problem.place is not None
            worse |= {problem.place.start, *(label.place.start for label in problem.labels)}
    told = {problem.place.start for problem in problems if problem.name == "idle-override" and problem.place}
    for link in policy.links:
        if link.clauses[0] in worse:
            continue
        rest = without_link(policy, link)
        idle = rest is not None and decisions(rest, cases) == usual
        assert (link.place.start in told) == idle
