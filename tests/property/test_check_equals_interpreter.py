"""What a check reports of random policies is what the reference interpreter finds, asked of every case there is.

Cases are those of the lowered policy: one for each point of its axes, which other tests hold to the interpreter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from attrs import evolve, frozen
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.property.strategies_policies import conditions, policies, targets

from rpol.model.force import World
from rpol.model.interpret import answer
from rpol.model.judge import Reading, Situation, Verdict, applying, broken_facts, holds, judge
from rpol.model.policy import Condition, Example, Policy, Promise, Reason
from rpol.runtime.attribute import Value
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO, Axis
from rpol.runtime.ladder import OUTCOMES, RANK
from rpol.runtime.read import read
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place, SourceText
from rpolc.analysis.analyse import analyse, checked
from rpolc.lower.atoms import gather
from rpolc.lower.lower import lower

MOST_POINTS = 300
SOURCE = SourceText("random.rpol", "")


def place(number: int) -> Place:
    """Return a place of its own for each thing, so that problems say what they are about."""
    return Place(SOURCE, number, number + 1)


PROMISE, EXAMPLE = place(1_000_000), place(2_000_000)


@frozen
class Judged:
    situation: Situation
    scenario: str
    verdict: Verdict


@st.composite
def small_policies(draw: st.DrawFn) -> Policy:
    policy = draw(policies())
    return evolve(policy, clauses=tuple(evolve(clause, place=place(clause.index)) for clause in policy.clauses))


def judged_cases(policy: Policy, readings: Mapping[str, Reading]) -> list[Judged]:
    """Return every case that can be, with what is decided there; only of policies small enough for it."""
    axes = lower(policy, also=checked(policy)).contents.axes
    assume(prod(axis.size for axis in axes) <= MOST_POINTS)
    return [
        Judged(situation, scenario, judge(readings[scenario], situation))
        for situation, scenario in every_situation(axes)
        if not broken_facts(readings[scenario], situation)
    ]


def readings_of(policy: Policy) -> dict[str, Reading]:
    base = Reading(policy)
    return {name: base.supposing(World(scenario=name)) for name in (BASE, *policy.scenarios)}


def every_situation(axes: tuple[Axis, ...]) -> Iterator[tuple[Situation, str]]:
    for point in product(*(range(axis.size) for axis in axes)):
        case: dict[str, Value] = {}
        for axis, number in zip(axes, point, strict=True):
            value, before = axis.representative(number), case.get(axis.attribute)
            if axis.attribute == KNOWN_ON and number == axis.size - 1:
                value = NO_LIMIT
            if isinstance(value, frozenset) and isinstance(before, frozenset):
                value |= before
            case[axis.attribute] = value
        date, known_on, scenario = case.pop(DATE), case.pop(KNOWN_ON), case.pop(SCENARIO)
        assert isinstance(date, int) and isinstance(known_on, int) and isinstance(scenario, str)
        yield Situation(case, date, known_on), scenario


def spoken_of(
    readings: Mapping[str, Reading], cases: list[Judged], condition: Condition, scenario: str | None
) -> list[Judged]:
    """Return the cases of a promise or example: with no limit, unless its condition names known_on."""
    names_known_on = KNOWN_ON in gather((condition,))
    return [
        case
        for case in cases
        if (names_known_on or case.situation.known_on == NO_LIMIT)
        and scenario in (None, case.scenario)
        and holds(readings[case.scenario], case.situation, condition)
    ]


def outcomes_in(policy: Policy, witness: Mapping[str, object]) -> set[str]:
    """Return what the interpreter says may be decided in a witness, whatever the attributes that it leaves out."""
    request = read(tuple(policy.attributes.values()), policy.scenarios, witness)
    decision = answer(policy, request)
    return set(decision.possible)


# ---------------------------------------------------------------- contradictions


@settings(max_examples=5 * settings.default.max_examples)
@given(small_policies())
def test_every_contradicting_pair_is_told_once(policy: Policy) -> None:
    readings = readings_of(policy)
    effects = [clause.effect for clause in policy.clauses]
    expected = {
        frozenset((allow, other))
        for case in judged_cases(policy, readings)
        for allow, other in product(case.verdict.standing, repeat=2)
        if effects[allow] == "allow" and RANK.get(effects[other], 0) > 0
    }
    told: list[frozenset[int]] = []
    for problem in analyse(policy):
        if problem.name == "contradiction":
            assert problem.place is not None
            told += [frozenset((problem.place.start, label.place.start)) for label in problem.labels]
            assert_contradicts(policy, problem)
    assert len(told) == len(set(told))
    assert set(told) == expected


def assert_contradicts(policy: Policy, problem: Diagnostic) -> None:
    """Its witness has the clauses that it names, in every completion."""
    assert problem.witness is not None
    assert problem.place is not None
    named = {problem.place.start, *(label.place.start for label in problem.labels)}
    request = read(tuple(policy.attributes.values()), policy.scenarios, problem.witness)
    standing = {ref.index for ref in answer(policy, request).standing}
    assert problem.place.start in standing
    assert len(named & standing) > 1 or len(problem.labels) > 1


# ---------------------------------------------------------------- promises


@given(small_policies(), st.data())
def test_a_promise_is_reported_where_it_is_broken_and_only_there(policy: Policy, data: st.DataObject) -> None:
    condition = data.draw(conditions(policy))
    outcome = data.draw(st.sampled_from(OUTCOMES))
    word = data.draw(st.sampled_from(("always", "never")))
    or_stricter = word == "always" and data.draw(st.booleans())
    names_known_on = KNOWN_ON in gather((condition,))
    promise = Promise(word, outcome, or_stricter, condition, names_known_on, PROMISE)  # type: ignore[arg-type]
    policy = evolve(policy, promises=(promise,))
    readings = readings_of(policy)
    cases = spoken_of(readings, judged_cases(policy, readings), condition, None)

    def keeps(decided: str) -> bool:
        if word == "never":
            return decided != outcome
        return decided == outcome or (or_stricter and RANK[decided] > RANK[outcome])

    broken = [case for case in cases if not keeps(case.verdict.outcome)]
    problems = [problem for problem in analyse(policy) if problem.place == PROMISE]
    expected = ["empty-promise"] if not cases else ["broken-promise"] if broken else []
    assert [problem.name for problem in problems] == expected
    for problem in problems:
        for witness in (problem.witness, *(region.witness for region in problem.regions[1:2])):
            assert witness is None or not any(map(keeps, outcomes_in(policy, witness)))


# ---------------------------------------------------------------- examples


@given(small_policies(), st.data())
def test_an_example_fails_where_the_interpreter_says_so(policy: Policy, data: st.DataObject) -> None:
    given_condition = data.draw(conditions(policy))
    scenario = data.draw(st.sampled_from((None, *policy.scenarios)))
    names_known_on = KNOWN_ON in gather((given_condition,))
    example = Example("e", scenario, given_condition, names_known_on, "undetermined", (), "", EXAMPLE)
    readings = readings_of(policy)
    every = judged_cases(evolve(policy, examples=(example,)), readings)
    cases = spoken_of(readings, every, given_condition, scenario or BASE)
    found = sorted({case.verdict.outcome for case in cases})
    # What is so comes more often, for of what is not so there is more.
    so = ["undetermined"] if len(found) > 1 else found
    expect = data.draw(st.sampled_from((*so * 4, *found, "undetermined", "license")))
    reasons = () if expect == "undetermined" else tuple(data.draw(st.lists(reason_strategy(policy), max_size=1)))
    if expect == "undetermined":
        holds_true = len(found) > 1
    else:
        holds_true = found == [expect] and all(
            is_reason(readings[case.scenario], reason, case) for case in cases for reason in reasons
        )
    policy = evolve(policy, examples=(evolve(example, expect=expect, reasons=reasons),))
    problems = [problem.name for problem in analyse(policy) if problem.place == EXAMPLE]
    assert problems == ([] if holds_true else ["failed-example"])


def reason_strategy(policy: Policy) -> st.SearchStrategy[Reason]:
    """Return reasons: clauses, or what suspends a target or clauses of their own name."""
    clauses = st.frozensets(st.sampled_from(range(len(policy.clauses))), min_size=1).map(
        lambda some: tuple(sorted(some))
    )
    return st.builds(Reason, st.just("reason"), st.booleans(), targets(policy), clauses)


def is_reason(reading: Reading, reason: Reason, case: Judged) -> bool:
    """Language.md, section 3, "Promises", on `because`."""
    if not reason.suspended:
        return not case.verdict.because.isdisjoint(reason.clauses)
    untouched = () if reason.target is None else (reason.target,)
    clauses = frozenset(reason.clauses) if reason.target is None else frozenset()
    other = reading.supposing(evolve(reading.world, untouched=untouched, untouched_clauses=clauses))
    return not applying(other, case.situation) <= case.verdict.applying


# ---------------------------------------------------------------- clauses


@given(small_policies())
def test_a_clause_is_reported_if_no_case_meets_it(policy: Policy) -> None:
    readings = readings_of(policy)
    cases = judged_cases(policy, readings)
    met = {
        clause.index
        for clause in policy.clauses
        for case in cases
        if holds(readings[case.scenario], case.situation, clause.condition)
    }
    in_force = {
        clause.index
        for clause in policy.clauses
        for case in cases
        if holds(readings[case.scenario], case.situation, clause.condition)
        and (case.situation.date, case.situation.known_on) in readings[case.scenario].calendar.clause(clause)
    }
    everything = {clause.index for clause in policy.clauses}
    reported: dict[str, set[int]] = {"empty-clause": set(), "never-in-force": set()}
    for problem in analyse(policy):
        if problem.name in reported:
            assert problem.place is not None
            reported[problem.name] |= {problem.place.start, *(label.place.start for label in problem.labels)}
    assert reported == {"empty-clause": everything - met, "never-in-force": met - in_force}
