"""Words as people write them: the form in which names are compared, and the words nearest to one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from heapq import nlargest
from itertools import pairwise
from typing import Final

# Comparing takes the product of both lengths; nobody means a word by something longer.
_LONGEST: Final = 120
_FEW: Final = 400


def fold(name: str) -> str:
    """Return the form in which parties are compared: NFKC, case folded, each run of white space one space.

    Language.md, section 3, Lists. Folding what is folded changes nothing.
    """
    if name.isascii():
        return " ".join(name.lower().split())
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def nearest(word: str, words: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return at most `most` of `words` that look like `word`, the nearest first; letter case does not matter."""
    if len(word) > _LONGEST:
        return ()
    by_lower: dict[str, str] = {}
    for candidate in words:
        if len(candidate) <= _LONGEST:
            by_lower.setdefault(candidate.lower(), candidate)
    lower = word.lower()
    if lower in by_lower:
        return (by_lower[lower],)
    return tuple(by_lower[found] for found in get_close_matches(lower, _likely(lower, by_lower), n=most, cutoff=0.6))


def _likely(word: str, words: Iterable[str]) -> list[str]:
    """Return those of many words that share most pairs of neighbouring letters with `word`; of few words, all."""
    candidates = list(words)
    if len(candidates) <= _FEW:
        return candidates
    pairs = set(pairwise(word))
    return nlargest(_FEW // 4, candidates, key=lambda candidate: sum(map(pairs.__contains__, pairwise(candidate))))
