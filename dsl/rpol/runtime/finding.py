"""What is found in one moment, for one case or many: the reasons of a decision before they are put into words.

Several values asked for one attribute join by the strictest (language.md, section 3, "A decision"); completions of
unknown facts share what they have in common (section 5). Reference interpreter and table both end here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Protocol, TypeAlias, TypeVar

from attrs import frozen

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
Clauses: TypeAlias = frozenset[int]


class Spoken(Protocol):
    """A clause as far as a decision speaks of it."""

    @property
    def ref(self) -> ClauseRef:
        """The clause as a reason."""

    @property
    def duties(self) -> tuple[str, ...]:
        """Its duties."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Its notes."""


@frozen
class Catalogue:
    """What the numbers in a finding stand for. `cites` holds the address of every instrument."""

    clauses: Sequence[Spoken]
    acts: Sequence[SuspensionRef]
    rows: Sequence[RowRef]
    doubts: Sequence[Unconfirmed]
    cites: Mapping[str, str | None]


@frozen
class Finding:
    """What holds in one moment; clauses, acts, list rows and `unconfirmed` statements are named by their numbers.

    `speaking` are the clauses that stand or act, so that their duties, notes and citations count.
    """

    outcome: str
    mark: str | None
    because: Clauses
    speaking: Clauses
    routes: Clauses
    lifted: Mapping[int, Clauses]
    suspended: Mapping[int, frozenset[int]]
    rows: Mapping[int, frozenset[int]]
    by_instrument: Mapping[str, str]
    unconfirmed: frozenset[int]


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


def sometimes(catalogue: Catalogue, findings: Sequence[Finding]) -> Sometimes:
    """Return what some completions have and others do not."""
    shared = share(findings)
    some = _union(one.speaking for one in findings) - shared.speaking
    marks = {one.mark for one in findings}
    return Sometimes(
        clauses=refer_all(catalogue, some),
        duties=tuple(duty for duty in duties(catalogue, some) if duty not in duties(catalogue, shared.speaking)),
        marks=tuple(mark for mark in MARKS if mark in marks) if len(marks) > 1 else (),
    )


def possible(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the outcomes of the findings, in the order of the ladder."""
    found = {one.outcome for one in findings}
    return tuple(outcome for outcome in OUTCOMES if outcome in found)


def essence(catalogue: Catalogue, finding: Finding) -> Essence:
    """Return what makes decisions the same (language.md, section 3): reasons do not count."""
    return (
        finding.outcome,
        finding.mark,
        frozenset(finding.by_instrument.items()),
        frozenset((duty.text, duty.instrument, duty.route) for duty in duties(catalogue, finding.speaking)),
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


def describe(catalogue: Catalogue, finding: Finding) -> Details:
    """Return the reasons of a finding as a decision shows them, in the order of the policy."""
    clauses = catalogue.clauses
    return Details(
        mark=finding.mark,
        standing=refer_all(catalogue, finding.speaking),
        lifted=tuple(Lifted(clauses[i].ref, refer_all(catalogue, by)) for i, by in sorted(finding.lifted.items())),
        suspended=tuple(
            Suspended(clauses[i].ref, tuple(catalogue.acts[number] for number in sorted(by)))
            for i, by in sorted(finding.suspended.items())
        ),
        routes=tuple(Route(clauses[i].ref, clauses[i].duties) for i in sorted(finding.routes)),
        duties=duties(catalogue, finding.speaking),
        notes=_notes(catalogue, finding.speaking),
        citations=_citations(catalogue, finding),
        by_instrument={name: finding.by_instrument[name] for name in sorted(finding.by_instrument)},
        unconfirmed=tuple(catalogue.doubts[number] for number in sorted(finding.unconfirmed)),
    )


def refer_all(catalogue: Catalogue, clauses: Iterable[int]) -> tuple[ClauseRef, ...]:
    """Return clauses as reasons, in the order of the policy."""
    return tuple(catalogue.clauses[index].ref for index in sorted(clauses))


def duties(catalogue: Catalogue, clauses: Iterable[int]) -> tuple[DutyRef, ...]:
    """Return the duties of clauses, in order, each once; those of an exempt or permit name it as their route."""
    found: dict[DutyRef, None] = {}
    for index in sorted(clauses):
        clause = catalogue.clauses[index]
        route = (clause.ref.label or clause.ref.control) if clause.ref.effect in ("exempt", "permit") else None
        found |= dict.fromkeys(
            DutyRef(text, clause.ref.instrument, clause.ref.control, route) for text in clause.duties
        )
    return tuple(found)


def _notes(catalogue: Catalogue, clauses: Iterable[int]) -> tuple[NoteRef, ...]:
    found: dict[NoteRef, None] = {}
    for index in sorted(clauses):
        clause = catalogue.clauses[index]
        found |= dict.fromkeys(NoteRef(text, clause.ref.instrument, clause.ref.control) for text in clause.notes)
    return tuple(found)


def _citations(catalogue: Catalogue, finding: Finding) -> tuple[Citation, ...]:
    """Return each instrument and paragraph cited, with the rows that matched; then the notices of those rows."""
    rows_by_source: dict[tuple[str, str | None], set[int]] = {}
    for index in sorted(finding.speaking):
        ref = catalogue.clauses[index].ref
        if ref.instrument is not None:
            cited = rows_by_source.setdefault((ref.instrument, ref.paragraph), set())
            cited |= finding.rows.get(index, frozenset())
    for number in sorted(_union(finding.rows.values())):
        notice = catalogue.rows[number].instrument
        if notice is not None:
            rows_by_source.setdefault((notice, None), set()).add(number)
    return tuple(
        Citation(
            instrument,
            paragraph,
            catalogue.cites[instrument],
            tuple(dict.fromkeys(catalogue.rows[number] for number in sorted(numbers))),
        )
        for (instrument, paragraph), numbers in rows_by_source.items()
    )
