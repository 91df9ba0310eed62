"""What all completions of a request share, worked out clause by clause.

Completions are many, but a clause turns on few of the unknown facts: on its own condition and those of the clauses that
lift it, that it rests on or is reached through. Each question is put to these alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from typing import Final

from attrs import field, frozen

from rpol.runtime.ask import Case, State, Step, leaves, narrowed
from rpol.runtime.contents import World
from rpol.runtime.decision import Sometimes
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.finding import Clauses, Finding, duties, refer_all
from rpol.runtime.index import View
from rpol.runtime.ladder import MARKS, RANK, strictest
from rpol.runtime.outlook import Verdict
from rpol.runtime.standing import applying

_ROUTES: Final = {"exempt": ("exempt",), "permitted": ("permit",)}


@frozen(slots=False)
class Sharing:
    """One request with unknown facts: its state once all that is given is taken in, and the steps left open.

    `verdicts` are those of the completions that can be; there is at least one.
    """

    evaluator: Evaluator
    state: State
    steps: tuple[Step, ...]
    verdicts: frozenset[Verdict]
    _ends: dict[tuple[int, tuple[tuple[str, str], ...]], tuple[State, ...]] = field(factory=dict, init=False)

    def finding(self) -> Finding:
        """Return what all completions share; an unconfirmed state counts where one of them rests on it."""
        clauses = self.evaluator.index.contents.clauses
        speaking = self.speaking[0]
        lifted = {number: by for number in self._live if (by := self._lifted(number)) is not None}
        suspended = {number: acts for number in self._missing if (acts := self._suspended(number)) is not None}
        return Finding(
            outcome=self.outcome,
            mark=self.mark,
            because=self.because,
            speaking=speaking,
            routes=frozenset(n for n in speaking if clauses[n].ref.effect in ("exempt", "permit")),
            lifted=lifted,
            suspended=suspended,
            rows={number: self._rows(number) for number in speaking},
            by_instrument=self._by_instrument(),
            unconfirmed=self._unconfirmed(),
        )

    @property
    def outcome(self) -> str:
        """The outcome of all completions, or `undetermined`."""
        outcomes = {outcome for outcome, _ in self.verdicts}
        return outcomes.pop() if len(outcomes) == 1 else "undetermined"

    @property
    def mark(self) -> str | None:
        """The mark of all completions, if they have one."""
        marks = {mark for _, mark in self.verdicts}
        return marks.pop() if len(marks) == 1 else None

    @property
    def because(self) -> Clauses:
        """The clauses that set the outcome in every completion."""
        if len(self.verdicts) != 1:
            return frozenset()
        ((outcome, mark),) = self.verdicts
        effects = (outcome,) if mark is None else _ROUTES.get(mark, ())
        numbers = [n for n in self._live if self.evaluator.rules.effects[n] in effects]
        return frozenset(number for number in numbers if all(self._speaks(number)))

    def setting(self, outcome: str) -> Clauses:
        """Return the clauses of an effect that stand in some completion."""
        effects = self.evaluator.rules.effects
        return frozenset(number for number in self._live if effects[number] == outcome and any(self._speaks(number)))

    def sometimes(self) -> Sometimes:
        """Return what some completions have and others do not."""
        catalogue = self.evaluator.index.catalogue
        everywhere, some = self.speaking
        marks = {mark for _, mark in self.verdicts}
        shared = duties(catalogue, everywhere)
        return Sometimes(
            clauses=refer_all(catalogue, some),
            duties=tuple(duty for duty in duties(catalogue, some) if duty not in shared),
            marks=tuple(mark for mark in MARKS if mark in marks) if len(marks) > 1 else (),
        )

    @cached_property
    def speaking(self) -> tuple[Clauses, Clauses]:
        """The clauses that stand or act in every completion, and those that do in some others."""
        everywhere: set[int] = set()
        some: set[int] = set()
        for number in self._live:
            speaks = set(self._speaks(number))
            if speaks == {True}:
                everywhere.add(number)
            elif True in speaks:
                some.add(number)
        return frozenset(everywhere), frozenset(some)

    # ------------------------------------------------------------ one question at a time

    def _speaks(self, number: int) -> list[bool]:
        concerned = self.evaluator.rules.concerned(number)
        return [any(number in one.speaking for one in found) for found in self._found(concerned)]

    def _lifted(self, number: int) -> Clauses | None:
        """Return the clauses that lift a clause in every completion; None where it is not lifted in all of them."""
        lifters = []
        for found in self._found(self.evaluator.rules.concerned(number)):
            by = [one.lifted[number] for one in found if number in one.lifted]
            if not by:
                return None
            lifters.append(frozenset().union(*by))
        return reduce(frozenset.intersection, lifters)

    def _suspended(self, number: int) -> frozenset[int] | None:
        """Return the acts at work against a clause that is missing in every completion; None where it is not."""
        index, rules = self.evaluator.index, self.evaluator.rules
        worlds = (index.contents.real, index.contents.bare)
        acts = []
        for cases in self._cases(rules.needed(number), worlds, index.contents.clauses[number].lists):
            missing = [
                self.evaluator.acts_against(number, self._where, rows)
                for hits, rows in cases
                if self._applies(index.bare, number, hits) and not self._applies(index.real, number, hits)
            ]
            if not missing:
                return None
            acts.append(frozenset().union(*missing))
        return reduce(frozenset.intersection, acts)

    def _rows(self, number: int) -> frozenset[int]:
        lists = self.evaluator.index.contents.clauses[number].lists
        if not lists:
            return frozenset()
        concerned = self.evaluator.rules.concerned(number)
        rows = [
            frozenset().union(
                *(
                    self.evaluator.rows(number, self._where, matches)
                    for hits, matches in cases
                    if (found := self.evaluator.find((hits, matches), brief=True)) and number in found.speaking
                )
            )
            for cases in self._cases(concerned, (self.evaluator.index.contents.real,), lists)
        ]
        return reduce(frozenset.intersection, rows)

    def _by_instrument(self) -> dict[str, str]:
        groups: dict[str, list[int]] = {}
        for number in self._live:
            ref = self.evaluator.index.contents.clauses[number].ref
            if ref.effect in RANK:
                groups.setdefault(ref.instrument or "none", []).append(number)
        shared: dict[str, str] = {}
        for instrument, numbers in groups.items():
            effects = {self.under(instrument, found) for found in self._found(self.concerned(numbers))}
            if len(effects) == 1 and None not in effects:
                shared[instrument] = str(effects.pop())
        return shared

    @staticmethod
    def under(instrument: str, found: Iterable[Finding]) -> str | None:
        """Return the strictest effect under an instrument among findings for several values asked."""
        effects = [one.by_instrument[instrument] for one in found if instrument in one.by_instrument]
        return strictest(effects) if effects else None

    def _unconfirmed(self) -> frozenset[int]:
        contents = self.evaluator.index.contents
        return frozenset(
            number
            for number, doubt in enumerate(contents.doubts)
            if self.evaluator.index.holds(doubt.region, self._where)
            and any(self._doubtful(number, clause) for clause in range(len(contents.clauses)))
        )

    def _doubtful(self, number: int, clause: int) -> bool:
        """Tell whether in some completion a clause applies if what is doubtful is gone and not if it is untouched."""
        index = self.evaluator.index
        doubt = index.contents.doubts[number]
        needed = self.evaluator.rules.needed(clause)
        if all(doubt.gone[one] == doubt.untouched[one] for one in needed):
            return False
        gone, untouched = index.doubts[number]
        return any(
            index.holds(doubt.region, hits)
            and self._applies(gone, clause, hits) != self._applies(untouched, clause, hits)
            for cases in self._cases(needed, (doubt.gone, doubt.untouched), besides=index.region_masks[doubt.region])
            for hits, _ in cases
        )

    # ------------------------------------------------------------ the completions that a question tells apart

    def _found(self, clauses: Collection[int]) -> Iterator[list[Finding]]:
        """Yield the findings for the values asked, in each completion that `clauses` tell apart."""
        for cases in self._cases(clauses, (self.evaluator.index.contents.real,)):
            found = (self.evaluator.find(case, brief=True) for case in cases)
            yield [one for one in found if one is not None]

    def _cases(
        self,
        clauses: Collection[int],
        worlds: Sequence[World],
        lists: tuple[tuple[str, str], ...] = (),
        besides: int = 0,
    ) -> Iterator[list[Case]]:
        """Yield the cases that can be, in each completion that clauses in worlds, and rows of `lists`, tell apart."""
        mask = self.boxes(clauses, worlds) | besides
        key = (mask, lists)
        if key not in self._ends:
            start = frozenset((live & mask, frozenset(r for r in rows if r[:2] in lists)) for live, rows in self.state)
            self._ends[key] = tuple(state for (state,) in leaves((start,), narrowed(self.steps, mask, lists)))
        for state in self._ends[key]:
            cases = [case for case in sorted(state, key=_first) if self.evaluator.index.broken_fact(case[0]) is None]
            if cases:
                yield cases

    def boxes(self, clauses: Iterable[int], worlds: Iterable[World]) -> int:
        """Return the boxes of clauses in some worlds, and of broken facts."""
        index = self.evaluator.index
        mask = index.fact_boxes
        for world in worlds:
            for number in clauses:
                mask |= index.region_masks[world[number]]
        return mask

    def concerned(self, numbers: Iterable[int]) -> Clauses:
        """Return all clauses on which it turns whether these stand or act."""
        return frozenset().union(*(self.evaluator.rules.concerned(number) for number in numbers))

    def _applies(self, view: View, number: int, hits: int) -> bool:
        return number in applying(self.evaluator.rules, self.evaluator.index.clauses(view, hits))

    @cached_property
    def _live(self) -> tuple[int, ...]:
        """The clauses that may hold."""
        index = self.evaluator.index
        return tuple(sorted(index.clauses(index.real, self._where)))

    @cached_property
    def _missing(self) -> tuple[int, ...]:
        """The clauses that may apply if nothing were suspended, and about which an act makes a difference."""
        index, rules = self.evaluator.index, self.evaluator.rules
        real, bare = index.contents.real, index.contents.bare
        return tuple(
            number
            for number in sorted(index.clauses(index.bare, self._where))
            if any(real[one] != bare[one] for one in rules.needed(number))
        )

    @cached_property
    def _where(self) -> int:
        """The boxes that some case of some completion may hit."""
        live = 0
        for boxes, _ in self.state:
            live |= boxes
        return live


def _first(case: Case) -> int:
    return case[0]
