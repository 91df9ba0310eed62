"""A difference told in words: regions in the authors' words, and one case of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import partial, reduce
from operator import or_
from typing import Final

from attrs import evolve, field, frozen

from rpol.model.policy import PlainList
from rpol.runtime.attribute import Attribute, Value
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO
from rpol.runtime.bits import members
from rpol.runtime.contents import Box
from rpol.text import diagnostic
from rpolc.analysis.account import region_in_words
from rpolc.analysis.ground import search
from rpolc.analysis.phrases import region_text
from rpolc.analysis.pick import Case, pick
from rpolc.analysis.questions import Answer
from rpolc.analysis.vocabulary import Listing, Listings, Named, Vocabulary, Word
from rpolc.analysis.witness import in_request_form, narrowed_names
from rpolc.difference.changes import Change, ChangedRegion, Details, Difference, details_where
from rpolc.difference.refine import Translation
from rpolc.difference.sides import Version
from rpolc.space import box as boxes
from rpolc.space.explore import Budget, GaveUpError

# How many parts may be looked at to leave attributes out of a case, and out of all cases together.
_STEPS_PER_CASE: Final = 300
_STEPS: Final = 30_000


@frozen
class ToldChange:
    """A change with its regions in words, each with a case; what is asked every day comes first, then by size."""

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
    alone = [tuple(map(telling.possible, region)) for region in difference.possible_in_one]
    return ToldDifference(
        old.name, new.name, difference, tuple(map(telling.change, difference.changes)), (alone[0], alone[1])
    )


@frozen
class _Telling:
    difference: Difference
    vocabulary: Vocabulary
    left: Budget = field(factory=lambda: Budget(_STEPS), init=False)

    def change(self, change: Change) -> ToldChange:
        return ToldChange(change, tuple(sorted(map(self._changed, change.regions), key=_remoteness)))

    def possible(self, box: Box) -> diagnostic.Region:
        """Return in words a box in which cases are possible in one version alone."""
        case = pick(self.vocabulary, self.difference.paired.ground.space, box)
        witness = self._witness(case, narrowed_names(self.vocabulary, box))
        return diagnostic.Region(region_text(self.vocabulary, box), witness)

    def _changed(self, one: ChangedRegion) -> tuple[ChangedRegion, diagnostic.Region]:
        """Return a region in words, with its plainest case and what is decided there, whatever that leaves open."""
        paired = self.difference.paired
        case = self._case(one)
        details = details_where(paired.contrast, paired.ground.clauses_at(case.point))
        found = region_in_words(paired.ground, self.vocabulary, one.where, case)
        told = self._told(case, frozenset(found.witness) & self.vocabulary.attributes.keys(), details)
        return evolve(one, case=case.point, details=details), evolve(found, witness=self._witness(case, told))

    def _case(self, one: ChangedRegion) -> Case:
        ground = self.difference.paired.ground
        case = pick(self.vocabulary, ground.space, one.where.base)
        elsewhere = (*one.where.excepted, *ground.broken_boxes)
        if any(boxes.holds(box, case.point) for box in elsewhere):
            return pick(self.vocabulary, ground.space, boxes.at(one.case, ground.space))
        return case

    def _witness(self, case: Case, told: frozenset[str]) -> dict[str, object]:
        form = in_request_form(self.vocabulary, case, told)
        return {name: value for name, value in form.items() if name not in self._fixed}

    def _told(self, case: Case, told: frozenset[str], details: Details) -> frozenset[str]:
        """Return the attributes of `told`, and others that must be told for a case to be decided so."""
        turning = self._turning(case, told)
        if not turning or self._is_decided_so(case, told, details):
            return told
        told |= turning
        for name in sorted(turning):
            if self._is_decided_so(case, told - {name}, details):
                told -= {name}
        return told

    def _turning(self, case: Case, told: Set[str]) -> frozenset[str]:
        """Return the further attributes that clauses ask for where a case may lie."""
        ground = self.difference.paired.ground
        axes = self.vocabulary.contents.axes
        meeting = ground.index.meeting(self._left_open(case, told))
        asked = {axes[axis].attribute for number in members(meeting) for axis, _ in ground.boxes[number]}
        return frozenset(asked - {*told, DATE, KNOWN_ON, SCENARIO})

    def _left_open(self, case: Case, told: Set[str]) -> Box:
        axes = self.vocabulary.contents.axes
        fixed = {*told, DATE, KNOWN_ON, SCENARIO}
        point = boxes.at(case.point, self.difference.paired.ground.space)
        return tuple(cell for cell in point if axes[cell[0]].attribute in fixed)

    def _is_decided_so(self, case: Case, told: Set[str], details: Details) -> bool:
        """Tell whether a case is decided so whatever it leaves open, as far as a small budget reaches."""
        paired = self.difference.paired

        def otherwise(may_hold: Set[int], must_hold: Set[int]) -> Answer:
            if may_hold != must_hold:
                return False, may_hold - must_hold
            return details_where(paired.contrast, must_hold) != details, ()

        budget = Budget(min(_STEPS_PER_CASE, self.left.steps))
        granted = budget.steps
        try:
            return next(search(paired.ground, (self._left_open(case, told),), otherwise, budget), None) is None
        except GaveUpError:
            return False
        finally:
            self.left.steps -= granted - budget.steps

    @property
    def _fixed(self) -> tuple[str, ...]:
        """The dates and the scenario, where each side is one of them by itself."""
        axes = self.vocabulary.contents.axes
        sizes = {axis.attribute: axis.size for axis in axes}
        days = (DATE, KNOWN_ON) if _is_one_day(self.vocabulary) else ()
        return (*days, *((SCENARIO,) if sizes[SCENARIO] == 1 else ()))


def _remoteness(told: tuple[ChangedRegion, diagnostic.Region]) -> tuple[int, bool, int]:
    """Return how far a region is from what is asked every day, by further dates and scenarios; then how small it is."""
    changed, region = told
    further = sum(2 if name == KNOWN_ON else 1 for name in region.witness if name in (KNOWN_ON, SCENARIO))
    return further, changed.kinds is not None, -(changed.kinds or 0)


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
