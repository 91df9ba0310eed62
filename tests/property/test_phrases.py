"""What a region is called means the region: the words are read back, and hold in its cases and no others."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from tests.support.policies import policy_of

from rpol.model.judge import Situation
from rpol.model.judge import holds as is_true_of
from rpol.model.policy import Policy
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, SCENARIO
from rpol.runtime.contents import Box
from rpolc.analysis.analyse import checked
from rpolc.analysis.phrases import EVERY_CASE, region_text
from rpolc.analysis.pick import pick
from rpolc.analysis.spelling import spell_equal
from rpolc.analysis.study import Study
from rpolc.lower.lower import lower
from rpolc.space.box import from_cells, holds
from rpolc.space.explore import Budget
from rpolc.space.region import equal

# Every kind of attribute, optional where it may be, with conditions that cut it in several places.
POLICY = """
attribute item      one of "items.csv" optional
attribute origin    one of china, elsewhere, high_seas
attribute to        country
attribute resale    boolean
attribute spare     boolean optional
attribute pieces    integer optional
attribute node      number nm
attribute share     percent optional
attribute contract  date
attribute buyer     entity optional
attribute use       set of civil, military, wmd, chip

group magnets = holmium, gallium
group nearby = CN, JP, KR
list steady from "steady.csv"
list listed from "listed.csv"
instrument notice "A notice" issued 2025-03-01 through 2025-12-31
instrument pause  "A pause"  issued 2025-05-01 suspend notice effective 2025-06-01 through 2025-06-30
scenario longer "The pause goes on" suspend notice effective 2025-07-01 through 2025-07-31

control any as first under notice when item metals.rare or item gallium
  require license when to in nearby
  deny when buyer in listed or buyer in steady
  review when use chip and node <= 14 nm
control any as second effective 2025-02-01 when resale and not spare
  require license when pieces >= 100 and pieces < 1000
  deny when use only military, wmd
  review when share > 0.1% or contract >= 2025-01-15
control any as third when item none and origin elsewhere and to DE and buyer "Ada & Co" prohibit
control steel as fourth require license
"""
FILES = {
    "items.csv": "value,parent\nmetals,\nmetals.rare,metals\nholmium,metals.rare\nerbium,metals.rare\n"
    "gallium,metals\nsteel,\n1C902.a,\n12.34 x,\n",
    "steady.csv": "name\nBo Ltd.\nCy  Ltd.\n",
    "listed.csv": "name,under\nDi Ltd.,notice\nEd Ltd.,notice\nBo Ltd.,notice\n",
}


@cache
def study() -> Study:
    policy = policy_of(POLICY, FILES)
    return Study(policy, lower(policy, also=checked(policy)))


def boxes_of(study: Study) -> st.SearchStrategy[Box]:
    """Return boxes that narrow a few axes, by few classes or by many."""
    space = study.space

    def cell(axis: int) -> st.SearchStrategy[int]:
        return st.one_of(st.just(space.whole[axis]), st.integers(1, space.whole[axis]))

    cells = st.tuples(*(cell(axis) for axis in range(len(space.sizes))))
    keep = st.sets(st.integers(0, len(space.sizes) - 1), max_size=4)

    def narrowed(drawn: tuple[tuple[int, ...], set[int]]) -> Box:
        masks, kept = drawn
        return from_cells(space, [mask if n in kept else space.whole[n] for n, mask in enumerate(masks)])

    return st.tuples(cells, keep).map(narrowed)


def given_of(text: str) -> Policy:
    return policy_of(f'{POLICY}\nexample "e" given {text} expect allow', FILES)


@given(st.data())
def test_a_region_is_what_its_words_mean(data: st.DataObject) -> None:
    box = data.draw(boxes_of(study()))
    text = region_text(study().vocabulary, box)
    scenario = study().axis(SCENARIO)
    known_on = study().axis(KNOWN_ON)
    assert (scenario in dict(box)) == text.endswith(")") or "(" in text
    condition = text.split(" (under ")[0].split(" (without a scenario")[0]
    if condition == EVERY_CASE:
        assert not {axis for axis, _ in box} - {scenario, known_on}
        return
    read = study().lowered.region_of(given_of(condition).examples[0].given)
    # Scenarios are told apart from the condition, and "no limit" is understood.
    no_limit = dict(box).get(known_on) == 1 << (study().space.sizes[known_on] - 1)
    expected = tuple(cell for cell in box if cell[0] != scenario and not (no_limit and cell[0] == known_on))
    assert equal(study().space, (expected,), read, Budget(100_000)), text


@given(st.data())
def test_a_case_is_picked_from_its_box(data: st.DataObject) -> None:
    box = data.draw(boxes_of(study()))
    case = pick(study().vocabulary, study().space, box)
    assert holds(box, case.point)
    values = {**case.values, DATE: case.date, KNOWN_ON: case.known_on, SCENARIO: case.scenario}
    assert case.point == tuple(axis.class_of(values[axis.attribute]) for axis in study().contents.axes)


@given(st.data())
def test_a_case_is_told_by_tests_that_no_other_meets(data: st.DataObject) -> None:
    case, other = (pick(study().vocabulary, study().space, data.draw(boxes_of(study()))) for _ in range(2))
    attributes, as_written = study().vocabulary.attributes, study().vocabulary.as_written
    tests = [spell_equal(attributes[name], as_written(name, value)) for name, value in case.values.items()]
    told = given_of(" and ".join(tests)).examples[0].given
    reading = study().readings[BASE]
    assert is_true_of(reading, Situation(case.values, case.date), told)
    assert is_true_of(reading, Situation(other.values, other.date), told) == (case.values == other.values)
