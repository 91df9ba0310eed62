"""Two ways to read the same clauses, and whether they decide alike (language.md, section 3, "the same").

One way may leave clauses out, or link them otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from rpol.runtime.standing import Rules, acting, applying, by_instrument, outcome, speaking, standing

# A duty as decisions are compared: its text, its instrument, its route.
DutyKey: TypeAlias = tuple[str, str | None, str | None]
# What makes decisions the same: outcome, mark, outcome under each instrument, duties.
Essence: TypeAlias = tuple[str, str | None, frozenset[tuple[str, str]], frozenset[DutyKey]]


@frozen(slots=False)
class Contrast:
    """Two readings. A clause of `only_old` is not there in the new one, one of `only_new` not in the old one.

    `relinked` are the clauses that rest on, are reached through or lift other clauses in one than in the other. Where a
    clause of both holds in one alone, that is told under a number of its own, which is an alias of the clause's.
    """

    old: Rules
    new: Rules
    only_old: frozenset[int] = frozenset()
    only_new: frozenset[int] = frozenset()
    relinked: frozenset[int] = frozenset()
    aliases: Mapping[int, int] = field(factory=dict)
    _duties: dict[int, frozenset[DutyKey]] = field(factory=dict, init=False, eq=False, repr=False)

    def duties(self, number: int) -> frozenset[DutyKey]:
        """Return the duties of a clause."""
        if number not in self._duties:
            self._duties[number] = _duties(self.old if number not in self.only_new else self.new, number)
        return self._duties[number]

    @cached_property
    def _otherwise(self) -> frozenset[int]:
        """The clauses that rest on or are reached through other clauses in one reading than in the other."""
        return frozenset(number for number in self.relinked if _needs(self.old, number) != _needs(self.new, number))

    def starting(self, may_hold: Set[int]) -> frozenset[int]:
        """Return the clauses that may apply in one reading alone, by what is said of them and where they hold."""
        apart = may_hold & (self.only_old | self.only_new)
        return self._otherwise.union(self.aliases.get(number, number) for number in apart)

    @cached_property
    def _numbers(self) -> Mapping[int, tuple[int, ...]]:
        """The numbers under which it is told where a clause with aliases holds."""
        found: dict[int, tuple[int, ...]] = {}
        for alias, number in self.aliases.items():
            found[number] = (*found.get(number, (number,)), alias)
        return found

    def told_under(self, clauses: Iterable[int]) -> set[int]:
        """Return the numbers under which it is told where some clauses hold."""
        return {number for clause in clauses for number in self._numbers.get(clause, (clause,))}

    @cached_property
    def handled(self) -> frozenset[int]:
        """The clauses that something lifts, or lets fall, in one reading alone."""
        found: set[int] = set()
        for number in self.relinked:
            old, new = (set(rules.contents.clauses[number].lifts) for rules in (self.old, self.new))
            found |= old ^ new
            found.update(*(rules.leaning.get(lifted, ()) for lifted in old ^ new for rules in (self.old, self.new)))
        return frozenset(found)

    def sides(self, holding: Set[int]) -> tuple[Set[int], Set[int]]:
        """Return which of the clauses that hold are there in the old and in the new reading."""
        old, new = holding - self.only_new, holding - self.only_old
        if self.aliases:
            old, new = ({self.aliases.get(number, number) for number in side} for side in (old, new))
        return old, new


def _needs(rules: Rules, number: int) -> object:
    clause = rules.contents.clauses[number]
    return set(clause.rests_on), clause.reached_through and set(clause.reached_through)


def _duties(rules: Rules, number: int) -> frozenset[DutyKey]:
    clause = rules.contents.clauses[number]
    route = (clause.ref.label or clause.ref.control) if clause.ref.effect in ("exempt", "permit") else None
    return frozenset((text, clause.ref.instrument, route) for text in clause.duties)


# ---------------------------------------------------------------- one case


def essence(rules: Rules, holding: Set[int]) -> Essence:
    """Return what is decided where exactly these clauses hold, as far as decisions are compared."""
    apply = applying(rules, holding)
    stand = standing(rules, apply)
    act = acting(rules, apply, stand)
    decided, mark, _ = outcome(rules, stand, act)
    owed = frozenset(duty for number in speaking(rules, stand, act) for duty in _duties(rules, number))
    return decided, mark, frozenset(by_instrument(rules, stand).items()), owed


def differ_at(contrast: Contrast, holding: Set[int]) -> bool:
    """Tell whether the readings decide differently where exactly these clauses hold."""
    old, new = contrast.sides(holding)
    return essence(contrast.old, old) != essence(contrast.new, new)
