"""A part of the case space as two readings of the same clauses see it, and what is asked of it.

In a part most clauses do the same in both readings; what follows only from those is alike in both, however open it is.
So only what may go apart is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from functools import cached_property
from typing import TypeAlias

from attrs import frozen

from rpol.runtime.bounds import (
    Bounds,
    Verdict,
    bound,
    floor,
    may_act,
    must_act,
    open_applying,
    open_outcome,
    open_setters,
    open_standing,
    verdicts,
)
from rpol.runtime.standing import Rules, instrument_of
from rpolc.analysis.contrast import Contrast, DutyKey, differ_at, essence
from rpolc.analysis.questions import NO, YES, Answer, Question

# Takes, for a part in which both decide alike, sets of clauses: one of each set is a reason that they do.
Record: TypeAlias = Callable[[frozenset[frozenset[int]]], object]


def differs(contrast: Contrast, record: Record | None = None) -> Question:
    """Return the question whether the readings decide differently."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        part = look(contrast, may_hold, must_hold)
        if part.surely_apart:
            return YES
        if part.turning:
            return False, contrast.told_under(part.turning)
        if part.unsure and differ_at(contrast, must_hold):
            return YES
        if record is not None:
            record(part.reasons)
        return NO

    return question


def verdicts_apart(contrast: Contrast) -> Question:
    """Return the question whether the readings decide differently, settled only where outcome and mark are known."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        part = look(contrast, may_hold, must_hold)
        if not part.unsure:
            return NO
        turning = set() if part.surely_apart else set(part.turning)
        turning |= open_verdict(contrast.old, part.old) | open_verdict(contrast.new, part.new)
        if turning:
            return False, contrast.told_under(turning)
        return YES if part.surely_apart or differ_at(contrast, must_hold) else NO

    return question


def not_changed_so(contrast: Contrast, old: Verdict, new: Verdict) -> Question:
    """Return the question whether the old reading does not decide `old`, the new one not `new`, or both alike."""

    def question(may_hold: Set[int], must_hold: Set[int]) -> Answer:
        part = look(contrast, may_hold, must_hold)
        may_old, may_new = verdicts(contrast.old, part.old), verdicts(contrast.new, part.new)
        if old not in may_old or new not in may_new or not part.unsure:
            return YES
        settled = len(may_old) == len(may_new) == 1
        if settled and (old != new or part.surely_apart):
            return NO
        turning = set() if old != new or part.surely_apart else set(part.turning)
        if not settled:
            turning |= open_verdict(contrast.old, part.old) | open_verdict(contrast.new, part.new)
        if turning:
            return False, contrast.told_under(turning)
        changed = differ_at(contrast, must_hold) and verdicts_at(contrast, must_hold) == (old, new)
        return NO if changed else YES

    return question


def verdicts_at(contrast: Contrast, holding: Set[int]) -> tuple[Verdict, Verdict]:
    """Return outcome and mark of both readings where exactly these clauses hold."""
    old, new = contrast.sides(holding)
    return essence(contrast.old, old)[:2], essence(contrast.new, new)[:2]


def open_verdict(rules: Rules, bounds: Bounds) -> set[int]:
    """Return clauses on whose holding it turns what outcome and mark are; none if that is settled."""
    return open_outcome(rules, bounds) if floor(rules, bounds) >= 0 else open_setters(rules, bounds)


def look(contrast: Contrast, may_hold: Set[int], must_hold: Set[int]) -> Part:
    """Return the part of the case space in which these clauses may hold, and these must."""
    (may_old, may_new), (must_old, must_new) = contrast.sides(may_hold), contrast.sides(must_hold)
    old, new = bound(contrast.old, may_old, must_old), bound(contrast.new, may_new, must_new)
    return Part(contrast, contrast.starting(may_hold), old, new)


@frozen(slots=False)
class Part:
    """A part of the case space as both readings see it; `starting` are clauses that may apply in one alone."""

    contrast: Contrast
    starting: frozenset[int]
    old: Bounds
    new: Bounds

    @property
    def _both(self) -> tuple[tuple[Rules, Bounds], tuple[Rules, Bounds]]:
        return (self.contrast.old, self.old), (self.contrast.new, self.new)

    # ------------------------------------------------------------ what may go apart

    @cached_property
    def applies(self) -> set[int]:
        """Clauses that may apply in one reading and not in the other."""
        found: set[int] = set()
        waiting = list(self.starting)
        while waiting:
            number = waiting.pop()
            if number in found or not (number in self.old.may_apply or number in self.new.may_apply):
                continue
            if number in self.starting or not self._surely_alike(number, found):
                found.add(number)
                waiting += self._leaning(number)
        return found

    def _leaning(self, licence: int) -> Set[int]:
        return self.contrast.old.leaning.get(licence, frozenset()) | self.contrast.new.leaning.get(licence, frozenset())

    def _surely_alike(self, number: int, apart: Set[int]) -> bool:
        """Tell whether a clause is reached, and rests on a licence, in both readings alike, whatever is `apart`."""
        clause = self.contrast.old.contents.clauses[number]
        needed = [] if clause.reached_through is None else [clause.reached_through]
        if self.contrast.old.effects[number] in ("review", "deny"):
            needed.append(clause.rests_on)
        return all(
            any(one not in apart and one in self.old.must_apply and one in self.new.must_apply for one in some)
            for some in needed
            if not apart.isdisjoint(some)
        )

    @cached_property
    def stands(self) -> set[int]:
        """Clauses that may stand in one reading and not in the other."""
        found: set[int] = set()
        waiting = [*self.applies, *self.contrast.handled]
        for licence in self.applies:
            waiting += self._leaning(licence)
        while waiting:
            number = waiting.pop()
            if number in found or not (number in self.old.may_stand or number in self.new.may_stand):
                continue
            if number in self.old.must_stand and number in self.new.must_stand:
                continue
            found.add(number)
            for rules, _ in self._both:
                lifts = rules.contents.clauses[number].lifts
                waiting += lifts
                if rules.effects[number] in ("exempt", "permit"):
                    for licence in lifts:
                        waiting += self._leaning(licence)
        return found

    @cached_property
    def acts(self) -> set[int]:
        """Exempts that may act in one reading and not in the other."""
        rules = self.contrast.old
        touched = self.stands | self.contrast.relinked
        for number in self.applies:
            touched = touched.union(*(one.lifted_by.get(number, ()) for one, _ in self._both))
        either = self._may_act[0] | self._may_act[1]
        return {n for n in touched if rules.effects[n] == "exempt" and n in either and n not in self.surely_acts}

    @cached_property
    def _may_act(self) -> tuple[set[int], set[int]]:
        return may_act(self.contrast.old, self.old), may_act(self.contrast.new, self.new)

    @cached_property
    def _must_act(self) -> tuple[set[int], set[int]]:
        return must_act(self.contrast.old, self.old), must_act(self.contrast.new, self.new)

    @property
    def surely_acts(self) -> set[int]:
        """Exempts that act in every case, in both readings."""
        return self._must_act[0] & self._must_act[1]

    # ------------------------------------------------------------ what is alike all the same

    @cached_property
    def kept(self) -> Set[int]:
        """Clauses that stand in every case, in both readings."""
        return self.old.must_stand & self.new.must_stand

    @cached_property
    def _kept_on_ladder(self) -> dict[str, list[int]]:
        """Of these, the clauses of the ladder under each instrument."""
        found: dict[str, list[int]] = {}
        for number in self.kept:
            if self.contrast.old.ranks[number] >= 0:
                found.setdefault(instrument_of(self.contrast.old, number), []).append(number)
        return found

    @cached_property
    def _moving(self) -> dict[str, list[int]]:
        """The clauses of the ladder that may go apart, under each instrument."""
        found: dict[str, list[int]] = {}
        for number in self.stands:
            if self.contrast.old.ranks[number] >= 0:
                found.setdefault(instrument_of(self.contrast.old, number), []).append(number)
        return found

    @cached_property
    def _as_strict(self) -> dict[str, frozenset[int]]:
        """For each instrument that may go apart, the kept clauses beside which that makes no difference."""
        ranks = self.contrast.old.ranks
        found: dict[str, frozenset[int]] = {}
        for instrument, moving in self._moving.items():
            top = max(ranks[number] for number in moving)
            found[instrument] = frozenset(n for n in self._kept_on_ladder.get(instrument, ()) if ranks[n] >= top)
        return found

    @cached_property
    def _owing(self) -> dict[DutyKey, frozenset[int]]:
        """For each duty that may go apart, the clauses that owe it in every case of both readings."""
        apart = {number for number in self.stands if self.contrast.old.effects[number] != "exempt"} | self.acts
        keys = {key for number in apart for key in self.contrast.duties(number)}
        effects, surely = self.contrast.old.effects, self.surely_acts if keys else set()
        speakers = [n for n in self.kept if effects[n] != "exempt" or n in surely] if keys else []
        return {key: frozenset(n for n in speakers if key in self.contrast.duties(n)) for key in keys}

    @cached_property
    def _mark_moves(self) -> bool:
        """Whether the mark may go apart where no clause of the ladder stands."""
        old, new = self._both
        return (
            old[0].contents.otherwise != new[0].contents.otherwise
            or bool(self.acts)
            or any(old[0].effects[number] == "permit" for number in self.stands)
        )

    @cached_property
    def unsure(self) -> bool:
        """Whether anything of a decision may go apart."""
        if any(not kept for kept in (*self._as_strict.values(), *self._owing.values())):
            return True
        return self._mark_moves and not self._kept_on_ladder

    # ------------------------------------------------------------ what is settled, and on what the rest turns

    @cached_property
    def surely_apart(self) -> bool:
        """Whether the readings decide differently in every case, as far as is quick to see."""
        for instrument, kept in self._as_strict.items():
            if not kept:
                old, new = (self._rungs(rules, bounds, instrument) for rules, bounds in self._both)
                if old[0] > new[1] or new[0] > old[1]:
                    return True
        return any(not owing and self._owed_in_one(key) for key, owing in self._owing.items())

    @staticmethod
    def _rungs(rules: Rules, bounds: Bounds, instrument: str) -> tuple[int, int]:
        """Return the lowest and the highest rung that an instrument may have; -1 is none."""
        highest = lowest = -1
        for number in bounds.may_stand:
            rank = rules.ranks[number]
            if rank > lowest and instrument_of(rules, number) == instrument:
                highest = max(highest, rank)
                if number in bounds.must_stand:
                    lowest = rank
        return lowest, highest

    def _owed_in_one(self, key: DutyKey) -> bool:
        """Tell whether a duty is owed in every case of one reading, and in none of the other."""
        may = [self._may_speak(side, key) for side in (0, 1)]
        must = [self._must_speak(side, key) for side in (0, 1)]
        return (bool(must[0]) and not may[1]) or (bool(must[1]) and not may[0])

    def _may_speak(self, side: int, key: DutyKey) -> list[int]:
        rules, bounds = self._both[side]
        acting = self._may_act[side]
        return [n for n in bounds.may_stand if self._speaks(rules, n, acting) and key in self.contrast.duties(n)]

    def _must_speak(self, side: int, key: DutyKey) -> list[int]:
        rules, bounds = self._both[side]
        acting = self._must_act[side]
        return [n for n in bounds.must_stand if self._speaks(rules, n, acting) and key in self.contrast.duties(n)]

    @staticmethod
    def _speaks(rules: Rules, number: int, acting: Set[int]) -> bool:
        return rules.effects[number] != "exempt" or number in acting

    @cached_property
    def turning(self) -> set[int]:
        """Clauses on whose holding it turns whether the readings decide alike; none if that is settled."""
        if not self.unsure:
            return set()
        found: set[int] = set()
        for instrument, kept in self._as_strict.items():
            if not kept:
                least = min(self.contrast.old.ranks[number] for number in self._moving[instrument])
                for rules, bounds in self._both:
                    concerned = (
                        n for n in bounds.may_stand if rules.ranks[n] >= least and instrument_of(rules, n) == instrument
                    )
                    found |= open_standing(rules, bounds, concerned)
        for key, owing in self._owing.items():
            if not owing:
                for side, (rules, bounds) in enumerate(self._both):
                    found |= _open_speaking(rules, bounds, self._may_speak(side, key))
        if self._mark_moves and not self._kept_on_ladder:
            for rules, bounds in self._both:
                found |= open_setters(rules, bounds)
        return found

    @property
    def reasons(self) -> frozenset[frozenset[int]]:
        """Why the readings decide alike, where they do: one clause of each set is enough."""
        found = {self._beside(instrument) for instrument in self._as_strict} | set(self._owing.values())
        if self._mark_moves:
            found.add(frozenset(number for kept in self._kept_on_ladder.values() for number in kept))
        found |= {
            self._lifting(number)
            for number in self.applies
            if number not in self.old.may_stand and number not in self.new.may_stand
        }
        return frozenset(found - {frozenset()})

    def _beside(self, instrument: str) -> frozenset[int]:
        if self._as_strict[instrument]:
            return self._as_strict[instrument]
        rules = self.contrast.new
        standing = [n for n in self.new.must_stand if rules.ranks[n] >= 0 and instrument_of(rules, n) == instrument]
        top = max((rules.ranks[number] for number in standing), default=-1)
        return frozenset(number for number in standing if rules.ranks[number] == top)

    def _lifting(self, number: int) -> frozenset[int]:
        for rules, bounds in self._both:
            lifters = rules.lifted_by.get(number, frozenset()) & bounds.must_stand
            for licence in rules.contents.clauses[number].rests_on if not lifters else ():
                lifters |= rules.lifted_by.get(licence, frozenset()) & bounds.must_stand
            if lifters:
                return lifters
        return frozenset()


def _open_speaking(rules: Rules, bounds: Bounds, clauses: Iterable[int]) -> set[int]:
    """Return clauses on whose holding it turns which of `clauses` stand, and of exempts, act."""
    numbers = set(clauses)
    lifted = (one for n in numbers if rules.effects[n] == "exempt" for one in rules.contents.clauses[n].lifts)
    return open_standing(rules, bounds, numbers) | open_applying(rules, bounds, lifted)
