"""The days on which decisions rest on what an `unconfirmed` statement says (language.md, section 3, Scenarios).

They rest on it where the statement is at work and other clauses apply if its instrument and all that its acts name are
gone than if nothing touches them. Each clause is looked at by itself, with the licences on which it turns whether it
applies; nothing else matters to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property, reduce
from operator import or_

from attrs import frozen

from rpol.model import plane
from rpol.model.judge import Situation, broken_facts, is_unconfirmed
from rpol.model.plane import END, FIRST
from rpol.model.policy import Doubt, Instrument
from rpol.runtime import contents
from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO, OrderedAxis
from rpol.runtime.bits import edges, members
from rpol.runtime.bounds import bound, open_applying
from rpol.runtime.contents import Box, Region
from rpol.runtime.standing import Rules
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.ground import search
from rpolc.analysis.pick import pick
from rpolc.analysis.problems import time as problems
from rpolc.analysis.questions import NO, YES, Answer, Question
from rpolc.analysis.study import Study
from rpolc.analysis.witness import ReplayError, in_request_form, narrowed_names
from rpolc.space import box as boxes
from rpolc.space import region as regions
from rpolc.space.explore import Budget, GaveUpError


def unconfirmed(study: Study) -> tuple[Diagnostic, ...]:
    """Return a note for each `unconfirmed` statement: on which days decisions rest on it, and on which clauses.

    The days are exact. The witness is a case that the reference interpreter finds unconfirmed too.
    """
    statements = [(one, doubt) for one in study.policy.instruments.values() for doubt in one.doubts]
    return tuple(
        _note(study, instrument, doubt, lowered)
        for (instrument, doubt), lowered in zip(statements, study.contents.doubts, strict=True)
    )


def _note(study: Study, instrument: Instrument, doubt: Doubt, lowered: contents.Doubt) -> Diagnostic:
    try:
        found = _look_for(study, lowered)
    except GaveUpError:
        return problems.undecided_state(doubt, study.steps)
    at_work = {name: reading.calendar.at_work(instrument, doubt.window) for name, reading in study.readings.items()}
    days = _on_the_plane(study, found.parts)
    clauses = [study.policy.clauses[number] for number in found.clauses]
    witness = _witness(study, found.parts, instrument, doubt) if found.parts else None
    return problems.unconfirmed_state(doubt, at_work, days, clauses, witness)


# ---------------------------------------------------------------- where it matters


@frozen
class _Found:
    """The clauses whose application rests on a statement, and cases that show it: one part at least for each day."""

    clauses: tuple[int, ...]
    parts: Region


def _look_for(study: Study, doubt: contents.Doubt) -> _Found:
    """Return what rests on a statement. Raise GaveUpError when the budget of one check is spent."""
    budget = study.budget()
    at_work = study.contents.regions[doubt.region]
    clauses: list[int] = []
    parts: list[Box] = []
    # Days on which nothing is found yet.
    left = at_work
    for clause in _leaning_on(study.rules, _differing(doubt)):
        question = _Apart(study, doubt, clause)
        fresh, left = _search_days(study, question, left, budget)
        if fresh or any(question.first(box, budget) is not None for box in at_work):
            clauses.append(clause)
            parts += fresh
    return _Found(tuple(clauses), tuple(parts))


def _search_days(study: Study, question: _Apart, days: Region, budget: Budget) -> tuple[list[Box], Region]:
    """Return parts in which a clause goes apart, at least one for each of these days on which it does; other days."""
    found: list[Box] = []
    without: list[Box] = []
    waiting = list(days)
    while waiting:
        part = question.first(waiting[-1], budget)
        if part is None:
            without.append(waiting.pop())
        else:
            found.append(part)
            seen = _days_of(study, part)
            waiting = [rest for box in waiting for rest in boxes.subtract(study.space, box, seen)]
    return found, regions.merge(study.space, tuple(without))


def _differing(doubt: contents.Doubt) -> set[int]:
    """Return the clauses that hold elsewhere in the one world than in the other."""
    worlds = zip(doubt.gone, doubt.untouched, strict=True)
    return {number for number, (gone, untouched) in enumerate(worlds) if gone != untouched}


def _leaning_on(rules: Rules, clauses: Set[int]) -> list[int]:
    """Return `clauses` and those on whose way they lie: what rests on them or is reached through them."""
    found = set(clauses)
    waiting = list(clauses)
    while waiting:
        more = rules.leaning.get(waiting.pop(), frozenset()) - found
        found |= more
        waiting += more
    return sorted(found)


@frozen(slots=False)
class _Apart:
    """The search for cases in which a clause applies in one of the two worlds of a statement and not in the other."""

    study: Study
    doubt: contents.Doubt
    clause: int

    def first(self, days: Box, budget: Budget) -> Box | None:
        """Return a part of some such cases on these days; None if there are none."""
        start = boxes.meet(days, self._hull)
        if start is None:
            return None
        found = search(self.study.ground, (start,), self._question, budget, among=self._among, besides=self._besides)
        return next(found, None)

    @cached_property
    def _question(self) -> Question:
        return _applies_in_one(self.study.rules, self.clause, self._elsewhere)

    @cached_property
    def _elsewhere(self) -> frozenset[int]:
        """The clauses on which it turns whether this one applies, that hold elsewhere in one of the two worlds."""
        real, gone, untouched = self.study.contents.real, self.doubt.gone, self.doubt.untouched
        needed = self.study.rules.needed(self.clause)
        return frozenset(number for number in needed if not real[number] == gone[number] == untouched[number])

    @cached_property
    def _among(self) -> int:
        """The boxes, as bits, of those that hold alike."""
        alike = self.study.rules.needed(self.clause) - self._elsewhere
        return reduce(or_, (self.study.ground.boxes_by_clause[number] for number in alike), 0)

    @cached_property
    def _besides(self) -> list[tuple[int, Box]]:
        total = len(self.study.contents.real)
        return [
            (number + offset * total, box)
            for number in self._elsewhere
            for offset, world in ((1, self.doubt.gone), (2, self.doubt.untouched))
            for box in self.study.contents.regions[world[number]]
        ]

    @cached_property
    def _hull(self) -> Box:
        """The smallest box around all that is of interest: there one of the clauses holds in one world only."""
        contents_of = self.study.contents.regions
        worlds = ((contents_of[self.doubt.gone[n]], contents_of[self.doubt.untouched[n]]) for n in self._elsewhere)
        apart = {box for gone, untouched in worlds for box in {*gone} ^ {*untouched}}
        axes = set.intersection(*({axis for axis, _ in box} for box in apart))
        masks = ((axis, reduce(or_, (dict(box)[axis] for box in apart))) for axis in sorted(axes))
        return tuple((axis, mask) for axis, mask in masks if mask != self.study.space.whole[axis])


def _applies_in_one(rules: Rules, clause: int, elsewhere: Set[int]) -> Question:
    """Return the question whether a clause applies in one of two worlds only.

    The clauses in `elsewhere` have regions of their own in the two worlds; where these hold is told under their number
    plus once, or twice, that of all clauses. All others hold in both worlds alike.
    """
    total = len(rules.contents.clauses)

    def in_world(offset: int, holding: Set[int]) -> set[int]:
        here = {number for number in holding if number < total and number not in elsewhere}
        return here | {number - offset * total for number in holding if number // total == offset}

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        worlds = {offset: bound(rules, in_world(offset, may_hold), in_world(offset, must_hold)) for offset in (1, 2)}
        may = {clause in bounds.may_apply for bounds in worlds.values()}
        must = {clause in bounds.must_apply for bounds in worlds.values()}
        turning = {
            number + offset * total if number in elsewhere else number
            for offset, bounds in worlds.items()
            for number in open_applying(rules, bounds, (clause,))
        }
        if turning and not (True in must and False in may):
            return False, turning
        return YES if True in must and False in may else NO

    return question


# ---------------------------------------------------------------- days


def _days_of(study: Study, part: Box) -> Box:
    return tuple(cell for cell in part if study.contents.axes[cell[0]].attribute in (DATE, KNOWN_ON, SCENARIO))


def _on_the_plane(study: Study, parts: Region) -> dict[str, plane.Region]:
    """Return the days of some parts, for the base and each scenario."""
    found: dict[str, list[plane.Region]] = {name: [] for name in study.readings}
    scenarios = study.contents.axes[study.axis(SCENARIO)]
    for part in parts:
        cells = boxes.to_cells(study.space, part)
        days = plane.on_days(tuple((start, out or END) for start, out in _spans(study, DATE, cells)))
        known = plane.union(plane.between(*span) for span in _spans(study, KNOWN_ON, cells))
        for number in members(cells[study.axis(SCENARIO)]):
            found[str(scenarios.representative(number))].append(plane.intersection((days, known)))
    return {name: plane.union(regions) for name, regions in found.items()}


def _spans(study: Study, name: str, cells: list[int]) -> Iterator[tuple[int, int | None]]:
    """Yield the spans of days of a part on one of the two axes of days: first day in, first day out if there is one."""
    number = study.axis(name)
    axis = study.contents.axes[number]
    assert isinstance(axis, OrderedAxis)
    starts = (FIRST, *(int(day) for day, _ in axis.cuts), None)
    ends = iter(edges(cells[number]))
    yield from ((starts[first] or FIRST, starts[out]) for first, out in zip(ends, ends, strict=True))


def _witness(study: Study, parts: Region, instrument: Instrument, doubt: Doubt) -> Mapping[str, object]:
    """Return a case of the parts, in the base and with no limit on `known_on` if there is one.

    Raise ReplayError if the reference interpreter does not find it unconfirmed.
    """
    known_on, scenario = study.axis(KNOWN_ON), study.axis(SCENARIO)

    def plainness(part: Box) -> tuple[int, int]:
        cells = boxes.to_cells(study.space, part)
        return cells[scenario] & 1, cells[known_on] >> study.space.sizes[known_on] - 1 & 1

    part = max(parts, key=plainness)
    case = pick(study.vocabulary, study.space, part)
    if study.replays.steps > 0:
        study.replays.spend()
        reading, situation = study.readings[case.scenario], Situation(case.values, case.date, case.known_on)
        if broken_facts(reading, situation) or not is_unconfirmed(reading, situation, instrument, doubt):
            raise ReplayError(f"In {case} the interpreter finds nothing unconfirmed by {doubt.why!r}.")
    return in_request_form(study.vocabulary, case, narrowed_names(study.vocabulary, part))
