"""What a control, permit or oblige is about (language.md, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

from rpol.model import problems
from rpol.model.policy import TRUE
from rpol.model.resolution.conditions import selected
from rpol.model.resolution.scope import Meaning, Scope, affordable
from rpol.model.resolution.statements import Anchor
from rpol.model.resolution.words import less, lists_in, select
from rpol.runtime.attribute import ORDERED, Attribute
from rpol.syntax.nodes import AnySubject, Name, Subject, SubjectNode, Word


def subject(scope: Scope, node: SubjectNode, anchor: Anchor) -> Meaning | None:
    """Return the condition that a case is one the subject speaks of; None if something is wrong, which is reported."""
    if isinstance(node, AnySubject):
        return Meaning(TRUE)
    attribute = _implied(scope, node, anchor) if node.attribute is None else _named(scope, node.attribute, anchor)
    if attribute is None:
        return None
    base = select(scope, attribute, node.words, anchor)
    excepted = select(scope, attribute, node.excepted, anchor) if node.excepted else None
    if base is None or (node.excepted and excepted is None):
        return None
    selection = base if excepted is None else less(base, excepted)
    place = anchor.place(node)
    party_list = next((name for name in lists_in(selection) if scope.lists[name] is None), None)
    if party_list is not None:
        scope.names.found.append(problems.rules.party_list_as_subject(place, party_list, attribute.name))
        return None
    if attribute.kind == "set of" and selection.carved:
        scope.names.found.append(problems.values.list_excepted_in_set(place, attribute.name))
        return None
    if not affordable(scope, place, size=selection.size, depth=selection.depth, amount=len(selection.values)):
        return None
    return selected(attribute, selection)


def _named(scope: Scope, name: Name, anchor: Anchor) -> Attribute | None:
    """Return the attribute written in front of the values."""
    names, place = scope.names, anchor.place(name)
    if name.text in names.broken:
        return None
    attribute = scope.vocabulary.attributes.get(name.text)
    if attribute is None:
        declared = names.declared.get(name.text)
        if declared is not None:
            names.found.append(problems.names.wrong_kind_of_name(place, declared, ("attribute",)))
        else:
            near = names.near(name.text, scope.vocabulary.attributes)
            names.found.append(problems.names.unknown_attribute(place, name.text, near))
    elif attribute.kind in ORDERED:
        names.found.append(problems.rules.amount_as_subject(place, attribute))
        return None
    return attribute


def _implied(scope: Scope, node: Subject, anchor: Anchor) -> Attribute | None:
    """Return the one attribute that has all the values; none or several are reported."""
    words = (*node.words, *node.excepted)
    readings = [_readings(scope, word, anchor) for word in words]
    known = [found for found in readings if found is not None]
    if len(known) < len(readings):
        return None
    common = [name for name in scope.vocabulary.attributes if all(name in found for found in known)]
    if len(common) == 1:
        return scope.vocabulary.attributes[common[0]]
    place = anchor.place(node)
    if common:
        scope.names.found.append(problems.rules.ambiguous_subject(place, common, anchor.written(node.span)))
    else:
        telling = [(word.text, tuple(sorted(found))) for word, found in zip(words, known, strict=True)]
        scope.names.found.append(problems.rules.mixed_subject(place, telling))
    return None


def _readings(scope: Scope, word: Word, anchor: Anchor) -> frozenset[str] | None:
    """Return the attributes that have a value, group or list; None if there are none, which is reported."""
    names, vocabulary, place = scope.names, scope.vocabulary, anchor.place(word)
    found = frozenset(vocabulary.holders.get(word.text, ()))
    declared = names.declared.get(word.text)
    if word.form == "quoted" or found:
        if not found and not vocabulary.incomplete:
            names.found.append(problems.rules.unknown_subject(place, word.text, *_nearest(scope, word)))
        return found or None
    if word.text in names.broken:
        return None
    if declared is None:
        if not vocabulary.incomplete:
            names.found.append(problems.rules.unknown_subject(place, word.text, *_nearest(scope, word)))
        return None
    names.used.add(word.text)
    if declared.kind == "group":
        readings = frozenset(scope.groups[word.text].readings)
        if not readings:
            names.found.append(problems.rules.group_of_rules_as_subject(place, declared))
        return readings or None
    if declared.kind == "list":
        of = scope.lists[word.text]
        if of is None:
            names.found.append(problems.rules.party_list_as_subject(place, word.text, None))
        return None if of is None else frozenset({of})
    if declared.kind == "attribute":
        names.found.append(problems.rules.attribute_as_subject(place, vocabulary.attributes[word.text]))
        return None
    names.found.append(problems.names.wrong_kind_of_name(place, declared, ("group", "list")))
    return None


def _nearest(scope: Scope, word: Word) -> tuple[str | None, str | None]:
    """Return the nearest value, group or list, and the one attribute that holds any party, where there is one."""
    names, vocabulary = scope.names, scope.vocabulary
    groups: Sequence[str] = names.of_kind("group", "list") if word.form == "bare" else ()
    open_attribute = next((name for name, one in vocabulary.attributes.items() if one.kind == "entity"), None)
    return names.near(word.text, vocabulary.holders, groups), open_attribute if word.form == "quoted" else None
