"""The main property: a table decides what the reference interpreter decides, in every field of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.property.strategies_policies import (
    PARTIES,
    STRANGER,
    cases,
    conditions,
    days,
    known_ons,
    policies,
    requests,
    scenarios,
    targets,
)
from tests.support.meaning import answers

from rpol.model.force import World
from rpol.model.interpret import answer as interpret
from rpol.model.judge import Reading, Situation, broken_facts, holds, judge
from rpol.model.members import rows_for
from rpol.model.policy import Clause, Negation, Policy
from rpol.runtime.answer import answer
from rpol.runtime.attribute import Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO, Axis
from rpol.runtime.contents import Contents
from rpol.runtime.errors import ImpossibleCase
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.index import Index
from rpol.runtime.ladder import RANK
from rpol.runtime.request import Request
from rpol.runtime.standing import Rules
from rpol.runtime.table import Table
from rpol.runtime.verify import verify
from rpolc.analysis.analyse import analyse
from rpolc.lower.cells import Cells
from rpolc.lower.days import Calendar
from rpolc.lower.expand import Expander, Ground
from rpolc.lower.lower import lower
from rpolc.lower.split import split
from rpolc.space.box import EVERYTHING, Point, meet
from rpolc.space.explore import Budget
from rpolc.space.region import holds as lies_in
from rpolc.table.build import PASSES, build

# A policy with more cases and days than this is looked at here and there, not as a whole.
MOST_POINTS = 1_000

# Every field of a decision, as data; None where there is no such case.
Answer = dict[str, object] | None


def by_interpreter(policy: Policy, request: Request) -> Answer:
    try:
        return interpret(policy, request).to_dict()
    except ImpossibleCase:
        return None


def by_table(contents: Contents, request: Request) -> Answer:
    try:
        return answer(Evaluator(Index(contents), Rules(contents)), request, digest="").to_dict()
    except ImpossibleCase:
        return None


# ---------------------------------------------------------------- decisions


@given(policies(), st.data())
def test_a_table_decides_what_the_interpreter_decides(policy: Policy, data: st.DataObject) -> None:
    contents = Table.from_bytes(build(policy).to_bytes()).contents
    for _ in range(3):
        request = data.draw(requests(policy))
        assert by_table(contents, request) == by_interpreter(policy, request)


def test_a_row_is_cited_only_if_every_completion_cites_it() -> None:
    """Two members of a set that nothing but their rows tells apart: one of them is held, but which is not known."""
    text = """
    attribute use set of x, y
    instrument ban "A ban" issued 2025-01-01
    list l of use from "l.csv"
    fact not use none
    control any as c under ban when use in l prohibit
    """
    decide = answers(text, {"l.csv": "name,under\nx,ban\ny,ban\n"})
    assert [citation.rows for citation in decide().citations] == [()]
    assert [row.name for citation in decide(use=["x"]).citations for row in citation.rows] == ["x"]


@given(policies())
def test_a_table_survives_its_bytes(policy: Policy) -> None:
    table = build(policy)
    again = Table.from_bytes(table.to_bytes())
    assert again.contents == table.contents
    assert again.to_bytes() == table.to_bytes()
    assert build(policy).to_bytes() == table.to_bytes()


@given(policies(), st.data())
def test_every_pass_keeps_decisions_and_the_shape_of_contents(policy: Policy, data: st.DataObject) -> None:
    contents = lower(policy).contents
    assert verify(contents) is None
    request = data.draw(requests(policy))
    expected = by_table(contents, request)
    for improve in PASSES:
        contents = improve(contents)
        assert verify(contents) is None, improve.__name__
        assert by_table(contents, request) == expected, improve.__name__


# ---------------------------------------------------------------- regions


@given(policies(), st.data())
def test_a_condition_holds_in_its_region(policy: Policy, data: st.DataObject) -> None:
    condition = data.draw(conditions(policy))
    lowered = lower(policy, also=(condition,))
    region, other = lowered.region_of(condition), lowered.region_of(Negation(condition))
    for _ in range(8):
        scenario, drawn = data.draw(scenarios(policy)), data.draw(situations(policy))
        for situation in for_each_party(policy, drawn):
            point = point_of(lowered.contents.axes, situation, scenario)
            expected = holds(Reading(policy, World(scenario)), situation, condition)
            assert (lies_in(region, point), lies_in(other, point)) == (expected, not expected)


@given(policies(), st.data())
def test_splitting_the_space_finds_the_region_of_a_condition(policy: Policy, data: st.DataObject) -> None:
    """The way for what is too entangled to be multiplied out; nothing that is drawn here would be."""
    condition = data.draw(conditions(policy))
    axes = lower(policy, also=(condition,)).contents.axes
    expander = Expander(Ground(policy, Cells(axes), Calendar(axes)), World())
    region = split(expander.ground.space, condition, (EVERYTHING,), expander.expand, Budget(10_000))
    assert all(meet(one, other) is None for one, other in combinations(region, 2))
    for _ in range(10):
        scenario, situation = data.draw(scenarios(policy)), data.draw(situations(policy))
        point = point_of(axes, situation, scenario)
        assert lies_in(region, point) == holds(Reading(policy, World(scenario)), situation, condition)


@given(policies(), st.data())
def test_clauses_hold_as_if_acts_on_a_target_were_not(policy: Policy, data: st.DataObject) -> None:
    target = data.draw(targets(policy))
    untouched = data.draw(st.frozensets(st.sampled_from(range(len(policy.clauses)))))
    lowered = lower(policy)
    regions = lowered.without_acts_on(target, tuple(untouched))
    for _ in range(5):
        scenario, situation = data.draw(scenarios(policy)), data.draw(situations(policy))
        supposed = World(scenario, untouched=() if target is None else (target,), untouched_clauses=untouched)
        reading = Reading(policy, supposed)
        point = point_of(lowered.contents.axes, situation, scenario)
        for clause, region in zip(policy.clauses, regions, strict=True):
            assert lies_in(region, point) == holds_alone(reading, situation, clause)


@st.composite
def situations(draw: st.DrawFn, policy: Policy) -> Situation:
    return Situation(draw(cases(policy)), draw(days()), draw(known_ons()))


def for_each_party(policy: Policy, situation: Situation) -> Iterator[Situation]:
    """Yield a situation with each party in turn, for it takes much to tell two rows of a list apart."""
    parties = {name: (*PARTIES, STRANGER) for name, one in policy.attributes.items() if one.kind == "entity"}
    for chosen in product(*parties.values()):
        yield evolve(situation, case={**situation.case, **dict(zip(parties, chosen, strict=True))})


def holds_alone(reading: Reading, situation: Situation, clause: Clause) -> bool:
    """Tell whether a clause holds but for what others do to it: in its conditions' region, on a day it is in force."""
    in_force = (situation.date, situation.known_on) in reading.calendar.clause(clause)
    return in_force and holds(reading, situation, clause.condition)


def point_of(axes: tuple[Axis, ...], situation: Situation, scenario: str) -> Point:
    case: dict[str, Value] = {
        **situation.case,
        DATE: situation.date,
        KNOWN_ON: situation.known_on,
        SCENARIO: scenario,
    }
    return tuple(axis.class_of(case[axis.attribute]) for axis in axes)


# ---------------------------------------------------------------- lists


@given(policies())
def test_a_listing_names_the_rows_that_speak_of_each_value(policy: Policy) -> None:
    contents = lower(policy).contents
    for listing in contents.lists:
        values = PARTIES if listing.attribute is None else leaves_of(policy, listing.attribute)
        numbers = dict(listing.rows_by_value)
        assert numbers.keys() <= set(values)
        for value in values:
            found = {(row.list, row.name) for row in map(contents.rows.__getitem__, numbers.get(value, ()))}
            assert found == {(name, row.name) for name, row in rows_for(policy, listing.name, value)}


def leaves_of(policy: Policy, attribute: str) -> tuple[str, ...]:
    taxonomy = policy.attributes[attribute].taxonomy
    assert taxonomy is not None
    return taxonomy.leaves


# ---------------------------------------------------------------- nothing is both allowed and denied


@given(policies(), st.data())
def test_what_builds_never_both_allows_and_denies(policy: Policy, data: st.DataObject) -> None:
    """And, where it can be looked at as a whole, what is refused for a contradiction has one."""
    lowered = lower(policy)
    problems = {problem.name for problem in analyse(policy, lowered)}
    axes = lowered.contents.axes
    whole = prod(axis.size for axis in axes) <= MOST_POINTS
    points = list(every_situation(axes)) if whole else [(data.draw(situations(policy)), data.draw(scenarios(policy)))]
    contradicted = any(allows_and_denies(policy, situation, scenario) for situation, scenario in points)
    assert "not-decided" not in problems
    assert "contradiction" in problems or not contradicted
    assert "contradiction" not in problems or not whole or contradicted


def allows_and_denies(policy: Policy, situation: Situation, scenario: str) -> bool:
    """Language.md, section 3, "Apply, stand, lift", 6."""
    reading = Reading(policy, World(scenario))
    if broken_facts(reading, situation):
        return False
    effects = {policy.clauses[index].effect for index in judge(reading, situation).standing}
    return "allow" in effects and any(RANK.get(effect, 0) > 0 for effect in effects)


def every_situation(axes: tuple[Axis, ...]) -> Iterator[tuple[Situation, str]]:
    """Yield a situation for each point, with its scenario."""
    for point in product(*(range(axis.size) for axis in axes)):
        case: dict[str, Value] = {}
        for axis, number in zip(axes, point, strict=True):
            value, before = axis.representative(number), case.get(axis.attribute)
            if isinstance(value, frozenset) and isinstance(before, frozenset):
                value |= before
            case[axis.attribute] = value
        date, known_on, scenario = case.pop(DATE), case.pop(KNOWN_ON), case.pop(SCENARIO)
        assert isinstance(date, int) and isinstance(known_on, int) and isinstance(scenario, str)
        yield Situation(case, date, known_on), scenario
