"""Values and tests of one attribute, spelt as rpol has them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from rpol.runtime.attribute import BOOLEAN, Attribute, Nothing, Value
from rpol.runtime.numerals import day_text, number_text, percent_text
from rpol.syntax.grammar import lexed


def spell(attribute: Attribute, value: Value) -> str:
    """Return one value as a condition has it: a leaf or a node, an amount, a party or `none`."""
    if isinstance(value, Nothing):
        return "none"
    if attribute.kind == "entity" or isinstance(value, str):
        assert isinstance(value, str)
        return value if attribute.kind != "entity" and _is_bare(value) else f'"{value}"'
    assert not isinstance(value, frozenset)
    return spell_amount(attribute.kind, attribute.unit, value)


def spell_amount(kind: str, unit: str | None, value: Fraction | int) -> str:
    """Return an amount or a day as a condition has it."""
    if kind == "date":
        return day_text(int(value))
    if kind == "percent":
        return percent_text(Fraction(value))
    return f"{number_text(value)} {unit}" if unit else number_text(value)


@lru_cache(maxsize=10_000)
def _is_bare(value: str) -> bool:
    """Tell whether a value may be written without quotes: it is one name or code, and no keyword."""
    tokens = list(lexed(value)) if value else []
    return len(tokens) == 1 and tokens[0].type in ("NAME", "CODE") and tokens[0] == value


def spell_equal(attribute: Attribute, value: Value) -> str:
    """Return the condition that is true of this value alone."""
    name = attribute.name
    if isinstance(value, frozenset):
        return _spell_set(attribute, value)
    if value in BOOLEAN and attribute.kind == "boolean":
        if value == "true":
            return name
        return f"not {name} and not {name} none" if attribute.optional else f"not {name}"
    return f"{name} {spell(attribute, value)}"


def _spell_set(attribute: Attribute, value: frozenset[str]) -> str:
    assert attribute.taxonomy is not None
    words = [spell(attribute, leaf) for leaf in attribute.taxonomy.leaves if leaf in value]
    if not words:
        return f"{attribute.name} none"
    only = f"{attribute.name} only {', '.join(words)}"
    return only if len(words) == 1 else " and ".join([*(f"{attribute.name} {word}" for word in words), only])
