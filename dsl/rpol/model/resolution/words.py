"""Values, groups and lists where a condition or a subject names them (language.md, section 2, "Names")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rpol.model import problems
from rpol.model.policy import AllOf, Among, AnyOf, Condition, Negation
from rpol.model.resolution.scope import Scope, Selection, affordable
from rpol.model.resolution.statements import Anchor
from rpol.runtime.attribute import NONE, Attribute, Value
from rpol.runtime.countries import CALLED
from rpol.runtime.names import fold
from rpol.syntax.nodes import Word


def select(scope: Scope, attribute: Attribute, words: Sequence[Word], anchor: Anchor) -> Selection | None:
    """Return what `words` select of the values of `attribute`; each word that cannot stand there is reported."""
    key = (attribute.name, tuple((word.text, word.form) for word in words))
    known = scope.selections.get(key)
    if known is not None:
        return known
    parts = [_selected(scope, attribute, word, anchor) for word in words]
    sound = [part for part in parts if part is not None]
    if len(sound) < len(parts):
        return None
    amount = sum(len(part.values) for part in sound)
    if len(sound) > 1 and not affordable(scope, anchor.place(words[0]), amount=amount):
        return None
    return scope.selections.setdefault(key, join(sound))


def join(parts: Sequence[Selection]) -> Selection:
    """Return what at least one of `parts` selects."""
    if len(parts) == 1:
        return parts[0]
    carved = tuple(dict.fromkeys(pair for part in parts for pair in part.carved))
    return _selection(
        frozenset().union(*(part.values for part in parts)),
        tuple(dict.fromkeys(name for part in parts for name in part.lists)),
        carved,
    )


def less(base: Selection, excepted: Selection) -> Selection:
    """Return what `base` selects and `excepted` does not."""
    if excepted.lists or excepted.carved:
        return _selection(frozenset(), (), ((base, excepted),))
    values = base.values - excepted.values
    if not base.lists and not base.carved:
        return _selection(values)
    dated = _selection(frozenset(), base.lists, base.carved)
    return _selection(values, (), ((dated, excepted),))


def membership(attribute: str, selection: Selection) -> Condition:
    """Return the condition that the value of `attribute`, which is no set, is selected."""
    plain = Among(attribute, selection.values, selection.lists)
    if not selection.carved:
        return plain
    carved = (
        AllOf((membership(attribute, base), Negation(membership(attribute, excepted))))
        for base, excepted in selection.carved
    )
    return AnyOf((plain, *carved))


def lists_in(selection: Selection) -> Iterator[str]:
    """Yield the lists that a selection names."""
    yield from selection.lists
    for pair in selection.carved:
        for part in pair:
            yield from lists_in(part)


def values_of(attribute: Attribute, text: str) -> frozenset[Value] | None:
    """Return the values that a case holds where it holds the value `text`; None if the attribute does not have it."""
    if attribute.taxonomy is not None:
        return attribute.taxonomy.below.get(text)
    return frozenset({fold(text)}) if text.strip() else None


def _selection(
    values: Iterable[Value] = (),
    lists: tuple[str, ...] = (),
    carved: tuple[tuple[Selection, Selection], ...] = (),
) -> Selection:
    size = 1 + sum(part.size for pair in carved for part in pair)
    depth = 1 + max((2 + part.depth for pair in carved for part in pair), default=0)
    return Selection(frozenset(values), lists, carved, size, depth)


def _selected(scope: Scope, attribute: Attribute, word: Word, anchor: Anchor) -> Selection | None:
    place = anchor.place(word)
    if word.form == "none":
        if attribute.optional or attribute.kind == "set of":
            return Selection(frozenset({NONE}))
        scope.names.found.append(problems.values.not_optional(place, attribute))
        return None
    if word.form == "quoted" or attribute.taxonomy is not None:
        values = values_of(attribute, word.text)
        if values is not None:
            return Selection(values)
    if word.form == "quoted":
        _report_unknown(scope, attribute, word, anchor)
        return None
    return _named(scope, attribute, word, anchor)


def _named(scope: Scope, attribute: Attribute, word: Word, anchor: Anchor) -> Selection | None:
    """Return what a group or list selects."""
    names, place, name = scope.names, anchor.place(word), word.text
    declared = names.declared.get(name)
    if name in names.broken:
        return None
    if declared is None or declared.kind not in ("group", "list"):
        _report_unknown(scope, attribute, word, anchor)
        return None
    names.used.add(name)
    if declared.kind == "group":
        reading = scope.groups[name].readings.get(attribute.name)
        if reading is None:
            of = tuple(scope.groups[name].readings)
            names.found.append(problems.values.wrong_group(place, name, attribute.name, of, declared.place))
        return reading
    of_attribute = scope.lists[name]
    if of_attribute == attribute.name or (of_attribute is None and attribute.kind == "entity"):
        return Selection(lists=(name,))
    names.found.append(problems.values.wrong_list(place, name, attribute, of_attribute, declared.place))
    return None


def _report_unknown(scope: Scope, attribute: Attribute, word: Word, anchor: Anchor) -> None:
    """Report a value that an attribute does not have, or a party that is not in quotes."""
    names = scope.names
    sets = names.of_kind("group", "list")
    if attribute.taxonomy is None:
        near = names.near(word.text, sets)
        names.found.append(problems.values.unquoted_party(anchor.place(word), attribute.name, word.text, near))
        return
    near = names.near(word.text, attribute.taxonomy.values, sets if word.form == "bare" else ())
    if attribute.kind == "country":
        near = CALLED.get(word.text.upper(), near)
    others = scope.vocabulary.holders.get(word.text, ())
    declared = names.declared.get(word.text) if word.form == "bare" else None
    names.found.append(problems.values.unknown_value(anchor.place(word), attribute, word.text, near, others, declared))
