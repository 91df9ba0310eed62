"""What a policy means, as Z3 formulas over one case: language.md, section 3, and nothing of the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final, TypeAlias

import z3
from attrs import field, frozen
from tests.property.larger.case import FALSE, NO_LIMIT, TRUE, Case, any_of, every
from tests.property.larger.links import RUNGS, Links
from tests.property.larger.objects import (
    BLOCS,
    EMBARGO,
    LISTS,
    NODES,
    Act,
    All,
    Compared,
    Condition,
    Force,
    In,
    Instrument,
    IsNone,
    Not,
    Policy,
    Promise,
    Some,
    Window,
    Yes,
    path,
)

_COMPARED: Final = {
    "": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
# Parts of a decision by their names. Decisions are the same if all of these are.
Parts: TypeAlias = Mapping[object, z3.BoolRef]


@frozen(slots=False)
class Meaning:
    """A policy over the variables of a case."""

    policy: Policy
    case: Case
    _known: dict[object, z3.BoolRef] = field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def links(self) -> Links:
        """Its clauses and what is between them."""
        return Links(self.policy)

    @cached_property
    def _instruments(self) -> Mapping[str, Instrument]:
        return {one.name: one for one in self.policy.instruments}

    # ------------------------------------------------------------ in force

    def _within(self, window: Window) -> z3.BoolRef:
        date = self.case.numbers["date"]
        start = TRUE if window.start is None else date >= window.start
        return z3.And(start, TRUE if window.end is None else date <= window.end)

    def _own_window(self, instrument: Instrument) -> Window:
        start = instrument.window.start
        return Window(instrument.issued if start is None else start, instrument.window.end)

    def _counts(self, instrument: Instrument) -> z3.BoolRef:
        if instrument.scenario:
            return self.case.flags[instrument.name]
        return self.case.numbers["known_on"] >= instrument.issued

    def _at_work(self, instrument: Instrument, act: Act) -> z3.BoolRef:
        own = self._own_window(instrument)
        start = own.start if act.window.start is None else act.window.start
        end = own.end if act.window.end is None else act.window.end
        resting = self._reached(instrument.name, None)
        return z3.And(self._counts(instrument), self._within(Window(start, end)), z3.Not(resting))

    def _reached(self, name: str, paragraph: str | None) -> z3.BoolRef:
        """Return whether a suspension or repeal reaches what cites a paragraph of an instrument, or cites none."""
        key = ("reached", name, None if paragraph is None else path(paragraph))
        if key not in self._known:
            self._known[key] = any_of(
                self._at_work(instrument, act)
                for instrument in self.policy.instruments
                for act in instrument.acts
                if act.target == name and (act.paragraph is None or _is_below(paragraph, act.paragraph))
            )
        return self._known[key]

    def _whole_in_force(self, name: str) -> z3.BoolRef:
        instrument = self._instruments[name]
        within = self._within(self._own_window(instrument))
        return z3.And(self._counts(instrument), within, z3.Not(self._reached(name, None)))

    @cached_property
    def in_force(self) -> tuple[z3.BoolRef, ...]:
        """Whether each clause is in force."""
        found = []
        for clause in self.links.clauses:
            windows = [self._within(window) for window in clause.windows]
            if clause.instrument is not None:
                instrument = self._instruments[clause.instrument]
                windows += [self._counts(instrument), self._within(self._own_window(instrument))]
                windows.append(z3.Not(self._reached(clause.instrument, clause.paragraph)))
            found.append(every(windows))
        return tuple(found)

    def _force(self, asked: Force) -> z3.BoolRef:
        if asked.paragraph is None:
            return self._whole_in_force(asked.instrument)
        return any_of(
            force
            for clause, force in zip(self.links.clauses, self.in_force, strict=True)
            if clause.instrument == asked.instrument and _is_below(clause.paragraph, asked.paragraph)
        )

    # ------------------------------------------------------------ conditions

    def condition(self, condition: Condition | None) -> z3.BoolRef:
        """Return whether a condition holds; None always does."""
        match condition:
            case None:
                return TRUE
            case All(terms):
                return every(map(self.condition, terms))
            case Some(terms):
                return any_of(map(self.condition, terms))
            case Not(term):
                return z3.Not(self.condition(term))
            case In("uses", words, only=True):
                others = any_of(held for use, held in self.case.values["uses"].items() if use not in words)
                return z3.And(any_of(self.case.values["uses"].values()), z3.Not(others))
            case In(attribute, words):
                return any_of(self._word(attribute, word) for word in words)
            case IsNone():
                return self.case.flags["no share"]
            case Yes():
                return self.case.flags["resale"]
            case Compared(attribute, operator, number):
                holds = _COMPARED[operator](self.case.numbers[attribute], number)
                return z3.And(z3.Not(self.case.flags["no share"]), holds) if attribute == "share" else holds
            case Force():
                return self._force(condition)

    def _word(self, attribute: str, word: str) -> z3.BoolRef:
        values = self.case.values[attribute]
        if word in LISTS or word == EMBARGO:
            return any_of(
                z3.And(
                    values[row.name],
                    self._within(row.window),
                    TRUE if row.under is None else self._whole_in_force(row.under),
                )
                for row in self.policy.rows
                if row.list == word
            )
        known = {"item": NODES, "destination": BLOCS}.get(attribute, {})
        return any_of(values[one] for one in known.get(word, (word,)))

    @property
    def possible(self) -> z3.BoolRef:
        """Whether a case is one that can be: no fact is false in it."""
        return every(map(self.condition, self.policy.facts))

    @cached_property
    def meets(self) -> tuple[z3.BoolRef, ...]:
        """Whether the case meets the conditions of each clause, whatever the day."""
        return tuple(self.condition(clause.condition) for clause in self.links.clauses)

    # ------------------------------------------------------------ apply, stand, lift

    @cached_property
    def names(self) -> tuple[z3.BoolRef, ...]:
        """For each clause a name for: the case meets its conditions, and it is in force."""
        return tuple(z3.Bool(f"clause {number}") for number in range(len(self.links.clauses)))

    @property
    def definitions(self) -> list[z3.BoolRef]:
        """What the names mean."""
        return [name == z3.And(*both) for name, *both in zip(self.names, self.meets, self.in_force, strict=True)]

    def spelt_out(self, formula: z3.BoolRef) -> z3.BoolRef:
        """Return a formula with what the names mean in their place."""
        meant = (z3.And(*both) for both in zip(self.meets, self.in_force, strict=True))
        return z3.substitute(formula, *zip(self.names, meant, strict=True))

    @cached_property
    def applies(self) -> tuple[z3.BoolRef, ...]:
        """Whether each clause applies (1, 2)."""
        clauses = self.links.clauses
        found: dict[int, z3.BoolRef] = {}
        assert self.links.licence_order is not None
        rest = [number for number, clause in enumerate(clauses) if clause.effect != "license"]
        for number in (*self.links.licence_order, *rest):
            through, resting = self.links.reached_through[number], self.links.rests_on[number]
            reached = TRUE if through is None else any_of(found[one] for one in sorted(through))
            treats = clauses[number].effect in ("review", "deny")
            asked = any_of(found[one] for one in sorted(resting)) if treats else TRUE
            found[number] = z3.And(self.names[number], reached, asked)
        return tuple(found[number] for number in range(len(clauses)))

    @cached_property
    def stands(self) -> tuple[z3.BoolRef, ...]:
        """Whether each clause stands (3, 4)."""
        clauses, lifts = self.links.clauses, self.links.lifts
        found: dict[int, z3.BoolRef] = {}
        assert self.links.order is not None
        for number in self.links.order:
            lifted = any_of(found[one] for one in sorted(found) if number in lifts[one])
            falls = FALSE
            if clauses[number].effect in ("review", "deny"):
                routes = [one for one in sorted(found) if clauses[one].effect in ("exempt", "permit")]
                falls = every(
                    z3.Implies(self.applies[licence], any_of(found[one] for one in routes if licence in lifts[one]))
                    for licence in sorted(self.links.rests_on[number])
                )
            found[number] = z3.And(self.applies[number], z3.Not(lifted), z3.Not(falls))
        return tuple(found[number] for number in range(len(clauses)))

    @cached_property
    def speaks(self) -> tuple[z3.BoolRef, ...]:
        """Whether the duties of each clause count: it stands, and if it is an `exempt`, it acts (3)."""
        found = []
        for number, (clause, standing) in enumerate(zip(self.links.clauses, self.stands, strict=True)):
            lifted = any_of(self.applies[one] for one in sorted(self.links.lifts[number]))
            found.append(z3.And(standing, lifted) if clause.effect == "exempt" else standing)
        return tuple(found)

    # ------------------------------------------------------------ the decision

    def _standing(self, least: int, instrument: str | object | None = ...) -> z3.BoolRef:
        """Return whether a clause of a rung or of a stricter one stands, under an instrument if one is given."""
        return any_of(
            standing
            for clause, standing in zip(self.links.clauses, self.stands, strict=True)
            if clause.effect in RUNGS[least:] and instrument in (..., clause.instrument)
        )

    def _speaking(self, effect: str) -> z3.BoolRef:
        return any_of(
            one for clause, one in zip(self.links.clauses, self.speaks, strict=True) if clause.effect == effect
        )

    @cached_property
    def outcome(self) -> tuple[z3.BoolRef, ...]:
        """Whether the outcome is each rung or a stricter one (5, 7)."""
        free = z3.Or(self._speaking("exempt"), self._speaking("permit"))
        least = RUNGS.index(self.policy.otherwise or "allow")
        nothing = z3.Not(self._standing(0))
        return tuple(
            TRUE if rung == 0 else z3.Or(self._standing(rung), z3.And(nothing, z3.Not(free), z3.BoolVal(least >= rung)))
            for rung in range(len(RUNGS))
        )

    def is_outcome(self, name: str) -> z3.BoolRef:
        """Return whether this is the outcome."""
        rung = RUNGS.index(name)
        stricter = self.outcome[rung + 1] if rung + 1 < len(RUNGS) else FALSE
        return z3.And(self.outcome[rung], z3.Not(stricter))

    @cached_property
    def marks(self) -> Mapping[str, z3.BoolRef]:
        """Whether the decision has each mark (7)."""
        nothing, acted, permitted = z3.Not(self._standing(0)), self._speaking("exempt"), self._speaking("permit")
        left = z3.And(nothing, z3.Not(acted), z3.Not(permitted))
        return {
            "exempt": z3.And(nothing, acted),
            "permitted": z3.And(nothing, z3.Not(acted), permitted),
            "not controlled" if self.policy.otherwise is None else "otherwise": left,
        }

    @cached_property
    def parts(self) -> Parts:
        """All that makes two decisions the same or not."""
        duties: dict[object, list[z3.BoolRef]] = {}
        for clause, speaking in zip(self.links.clauses, self.speaks, strict=True):
            for duty in clause.duties:
                route = clause.route if clause.effect in ("exempt", "permit") else None
                duties.setdefault(("duty", duty, clause.instrument, route), []).append(speaking)
        instruments = dict.fromkeys(clause.instrument for clause in self.links.clauses)
        return {
            **{("outcome", rung): bit for rung, bit in enumerate(self.outcome)},
            **{("mark", mark): bit for mark, bit in self.marks.items()},
            **{
                ("instrument", name, rung): self._standing(rung, name)
                for name in instruments
                for rung in range(len(RUNGS))
            },
            **{key: any_of(speaking) for key, speaking in duties.items()},
        }

    @cached_property
    def parts_spelt_out(self) -> Parts:
        """The parts with what the names mean in their place, so that they can be held against another policy's."""
        return {name: self.spelt_out(part) for name, part in self.parts.items()}

    def without(self, number: int) -> Parts:
        """Return the decision with the conditions of a clause made false."""
        return {name: z3.substitute(part, (self.names[number], FALSE)) for name, part in self.parts.items()}

    # ------------------------------------------------------------ promises

    def meant(self, promise: Promise) -> z3.BoolRef:
        """Return whether a promise speaks of the case: with no limit, unless its condition names `known_on`."""
        holds = self.condition(promise.condition)
        if _names_known_on(promise.condition):
            return holds
        return z3.And(holds, self.case.numbers["known_on"] == NO_LIMIT)

    def keeps(self, promise: Promise) -> z3.BoolRef:
        """Return whether the outcome is one that a promise allows."""
        if promise.word == "never":
            return z3.Not(self.is_outcome(promise.outcome))
        return self.outcome[RUNGS.index(promise.outcome)] if promise.or_stricter else self.is_outcome(promise.outcome)


def differ(old: Parts, new: Parts) -> z3.BoolRef:
    """Return whether two decisions are not the same."""
    pairs = ((old.get(name, FALSE), new.get(name, FALSE)) for name in {**old, **new})
    return any_of(one != other for one, other in pairs if not z3.eq(one, other))


def _is_below(paragraph: str | None, above: str) -> bool:
    """Tell whether a paragraph is another, or lies below it."""
    return paragraph is not None and path(paragraph)[: len(path(above))] == path(above)


def _names_known_on(condition: Condition) -> bool:
    match condition:
        case Compared("known_on", _, _):
            return True
        case All(terms) | Some(terms):
            return any(map(_names_known_on, terms))
        case Not(term):
            return _names_known_on(term)
    return False
