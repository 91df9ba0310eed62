"""The attributes of a policy and their values (language.md, section 2, "Files", and section 3, "Case")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

from attrs import frozen

from rpol.model import problems
from rpol.model.resolution.circles import arrange
from rpol.model.resolution.names import Names
from rpol.model.resolution.statements import Anchor, Located, located, of_type
from rpol.model.resolution.tables import DataFiles, Table, read_table
from rpol.runtime.attribute import BOOLEAN, Attribute, KindName, Taxonomy
from rpol.runtime.countries import COUNTRIES
from rpol.runtime.units import UNITS, known_unit
from rpol.syntax.nodes import AttributeStatement, OneOf, Piece, Plain, SetOf, Text, Word
from rpol.syntax.parse import parse
from rpol.text.source import Place, SourceText

PLAIN_KINDS: Final[tuple[KindName, ...]] = ("country", "entity", "boolean", "integer", "number", "percent", "date")
# No value, for in a request it says that there is none.
RESERVED_VALUE: Final = "none"
# A taxonomy of real goods is some six levels deep.
_DEEPEST: Final = 100

_VALUES = re.compile(r"\b(?:one|set)\s+of\b")
_COUNTRIES: Final = Taxonomy(tuple(COUNTRIES))
_BOOLEAN: Final = Taxonomy(BOOLEAN)


@frozen
class Vocabulary:
    """The attributes by name, and for every value of a closed one the attributes that have it.

    `from_file` are the sets whose values a file holds. An `incomplete` vocabulary lacks an attribute that is declared
    but wrong: an unknown value may then be one of its.
    """

    attributes: Mapping[str, Attribute]
    holders: Mapping[str, tuple[str, ...]]
    from_file: frozenset[str]
    incomplete: bool


@cache
def standard() -> tuple[Located[AttributeStatement], ...]:
    """Return the standard trade vocabulary, which a policy gets that declares no attribute."""
    text = resources.files("rpol.model").joinpath("standard.rpol").read_text(encoding="utf-8")
    source = SourceText("the standard vocabulary", text)
    pieces, _ = parse(source)
    return tuple(of_type(list(located(source, pieces)), AttributeStatement))


def declares_attribute(piece: Piece) -> bool:
    """Tell whether a piece that did not parse seems to declare an attribute, perhaps with the word misspelt."""
    return piece.text.lstrip().startswith("attribute") or _VALUES.search(piece.text) is not None


def read_vocabulary(
    names: Names, statements: Sequence[Located[AttributeStatement]], files: DataFiles, *, incomplete: bool
) -> Vocabulary:
    """Return the attributes that `statements` declare; an attribute with something wrong is left out and broken.

    `incomplete`: whether attributes are missing, for they did not parse.
    """
    attributes: dict[str, Attribute] = {}
    from_file: set[str] = set()
    holders: dict[str, list[str]] = {}
    for statement in statements:
        name = statement.node.name.text
        if name in attributes or name not in names.declared:
            continue
        attribute = _attribute(names, statement, files)
        if attribute is None:
            names.broken.add(name)
            incomplete = True
            continue
        attributes[name] = attribute
        for value in attribute.taxonomy.values if attribute.taxonomy is not None else ():
            holders.setdefault(value, []).append(name)
        if isinstance(statement.node.kind, SetOf) and _file(statement.node.kind.values) is not None:
            from_file.add(name)
    tuples: dict[tuple[str, ...], tuple[str, ...]] = {}
    shared = {value: tuples.setdefault(tuple(found), tuple(found)) for value, found in holders.items()}
    return Vocabulary(attributes, shared, frozenset(from_file), incomplete)


def _attribute(names: Names, statement: Located[AttributeStatement], files: DataFiles) -> Attribute | None:
    node, anchor = statement.node, statement.anchor
    question = node.question.text if node.question is not None else None
    unit: str | None = None
    taxonomy: Taxonomy | None
    match node.kind:
        case Plain():
            kind = _plain_kind(names, node.kind, anchor)
            if kind is None:
                return None
            unit = node.kind.unit
            taxonomy = {"country": _COUNTRIES, "boolean": _BOOLEAN}.get(kind)
        case OneOf():
            kind = "one of"
            taxonomy = _taxonomy(names, node.kind.values, statement, files)
        case SetOf():
            kind = "set of"
            if node.optional:
                names.found.append(problems.values.optional_set(anchor.place(node)))
                return None
            taxonomy = _taxonomy_of_set(names, node.kind, statement, files)
    if taxonomy is None and kind in ("one of", "set of"):
        return None
    return Attribute(node.name.text, kind, node.optional, unit, question, taxonomy)


def _plain_kind(names: Names, kind: Plain, anchor: Anchor) -> KindName | None:
    place = anchor.place(kind)
    found = next((known for known in PLAIN_KINDS if known == kind.name.text), None)
    if found is None:
        near = names.near(kind.name.text, PLAIN_KINDS)
        names.found.append(problems.values.unknown_kind(anchor.place(kind.name), kind.name.text, near))
    elif kind.unit is not None and found != "number":
        names.found.append(problems.values.unit_without_number(place, found, kind.unit))
        return None
    elif kind.unit is not None and not known_unit(kind.unit):
        near = names.near(kind.unit, UNITS)
        names.found.append(problems.values.unknown_unit(place, kind.unit, near))
        return None
    return found


# ---------------------------------------------------------------- closed sets of values


def _taxonomy_of_set(
    names: Names, kind: SetOf, statement: Located[AttributeStatement], files: DataFiles
) -> Taxonomy | None:
    match kind.values:
        case (Word("country", "bare"),):
            return _COUNTRIES
        case (Word("entity", "bare"),):
            names.found.append(problems.values.set_of_parties(statement.anchor.place(kind)))
            return None
        case values:
            return _taxonomy(names, values, statement, files)


def _file(values: Sequence[Word]) -> Text | None:
    """Return the name of the file that `one of` or `set of` names, if it does: a single text in quotes."""
    match values:
        case (Word(text, "quoted") as word,):
            return Text(text, span=word.span)
    return None


def _taxonomy(
    names: Names, values: Sequence[Word], statement: Located[AttributeStatement], files: DataFiles
) -> Taxonomy | None:
    anchor = statement.anchor
    file = _file(values)
    if file is None:
        return _enumeration(names, values, anchor)
    place = anchor.place(file)
    table = read_table(files, names, file, place, ("value",))
    return None if table is None else _tree(names, table, place)


def _enumeration(names: Names, words: Sequence[Word], anchor: Anchor) -> Taxonomy | None:
    values: dict[str, Word] = {}
    sound = True
    for word in words:
        if word.text in values:
            earlier = anchor.place(values[word.text])
            names.found.append(problems.values.duplicate_value(anchor.place(word), word.text, earlier))
            sound = False
        sound &= _is_nameable(names, word.text, anchor.place(word))
        values.setdefault(word.text, word)
    return Taxonomy(tuple(values)) if sound else None


def _is_nameable(names: Names, value: str, place: Place) -> bool:
    if value.strip() and value != RESERVED_VALUE:
        return True
    names.found.append(problems.values.reserved_value(place, value))
    return False


def _tree(names: Names, table: Table, place: Place) -> Taxonomy | None:
    """Return the taxonomy a file holds: values in their order, the parents of each, its first label."""
    if table.damaged:
        return None
    if not table.rows:
        names.found.append(problems.values.no_values(place, table.source.path))
        return None
    at = [table.columns.get(column) for column in ("value", "parent", "label")]
    first: dict[str, int] = {}
    parents: dict[str, dict[str, int]] = {}
    labels: dict[str, str] = {}
    sound = True
    for row, cells in enumerate(table.rows):
        value, parent, label = ("" if number is None else cells[number] for number in at)
        if not value or value == RESERVED_VALUE:
            sound = _is_nameable(names, value, table.places[row])
            continue
        first.setdefault(value, row)
        if parent:
            parents.setdefault(value, {}).setdefault(parent, row)
        if label:
            labels.setdefault(value, label)
    for above in parents.values():
        for parent, row in above.items():
            if parent not in first:
                near = names.near(parent, first)
                names.found.append(problems.values.unknown_parent(table.places[row], parent, near))
                sound = False
    if not sound or not _is_shallow(names, table, first, parents):
        return None
    return Taxonomy(tuple(first), {value: tuple(above) for value, above in parents.items()}, labels)


def _is_shallow(names: Names, table: Table, first: Mapping[str, int], parents: Mapping[str, Mapping[str, int]]) -> bool:
    """Report values that lie below themselves, and those that lie too deep."""
    if not parents:
        return True
    order, circles = arrange({value: tuple(parents.get(value, ())) for value in first})
    for circle in circles:
        steps = zip(circle, (*circle[1:], circle[0]), strict=True)
        rows = [parents[value][above] for value, above in steps]
        names.found.append(problems.names.circle("taxonomy", circle, [table.places[row] for row in rows]))
    if circles:
        return False
    depth: dict[str, int] = {}
    for value in order:
        depth[value] = 1 + max((depth[above] for above in parents.get(value, ())), default=0)
        if depth[value] > _DEEPEST:
            names.found.append(problems.values.too_deep(table.places[first[value]], value, _DEEPEST))
            return False
    return True
