"""Data files: CSV as language.md, section 2, "Files", has it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final, Protocol, TypeVar

from attrs import evolve, field, frozen

from rpol.model import problems
from rpol.model.folder import Folder, inside, reason
from rpol.model.gather import decode
from rpol.model.plane import END, FIRST
from rpol.model.policy import Window
from rpol.model.resolution.names import Names
from rpol.runtime.numerals import parse_day
from rpol.syntax.nodes import Text
from rpol.syntax.strange import strange_characters
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place, SourceText

_EVERY_DAY: Final = Window()
# How many data files are kept as they were read.
_FILES_KEPT: Final = 256


@frozen(slots=False)
class Table:
    """The header and the rows of a data file: the trimmed cells of each, one a column, and where it stands.

    `damaged` says that rows are missing, because they did not parse.
    """

    source: SourceText
    header: tuple[str, ...]
    rows: list[list[str]] = field(factory=list)
    places: list[Place] = field(factory=list)
    damaged: bool = False

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The number of each column that has a name."""
        return {name: number for number, name in enumerate(self.header) if name}


@frozen
class DataFiles:
    """The data files of a policy; each is read once. None stands for one that cannot be read."""

    folder: Folder
    tables: dict[str, Table | None] = field(factory=dict)

    @property
    def sources(self) -> Iterator[SourceText]:
        """The texts of the files read so far."""
        return (table.source for table in self.tables.values() if table is not None)


def read_table(files: DataFiles, names: Names, file: Text, place: Place, columns: tuple[str, ...]) -> Table | None:
    """Return the table in `file`, named at `place`, which must have `columns`; what is wrong is reported."""
    path = inside(file.text)
    if path is None:
        names.found.append(problems.files.path_outside(place, file.text))
        return None
    if path not in files.tables:
        files.tables[path] = _read(files.folder, names, path, place)
    table = files.tables[path]
    if table is None:
        return None
    missing = [column for column in columns if column not in table.header]
    for column in missing:
        header = Place(table.source, 0, len(table.source.line(1)))
        names.found.append(problems.data.missing_column(header, column, table.header, place))
    return None if missing else table


class Dated(Protocol):
    """What has a window."""

    @property
    def window(self) -> Window:
        """The days it counts on."""


D = TypeVar("D", bound=Dated)


def overlapping(rows: Iterable[D]) -> Iterator[tuple[D, D]]:
    """Yield pairs of rows with a day in common, each row that shares one with an earlier row once."""
    furthest: D | None = None
    for row in sorted(rows, key=lambda one: one.window.start or FIRST):
        if furthest is not None and (row.window.start or FIRST) < _end(furthest):
            yield furthest, row
        if furthest is None or _end(row) > _end(furthest):
            furthest = row


def _end(row: Dated) -> int:
    return END if row.window.end is None else row.window.end


@frozen
class Windows:
    """Reads the windows of rows, from the columns `effective` and `through`; equal windows are one object."""

    names: Names
    table: Table
    start_column: int | None
    end_column: int | None
    _known: dict[tuple[str, str], Window | None] = field(factory=dict)

    def of(self, row: int) -> Window | None:
        """Return the window of a row; None, reported, if a cell is no day or the window ends before it starts."""
        if self.start_column is None and self.end_column is None:
            return _EVERY_DAY
        cells = self.table.rows[row]
        start = "" if self.start_column is None else cells[self.start_column]
        end = "" if self.end_column is None else cells[self.end_column]
        if (start, end) not in self._known:
            self._known[start, end] = _window(start, end)
        window = self._known[start, end]
        if window is None:
            self._report(row, start, end)
        return window

    def _report(self, row: int, start: str, end: str) -> None:
        place = self.table.places[row]
        cells = (("effective", start), ("through", end))
        wrong = [(column, cell) for column, cell in cells if cell and parse_day(cell) is None]
        for column, cell in wrong:
            self.names.found.append(problems.data.not_a_day(place, column, cell))
        if not wrong:
            self.names.found.append(problems.data.backward_row(place, start, end))


def windows(names: Names, table: Table) -> Windows:
    """Return a reader of the windows of a table's rows."""
    return Windows(names, table, table.columns.get("effective"), table.columns.get("through"))


def _window(start: str, end: str) -> Window | None:
    first = parse_day(start) if start else None
    last = parse_day(end) if end else None
    if (start and first is None) or (end and last is None):
        return None
    if first is not None and last is not None and last < first:
        return None
    return Window(first, None if last is None else last + 1)


def _read(folder: Folder, names: Names, path: str, place: Place) -> Table | None:
    try:
        source = decode(path, folder.read(path))
    except FileNotFoundError:
        names.found.append(problems.files.missing_file(place, path, names.near(path, _paths(folder))))
        return None
    except OSError as error:
        names.found.append(problems.files.unreadable_file(place, path, reason(error)))
        return None
    if not isinstance(source, SourceText):
        names.found.append(source)
        return None
    return _table(source, names, place)


def _paths(folder: Folder) -> tuple[str, ...]:
    try:
        return folder.paths()
    except OSError:
        return ()


def _table(source: SourceText, names: Names, place: Place) -> Table | None:
    """Return the table in a file that is named at `place`; what is wrong is reported."""
    parsed = _parse(source)
    names.found.extend(parsed.found)
    if parsed.is_empty:
        names.found.append(problems.data.no_header(place, source.path))
    return parsed.table


@frozen
class _Parsed:
    """What a file holds, None without a header in which each name stands once; and what is wrong with it."""

    table: Table | None
    found: tuple[Diagnostic, ...]
    is_empty: bool = False


@lru_cache(maxsize=_FILES_KEPT)
def _parse(source: SourceText) -> _Parsed:
    """Return what a file holds, kept by its text: two versions of a policy mostly share their data files."""
    found = [*strange_characters(source)]
    lines = _lines(source, found)
    header, place_of_header = next(lines, ([], None))
    if place_of_header is None:
        return _Parsed(None, tuple(found), is_empty=True)
    twice = sorted(name for name, times in Counter(header).items() if name and times > 1)
    if twice:
        found += (problems.data.duplicate_column(place_of_header, name) for name in twice)
        return _Parsed(None, tuple(found))
    table = Table(source, tuple(header))
    for cells, place_of_row in lines:
        if len(cells) == len(header):
            table.rows.append(cells)
            table.places.append(place_of_row)
        else:
            found.append(problems.data.wrong_number_of_cells(place_of_row, len(cells), len(header)))
    return _Parsed(evolve(table, damaged=bool(found)), tuple(found))


def _lines(source: SourceText, found: list[Diagnostic]) -> Iterator[tuple[list[str], Place]]:
    """Yield the cells of the rows that hold something, and where they stand; one that is not CSV is reported."""
    physical = list(io.StringIO(source.text, newline=""))
    starts = list(accumulate(map(len, physical), initial=0))
    ends = [start + len(line.rstrip("\r\n")) for start, line in zip(starts, physical, strict=False)]
    reader = csv.reader(physical, strict=True)
    first = 0
    while True:
        try:
            for cells in reader:
                trimmed = [cell.strip() for cell in cells]
                if any(trimmed):
                    yield trimmed, Place(source, starts[first], ends[reader.line_num - 1])
                first = reader.line_num
            return
        except csv.Error as error:
            found.append(problems.data.not_csv(Place(source, starts[first], ends[first]), str(error)))
            first = reader.line_num
