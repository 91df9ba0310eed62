"""A difference told in words: regions in the authors' words, and one case of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial, reduce
from operator import or_

from attrs import evolve, frozen

from rpol.model.policy import PlainList
from rpol.runtime.attribute import Attribute, Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO
from rpol.text import diagnostic
from rpolc.analysis.account import region_in_words
from rpolc.analysis.pick import pick
from rpolc.analysis.vocabulary import Listing, Listings, Named, Vocabulary, Word
from rpolc.difference.changes import Change, ChangedRegion, Difference
from rpolc.difference.refine import Translation
from rpolc.difference.sides import Version
from rpolc.space import box as boxes
from rpolc.space.box import Point
from rpolc.space.grow import Piece


@frozen
class ToldChange:
    """A change with its regions in words, the largest first; each has a case."""

    change: Change
    regions: tuple[tuple[ChangedRegion, diagnostic.Region], ...]


@frozen
class ToldDifference:
    """A difference in words. `possible_in_one`: cases that facts rule out in the new, and in the old version alone."""

    old: str
    new: str
    difference: Difference
    changes: tuple[ToldChange, ...]
    possible_in_one: tuple[tuple[diagnostic.Region, ...], tuple[diagnostic.Region, ...]]


def tell(old: Version, new: Version, difference: Difference) -> ToldDifference:
    """Return the difference of two versions in words; the new version's are preferred."""
    telling = _Telling(difference, _vocabulary(old, new, difference))
    alone = [tuple(telling.region(Piece(box), None) for box in region) for region in difference.possible_in_one]
    return ToldDifference(
        old.name, new.name, difference, tuple(map(telling.change, difference.changes)), (alone[0], alone[1])
    )


@frozen
class _Telling:
    difference: Difference
    vocabulary: Vocabulary

    def change(self, change: Change) -> ToldChange:
        return ToldChange(change, tuple((one, self.region(one.where, one.case)) for one in change.regions))

    def region(self, where: Piece, point: Point | None) -> diagnostic.Region:
        """Return a region in words, with a case like the point, as far as it must be told."""
        ground = self.difference.paired.ground
        seen = where.base if point is None or not where.excepted else boxes.at(point, ground.space)
        found = region_in_words(ground, self.vocabulary, where, pick(self.vocabulary, ground.space, seen))
        witness = {name: value for name, value in found.witness.items() if name not in self._fixed}
        return evolve(found, witness=witness)

    @property
    def _fixed(self) -> tuple[str, ...]:
        """The dates and the scenario, where each side is one of them by itself."""
        axes = self.vocabulary.contents.axes
        sizes = {axis.attribute: axis.size for axis in axes}
        days = (DATE, KNOWN_ON) if _is_one_day(self.vocabulary) else ()
        return (*days, *((SCENARIO,) if sizes[SCENARIO] == 1 else ()))


def _is_one_day(vocabulary: Vocabulary) -> bool:
    axis = next(axis for axis in vocabulary.contents.axes if axis.attribute == DATE)
    return getattr(axis, "low", None) == getattr(axis, "high", None)


def words_of(version: Version) -> Vocabulary:
    """Return the words of one version."""
    words = {one.name: tuple(_words(version, one).items()) for one in version.contents.attributes}
    return Vocabulary(version.contents, words, dict(_names(version)), partial(_listings, version, None))


def _vocabulary(old: Version, new: Version, difference: Difference) -> Vocabulary:
    contents = difference.paired.ground.contents
    known: dict[str, dict[str, frozenset[Value]]] = {}
    for version in (old, new):
        for attribute in version.contents.attributes:
            known.setdefault(attribute.name, {}).update(_words(version, attribute))
    named: Named = {name: tuple(words.items()) for name, words in known.items()}
    return Vocabulary(
        contents,
        _among_common(named, difference),
        dict(_names(old, new)),
        partial(_listings, new, difference.common.new),
    )


def _words(version: Version, attribute: Attribute) -> Mapping[str, frozenset[Value]]:
    """Return the words for several values of an attribute; a table has those of its taxonomies."""
    if version.policy is not None:
        return dict(version.policy.words.get(attribute.name, ()))
    below = {} if attribute.taxonomy is None else attribute.taxonomy.below
    return {word: frozenset(leaves) for word, leaves in below.items() if len(leaves) > 1}


def _listings(version: Version, translation: Translation | None, vocabulary: Vocabulary) -> Listings:
    """Return for each axis the lists that a version tests on it, with the days on which its values stand in them."""
    axes = vocabulary.contents.axes
    found: list[list[Listing]] = [[] for _ in axes]
    for (attribute, name), number in version.listed.items():
        region = version.contents.regions[number]
        region = region if translation is None else translation.region(region)
        numbers = [axis for axis, of in enumerate(axes) if of.attribute == attribute]
        if len(numbers) == 1 and region:
            classes = reduce(or_, (dict(box).get(numbers[0], 0) for box in region))
            found[numbers[0]].append(Listing(Word(name, single=False), classes, region))
    return tuple(map(tuple, found))


def _among_common(named: Named, difference: Difference) -> Named:
    """Return the words with such values only as both versions have."""
    apart = {(one.attribute, value) for one in difference.apart for value in one.values}
    if not apart:
        return named
    return {
        name: tuple((word, frozenset(one for one in values if (name, one) not in apart)) for word, values in words)
        for name, words in named.items()
    }


def _names(*versions: Version) -> Iterator[tuple[Value, str]]:
    """Yield the parties of versions, folded and as written."""
    for version in versions:
        for listing in version.policy.lists.values() if version.policy is not None else ():
            if isinstance(listing, PlainList) and listing.attribute is None:
                yield from ((row.values[0], row.name) for row in listing.rows if row.values)
