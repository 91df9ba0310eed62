"""Write values as a request has them (language.md, section 8): data for JSON that reads back as the same value."""

from __future__ import annotations

from fractions import Fraction

from rpol.runtime.attribute import Attribute, Nothing, Value
from rpol.runtime.numerals import day_text, number_text, percent_text


def to_request(attribute: Attribute, value: Value) -> object:
    """Return a value in request form: text, except booleans, whole numbers, exact decimals and sets (a list)."""
    if isinstance(value, Nothing):
        return "none"
    match attribute.kind:
        case "boolean":
            return value == "true"
        case "date":
            assert isinstance(value, int)
            return day_text(value)
        case "percent":
            assert isinstance(value, Fraction)
            return percent_text(value)
        case "number":
            assert isinstance(value, Fraction)
            return f"{number_text(value)} {attribute.unit}" if attribute.unit else number_text(value)
        case "set of":
            assert isinstance(value, frozenset) and attribute.taxonomy is not None
            return [leaf for leaf in attribute.taxonomy.leaves if leaf in value] or "none"
        case _:
            return value


def to_text(attribute: Attribute, value: Value) -> str:
    """Return a value as one text, as a command line or a CSV cell has it."""
    form = to_request(attribute, value)
    if isinstance(form, bool):
        return "true" if form else "false"
    return "|".join(form) if isinstance(form, list) else str(form)
