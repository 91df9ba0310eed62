"""Where the grammar could not go on, and what it would have taken there."""

from __future__ import annotations

from functools import cached_property
from itertools import islice

from attrs import frozen
from lark import Token, UnexpectedToken

from rpol.syntax.grammar import END, accepted, end_of, lexed, session, start_of
from rpol.text.source import Place, SourceText

# How many tokens behind the failing one a message may look at.
LOOKAHEAD = 300

WORDS = frozenset({"NAME", "CODE", "STRING"})
VALUES = WORDS | {"NONE"}
AMOUNTS = frozenset({"NUMBER", "PERCENT", "DATE"})


@frozen(slots=False)
class Failure:
    """A statement that does not parse: its tokens, and which of them is the first that cannot stand where it stands.

    `source` holds the statement alone, and perhaps a word `beyond` its end that starts the next statement.
    """

    source: SourceText
    beyond: str
    tokens: tuple[Token, ...]
    index: int

    @property
    def token(self) -> Token:
        """The first token that cannot stand where it stands; of type `END` where the statement is not complete."""
        return self.tokens[self.index]

    @property
    def statement(self) -> str:
        """The type of the token that starts the statement."""
        return self.tokens[0].type

    @cached_property
    def accepted(self) -> frozenset[str]:
        """The types of the tokens that could stand there instead."""
        return accepted(self.tokens[: self.index])

    @cached_property
    def accepted_before(self) -> frozenset[str]:
        """The types of the tokens that could stand instead of the last one read."""
        return accepted(self.tokens[: max(self.index - 1, 0)])

    def at(self, offset: int) -> Token | None:
        """Return the token `offset` from the failing one, if there is one."""
        index = self.index + offset
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def types(self, offset: int, count: int) -> tuple[str, ...]:
        """Return the types of `count` tokens, from the one `offset` from the failing one on; fewer at the ends."""
        start = self.index + offset
        return tuple(token.type for token in self.tokens[max(start, 0) : max(start + count, 0)])

    def operand(self, offset: int) -> tuple[Token, Token] | None:
        """Return the first and last token of a value or amount `offset` from the failing token: a number has a unit."""
        first = self.at(offset)
        if first is None or first.type not in VALUES | AMOUNTS:
            return None
        end = offset + 1
        if first.type == "NUMBER" and self.types(end, 1) == ("NAME",):
            end += 1
            while self.types(end, 2) == ("SLASH", "NAME"):
                end += 2
        return first, self.tokens[self.index + end - 1]

    def values(self, offset: int) -> tuple[Token, Token] | None:
        """Return the first and last token of the list of values that begins `offset` from the failing token."""
        first = self.at(offset)
        if first is None or first.type not in VALUES:
            return None
        last = offset
        while self.types(last + 1, 1) == ("COMMA",) and VALUES.intersection(self.types(last + 2, 1)):
            last += 2
        return first, self.tokens[self.index + last]

    def here(self) -> Place:
        """Return the place of the failing token, or where the statement is not complete of the last token."""
        return self.place(self.tokens[max(self.index - 1, 0)] if self.token.type == END else self.token)

    def place(self, first: Token, last: Token | None = None) -> Place:
        """Return the place of a token, or from one to another."""
        return Place(self.source, start_of(first), end_of(last or first))

    def written(self, first: Token, last: Token) -> str:
        """Return the text from one token to another, on one line."""
        return " ".join(self.source.text[start_of(first) : end_of(last)].split())


def failure(text: str, beyond: str) -> Failure:
    """Return where the statement `text`, which does not parse, fails.

    `beyond` reaches from its end to the end of the word that starts the next statement, if that is on the same line.
    """
    parser = session("")
    read: list[Token] = []
    stream = lexed(text)
    end = Token(END, "", len(text), end_pos=len(text))
    for token in stream:
        read.append(token)
        try:
            parser.feed_token(token)
        except UnexpectedToken:
            rest = list(islice(stream, LOOKAHEAD))
            complete = len(rest) < LOOKAHEAD
            return Failure(
                SourceText("", text + beyond), beyond, (*read, *rest, *([end] if complete else ())), len(read) - 1
            )
    return Failure(SourceText("", text + beyond), beyond, (*read, end), len(read))
