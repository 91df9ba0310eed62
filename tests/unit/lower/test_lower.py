"""A lowered policy: worlds, acts, rows, lists, facts (language.md, section 3, "In force", "Acts", Lists, Facts)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.support.policies import policy_of

from rpol.model.policy import Target
from rpol.runtime.attribute import Value
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO
from rpol.runtime.contents import Contents, Region
from rpol.runtime.decision import SuspensionRef
from rpol.runtime.verify import verify
from rpolc.lower.lower import lower
from rpolc.space.region import holds

LAW = """
attribute item one of a, b
attribute buyer entity
instrument ban "A ban" issued 2025-01-01
instrument lists "Its lists" issued 2025-01-01
instrument pause "A pause" issued 2025-03-01
  suspend ban "2" effective 2025-04-01 before 2025-05-01
  repeal lists effective 2025-06-01
scenario longer "It goes on" suspend ban effective 2025-05-01 before 2025-07-01
list l from "l.csv"
control item a as first under ban "1" prohibit
control item b as second under ban "2(1)" prohibit
control any as third when buyer in l prohibit
control any as fourth when in force ban "2" and item a prohibit
"""
ROWS = {"l.csv": "name,aliases,under\nAda Corp,Ada|ADA  Ltd,lists\nBo,,\nAda,,lists\n"}
ONE, TWO, THREE, FOUR = range(4)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def contents_of(text: str = LAW, files: Mapping[str, str] = ROWS) -> Contents:
    contents = lower(policy_of(text, files)).contents
    assert verify(contents) is None
    return contents


def in_region(
    contents: Contents,
    region: int | Region,
    on: str,
    *,
    item: str = "a",
    buyer: str = "nobody",
    known_on: str | None = None,
    scenario: str = BASE,
) -> bool:
    """Tell whether a case lies in a region."""
    case: dict[str, Value] = {
        "item": item,
        "buyer": buyer,
        DATE: day(on),
        KNOWN_ON: NO_LIMIT if known_on is None else day(known_on),
        SCENARIO: scenario,
    }
    point = tuple(axis.class_of(case[axis.attribute]) for axis in contents.axes)
    return holds(contents.regions[region] if isinstance(region, int) else region, point)


# ---------------------------------------------------------------- worlds


def test_a_clause_holds_on_days_when_it_is_in_force() -> None:
    contents = contents_of()
    (one, two, _, four) = contents.real
    assert not in_region(contents, one, "2024-12-31")
    assert in_region(contents, one, "2025-04-15")
    assert in_region(contents, two, "2025-03-31", item="b")
    assert not in_region(contents, two, "2025-04-01", item="b")
    assert in_region(contents, two, "2025-05-01", item="b")
    # Before the pause was issued, nobody knew of it.
    assert in_region(contents, two, "2025-04-15", item="b", known_on="2025-02-28")
    assert not in_region(contents, two, "2025-04-15", item="b", known_on="2025-03-01")
    # The condition of the fourth asks whether the second is in force.
    assert not in_region(contents, four, "2025-04-15")
    assert in_region(contents, four, "2025-05-01")


def test_a_scenario_counts_only_when_it_is_chosen() -> None:
    contents = contents_of()
    assert in_region(contents, contents.real[ONE], "2025-06-01")
    assert not in_region(contents, contents.real[ONE], "2025-06-01", scenario="longer")
    assert in_region(contents, contents.real[ONE], "2025-07-01", scenario="longer")


def test_in_the_bare_world_nothing_is_suspended_or_repealed() -> None:
    contents = contents_of()
    assert in_region(contents, contents.bare[TWO], "2025-04-15", item="b")
    assert in_region(contents, contents.bare[FOUR], "2025-04-15")
    assert in_region(contents, contents.bare[ONE], "2025-06-01", scenario="longer")
    # Rows are under their notice, too.
    assert not in_region(contents, contents.real[THREE], "2025-06-01", buyer="ada")
    assert in_region(contents, contents.bare[THREE], "2025-06-01", buyer="ada")


def test_equal_regions_share_a_number() -> None:
    text = 'attribute item one of a, b control item a as x prohibit duty "d" control item a as y prohibit'
    contents = contents_of(text, {})
    assert contents.real == contents.bare == (0, 0)


DOUBT = """
attribute item one of a, b
instrument ban "A ban" issued 2025-01-01
instrument pause "A pause" issued 2025-03-01
  suspend ban effective 2025-04-01 before 2025-05-01
  unconfirmed "Nobody knows whether it goes on." effective 2025-05-01
control item a as first under ban prohibit
control item b as second prohibit
"""


def test_a_doubt_sets_a_world_in_which_all_is_gone_against_one_in_which_nothing_is_touched() -> None:
    contents = contents_of(DOUBT, {})
    (doubt,) = contents.doubts
    assert (doubt.instrument, doubt.why) == ("pause", "Nobody knows whether it goes on.")
    assert not in_region(contents, doubt.region, "2025-04-30")
    assert in_region(contents, doubt.region, "2025-05-01")
    # `gone` repeals the pause and what its acts name: the ban. `untouched` leaves the ban in force in April.
    assert not in_region(contents, doubt.gone[0], "2025-05-15")
    assert in_region(contents, doubt.untouched[0], "2025-04-15")
    # The second control has nothing to do with it.
    assert doubt.gone[1] == doubt.untouched[1] == contents.real[1]


# ---------------------------------------------------------------- acts and rows


def test_an_act_is_at_work_on_its_days_for_each_of_its_targets() -> None:
    contents = contents_of()
    assert [act.ref for act in contents.acts] == [
        SuspensionRef("pause", "suspend", "ban", "2"),
        SuspensionRef("pause", "repeal", "lists", None),
        SuspensionRef("longer", "suspend", "ban", None),
    ]
    suspension, repeal, longer = (act.region for act in contents.acts)
    assert [in_region(contents, suspension, on) for on in ("2025-03-31", "2025-04-01", "2025-05-01")] == [
        False,
        True,
        False,
    ]
    assert in_region(contents, repeal, "9999-12-31")
    assert not in_region(contents, longer, "2025-06-01")
    assert in_region(contents, longer, "2025-06-01", scenario="longer")


def test_a_clause_is_reached_by_acts_on_what_it_cites_or_asks_for() -> None:
    contents = contents_of()
    # By number of the act: the suspension of paragraph 2, the repeal of the lists, the scenario's suspension of all.
    assert [clause.reached_by for clause in contents.clauses] == [(2,), (0, 2), (), (0, 2)]


def test_a_row_is_reached_by_acts_on_its_notice() -> None:
    contents = contents_of()
    assert [(row.name, row.instrument, row.reached_by) for row in contents.rows] == [
        ("Ada Corp", "lists", (1,)),
        ("Bo", None, ()),
        ("Ada", "lists", (1,)),
    ]
    assert in_region(contents, contents.rows[0].region, "2025-05-31")
    assert not in_region(contents, contents.rows[0].region, "2025-06-01")


def test_a_listing_names_the_rows_of_each_name_and_alias() -> None:
    (listing,) = contents_of().lists
    assert (listing.name, listing.attribute) == ("l", None)
    assert dict(listing.rows_by_value) == {"ada corp": (0,), "ada": (0, 2), "ada ltd": (0,), "bo": (1,)}


OWNED = """
attribute buyer entity
list l from "l.csv"
list held owned >= 50% by one of l from "o.csv"
control any when buyer in held prohibit
"""


def test_an_owned_listing_names_the_rows_of_owners_direct_and_indirect() -> None:
    files = {
        "l.csv": "name\nAda\nBo\n",
        # Dot is held by Ada; Eve by Dot; Fay by Bo, with too little, but the row is what speaks of her.
        "o.csv": "owned,owner,share\nDot,Ada,60%\nEve,Dot,50%\nFay,Bo,10%\nGil,Nobody,90%\n",
    }
    contents = contents_of(OWNED, files)
    held = next(listing for listing in contents.lists if listing.name == "held")
    assert dict(held.rows_by_value) == {"dot": (0,), "eve": (0,), "fay": (1,)}
    (region,) = contents.real
    held_ones = [
        name for name in ("ada", "dot", "eve", "fay", "gil") if in_region(contents, region, "2025-01-01", buyer=name)
    ]
    assert held_ones == ["dot", "eve"]


# ---------------------------------------------------------------- the rest


def test_lists_are_those_named_outside_a_negation() -> None:
    text = """
    attribute buyer entity attribute seller entity
    list l from "l.csv" list m from "l.csv"
    control any as x when (buyer in l or seller in m) and not buyer in m prohibit
    """
    (clause,) = contents_of(text, {"l.csv": "name\nAda\n"}).clauses
    assert clause.lists == (("buyer", "l"), ("seller", "m"))


def test_a_fact_is_given_where_it_is_broken() -> None:
    text = "attribute item one of a, b attribute ready boolean fact ready when item a control item a as c prohibit"
    contents = contents_of(text, {})
    (fact,) = contents.facts
    assert list(contents.regions[fact.broken]) == [((0, 0b01), (1, 0b10))]


def test_regions_of_further_conditions_need_the_axes_cut_for_them() -> None:
    policy = policy_of('attribute item one of a, b control any as c prohibit example "x" given item a expect prohibit')
    condition = policy.examples[0].given
    assert lower(policy, also=(condition,)).region_of(condition) == (((0, 0b01),),)
    assert lower(policy, also=(condition,)).region_of(condition, within=((0, 0b10),)) == ()


def test_without_acts_on_a_target_its_clauses_are_never_touched() -> None:
    policy = policy_of(LAW, ROWS)
    lowered = lower(policy)
    contents = lowered.contents
    spared = lowered.without_acts_on(Target("ban", ("2",)), ())
    assert in_region(contents, spared[TWO], "2025-04-15", item="b")
    # Acts on the whole ban reach the rest of it still, and other instruments.
    assert not in_region(contents, spared[ONE], "2025-06-01", scenario="longer")
    assert not in_region(contents, spared[THREE], "2025-06-01", buyer="ada")
    assert in_region(contents, lowered.without_acts_on(Target("lists"), ())[THREE], "2025-06-01", buyer="ada")
    assert in_region(contents, lowered.without_acts_on(None, (TWO,))[TWO], "2025-04-15", item="b")


def test_the_same_policy_is_lowered_the_same() -> None:
    assert contents_of() == contents_of()
