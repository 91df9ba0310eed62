"""Conditions: from words to typed tests (language.md, sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attrs import frozen

from rpol.model import problems
from rpol.model.policy import AllOf, Among, AnyOf, Compared, Condition, ForceOf, Negation, OnlyAmong, Target
from rpol.model.resolution import amounts
from rpol.model.resolution.names import LAW, look_up
from rpol.model.resolution.paragraphs import path_of
from rpol.model.resolution.scope import DEEPEST, Meaning, Scope, Selection, affordable
from rpol.model.resolution.statements import Anchor
from rpol.model.resolution.words import membership, select
from rpol.runtime.attribute import ORDERED, Attribute
from rpol.syntax import nodes
from rpol.syntax.nodes import Name, Word

DATE: Final = "date"
KNOWN_ON: Final = "known_on"
IN_FORCE: Final = "in force"

_DATES: Final = {name: Attribute(name, "date") for name in (DATE, KNOWN_ON)}


@frozen
class Setting:
    """Where a condition stands: what it may not speak of there, and the words for the place."""

    words: str
    refused: frozenset[str] = frozenset()


RULE: Final = Setting("a rule", frozenset({DATE, KNOWN_ON}))
FACT: Final = Setting("a fact", frozenset({DATE, KNOWN_ON, IN_FORCE}))
PROMISE: Final = Setting("a promise")
# A define may speak of anything; what uses it is checked.
DEFINE: Final = Setting("a define")


def condition(scope: Scope, node: nodes.Condition, anchor: Anchor, setting: Setting) -> Meaning | None:
    """Return what a condition means; None if something is wrong in it, which is reported."""
    meaning = _condition(scope, node, anchor, setting, 1)
    if meaning is None:
        return None
    return meaning if affordable(scope, anchor.place(node), size=meaning.size, depth=meaning.depth) else None


def conjunction(meanings: Sequence[Meaning]) -> Meaning:
    """Return what all of `meanings` say together."""
    return _joined(AllOf, meanings)


def alternative(meanings: Sequence[Meaning]) -> Meaning:
    """Return what at least one of `meanings` says."""
    return _joined(AnyOf, meanings)


def negated(meaning: Meaning) -> Meaning:
    """Return the contrary of a meaning."""
    return Meaning(Negation(meaning.condition), meaning.size, meaning.depth + 1, meaning.speaks_of)


def _condition(scope: Scope, node: nodes.Condition, anchor: Anchor, setting: Setting, depth: int) -> Meaning | None:
    if depth > DEEPEST:
        scope.names.found.append(problems.names.too_complex(anchor.place(node)))
        return None
    match node:
        case nodes.And() | nodes.Or():
            terms = [_condition(scope, term, anchor, setting, depth + 1) for term in node.terms]
            sound = [term for term in terms if term is not None]
            if len(sound) < len(terms):
                return None
            return conjunction(sound) if isinstance(node, nodes.And) else alternative(sound)
        case nodes.Not():
            term = _condition(scope, node.term, anchor, setting, depth + 1)
            return None if term is None else negated(term)
        case nodes.Holds():
            return _holds(scope, node, anchor, setting)
        case nodes.InForce():
            return _in_force(scope, node, anchor, setting)
        case nodes.Is():
            return _turned(_is(scope, node, anchor, setting), node.negated)
        case nodes.Within():
            return _turned(_within(scope, node, anchor, setting), node.negated)
        case nodes.Only():
            return _only(scope, node, anchor, setting)
        case nodes.Compare():
            return _compared(scope, node.attribute, node.operator, node.amount, anchor, setting)
        case nodes.Equals():
            return _turned(_compared(scope, node.attribute, "=", node.amount, anchor, setting), node.negated)


def _joined(kind: Callable[[tuple[Condition, ...]], AllOf | AnyOf], meanings: Sequence[Meaning]) -> Meaning:
    """Join meanings; what is joined the same way inside is not nested."""
    terms: list[Condition] = []
    depth = 1
    for meaning in meanings:
        inner = meaning.condition
        if isinstance(inner, AllOf | AnyOf) and type(inner) is kind:
            terms.extend(inner.terms)
            depth = max(depth, meaning.depth)
        else:
            terms.append(inner)
            depth = max(depth, meaning.depth + 1)
    speaks_of = frozenset().union(*(meaning.speaks_of for meaning in meanings))
    if len(terms) == 1:
        return Meaning(terms[0], sum(meaning.size for meaning in meanings), depth, speaks_of)
    return Meaning(kind(tuple(terms)), sum(meaning.size for meaning in meanings), depth, speaks_of)


def _turned(meaning: Meaning | None, is_negated: bool) -> Meaning | None:
    return negated(meaning) if is_negated and meaning is not None else meaning


# ---------------------------------------------------------------- attributes


def _attribute(scope: Scope, name: Name, anchor: Anchor, setting: Setting) -> Attribute | None:
    """Return the attribute or date that a condition tests; what cannot be tested here is reported."""
    names, place = scope.names, anchor.place(name)
    if name.text in names.broken:
        return None
    if name.text in _DATES:
        if name.text in setting.refused:
            names.found.append(problems.values.misplaced_date(place, name.text, setting.words))
            return None
        return _DATES[name.text]
    attribute = scope.vocabulary.attributes.get(name.text)
    if attribute is not None:
        return attribute
    declared = names.declared.get(name.text)
    if declared is None:
        near = names.near(name.text, scope.vocabulary.attributes, names.of_kind("define"))
        names.found.append(problems.names.unknown_attribute(place, name.text, near))
    else:
        names.used.add(name.text)
        names.found.append(problems.names.wrong_kind_of_name(place, declared, ("attribute",)))
    return None


def _holds(scope: Scope, node: nodes.Holds, anchor: Anchor, setting: Setting) -> Meaning | None:
    """Return what a name by itself means: a define or a boolean attribute."""
    names, name, place = scope.names, node.name.text, anchor.place(node.name)
    declared = names.declared.get(name)
    if declared is not None and declared.kind == "define" and name not in names.broken:
        names.used.add(name)
        meaning = scope.defines[name]
        for word in sorted(meaning.speaks_of & setting.refused):
            problem = problems.values.misplaced_in_force if word == IN_FORCE else problems.values.misplaced_date
            names.found.append(problem(place, word, setting.words, define=declared))
            return None
        return meaning
    if declared is not None and declared.kind != "attribute" and name not in names.broken:
        names.used.add(name)
        names.found.append(problems.names.wrong_kind_of_name(place, declared, ("define", "attribute")))
        return None
    attribute = _attribute(scope, node.name, anchor, setting)
    if attribute is None:
        return None
    if attribute.kind != "boolean":
        names.found.append(problems.values.not_a_condition(place, attribute))
        return None
    return Meaning(Among(name, frozenset({"true"})))


# ---------------------------------------------------------------- tests of one attribute


def _is(scope: Scope, node: nodes.Is, anchor: Anchor, setting: Setting) -> Meaning | None:
    attribute = _attribute(scope, node.attribute, anchor, setting)
    if attribute is None:
        return None
    if attribute.kind in ORDERED and node.value.form != "none":
        scope.names.found.append(problems.values.word_for_amount(anchor.place(node.value), attribute, node.value.text))
        return None
    if _is_named_set(scope, attribute, node.value):
        place, name = anchor.place(node), node.attribute.text
        scope.names.found.append(problems.values.needs_in(place, name, node.value.text, node.negated))
        return None
    return _among(scope, attribute, (node.value,), anchor)


def _is_named_set(scope: Scope, attribute: Attribute, word: Word) -> bool:
    """Tell whether a word names a group or list where a single value must stand."""
    names = scope.names
    if word.form != "bare" or word.text in names.broken or word.text not in names.declared:
        return False
    is_value = attribute.taxonomy is not None and word.text in attribute.taxonomy.below
    return not is_value and names.declared[word.text].kind in ("group", "list")


def _within(scope: Scope, node: nodes.Within, anchor: Anchor, setting: Setting) -> Meaning | None:
    attribute = _attribute(scope, node.attribute, anchor, setting)
    if attribute is None:
        return None
    if attribute.kind in ORDERED and any(word.form != "none" for word in node.values):
        word = next(word for word in node.values if word.form != "none")
        scope.names.found.append(problems.values.word_for_amount(anchor.place(word), attribute, word.text))
        return None
    return _among(scope, attribute, node.values, anchor)


def _among(scope: Scope, attribute: Attribute, words: Sequence[Word], anchor: Anchor) -> Meaning | None:
    selection = select(scope, attribute, words, anchor)
    if selection is None or not _fits_a_set(scope, attribute, selection, words, anchor):
        return None
    return selected(attribute, selection)


def selected(attribute: Attribute, selection: Selection) -> Meaning:
    """Return the condition that the value of an attribute is selected, or that one of the members of a set is."""
    return Meaning(membership(attribute.name, selection), selection.size, selection.depth)


def _fits_a_set(
    scope: Scope, attribute: Attribute, selection: Selection, words: Sequence[Word], anchor: Anchor
) -> bool:
    """Tell whether what is selected can be asked of the attribute: of a set not what a list is excepted from."""
    if attribute.kind != "set of" or not selection.carved:
        return True
    scope.names.found.append(problems.values.list_excepted_in_set(anchor.place(words[0]), attribute.name))
    return False


def _only(scope: Scope, node: nodes.Only, anchor: Anchor, setting: Setting) -> Meaning | None:
    names = scope.names
    attribute = _attribute(scope, node.attribute, anchor, setting)
    if attribute is None:
        return None
    if attribute.kind != "set of":
        names.found.append(problems.values.only_of_no_set(anchor.place(node), attribute))
        return None
    if attribute.name in scope.vocabulary.from_file:
        names.found.append(problems.values.only_on_file(anchor.place(node), attribute.name))
        return None
    selection = select(scope, attribute, node.values, anchor)
    if selection is None or not _fits_a_set(scope, attribute, selection, node.values, anchor):
        return None
    return Meaning(OnlyAmong(attribute.name, selection.values, selection.lists))


def _compared(
    scope: Scope, name: Name, operator: str, amount: nodes.Amount, anchor: Anchor, setting: Setting
) -> Meaning | None:
    attribute = _attribute(scope, name, anchor, setting)
    if attribute is None:
        return None
    if attribute.kind not in ORDERED:
        scope.names.found.append(problems.values.amount_for_word(anchor.place(amount), attribute, amount))
        return None
    bound = amounts.bound(scope.names, attribute, amount, anchor)
    if bound is None:
        return None
    speaks_of = frozenset({name.text}) if name.text in _DATES else frozenset()
    return Meaning(Compared(name.text, operator, bound), speaks_of=speaks_of)


def _in_force(scope: Scope, node: nodes.InForce, anchor: Anchor, setting: Setting) -> Meaning | None:
    place, target = anchor.place(node), node.target
    if IN_FORCE in setting.refused:
        scope.names.found.append(problems.values.misplaced_in_force(place, IN_FORCE, setting.words))
        return None
    found = look_up(scope.names, target.name.text, anchor.place(target.name), LAW)
    path = path_of(scope.names, target.paragraph, anchor)
    if found is None or (path is None and target.paragraph is not None):
        return None
    resolved = Target(target.name.text, path, target.paragraph.text if target.paragraph is not None else None)
    scope.asked.append((resolved, anchor.place(target.paragraph) if target.paragraph is not None else place))
    return Meaning(ForceOf(resolved), speaks_of=frozenset({IN_FORCE}))
