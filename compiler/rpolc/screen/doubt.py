"""Whether names that are nearly listed ones leave a row open (language.md, section 8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Final

from rpol.runtime.ladder import OUTCOMES, WORDS
from rpolc.screen.near import Near
from rpolc.screen.rows import Marked

# In how many ways the names of one row are read as listed ones.
_MOST_READINGS: Final = 64
_OPEN: Final = "undetermined"


def doubt(
    outcome: str,
    facts: Mapping[str, object],
    near: Sequence[Near],
    outcomes: Callable[[Sequence[Mapping[str, object]]], Sequence[str | None]],
) -> Marked | None:
    """Return why near matches leave a row open, or None where they do not.

    `outcome` is that of the facts with the names as given, `outcomes` tells those of other facts (None where there is
    no such case). A row that would be free is always open; another one if a name read as a listed one changes its
    outcome, or if there are too many ways to read its names.
    """
    readings = _readings(facts, near)
    others = {_OPEN} if readings is None else {other for other in outcomes(readings) if other is not None}
    others.discard(outcome)
    if outcome != "allow" and not others:
        return None
    likely = ", ".join(dict.fromkeys(f"`{one.given}` is nearly `{one.name}` on {one.list}" for one in near))
    words = [WORDS[other] for other in (*OUTCOMES, _OPEN) if other in others]
    instead = f" With a listed one: {' or '.join(words)}." if words else ""
    return Marked("near-match", f"Near match: {likely}. With the names as given: {WORDS[outcome]}.{instead}")


def _readings(facts: Mapping[str, object], near: Sequence[Near]) -> list[dict[str, object]] | None:
    """Return the facts in every way of reading their names, or None if there are too many ways."""
    names: dict[tuple[str, str], dict[str, None]] = {}
    for one in near:
        names.setdefault((one.attribute, one.given), {one.given: None})[one.name] = None
    if prod(map(len, names.values())) > _MOST_READINGS:
        return None
    return [_renamed(facts, dict(zip(names, chosen, strict=True))) for chosen in product(*names.values())]


def _renamed(facts: Mapping[str, object], names: Mapping[tuple[str, str], str]) -> dict[str, object]:
    """Return the facts with some of their names replaced."""
    renamed = dict(facts)
    for (attribute, given), name in names.items():
        value = renamed[attribute]
        if isinstance(value, (list, tuple)):
            renamed[attribute] = [name if one == given else one for one in value]
        else:
            renamed[attribute] = name
    return renamed
