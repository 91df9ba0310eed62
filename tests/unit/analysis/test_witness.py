"""Witnesses: what is shown of a region can be asked and pasted, and comes to the same."""

from __future__ import annotations

import pytest
from attrs import evolve
from tests.support.policies import policy_of
from tests.unit.analysis.found import found, only, regions

from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.analyse import checked
from rpolc.analysis.examples import examples
from rpolc.analysis.promises import promises
from rpolc.analysis.study import Study
from rpolc.analysis.witness import ReplayError
from rpolc.lower.lower import lower
from rpolc.table.build import build

# Values that must be quoted, units, percentages, sets, parties, none.
POLICY = """
attribute item    one of "items.csv"
attribute to      country
attribute resale  boolean
attribute node    number nm optional
attribute share   percent
attribute pieces  integer
attribute buyer   entity
attribute use     set of civil, military, chip
instrument law "The law" issued 2025-01-10 effective 2025-02-01
instrument pause "A pause" issued 2025-03-10 repeal law effective 2025-03-01
scenario over "The pause is over" repeal pause effective 2025-06-01
list bad from "bad.csv"
oblige any as records under law duty "keep records"
"""
FILES = {
    "items.csv": "value,parent\n1C902,\n1C902.a,1C902\n12.34 x,\ncontrol,\n",
    "bad.csv": "name\nAda & Co. Ltd\nBo Ltd\n",
}


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("item 1C902.a", {"item": "1C902.a"}),
        ('item "12.34 x"', {"item": "12.34 x"}),
        ('item "control"', {"item": "control"}),
        ("to in DE, FR", {"to": "DE"}),
        ("resale", {"resale": True}),
        ("not resale", {"resale": False}),
        ("node <= 14 nm", {"node": "14 nm"}),
        ("node > 14 nm", {"node": "15 nm"}),
        ("node none", {"node": "none"}),
        ("share >= 0.1%", {"share": "0.1%"}),
        ("pieces >= 100 and pieces < 1000", {"pieces": 100}),
        ("pieces < -5", {"pieces": -6}),
        ("buyer in bad", {"buyer": "Ada & Co. Ltd"}),
        ("buyer not in bad", {"buyer": "another party"}),
        ("use military", {"use": ["military"]}),
        ("use military and use chip", {"use": ["military", "chip"]}),
        ("use none", {"use": "none"}),
        ("use only civil, chip", {"use": ["civil"]}),
    ],
)
def test_a_witness_has_plain_values_and_only_those_that_matter(condition: str, told: dict[str, object]) -> None:
    text = f"{POLICY}control any prohibit when {condition}\nnever prohibit when date >= 2025-01-01"
    problem = only(text, FILES)
    assert problem.witness == {**told, "date": "2025-01-01"}
    assert_comes_to_the_same(text, problem, "prohibit")


def assert_comes_to_the_same(text: str, problem: Diagnostic, outcome: str) -> None:
    """Asked as it is told, and pasted as an example, the witness has this outcome."""
    policy = policy_of(text, FILES)
    assert problem.witness is not None
    assert problem.example is not None
    assert build(policy).decide(problem.witness).outcome == outcome
    pasted = policy_of(f"{text}\n{problem.example}", FILES)
    assert examples(Study(pasted, lower(pasted, also=checked(pasted)))) == ()
    assert pasted.examples[0].expect == outcome


def test_a_witness_tells_known_on_and_scenario_where_they_matter() -> None:
    text = POLICY + "control any under law prohibit when resale\n"
    known = text + "never prohibit when date >= 2025-03-01 and date < 2025-06-01 and known_on >= 2025-01-01"
    problem = only(known, FILES)
    assert problem.witness == {"resale": True, "date": "2025-03-01", "known_on": "2025-01-10"}
    assert_comes_to_the_same(known, problem, "prohibit")
    over = text + "never prohibit when date >= 2025-06-01"
    problem = only(over, FILES)
    assert problem.witness == {"resale": True, "date": "2025-06-01", "scenario": "over"}
    assert_comes_to_the_same(over, problem, "prohibit")


def test_attributes_of_exceptions_count_where_these_matter() -> None:
    text = POLICY + "control any prohibit when resale exempt when use only civil\nnever prohibit when date 2025-01-01"
    problem = only(text, FILES)
    assert problem.witness is not None
    assert problem.witness.keys() == {"resale", "use", "date"}
    assert_comes_to_the_same(text, problem, "prohibit")


def test_every_region_has_a_case_of_its_own() -> None:
    text = POLICY + "control any prohibit when resale or use military\nnever prohibit when date 2025-01-01"
    problem = only(text, FILES)
    assert len(problem.regions) == len(set(regions(problem))) == 2
    policy = policy_of(text, FILES)
    for region in problem.regions:
        assert build(policy).decide(region.witness).outcome == "prohibit"


def test_a_name_with_a_quotation_mark_is_not_written_as_an_example() -> None:
    files = {**FILES, "bad.csv": 'name\n"Ada ""A"" Ltd"\n'}
    text = POLICY + "control any prohibit when buyer in bad\nnever prohibit when date 2025-01-01"
    problem = only(text, files)
    assert problem.witness == {"buyer": 'Ada "A" Ltd', "date": "2025-01-01"}
    assert problem.example is None


def test_an_interpreter_that_disagrees_is_a_mistake_of_ours() -> None:
    """A policy that is not the one that was lowered stands for an interpreter that decides otherwise."""
    text = POLICY + "control any prohibit when resale\nnever prohibit when date 2025-01-01"
    policy = policy_of(text, FILES)
    lowered = lower(policy, also=checked(policy))
    other = evolve(policy, clauses=tuple(evolve(clause, effect="license") for clause in policy.clauses))
    assert len(promises(Study(policy, lowered))) == 1
    with pytest.raises(ReplayError):
        promises(Study(other, lowered))


def test_reports_stay_right_when_no_work_is_left_to_make_them_plain() -> None:
    text = POLICY + "control any prohibit when resale exempt when use only civil\nnever prohibit when date 2025-01-01"
    policy = policy_of(text, FILES)
    study = Study(policy, lower(policy, also=checked(policy)))
    study.plainness.steps = 0
    study.replays.steps = 0
    (problem,) = promises(study)
    assert_comes_to_the_same(text, problem, "prohibit")
    assert [one.name for one in found(text, FILES)] == ["broken-promise"]
