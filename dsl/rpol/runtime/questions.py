"""Which facts would settle an undetermined answer, and which of them to ask first (language.md, section 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from typing import Final

from attrs import frozen

from rpol.runtime.ask import State, Step, distinct, leaves, take
from rpol.runtime.decision import Question
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.outlook import Outlook, Verdict

# Up to this many attributes the fewest are found by trying all choices, where declared facts forbid a shorter way.
_MOST_TRIED: Final = 6
# How many pairs of states one attribute may take; past that it is asked for, needed or not.
_MOST_PAIRS: Final = 1_000


def questions(
    evaluator: Evaluator, state: State, steps: Sequence[Step], unknown: Sequence[str]
) -> tuple[Question, ...]:
    """Return attributes that settle the outcome, as few as there may be; best is what leaves fewest outcomes at worst.

    `state` is that of a request before its open `steps`. Without a tie they come in the order of the policy. They are
    the fewest, unless declared facts or the size of the question leave only a set of which none can be spared.
    """
    search = _Search(evaluator, Outlook(evaluator, tuple(steps)), state)
    if search.worst(()) <= 1:
        return ()
    ranked = sorted(search.fewest(unknown), key=lambda name: search.worst((name,)))
    texts = {attribute.name: attribute.question for attribute in evaluator.index.contents.attributes}
    return tuple(Question(name, texts[name]) for name in ranked)


@frozen
class _Search:
    """The outcome of one request as a function of what is open in it."""

    evaluator: Evaluator
    outlook: Outlook
    state: State

    def worst(self, asked: Collection[str]) -> int:
        """Return how many outcomes the worst answers to `asked` leave open."""
        first = [step for step in self.outlook.steps if step.attribute in asked]
        left = self._mask(step.attribute not in asked for step in self.outlook.steps)
        return max(len(_outcomes(self.outlook.verdicts(state, left))) for (state,) in leaves((self.state,), first))

    def fewest(self, unknown: Sequence[str]) -> tuple[str, ...]:
        """Return attributes that settle the outcome.

        Where every combination of values can occur, the fewest are those that can change the outcome by themselves.
        Declared facts rule out combinations, so that fewer may do.
        """
        telling = [name for name in unknown if self._telling(self.state, (name,))]
        if self.evaluator.index.contents.facts and len(telling) <= _MOST_TRIED:
            sets = (some for size in range(1, len(telling) + 1) for some in combinations(telling, size))
            return next(some for some in sets if self.worst(some) == 1)
        kept = list(telling)
        for name in telling:
            others = [other for other in kept if other != name]
            if not self._tells_apart(others):
                kept = others
        return tuple(kept)

    def _tells_apart(self, known: Collection[str]) -> bool:
        """Tell whether two completions that agree on `known` have different outcomes, or may have: it took too long."""
        everything = self._mask(True for _ in self.outlook.steps)
        waiting = [(everything, self.state, self.state)]
        seen = set(waiting)
        while waiting:
            left, one, other = waiting.pop()
            number = self.outlook.next_step(one, left)
            number = self.outlook.next_step(other, left) if number is None else number
            if number is None:
                if self._differ(one, other, left):
                    return True
                continue
            step = self.outlook.steps[number]
            for pair in self._pairs(step, one, other, step.attribute in known):
                after = (left & ~(1 << number), *pair)
                if after not in seen and (after[1] != after[2] or self._telling(after[1], known, after[0])):
                    seen.add(after)
                    waiting.append(after)
            if len(seen) > _MOST_PAIRS:
                return True
        return False

    def _differ(self, one: State, other: State, left: int) -> bool:
        found = _outcomes(self.outlook.verdicts(one, left)), _outcomes(self.outlook.verdicts(other, left))
        return all(found) and found[0] != found[1]

    @staticmethod
    def _pairs(step: Step, one: State, other: State, agreed: bool) -> Collection[tuple[State, State]]:
        choices = list(distinct((one, other), step))
        if agreed:
            return dict.fromkeys((take(one, choice), take(other, choice)) for choice in choices)
        ones, others = ({take(state, choice) for choice in choices} for state in (one, other))
        return [(a, b) for a in ones for b in others]

    def _telling(self, state: State, names: Collection[str], left: int | None = None) -> bool:
        """Tell whether steps matter to a state: those of `names`; with `left`, those left that are not of `names`."""
        live = 0
        for boxes, _ in state:
            live |= boxes
        return any(
            self.outlook.cut(number, live) > 0
            for number, step in enumerate(self.outlook.steps)
            if (step.attribute in names if left is None else left >> number & 1 and step.attribute not in names)
        )

    @staticmethod
    def _mask(flags: Iterable[bool]) -> int:
        mask = 0
        for number, flag in enumerate(flags):
            mask |= int(flag) << number
        return mask


def _outcomes(verdicts: frozenset[Verdict]) -> frozenset[str]:
    return frozenset(outcome for outcome, _ in verdicts)
