"""The author's words for sets of values: groups, lists, taxonomy nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial, reduce
from operator import or_
from typing import Final, TypeAlias

from attrs import field, frozen

from rpol.model.policy import Among, PlainList, Policy
from rpol.runtime.attribute import NONE, Attribute, Value
from rpol.runtime.axes import DATE, KNOWN_ON, Axis, FiniteAxis, MemberAxis, NameAxis
from rpol.runtime.bits import members
from rpol.runtime.contents import Box, Contents, Region
from rpolc.analysis.spelling import spell
from rpolc.lower.atoms import gather
from rpolc.lower.lower import Lowered
from rpolc.space.box import Space
from rpolc.space.explore import Budget, GaveUpError
from rpolc.space.region import uncovered

# More words than these are counted, not written out.
MOST_WORDS: Final = 12
_SHOWN_OF_MANY: Final = 4
_STEPS: Final = 1000


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
            shown = [*shown[:_SHOWN_OF_MANY], f"and {self.total - _SHOWN_OF_MANY:,} more"]
        return ", ".join(shown)


@frozen
class Listing:
    """A list whose members change: the classes that ever stand in it, and where each does."""

    word: Word
    classes: int
    region: Region


# For each axis the lists whose members change.
Listings: TypeAlias = tuple[tuple[Listing, ...], ...]
# For each attribute the author's words for sets of its values, in the order to prefer.
Named: TypeAlias = Mapping[str, tuple[tuple[str, frozenset[Value]], ...]]


@frozen(slots=False)
class Vocabulary:
    """The words for what the axes of some contents hold.

    `names` are the parties as their author writes them, by their folded names. `find_listings` is asked once, if at
    all, for lists whose members change.
    """

    contents: Contents
    named: Named
    names: Mapping[Value, str] = field(factory=dict)
    find_listings: Callable[[Vocabulary], Listings] | None = None
    _said: dict[tuple[int, int, Box], Words] = field(factory=dict, init=False, eq=False, repr=False)
    _suiting: dict[tuple[int, str, Box], bool] = field(factory=dict, init=False, eq=False, repr=False)

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
        for word, meant in self.named.get(name, ()) if class_by_value else ():
            classes = {class_by_value[value] for value in meant if value in class_by_value}
            if len(meant) > 1 and sum(len(values[of]) for of in classes) == len(meant):
                taxonomy = self.attributes[name].taxonomy
                single = taxonomy is not None and word in taxonomy.below
                text = spell(self.attributes[name], word) if single else word
                yield Word(text, single), sum(1 << of for of in classes)

    def as_written(self, attribute: str, value: Value) -> Value:
        """Return a value in its author's spelling: parties match however they are capitalised."""
        return self.names.get(value, value) if self.attributes[attribute].kind == "entity" else value

    @cached_property
    def listings(self) -> Listings:
        """For each axis the lists whose members change."""
        if self.find_listings is None:
            return ((),) * len(self.contents.axes)
        return self.find_listings(self)

    def words_for(self, number: int, cell: int, days: Box) -> Words:
        """Return words for some classes on some days: the largest of the author's that fit in, then single values."""
        key = (number, cell, days if self.listings[number] else ())
        if key not in self._said:
            self._said[key] = self._say(number, cell, days)
        return self._said[key]

    def _say(self, number: int, cell: int, days: Box) -> Words:
        attribute = self.attributes[self.contents.axes[number].attribute]
        found: list[Word] = []
        left = cell
        for word, classes in self._fitting(number, cell, days):
            more = classes & left
            # A word is worth it for more than one class that the words before do not say.
            if more and (more == classes or more & (more - 1)):
                found.append(word)
                left &= ~classes
        values = [value for of in members(left) for value in self.values[number][of]]
        shown = (Word(self._spelt(attribute, value), single=True) for value in values[:MOST_WORDS])
        return Words((*found, *shown)[:MOST_WORDS], len(found) + len(values))

    def _fitting(self, number: int, cell: int, days: Box) -> list[tuple[Word, int]]:
        """Return the author's words that say nothing but classes of `cell`, those for most classes first."""
        fitting = [(word, classes) for word, classes in self.words[number] if not classes & ~cell]
        fitting += [
            (listing.word, listing.classes)
            for listing in self.listings[number]
            if not listing.classes & ~cell and self._suits(number, listing, days)
        ]
        return sorted(fitting, key=lambda one: -one[1].bit_count())

    def _spelt(self, attribute: Attribute, value: Value) -> str:
        return spell(attribute, self.as_written(attribute.name, value))

    def _suits(self, number: int, listing: Listing, days: Box) -> bool:
        """Tell whether all that ever stand in a list stand in it on all of these days."""
        key = (number, listing.word.text, days)
        if key not in self._suiting:
            space = Space(tuple(axis.size for axis in self.contents.axes))
            try:
                missing = uncovered(space, ((number, listing.classes), *days), listing.region, Budget(_STEPS))
                self._suiting[key] = missing is None
            except GaveUpError:
                self._suiting[key] = False
        return self._suiting[key]


def vocabulary_of(policy: Policy, lowered: Lowered) -> Vocabulary:
    """Return the words of the author of a policy."""
    plain = (listing for listing in policy.lists.values() if isinstance(listing, PlainList))
    rows = (row for listing in plain if listing.attribute is None for row in listing.rows)
    names = {row.values[0]: row.name for row in rows if row.values}
    return Vocabulary(lowered.cases, policy.words, names, partial(_tested_listings, policy, lowered))


def _tested_listings(policy: Policy, lowered: Lowered, vocabulary: Vocabulary) -> Listings:
    """Return for each axis the lists whose members change, of those that the policy tests on it."""
    tests = gather((*(one.condition for one in policy.clauses), *(one.condition for one in policy.facts)))
    return tuple(
        tuple(_listings(vocabulary, lowered, number, tests[axis.attribute].lists if axis.attribute in tests else ()))
        for number, axis in enumerate(vocabulary.contents.axes)
    )


def _listings(vocabulary: Vocabulary, lowered: Lowered, number: int, tested: Iterable[str]) -> Iterator[Listing]:
    axis = vocabulary.contents.axes[number]
    constant = {word.text for word, _ in vocabulary.words[number]}
    for name in tested if isinstance(axis, (FiniteAxis, NameAxis)) else ():
        region = lowered.region_of(Among(axis.attribute, frozenset(), (name,)))
        classes = reduce(or_, (dict(box).get(number, 0) for box in region), 0)
        if name not in constant and classes:
            yield Listing(Word(name, single=False), classes, region)


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
