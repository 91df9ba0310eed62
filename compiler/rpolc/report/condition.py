"""A condition as the compiler understands it, in the words of the language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from rpol.model.policy import (
    AllOf,
    Among,
    AnyOf,
    Compared,
    Condition,
    ForceOf,
    Negation,
    OnlyAmong,
    Policy,
)
from rpol.runtime.attribute import Attribute, Value
from rpol.runtime.axes import DATE, KNOWN_ON
from rpolc.analysis.spelling import spell, spell_amount, spell_equal

_MOST_VALUES = 20


def write_condition(policy: Policy, condition: Condition) -> str:
    """Return a condition as text: groups and lists under their names, all else written out."""
    return _write(policy, condition, nested=False)


def _write(policy: Policy, condition: Condition, *, nested: bool) -> str:
    match condition:
        case AllOf(terms):
            return _joined(policy, " and ", terms, "every case", nested)
        case AnyOf(terms):
            return _joined(policy, " or ", terms, "no case", nested)
        case Negation(Among() as test):
            return _among(policy, test, "not ")
        case Negation(term):
            return f"not {_write(policy, term, nested=True)}"
        case Among():
            return _among(policy, condition, "")
        case OnlyAmong(attribute, values, lists):
            return f"{attribute} only {_words(policy, attribute, values, lists)}"
        case Compared(attribute, operator, bound):
            kind, unit = _measure(policy, attribute)
            sign = "" if operator == "=" else f"{operator} "
            return f"{attribute} {sign}{spell_amount(kind, unit, bound)}"
        case ForceOf(target):
            paragraph = f' "{target.paragraph}"' if target.paragraph else ""
            return f"in force {target.instrument}{paragraph}"
        case _:
            assert_never(condition)


def _joined(policy: Policy, word: str, terms: tuple[Condition, ...], empty: str, nested: bool) -> str:
    if not terms:
        return empty
    if len(terms) == 1:
        return _write(policy, terms[0], nested=nested)
    text = word.join(dict.fromkeys(_write(policy, term, nested=True) for term in terms))
    return f"({text})" if nested else text


def _among(policy: Policy, test: Among, negation: str) -> str:
    attribute = policy.attributes[test.attribute]
    if len(test.values) == 1 and not test.lists:
        (value,) = test.values
        if attribute.kind == "boolean":
            return f"{negation}{spell_equal(attribute, value)}"
        return f"{attribute.name} {negation}{spell(attribute, value)}"
    return f"{attribute.name} {negation}in {_words(policy, test.attribute, test.values, test.lists)}"


def _measure(policy: Policy, name: str) -> tuple[str, str | None]:
    if name in (DATE, KNOWN_ON):
        return "date", None
    return policy.attributes[name].kind, policy.attributes[name].unit


# ---------------------------------------------------------------- values


def _words(policy: Policy, name: str, values: frozenset[Value], lists: Iterable[str]) -> str:
    """Return the largest words of the author that fit into `values`, then single values, then lists."""
    attribute = policy.attributes[name]
    found = [*_values(policy, attribute, values), *lists]
    shown = found[:_MOST_VALUES]
    more = f" and {len(found) - len(shown)} more" if len(found) > len(shown) else ""
    return ", ".join(shown) + more


def _values(policy: Policy, attribute: Attribute, values: frozenset[Value]) -> Iterator[str]:
    left = values
    fitting = [(word, meant) for word, meant in policy.words.get(attribute.name, ()) if meant <= values]
    for word, meant in sorted(fitting, key=lambda one: -len(one[1])):
        if len(meant) > 1 and not meant.isdisjoint(left):
            yield word
            left -= meant
    yield from sorted(spell(attribute, value) for value in left)
