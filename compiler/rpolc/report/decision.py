"""A decision in sentences that a lawyer can file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from rpol.runtime.decision import ClauseRef, Decision, DutyRef, Lifted, NoteRef, Suspended, SuspensionRef
from rpol.runtime.ladder import WORDS
from rpolc.report.days import spell
from rpolc.report.layout import Section, lay_out

DISCLAIMER: Final = "As read from the policy; not legal advice."
# What a clause does, and what is set aside when it is lifted, by its effect.
_DOES: Final = {
    "allow": "says that it is free",
    "license": "requires a licence",
    "review": "requires a licence, decided case by case",
    "deny": "refuses a licence in principle",
    "prohibit": "bans it, with no licence route",
    "exempt": "exempts it",
    "permit": "authorises it",
    "oblige": "lays down a duty",
}
_WHAT: Final = {
    "allow": "the statement that it is free",
    "license": "the licence requirement",
    "review": "the decision case by case",
    "deny": "the refusal in principle",
    "prohibit": "the ban",
    "exempt": "the exemption",
}
# Clauses that are a rule by themselves.
_KINDS: Final = {"permit": "permit", "oblige": "obligation"}
_MARKS: Final = {
    "exempt": "An exemption makes it so.",
    "permitted": "An authorisation makes it so.",
    "otherwise": "No rule stands in this case; the policy says this of all that no rule decides.",
    "not controlled": "No rule of the policy stands in this case: the policy does not control it.",
}
# The key of `by_instrument` for clauses that cite no instrument.
_UNCITED: Final = "none"


def describe(decision: Decision, titles: Mapping[str, str], *, width: int, heading: Callable[[str], str] = str) -> str:
    """Return the decision as text; `titles` are those of instruments and scenarios, `heading` sets a heading off.

    The first line is the outcome in full words (language.md, section 3, Effects). Nothing is said of what the
    decision does not hold.
    """
    lines = (
        (heading(head) if head.strip() else head) + text
        for head, text in lay_out(sections(decision, titles), width=width)
    )
    return "\n".join((sentence(decision.outcome), "", *lines))


def sentence(outcome: str) -> str:
    """Return an outcome in full words as a sentence."""
    return _capital(f"{WORDS[outcome]}.")


def sections(decision: Decision, titles: Mapping[str, str]) -> Iterator[Section]:
    """Yield what there is to say of a decision after its outcome, in the order in which it is read."""
    reasons = frozenset(ref.index for ref in decision.because)
    beside = [ref for ref in decision.standing if ref.index not in reasons]
    yield Section("Asked", tuple(_asked(decision, titles)))
    yield Section("Possible", _possible(decision))
    yield Section("To settle it", tuple(_questions(decision)))
    yield Section("Because", tuple(_reasons(decision, titles)))
    yield Section("Listed", tuple(_listed(decision, titles)))
    yield Section("Besides", tuple(_does(ref, titles) for ref in beside))
    yield Section("By source", tuple(_by_instrument(decision, titles)))
    yield Section("Suspended", tuple(_suspended(one, titles) for one in decision.suspended))
    yield Section("Set aside", tuple(_lifted(one) for one in decision.lifted))
    yield Section("Routes", tuple(_routes(decision, titles)))
    yield Section("Duties", tuple(_duties(decision)))
    yield Section("Notes", tuple(_said(note) for note in decision.notes))
    yield Section("Since", (_run(decision),))
    yield Section("Uncertain", tuple(_doubts(decision, titles)))
    yield Section("Scenarios", tuple(_scenarios(decision, titles)))
    yield Section("Sometimes", tuple(_sometimes(decision, titles)))
    yield Section("Policy", (*((f"Digest {decision.digest}",) if decision.digest else ()), DISCLAIMER))


# ---------------------------------------------------------------- the question


def _asked(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    facts = "; ".join(f"{name} {_value(value)}" for name, value in decision.facts.items())
    day = f"For {spell(decision.date)}" if decision.date else "For no day"
    yield _stop(f"{day}: {facts or 'nothing else is given'}")
    if decision.known_on:
        yield f"As known on {spell(decision.known_on)}."
    if decision.scenario:
        yield f"In the scenario {_title(decision.scenario, titles)}."
    if decision.assumed:
        assumed = "; ".join(f"{name} {_value(value)}" for name, value in decision.assumed.items())
        yield _stop(f"Assumed, not given: {assumed}")


def _possible(decision: Decision) -> tuple[str, ...]:
    if decision.outcome != "undetermined" and len(decision.possible) < 2:
        return ()
    return (_capital(f"{_either([WORDS[outcome] for outcome in decision.possible])}."),)


def _questions(decision: Decision) -> Iterator[str]:
    for asked in decision.ask:
        yield f"{asked.attribute}: {asked.question}" if asked.question else f"Say what {asked.attribute} is."


# ---------------------------------------------------------------- the reasons


def _reasons(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    for ref in decision.because:
        yield _does(ref, titles)
    yield from dict.fromkeys(ref.cite for ref in decision.because if ref.cite)
    if decision.mark:
        yield _MARKS[decision.mark]


def _listed(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    rows = dict.fromkeys(row for citation in decision.citations for row in citation.rows)
    for row in rows:
        notice = f", under {_title(row.instrument, titles)}" if row.instrument else ""
        yield f'"{row.name}" counts for the list {row.list}{notice}.'


def _by_instrument(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    for instrument, outcome in decision.by_instrument.items():
        source = "Without an instrument" if instrument == _UNCITED else _title(instrument, titles)
        yield f"{source}: {WORDS[outcome]}."


def _suspended(one: Suspended, titles: Mapping[str, str]) -> str:
    acts = _and([_act(act, titles) for act in one.by])
    return f"{_capital(_thing(one.clause))}{_source(one.clause)} would apply, but {acts}."


def _act(act: SuspensionRef, titles: Mapping[str, str]) -> str:
    verb = {"suspend": "suspends", "repeal": "repeals"}[act.act]
    return f"{_title(act.instrument, titles)} {verb} {act.target}{_paragraph(act.paragraph)}"


def _lifted(one: Lifted) -> str:
    lifters = _and([_thing(ref) + _source(ref) for ref in one.by])
    return f"{_capital(_thing(one.clause))}{_source(one.clause)}, by {lifters}."


def _routes(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    for route in decision.routes:
        duties = f" Its duties: {'; '.join(route.duties)}." if route.duties else ""
        yield f"{_capital(_thing(route.clause))}{_under(route.clause, titles)}.{duties}"


def _duties(decision: Decision) -> Iterator[str]:
    for duty in decision.duties:
        yield f"Only on the route {duty.route}: {_said(duty)}" if duty.route else _said(duty)


# ---------------------------------------------------------------- how far it holds


def _run(decision: Decision) -> str:
    # With facts left out the run is that of the outcome alone, and ends where more of them begin to matter.
    if not decision.since and not decision.through:
        return "The outcome is the same on every day."
    until = "stays so until changed"
    if decision.through:
        until = f"with what is given stays so through {spell(decision.through)}"
    if not decision.since:
        return f"The outcome has always been the same and {until}."
    return f"This has been so since {spell(decision.since)} and {until}."


def _doubts(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    for one in decision.unconfirmed:
        yield _stop(f"{_title(one.instrument, titles)} is unconfirmed: {one.why}")


def _scenarios(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    for name, view in decision.scenarios.items():
        if view.differs:
            mark = f" ({view.mark})" if view.mark else ""
            yield f"In the scenario {_title(name, titles)}: {WORDS[view.outcome]}{mark}."


def _sometimes(decision: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    """Say what holds only for some values of the facts that were not given."""
    some = decision.sometimes
    if some.clauses or some.duties or some.marks:
        yield "For some values of what is not given, and not for others:"
    for ref in some.clauses:
        yield _does(ref, titles)
    for duty in some.duties:
        yield f"A duty under {_said(duty)}"
    if some.marks:
        yield f"Marked as {_either(list(some.marks))}."


# ---------------------------------------------------------------- words


def _does(ref: ClauseRef, titles: Mapping[str, str]) -> str:
    return f"{_capital(_name(ref))} {_DOES[ref.effect]}{_under(ref, titles)}."


def _thing(ref: ClauseRef) -> str:
    """Name a clause by what it is: "the licence requirement of control x", "permit y"."""
    return _name(ref) if ref.effect in _KINDS else f"{_WHAT[ref.effect]} of {_name(ref)}"


def _name(ref: ClauseRef) -> str:
    label = f" ({ref.label})" if ref.label and ref.label != ref.control else ""
    return f"{_KINDS.get(ref.effect, 'control')} {ref.control}{label}"


def _under(ref: ClauseRef, titles: Mapping[str, str]) -> str:
    return f", under {_title(ref.instrument, titles)}{_paragraph(ref.paragraph)}" if ref.instrument else ""


def _source(ref: ClauseRef) -> str:
    return f" ({ref.instrument}{_paragraph(ref.paragraph)})" if ref.instrument else ""


def _title(instrument: str, titles: Mapping[str, str]) -> str:
    title = titles.get(instrument)
    return f'"{title}" ({instrument})' if title and title != instrument else instrument


def _paragraph(paragraph: str | None) -> str:
    return f", paragraph {paragraph}" if paragraph else ""


def _said(one: DutyRef | NoteRef) -> str:
    return _stop(f"{one.instrument or one.control}: {one.text}")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(_value, value)) if isinstance(value, (list, tuple)) else str(value)


def _stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _and(parts: list[str]) -> str:
    return " and ".join(parts)


def _either(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} or {last}" if first else last
