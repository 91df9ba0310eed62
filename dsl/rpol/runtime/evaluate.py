"""Find what holds in one case, from the boxes that it hits."""

from __future__ import annotations

from attrs import frozen

from rpol.runtime.ask import Case, State
from rpol.runtime.finding import Finding, join
from rpol.runtime.index import Index, Match, View
from rpol.runtime.standing import (
    Rules,
    acting,
    applying,
    by_instrument,
    lifters,
    outcome,
    permits,
    speaking,
    standing,
)


@frozen
class Evaluator:
    """A table at work: an index, and what clauses do to one another."""

    index: Index
    rules: Rules

    def find_all(self, state: State, brief: bool = False) -> Finding | None:
        """Return what the cases of a state come to together; None if declared facts leave none of them."""
        found = [finding for finding in (self.find(case, brief) for case in sorted(state, key=_first)) if finding]
        return join(found) if len(found) > 1 else found[0] if found else None

    def find(self, case: Case, brief: bool = False) -> Finding | None:
        """Return what holds in a case; None if a declared fact is broken in it.

        A `brief` finding turns on the clauses as they hold alone: it leaves out suspensions, rows and doubts.
        """
        hits, matches = case
        if self.index.broken_fact(hits) is not None:
            return None
        rules, index = self.rules, self.index
        apply = applying(rules, index.clauses(index.real, hits))
        stand = standing(rules, apply)
        act = acting(rules, apply, stand)
        decided, mark, because = outcome(rules, stand, act)
        speak = speaking(rules, stand, act)
        bare = set() if brief else applying(rules, index.clauses(index.bare, hits))
        return Finding(
            outcome=decided,
            mark=mark,
            because=because,
            speaking=speak,
            routes=act | permits(rules, stand),
            lifted={number: lifters(rules, apply, stand, number) for number in apply - stand},
            suspended={number: self.acts_against(number, hits, matches) for number in bare - apply},
            rows={} if brief else {number: self.rows(number, hits, matches) for number in speak},
            by_instrument=by_instrument(rules, stand),
            unconfirmed=frozenset() if brief else self._unconfirmed(hits),
        )

    def _unconfirmed(self, hits: int) -> frozenset[int]:
        """Return the doubts on which the case rests: other clauses apply if what they concern is gone or untouched."""
        return frozenset(
            number
            for number, doubt in enumerate(self.index.contents.doubts)
            if self.index.holds(doubt.region, hits) and self._differ(*self.index.doubts[number], hits)
        )

    def _differ(self, one: View, other: View, hits: int) -> bool:
        return applying(self.rules, self.index.clauses(one, hits)) != applying(
            self.rules, self.index.clauses(other, hits)
        )

    def rows(self, number: int, hits: int, matches: frozenset[Match]) -> frozenset[int]:
        """Return the rows of the lists that a clause names that make a case match, on this day."""
        rows = self.index.contents.rows
        return frozenset(
            row
            for _, _, row, itself in self._matching(number, matches)
            if itself and self.index.holds(rows[row].region, hits)
        )

    def _matching(self, number: int, matches: frozenset[Match]) -> list[Match]:
        lists = self.index.contents.clauses[number].lists
        return [match for match in matches if match[:2] in lists] if lists else []

    def acts_against(self, number: int, hits: int, matches: frozenset[Match]) -> frozenset[int]:
        """Return the acts at work that matter to a clause, by themselves or through rows that speak of a case."""
        contents = self.index.contents
        acts = set(contents.clauses[number].reached_by)
        for _, _, row, _ in self._matching(number, matches):
            acts.update(contents.rows[row].reached_by)
        return frozenset(act for act in acts if self.index.holds(contents.acts[act].region, hits))


def _first(case: Case) -> int:
    """Order the cases of a state: any order will do, if it is always the same."""
    return case[0]
