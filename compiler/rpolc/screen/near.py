"""Listed names that are nearly a given one. They never decide (language.md, section 8)."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from attrs import frozen
from rapidfuzz import fuzz, process

from rpol.runtime.contents import Contents
from rpol.runtime.names import fold

DEFAULT_SCORE: Final = 85.0
# What two names score of which one holds all words of the other, as "Acme" and "Acme Trading": it is not likeness of
# letters, and high enough to be seen.
_WITHIN: Final = 95.0
_FEWEST_LETTERS: Final = 5
_MOST: Final = 5
_LONGEST: Final = 300
# Words that say nothing of who a party is: legal forms, and small words.
_EMPTY: Final = frozenset((
    "ab", "ag", "and", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "kk",
    "limited", "llc", "llp", "lp", "ltd", "nv", "of", "oy", "plc", "pte", "pty", "sa", "sarl", "spa", "srl", "the",
))  # fmt: skip


@frozen
class Near:
    """A listed name that is nearly the one given for an attribute; `score` is at most 100."""

    attribute: str
    given: str
    list: str
    name: str
    score: float


class NearNames:
    """The names a policy lists, by the attributes it tests for them, ready to be searched."""

    def __init__(self, contents: Contents, score: float) -> None:
        self._indexes = {attribute: _Index(names) for attribute, names in _listed_names(contents).items()}
        self._score = score
        self._search = lru_cache(maxsize=50_000)(self._search_all)

    def near(self, facts: Mapping[str, object]) -> tuple[Near, ...]:
        """Return the listed names nearest to those in `facts`, best first for each name given."""
        return tuple(
            near
            for attribute in self._indexes
            for given in _texts(facts.get(attribute))
            for near in self._search(attribute, given)
        )

    def _search_all(self, attribute: str, given: str) -> tuple[Near, ...]:
        folded = fold(given)
        scores: dict[tuple[str, str], float] = {}
        for score, name in self._indexes[attribute].search(given, self._score):
            if name.value != folded:
                scores[name.list, name.name] = max(score, scores.get((name.list, name.name), 0.0))
        found = [Near(attribute, given, *names, round(score, 1)) for names, score in scores.items()]
        return tuple(sorted(found, key=lambda near: (-near.score, near.list, near.name))[:_MOST])


@frozen
class _Name:
    """A name on a list: as written, and the folded value that matches it exactly."""

    list: str
    name: str
    value: str


class _Index:
    """Names by their words, in any order, and by their letters, however they are divided into words."""

    def __init__(self, names: Sequence[_Name]) -> None:
        self._by_words = _Keys(names, _key)
        self._by_letters = _Keys(names, _letters)
        self._keys_by_word: dict[str, list[str]] = {}
        for key in self._by_words.keys:
            for word in set(key.split()):
                self._keys_by_word.setdefault(word, []).append(key)
        self._keys_by_rarest: dict[str, list[str]] = {}
        for key in self._by_words.keys:
            self._keys_by_rarest.setdefault(self._rarest(key.split()), []).append(key)

    def search(self, given: str, least: float) -> Iterator[tuple[float, _Name]]:
        """Yield the names that score at least `least` against a given one, with each of their scores that does."""
        key = _key(given)
        if not key:
            return
        if least <= _WITHIN:
            yield from ((_WITHIN, name) for other in self._within(key) for name in self._by_words.names[other])
        yield from self._by_words.like(key, least)
        yield from self._by_letters.like(_letters(given), least)

    def _within(self, key: str) -> Iterator[str]:
        """Yield the keys that hold all words of `key`, and those of which `key` holds all."""
        words = frozenset(key.split())
        if _tells(key):
            for other in self._keys_by_word.get(self._rarest(words), ()):
                if words <= set(other.split()):
                    yield other
        for word in words:
            for other in self._keys_by_rarest.get(word, ()):
                if _tells(other) and words.issuperset(other.split()):
                    yield other

    def _rarest(self, words: Sequence[str] | frozenset[str]) -> str:
        return min(words, key=lambda word: (len(self._keys_by_word.get(word, ())), word))


class _Keys:
    """Names by a key of each, searched for likeness: in the order of their lengths."""

    def __init__(self, names: Sequence[_Name], key_of: Callable[[str], str]) -> None:
        self.names: dict[str, list[_Name]] = {}
        for name in names:
            self.names.setdefault(key_of(name.value), []).append(name)
        self.names.pop("", None)
        self.keys = sorted(self.names, key=len)
        self._lengths = [len(key) for key in self.keys]

    def like(self, key: str, least: float) -> Iterator[tuple[float, _Name]]:
        """Yield the names whose keys share letters with `key` to the score of at least `least`."""
        for other, score, _ in process.extract(
            key, self._of_like_length(key, least), scorer=fuzz.ratio, score_cutoff=least, limit=None
        ):
            yield from ((score, name) for name in self.names[other])

    def _of_like_length(self, key: str, least: float) -> Sequence[str]:
        """Return the keys whose length alone does not keep them below `least`, a likeness of 200 * common / both."""
        if least <= 0:
            return self.keys
        longest = len(key) * (200 - least) / least
        shortest = len(key) * least / (200 - least)
        return self.keys[bisect_left(self._lengths, shortest) : bisect_right(self._lengths, longest)]


def _tells(key: str) -> bool:
    """Tell whether the words of a key are enough to know a party by."""
    return len(key.replace(" ", "")) >= _FEWEST_LETTERS


def _key(name: str) -> str:
    """Return the words of a name in alphabetical order."""
    return " ".join(sorted(_words(name)))


def _letters(name: str) -> str:
    """Return the letters of a name in their order: "Sky-Dio" is "Skydio"."""
    return "".join(_words(name))


def _words(name: str) -> Sequence[str]:
    """Return the words of a name, without accents, signs and words that say nothing."""
    folded = unicodedata.normalize("NFKD", fold(name[:_LONGEST]))
    letters = "".join(_letter(character) for character in folded if not unicodedata.combining(character))
    words = letters.split()
    return [word for word in words if word not in _EMPTY] or words


def _letter(character: str) -> str:
    if character.isalnum():
        return character
    return "" if character in ".'’" else " "


def _texts(value: object) -> Iterator[str]:
    """Yield the names that a request gives for an attribute."""
    for one in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(one, str) and one.strip() and one.strip() != "none":
            yield one


def _listed_names(contents: Contents) -> dict[str, list[_Name]]:
    """Return, for every attribute whose value is looked up in lists of parties, the names on these."""
    names = {
        one.name: list(_names_of(one.name, one.rows_by_value, contents))
        for one in contents.lists
        if one.attribute is None
    }
    tested: dict[str, dict[str, None]] = {}
    for clause in contents.clauses:
        for attribute, name in clause.lists:
            if name in names:
                tested.setdefault(attribute, {})[name] = None
    return {attribute: [one for name in lists for one in names[name]] for attribute, lists in tested.items()}


def _names_of(name: str, rows_by_value: Sequence[tuple[str, tuple[int, ...]]], contents: Contents) -> Iterator[_Name]:
    for value, numbers in rows_by_value:
        written = {contents.rows[number].name for number in numbers if contents.rows[number].list == name}
        for one in sorted(written) or (value,):
            yield _Name(name, one, value)
