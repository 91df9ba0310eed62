"""Whether a compiler may accept a policy: language.md, section 3, says what is an error."""

from __future__ import annotations

from tests.property.larger.links import Links, implies_license
from tests.property.larger.objects import (
    Clause,
    Condition,
    Force,
    Not,
    Policy,
    Rule,
    Window,
    path,
)


def is_sound(policy: Policy) -> bool:
    """Tell whether a policy has none of the mistakes that language.md, section 3, calls an error."""
    links = Links(policy)
    starts = {one.name: one.issued if one.window.start is None else one.window.start for one in policy.instruments}

    def starts_late_enough(window: Window, instrument: str | None) -> bool:
        return window.start is None or instrument is None or window.start >= (starts[instrument] or 0)

    for rule in policy.rules:
        if rule.kind == "control" and rule.clauses and all(clause.effect == "exempt" for clause in rule.clauses):
            return False
        if implies_license(rule) and ((not rule.subject and rule.condition is None) or any(map(_dated, rule.clauses))):
            return False
        if rule.supplements and rule.kind == "control" and not rule.clauses:
            return False
        windows = ((clause.window, clause.instrument or rule.instrument) for clause in rule.clauses)
        if not all(starts_late_enough(*one) for one in ((rule.window, rule.instrument), *windows)):
            return False
    for rule_number, rule in enumerate(policy.rules):
        for name in rule.supplements:
            if not any(links.clauses[one].effect == "license" for one in links.named(name, rule_number)):
                return False
    for clause in links.clauses:
        if not all(links.named(name, clause.rule) for name in clause.overrides):
            return False
    treating = (number for number, clause in enumerate(links.clauses) if clause.effect in ("review", "deny"))
    if not all(links.rests_on[number] for number in treating):
        return False
    if not all(_is_cited(links, one) for one in _paragraphs_named(policy)):
        return False
    return links.order is not None and links.licence_order is not None


def _dated(clause: Clause) -> bool:
    return clause.window != Window() or clause.paragraph is not None or clause.instrument is not None


def _paragraphs_named(policy: Policy) -> list[tuple[str, str]]:
    found = [(act.target, act.paragraph) for one in policy.instruments for act in one.acts if act.paragraph is not None]
    conditions = [condition for rule in policy.rules for condition in _conditions(rule)]
    conditions += [promise.condition for promise in policy.promises]
    for condition in conditions:
        found += [(one.instrument, one.paragraph) for one in _forces(condition) if one.paragraph is not None]
    return found


def _conditions(rule: Rule) -> list[Condition]:
    return [one for one in (rule.condition, *(clause.condition for clause in rule.clauses)) if one is not None]


def _forces(condition: Condition) -> list[Force]:
    if isinstance(condition, Force):
        return [condition]
    terms = getattr(condition, "terms", None) or ((condition.term,) if isinstance(condition, Not) else ())
    return [found for term in terms for found in _forces(term)]


def _is_cited(links: Links, named: tuple[str, str]) -> bool:
    instrument, paragraph = named[0], path(named[1])
    return any(
        one.instrument == instrument
        and one.paragraph is not None
        and path(one.paragraph)[: len(paragraph)] == paragraph
        for one in links.clauses
    )
