"""What the unknown facts of a request leave open: the outcomes that are possible, branching only where it matters.

At each step the clauses that surely hold and those that may hold bound what can come out; where that settles it, the
rest is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from rpol.runtime.ask import MOST_STATES, State, Step, distinct, take
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

    def verdicts(self, state: State, position: int = 0) -> frozenset[Verdict]:
        """Return the verdicts of the completions that can be, once the steps before `position` are taken.

        None of them can be where the answer is empty. Raise TooManyCompletions past the budget.
        """
        key = (position, state)
        if key not in self._verdicts:
            settled = self.settled(state, position)
            self._verdicts[key] = self._branch(state, position) if settled is None else settled
            if len(self._verdicts) > self.most:
                raise TooManyCompletions(
                    "The request leaves too much open to be answered exactly. Give more of its facts."
                )
        return self._verdicts[key]

    def settled(self, state: State, position: int) -> frozenset[Verdict] | None:
        """Return the verdicts of a state where they follow without a look at the steps from `position` on."""
        sure = self._sure[position]
        found: list[Verdict] = []
        for live, _ in state:
            broken = live & self.evaluator.index.fact_boxes
            if broken & sure:
                continue
            if broken:
                return None
            one = self._settled_case(live, live & sure)
            if one is None:
                return None
            found.append(one)
        return frozenset({joined(found)} if found else ())

    def _settled_case(self, live: int, sure: int) -> Verdict | None:
        index, rules = self.evaluator.index, self.evaluator.rules
        may = index.clauses(index.real, live)
        must = may if live == sure else index.clauses(index.real, sure)
        possible = verdicts(rules, bound(rules, may, must))
        return possible.pop() if len(possible) == 1 else None

    def _branch(self, state: State, position: int) -> frozenset[Verdict]:
        after = dict.fromkeys(take(state, choice) for choice in distinct((state,), self.steps[position]))
        return frozenset().union(*(self.verdicts(one, position + 1) for one in after))

    @cached_property
    def _sure(self) -> tuple[int, ...]:
        """For each position the boxes that every choice of the steps from there on keeps alive."""
        kept = [-1]
        for step in reversed(self.steps):
            mask = kept[-1]
            for choice in step.choices:
                for boxes, _ in choice:
                    mask &= boxes
            kept.append(mask)
        return tuple(reversed(kept))


def joined(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict for several values asked: the strictest, and its mark if nothing stands behind it."""
    outcome = max((outcome for outcome, _ in verdicts), key=RANK.__getitem__)
    marks = {mark for one, mark in verdicts if one == outcome}
    return outcome, None if None in marks else next(mark for mark in MARKS if mark in marks)
