"""Apply, stand, lift (language.md, section 3), on the few clauses that hold in one case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from functools import cached_property

from attrs import evolve, field, frozen

from rpol.runtime.contents import Clause, Contents
from rpol.runtime.ladder import OUTCOMES, RANK


@frozen(slots=False)
class Rules:
    """What clauses do to one another, laid out once."""

    contents: Contents
    _needed: dict[int, frozenset[int]] = field(factory=dict, init=False, repr=False)
    _concerned: dict[int, frozenset[int]] = field(factory=dict, init=False, repr=False)

    @cached_property
    def effects(self) -> tuple[str, ...]:
        """The effect of each clause."""
        return tuple(clause.ref.effect for clause in self.contents.clauses)

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """The rung of each clause on the ladder; -1 for those that are not on it."""
        return tuple(RANK.get(effect, -1) for effect in self.effects)

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """The position of each clause in the order of lifting."""
        positions = [0] * len(self.contents.clauses)
        for position, clause in enumerate(self.contents.order):
            positions[clause] = position
        return tuple(positions)

    @cached_property
    def lifted_by(self) -> Mapping[int, frozenset[int]]:
        """The clauses that lift each clause, where there are any."""
        found: dict[int, set[int]] = {}
        for number, clause in enumerate(self.contents.clauses):
            for lifted in clause.lifts:
                found.setdefault(lifted, set()).add(number)
        return {lifted: frozenset(by) for lifted, by in found.items()}

    @cached_property
    def liftable(self) -> frozenset[int]:
        """The clauses that something lifts, or that may fall."""
        fragile = (number for number, effect in enumerate(self.effects) if effect in ("review", "deny"))
        return frozenset((*self.lifted_by, *fragile))

    @cached_property
    def leaning_clauses(self) -> frozenset[int]:
        """The clauses that apply only where others do."""
        return frozenset(
            number
            for number, clause in enumerate(self.contents.clauses)
            if clause.reached_through is not None or self.effects[number] in ("review", "deny")
        )

    @cached_property
    def leaning(self) -> Mapping[int, frozenset[int]]:
        """The clauses that rest on each licence or are reached through it, where there are any."""
        found: dict[int, set[int]] = {}
        for number in range(len(self.contents.clauses)):
            for licence in self._needs(number):
                found.setdefault(licence, set()).add(number)
        return {licence: frozenset(by) for licence, by in found.items()}

    def relinked(self, changes: Mapping[int, Clause], order: tuple[int, ...] | None = None) -> Rules:
        """Return the rules with other links of some clauses, which keep their effects; `order`, if the old is none."""
        clauses = list(self.contents.clauses)
        lifted_by = dict(self.lifted_by)
        for number, clause in changes.items():
            before, after = set(clauses[number].lifts), set(clause.lifts)
            for lifted in before - after:
                lifted_by[lifted] -= {number}
            for lifted in after - before:
                lifted_by[lifted] = lifted_by.get(lifted, frozenset()) | {number}
            clauses[number] = clause
        other = Rules(evolve(self.contents, clauses=tuple(clauses), order=order or self.contents.order))
        vars(other).update(effects=self.effects, ranks=self.ranks, lifted_by=lifted_by)
        if order is None:
            vars(other).update(positions=self.positions)
        return other

    def needed(self, number: int) -> frozenset[int]:
        """Return a clause and all others on which it turns whether it applies."""
        return self._closed(number, self._needs, self._needed)

    def concerned(self, number: int) -> frozenset[int]:
        """Return a clause and all others on which it turns whether it applies, stands or acts."""
        return self._closed(number, self._concerns, self._concerned)

    def _needs(self, number: int) -> tuple[int, ...]:
        clause = self.contents.clauses[number]
        return (*clause.rests_on, *(clause.reached_through or ()))

    def _concerns(self, number: int) -> tuple[int, ...]:
        acts_on = self.contents.clauses[number].lifts if self.effects[number] == "exempt" else ()
        return (*self._needs(number), *self.lifted_by.get(number, ()), *acts_on)

    @staticmethod
    def _closed(number: int, step: Callable[[int], Iterable[int]], known: dict[int, frozenset[int]]) -> frozenset[int]:
        if number not in known:
            found = {number}
            waiting = [number]
            while waiting:
                for other in step(waiting.pop()):
                    if other not in found:
                        found.add(other)
                        waiting.append(other)
            known[number] = frozenset(found)
        return known[number]


def applying(rules: Rules, holding: Set[int]) -> set[int]:
    """Return which of the clauses that hold apply: they are reached, and a review or deny has a licence to rest on."""
    clauses = rules.contents.clauses
    effects = rules.effects
    licences: set[int] = set()
    waiting = [number for number in holding if effects[number] == "license"]
    while True:
        reached = [number for number in waiting if _reached(rules, number, licences)]
        if not reached:
            break
        licences.update(reached)
        waiting = [number for number in waiting if number not in licences]
    return licences | {
        number
        for number in holding
        if effects[number] != "license"
        and _reached(rules, number, licences)
        and (effects[number] not in ("review", "deny") or not licences.isdisjoint(clauses[number].rests_on))
    }


def _reached(rules: Rules, number: int, licences: Set[int]) -> bool:
    through = rules.contents.clauses[number].reached_through
    return through is None or not licences.isdisjoint(through)


def standing(rules: Rules, applying: Collection[int]) -> set[int]:
    """Return which of the applying clauses stand."""
    found: set[int] = set()
    for number in sorted(applying, key=rules.positions.__getitem__):
        if not lifters(rules, applying, found, number):
            found.add(number)
    return found


def lifters(rules: Rules, applying: Collection[int], standing: Set[int], number: int) -> frozenset[int]:
    """Return the standing clauses that lift a clause or let it fall; none if it stands."""
    found = rules.lifted_by.get(number, frozenset()) & standing
    if rules.effects[number] not in ("review", "deny"):
        return found
    lifting: frozenset[int] = frozenset()
    for licence in rules.contents.clauses[number].rests_on:
        if licence in applying:
            by = rules.lifted_by.get(licence, frozenset()) & standing
            carve_outs = frozenset(other for other in by if rules.effects[other] in ("exempt", "permit"))
            if not carve_outs:
                return found
            lifting |= carve_outs
    return found | lifting


def acting(rules: Rules, applying: Set[int], standing: Set[int]) -> frozenset[int]:
    """Return the standing exempts that lift a clause that applies."""
    return frozenset(
        number
        for number in standing
        if rules.effects[number] == "exempt" and not applying.isdisjoint(rules.contents.clauses[number].lifts)
    )


def permits(rules: Rules, standing: Set[int]) -> frozenset[int]:
    """Return the permits among standing clauses."""
    return frozenset(number for number in standing if rules.effects[number] == "permit")


def speaking(rules: Rules, standing: Set[int], acting: Set[int]) -> frozenset[int]:
    """Return the standing clauses whose duties, notes and citations count: of exempts, those that act."""
    return frozenset(number for number in standing if rules.effects[number] != "exempt" or number in acting)


def by_instrument(rules: Rules, standing: Set[int]) -> dict[str, str]:
    """Return the strictest standing effect under each instrument; clauses without one count under "none"."""
    strictest: dict[str, int] = {}
    for number in standing:
        if rules.ranks[number] >= 0:
            instrument = instrument_of(rules, number)
            strictest[instrument] = max(strictest.get(instrument, -1), rules.ranks[number])
    return {instrument: OUTCOMES[rank] for instrument, rank in strictest.items()}


def instrument_of(rules: Rules, number: int) -> str:
    """Return the instrument under which a clause counts."""
    return rules.contents.clauses[number].ref.instrument or "none"


def outcome(rules: Rules, standing: Set[int], acting: frozenset[int]) -> tuple[str, str | None, frozenset[int]]:
    """Return the outcome, its mark, and the clauses that set it."""
    strictest = max((rules.ranks[number] for number in standing), default=-1)
    if strictest >= 0:
        because = frozenset(number for number in standing if rules.ranks[number] == strictest)
        return rules.effects[next(iter(because))], None, because
    if acting:
        return "allow", "exempt", acting
    permitted = permits(rules, standing)
    if permitted:
        return "allow", "permitted", permitted
    if rules.contents.otherwise is not None:
        return rules.contents.otherwise, "otherwise", frozenset()
    return "allow", "not controlled", frozenset()
