"""Lists of those who are owned by listed parties (language.md, section 2, "Files", and section 3, "Lists")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from rpol.model import problems
from rpol.model.plane import END, FIRST
from rpol.model.policy import Holding, ListOf, OwnedList
from rpol.model.resolution.amounts import share
from rpol.model.resolution.circles import LONGEST_CHAIN, arrange, too_far
from rpol.model.resolution.names import Names, look_up
from rpol.model.resolution.scope import Scope
from rpol.model.resolution.statements import Located
from rpol.model.resolution.tables import DataFiles, Table, Windows, overlapping, read_table, windows
from rpol.runtime.names import fold
from rpol.runtime.numerals import parse_percent
from rpol.syntax.nodes import OwnedListStatement

COLUMNS = ("owned", "owner", "share")


def owned_list(scope: Scope, statement: Located[OwnedListStatement], files: DataFiles) -> OwnedList | None:
    """Return the list of those who are owned by others; None if it cannot be read. What is wrong is reported."""
    names, node, anchor = scope.names, statement.node, statement.anchor
    place = anchor.place(node.name)
    if node.operator not in (">=", ">"):
        names.found.append(problems.data.wrong_owned_operator(anchor.place(node.share), node.operator))
    least = share(names, node.share, anchor)
    owners = [look_up(names, owner.text, anchor.place(owner), ("list",)) for owner in node.owners]
    for owner, found in zip(node.owners, owners, strict=True):
        if found is not None and scope.lists.get(found.name) is not None:
            names.found.append(problems.data.owner_of_values(anchor.place(owner), found))
    table = read_table(files, names, node.file, anchor.place(node.file), COLUMNS)
    if least is None or table is None:
        return None
    if not table.rows and not table.damaged:
        names.found.append(problems.data.empty_list(place, node.name.text, table.source.path))
    known = tuple(dict.fromkeys(owner.name for owner in owners if owner is not None))
    return OwnedList(node.name.text, node.operator, least, known, node.together, _holdings(names, table), place)


def report_circles(names: Names, lists: Mapping[str, ListOf]) -> None:
    """Report lists that are owned, over others, by themselves, and chains of lists that are too long."""
    owners = {name: listing.owners for name, listing in lists.items() if isinstance(listing, OwnedList)}
    order, circles = arrange(owners)
    for circle in circles:
        names.found.append(problems.names.circle("list", circle, [lists[name].place for name in circle]))
    far = None if circles else too_far(order, owners)
    if far is not None:
        names.found.append(problems.names.chain_too_long("list", far, lists[far].place, LONGEST_CHAIN))


def _holdings(names: Names, table: Table) -> tuple[Holding, ...]:
    days = windows(names, table)
    found = (_holding(names, table, days, number) for number in range(len(table.rows)))
    holdings = tuple(holding for holding in found if holding is not None)
    by_owned: dict[str, list[Holding]] = {}
    for holding in holdings:
        by_owned.setdefault(holding.owned, []).append(holding)
    for rows in by_owned.values():
        if len(rows) > 1:
            _report_shares(names, rows)
    return holdings


def _holding(names: Names, table: Table, days: Windows, number: int) -> Holding | None:
    owned, owner, part = (table.rows[number][table.columns[column]] for column in COLUMNS)
    missing = [column for column, cell in zip(COLUMNS, (owned, owner, part), strict=True) if not cell]
    for column in missing:
        names.found.append(problems.data.missing_cell(table.places[number], column))
    window = days.of(number)
    if missing or window is None:
        return None
    value = parse_percent(part)
    if value is None or not 0 < value <= 1:
        names.found.append(problems.data.wrong_share(table.places[number], part, is_percent=value is not None))
        return None
    return Holding(fold(owned), fold(owner), value, window, table.places[number])


def _report_shares(names: Names, rows: Sequence[Holding]) -> None:
    """Report two shares of one owner on one day; warn of shares in one party that add up to more than the whole."""
    by_owner: dict[str, list[Holding]] = {}
    for row in rows:
        by_owner.setdefault(row.owner, []).append(row)
    twice = [pair for same in by_owner.values() if len(same) > 1 for pair in overlapping(same)]
    for earlier, later in twice:
        names.found.append(problems.data.duplicate_share(later.place, earlier.place))
    if not twice:
        _report_total(names, rows)


def _report_total(names: Names, rows: Iterable[Holding]) -> None:
    changes: list[tuple[int, int, Fraction, Holding]] = []
    for number, row in enumerate(rows):
        changes.append((row.window.start or FIRST, number, row.share, row))
        changes.append((END if row.window.end is None else row.window.end, -1, -row.share, row))
    total = Fraction(0)
    for day, _, change, row in sorted(changes, key=lambda one: one[:2]):
        total += change
        if total > 1:
            names.found.append(problems.data.shares_above_whole(row.place, row.owned, total, day))
            return
