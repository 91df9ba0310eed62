"""Dates and amounts as written, and what they are worth (language.md, section 3, "Case")."""

from __future__ import annotations

from fractions import Fraction

from rpol.model import problems
from rpol.model.resolution.names import Names
from rpol.model.resolution.statements import Anchor
from rpol.runtime.attribute import Attribute
from rpol.runtime.numerals import parse_day, parse_number
from rpol.runtime.units import UNITS, convert, known_unit, same_dimension
from rpol.syntax.nodes import Amount, Day, Number, Percent


def day(names: Names, node: Day, anchor: Anchor) -> int | None:
    """Return the ordinal of a date; one that is not in the calendar is reported."""
    found = parse_day(node.text)
    if found is None:
        names.found.append(problems.values.no_such_day(anchor.place(node), node.text))
    return found


def share(names: Names, node: Percent, anchor: Anchor) -> Fraction | None:
    """Return a percentage as a share of one; one beyond 100% is reported."""
    written = parse_number(node.text)
    if written is None or not 0 <= written <= 100:
        names.found.append(problems.values.beyond_percent(anchor.place(node), node.text))
        return None
    return written / 100


def bound(names: Names, attribute: Attribute, amount: Amount, anchor: Anchor) -> Fraction | int | None:
    """Return what an attribute with an order is compared to, in its unit; an amount of another kind is reported."""
    match attribute.kind, amount:
        case "date", Day():
            return day(names, amount, anchor)
        case "percent", Percent():
            return share(names, amount, anchor)
        case "integer" | "number", Number():
            return _number(names, attribute, amount, anchor)
    names.found.append(problems.values.wrong_kind_of_amount(anchor.place(amount), attribute, amount))
    return None


def _number(names: Names, attribute: Attribute, amount: Number, anchor: Anchor) -> Fraction | int | None:
    place, unit = anchor.place(amount), attribute.unit
    value = parse_number(amount.text)
    if value is None:
        names.found.append(problems.values.too_long(place))
        return None
    if amount.unit is not None and not known_unit(amount.unit):
        names.found.append(problems.values.unknown_unit(place, amount.unit, names.near(amount.unit, UNITS)))
        return None
    if unit != amount.unit:
        if unit is None or amount.unit is None or not same_dimension(unit, amount.unit):
            names.found.append(problems.values.wrong_unit(place, attribute, amount))
            return None
        value = convert(value, amount.unit, unit)
    if attribute.kind == "number":
        return value
    if value.denominator != 1:
        names.found.append(problems.values.not_whole(place, attribute.name, amount.text))
        return None
    return int(value)
