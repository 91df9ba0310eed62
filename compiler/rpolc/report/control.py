"""A control, permit or oblige as the compiler understands it, the implied `license` written out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rpol.model.force import Calendar, acts_on, reaches
from rpol.model.plane import END, FIRST
from rpol.model.policy import Clause, Policy
from rpol.runtime.axes import NO_LIMIT
from rpol.runtime.ladder import LADDER
from rpolc.report.condition import write_condition
from rpolc.report.days import spell
from rpolc.report.layout import Section, lay_out

_WRITTEN: Final = {rung.name: rung.written for rung in LADDER}
_KINDS: Final = {"permit": "permit", "oblige": "oblige"}
_IMPLIED: Final = "implied: to control an item is to require a licence for it"


def names(policy: Policy) -> tuple[str, ...]:
    """Return everything that can be asked for: the names of rules and clauses, in the order of the policy."""
    return tuple(dict.fromkeys(name for clause in policy.clauses for name in (clause.control, clause.label) if name))


def explain_control(policy: Policy, name: str, *, width: int) -> str | None:
    """Return what the policy has under `name`: a whole rule, or the clauses so labelled. None if it has nothing."""
    clauses = [clause for clause in policy.clauses if name in (clause.control, clause.label)]
    if not clauses:
        return None
    rules = dict.fromkeys(clause.rule for clause in clauses)
    return "\n\n".join(_rule(policy, [one for one in clauses if one.rule == rule], width) for rule in rules)


def _rule(policy: Policy, clauses: list[Clause], width: int) -> str:
    first = clauses[0]
    place = min((clause.place for clause in clauses), key=lambda place: place.start)
    title = f"{_KINDS.get(first.effect, 'control')} {first.control}  ({place.source.path}:{place.line})"
    return "\n\n".join([title, *(_clause(policy, clause, width) for clause in clauses)])


def _clause(policy: Policy, clause: Clause, width: int) -> str:
    label = f" as {clause.label}" if clause.label else ""
    implied = f"  ({_IMPLIED})" if clause.implied else ""
    title = f"  {_WRITTEN.get(clause.effect, clause.effect)}{label}{implied}"
    lines = (f"    {head}{text}".rstrip() for head, text in lay_out(_sections(policy, clause), width=width - 4))
    return "\n".join((title, *lines))


def _sections(policy: Policy, clause: Clause) -> Iterator[Section]:
    yield Section("When", (write_condition(policy, clause.condition),))
    yield Section("Under", tuple(_source(policy, clause)))
    yield Section("In force", tuple(_in_force(policy, clause)))
    yield Section("Acts", tuple(_acts(policy, clause)))
    if clause.reached_through is not None:
        yield Section("Only where", _names(policy, clause.reached_through))
    yield Section("Rests on", _names(policy, clause.rests_on))
    yield Section("Lifts", _names(policy, clause.lifts))
    yield Section("Lifted by", _names(policy, _lifters(policy, clause)))
    yield Section("Duties", clause.duties)
    yield Section("Notes", clause.notes)


def _source(policy: Policy, clause: Clause) -> Iterator[str]:
    if clause.instrument is None:
        yield "No instrument."
        return
    instrument = policy.instruments[clause.instrument]
    paragraph = f", paragraph {clause.paragraph}" if clause.paragraph else ""
    yield f'"{instrument.title}" ({instrument.name}){paragraph}.'
    if instrument.cite:
        yield instrument.cite


def _in_force(policy: Policy, clause: Clause) -> Iterator[str]:
    days = Calendar(policy).clause(clause).days(NO_LIMIT)
    if not days:
        yield "Never."
    yield from (_span(start, end) for start, end in days)


def _span(start: int, end: int) -> str:
    since = None if start <= FIRST else f"From {_day(start)}"
    through = None if end >= END else f"through {_day(end - 1)}"
    if since and through:
        return f"{since} {through}."
    return f"{since}." if since else f"{through[0].upper()}{through[1:]}." if through else "On every day."


def _day(ordinal: int) -> str:
    return spell(date.fromordinal(ordinal).isoformat())


def _acts(policy: Policy, clause: Clause) -> Iterator[str]:
    """Yield the acts that reach the clause, those of scenarios among them."""
    for on in acts_on(policy):
        if clause.instrument is not None and reaches(on.target, clause.instrument, clause.path):
            kind = "Scenario " if on.instrument.scenario else ""
            paragraph = f", paragraph {on.target.paragraph}" if on.target.paragraph else ""
            yield f"{kind}{on.instrument.name} {on.act.word}s {on.target.instrument}{paragraph}."


def _lifters(policy: Policy, clause: Clause) -> tuple[int, ...]:
    return tuple(other.index for other in policy.clauses if clause.index in other.lifts)


def _names(policy: Policy, indexes: tuple[int, ...]) -> tuple[str, ...]:
    found = []
    for index in indexes:
        clause = policy.clauses[index]
        paragraph = f" {clause.paragraph}" if clause.paragraph else ""
        source = f" ({clause.instrument}{paragraph})" if clause.instrument else ""
        found.append(f"{_WRITTEN.get(clause.effect, clause.effect)} of {clause.label or clause.control}{source}.")
    return tuple(dict.fromkeys(found))
