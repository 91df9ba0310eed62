"""Answer a request: outcome and deciding clauses at once, the rest of the decision when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from rpol.runtime.ask import Encoded, State, Step, encode, leaves, narrowed, start
from rpol.runtime.axes import BASE, DATE, NO_LIMIT, OrderedAxis
from rpol.runtime.decision import ClauseRef, Decision, Details, ScenarioView
from rpol.runtime.errors import ImpossibleCase
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.finding import Finding, describe, essence, possible, refer_all, share, sometimes
from rpol.runtime.ladder import strictest
from rpol.runtime.numerals import day_text
from rpol.runtime.questions import questions
from rpol.runtime.request import Request

_FIRST_DAY = 1


def answer(evaluator: Evaluator, request: Request, digest: str, strict: bool = False) -> Decision:
    """Return the decision for a request; `strict` takes the strictest possible outcome for an undetermined one.

    Raise ImpossibleCase if declared facts leave no completion, TooManyCompletions past the budget.
    """
    asked = Asked(evaluator, request, encode(evaluator.index, request), digest, strict)
    return Decision(asked.outcome, asked.because, asked.details)


@frozen(slots=False)
class Asked:
    """One request on its way to a decision; each part is worked out when it is needed, and once."""

    evaluator: Evaluator
    request: Request
    encoded: Encoded
    digest: str
    strict: bool
    _found: dict[State, Finding | None] = field(factory=dict, init=False)
    _by_start: dict[State, object] = field(factory=dict, init=False)

    @property
    def outcome(self) -> str:
        """The outcome, or `undetermined`."""
        found = share(self._brief).outcome
        return strictest(possible(self._brief)) if found == "undetermined" and self.strict else found

    @property
    def because(self) -> tuple[ClauseRef, ...]:
        """The clauses that set the outcome, in every completion."""
        return refer_all(self.evaluator.index.catalogue, share(self._brief).because)

    def details(self) -> Details:
        """Return all else that the decision holds."""
        catalogue = self.evaluator.index.catalogue
        states = leaves((start(self.evaluator.index, self.request),), (*self.encoded.given, *self.encoded.open))
        certain = [found for (state,) in states if (found := self.evaluator.find_all(state)) is not None]
        since, through = self._run_of_days()
        return evolve(
            describe(catalogue, share(certain)),
            since=since,
            through=through,
            scenarios=self._scenarios(),
            possible=possible(certain),
            ask=questions(self.evaluator, self._start(), self._open, self.encoded.unknown),
            sometimes=sometimes(catalogue, certain),
            facts=self.request.given,
            date=day_text(self.request.date),
            known_on=None if self.request.known_on == NO_LIMIT else day_text(self.request.known_on),
            scenario=self.request.scenario or None,
            assumed=self.request.assumed,
            digest=self.digest,
        )

    # ------------------------------------------------------------ what outcome and possibility turn on

    @cached_property
    def _given(self) -> tuple[Step, ...]:
        return narrowed(self.encoded.given, self.evaluator.index.verdict_boxes)

    @cached_property
    def _open(self) -> tuple[Step, ...]:
        return narrowed(self.encoded.open, self.evaluator.index.verdict_boxes)

    @cached_property
    def _brief(self) -> list[Finding]:
        """A brief finding for each completion that can be; at least one."""
        state = self._start()
        found = [one for one in (self._find(end) for (end,) in leaves((state,), self._open)) if one is not None]
        if not found:
            hits = next(iter(leaves((state,), self._open)[0][0]))[0]
            fact = self.evaluator.index.broken_fact(hits)
            raise ImpossibleCase(f"There is no such case: the policy declares the fact `{fact}`.")
        return found

    def _start(self, date: int | None = None, scenario: str | None = None) -> State:
        """Return the state once all that is given has been taken in."""
        index = self.evaluator.index
        ((mask, rows),) = start(index, self.request, date, scenario)
        ((state,),) = leaves((frozenset({(mask & index.verdict_boxes, rows)}),), self._given)
        return state

    def _find(self, state: State) -> Finding | None:
        if state not in self._found:
            self._found[state] = self.evaluator.find_all(state, brief=True)
        return self._found[state]

    # ------------------------------------------------------------ days

    def _run_of_days(self) -> tuple[str | None, str | None]:
        """Return the first and last day of the longest unbroken run of days with the same decision."""
        index = self.evaluator.index
        (number,) = index.axes_by_attribute[DATE]
        axis = index.axis(number)
        assert isinstance(axis, OrderedAxis)
        starts = [_FIRST_DAY, *(int(day) for day, _ in axis.cuts)]
        first = last = axis.class_of(self.request.date)
        wanted = self._decided(starts[first])
        while first > 0 and self._decided(starts[first - 1]) == wanted:
            first -= 1
        while last + 1 < len(starts) and self._decided(starts[last + 1]) == wanted:
            last += 1
        return (
            None if first == 0 else day_text(starts[first]),
            None if last + 1 == len(starts) else day_text(starts[last + 1] - 1),
        )

    def _decided(self, day: int) -> object:
        """Return what must stay the same through a run of days: the essence, or with unknown facts the outcome."""
        state = self._start(date=day)
        if state not in self._by_start:
            self._by_start[state] = self._compared(state)
        return self._by_start[state]

    def _compared(self, state: State) -> object:
        found = [one for one in (self._find(end) for (end,) in leaves((state,), self._open)) if one is not None]
        if not found:
            return None
        shared = share(found)
        return shared.outcome if self.encoded.unknown else essence(self.evaluator.index.catalogue, shared)

    # ------------------------------------------------------------ scenarios

    def _scenarios(self) -> dict[str, ScenarioView]:
        """Return what each scenario would say, for a request that chose none."""
        if self.request.scenario != BASE:
            return {}
        base = self._start()
        views: dict[str, ScenarioView] = {}
        for instrument in self.evaluator.index.contents.instruments:
            if instrument.scenario:
                pairs = leaves((base, self._start(scenario=instrument.name)), self._open)
                found = [one for one in (self._find(other) for _, other in pairs) if one is not None]
                if found:
                    shared = share(found)
                    views[instrument.name] = ScenarioView(shared.outcome, shared.mark, self._differ(pairs))
        return views

    def _differ(self, pairs: Sequence[tuple[State, ...]]) -> bool:
        """Tell whether a completion has another decision on one side than on the other."""
        catalogue = self.evaluator.index.catalogue

        def compared(state: State) -> object:
            found = self._find(state)
            return found and essence(catalogue, found)

        return any(compared(one) != compared(other) for one, other in pairs)
