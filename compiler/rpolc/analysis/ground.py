"""The ground that analyses search: a lowered policy laid out once, and the small scenes that questions are put to.

A scene is a box of the case space with the clauses that can matter in it and no others, so that a question costs what
it touches, not what the policy holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import TypeAlias

from attrs import field, frozen

from rpol.runtime.bits import mask_of, members
from rpol.runtime.contents import Box, Contents, Region
from rpol.runtime.standing import Rules
from rpolc.analysis.questions import Question
from rpolc.space.box import Point, Space, at, meet
from rpolc.space.explore import BOXES_IN_A_STEP, Budget, Judgement, explore
from rpolc.space.index import Index, index
from rpolc.space.region import uncovered


@frozen(slots=False)
class Ground:
    """A policy's contents, with all that is worked out from them once.

    Boxes are numbered through the regions of clauses and of broken facts.
    """

    contents: Contents
    _related: dict[int, int] = field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def rules(self) -> Rules:
        """What clauses do to one another."""
        return Rules(self.contents)

    @cached_property
    def space(self) -> Space:
        """The case space."""
        return Space(tuple(axis.size for axis in self.contents.axes))

    @cached_property
    def boxes_by_region(self) -> Mapping[int, range]:
        """The numbers of the boxes of each region that clauses or broken facts have."""
        used = dict.fromkeys((*self.contents.real, *(fact.broken for fact in self.contents.facts)))
        found: dict[int, range] = {}
        first = 0
        for region in used:
            found[region] = range(first, first + len(self.contents.regions[region]))
            first = found[region].stop
        return found

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Every box of a clause's region and of a broken fact."""
        return tuple(box for region in self.boxes_by_region for box in self.contents.regions[region])

    @cached_property
    def clauses_by_box(self) -> tuple[tuple[int, ...], ...]:
        """The clauses that hold in each box."""
        by_region: dict[int, list[int]] = defaultdict(list)
        for clause, region in enumerate(self.contents.real):
            by_region[region].append(clause)
        return tuple(tuple(by_region[region]) for region, numbers in self.boxes_by_region.items() for _ in numbers)

    @cached_property
    def boxes_by_clause(self) -> tuple[int, ...]:
        """The boxes of each clause, as bits."""
        return tuple(mask_of(self.boxes_by_region[region]) for region in self.contents.real)

    @cached_property
    def broken(self) -> int:
        """The boxes in which a declared fact is false, as bits: no case lies there."""
        return mask_of(number for fact in self.contents.facts for number in self.boxes_by_region[fact.broken])

    def region(self, clause: int) -> Region:
        """Return where a clause holds."""
        return self.contents.regions[self.contents.real[clause]]

    def clauses_at(self, point: Point) -> set[int]:
        """Return the clauses that hold at a point."""
        hit = self.index.meeting(at(point, self.space))
        return {clause for number in members(hit) for clause in self.clauses_by_box[number]}

    @cached_property
    def broken_boxes(self) -> Region:
        """The boxes in which a declared fact is false."""
        return tuple(self.boxes[number] for number in members(self.broken))

    @cached_property
    def excluded(self) -> Mapping[int, int]:
        """For each axis that facts speak of, the classes of which a fact excludes some cases at least."""
        found: dict[int, int] = defaultdict(int)
        for box in self.broken_boxes:
            for axis, mask in box:
                found[axis] |= mask
        return found

    @cached_property
    def index(self) -> Index:
        """Which boxes meet a box."""
        return index(self.space, self.boxes)

    def related(self, clause: int) -> int:
        """Return the boxes, as bits, of the clauses on which it can turn whether `clause` stands, itself too."""
        if clause not in self._related:
            concerned = (self.boxes_by_clause[number] for number in self.rules.concerned(clause))
            self._related[clause] = reduce(or_, concerned, 0)
        return self._related[clause]


# A box of a further clause, under a number beyond those of the policy's.
Besides: TypeAlias = Sequence[tuple[int, Box]]


@frozen
class Scene:
    """A box to search, and the boxes that can matter there: the clauses that hold in each, and the void ones (bits)."""

    start: Box
    boxes: tuple[Box, ...]
    clauses: tuple[tuple[int, ...], ...]
    void: int


def set_scene(
    ground: Ground, start: Box, *, among: int | None = None, besides: Besides = (), without: Region = ()
) -> Scene:
    """Return the scene of a box: broken facts, clauses (those of the boxes `among`, as bits, or all) and `besides`.

    What lies in `without` is left out of the search.
    """
    meeting = ground.index.meeting(start)
    numbers = list(members(meeting if among is None else meeting & (among | ground.broken)))
    near = [(clause, box) for clause, box in besides if meet(start, box) is not None]
    left_out = [box for box in without if meet(start, box) is not None]
    boxes = (*(ground.boxes[number] for number in numbers), *(box for _, box in near), *left_out)
    clauses = (*(ground.clauses_by_box[number] for number in numbers), *((clause,) for clause, _ in near))
    void = [local for local, number in enumerate(numbers) if ground.broken >> number & 1]
    void += range(len(clauses), len(boxes))
    return Scene(start, boxes, clauses, mask_of(void))


def search(
    ground: Ground,
    within: Region,
    question: Question,
    budget: Budget,
    *,
    among: int | None = None,
    besides: Besides = (),
    without: Region = (),
) -> Iterator[Box]:
    """Yield disjoint boxes that make up exactly the cases of `within` for which the answer to `question` is yes.

    `among` are the boxes (as bits) of the clauses that it can turn on, all if None; `besides` those of further clauses.
    Cases in `without` are left out. Raise GaveUpError when the budget is spent.
    """
    for number, start in enumerate(within):
        left_out = (*without, *within[:number])
        budget.spend(len(left_out) // BOXES_IN_A_STEP)
        scene = set_scene(ground, start, among=among, besides=besides, without=left_out)
        yield from _search_scene(ground, scene, question, budget)


def _search_scene(ground: Ground, scene: Scene, question: Question, budget: Budget) -> Iterator[Box]:
    boxes_by_clause: dict[int, int] = defaultdict(int)
    for number, clauses in enumerate(scene.clauses):
        for clause in clauses:
            boxes_by_clause[clause] |= 1 << number
    telling = mask_of(number for number, clauses in enumerate(scene.clauses) if clauses)
    # Many parts differ in boxes of the same clauses only.
    answers: dict[tuple[frozenset[int], frozenset[int]], Judgement] = {}

    def judge(live: int, sure: int) -> Judgement:
        may_hold = frozenset(clause for number in members(live & telling) for clause in scene.clauses[number])
        must_hold = frozenset(clause for number in members(sure & telling) for clause in scene.clauses[number])
        if (may_hold, must_hold) not in answers:
            wanted, turning = question(may_hold, must_hold)
            answers[may_hold, must_hold] = wanted, reduce(or_, (boxes_by_clause[clause] for clause in turning), 0)
        wanted, matters = answers[may_hold, must_hold]
        return wanted, matters & live & ~sure

    return explore(ground.space, scene.start, scene.boxes, judge, budget, scene.void)


def first_case(ground: Ground, within: Region, budget: Budget) -> Point | None:
    """Return a case of a region, or None if there is none. Raise GaveUpError when the budget is spent."""
    for box in within:
        point = uncovered(ground.space, box, ground.broken_boxes, budget)
        if point is not None:
            return point
    return None
