"""A text under the name people know it by, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from attrs import frozen


@frozen(slots=False)
class SourceText:
    """A text (`str`) and its path, relative to the folder of the policy, with `/` between parts."""

    path: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Return the offset of the first character of every line."""
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(self.text) if c == "\n")
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of `offset`, both counted from 1, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line break."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@frozen
class Span:
    """Characters `start` up to, not including, `end`; what they are counted from is said where a span is used."""

    start: int
    end: int


@frozen
class Place:
    """Characters `start` up to, not including, `end` of a source."""

    source: SourceText
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line of the first character, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column of the first character, from 1, in characters."""
        return self.source.position(self.start)[1]

    @property
    def end_position(self) -> tuple[int, int]:
        """Line and column just behind the last character."""
        return self.source.position(self.end)
