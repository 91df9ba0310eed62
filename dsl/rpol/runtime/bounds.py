"""What surely and what possibly applies, stands and decides in a part of the case space (language.md, section 3).

Of a part is known which clauses may hold in some of its cases, and which must in all of them. From that follow two sets
for every step of "apply, stand, lift": what may be so in some case, and what must be so in all. No case has more than
the first or less than the second. Where the clauses that may hold are those that must, the two sets of every step are
one, and say what `rpol.runtime.standing` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import TypeAlias

from attrs import frozen

from rpol.runtime.ladder import OUTCOMES, RANK
from rpol.runtime.standing import Rules, applying

# An outcome and its mark.
Verdict: TypeAlias = tuple[str, str | None]

_FREE = RANK["allow"]


@frozen
class Bounds:
    """The clauses that may hold, apply, stand in some case of a part, and those that must in every one."""

    may_hold: Set[int]
    must_hold: Set[int]
    may_apply: Set[int]
    must_apply: Set[int]
    may_stand: Set[int]
    must_stand: Set[int]


def bound(rules: Rules, may_hold: Set[int], must_hold: Set[int]) -> Bounds:
    """Return what follows from the clauses that may and must hold."""
    may_apply = applying(rules, may_hold)
    must_apply = applying(rules, must_hold) if must_hold else set()
    may_stand: set[int] = set()
    must_stand: set[int] = set()
    free = may_apply - rules.liftable
    may_stand |= free
    must_stand |= free & must_apply
    for number in sorted(may_apply - free, key=rules.positions.__getitem__):
        may_lift, must_lift = _lifting(rules, number, may_apply, must_apply, may_stand, must_stand)
        if not must_lift:
            may_stand.add(number)
            if number in must_apply and not may_lift:
                must_stand.add(number)
    return Bounds(may_hold, must_hold, may_apply, must_apply, may_stand, must_stand)


def _lifting(
    rules: Rules,
    number: int,
    may_apply: Set[int],
    must_apply: Set[int],
    may_stand: Set[int],
    must_stand: Set[int],
) -> tuple[bool, bool]:
    """Tell whether a clause that applies may be lifted or fall in some case, and whether it must in every one."""
    by = rules.lifted_by.get(number, frozenset())
    may_lift, must_lift = not by.isdisjoint(may_stand), not by.isdisjoint(must_stand)
    if must_lift or rules.effects[number] not in ("review", "deny"):
        return may_lift, must_lift
    licences = [licence for licence in rules.contents.clauses[number].rests_on if licence in may_apply]
    may_go = {licence for licence in licences if not _carvers(rules, licence).isdisjoint(may_stand)}
    must_fall = all(not _carvers(rules, licence).isdisjoint(must_stand) for licence in licences)
    may_fall = bool(may_go) and all(licence in may_go for licence in licences if licence in must_apply)
    return may_lift or may_fall, must_fall


def _carvers(rules: Rules, licence: int) -> frozenset[int]:
    """Return the exempts and permits that lift a licence."""
    by = rules.lifted_by.get(licence, frozenset())
    return frozenset(other for other in by if rules.effects[other] in ("exempt", "permit"))


def may_act(rules: Rules, bounds: Bounds) -> set[int]:
    """Return the exempts that act in some case."""
    return _acting(rules, bounds.may_stand, bounds.may_apply)


def must_act(rules: Rules, bounds: Bounds) -> set[int]:
    """Return exempts that act in every case."""
    return _acting(rules, bounds.must_stand, bounds.must_apply)


def _acting(rules: Rules, standing: Set[int], applying: Set[int]) -> set[int]:
    return {
        number
        for number in standing
        if rules.effects[number] == "exempt" and not applying.isdisjoint(rules.contents.clauses[number].lifts)
    }


# ---------------------------------------------------------------- outcomes


def floor(rules: Rules, bounds: Bounds) -> int:
    """Return the rung below which no outcome of the part lies; -1 if in some case no clause of the ladder may stand."""
    return max((rules.ranks[number] for number in bounds.must_stand), default=-1)


def verdicts(rules: Rules, bounds: Bounds) -> set[Verdict]:
    """Return the outcomes, with their marks, that cases of the part may have: no other is possible."""
    lowest = floor(rules, bounds)
    ranks = {rules.ranks[number] for number in bounds.may_stand}
    found: set[Verdict] = {(OUTCOMES[rank], None) for rank in ranks if rank >= max(lowest, _FREE)}
    if lowest >= 0:
        return found
    if may_act(rules, bounds):
        found.add(("allow", "exempt"))
        if must_act(rules, bounds):
            return found
    if _permits(rules, bounds.may_stand):
        found.add(("allow", "permitted"))
        if _permits(rules, bounds.must_stand):
            return found
    return found | {fallback(rules)}


def fallback(rules: Rules) -> Verdict:
    """Return what is decided where no clause says anything."""
    otherwise = rules.contents.otherwise
    return ("allow", "not controlled") if otherwise is None else (otherwise, "otherwise")


def setters(rules: Rules, bounds: Bounds) -> tuple[set[int], set[int]]:
    """Return the clauses that set the outcome in some case at most, and those that do in every case."""
    lowest, highest = floor(rules, bounds), max((rules.ranks[number] for number in bounds.may_stand), default=-1)
    may = {number for number in bounds.may_stand if rules.ranks[number] >= max(lowest, _FREE)}
    must = {number for number in bounds.must_stand if rules.ranks[number] == highest >= 0}
    if lowest >= 0:
        return may, must
    acting, surely_acting = may_act(rules, bounds), must_act(rules, bounds)
    may |= acting
    if not surely_acting:
        may |= _permits(rules, bounds.may_stand)
    if highest < 0:
        must = surely_acting if acting else _permits(rules, bounds.must_stand)
    return may, must


def _permits(rules: Rules, standing: Set[int]) -> set[int]:
    return {number for number in standing if rules.effects[number] == "permit"}


# ---------------------------------------------------------------- what is open


def open_outcome(rules: Rules, bounds: Bounds) -> set[int]:
    """Return clauses on whose holding it turns what the outcome is; none if that is settled."""
    lowest = floor(rules, bounds)
    stricter = {number for number in bounds.may_stand if rules.ranks[number] > lowest}
    found = open_standing(rules, bounds, stricter)
    if lowest < 0 and fallback(rules)[0] != "allow":
        found |= _open_routes(rules, bounds)
    return found


def open_setters(rules: Rules, bounds: Bounds) -> set[int]:
    """Return clauses on whose holding it turns which clauses set the outcome; none if that is settled."""
    lowest = floor(rules, bounds)
    as_strict = {number for number in bounds.may_stand if rules.ranks[number] >= max(lowest, _FREE)}
    found = open_standing(rules, bounds, as_strict)
    return found if lowest >= 0 else found | _open_routes(rules, bounds)


def _open_routes(rules: Rules, bounds: Bounds) -> set[int]:
    """Return clauses on whose holding it turns which exempts act and which permits stand."""
    acting = may_act(rules, bounds)
    unsure = acting - must_act(rules, bounds)
    lifted = (other for number in unsure for other in rules.contents.clauses[number].lifts)
    standing = open_standing(rules, bounds, acting | _permits(rules, bounds.may_stand))
    return standing | open_applying(rules, bounds, lifted)


def open_standing(rules: Rules, bounds: Bounds, clauses: Iterable[int]) -> set[int]:
    """Return clauses on whose holding it turns whether each of `clauses` stands; none if that is settled."""
    found: set[int] = set()
    seen: set[int] = set()
    waiting = list(clauses)
    while waiting:
        number = waiting.pop()
        if number in seen or number not in bounds.may_stand or number in bounds.must_stand:
            continue
        seen.add(number)
        if number not in bounds.must_apply:
            if number in rules.leaning_clauses:
                found |= open_applying(rules, bounds, (number,))
            else:
                found.add(number)
            continue
        lifters = set(rules.lifted_by.get(number, ()))
        if rules.effects[number] in ("review", "deny"):
            licences = bounds.may_apply & set(rules.contents.clauses[number].rests_on)
            found |= open_applying(rules, bounds, licences)
            lifters.update(*(_carvers(rules, licence) for licence in licences))
        waiting += lifters
    return found


def open_applying(rules: Rules, bounds: Bounds, clauses: Iterable[int]) -> set[int]:
    """Return clauses on whose holding it turns whether each of `clauses` applies; none if that is settled."""
    found: set[int] = set()
    seen: set[int] = set()
    waiting = list(clauses)
    while waiting:
        number = waiting.pop()
        if number in seen or number not in bounds.may_apply or number in bounds.must_apply:
            continue
        seen.add(number)
        if number not in bounds.must_hold:
            found.add(number)
        clause = rules.contents.clauses[number]
        if clause.reached_through is not None and bounds.must_apply.isdisjoint(clause.reached_through):
            waiting += clause.reached_through
        if rules.effects[number] in ("review", "deny") and bounds.must_apply.isdisjoint(clause.rests_on):
            waiting += clause.rests_on
    return found
