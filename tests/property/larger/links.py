"""Which clauses a policy has, and which of them lift, reach or rest on which (language.md, sections 3.3 to 3.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Final

from attrs import frozen
from tests.property.larger.objects import Condition, In, Not, Policy, Rule, Window, all_of

RUNGS: Final = ("allow", "license", "review", "deny", "prohibit")


@frozen
class Stated:
    """A clause with all that it has from its control. `place` is its number there, -1 if it stands at the subject."""

    rule: int
    place: int
    effect: str
    label: str | None
    route: str
    condition: Condition | None
    instrument: str | None
    paragraph: str | None
    windows: tuple[Window, ...]
    overrides: tuple[str, ...]
    duties: tuple[str, ...]
    implied: bool = False


@frozen(slots=False)
class Links:
    """The clauses of a policy, by number, and what is between them."""

    policy: Policy

    @cached_property
    def clauses(self) -> tuple[Stated, ...]:
        """The clauses, those of one rule side by side."""
        return tuple(one for number, rule in enumerate(self.policy.rules) for one in _stated(number, rule))

    @cached_property
    def of_rule(self) -> Mapping[int, tuple[int, ...]]:
        """The clauses of each rule."""
        found: dict[int, list[int]] = {number: [] for number in range(len(self.policy.rules))}
        for number, clause in enumerate(self.clauses):
            found[clause.rule].append(number)
        return {rule: tuple(numbers) for rule, numbers in found.items()}

    @cached_property
    def _rules_by_name(self) -> Mapping[str, int]:
        return {rule.name: number for number, rule in enumerate(self.policy.rules)}

    @cached_property
    def _by_label(self) -> Mapping[str, int]:
        return {clause.label: number for number, clause in enumerate(self.clauses) if clause.label is not None}

    @cached_property
    def _by_instrument(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, clause in enumerate(self.clauses):
            if clause.instrument is not None:
                found.setdefault(clause.instrument, []).append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}

    def named(self, name: str, rule: int) -> tuple[int, ...]:
        """Return the clauses that a name stands for in a rule, whose own control or instrument it never reaches."""
        if name in self._by_label:
            return (self._by_label[name],)
        if name in self._rules_by_name:
            found = self.of_rule[self._rules_by_name[name]]
        else:
            found = self._by_instrument.get(name, ())
        return tuple(number for number in found if self.clauses[number].rule != rule)

    def overridden(self, number: int) -> frozenset[int]:
        """Return what the written `overrides` of a clause lift."""
        clause = self.clauses[number]
        return frozenset(
            other
            for name in clause.overrides
            for other in self.named(name, clause.rule)
            if other != number and (self.clauses[other].effect != "prohibit" or self.clauses[other].label == name)
        )

    @cached_property
    def lifts(self) -> tuple[frozenset[int], ...]:
        """What each clause lifts: by what is written, and by what it is in its control."""
        written = [self.overridden(number) for number in range(len(self.clauses))]
        found: list[frozenset[int]] = []
        for number, clause in enumerate(self.clauses):
            effects = {"exempt": ("license", "prohibit"), "allow": ("license",)}.get(clause.effect, ())
            beside = {
                other
                for other in self.of_rule[clause.rule]
                if self.clauses[other].effect in effects and number not in written[other]
            }
            found.append(written[number] | beside)
        return tuple(found)

    @cached_property
    def reached_through(self) -> tuple[frozenset[int] | None, ...]:
        """For each clause the licences through which its control reaches a case; None where it supplements nothing."""
        by_rule = [
            frozenset(
                number
                for name in rule.supplements
                for number in self.named(name, index)
                if self.clauses[number].effect == "license"
            )
            if rule.supplements
            else None
            for index, rule in enumerate(self.policy.rules)
        ]
        return tuple(by_rule[clause.rule] for clause in self.clauses)

    @cached_property
    def rests_on(self) -> tuple[frozenset[int], ...]:
        """For each `review` and `deny` the licences it rests on: its control's, and those it supplements."""
        found: list[frozenset[int]] = []
        for number, clause in enumerate(self.clauses):
            own = {other for other in self.of_rule[clause.rule] if self.clauses[other].effect == "license"}
            treats = clause.effect in ("review", "deny")
            found.append(frozenset(own | (self.reached_through[number] or set())) if treats else frozenset())
        return tuple(found)

    @cached_property
    def order(self) -> tuple[int, ...] | None:
        """The clauses, each after all that can lift it or let it fall; None if these form a circle."""
        after: dict[int, set[int]] = {number: set() for number in range(len(self.clauses))}
        resting: dict[int, list[int]] = {}
        for number, licences in enumerate(self.rests_on):
            for licence in licences:
                resting.setdefault(licence, []).append(number)
        for number, lifted in enumerate(self.lifts):
            for other in lifted:
                after[other].add(number)
                if self.clauses[number].effect in ("exempt", "permit"):
                    for fallen in resting.get(other, ()):
                        after[fallen].add(number)
        return _sorted(after)

    @cached_property
    def licence_order(self) -> tuple[int, ...] | None:
        """The licences, each after those through which its control reaches a case; None if these form a circle."""
        licences = [number for number, clause in enumerate(self.clauses) if clause.effect == "license"]
        by_rule: dict[int, set[int]] = {number: set() for number in range(len(self.policy.rules))}
        for number in range(len(self.clauses)):
            by_rule[self.clauses[number].rule] |= {self.clauses[one].rule for one in self.reached_through[number] or ()}
        order = _sorted(by_rule)
        return None if order is None else tuple(sorted(licences, key=lambda one: order.index(self.clauses[one].rule)))


def _sorted(after: Mapping[int, set[int]]) -> tuple[int, ...] | None:
    try:
        return tuple(TopologicalSorter(after).static_order())
    except CycleError:
        return None


def implies_license(rule: Rule) -> bool:
    """Tell whether a rule has an implied bare `license`."""
    effects = {clause.effect for clause in rule.clauses}
    return rule.kind == "control" and not rule.supplements and effects.isdisjoint(("license", "prohibit"))


def _stated(number: int, rule: Rule) -> Iterator[Stated]:
    subject = None if not rule.subject else In("item", rule.subject)
    excepted = Not(In("item", rule.excepted)) if rule.excepted else None
    region = all_of(subject, excepted, rule.condition)
    if rule.kind != "control" or implies_license(rule):
        yield Stated(
            rule=number,
            place=-1,
            effect="license" if rule.kind == "control" else rule.kind,
            label=None if rule.kind == "control" else rule.name,
            route=rule.name,
            condition=region,
            instrument=rule.instrument,
            paragraph=rule.paragraph,
            windows=(rule.window,),
            overrides=rule.overrides,
            duties=rule.duties,
            implied=rule.kind == "control",
        )
    for place, clause in enumerate(rule.clauses):
        cites_itself = clause.instrument is not None or clause.paragraph is not None
        yield Stated(
            rule=number,
            place=place,
            effect=clause.effect,
            label=clause.label,
            route=clause.label or rule.name,
            condition=all_of(region, clause.condition),
            instrument=clause.instrument or rule.instrument,
            paragraph=clause.paragraph if cites_itself else rule.paragraph,
            windows=(rule.window, clause.window),
            overrides=(*rule.overrides, *clause.overrides),
            duties=(*rule.duties, *clause.duties),
        )
