"""Which facts would settle an undetermined answer, and which of them to ask first (language.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from attrs import field, frozen

from rpol.runtime.ask import State, Step, leaves, take
from rpol.runtime.decision import Question
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.outlook import Outlook, Verdict

# Up to this many attributes the fewest are found by trying all choices, where declared facts forbid a shorter way.
_MOST_TRIED: Final = 10


def questions(
    evaluator: Evaluator, state: State, steps: Sequence[Step], unknown: Sequence[str]
) -> tuple[Question, ...]:
    """Return the fewest attributes that settle the outcome; best is what leaves fewest outcomes at worst.

    `state` is that of a request before its open `steps`. Without a tie they come in the order of the policy.
    """
    search = Search(evaluator, Outlook(evaluator, tuple(steps)), state)
    if search.worst(()) <= 1:
        return ()
    fewest = search.fewest(unknown)
    ranked = sorted(fewest, key=lambda name: search.worst((name,)))
    texts = {attribute.name: attribute.question for attribute in evaluator.index.contents.attributes}
    return tuple(Question(name, texts[name]) for name in ranked)


@frozen
class Search:
    """The outcome of one request as a function of what is open in it."""

    evaluator: Evaluator
    outlook: Outlook
    state: State

    def outcomes(self, asked: Sequence[str]) -> list[frozenset[str]]:
        """Return the outcomes that remain possible after each way to answer `asked`."""
        first = [step for step in self.outlook.steps if step.attribute in asked]
        rest = Outlook(self.evaluator, tuple(step for step in self.outlook.steps if step.attribute not in asked))
        return [_outcomes(rest.verdicts(state)) for (state,) in leaves((self.state,), first)]

    def worst(self, asked: Sequence[str]) -> int:
        """Return how many outcomes the worst answers to `asked` leave open."""
        return max(len(found) for found in self.outcomes(asked))

    def fewest(self, unknown: Sequence[str]) -> tuple[str, ...]:
        """Return the fewest attributes that settle the outcome, the first such choice in the order of the policy.

        Where every combination of values can occur, these are the attributes that the reduced decision diagram of the
        outcome names. Declared facts rule out combinations, so that fewer may do.
        """
        essential = Diagram(self).attributes()
        settled = tuple(name for name in unknown if name in essential)
        if not self.evaluator.index.contents.facts:
            return settled
        candidates = unknown if len(unknown) <= _MOST_TRIED else settled
        for size in range(1, len(settled) + 1):
            for asked in combinations(candidates, size):
                if self.worst(asked) == 1:
                    return asked
        return settled


def _outcomes(verdicts: frozenset[Verdict]) -> frozenset[str]:
    return frozenset(outcome for outcome, _ in verdicts)


@frozen
class Diagram:
    """The decision diagram of the outcome, reduced: a node whose branches all lead to the same is left out.

    Branches that cannot be are passed over. A node is an outcome, None (impossible) or the number of a branching node.
    """

    search: Search
    _branching: dict[tuple[str, tuple[object, ...]], int] = field(factory=dict, init=False)
    _nodes: dict[tuple[int, State], object] = field(factory=dict, init=False)

    def attributes(self) -> frozenset[str]:
        """Return the attributes that the diagram branches on."""
        root = self._node(0, self.search.state)
        by_number: Mapping[int, tuple[str, tuple[object, ...]]] = {n: key for key, n in self._branching.items()}
        found: set[str] = set()
        waiting = [root]
        seen: set[object] = set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, int) and node not in seen:
                seen.add(node)
                attribute, branches = by_number[node]
                found.add(attribute)
                waiting.extend(branches)
        return frozenset(found)

    def _node(self, position: int, state: State) -> object:
        key = (position, state)
        if key not in self._nodes:
            self._nodes[key] = self._make(position, state)
        return self._nodes[key]

    def _make(self, position: int, state: State) -> object:
        outlook = self.search.outlook
        possible = _outcomes(outlook.verdicts(state, position))
        if len(possible) <= 1:
            return next(iter(possible), None)
        step = outlook.steps[position]
        branches = tuple(self._node(position + 1, take(state, choice)) for choice in step.choices)
        distinct = {node for node in branches if node is not None}
        if len(distinct) == 1:
            return distinct.pop()
        return self._branching.setdefault((step.attribute, branches), len(self._branching))
