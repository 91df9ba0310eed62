"""What to say of words that are not known, and of values that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rpol.runtime.attribute import Attribute
from rpol.runtime.countries import CALLED, COUNTRIES, NO_COUNTRIES
from rpol.runtime.errors import UnknownAttribute, UnknownValue
from rpol.runtime.names import nearest
from rpol.runtime.raw import text_of

_SHOWN: Final = 60


def unknown_scenario(chosen: object, scenarios: Sequence[str]) -> UnknownValue:
    """Return the error of a scenario that the policy does not have."""
    if not scenarios:
        return UnknownValue(f"There is no scenario {show(chosen)}: the policy has none.")
    return UnknownValue(f"There is no scenario {show(chosen)}.{_did_you_mean(text_of(chosen), scenarios)}")


def unknown_attribute(key: object, names: Iterable[str]) -> UnknownAttribute:
    """Return the error of a key that is no attribute, with the nearest ones."""
    if not isinstance(key, str):
        return UnknownAttribute(f"{show(key)} is no attribute: attributes are named by text.")
    return UnknownAttribute(f"There is no attribute {show(key)}.{_did_you_mean(key, tuple(names))}")


def unknown_value(attribute: Attribute, word: str) -> UnknownValue:
    """Return the error of a word outside the vocabulary of an attribute, with the nearest ones."""
    assert attribute.taxonomy is not None
    values = attribute.taxonomy.values
    if COUNTRIES.keys() >= set(values):
        return UnknownValue(f"`{attribute.name}` has no country {show(word)}.{_which_country(word, values)}")
    return UnknownValue(f"`{attribute.name}` has no value {show(word)}.{_did_you_mean(word, values)}")


def _which_country(word: str, codes: Sequence[str]) -> str:
    if word in NO_COUNTRIES:
        return f" {NO_COUNTRIES[word].capitalize()}."
    code_by_name = {COUNTRIES[code]: code for code in codes} | {
        name: code for name, code in CALLED.items() if code in codes
    }
    near = nearest(word, (*code_by_name, *codes), most=1)
    if near:
        code = code_by_name.get(near[0], near[0])
        return f" Did you mean {code} ({COUNTRIES[code]})?"
    return " Countries are written as the two-letter codes of ISO 3166-1, such as DE."


def _did_you_mean(word: str, words: Sequence[str]) -> str:
    near = nearest(word, words)
    if near:
        return f" Did you mean {' or '.join(near)}?"
    if len(words) <= 12:
        return f" There are: {', '.join(words)}."
    return f" There are {len(words)}, none of them like it."


def show(value: object) -> str:
    """Return a value as messages quote it."""
    return f"`{shortened(value)}`"


def shortened(value: object) -> str:
    """Return a value as text that is not too long for a message."""
    text = text_of(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
