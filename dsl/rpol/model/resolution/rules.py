"""Controls, permits and obliges: from statements to clauses, not yet linked (language.md, sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from rpol.model import problems
from rpol.model.policy import EffectName, Instrument, Window
from rpol.model.resolution.conditions import RULE, condition, conjunction
from rpol.model.resolution.heads import Words, check_start, words
from rpol.model.resolution.names import LAW, look_up
from rpol.model.resolution.paragraphs import Citation, path_of
from rpol.model.resolution.scope import Meaning, Scope
from rpol.model.resolution.statements import Anchor, Located
from rpol.model.resolution.subjects import subject
from rpol.syntax.nodes import (
    AnySubject,
    Bound,
    ClauseNode,
    ControlStatement,
    Name,
    ObligeStatement,
    PermitStatement,
    Under,
)
from rpol.text.source import Place

Statement: TypeAlias = ControlStatement | PermitStatement | ObligeStatement


@frozen
class Mention:
    """A name behind `overrides` or `supplements`, and where it stands."""

    name: str
    place: Place


@frozen
class Draft:
    """A clause before it is linked. `condition` is None if something is wrong in it or in what it cites.

    `cites`: whether an instrument is written for it, known or not.
    """

    label: str | None
    effect: EffectName
    implied: bool
    condition: Meaning | None
    citation: Citation | None
    cites: bool
    windows: tuple[Window, ...]
    duties: tuple[str, ...]
    notes: tuple[str, ...]
    overrides: tuple[Mention, ...]
    place: Place


@frozen
class Rule:
    """A control, permit or oblige with its clauses. `label` is its `as`, `name` that or else its subject as written."""

    kind: str
    label: str | None
    name: str
    supplements: tuple[Mention, ...]
    clauses: tuple[Draft, ...]
    place: Place


def rule(scope: Scope, instruments: Mapping[str, Instrument], statement: Located[Statement]) -> Rule:
    """Return the rule that a statement makes, with an implied `license` written out; what is wrong is reported."""
    node, anchor = statement.node, statement.anchor
    head = words(scope.names, node.head, anchor)
    base = _condition(scope, subject(scope, node.subject, anchor), head, anchor)
    whole = _Whole(scope, instruments, anchor, head, base, _citation(scope, head.under, None, anchor))
    if head.days.start is not None and whole.citation is not None:
        _check_start(whole, head, whole.citation)
    match node:
        case ControlStatement():
            kind, clauses = "control", _clauses(whole, node)
        case PermitStatement():
            kind, clauses = "permit", (_single(whole, "permit", anchor.place(node.subject)),)
        case ObligeStatement():
            kind, clauses = "oblige", (_single(whole, "oblige", anchor.place(node.subject)),)
            if not head.duties:
                scope.names.found.append(problems.rules.oblige_without_duty(anchor.place(node.subject)))
    label = None if head.label is None else head.label.text
    name = label or anchor.written(node.subject.span) or "any"
    return Rule(kind, label, name, _mentions(head.supplements, anchor), clauses, anchor.place(node.subject))


@frozen
class _Whole:
    """What holds for all clauses of a rule."""

    scope: Scope
    instruments: Mapping[str, Instrument]
    anchor: Anchor
    head: Words
    condition: Meaning | None
    citation: Citation | None


def _single(whole: _Whole, effect: EffectName, place: Place, *, implied: bool = False) -> Draft:
    """Return a clause that has nothing of its own: a permit, an oblige, an implied `license`."""
    head = whole.head
    sound = head.under is None or whole.citation is not None
    return Draft(
        label=head.label.text if head.label is not None and effect in ("permit", "oblige") else None,
        effect=effect,
        implied=implied,
        condition=whole.condition if sound else None,
        citation=whole.citation,
        cites=head.under is not None,
        windows=_windows(head),
        duties=head.duties,
        notes=head.notes,
        overrides=_mentions(head.overrides, whole.anchor),
        place=place,
    )


def _clauses(whole: _Whole, node: ControlStatement) -> tuple[Draft, ...]:
    written = tuple(_clause(whole, clause) for clause in node.clauses)
    if whole.head.supplements or any(draft.effect in ("license", "prohibit") for draft in written):
        _check_not_all_exempt(whole, node)
        return written
    if not _check_not_all_exempt(whole, node):
        _check_implied_license(whole, node)
    return (_single(whole, "license", whole.anchor.place(node.subject), implied=True), *written)


def _clause(whole: _Whole, node: ClauseNode) -> Draft:
    names, anchor = whole.scope.names, whole.anchor
    own = words(names, node.head, anchor)
    citation = _citation(whole.scope, own.under, whole.head.under, anchor, whole.citation)
    if own.days.start is not None and citation is not None:
        _check_start(whole, own, citation)
    cites = own.under is not None or whole.head.under is not None
    meaning = whole.condition
    if own.when is not None:
        meaning = _condition(whole.scope, whole.condition, own, anchor)
    return Draft(
        label=None if own.label is None else own.label.text,
        effect=node.effect,
        implied=False,
        condition=meaning if citation is not None or not cites else None,
        citation=citation,
        cites=cites,
        windows=(*_windows(whole.head), *_windows(own)),
        duties=(*whole.head.duties, *own.duties),
        notes=(*whole.head.notes, *own.notes),
        overrides=(*_mentions(whole.head.overrides, anchor), *_mentions(own.overrides, anchor)),
        place=anchor.at(node.effect_span),
    )


def _condition(scope: Scope, base: Meaning | None, head: Words, anchor: Anchor) -> Meaning | None:
    """Return `base` joined with the `when` of a head."""
    if head.when is None:
        return base
    own = condition(scope, head.when.condition, anchor, RULE)
    return None if base is None or own is None else conjunction((base, own))


def _citation(
    scope: Scope, under: Under | None, inherited_under: Under | None, anchor: Anchor, inherited: Citation | None = None
) -> Citation | None:
    """Return what a head cites: an instrument of its own, or a paragraph of the one it inherits."""
    if under is None:
        return inherited
    path = path_of(scope.names, under.paragraph, anchor)
    if under.paragraph is not None and path is None:
        return None
    paragraph = None if under.paragraph is None else under.paragraph.text
    if under.instrument is not None:
        found = look_up(scope.names, under.instrument.text, anchor.place(under.instrument), LAW)
        return None if found is None else Citation(found.name, path, paragraph)
    if inherited_under is None:
        scope.names.found.append(problems.law.paragraph_without_instrument(anchor.place(under), paragraph or ""))
    return None if inherited is None else Citation(inherited.instrument, path, paragraph)


def _check_start(whole: _Whole, head: Words, citation: Citation) -> None:
    law = whole.instruments.get(citation.instrument)
    if law is not None:
        check_start(whole.scope.names, head.days, law.name, law.window, law.place)


def _windows(head: Words) -> tuple[Window, ...]:
    return () if head.days.start is None and head.days.end is None else (head.days.window,)


def _mentions(names: Sequence[Name], anchor: Anchor) -> tuple[Mention, ...]:
    return tuple(Mention(name.text, anchor.place(name)) for name in names)


# ---------------------------------------------------------------- the implied license


def _check_not_all_exempt(whole: _Whole, node: ControlStatement) -> bool:
    """Report a control of which all written clauses are `exempt`; tell whether it is one."""
    if not node.clauses or any(clause.effect != "exempt" for clause in node.clauses):
        return False
    place = whole.anchor.at(node.clauses[0].effect_span)
    whole.scope.names.found.append(problems.rules.only_exempts(place, whole.anchor.place(node.subject)))
    return True


def _check_implied_license(whole: _Whole, node: ControlStatement) -> None:
    """Report an implied `license` that would not carry what its control's clauses carry, or would hold everywhere."""
    names, anchor = whole.scope.names, whole.anchor
    for clause in node.clauses:
        carried = [one for one in clause.head if isinstance(one, Bound | Under)]
        if carried:
            written = " ".join(anchor.written(one.span) for one in carried)
            names.found.append(problems.rules.unclear_license(anchor.place(carried[0]), clause.effect, written))
            return
    if isinstance(node.subject, AnySubject) and whole.head.when is None:
        names.found.append(problems.rules.license_for_everything(anchor.place(node.subject)))
