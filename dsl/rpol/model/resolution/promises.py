"""Facts, promises, examples and what stands beside them (language.md, section 3, "Facts" and "Promises")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rpol.model import problems
from rpol.model.policy import Example, Fact, Promise, Reason, Target
from rpol.model.resolution.conditions import FACT, KNOWN_ON, PROMISE, alternative, condition, negated
from rpol.model.resolution.linking import Numbered, under
from rpol.model.resolution.names import LAW, RULES, look_up
from rpol.model.resolution.paragraphs import NOTHING_CITED, path_of, report_unknown
from rpol.model.resolution.scope import Scope
from rpol.model.resolution.statements import Anchor, Located, one_line
from rpol.syntax import nodes
from rpol.syntax.nodes import (
    AlwaysStatement,
    CoverStatement,
    ExampleStatement,
    FactStatement,
    NeverStatement,
    OtherwiseStatement,
)
from rpol.text.source import Place

COVERABLE: Final = ("one of", "set of", "country")


def fact(scope: Scope, statement: Located[FactStatement]) -> Fact | None:
    """Return a fact: with `when`, that its condition holds or the other does not."""
    node, anchor = statement.node, statement.anchor
    holds = condition(scope, node.condition, anchor, FACT)
    when = None if node.when is None else condition(scope, node.when, anchor, FACT)
    if holds is None or (node.when is not None and when is None):
        return None
    meaning = holds if when is None else alternative((negated(when), holds))
    text = anchor.written(node.span).removeprefix("fact").strip()
    return Fact(meaning.condition, text, anchor.place(node))


def promise(scope: Scope, statement: Located[AlwaysStatement | NeverStatement]) -> Promise | None:
    """Return a promise."""
    node, anchor = statement.node, statement.anchor
    meaning = condition(scope, node.condition, anchor, PROMISE)
    if meaning is None:
        return None
    is_always = isinstance(node, AlwaysStatement)
    return Promise(
        word="always" if is_always else "never",
        outcome=node.outcome,
        or_stricter=isinstance(node, AlwaysStatement) and node.or_stricter,
        condition=meaning.condition,
        names_known_on=KNOWN_ON in meaning.speaks_of,
        place=anchor.place(node),
    )


def example(scope: Scope, numbered: Numbered, statement: Located[ExampleStatement]) -> Example | None:
    """Return an example; its paragraphs must be ones that some clause cites."""
    node, anchor = statement.node, statement.anchor
    scenario = None
    if node.scenario is not None:
        scenario = look_up(scope.names, node.scenario.text, anchor.place(node.scenario), ("scenario",))
    given = condition(scope, node.given, anchor, PROMISE)
    reasons = [_reason(scope, numbered, reason, anchor) for reason in node.reasons]
    sound = tuple(reason for reason in reasons if reason is not None)
    if given is None or len(sound) < len(reasons) or (node.scenario is not None and scenario is None):
        return None
    return Example(
        title=node.title.text,
        scenario=None if scenario is None else scenario.name,
        given=given.condition,
        names_known_on=KNOWN_ON in given.speaks_of,
        expect=node.expect,
        reasons=sound,
        text=one_line(anchor.text),
        place=anchor.place(node),
    )


def _reason(scope: Scope, numbered: Numbered, node: nodes.Reason, anchor: Anchor) -> Reason | None:
    """Return a reason and the clauses under it: those of an instrument, of a control, or the one of a label."""
    target = node.target
    found = look_up(scope.names, target.name.text, anchor.place(target.name), (*LAW, *RULES))
    path = path_of(scope.names, target.paragraph, anchor)
    if found is None or (target.paragraph is not None and path is None):
        return None
    text, place = anchor.written(node.span), anchor.place(target.paragraph or target)
    is_law = found.kind in LAW
    if target.paragraph is None or path is None:
        clauses = under(numbered, found.name, found.kind)
        return Reason(text, node.suspended, Target(found.name) if is_law else None, clauses)
    asked = Target(found.name, path, target.paragraph.text)
    known = (
        numbered.cited.get(found.name, NOTHING_CITED)
        if is_law
        else numbered.cited_by(under(numbered, found.name, found.kind))
    )
    if path not in known.paths:
        report_unknown(scope, asked, place, known)
        return None
    return Reason(text, node.suspended, asked if is_law else None, known.paths[path])


def covered(scope: Scope, statement: Located[CoverStatement]) -> tuple[tuple[str, Place], ...]:
    """Return the attributes that `cover` names, each with its place."""
    names, anchor = scope.names, statement.anchor
    found: list[tuple[str, Place]] = []
    for name in statement.node.attributes:
        declared = look_up(names, name.text, anchor.place(name), ("attribute",))
        attribute = None if declared is None else scope.vocabulary.attributes.get(declared.name)
        if attribute is None:
            continue
        if attribute.kind in COVERABLE:
            found.append((attribute.name, anchor.place(name)))
        else:
            names.found.append(problems.rules.cannot_cover(anchor.place(name), attribute))
    return tuple(found)


def otherwise(scope: Scope, statements: Sequence[Located[OtherwiseStatement]]) -> tuple[str | None, Place | None]:
    """Return the outcome where nothing else stands, and its place; a second `otherwise` is reported."""
    places = [statement.anchor.place(statement.node) for statement in statements]
    for again in places[1:]:
        scope.names.found.append(problems.rules.repeated_otherwise(again, places[0]))
    return (statements[0].node.outcome, places[0]) if statements else (None, None)
