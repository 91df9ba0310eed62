"""The days of an `unconfirmed` statement are those on which the reference interpreter finds some case unconfirmed."""

from __future__ import annotations

from collections import defaultdict
from math import prod

from attrs import evolve
from hypothesis import assume, given, settings
from tests.property.strategies_policies import policies
from tests.property.test_check_equals_interpreter import MOST_POINTS, every_situation, place, readings_of

from rpol.model import plane
from rpol.model.judge import applying, broken_facts, is_unconfirmed, named_by
from rpol.model.plane import END, FIRST
from rpol.model.policy import Policy
from rpol.runtime.axes import DATE, KNOWN_ON, OrderedAxis
from rpolc.analysis.problems.days import days_text
from rpolc.analysis.study import Study
from rpolc.analysis.unconfirmed import unconfirmed
from rpolc.lower.lower import lower


@settings(max_examples=3 * settings.default.max_examples)
@given(policies().filter(lambda policy: any(one.doubts for one in policy.instruments.values())))
def test_days_and_clauses_that_rest_on_a_statement(policy: Policy) -> None:
    policy = evolve(policy, clauses=tuple(evolve(clause, place=place(clause.index)) for clause in policy.clauses))
    lowered = lower(policy)
    axes = lowered.contents.axes
    assume(prod(axis.size for axis in axes) <= MOST_POINTS)
    readings = readings_of(policy)
    notes = iter(unconfirmed(Study(policy, lowered)))
    dates, known = (next(axis for axis in axes if axis.attribute == name) for name in (DATE, KNOWN_ON))
    for instrument, doubt in ((one, doubt) for one in policy.instruments.values() for doubt in one.doubts):
        regions: dict[str, list[plane.Region]] = defaultdict(list)
        clauses: set[int] = set()
        for situation, scenario in every_situation(axes):
            reading = readings[scenario]
            if broken_facts(reading, situation) or not is_unconfirmed(reading, situation, instrument, doubt):
                continue
            regions[scenario].append(
                plane.intersection(
                    (
                        plane.on_days((span(dates, situation.date, END),)),
                        plane.between(*span(known, situation.known_on, None)),
                    )
                )
            )
            named = named_by(instrument)
            gone = applying(reading.supposing(evolve(reading.world, gone=named)), situation)
            untouched = applying(reading.supposing(evolve(reading.world, untouched=named)), situation)
            clauses |= gone ^ untouched
        note = next(notes)
        assert (note.name, note.severity, note.place) == ("unconfirmed-state", "note", doubt.place)
        labelled = [label.place.start for label in note.labels]
        assert labelled == sorted(clauses)[:3]
        if clauses:
            where = {name: plane.union(regions[name]) for name in readings}
            assert f", {days_text(where)}: {doubt.why}" in note.message
            assert len(clauses) <= 3 or f" {len(clauses)} clauses apply" in note.message
            assert note.witness is not None
        else:
            assert "no decision rests on" in note.message.lower()
    assert next(notes, None) is None


def span(axis: object, day: int, last: int | None) -> tuple[int, int]:
    """Return the days of the class that `day` is of: the first, and the first day out."""
    assert isinstance(axis, OrderedAxis)
    starts = [FIRST, *(int(cut) for cut, _ in axis.cuts)]
    number = axis.class_of(day)
    return starts[number], starts[number + 1] if number + 1 < len(starts) else last  # type: ignore[return-value]
