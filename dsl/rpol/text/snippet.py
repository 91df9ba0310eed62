"""Show places in their sources: the lines, and marks under what is meant."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, frozen

from rpol.text.cells import cells, shown, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rpol.text.source import Place

Style: TypeAlias = Literal["severity", "label", "frame"]

# How much of a line that is too long is shown before what is marked in it, in columns.
_LEAD = 20
_CUT = "…"
# How many times the characters there is room for are laid out at most: some take no column, and a line may be of any
# length.
_STRETCH = 10


@frozen
class Pointer:
    """A place to show and what is said of it; the `primary` one is underlined with carets, others with dashes."""

    place: Place
    message: str = ""
    primary: bool = False


@frozen
class _Mark:
    """From `start` up to `end` of one line: characters, or once the line is laid out, columns; both from 0."""

    line: int
    start: int
    end: int
    message: str
    primary: bool


@frozen
class _Page:
    """What all lines have in common: room for line numbers, the widest line, and colours."""

    margin: int
    most: int
    paint: Callable[[str, Style], str]

    def row(self, number: str, text: str) -> str:
        """Return a line of the excerpt behind its number."""
        return f"{self.paint(f'{number:>{self.margin}} |', 'frame')} {text}".rstrip()


def snippet(pointers: Sequence[Pointer], most: int, paint: Callable[[str, Style], str]) -> list[str]:
    """Return lines that show the pointers, source by source; at most `most` columns wide if that is possible."""
    by_source = defaultdict(list)
    for pointer in pointers:
        by_source[pointer.place.source.path].append(pointer)
    page = _Page(max(len(str(pointer.place.end_position[0])) for pointer in pointers), most, paint)
    lines: list[str] = []
    for path, group in by_source.items():
        arrow = paint(f"{'':{page.margin}}{':::' if lines else '-->'}", "frame")
        lines += f"{arrow} {shown(path)}:{group[0].place.line}:{group[0].place.column}", page.row("", "")
        lines += _excerpt(group, page)
    return lines


def _excerpt(pointers: list[Pointer], page: _Page) -> Iterator[str]:
    source = pointers[0].place.source
    marks = defaultdict(list)
    for pointer in pointers:
        for mark in _marks(pointer):
            marks[mark.line].append(mark)
    before = min(marks) - 1
    for number in sorted(marks):
        if number == before + 2:
            yield from _lines(source.line(number - 1), number - 1, [], page)
        elif number > before + 1:
            yield page.paint("...", "frame")
        yield from _lines(source.line(number), number, marks[number], page)
        before = number


def _marks(pointer: Pointer) -> Iterator[_Mark]:
    """Yield the mark of a pointer, or of one that reaches over several lines those of its first and last."""
    source, message, primary = pointer.place.source, pointer.message, pointer.primary
    text = source.text[pointer.place.start : pointer.place.end].rstrip()
    (first, start), (last, end) = (source.position(pointer.place.start + offset) for offset in (0, len(text)))
    if first == last:
        yield _Mark(first, start - 1, max(end - 1, start), message, primary)
        return
    yield _Mark(first, start - 1, max(len(source.line(first).rstrip()), start), "", primary)
    line = source.line(last)
    yield _Mark(last, len(line) - len(line.lstrip()), end - 1, message, primary)


def _lines(line: str, number: int, marks: list[_Mark], page: _Page) -> Iterator[str]:
    """Yield a line of the source, and the marks under it."""
    line, marks = _near(line.rstrip(), marks, page.most)
    texts = cells(line)
    columns = [0, *accumulate(map(width, texts))]
    laid = [
        _Mark(number, _column(columns, mark.start), _column(columns, mark.end), mark.message, mark.primary)
        for mark in marks
    ]
    room = page.most - page.margin - 3
    if columns[-1] > room:
        texts, laid = _cropped(texts, columns, laid, room)
    yield page.row(str(number), "".join(texts))
    for row in _rows(laid):
        yield from (page.row("", text) for text in _underlines(row, room, page))


def _near(line: str, marks: list[_Mark], most: int) -> tuple[str, list[_Mark]]:
    """Return the stretch of a very long line out of which what is shown will be cropped, and the marks in it."""
    start = max(min((mark.start for mark in marks), default=0) - most, 0)
    length = _STRETCH * most
    moved = [evolve(mark, start=min(mark.start - start, length), end=min(mark.end - start, length)) for mark in marks]
    return line[start : start + length], moved


def _column(columns: list[int], character: int) -> int:
    """Return the column of a character; one behind the end of the line has columns too."""
    return columns[character] if character < len(columns) else columns[-1] + character - len(columns) + 1


def _cropped(texts: list[str], columns: list[int], marks: list[_Mark], room: int) -> tuple[list[str], list[_Mark]]:
    """Return as much of a line as there is room for, and its marks in it."""
    start = min((mark.start for mark in marks), default=0)
    end = max((mark.end for mark in marks), default=0)
    left = 0 if end < room else max(min(start - _LEAD, columns[-1] - room + 2), 0)
    kept = [text for text, column in zip(texts, columns, strict=False) if left <= column < left + room - 2]
    shift = left - (1 if left else 0)
    moved = [
        _Mark(m.line, m.start - shift, min(m.end - shift, room - 1), m.message, m.primary)
        for m in marks
        if m.start - shift < room - 1
    ]
    front = [_CUT] if left else []
    return [*front, *kept, *([_CUT] if left + room - 2 < columns[-1] else [])], moved


def _rows(marks: list[_Mark]) -> list[list[_Mark]]:
    """Return the marks in rows, each from right to left: they do not meet, and only the rightmost has a message."""
    rows: list[list[_Mark]] = []
    for mark in sorted(marks, key=lambda mark: (-mark.start, mark.primary)):
        free = [row for row in rows if not mark.message and mark.end < row[-1].start]
        if free:
            free[0].append(mark)
        else:
            rows.append([mark])
    return rows


def _underlines(row: list[_Mark], room: int, page: _Page) -> Iterator[str]:
    """Yield a row of marks, their message behind them, or below where there is no room."""
    line = ""
    column = 0
    for mark in reversed(row):
        length = max(mark.end - mark.start, 1)
        line += " " * (mark.start - column) + page.paint(("^" if mark.primary else "-") * length, _style(mark))
        column = mark.start + length
    rightmost = row[0]
    message = shown(rightmost.message)
    if column + 1 + width(message) <= room:
        yield f"{line} {page.paint(message, _style(rightmost))}" if message else line
        return
    yield line
    indent = max(min(rightmost.start, room - width(message)), 0)
    for text in wrapped(rightmost.message, indent, indent, room):
        yield " " * indent + page.paint(text.strip(), _style(rightmost))


def _style(mark: _Mark) -> Style:
    return "severity" if mark.primary else "label"
