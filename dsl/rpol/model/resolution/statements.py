"""Statements and where they stand, so that what is wrong in them can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload

from attrs import frozen

from rpol.syntax.nodes import Piece
from rpol.text.source import Place, SourceText, Span


class Spanned(Protocol):
    """A node, which knows its place within its statement."""

    @property
    def span(self) -> Span:
        """The characters of the node, counted from the start of its statement."""


@frozen
class Anchor:
    """Where a statement stands: what its spans count from, and its text."""

    source: SourceText
    offset: int
    text: str

    def place(self, node: Spanned) -> Place:
        """Return the place of a node of the statement."""
        return self.at(node.span)

    def at(self, span: Span) -> Place:
        """Return the place of some characters of the statement."""
        return Place(self.source, self.offset + span.start, self.offset + span.end)

    def written(self, span: Span) -> str:
        """Return some characters of the statement as one line, without comments."""
        return one_line(self.text[span.start : span.end])


N = TypeVar("N", covariant=True)
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


@frozen
class Located(Generic[N]):
    """A node and the anchor of the statement it belongs to."""

    node: N
    anchor: Anchor


def located(source: SourceText, pieces: Sequence[Piece]) -> Iterator[Located[object]]:
    """Yield the statements of a source; those that did not parse are left out."""
    for piece in pieces:
        if piece.node is not None:
            yield Located(piece.node, Anchor(source, piece.offset, piece.text))


@overload
def of_type(statements: Sequence[Located[object]], a: type[A], /) -> list[Located[A]]: ...
@overload
def of_type(statements: Sequence[Located[object]], a: type[A], b: type[B], /) -> list[Located[A | B]]: ...
@overload
def of_type(
    statements: Sequence[Located[object]], a: type[A], b: type[B], c: type[C], /
) -> list[Located[A | B | C]]: ...
def of_type(statements: Sequence[Located[object]], /, *types: type[object]) -> Sequence[Located[object]]:
    """Return the statements of the given types, in their order."""
    return [statement for statement in statements if isinstance(statement.node, types)]


_TEXT_COMMENT_OR_BLANK = re.compile(r'("[^"\n]*")|(?:(?:--|#)[^\n]*|\s)+')


def one_line(text: str) -> str:
    """Return `text` without comments and with single spaces, quoted texts unchanged."""
    return _TEXT_COMMENT_OR_BLANK.sub(lambda match: match[1] or " ", text).strip()
