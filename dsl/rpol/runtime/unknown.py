"""What to say of words that are not known, and of values that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rpol.runtime.attribute import Attribute
from rpol.runtime.countries import CALLED, NO_COUNTRIES
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
    what = "country" if "AD" in attribute.taxonomy.below else "value"
    start = f"`{attribute.name}` has no {what} {show(word)}."
    if what == "country":
        if word in NO_COUNTRIES:
            return UnknownValue(f"{start} {NO_COUNTRIES[word].capitalize()}.")
        if word in CALLED:
            return UnknownValue(f"{start} Did you mean {CALLED[word]}?")
        for code, label in attribute.taxonomy.labels.items():
            if label.casefold() == word.casefold():
                return UnknownValue(f"{start} Write {code} for {label}.")
    return UnknownValue(start + _did_you_mean(word, attribute.taxonomy.values))


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
