"""What the unknown facts of a request leave open: the outcomes that are possible, branching only where it matters.

At each step the clauses that surely hold and those that may hold bound what can come out; where that settles it, the
rest is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TypeAlias

from attrs import field, frozen

from rpol.runtime.ask import MOST_STATES, State, Step, distinct, take
from rpol.runtime.bits import members
from rpol.runtime.bounds import bound, verdicts
from rpol.runtime.errors import TooManyCompletions
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.ladder import MARKS, RANK

# An outcome and its mark.
Verdict: TypeAlias = tuple[str, str | None]


@frozen(slots=False)
class Outlook:
    """The verdicts that are possible while `steps` are open. What is found for a state is kept."""

    evaluator: Evaluator
    steps: tuple[Step, ...]
    most: int = MOST_STATES
    _verdicts: dict[tuple[int, State], frozenset[Verdict]] = field(factory=dict, init=False)
    _cases: dict[tuple[int, int], tuple[frozenset[Verdict], int]] = field(factory=dict, init=False)
    _kept: dict[int, int] = field(factory=dict, init=False)

    def verdicts(self, state: State, left: int | None = None) -> frozenset[Verdict]:
        """Return the verdicts of the completions that can be, while the steps of the mask `left` (all) are open.

        None of them can be where the answer is empty. Raise TooManyCompletions past the budget.
        """
        left = (1 << len(self.steps)) - 1 if left is None else left
        key = (left, state)
        if key not in self._verdicts:
            self._verdicts[key] = self._search(state, left)
            if len(self._verdicts) > self.most:
                raise TooManyCompletions(
                    "The request leaves too much open to be answered exactly. Give more of its facts."
                )
        return self._verdicts[key]

    def next_step(self, state: State, left: int) -> int | None:
        """Return the step that tells most about what is undecided; None where the verdict of a state is settled."""
        bounds, undecided = self._bounds(state, left)
        if len(bounds) <= 1 and not undecided:
            return None
        telling = [(self.cut(number, undecided), -number) for number in members(left)]
        most, number = max(telling)
        return -number if most else None

    def _search(self, state: State, left: int) -> frozenset[Verdict]:
        bounds, _ = self._bounds(state, left)
        number = self.next_step(state, left)
        if number is None:
            return bounds
        found: frozenset[Verdict] = frozenset()
        for after in dict.fromkeys(take(state, choice) for choice in distinct((state,), self.steps[number])):
            found |= self.verdicts(after, left & ~(1 << number))
            if found == bounds:
                break
        return found

    def _bounds(self, state: State, left: int) -> tuple[frozenset[Verdict], int]:
        """Return verdicts beyond which a state has none, and the boxes on which it turns which of them there are.

        Once no boxes are left to turn on, they are the verdicts that there are.
        """
        kept = self._kept_by(left)
        sets: list[frozenset[Verdict]] = []
        undecided = 0
        for live, _ in state:
            facts = live & self.evaluator.index.fact_boxes
            if facts & kept:
                continue
            found, turning = self._bounds_of_case(live, live & kept)
            sets.append(found)
            undecided |= facts | turning
        possible = frozenset(joined(some) for some in product(*sets)) if sets else frozenset()
        return possible, undecided

    def _bounds_of_case(self, live: int, sure: int) -> tuple[frozenset[Verdict], int]:
        key = (live, sure)
        if key not in self._cases:
            index, rules = self.evaluator.index, self.evaluator.rules
            may = index.clauses(index.real, live)
            must = may if live == sure else index.clauses(index.real, sure)
            possible = frozenset(verdicts(rules, bound(rules, may, must)))
            self._cases[key] = (possible, live & ~sure & index.verdict_boxes if len(possible) > 1 else 0)
        return self._cases[key]

    def _kept_by(self, left: int) -> int:
        """Return the boxes that every choice of the steps left keeps alive."""
        if left not in self._kept:
            mask = -1
            for number in members(left):
                for choice in self.steps[number].choices:
                    for boxes, _ in choice:
                        mask &= boxes
            self._kept[left] = mask
        return self._kept[left]

    def cut(self, number: int, boxes: int) -> int:
        """Return how many of some boxes a step may settle: those that a choice of it does not keep."""
        return (boxes & ~self._kept_by(1 << number)).bit_count()


def joined(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict for several values asked: the strictest, and its mark if nothing stands behind it."""
    outcome = max((outcome for outcome, _ in verdicts), key=RANK.__getitem__)
    marks = {mark for one, mark in verdicts if one == outcome}
    return outcome, None if None in marks else next(mark for mark in MARKS if mark in marks)
