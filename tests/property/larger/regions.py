"""Regions of the program as Z3 formulas, so that what it reports can be held to what a policy means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import z3
from tests.property.larger.case import FALSE, OTHER, Case, any_of, every

from rpol.runtime.axes import Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.bits import members
from rpol.runtime.contents import Box
from rpolc.space.box import Point

_SCALE = {"share": 1000}


def inside(case: Case, axes: Sequence[Axis], box: Box) -> z3.BoolRef:
    """Return whether the case lies in a box of classes."""
    return every(any_of(_of_class(case, axes[axis], number) for number in members(mask)) for axis, mask in box)


def at(case: Case, axes: Sequence[Axis], point: Point) -> z3.BoolRef:
    """Return whether the case is one of those at a point."""
    return every(_of_class(case, axis, number) for axis, number in zip(axes, point, strict=True))


def _of_class(case: Case, axis: Axis, number: int) -> z3.BoolRef:
    match axis:
        case FiniteAxis(attribute="scenario", representatives=scenarios):
            chosen = scenarios[number]
            return case.flags[str(chosen)] if chosen else z3.Not(any_of(case.flags[name] for name in case.scenarios))
        case FiniteAxis(attribute="resale", representatives=values):
            return case.flags["resale"] if values[number] == "true" else z3.Not(case.flags["resale"])
        case FiniteAxis() | NameAxis():
            return any_of(_values(case, axis, number))
        case MemberAxis(attribute, leaves):
            held = any_of(case.values[attribute][leaf] for leaf in leaves)
            return held if number else z3.Not(held)
        case OrderedAxis(attribute):
            none = case.flags["no share"] if attribute == "share" else FALSE
            return none if number == axis.none_class else z3.And(z3.Not(none), *_bounds(case, axis, number))


def _values(case: Case, axis: FiniteAxis | NameAxis, number: int) -> Iterator[z3.BoolRef]:
    known = case.values[axis.attribute]
    for value, variable in known.items():
        if value != OTHER and axis.class_of(value.casefold() if isinstance(axis, NameAxis) else value) == number:
            yield variable
    others = {0}
    if isinstance(axis, FiniteAxis):
        others = {of for leaf, of in axis.class_by_leaf.items() if leaf not in known}
        assert len(others) <= 1, "values that no policy names are told apart"
    if number in others:
        yield known[OTHER]


def _bounds(case: Case, axis: OrderedAxis, number: int) -> Iterator[z3.BoolRef]:
    variable, scale = case.numbers[axis.attribute], _SCALE.get(axis.attribute, 1)
    if number:
        cut, side = axis.cuts[number - 1]
        yield variable > cut * scale if side else variable >= cut * scale
    if number < len(axis.cuts):
        cut, side = axis.cuts[number]
        yield variable <= cut * scale if side else variable < cut * scale
