"""Domains are cut where something in the policy tells values apart, and nowhere else (language.md, section 3, Case)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from tests.support.policies import policy_of

from rpol.runtime.attribute import NONE
from rpol.runtime.axes import DATE, KNOWN_ON, NO_LIMIT, SCENARIO, Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpolc.lower.cut import cut


def axes(text: str, attribute: str, files: Mapping[str, str] | None = None) -> list[Axis]:
    """Return the axes of one attribute of a policy."""
    policy = policy_of(text, files)
    conditions = [clause.condition for clause in policy.clauses]
    return [axis for axis in cut(policy, conditions) if axis.attribute == attribute]


def axis(text: str, attribute: str, files: Mapping[str, str] | None = None) -> Axis:
    (found,) = axes(text, attribute, files)
    return found


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


# ---------------------------------------------------------------- closed domains


def test_values_that_no_test_tells_apart_are_one_class() -> None:
    found = axis("attribute item one of a, b, c, d control any when item in b, c prohibit", "item")
    assert found == FiniteAxis("item", {"a": 0, "b": 1, "c": 1, "d": 0}, ("a", "b"))


def test_what_nothing_tests_is_one_class() -> None:
    found = axis("attribute item one of a, b attribute ready boolean control any when ready prohibit", "item")
    assert found.size == 1


def test_none_is_a_class_of_its_own_and_the_last() -> None:
    found = axis("attribute item one of a, b optional control any when item a prohibit", "item")
    assert found == FiniteAxis("item", {"a": 0, "b": 1}, ("a", "b", NONE), none_class=2)


def test_a_boolean_has_the_leaves_true_and_false() -> None:
    found = axis("attribute ready boolean control any when ready prohibit", "ready")
    assert [found.class_of("true"), found.class_of("false")] == [0, 1]


def test_an_inner_value_cuts_off_the_leaves_below_it() -> None:
    files = {"items.csv": "value,parent\nmetal,\nrare,metal\nholmium,rare\nerbium,rare\ngallium,metal\n"}
    found = axis('attribute item one of "items.csv" control rare effective 2025-01-01 prohibit', "item", files)
    assert found == FiniteAxis("item", {"holmium": 0, "erbium": 0, "gallium": 1}, ("holmium", "gallium"))


def test_rows_of_different_days_tell_values_of_a_list_apart() -> None:
    files = {"eu.csv": "name,effective\na,\nb,\nc,2025-06-01\n"}
    text = 'attribute item one of a, b, c, d list eu of item from "eu.csv" control any when item in eu prohibit'
    assert axis(text, "item", files) == FiniteAxis("item", {"a": 0, "b": 0, "c": 1, "d": 2}, ("a", "c", "d"))


# ---------------------------------------------------------------- sets


def test_a_set_has_an_axis_for_each_group_of_members() -> None:
    text = "attribute use set of civil, military, chip control any when use military prohibit"
    assert axes(text, "use") == [MemberAxis("use", ("civil", "chip")), MemberAxis("use", ("military",))]


def test_a_set_that_nothing_tests_has_one_axis() -> None:
    text = "attribute use set of civil, chip attribute ready boolean control any when ready prohibit"
    assert axes(text, "use") == [MemberAxis("use", ("civil", "chip"))]


# ---------------------------------------------------------------- ordered domains


@pytest.mark.parametrize(
    ("test", "cuts"),
    [
        ("> 5", [(6, 0)]),
        ("<= 5", [(6, 0)]),
        (">= 5", [(5, 0)]),
        ("< 5", [(5, 0)]),
        ("5", [(5, 0), (6, 0)]),
    ],
)
def test_whole_numbers_are_cut_before_a_value(test: str, cuts: list[tuple[int, int]]) -> None:
    found = axis(f"attribute pieces integer control any when pieces {test} prohibit", "pieces")
    assert found == OrderedAxis("pieces", tuple(cuts), whole=True)


@pytest.mark.parametrize(
    ("test", "cuts"),
    [
        ("> 0.5", [(Fraction(1, 2), 1)]),
        ("<= 0.5", [(Fraction(1, 2), 1)]),
        (">= 0.5", [(Fraction(1, 2), 0)]),
        ("< 0.5", [(Fraction(1, 2), 0)]),
        ("0.5", [(Fraction(1, 2), 0), (Fraction(1, 2), 1)]),
    ],
)
def test_dense_numbers_are_cut_on_either_side_of_a_value(test: str, cuts: list[tuple[Fraction, int]]) -> None:
    found = axis(f"attribute width number control any when width {test} prohibit", "width")
    assert found == OrderedAxis("width", tuple(cuts), whole=False)


def test_bounds_in_other_units_are_the_same_bound() -> None:
    text = "attribute node number nm control any when node <= 14 nm or node <= 0.014 um prohibit"
    assert axis(text, "node") == OrderedAxis("node", ((Fraction(14), 1),), whole=False)


@pytest.mark.parametrize("test", [">= 0%", "<= 100%", "< 0%", "> 100%"])
def test_a_percent_is_not_cut_at_its_ends(test: str) -> None:
    found = axis(f"attribute share percent control any when share {test} prohibit", "share")
    assert found == OrderedAxis("share", (), whole=False, low=Fraction(0), high=Fraction(1))


def test_a_percent_of_exactly_nothing_or_all_is_a_class() -> None:
    found = axis("attribute share percent control any when share > 0% and share < 100% prohibit", "share")
    assert [found.class_of(Fraction(part)) for part in (0, Fraction(1, 2), 1)] == [0, 1, 2]


def test_none_of_a_number_is_the_last_class() -> None:
    found = axis("attribute pieces integer optional control any when pieces >= 1 prohibit", "pieces")
    assert [found.class_of(0), found.class_of(1), found.class_of(NONE)] == [0, 1, 2]


# ---------------------------------------------------------------- parties


PARTIES = "attribute buyer entity\n"


def test_parties_of_which_the_rows_say_the_same_are_one_class() -> None:
    files = {"l.csv": "name,effective\nAda,\nBo,2025-06-01\nCy,\n"}
    found = axis(PARTIES + 'list l from "l.csv" control any when buyer in l prohibit', "buyer", files)
    assert isinstance(found, NameAxis)
    assert found.class_by_name == {"ada": 1, "cy": 1, "bo": 2}
    assert found.class_of("somebody else") == 0
    assert found.representatives[1:] == ("ada", "bo")


def test_an_alias_is_of_the_class_of_its_row() -> None:
    files = {"l.csv": "name,aliases\nAda,Ada Ltd|A. Ltd\n"}
    found = axis(PARTIES + 'list l from "l.csv" control any when buyer in l prohibit', "buyer", files)
    assert isinstance(found, NameAxis)
    assert found.class_by_name == {"ada": 1, "ada ltd": 1, "a. ltd": 1}


def test_a_party_that_a_condition_names_is_like_no_other() -> None:
    files = {"l.csv": "name\nAda\nBo\n"}
    text = PARTIES + 'list l from "l.csv" control any when buyer in l and not buyer "ADA" prohibit'
    found = axis(text, "buyer", files)
    assert found.class_of("ada") != found.class_of("bo")


def test_a_list_that_nothing_tests_cuts_nothing() -> None:
    files = {"l.csv": "name\nAda\n", "m.csv": "name\nBo\n"}
    text = PARTIES + 'list l from "l.csv" list m from "m.csv" control any when buyer in l prohibit'
    assert axis(text, "buyer", files).class_of("bo") == 0


def test_who_stands_for_the_unlisted_is_unlisted() -> None:
    files = {"l.csv": "name\nAnother party\n"}
    found = axis(PARTIES + 'list l from "l.csv" control any when buyer in l prohibit', "buyer", files)
    assert found.class_of("another party") == 1
    assert found.class_of(found.representative(0)) == 0


def test_a_party_that_somebody_owns_is_like_no_other() -> None:
    files = {"l.csv": "name\nAda\n", "o.csv": "owned,owner,share\nDot,Ada,50%\nEve,Ada,50%\n"}
    text = 'list l from "l.csv" list held owned >= 50% by one of l from "o.csv" control any when buyer in held prohibit'
    found = axis(PARTIES + text, "buyer", files)
    assert len({found.class_of(name) for name in ("dot", "eve", "somebody else")}) == 3
    # Whether the owner is listed herself is not asked.
    assert found.class_of("ada") == found.class_of("somebody else")


# ---------------------------------------------------------------- days and scenarios


LAW = """
instrument ban "A ban" issued 2025-01-10 effective 2025-02-01
instrument pause "A pause" issued 2025-03-01 suspend ban effective 2025-04-01 through 2025-04-30
  unconfirmed "Nobody knows." effective 2025-06-01
scenario longer "It goes on" suspend ban effective 2025-05-01 before 2025-07-01
attribute buyer entity
list l from "l.csv"
control any as c under ban when buyer in l prohibit effective 2025-08-01
"""
ROWS = {"l.csv": "name,effective,through\nAda,2025-09-01,2025-09-30\n"}


def test_days_are_cut_where_anything_begins_or_ends_in_any_world() -> None:
    found = axis(LAW, DATE, ROWS)
    assert isinstance(found, OrderedAxis)
    assert [value for value, _ in found.cuts] == [
        day("2025-02-01"),  # the ban
        day("2025-03-01"),  # the pause, as an instrument
        day("2025-04-01"),
        day("2025-05-01"),  # the day after the pause, and the scenario
        day("2025-06-01"),  # what is unconfirmed
        day("2025-07-01"),
        day("2025-08-01"),  # the clause
        day("2025-09-01"),
        day("2025-10-01"),  # the day after the row
    ]


def test_known_on_is_cut_where_an_instrument_is_issued_and_ends_with_no_limit() -> None:
    found = axis(LAW, KNOWN_ON, ROWS)
    assert isinstance(found, OrderedAxis)
    assert [value for value, _ in found.cuts] == [day("2025-01-10"), day("2025-03-01")]
    assert found.class_of(NO_LIMIT) == found.size - 1


def test_the_base_is_the_first_scenario() -> None:
    assert axis(LAW, SCENARIO, ROWS) == FiniteAxis(SCENARIO, {"": 0, "longer": 1}, ("", "longer"))


def test_the_axes_end_with_the_days_and_the_scenario() -> None:
    found = cut(policy_of(LAW, ROWS), ())
    assert [one.attribute for one in found] == ["buyer", DATE, KNOWN_ON, SCENARIO]
