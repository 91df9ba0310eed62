"""What analyses ask of a part of the case space: yes or no for all of its cases, or on which clauses that turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from typing import Final, TypeAlias

from rpol.runtime.bounds import (
    Bounds,
    Verdict,
    bound,
    fallback,
    floor,
    open_applying,
    open_outcome,
    open_setters,
    open_standing,
    setters,
    verdicts,
)
from rpol.runtime.ladder import OUTCOMES
from rpol.runtime.standing import Rules

# Whether a part is wanted, and the clauses on whose holding that turns; none where it is settled.
Answer: TypeAlias = tuple[bool, Iterable[int]]
# Asks of a part by the clauses that may hold in some case of it, and those that must in every one.
Question: TypeAlias = Callable[[Set[int], Set[int]], Answer]
YES: Final[Answer] = (True, ())
NO: Final[Answer] = (False, ())


def anything(may_hold: Set[int], must_hold: Set[int]) -> Answer:
    """Say yes: every case is wanted."""
    return YES


def inverted(question: Question) -> Question:
    """Return the question whether the answer to another is no."""

    def other(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        wanted, turning = question(may_hold, must_hold)
        return (wanted, turning) if turning else (not wanted, ())

    return other


def applies(rules: Rules, clause: int) -> Question:
    """Return the question whether `clause` applies."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        bounds = bound(rules, may_hold, must_hold)
        if clause not in bounds.may_apply:
            return NO
        if clause in bounds.must_apply:
            return YES
        return False, open_applying(rules, bounds, (clause,))

    return question


def stands_beside(rules: Rules, clause: int, others: Set[int]) -> Question:
    """Return the question whether `clause` stands and one of `others` does too."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        bounds = bound(rules, may_hold, must_hold)
        if clause not in bounds.may_stand or others.isdisjoint(bounds.may_stand):
            return NO
        if clause in bounds.must_stand and not others.isdisjoint(bounds.must_stand):
            return YES
        unsure = () if not others.isdisjoint(bounds.must_stand) else others & bounds.may_stand
        return False, open_standing(rules, bounds, (clause, *unsure))

    return question


def outcome_is_not(rules: Rules, keeps: Callable[[str], bool]) -> Question:
    """Return the question whether the outcome is none of those that `keeps` accepts."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        bounds = bound(rules, may_hold, must_hold)
        kept = {keeps(outcome) for outcome, _ in verdicts(rules, bounds)}
        if len(kept) == 1:
            return NO if True in kept else YES
        return False, _turning_outcome(rules, bounds, keeps)

    return question


def verdict_is(rules: Rules, verdict: Verdict) -> Question:
    """Return the question whether outcome and mark are these."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        bounds = bound(rules, may_hold, must_hold)
        possible = verdicts(rules, bounds)
        if verdict not in possible:
            return NO
        return YES if len(possible) == 1 else (False, open_setters(rules, bounds))

    return question


def _turning_outcome(rules: Rules, bounds: Bounds, keeps: Callable[[str], bool]) -> set[int]:
    """Return clauses on which it turns whether the outcome is kept.

    The mildest outcome is kept or not. Only clauses with which it would be the other way can change that, so nothing
    else need be known before it is known whether they stand.
    """
    lowest = floor(rules, bounds)
    mildest = {OUTCOMES[lowest]} if lowest >= 0 else {"allow", fallback(rules)[0]}
    kept = {keeps(outcome) for outcome in mildest}
    if len(kept) > 1:
        return open_outcome(rules, bounds)
    rungs = {rank for rank, outcome in enumerate(OUTCOMES) if rank > lowest and keeps(outcome) not in kept}
    return open_standing(rules, bounds, (number for number in bounds.may_stand if rules.ranks[number] in rungs))


def none_sets(rules: Rules, clauses: Set[int]) -> Question:
    """Return the question whether none of `clauses` sets the outcome."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        bounds = bound(rules, may_hold, must_hold)
        may_set, must_set = setters(rules, bounds)
        if clauses.isdisjoint(may_set):
            return YES
        return (False, open_setters(rules, bounds)) if clauses.isdisjoint(must_set) else NO

    return question


def none_more_applies(rules: Rules, elsewhere: Set[int]) -> Question:
    """Return the question whether every clause that applies in another world applies in this one too.

    In the other world the clauses in `elsewhere` have regions of their own. Where these hold is told under their number
    plus that of all clauses; all other clauses hold in both worlds alike.
    """
    total = len(rules.contents.clauses)
    concerned = _concerned(rules, elsewhere)

    def here(holding: Set[int]) -> set[int]:
        return {number for number in holding if number < total}

    def there(holding: Set[int]) -> set[int]:
        return {number % total for number in holding if number >= total or number not in elsewhere}

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        this = bound(rules, here(may_hold), here(must_hold))
        other = bound(rules, there(may_hold), there(must_hold))
        more = concerned & (other.may_apply - this.must_apply)
        if not more:
            return YES
        if not (more & other.must_apply) <= this.may_apply:
            return NO
        turning_there = open_applying(rules, other, more)
        return False, {
            *open_applying(rules, this, more),
            *(number + total if number in elsewhere else number for number in turning_there),
        }

    return question


def _concerned(rules: Rules, elsewhere: Set[int]) -> set[int]:
    """Return the clauses whose application turns on one of `elsewhere`: they rest on it or are reached through it."""
    found = set(elsewhere)
    while True:
        more = {
            number
            for number, clause in enumerate(rules.contents.clauses)
            if number not in found and not found.isdisjoint((*clause.rests_on, *(clause.reached_through or ())))
        }
        if not more:
            return found
        found |= more
