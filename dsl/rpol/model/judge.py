"""The heart of the reference interpreter: what applies, stands and decides in one fully known case.

It follows language.md, section 3, "Apply, stand, lift", step by step; the numbers in the comments are its numbers.
Slow and plain on purpose: it knows no classes and no masks, and every faster way to decide is held to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from rpol.model import plane
from rpol.model.force import Calendar, World, acts_on, reaches, touches, within
from rpol.model.members import members, rows_for
from rpol.model.policy import (
    AllOf,
    Among,
    AnyOf,
    Clause,
    Compared,
    Condition,
    Doubt,
    ForceOf,
    Instrument,
    Negation,
    OnlyAmong,
    PlainList,
    Policy,
    Row,
    Target,
)
from rpol.runtime.attribute import NONE, Value
from rpol.runtime.axes import DATE, KNOWN_ON, NO_LIMIT
from rpol.runtime.finding import Clauses
from rpol.runtime.ladder import RANK, strictest
from rpol.runtime.operators import COMPARISONS


@frozen(slots=False)
class Reading:
    """A policy as read in one world; what depends on the world alone is worked out once."""

    policy: Policy
    world: World = field(factory=World)
    _others: dict[World, Reading] = field(factory=dict, eq=False, repr=False)

    def supposing(self, world: World) -> Reading:
        """Return the same policy read in another world."""
        if world not in self._others:
            self._others[world] = Reading(self.policy, world, self._others)
        return self._others[world]

    @cached_property
    def calendar(self) -> Calendar:
        """The days on which each part is in force."""
        return Calendar(self.policy, self.world)

    @cached_property
    def members(self) -> Mapping[str, Mapping[Value, plane.Region]]:
        """For every list, who stands in it and when."""
        return {name: members(self.calendar, name) for name in self.policy.lists}


@frozen
class Situation:
    """A case: a value for every attribute, the day decided for, and the day on which the law is known."""

    case: Mapping[str, Value]
    date: int
    known_on: int = NO_LIMIT


@frozen
class Verdict:
    """Which clauses apply, stand and act in a situation, and the outcome with its mark and the clauses that set it."""

    applying: Clauses
    standing: Clauses
    acting: Clauses
    outcome: str
    mark: str | None
    because: Clauses


# ---------------------------------------------------------------- conditions


def holds(reading: Reading, situation: Situation, condition: Condition) -> bool:
    """Tell whether a condition is true of a situation."""
    match condition:
        case AllOf(terms):
            return all(holds(reading, situation, term) for term in terms)
        case AnyOf(terms):
            return any(holds(reading, situation, term) for term in terms)
        case Negation(term):
            return not holds(reading, situation, term)
        case Among(attribute, values, lists):
            value = situation.case[attribute]
            if isinstance(value, frozenset):
                return (not value and NONE in values) or any(
                    _is_one_of(reading, situation, member, values, lists) for member in value
                )
            return _is_one_of(reading, situation, value, values, lists)
        case OnlyAmong(attribute, values, lists):
            value = situation.case[attribute]
            assert isinstance(value, frozenset)
            return bool(value) and all(_is_one_of(reading, situation, member, values, lists) for member in value)
        case Compared(attribute, operator, bound):
            value = _ordered(situation, attribute)
            return value is not NONE and COMPARISONS[operator].holds(value, bound)
        case ForceOf(target):
            return (situation.date, situation.known_on) in reading.calendar.asked(target)


def _is_one_of(
    reading: Reading, situation: Situation, value: Value, values: frozenset[Value], lists: tuple[str, ...]
) -> bool:
    point = (situation.date, situation.known_on)
    return value in values or any(point in reading.members[name].get(value, plane.NEVER) for name in lists)


def _ordered(situation: Situation, attribute: str) -> Value:
    if attribute == DATE:
        return situation.date
    if attribute == KNOWN_ON:
        return situation.known_on
    return situation.case[attribute]


# ---------------------------------------------------------------- 1 to 4: apply, stand, lift


def applying(reading: Reading, situation: Situation) -> Clauses:
    """Return the clauses that apply (1, 2): in their region, on a day when they are in force.

    A control that supplements others reaches only cases in which one of their licences applies; a review or deny
    applies only where a licence it rests on does.
    """
    clauses = reading.policy.clauses
    hold = {clause.index for clause in clauses if _in_region(reading, situation, clause)}
    found: set[int] = set()

    # Licences supplement one another without a circle, so that this ends with all of them.
    while True:
        licences = {
            clause.index
            for clause in clauses
            if clause.index in hold and clause.effect == "license" and _reached(clause, found)
        }
        if licences == found:
            break
        found = licences

    return frozenset(
        clause.index
        for clause in clauses
        if clause.index in hold
        and _reached(clause, found)
        and (clause.effect not in ("review", "deny") or not found.isdisjoint(clause.rests_on))
    )


def _in_region(reading: Reading, situation: Situation, clause: Clause) -> bool:
    moment = (situation.date, situation.known_on)
    return holds(reading, situation, clause.condition) and moment in reading.calendar.clause(clause)


def _reached(clause: Clause, licences: set[int]) -> bool:
    return clause.reached_through is None or not licences.isdisjoint(clause.reached_through)


def standing(policy: Policy, applying: Clauses) -> Clauses:
    """Return the applying clauses that stand (3): no standing clause lifts them, and their licences have not fallen."""
    found: set[int] = set()
    for index in policy.order:
        if index in applying and not lifters(policy, applying, found, index):
            found.add(index)
    return frozenset(found)


def lifters(policy: Policy, applying: Clauses, standing: Iterable[int], index: int) -> Clauses:
    """Return the standing clauses that lift clause `index` or let it fall; none if it stands.

    A review or deny falls when each licence it rests on, of those that apply, is lifted by an exempt or a permit.
    """
    found = {other for other in standing if index in policy.clauses[other].lifts}
    clause = policy.clauses[index]
    if clause.effect in ("review", "deny"):
        carve_outs = [o for o in standing if policy.clauses[o].effect in ("exempt", "permit")]
        licences = [licence for licence in clause.rests_on if licence in applying]
        lifting = [{o for o in carve_outs if licence in policy.clauses[o].lifts} for licence in licences]
        if lifting and all(lifting):
            found = found.union(*lifting)
    return frozenset(found)


def acting(policy: Policy, applying: Clauses, standing: Clauses) -> Clauses:
    """Return the exempts that act (3): those that stand and lift a clause that applies."""
    return frozenset(
        index
        for index in standing
        if policy.clauses[index].effect == "exempt" and not applying.isdisjoint(policy.clauses[index].lifts)
    )


# ---------------------------------------------------------------- 5 to 7: the outcome


def judge(reading: Reading, situation: Situation) -> Verdict:
    """Return the verdict in a situation (5 to 7)."""
    policy = reading.policy
    apply = applying(reading, situation)
    stand = standing(policy, apply)
    act = acting(policy, apply, stand)
    permits = frozenset(index for index in stand if policy.clauses[index].effect == "permit")
    effects = [policy.clauses[index].effect for index in stand if policy.clauses[index].effect in RANK]

    if effects:
        outcome = strictest(effects)
        because = frozenset(index for index in stand if policy.clauses[index].effect == outcome)
        return Verdict(apply, stand, act, outcome, None, because)
    if act:
        return Verdict(apply, stand, act, "allow", "exempt", act)
    if permits:
        return Verdict(apply, stand, act, "allow", "permitted", permits)
    if policy.otherwise is not None:
        return Verdict(apply, stand, act, policy.otherwise, "otherwise", frozenset())
    return Verdict(apply, stand, act, "allow", "not controlled", frozenset())


# ---------------------------------------------------------------- what a decision says besides


def broken_facts(reading: Reading, situation: Situation) -> tuple[str, ...]:
    """Return the declared facts that are false in a situation, as written: such a case does not exist."""
    return tuple(fact.text for fact in reading.policy.facts if not holds(reading, situation, fact.condition))


def by_instrument(policy: Policy, verdict: Verdict) -> dict[str, str]:
    """Return the strictest standing effect under each instrument; clauses without one count under "none"."""
    effects: dict[str, list[str]] = {}
    for index in sorted(verdict.standing):
        clause = policy.clauses[index]
        if clause.effect in RANK:
            effects.setdefault(clause.instrument or "none", []).append(clause.effect)
    return {instrument: strictest(found) for instrument, found in effects.items()}


def suspended(reading: Reading, situation: Situation, verdict: Verdict) -> dict[int, tuple[int, ...]]:
    """Return the clauses that would apply if nothing were suspended or repealed, each with the acts at work on it.

    Acts are numbered as `force.acts_on` yields them. Those that matter reach the clause, what an `in force` of its
    condition names, or the notice of a row that speaks of the case in a list the clause names.
    """
    bare = reading.supposing(evolve(reading.world, acts=False))
    missing = applying(bare, situation) - verdict.applying
    return {index: acts_against(reading, situation, reading.policy.clauses[index]) for index in sorted(missing)}


def acts_against(reading: Reading, situation: Situation, clause: Clause) -> tuple[int, ...]:
    """Return the acts at work in the situation that matter to `clause`."""
    rows = matching_rows(reading.policy, situation, clause)
    notices = {row.instrument for _, row in rows if row.instrument is not None}
    asked = tuple(forces_named(clause.condition))
    found = []
    for number, on in enumerate(acts_on(reading.policy)):
        matters = (
            (clause.instrument is not None and reaches(on.target, clause.instrument, clause.path))
            or any(touches(on.target, target) for target in asked)
            or any(reaches(on.target, notice, None) for notice in notices)
        )
        at_work = reading.calendar.at_work(on.instrument, on.act.window)
        if matters and (situation.date, situation.known_on) in at_work:
            found.append(number)
    return tuple(found)


def matching_rows(policy: Policy, situation: Situation, clause: Clause) -> tuple[tuple[str, Row], ...]:
    """Return the rows, of the lists that `clause` names, that speak of the case on any day, with their lists."""
    found: dict[tuple[str, Row], None] = {}
    for attribute, name in lists_named(clause.condition):
        value = situation.case[attribute]
        for member in sorted(value) if isinstance(value, frozenset) else (value,):
            found |= dict.fromkeys(rows_for(policy, name, member))
    return tuple(found)


def lists_named(condition: Condition) -> tuple[tuple[str, str], ...]:
    """Return the lists that a condition names outside any `not`, each with the attribute asked, without repeats."""
    found: dict[tuple[str, str], None] = {}
    match condition:
        case AllOf(terms) | AnyOf(terms):
            for term in terms:
                found |= dict.fromkeys(lists_named(term))
        case Among(attribute, _, lists) | OnlyAmong(attribute, _, lists):
            found |= dict.fromkeys((attribute, name) for name in lists)
        case _:
            pass
    return tuple(found)


def forces_named(condition: Condition) -> tuple[Target, ...]:
    """Return what the `in force` conditions within a condition name."""
    match condition:
        case AllOf(terms) | AnyOf(terms):
            return tuple(target for term in terms for target in forces_named(term))
        case Negation(term):
            return forces_named(term)
        case ForceOf(target):
            return (target,)
        case _:
            return ()


def is_unconfirmed(reading: Reading, situation: Situation, instrument: Instrument, doubt: Doubt) -> bool:
    """Tell whether a decision in this situation rests on what `doubt` says is not confirmed.

    It does where the statement is at work and other clauses would apply if its instrument and all that its acts name
    were repealed than if nothing suspended or repealed them.
    """
    if (situation.date, situation.known_on) not in reading.calendar.at_work(instrument, doubt.window):
        return False
    named = named_by(instrument)
    gone = reading.supposing(evolve(reading.world, gone=named))
    untouched = reading.supposing(evolve(reading.world, untouched=named))
    return applying(gone, situation) != applying(untouched, situation)


def named_by(instrument: Instrument) -> tuple[Target, ...]:
    """Return an instrument as a whole and all that its acts name."""
    return (Target(instrument.name), *(target for act in instrument.acts for target in act.targets))


def days_of_change(policy: Policy) -> tuple[int, ...]:
    """Return, in order, the first day of the calendar and every day on which anything may begin or end."""
    windows = [window for clause in policy.clauses for window in clause.windows]
    for instrument in policy.instruments.values():
        windows += [instrument.window, *(act.window for act in instrument.acts)]
        windows += [doubt.window for doubt in instrument.doubts]
    for listing in policy.lists.values():
        entries = listing.rows if isinstance(listing, PlainList) else listing.holdings
        windows += [entry.window for entry in entries]
    days = {day for one in windows for region in (within(one),) for day in plane.bounds(region)[0]}
    return tuple(sorted({plane.FIRST, *days}))
