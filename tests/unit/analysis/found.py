"""What the analyses find in a policy given as text."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.policies import policy_of

from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place
from rpolc.analysis.analyse import analyse
from rpolc.space.explore import STEPS

# A small vocabulary: a buyer's country, and what is done with the goods.
WORDS = """
attribute item one of a, b, c
attribute to   one of home, abroad, overseas
attribute use  set of civil, military, relief
"""


def found(text: str, files: Mapping[str, str] | None = None, steps: int = STEPS) -> list[Diagnostic]:
    return list(analyse(policy_of(text, files), steps=steps))


def names(text: str, files: Mapping[str, str] | None = None) -> list[str]:
    return [problem.name for problem in found(text, files)]


def only(text: str, files: Mapping[str, str] | None = None) -> Diagnostic:
    (problem,) = found(text, files)
    return problem


def regions(problem: Diagnostic) -> list[str]:
    return [region.text for region in problem.regions]


def words(place: Place | None) -> str:
    """Return the words at a place."""
    assert place is not None
    return place.source.text[place.start : place.end]
