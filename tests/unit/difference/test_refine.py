"""Axes of two versions joined, by hand: one attribute and the two dates and the scenario, which nothing cuts."""

from __future__ import annotations

import pytest
from attrs import evolve

from rpol.runtime.attribute import NONE, Attribute, KindName
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, SCENARIO, Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.contents import Contents
from rpolc.difference.refine import Common, NotComparableError, OnlyIn, refine

CALENDAR: tuple[Axis, ...] = (
    OrderedAxis(DATE, (), whole=True),
    OrderedAxis(KNOWN_ON, (), whole=True),
    FiniteAxis(SCENARIO, {BASE: 0}, (BASE,)),
)
NOTHING = Contents(
    attributes=(),
    axes=CALENDAR,
    regions=(),
    clauses=(),
    order=(),
    real=(),
    bare=(),
    facts=(),
    acts=(),
    rows=(),
    lists=(),
    doubts=(),
    instruments=(),
    otherwise=None,
    source_digest="",
)


def contents(kind: KindName, *axes: Axis, unit: str | None = None) -> Contents:
    attribute = Attribute("x", kind, unit=unit)
    return evolve(NOTHING, attributes=(attribute,), axes=(*axes, *CALENDAR))


def joined(kind: KindName, old: Axis, new: Axis) -> Common:
    return refine(contents(kind, old), contents(kind, new))


# ---------------------------------------------------------------- one of


def test_a_finite_axis_is_cut_as_finely_as_both_need() -> None:
    """The old version keeps a from b and c, the new one keeps c from a and b: all three are apart."""
    old = FiniteAxis("x", {"a": 0, "b": 1, "c": 1}, ("a", "b"))
    new = FiniteAxis("x", {"a": 0, "b": 0, "c": 1}, ("a", "c"))
    common = joined("one of", old, new)
    axis = common.axes[0]
    assert axis.size == 3
    a, b, c = (1 << axis.class_of(value) for value in "abc")
    assert a | b | c == 0b111
    assert common.old.region((((0, 0b10),),)) == (((0, b | c),),)
    assert common.new.region((((0, 0b01),),)) == (((0, a | b),),)
    assert [axis.class_of(axis.representative(number)) for number in range(3)] == [0, 1, 2]
    assert common.apart == ()


def test_values_of_one_version_alone_are_left_out_and_named() -> None:
    old = FiniteAxis("x", {"a": 0, "gone": 1}, ("a", "gone"))
    new = FiniteAxis("x", {"a": 0, "b": 1, "c": 1}, ("a", "b"))
    common = joined("one of", old, new)
    assert common.apart == (OnlyIn("old", "x", ("gone",)), OnlyIn("new", "x", ("b", "c")))
    assert common.axes[0].size == 1
    # Where only such values are there is nothing to compare; where `a` is, that is every common case.
    assert common.old.region((((0, 0b10),),)) == ()
    assert common.old.region((((0, 0b01),),)) == ((),)
    assert common.new.region((((0, 0b10),), ((0, 0b01),))) == ((),)


def test_none_is_a_value_that_one_version_alone_may_have() -> None:
    optional = FiniteAxis("x", {"a": 0, "b": 1}, ("a", "b", NONE), none_class=2)
    always = FiniteAxis("x", {"a": 0, "b": 1}, ("a", "b"))
    assert joined("one of", optional, always).apart == (OnlyIn("old", "x", ("none",)),)
    assert joined("one of", always, optional).apart == (OnlyIn("new", "x", ("none",)),)
    finer = FiniteAxis("x", {"a": 0, "b": 0}, ("a", NONE), none_class=1)
    both = joined("one of", optional, finer)
    axis = both.axes[0]
    assert (both.apart, axis.size, axis.representative(axis.class_of(NONE))) == ((), 3, NONE)
    assert both.old.region((((0, 0b100),),)) == both.new.region((((0, 0b10),),)) == (((0, 1 << axis.class_of(NONE)),),)


# ---------------------------------------------------------------- ordered and names


def test_an_ordered_axis_has_the_cuts_of_both() -> None:
    """Old: below 5, or not. New: below 3, from 3 to 8, or above 8. Together there are four runs."""
    old = OrderedAxis("x", ((5, 0),), whole=False)
    new = OrderedAxis("x", ((3, 0), (8, 1)), whole=False)
    common = joined("number", old, new)
    axis = common.axes[0]
    assert isinstance(axis, OrderedAxis)
    assert axis.cuts == ((3, 0), (5, 0), (8, 1))
    assert common.old.region((((0, 0b10),),)) == (((0, 0b1100),),)
    assert common.new.region((((0, 0b010),),)) == (((0, 0b0110),),)
    assert common.new.region((((0, 0b101),),)) == (((0, 0b1001),),)


def test_an_ordered_axis_with_none() -> None:
    old = OrderedAxis("x", ((5, 0),), whole=True, none_class=2)
    new = OrderedAxis("x", (), whole=True, none_class=1)
    common = joined("integer", old, new)
    assert common.axes[0].size == 3
    assert common.new.region((((0, 0b01),),)) == (((0, 0b011),),)
    assert common.new.region((((0, 0b10),),)) == common.old.region((((0, 0b100),),)) == (((0, 0b100),),)


def test_names_are_known_to_both_or_to_one() -> None:
    """Every name can be asked of both: one that a version does not speak of is there like any other name."""
    old = NameAxis("x", {"acme": 1}, ("another", "acme"))
    new = NameAxis("x", {"acme": 1, "beta": 1}, ("another", "acme"))
    common = joined("entity", old, new)
    axis = common.axes[0]
    other, acme, beta = (1 << axis.class_of(name) for name in ("somebody", "acme", "beta"))
    assert (axis.size, common.apart) == (3, ())
    assert common.old.region((((0, 0b10),),)) == (((0, acme),),)
    assert common.new.region((((0, 0b10),),)) == (((0, acme | beta),),)
    assert common.old.region((((0, 0b01),),)) == (((0, other | beta),),)


# ---------------------------------------------------------------- sets


def test_groups_of_members_fall_into_parts() -> None:
    """Old: {a, b} and {c}. New: {a} and {b, c}. Parts: a, b, c. To hold one of a and b is to hold a, or b without a."""
    old = MemberAxis("x", ("a", "b")), MemberAxis("x", ("c",))
    new = MemberAxis("x", ("a",)), MemberAxis("x", ("b", "c"))
    common = refine(contents("set of", *old), contents("set of", *new))
    assert {axis.leaves: number for number, axis in enumerate(common.axes) if isinstance(axis, MemberAxis)} == {
        ("a",): 0,
        ("b",): 1,
        ("c",): 2,
    }
    assert common.old.region((((0, 0b01),),)) == (((0, 0b01), (1, 0b01)),)
    assert common.old.region((((0, 0b10),),)) == (((0, 0b10),), ((0, 0b01), (1, 0b10)))
    assert common.old.region((((0, 0b01), (1, 0b10)),)) == (((0, 0b01), (1, 0b01), (2, 0b10)),)
    assert common.new.region((((0, 0b10),),)) == (((0, 0b10),),)
    assert common.new.region((((1, 0b10),),)) == (((1, 0b10),), ((1, 0b01), (2, 0b10)))


def test_members_of_one_version_alone() -> None:
    old, new = MemberAxis("x", ("a", "gone")), MemberAxis("x", ("a",))
    common = joined("set of", old, new)
    assert common.apart == (OnlyIn("old", "x", ("gone",)),)
    assert common.old.region((((0, 0b10),),)) == common.new.region((((0, 0b10),),)) == (((0, 0b10),),)


# ---------------------------------------------------------------- attributes


def test_an_attribute_of_one_version_keeps_its_axis() -> None:
    axis = FiniteAxis("x", {"a": 0, "b": 1}, ("a", "b"))
    common = refine(NOTHING, contents("one of", axis))
    assert common.axes == (axis, *CALENDAR)
    assert common.apart == (OnlyIn("new", "x"),)
    assert common.new.region((((0, 0b10),),)) == (((0, 0b10),),)


@pytest.mark.parametrize(("kind", "unit"), [("number", "g"), ("number", None), ("percent", None)])
def test_an_attribute_that_means_something_else(kind: KindName, unit: str | None) -> None:
    axis = OrderedAxis("x", (), whole=False)
    with pytest.raises(NotComparableError, match="number in kg in the old version"):
        refine(contents("number", axis, unit="kg"), contents(kind, axis, unit=unit))
