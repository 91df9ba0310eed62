"""Parts of the case space in the author's words, as conditions of rpol that could be pasted.

A set of values is said by groups, lists and taxonomy nodes where they fit in, else value by value, or by what it lacks
if that is shorter; an ordered axis by its bounds; an axis that is whole is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from rpol.runtime.attribute import Attribute
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, SCENARIO, Axis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.bits import edges, members
from rpol.runtime.contents import Box
from rpolc.analysis.spelling import spell_amount
from rpolc.analysis.vocabulary import MOST_WORDS, Vocabulary, Words

# The axes of which it turns who stands in a list.
_CALENDAR: Final = (DATE, KNOWN_ON, SCENARIO)
EVERY_CASE: Final = "every case"


# ---------------------------------------------------------------- regions


def region_text(vocabulary: Vocabulary, box: Box, within: Box = ()) -> str:
    """Return a box in words; `known_on` is not spoken of where only "no limit" is in it, as in a request.

    `within` is a box that holds it, of which is spoken elsewhere: on its days lists are as they are.
    """
    cells = dict(box)
    names = [axis.attribute for axis in vocabulary.contents.axes]
    days = tuple(sorted({cell[0]: cell for cell in (*within, *box) if names[cell[0]] in _CALENDAR}.values()))
    phrases: list[str] = []
    for name, axes in vocabulary.axes_by_name.items():
        if name != SCENARIO and not cells.keys().isdisjoint(axes):
            phrases += _phrases(vocabulary, axes, cells, days)
    return (" and ".join(phrases) or EVERY_CASE) + _scenario_text(vocabulary, cells)


def _phrases(vocabulary: Vocabulary, axes: Sequence[int], cells: Mapping[int, int], days: Box) -> Iterator[str]:
    axis = vocabulary.contents.axes[axes[0]]
    attribute = vocabulary.attributes[axis.attribute]
    if isinstance(axis, MemberAxis):
        yield from _set_phrases(vocabulary, axes, cells)
    elif isinstance(axis, OrderedAxis):
        if attribute.name != KNOWN_ON or cells[axes[0]] != 1 << (axis.size - 1):
            yield _ordered_phrase(attribute, axis, cells[axes[0]])
    else:
        yield _value_phrase(vocabulary, axes[0], cells[axes[0]], days)


def _scenario_text(vocabulary: Vocabulary, cells: Mapping[int, int]) -> str:
    (number,) = vocabulary.axes_by_name[SCENARIO]
    if number not in cells:
        return ""
    axis = vocabulary.contents.axes[number]
    others = ((1 << axis.size) - 1) & ~cells[number]
    if others.bit_count() < cells[number].bit_count() and not others & 1:
        return f" (but not {_scenarios(axis, others)})"
    return f" ({_scenarios(axis, cells[number])})"


def _scenarios(axis: Axis, cell: int) -> str:
    chosen = map(axis.representative, members(cell))
    return ", ".join(f"under {name}" if name != BASE else "without a scenario" for name in chosen)


# ---------------------------------------------------------------- values


def _value_phrase(vocabulary: Vocabulary, number: int, cell: int, days: Box) -> str:
    axis = vocabulary.contents.axes[number]
    rest = ((1 << axis.size) - 1) & ~cell
    # The class of all other names has no word: what it lies in is said by what is left out.
    if isinstance(axis, NameAxis):
        negation, said = ("not ", rest) if cell & 1 else ("", cell)
        return _among(axis.attribute, negation, vocabulary.words_for(number, said, days))
    inside = vocabulary.words_for(number, cell, days)
    if vocabulary.attributes[axis.attribute].kind == "boolean":
        return _boolean_phrase(vocabulary.attributes[axis.attribute], {word.text for word in inside.words})
    outside = vocabulary.words_for(number, rest, days)
    # What is reads better than what is not, unless it is longer by some words.
    if outside.total + 1 < inside.total:
        return _among(axis.attribute, "not ", outside)
    return _among(axis.attribute, "", inside)


def _among(name: str, negation: str, said: Words) -> str:
    if said.total == 1 and said.words[0].single:
        return f"{name} {negation}{said.words[0].text}"
    return f"{name} {negation}in {said}"


def _boolean_phrase(attribute: Attribute, inside: set[str]) -> str:
    name = attribute.name
    return {
        frozenset({"true"}): name,
        frozenset({"false"}): f"not {name} and not {name} none" if attribute.optional else f"not {name}",
        frozenset({"none"}): f"{name} none",
        frozenset({"true", "none"}): f"({name} or {name} none)",
        frozenset({"false", "none"}): f"not {name}",
        frozenset({"true", "false"}): f"not {name} none",
    }[frozenset(inside)]


def _set_phrases(vocabulary: Vocabulary, axes: Sequence[int], cells: Mapping[int, int]) -> Iterator[str]:
    """Yield tests of a set: what it holds, and what it does not."""
    name = vocabulary.contents.axes[axes[0]].attribute
    words = {number: vocabulary.words_for(number, 2, ()) for number in axes}
    held = [words[number] for number in axes if cells.get(number) == 2]
    lacking = [words[number] for number in axes if cells.get(number) == 1]
    complete = all(number in cells for number in axes)
    if complete and not held:
        yield f"{name} none"
    elif complete and lacking:
        if len(held) > 1:
            yield from (_among(name, "", one) for one in held)
        yield f"{name} only {_together(held)}"
    else:
        yield from (_among(name, "", one) for one in held)
        if lacking:
            yield _among(name, "not ", _together(lacking))


def _together(said: Sequence[Words]) -> Words:
    return Words(tuple(word for one in said for word in one.words)[:MOST_WORDS], sum(one.total for one in said))


# ---------------------------------------------------------------- amounts and days


def _ordered_phrase(attribute: Attribute, axis: OrderedAxis, cell: int) -> str:
    name = attribute.name
    none = 0 if axis.none_class is None else cell >> axis.none_class & 1
    ends = iter(edges(cell & ~(0 if axis.none_class is None else 1 << axis.none_class)))
    texts = [_run_phrase(attribute, axis, first, end - 1) for first, end in zip(ends, ends, strict=True)]
    if none:
        texts.append(f"{name} none")
    return texts[0] if len(texts) == 1 else f"({' or '.join(f'({t})' if ' and ' in t else t for t in texts)})"


def _run_phrase(attribute: Attribute, axis: OrderedAxis, first: int, last: int) -> str:
    """Return the test for the classes from `first` to `last`."""
    name = attribute.name
    low = axis.cuts[first - 1] if first else None
    high = axis.cuts[last] if last < len(axis.cuts) else None
    if low is None and high is None:
        return f"not {name} none"
    if low is not None and high is not None and high == ((low[0] + 1, 0) if axis.whole else (low[0], 1)) and not low[1]:
        return f"{name} {_amount(attribute, low[0])}"
    below = [] if low is None else [f"{name} {_from(attribute, *low)}"]
    return " and ".join(below if high is None else [*below, f"{name} {_up_to(attribute, *high)}"])


def _from(attribute: Attribute, value: Fraction | int, side: int) -> str:
    if attribute.kind == "integer" and _roundness(value - 1) > _roundness(value):
        return f"> {_amount(attribute, value - 1)}"
    return f"{'>' if side else '>='} {_amount(attribute, value)}"


def _up_to(attribute: Attribute, value: Fraction | int, side: int) -> str:
    if attribute.kind == "date" or (attribute.kind == "integer" and _roundness(value - 1) >= _roundness(value)):
        return f"<= {_amount(attribute, value - 1)}"
    return f"{'<=' if side else '<'} {_amount(attribute, value)}"


def _roundness(value: Fraction | int) -> int:
    """Return how many zeros a whole number ends in: of two bounds next to each other the author wrote the rounder."""
    digits = str(abs(value))
    return len(digits) - len(digits.rstrip("0"))


def _amount(attribute: Attribute, value: Fraction | int) -> str:
    return spell_amount(attribute.kind, attribute.unit, value)
