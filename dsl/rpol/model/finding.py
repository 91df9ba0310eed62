"""From the judgement of one case to a finding, and what the numbers in findings of a policy stand for."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from rpol.model.force import acts_on
from rpol.model.judge import (
    Reading,
    Situation,
    by_instrument,
    is_unconfirmed,
    judge,
    lifters,
    matching_rows,
    suspended,
)
from rpol.model.policy import Clause, Doubt, Instrument, PlainList, Policy, Row
from rpol.runtime.decision import ClauseRef, RowRef, SuspensionRef, Unconfirmed
from rpol.runtime.finding import Catalogue, Finding


@frozen
class _SpokenClause:
    """A clause as far as a decision speaks of it."""

    ref: ClauseRef
    duties: tuple[str, ...]
    notes: tuple[str, ...]


def catalogue(policy: Policy) -> Catalogue:
    """Return what the numbers in findings of `policy` stand for, all counted in the order of the policy."""
    return Catalogue(
        clauses=[_SpokenClause(refer(policy, clause), clause.duties, clause.notes) for clause in policy.clauses],
        acts=[
            SuspensionRef(on.instrument.name, on.act.word, on.target.instrument, on.target.paragraph)
            for on in acts_on(policy)
        ],
        rows=[RowRef(name, row.name, row.instrument) for name, row in _all_rows(policy)],
        doubts=[Unconfirmed(instrument.name, doubt.why) for instrument, doubt in _all_doubts(policy)],
        cites={instrument.name: instrument.cite for instrument in policy.instruments.values()},
    )


def refer(policy: Policy, clause: Clause) -> ClauseRef:
    cite = policy.instruments[clause.instrument].cite if clause.instrument is not None else None
    return ClauseRef(
        clause.index, clause.control, clause.label, clause.effect, clause.instrument, clause.paragraph, cite
    )


def _all_rows(policy: Policy) -> Iterator[tuple[str, Row]]:
    for name, listing in policy.lists.items():
        if isinstance(listing, PlainList):
            yield from ((name, row) for row in listing.rows)


def _all_doubts(policy: Policy) -> Iterator[tuple[Instrument, Doubt]]:
    for instrument in policy.instruments.values():
        yield from ((instrument, doubt) for doubt in instrument.doubts)


def find(reading: Reading, situation: Situation) -> Finding:
    """Return what holds in one fully known case."""
    policy = reading.policy
    verdict = judge(reading, situation)
    idle_exempts = {index for index in verdict.standing - verdict.acting if policy.clauses[index].effect == "exempt"}
    speaking = verdict.standing - idle_exempts
    permits = {index for index in verdict.standing if policy.clauses[index].effect == "permit"}
    return Finding(
        outcome=verdict.outcome,
        mark=verdict.mark,
        because=verdict.because,
        speaking=speaking,
        routes=verdict.acting | permits,
        lifted={
            index: lifters(policy, verdict.applying, verdict.standing, index)
            for index in verdict.applying - verdict.standing
        },
        suspended={index: frozenset(acts) for index, acts in suspended(reading, situation, verdict).items()},
        rows={index: _rows(reading, situation, policy.clauses[index]) for index in speaking},
        by_instrument=by_instrument(policy, verdict),
        unconfirmed=frozenset(
            number
            for number, (instrument, doubt) in enumerate(_all_doubts(policy))
            if is_unconfirmed(reading, situation, instrument, doubt)
        ),
    )


def _rows(reading: Reading, situation: Situation, clause: Clause) -> frozenset[int]:
    """Return the rows that make the case match the lists of a clause, on this day."""
    point = (situation.date, situation.known_on)
    matching = set(matching_rows(reading.policy, situation, clause))
    return frozenset(
        number
        for number, (name, row) in enumerate(_all_rows(reading.policy))
        if (name, row) in matching and point in reading.calendar.row(row)
    )
