"""What is not wrong but should be looked at: names nothing uses, clauses without a source, values not covered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rpol.model import problems
from rpol.model.declared import Kind
from rpol.model.policy import (
    AllOf,
    Among,
    AnyOf,
    Condition,
    Instrument,
    ListOf,
    Negation,
    OnlyAmong,
    PlainList,
    Policy,
)
from rpol.model.resolution.names import Names
from rpol.model.resolution.rules import Rule
from rpol.runtime.attribute import Value
from rpol.text.diagnostic import Diagnostic

_MAY_BE_UNUSED: Final[tuple[Kind, ...]] = ("group", "define", "list", "instrument")


def on_names(names: Names, instruments: Mapping[str, Instrument]) -> Iterator[Diagnostic]:
    """Yield a warning for each group, define, list and instrument that nothing uses; one that acts is of use."""
    spared = names.used | names.broken
    for declared in names.declared.values():
        law = instruments.get(declared.name)
        acts = law is not None and (law.acts or law.doubts)
        if declared.kind in _MAY_BE_UNUSED and declared.name not in spared and not acts:
            yield problems.names.unused_name(declared)


def on_rules(rules: Sequence[Rule]) -> Iterator[Diagnostic]:
    """Yield a warning for each rule that says nothing, and for each that cites nothing, or clause that does not."""
    for rule in rules:
        uncited = [draft for draft in rule.clauses if not draft.cites]
        if not rule.clauses:
            yield problems.rules.empty_control(rule.place)
        elif len(uncited) == len(rule.clauses):
            yield problems.law.uncited_rule(rule.place, rule.kind)
        else:
            yield from (problems.law.uncited_clause(draft.place) for draft in uncited)


def on_cover(policy: Policy) -> Iterator[Diagnostic]:
    """Yield a warning for each covered attribute that has leaves which no control or permit names.

    A leaf is named by itself, by a value above it, by a group or by a list, in a subject or a condition, also behind
    a `not` (language.md, section 4, completeness).
    """
    if not policy.covered:
        return
    named: dict[str, set[Value]] = {name: set() for name, _ in policy.covered}
    seen: set[int] = set()
    for clause in policy.clauses:
        if clause.effect != "oblige":
            for test in _tests(clause.condition, seen):
                if test.attribute in named:
                    named[test.attribute].update(test.values, *(_listed(policy.lists[name]) for name in test.lists))
    for name, place in policy.covered:
        taxonomy = policy.attributes[name].taxonomy
        missing = [] if taxonomy is None else [leaf for leaf in taxonomy.leaves if leaf not in named[name]]
        if missing:
            yield problems.rules.uncovered_value(place, name, missing)


def _tests(condition: Condition, seen: set[int]) -> Iterator[Among | OnlyAmong]:
    """Yield the tests of values in a condition, each shared one once."""
    if id(condition) in seen:
        return
    seen.add(id(condition))
    match condition:
        case AllOf(terms) | AnyOf(terms):
            for term in terms:
                yield from _tests(term, seen)
        case Negation(term):
            yield from _tests(term, seen)
        case Among() | OnlyAmong():
            yield condition


def _listed(listing: ListOf) -> set[Value]:
    if not isinstance(listing, PlainList):
        return set()
    return {value for row in listing.rows for value in row.values}
