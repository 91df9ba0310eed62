"""Groups: each stands for its members, and is read where it is used (language.md, section 2, "Names")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rpol.model import problems
from rpol.model.resolution.circles import arrange
from rpol.model.resolution.names import LAW, RULES
from rpol.model.resolution.scope import Group, Scope, Selection, affordable
from rpol.model.resolution.statements import Located
from rpol.model.resolution.words import join, less, values_of
from rpol.syntax.nodes import GroupStatement, Word

# Beside attributes, what a group may be read for: names behind `overrides` and `supplements`.
_AS_RULES: Final = ""


def add_groups(scope: Scope, statements: Sequence[Located[GroupStatement]]) -> None:
    """Add the groups that `statements` declare; one with something wrong is reported and broken."""
    names = scope.names
    by_name = {statement.node.name.text: statement for statement in statements}
    order, circles = arrange({name: _groups_in(statement.node) for name, statement in by_name.items()})
    for circle in circles:
        places = [by_name[name].anchor.place(by_name[name].node.name) for name in circle]
        names.found.append(problems.names.circle("group", circle, places))
        names.broken.update(circle)
    for name in order:
        if name in names.broken:
            continue
        group = _group(scope, by_name[name])
        if group is None:
            names.broken.add(name)
        else:
            scope.groups[name] = group


def _groups_in(node: GroupStatement) -> tuple[str, ...]:
    return tuple(word.text for word in (*node.words, *node.excepted) if word.form == "bare")


def _group(scope: Scope, statement: Located[GroupStatement]) -> Group | None:
    node = statement.node
    place = statement.anchor.place(node.name)
    words = (*node.words, *node.excepted)
    kinds = [_readings(scope, statement, word) for word in words]
    known = [readings for readings in kinds if readings is not None]
    if len(known) < len(kinds):
        return None
    common = frozenset.intersection(*set(known))
    if not common:
        telling = [(word.text, tuple(sorted(found))) for word, found in zip(words, known, strict=True)]
        scope.names.found.append(problems.names.mixed_group(place, node.name.text, _apart(telling)))
        return None
    readings: dict[str, Selection] = {}
    for attribute in scope.vocabulary.attributes:
        if attribute in common:
            base = _all(scope, attribute, node.words)
            reading = less(base, _all(scope, attribute, node.excepted)) if node.excepted else base
            if not affordable(scope, place, size=reading.size, depth=reading.depth, amount=len(reading.values)):
                return None
            readings[attribute] = reading
    rules = _rules(scope, node) if _AS_RULES in common else None
    if rules is not None and not affordable(scope, place, amount=len(rules)):
        return None
    return Group(readings, rules)


def _readings(scope: Scope, statement: Located[GroupStatement], word: Word) -> frozenset[str] | None:
    """Return what a group with this word may be read for; None if that is unknown, which is reported."""
    names, vocabulary = scope.names, scope.vocabulary
    place = statement.anchor.place(word)
    open_attributes = frozenset(name for name, one in vocabulary.attributes.items() if one.kind == "entity")
    found = frozenset(vocabulary.holders.get(word.text, ()))
    if word.form == "quoted":
        if not word.text.strip():
            names.found.append(problems.values.reserved_value(place, word.text))
            return None
        found |= open_attributes
        if not found and not vocabulary.incomplete:
            near = names.near(word.text, vocabulary.holders)
            names.found.append(problems.names.unknown_member(place, word.text, near))
        return found or None
    if word.text in names.broken:
        return None
    declared = names.declared.get(word.text)
    if declared is not None and declared.kind == "group":
        names.used.add(word.text)
        group = scope.groups[word.text]
        return found | frozenset(group.readings) | ({_AS_RULES} if group.rules is not None else frozenset())
    if declared is not None and declared.kind == "list":
        names.used.add(word.text)
        of = scope.lists[word.text]
        return found | (open_attributes if of is None else {of})
    if declared is not None and declared.kind in (*RULES, *LAW):
        names.used.add(word.text)
        return found | {_AS_RULES}
    if found:
        return found
    if declared is not None:
        names.found.append(problems.names.wrong_kind_of_name(place, declared, ("group", "list", *RULES, *LAW)))
    elif not vocabulary.incomplete:
        near = names.near(word.text, vocabulary.holders, names.of_kind("group", "list", *RULES, *LAW))
        names.found.append(problems.names.unknown_member(place, word.text, near))
    return None


def _apart(telling: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return two words that can be read for nothing in common, or the first and last of them all."""
    first = telling[0]
    other = next((one for one in telling if not set(one[1]) & set(first[1])), telling[-1])
    return first, other


def _all(scope: Scope, attribute: str, words: Sequence[Word]) -> Selection:
    return join([_one(scope, attribute, word) for word in words])


def _one(scope: Scope, attribute: str, word: Word) -> Selection:
    """Return what a word, which can be read for `attribute`, selects."""
    declared_kind = scope.names.declared[word.text].kind if word.text in scope.names.declared else None
    attribute_itself = scope.vocabulary.attributes[attribute]
    if word.form == "quoted" or attribute_itself.taxonomy is not None:
        values = values_of(attribute_itself, word.text)
        if values is not None:
            return Selection(values)
    if declared_kind == "group":
        return scope.groups[word.text].readings[attribute]
    return Selection(lists=(word.text,))


def _rules(scope: Scope, node: GroupStatement) -> tuple[str, ...]:
    def written_out(words: Sequence[Word]) -> dict[str, None]:
        found: dict[str, None] = {}
        for word in words:
            group = scope.groups.get(word.text)
            found |= dict.fromkeys((word.text,) if group is None or group.rules is None else group.rules)
        return found

    excepted = written_out(node.excepted)
    return tuple(name for name in written_out(node.words) if name not in excepted)
