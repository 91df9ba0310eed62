"""The cases that two versions decide differently, parted by what each decides and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Final, Literal, TypeAlias

from attrs import frozen

from rpol.runtime.bits import members
from rpol.runtime.bounds import Verdict
from rpol.runtime.contents import Box, Contents, Region
from rpol.runtime.decision import ClauseRef
from rpol.runtime.ladder import RANK
from rpol.runtime.standing import Rules, acting, applying, by_instrument, outcome, standing
from rpolc.analysis.contrast import Contrast, DutyKey, essence
from rpolc.analysis.ground import search
from rpolc.analysis.parting import verdicts_apart, verdicts_at
from rpolc.difference.kinds import Kinds, count_kinds, kinds_of
from rpolc.difference.pairing import Paired, pair
from rpolc.difference.places import Found, Place, Verdicts, places
from rpolc.difference.refine import Common, OnlyIn, refine
from rpolc.space import box as boxes
from rpolc.space import region as regions
from rpolc.space.box import Point, Space
from rpolc.space.explore import Budget
from rpolc.space.grow import Piece
from rpolc.space.index import index

Direction: TypeAlias = Literal["loosened", "tightened", "other"]
# How much more work few large pieces may take than many small ones: telling each of these takes long as well.
_TIMES_FOR_PLACES: Final = 4
# What a reviewer must see first comes first.
DIRECTIONS: Final[tuple[Direction, ...]] = ("loosened", "tightened", "other")


@frozen
class Decided:
    """What a version decides: outcome, mark, and the clauses that set it, as that version numbers them."""

    outcome: str
    mark: str | None
    because: tuple[ClauseRef, ...]


@frozen
class Details:
    """What is decided in one case by both versions, and in what they differ.

    `instruments`: those whose outcome differs, with the old and the new one (None: no entry).
    """

    old: Decided
    new: Decided
    instruments: tuple[tuple[str, str | None, str | None], ...]
    duties_gone: tuple[DutyKey, ...]
    duties_new: tuple[DutyKey, ...]


@frozen
class ChangedRegion:
    """Where a change takes place: what a box has that the boxes before it have not.

    `case` lies in it, and `details` are decided there. `kinds` counts its cases, those that no clause of either version
    tells apart as one; None if counting took too long.
    """

    where: Piece
    case: Point
    details: Details
    kinds: int | None


@frozen
class Change:
    """The cases that the old version decides in one way and the new one in another, by outcome and mark.

    The regions are disjoint, none can be left out, and there are no such cases elsewhere.
    """

    old: Verdict
    new: Verdict
    regions: tuple[ChangedRegion, ...]

    @property
    def direction(self) -> Direction:
        """Whether the outcome is milder, stricter, or the same with another duty, mark or instrument."""
        step = RANK[self.new[0]] - RANK[self.old[0]]
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
    return Difference(common, paired, tuple(_changes(paired, steps)))


def _changes(paired: Paired, steps: int) -> Iterator[Change]:
    """Yield the changes, those first that a reviewer must see first."""
    found = _places(paired, steps)
    kinds = kinds_of(paired.ground) if found else ()
    changes = [
        Change(old, new, tuple(_region(paired, kinds, where, point) for where, point in some))
        for (old, new), some in found.items()
    ]
    yield from sorted(
        changes, key=lambda one: (DIRECTIONS.index(one.direction), -len(one.regions), str((one.old, one.new)))
    )


def _places(paired: Paired, steps: int) -> Found:
    """Return where each change takes place: in few large pieces, and as far as that takes too long, in small ones."""
    found, done = places(paired, Budget(_TIMES_FOR_PLACES * steps))
    space = paired.ground.space
    parts: dict[Verdicts, list[Box]] = {}
    for part in search(paired.ground, paired.within, verdicts_apart(paired.contrast), Budget(steps), without=done):
        changed = verdicts_at(paired.contrast, paired.ground.clauses_at(boxes.pick(space, part)))
        parts.setdefault(changed, []).append(part)
    for changed, some in parts.items():
        found.setdefault(changed, []).extend((Piece(box), boxes.pick(space, box)) for box in some)
    return {changed: _joined(space, some) for changed, some in found.items()}


def _joined(space: Space, some: Sequence[Place]) -> list[Place]:
    """Return the pieces of a change with those joined that have no exceptions, as far as they make up larger boxes."""
    simple = {where.base: point for where, point in some if not where.excepted}
    points = list(simple.values())
    parts = index(space, tuple(simple))
    joined = [(box, next(members(parts.meeting(box)))) for box in regions.merge(space, tuple(simple))]
    return [
        *((Piece(box), points[number]) for box, number in joined),
        *((where, point) for where, point in some if where.excepted),
    ]


def _region(paired: Paired, kinds: Kinds, where: Piece, point: Point) -> ChangedRegion:
    details = details_where(paired.contrast, paired.ground.clauses_at(point))
    return ChangedRegion(where, point, details, count_kinds(paired.ground, kinds, where))


def details_where(contrast: Contrast, holding: Set[int]) -> Details:
    """Return what is decided by both versions where exactly these clauses hold."""
    held_old, held_new = contrast.sides(holding)
    under_old, under_new = _by_instrument(contrast.old, held_old), _by_instrument(contrast.new, held_new)
    owed_old, owed_new = essence(contrast.old, held_old)[3], essence(contrast.new, held_new)[3]
    instruments = [
        (name, under_old.get(name), under_new.get(name))
        for name in sorted({*under_old, *under_new})
        if under_old.get(name) != under_new.get(name)
    ]
    return Details(
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
