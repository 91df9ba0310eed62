"""Lists and the rows they hold (language.md, section 2, "Files", and section 3, "Lists")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen

from rpol.model import problems
from rpol.model.policy import ListOf, PlainList, Row
from rpol.model.resolution.names import LAW, Names
from rpol.model.resolution.ownership import owned_list, report_circles
from rpol.model.resolution.scope import Scope
from rpol.model.resolution.statements import Located
from rpol.model.resolution.tables import DataFiles, Table, Windows, overlapping, read_table, windows
from rpol.model.resolution.vocabulary import Vocabulary
from rpol.runtime.attribute import Attribute, Value
from rpol.runtime.names import fold
from rpol.syntax.nodes import ListStatement, OwnedListStatement
from rpol.text.source import Place

Statement: TypeAlias = ListStatement | OwnedListStatement


def lists_of(names: Names, vocabulary: Vocabulary, statements: Sequence[Located[Statement]]) -> dict[str, str | None]:
    """Return for each list the closed attribute it is `of`, None for parties; a wrong `of` is reported."""
    found: dict[str, str | None] = {}
    for statement in statements:
        node = statement.node
        if node.name.text in found or node.name.text not in names.declared:
            continue
        of = node.of if isinstance(node, ListStatement) else None
        if of is None:
            found[node.name.text] = None
        elif of.text in vocabulary.attributes and vocabulary.attributes[of.text].taxonomy is not None:
            found[node.name.text] = of.text
        else:
            names.broken.add(node.name.text)
            _report_attribute(names, vocabulary, of.text, statement.anchor.place(of))
    return found


def _report_attribute(names: Names, vocabulary: Vocabulary, attribute: str, place: Place) -> None:
    if attribute in names.broken:
        return
    if attribute in vocabulary.attributes:
        names.found.append(problems.data.list_of_open(place, vocabulary.attributes[attribute]))
    elif attribute in names.declared:
        names.found.append(problems.names.wrong_kind_of_name(place, names.declared[attribute], ("attribute",)))
    else:
        near = names.near(attribute, vocabulary.attributes)
        names.found.append(problems.names.unknown_attribute(place, attribute, near))


def read_lists(scope: Scope, statements: Sequence[Located[Statement]], files: DataFiles) -> dict[str, ListOf]:
    """Return the lists of a policy with their rows; what is wrong in a file is reported by its line."""
    found: dict[str, ListOf] = {}
    for statement in statements:
        name = statement.node.name.text
        if name not in scope.lists or name in found:
            continue
        if isinstance(statement.node, OwnedListStatement):
            listing: ListOf | None = owned_list(scope, Located(statement.node, statement.anchor), files)
        else:
            listing = plain_list(scope, Located(statement.node, statement.anchor), files)
        if listing is not None:
            found[name] = listing
    report_circles(scope.names, found)
    return found


# ---------------------------------------------------------------- rows


@frozen
class Reading:
    """How the rows of one list are read."""

    names: Names
    table: Table
    name: int
    under: int | None
    aliases: int | None
    windows: Windows
    attribute: Attribute | None


def plain_list(scope: Scope, statement: Located[ListStatement], files: DataFiles) -> PlainList | None:
    """Return the list that a statement reads from its file; None, reported, if the file cannot be read."""
    names, node, anchor = scope.names, statement.node, statement.anchor
    of = scope.lists[node.name.text]
    place = anchor.place(node.name)
    table = read_table(files, names, node.file, anchor.place(node.file), ("name",))
    numbers = None if table is None else _wanted(names, statement, table)
    if table is None or numbers is None:
        return None
    reading = Reading(
        names,
        table,
        table.columns["name"],
        table.columns.get("under"),
        table.columns.get("aliases"),
        windows(names, table),
        None if of is None else scope.vocabulary.attributes[of],
    )
    if not numbers and not table.damaged:
        names.found.append(problems.data.empty_list(place, node.name.text, table.source.path))
    rows = tuple(row for row in (_row(reading, number) for number in numbers) if row is not None)
    _report_overlaps(names, rows, are_parties=of is None)
    return PlainList(node.name.text, of, rows, place)


def _wanted(names: Names, statement: Located[ListStatement], table: Table) -> Sequence[int] | None:
    """Return the numbers of the rows that `where` leaves; None, reported, if the file lacks a column."""
    wanted: Sequence[int] = range(len(table.rows))
    for column in statement.node.where:
        number = table.columns.get(column.name.text)
        if number is None:
            near = names.near(column.name.text, table.header)
            place = statement.anchor.place(column.name)
            problem = problems.data.unknown_column(place, column.name.text, table.header, table.source.path, near)
            names.found.append(problem)
            return None
        texts = frozenset(word.text for word in column.values)
        wanted = [row for row in wanted if table.rows[row][number] in texts]
    return wanted


def _row(reading: Reading, number: int) -> Row | None:
    cells = reading.table.rows[number]
    under = cells[reading.under] if reading.under is not None else ""
    window = reading.windows.of(number)
    values = _values(reading, number)
    if under and not _is_law(reading, number, under):
        return None
    if values is None or window is None:
        return None
    return Row(cells[reading.name], values, under or None, window, reading.table.places[number])


def _values(reading: Reading, number: int) -> tuple[Value, ...] | None:
    """Return what a row stands for: a party under all its names, or the leaves at or below a value."""
    cells = reading.table.rows[number]
    name = cells[reading.name]
    if not name:
        reading.names.found.append(problems.data.missing_cell(reading.table.places[number], "name"))
        return None
    attribute = reading.attribute
    if attribute is None or attribute.taxonomy is None:
        aliases = cells[reading.aliases] if reading.aliases is not None else ""
        if not aliases:
            return (fold(name),)
        return tuple(dict.fromkeys(fold(one) for one in (name, *aliases.split("|")) if one.strip()))
    if name in attribute.taxonomy.below:
        below = attribute.taxonomy.below[name]
        return (name,) if len(below) == 1 and name in below else tuple(sorted(below))
    near = reading.names.near(name, attribute.taxonomy.values)
    reading.names.found.append(problems.data.value_outside(reading.table.places[number], attribute.name, name, near))
    return None


def _is_law(reading: Reading, number: int, under: str) -> bool:
    """Tell whether a row stands under an instrument or scenario; anything else is reported."""
    names = reading.names
    if under in names.broken:
        return False
    declared = names.declared.get(under)
    if declared is not None and declared.kind in LAW:
        names.used.add(under)
        return True
    near = names.near(under, names.of_kind(*LAW))
    names.found.append(problems.data.unknown_notice(reading.table.places[number], under, near))
    return False


def _report_overlaps(names: Names, rows: Sequence[Row], *, are_parties: bool) -> None:
    """Warn of rows of one name and notice whose windows overlap."""
    names_of_rows = [(row.values[0] if are_parties else row.name, row.instrument) for row in rows]
    if len(set(names_of_rows)) == len(rows):
        return
    alike: dict[tuple[Value, str | None], list[Row]] = {}
    for key, row in zip(names_of_rows, rows, strict=True):
        alike.setdefault(key, []).append(row)
    for same in alike.values():
        if len(same) > 1:
            for earlier, later in overlapping(same):
                names.found.append(problems.data.overlapping_rows(later.place, later.name, earlier.place))
