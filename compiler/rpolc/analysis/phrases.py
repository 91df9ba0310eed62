"""Parts of the case space in the author's words, as conditions of rpol that could be pasted.

A set of values is said by groups, lists and taxonomy nodes where they fit in, else value by value, or by what it lacks
if that is shorter; an ordered axis by its bounds; an axis that is whole is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import frozen

from rpol.model.policy import Policy
from rpol.runtime.attribute import NONE, Attribute, Value
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, SCENARIO, Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.bits import edges, members
from rpol.runtime.contents import Box, Contents
from rpolc.analysis.spelling import spell, spell_amount

# More words than these are counted, not written out.
MOST_WORDS: Final = 12
EVERY_CASE: Final = "every case"


@frozen
class Word:
    """A word for some values, as spelt; `single` if it is a value itself, and not a group or list."""

    text: str
    single: bool


@frozen
class Words:
    """Words that together say a set of values; of many only the first, and how many there are."""

    words: tuple[Word, ...]
    total: int

    def __str__(self) -> str:
        shown = [word.text for word in self.words]
        if self.total > len(shown):
            shown.append(f"and {self.total - len(shown):,} more")
        return ", ".join(shown)


@frozen(slots=False)
class Vocabulary:
    """The words for what the axes of a policy hold."""

    policy: Policy
    contents: Contents

    @cached_property
    def axes_by_name(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the axes of each attribute, and of date, known_on and scenario, in their order."""
        found: dict[str, tuple[int, ...]] = {}
        for number, axis in enumerate(self.contents.axes):
            found[axis.attribute] = (*found.get(axis.attribute, ()), number)
        return found

    @cached_property
    def attributes(self) -> Mapping[str, Attribute]:
        """The attributes of a case, by name, and the two dates as if they were such."""
        dates = (Attribute(DATE, "date"), Attribute(KNOWN_ON, "date"))
        return {attribute.name: attribute for attribute in (*self.contents.attributes, *dates)}

    @cached_property
    def values(self) -> tuple[tuple[tuple[Value, ...], ...], ...]:
        """The values of each class of each axis, where they can be named; of "all other names" there are none."""
        return tuple(_values_by_class(axis) for axis in self.contents.axes)

    @cached_property
    def words(self) -> tuple[tuple[tuple[Word, int], ...], ...]:
        """For each axis the author's words for several of its values, each with the classes it means."""
        return tuple(tuple(self._words(number)) for number in range(len(self.contents.axes)))

    def _words(self, number: int) -> Iterator[tuple[Word, int]]:
        values = self.values[number]
        class_by_value = {value: of for of, inside in enumerate(values) for value in inside}
        name = self.contents.axes[number].attribute
        for word, meant in self.policy.words.get(name, ()) if class_by_value else ():
            classes = {class_by_value[value] for value in meant if value in class_by_value}
            if len(meant) > 1 and sum(len(values[of]) for of in classes) == len(meant):
                taxonomy = self.attributes[name].taxonomy
                single = taxonomy is not None and word in taxonomy.below
                text = spell(self.attributes[name], word) if single else word
                yield Word(text, single), sum(1 << of for of in classes)


def _values_by_class(axis: Axis) -> tuple[tuple[Value, ...], ...]:
    found: list[list[Value]] = [[] for _ in range(axis.size)]
    match axis:
        case FiniteAxis(class_by_leaf=class_by_value) | NameAxis(class_by_name=class_by_value):
            for value, number in class_by_value.items():
                found[number].append(value)
            if axis.none_class is not None:
                found[axis.none_class].append(NONE)
        case MemberAxis(leaves=leaves):
            found[1] += leaves
    return tuple(map(tuple, found))


# ---------------------------------------------------------------- regions


def region_text(vocabulary: Vocabulary, box: Box) -> str:
    """Return a box in words; `known_on` is not spoken of where only "no limit" is in it, as in a request."""
    cells = dict(box)
    phrases: list[str] = []
    for name, axes in vocabulary.axes_by_name.items():
        if name != SCENARIO and not cells.keys().isdisjoint(axes):
            phrases += _phrases(vocabulary, axes, cells)
    return (" and ".join(phrases) or EVERY_CASE) + _scenario_text(vocabulary, cells)


def _phrases(vocabulary: Vocabulary, axes: Sequence[int], cells: Mapping[int, int]) -> Iterator[str]:
    axis = vocabulary.contents.axes[axes[0]]
    attribute = vocabulary.attributes[axis.attribute]
    if isinstance(axis, MemberAxis):
        yield from _set_phrases(vocabulary, axes, cells)
    elif isinstance(axis, OrderedAxis):
        if attribute.name != KNOWN_ON or cells[axes[0]] != 1 << (axis.size - 1):
            yield _ordered_phrase(attribute, axis, cells[axes[0]])
    else:
        yield _value_phrase(vocabulary, axes[0], cells[axes[0]])


def _scenario_text(vocabulary: Vocabulary, cells: Mapping[int, int]) -> str:
    (number,) = vocabulary.axes_by_name[SCENARIO]
    if number not in cells:
        return ""
    chosen = [vocabulary.contents.axes[number].representative(one) for one in members(cells[number])]
    return f" ({', '.join(f'under {name}' if name != BASE else 'without a scenario' for name in chosen)})"


# ---------------------------------------------------------------- values


def _value_phrase(vocabulary: Vocabulary, number: int, cell: int) -> str:
    axis = vocabulary.contents.axes[number]
    rest = ((1 << axis.size) - 1) & ~cell
    # The class of all other names has no word: what it lies in is said by what is left out.
    if isinstance(axis, NameAxis):
        negation, said = ("not ", rest) if cell & 1 else ("", cell)
        return _among(axis.attribute, negation, _words_for(vocabulary, number, said))
    inside = _words_for(vocabulary, number, cell)
    if vocabulary.attributes[axis.attribute].kind == "boolean":
        return _boolean_phrase(axis.attribute, {word.text for word in inside.words})
    outside = _words_for(vocabulary, number, rest)
    if outside.total < inside.total:
        return _among(axis.attribute, "not ", outside)
    return _among(axis.attribute, "", inside)


def _words_for(vocabulary: Vocabulary, number: int, cell: int) -> Words:
    """Return words for a set of classes: the largest of the author's that fit in, then single values."""
    attribute = vocabulary.attributes[vocabulary.contents.axes[number].attribute]
    fitting = [(word, classes) for word, classes in vocabulary.words[number] if not classes & ~cell]
    found: list[Word] = []
    left = cell
    while fitting and left:
        word, classes = max(fitting, key=lambda one: (one[1] & left).bit_count())
        if not classes & left:
            break
        found.append(word)
        left &= ~classes
    values = [value for of in members(left) for value in vocabulary.values[number][of]]
    shown = (Word(spell(attribute, value), single=True) for value in values[:MOST_WORDS])
    return Words((*found, *shown)[:MOST_WORDS], len(found) + len(values))


def _among(name: str, negation: str, said: Words) -> str:
    if said.total == 1 and said.words[0].single:
        return f"{name} {negation}{said.words[0].text}"
    return f"{name} {negation}in {said}"


def _boolean_phrase(name: str, inside: set[str]) -> str:
    return {
        frozenset({"true"}): name,
        frozenset({"false"}): f"not {name} and not {name} none",
        frozenset({"none"}): f"{name} none",
        frozenset({"true", "none"}): f"({name} or {name} none)",
        frozenset({"false", "none"}): f"not {name}",
        frozenset({"true", "false"}): f"not {name} none",
    }[frozenset(inside)]


def _set_phrases(vocabulary: Vocabulary, axes: Sequence[int], cells: Mapping[int, int]) -> Iterator[str]:
    """Yield tests of a set: what it holds, and what it does not."""
    name = vocabulary.contents.axes[axes[0]].attribute
    words = {number: _words_for(vocabulary, number, 2) for number in axes}
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
