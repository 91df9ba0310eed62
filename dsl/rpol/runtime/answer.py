"""Answer a request: outcome and deciding clauses at once, the rest of the decision when it is asked for."""

from __future__ import annotations

from functools import cached_property

from attrs import evolve, field, frozen

from rpol.runtime.ask import Encoded, State, Step, encode, leaves, narrowed, start
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO, OrderedAxis
from rpol.runtime.compare import differ
from rpol.runtime.decision import ClauseRef, Decision, Details, ScenarioView, Sometimes
from rpol.runtime.errors import ImpossibleCase
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.finding import Finding, describe, essence, refer_all
from rpol.runtime.ladder import OUTCOMES, strictest
from rpol.runtime.numerals import day_text
from rpol.runtime.outlook import Outlook, Verdict
from rpol.runtime.questions import questions
from rpol.runtime.request import Request
from rpol.runtime.shared import Sharing

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
    _by_start: dict[State, object] = field(factory=dict, init=False)

    @property
    def outcome(self) -> str:
        """The outcome, or `undetermined`."""
        possible = self._possible
        return possible[0] if len(possible) == 1 else strictest(possible) if self.strict else "undetermined"

    @property
    def because(self) -> tuple[ClauseRef, ...]:
        """The clauses that set the outcome, in every completion; of the strictest possible outcome, in some."""
        if self.strict and len(self._possible) > 1:
            because = self._sharing.setting(self.outcome)
        else:
            because = self._sharing.because if self.encoded.unknown else self._brief.because
        return refer_all(self.evaluator.index.catalogue, because)

    def details(self) -> Details:
        """Return all else that the decision holds."""
        catalogue = self.evaluator.index.catalogue
        if self.encoded.unknown:
            finding, some = self._sharing.finding(), self._sharing.sometimes()
        else:
            found = self.evaluator.find_all(self._full)
            assert found is not None
            finding, some = found, Sometimes()
        since, through = self._run_of_days()
        return evolve(
            describe(catalogue, finding),
            since=since,
            through=through,
            scenarios=self._scenarios(),
            possible=self._possible,
            ask=questions(self.evaluator, self._start(), self._open, self.encoded.unknown),
            sometimes=some,
            facts=self.request.given,
            date=day_text(self.request.date),
            known_on=None if self.request.known_on == NO_LIMIT else day_text(self.request.known_on),
            scenario=self.request.scenario or None,
            assumed=self.request.assumed,
            digest=self.digest,
        )

    # ------------------------------------------------------------ what is open, and what comes of it

    @cached_property
    def _outlook(self) -> Outlook:
        return Outlook(self.evaluator, self._open)

    @cached_property
    def _open(self) -> tuple[Step, ...]:
        return narrowed(self.encoded.open, self.evaluator.index.verdict_boxes)

    @cached_property
    def _verdicts(self) -> frozenset[Verdict]:
        """The verdicts of the completions that can be; at least one."""
        found = self._outlook.verdicts(self._start())
        if not found:
            raise ImpossibleCase(f"There is no such case: the policy declares the fact `{self._broken_fact()}`.")
        return found

    @property
    def _possible(self) -> tuple[str, ...]:
        found = {outcome for outcome, _ in self._verdicts}
        return tuple(outcome for outcome in OUTCOMES if outcome in found)

    def _broken_fact(self) -> str | None:
        state = self._start()
        for step in self._open:
            ((state,),) = leaves((state,), (Step(step.attribute, step.choices[:1]),))
        return self.evaluator.index.broken_fact(next(iter(state))[0])

    @cached_property
    def _sharing(self) -> Sharing:
        return Sharing(self.evaluator, self._full, self.encoded.open, self._verdicts)

    @cached_property
    def _brief(self) -> Finding:
        assert self._verdicts
        found = self.evaluator.find_all(self._start(), brief=True)
        assert found is not None
        return found

    @cached_property
    def _full(self) -> State:
        """The state once all that is given has been taken in, with all boxes and rows."""
        ((state,),) = leaves((start(self.evaluator.index, self.request),), self.encoded.given)
        return state

    @cached_property
    def _undated(self) -> State:
        """The state once all that is given has been taken in, on all days at once."""
        index = self.evaluator.index
        mask = index.holding(KNOWN_ON, self.request.known_on) & index.holding(SCENARIO, self.request.scenario)
        return frozenset((live & mask, rows) for live, rows in self._taken)

    def _start(self, date: int | None = None, scenario: str | None = None) -> State:
        """Return the state once all that is given has been taken in, with the boxes on which a verdict turns."""
        ((mask, _),) = start(self.evaluator.index, self.request, date, scenario)
        return frozenset((live & mask, rows) for live, rows in self._taken)

    @cached_property
    def _taken(self) -> State:
        """The state once all that is given has been taken in, on every day and in every scenario."""
        every: State = frozenset({(self.evaluator.index.verdict_boxes, frozenset())})
        ((state,),) = leaves((every,), self._given)
        return state

    @cached_property
    def _given(self) -> tuple[Step, ...]:
        return narrowed(self.encoded.given, self.evaluator.index.verdict_boxes)

    # ------------------------------------------------------------ days and scenarios

    def _run_of_days(self) -> tuple[str | None, str | None]:
        """Return the first and last day of the longest unbroken run of days with the same decision."""
        index = self.evaluator.index
        (number,) = index.axes_by_attribute[DATE]
        axis = index.axis(number)
        assert isinstance(axis, OrderedAxis)
        starts = [_FIRST_DAY, *(int(day) for day, _ in axis.cuts)]
        states = [frozenset((live & boxes, rows) for live, rows in self._undated) for boxes in index.bits[number]]
        first = last = axis.class_of(self.request.date)
        wanted = self._decided(states[first])
        while first > 0 and self._decided(states[first - 1]) == wanted:
            first -= 1
        while last + 1 < len(starts) and self._decided(states[last + 1]) == wanted:
            last += 1
        return (
            None if first == 0 else day_text(starts[first]),
            None if last + 1 == len(starts) else day_text(starts[last + 1] - 1),
        )

    def _decided(self, state: State) -> object:
        """Return what must stay the same through a run of days: the essence, or with unknown facts the outcome."""
        if state not in self._by_start:
            if self.encoded.unknown:
                outcomes = {outcome for outcome, _ in self._outlook.verdicts(state)}
                self._by_start[state] = "undetermined" if len(outcomes) > 1 else next(iter(outcomes), None)
            else:
                found = self.evaluator.find_all(state, brief=True)
                self._by_start[state] = None if found is None else essence(self.evaluator.index.catalogue, found)
        return self._by_start[state]

    def _scenarios(self) -> dict[str, ScenarioView]:
        """Return what each scenario would say, for a request that chose none."""
        if self.request.scenario != BASE:
            return {}
        base = self._start()
        views: dict[str, ScenarioView] = {}
        for instrument in self.evaluator.index.contents.instruments:
            if instrument.scenario:
                other = self._start(scenario=instrument.name)
                verdicts = self._outlook.verdicts(other)
                if verdicts:
                    sharing = Sharing(self.evaluator, other, self._open, verdicts)
                    differs = verdicts != self._verdicts or differ(self.evaluator, base, other, self._open)
                    views[instrument.name] = ScenarioView(sharing.outcome, sharing.mark, differs)
        return views
