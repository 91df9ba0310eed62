"""What is found in one moment, for one case or many: the reasons of a decision before they are put into words.

Several values asked for one attribute join by the strictest (language.md, section 3, "A decision"); completions of
unknown facts share what they have in common (section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import TypeVar

from attrs import frozen

from rpol.model.force import acts_on
from rpol.model.judge import (
    Clauses,
    Reading,
    Situation,
    by_instrument,
    is_unconfirmed,
    judge,
    lifters,
    matching_rows,
    suspended,
)
from rpol.model.policy import Clause, Policy
from rpol.runtime.decision import (
    Citation,
    ClauseRef,
    Details,
    DutyRef,
    Essence,
    Lifted,
    NoteRef,
    Route,
    RowRef,
    Sometimes,
    Suspended,
    SuspensionRef,
    Unconfirmed,
)
from rpol.runtime.ladder import MARKS, OUTCOMES, strictest

Key = TypeVar("Key")
# A list row by its place: which list of the policy, which row of the list.
RowNumber = tuple[int, int]
# The numbers of an instrument's `unconfirmed` statement: which instrument, which statement.
DoubtNumber = tuple[int, int]


@frozen
class Finding:
    """What holds in one moment; clauses are named by their index, acts as `force.acts_on` yields them.

    `speaking` are the clauses that stand or act, so that their duties, notes and citations count.
    """

    outcome: str
    mark: str | None
    because: Clauses
    speaking: Clauses
    routes: Clauses
    lifted: Mapping[int, Clauses]
    suspended: Mapping[int, frozenset[int]]
    rows: Mapping[int, frozenset[RowNumber]]
    by_instrument: Mapping[str, str]
    unconfirmed: frozenset[DoubtNumber]


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
            (i, j)
            for i, instrument in enumerate(policy.instruments.values())
            for j, doubt in enumerate(instrument.doubts)
            if is_unconfirmed(reading, situation, instrument, doubt)
        ),
    )


def _rows(reading: Reading, situation: Situation, clause: Clause) -> frozenset[RowNumber]:
    """Return the rows that make the case match the lists of a clause, on this day."""
    point = (situation.date, situation.known_on)
    lists = list(reading.policy.lists)
    return frozenset(
        (lists.index(name), reading.policy.lists[name].rows.index(row))  # type: ignore[union-attr]
        for name, row in matching_rows(reading.policy, situation, clause)
        if point in reading.calendar.row(row)
    )


# ---------------------------------------------------------------- several cases


def join(findings: Sequence[Finding]) -> Finding:
    """Return the finding for several values asked: the strictest outcome holds, and all reasons are kept."""
    outcome = strictest([one.outcome for one in findings])
    marks = {one.mark for one in findings if one.outcome == outcome}
    mark = None if None in marks else next(mark for mark in MARKS if mark in marks)
    instruments = sorted({instrument for one in findings for instrument in one.by_instrument})
    return Finding(
        outcome=outcome,
        mark=mark,
        because=_union(one.because for one in findings if (one.outcome, one.mark) == (outcome, mark)),
        speaking=_union(one.speaking for one in findings),
        routes=_union(one.routes for one in findings),
        lifted=_join_maps([one.lifted for one in findings]),
        suspended=_join_maps([one.suspended for one in findings]),
        rows=_join_maps([one.rows for one in findings]),
        by_instrument={
            instrument: strictest(
                [one.by_instrument[instrument] for one in findings if instrument in one.by_instrument]
            )
            for instrument in instruments
        },
        unconfirmed=_union(one.unconfirmed for one in findings),
    )


def share(findings: Sequence[Finding]) -> Finding:
    """Return what all completions share; an unconfirmed state counts where one of them rests on it."""
    outcomes = {one.outcome for one in findings}
    marks = {one.mark for one in findings}
    determined = len(outcomes) == 1
    return Finding(
        outcome=outcomes.pop() if determined else "undetermined",
        mark=marks.pop() if len(marks) == 1 else None,
        because=_intersection(one.because for one in findings) if determined else frozenset(),
        speaking=_intersection(one.speaking for one in findings),
        routes=_intersection(one.routes for one in findings),
        lifted=_share_maps([one.lifted for one in findings]),
        suspended=_share_maps([one.suspended for one in findings]),
        rows=_share_maps([one.rows for one in findings]),
        by_instrument=dict(set.intersection(*(set(one.by_instrument.items()) for one in findings))),
        unconfirmed=_union(one.unconfirmed for one in findings),
    )


def sometimes(policy: Policy, findings: Sequence[Finding]) -> Sometimes:
    """Return what some completions have and others do not."""
    shared = share(findings)
    some = _union(one.speaking for one in findings) - shared.speaking
    marks = {one.mark for one in findings}
    return Sometimes(
        clauses=refer_all(policy, some),
        duties=tuple(duty for duty in duties(policy, some) if duty not in duties(policy, shared.speaking)),
        marks=tuple(mark for mark in MARKS if mark in marks) if len(marks) > 1 else (),
    )


def possible(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the outcomes of the findings, in the order of the ladder."""
    found = {one.outcome for one in findings}
    return tuple(outcome for outcome in OUTCOMES if outcome in found)


def essence(policy: Policy, finding: Finding) -> Essence:
    """Return what makes decisions the same (language.md, section 3): reasons do not count."""
    return (
        finding.outcome,
        finding.mark,
        frozenset(finding.by_instrument.items()),
        frozenset((duty.text, duty.instrument, duty.route) for duty in duties(policy, finding.speaking)),
    )


def _union(parts: Iterable[frozenset[Key]]) -> frozenset[Key]:
    return reduce(frozenset.union, parts, frozenset())


def _intersection(parts: Iterable[frozenset[Key]]) -> frozenset[Key]:
    return reduce(frozenset.intersection, parts)


def _join_maps(maps: Sequence[Mapping[int, frozenset[Key]]]) -> dict[int, frozenset[Key]]:
    keys = {key for one in maps for key in one}
    return {key: _union(one[key] for one in maps if key in one) for key in sorted(keys)}


def _share_maps(maps: Sequence[Mapping[int, frozenset[Key]]]) -> dict[int, frozenset[Key]]:
    keys = [key for key in maps[0] if all(key in one for one in maps)]
    return {key: _intersection(one[key] for one in maps) for key in sorted(keys)}


# ---------------------------------------------------------------- into words


def describe(policy: Policy, finding: Finding) -> Details:
    """Return the reasons of a finding as a decision shows them, in the order of the policy."""
    carve_outs = finding.routes
    return Details(
        mark=finding.mark,
        standing=refer_all(policy, finding.speaking),
        lifted=tuple(
            Lifted(refer(policy, index), refer_all(policy, by)) for index, by in sorted(finding.lifted.items())
        ),
        suspended=_suspensions(policy, finding),
        routes=tuple(Route(refer(policy, i), policy.clauses[i].duties) for i in sorted(carve_outs)),
        duties=duties(policy, finding.speaking),
        notes=_notes(policy, finding.speaking),
        citations=_citations(policy, finding),
        by_instrument={name: finding.by_instrument[name] for name in sorted(finding.by_instrument)},
        unconfirmed=_doubts(policy, finding),
    )


def refer(policy: Policy, index: int) -> ClauseRef:
    """Return a clause as a decision names it."""
    clause = policy.clauses[index]
    cite = policy.instruments[clause.instrument].cite if clause.instrument is not None else None
    return ClauseRef(index, clause.control, clause.label, clause.effect, clause.instrument, clause.paragraph, cite)


def refer_all(policy: Policy, clauses: Iterable[int]) -> tuple[ClauseRef, ...]:
    """Return clauses as a decision names them, in the order of the policy."""
    return tuple(refer(policy, index) for index in sorted(clauses))


def duties(policy: Policy, clauses: Iterable[int]) -> tuple[DutyRef, ...]:
    """Return the duties of clauses, in order, each once; those of an exempt or permit name it as their route."""
    found: dict[DutyRef, None] = {}
    for index in sorted(clauses):
        clause = policy.clauses[index]
        route = (clause.label or clause.control) if clause.effect in ("exempt", "permit") else None
        found |= dict.fromkeys(DutyRef(text, clause.instrument, clause.control, route) for text in clause.duties)
    return tuple(found)


def _notes(policy: Policy, clauses: Iterable[int]) -> tuple[NoteRef, ...]:
    found: dict[NoteRef, None] = {}
    for index in sorted(clauses):
        clause = policy.clauses[index]
        found |= dict.fromkeys(NoteRef(text, clause.instrument, clause.control) for text in clause.notes)
    return tuple(found)


def _suspensions(policy: Policy, finding: Finding) -> tuple[Suspended, ...]:
    acts = [
        SuspensionRef(on.instrument.name, on.act.word, on.target.instrument, on.target.paragraph)
        for on in acts_on(policy)
    ]
    return tuple(
        Suspended(refer(policy, index), tuple(acts[number] for number in sorted(by)))
        for index, by in sorted(finding.suspended.items())
    )


def _citations(policy: Policy, finding: Finding) -> tuple[Citation, ...]:
    """Return each instrument and paragraph cited, with the rows that matched; then the notices of those rows."""
    lists = list(policy.lists.items())
    rows_by_source: dict[tuple[str, str | None], set[RowNumber]] = {}
    for index in sorted(finding.speaking):
        clause = policy.clauses[index]
        if clause.instrument is not None:
            cited = rows_by_source.setdefault((clause.instrument, clause.paragraph), set())
            cited |= finding.rows.get(index, frozenset())
    for number in sorted(_union(finding.rows.values())):
        notice = lists[number[0]][1].rows[number[1]].instrument  # type: ignore[union-attr]
        if notice is not None:
            rows_by_source.setdefault((notice, None), set()).add(number)

    def row(number: RowNumber) -> RowRef:
        name, listing = lists[number[0]]
        found = listing.rows[number[1]]  # type: ignore[union-attr]
        return RowRef(name, found.name, found.instrument)

    return tuple(
        Citation(instrument, paragraph, policy.instruments[instrument].cite, tuple(map(row, sorted(numbers))))
        for (instrument, paragraph), numbers in rows_by_source.items()
    )


def _doubts(policy: Policy, finding: Finding) -> tuple[Unconfirmed, ...]:
    instruments = list(policy.instruments.values())
    return tuple(Unconfirmed(instruments[i].name, instruments[i].doubts[j].why) for i, j in sorted(finding.unconfirmed))
