"""The cases that two versions decide differently, parted by what each decides and why."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final, Literal, TypeAlias

from attrs import evolve, field, frozen

from rpol.runtime.contents import Box, Contents, Region
from rpol.runtime.decision import ClauseRef
from rpol.runtime.ladder import RANK
from rpol.runtime.standing import Rules, acting, applying, by_instrument, outcome, standing
from rpolc.analysis.contrast import Contrast, DutyKey, essence
from rpolc.analysis.ground import search
from rpolc.analysis.parting import decides_apart
from rpolc.difference.pairing import Paired, pair
from rpolc.difference.refine import Common, OnlyIn, refine
from rpolc.space import box as boxes
from rpolc.space import region as regions
from rpolc.space.explore import Budget

Direction: TypeAlias = Literal["loosened", "tightened", "other"]
# What a reviewer must see first comes first.
DIRECTIONS: Final[tuple[Direction, ...]] = ("loosened", "tightened", "other")


@frozen
class Decided:
    """What a version decides: outcome, mark, and the clauses that set it, as that version numbers them."""

    outcome: str
    mark: str | None
    because: tuple[ClauseRef, ...]


@frozen
class Change:
    """Cases that are decided in one way by the old version and in another by the new one.

    `instruments`: those whose outcome differs, with the old and the new one (None: no entry). `parts` are disjoint;
    `kinds` counts the cases in them, those that no clause of either version tells apart as one.
    """

    old: Decided
    new: Decided
    instruments: tuple[tuple[str, str | None, str | None], ...]
    duties_gone: tuple[DutyKey, ...]
    duties_new: tuple[DutyKey, ...]
    parts: Region = field(default=(), eq=False)
    kinds: int = field(default=0, eq=False)

    @property
    def direction(self) -> Direction:
        """Whether the outcome is milder, stricter, or the same with another duty, mark or instrument."""
        step = RANK[self.new.outcome] - RANK[self.old.outcome]
        return "loosened" if step < 0 else "tightened" if step > 0 else "other"


@frozen
class Difference:
    """The exact difference of two versions.

    `apart`: what of the vocabulary only one version has. `possible_in_one`: cases that facts rule out in the new, and
    in the old version alone. Of these cases nothing is compared.
    """

    common: Common
    paired: Paired
    changes: tuple[Change, ...]

    @property
    def apart(self) -> tuple[OnlyIn, ...]:
        """What one version alone has, where that means cases which the other does not know."""
        return tuple(one for one in self.common.apart if one.values)

    @property
    def possible_in_one(self) -> tuple[Region, Region]:
        """Cases that are possible in the old version alone, and in the new one alone."""
        broken_in_old, broken_in_new = self.paired.broken_in_one
        return broken_in_new, broken_in_old

    @property
    def same(self) -> bool:
        """Whether every case is decided alike, and both versions know the same cases."""
        return not self.changes and not self.apart and not any(self.possible_in_one)


def differences(old: Contents, new: Contents, steps: int) -> Difference:
    """Return the difference of two versions; `steps` bounds each of its parts.

    Raise NotComparableError, and GaveUpError when a budget is spent: then nothing is known.
    """
    common = refine(old, new)
    paired = pair(old, new, common, Budget(steps))
    return Difference(common, paired, tuple(_changes(paired, Budget(steps))))


def _changes(paired: Paired, budget: Budget) -> Iterator[Change]:
    space = paired.ground.space
    found: dict[Change, list[Box]] = {}
    for part in search(paired.ground, paired.within, decides_apart(paired.contrast), budget):
        change = _change(paired.contrast, paired.ground.clauses_at(boxes.pick(space, part)))
        found.setdefault(change, []).append(part)
    told: list[Change] = []
    for change, parts in found.items():
        joined = regions.merge(space, tuple(parts))
        told.append(evolve(change, parts=joined, kinds=sum(boxes.count(space, part) for part in joined)))
    yield from sorted(told, key=lambda one: (DIRECTIONS.index(one.direction), -one.kinds, one.parts))


def _change(contrast: Contrast, holding: Set[int]) -> Change:
    held_old, held_new = contrast.sides(holding)
    under_old, under_new = _by_instrument(contrast.old, held_old), _by_instrument(contrast.new, held_new)
    owed_old, owed_new = essence(contrast.old, held_old)[3], essence(contrast.new, held_new)[3]
    instruments = [
        (name, under_old.get(name), under_new.get(name))
        for name in sorted({*under_old, *under_new})
        if under_old.get(name) != under_new.get(name)
    ]
    return Change(
        old=_decided(contrast.old, held_old),
        new=_decided(contrast.new, held_new),
        instruments=tuple(instruments),
        duties_gone=_sorted(owed_old - owed_new),
        duties_new=_sorted(owed_new - owed_old),
    )


def _decided(rules: Rules, holding: Set[int]) -> Decided:
    apply = applying(rules, holding)
    stand = standing(rules, apply)
    decided, mark, because = outcome(rules, stand, acting(rules, apply, stand))
    refs = sorted((rules.contents.clauses[number].ref for number in because), key=lambda ref: ref.index)
    return Decided(decided, mark, tuple(refs))


def _by_instrument(rules: Rules, holding: Set[int]) -> dict[str, str]:
    return by_instrument(rules, standing(rules, applying(rules, holding)))


def _sorted(owed: frozenset[DutyKey]) -> tuple[DutyKey, ...]:
    return tuple(sorted(owed, key=lambda duty: tuple(part or "" for part in duty)))
