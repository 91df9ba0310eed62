"""The grammar of one statement, built once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from lark import Lark, Token

from rpol.syntax import build
from rpol.syntax.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lark.parsers.lalr_interactive_parser import InteractiveParser

START = "piece"
END = "$END"


@cache
def grammar() -> Lark:
    """Return the parser of a statement; it makes nodes, by the functions of `build`.

    Lark's own `cache` stays off: it is a pickle in the folder for temporary files.
    """
    return Lark(
        Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8"),
        start=[START, "refused"],
        parser="lalr",
        lexer=Tokens,
        keep_all_tokens=True,
        maybe_placeholders=True,
        transformer=cast("Any", build),
    )


@cache
def keywords() -> dict[str, str]:
    """Return the keywords, refused ones too, by the names of their terminals."""
    fixed = {terminal.name: terminal.pattern.value for terminal in grammar().terminals}
    return {name: value for name, value in fixed.items() if value.isalpha() and value.upper() == name}


def session(text: str) -> InteractiveParser:
    """Return a parser at the start of `text`, to be fed token by token."""
    return grammar().parse_interactive(text, start=START)


def lexed(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`. Every text has some: what is no word of the language is a token it refuses."""
    stream: Iterator[Token] = cast("Any", session(text).lexer_thread).lex(None)
    return stream


def accepted(read: Iterable[Token]) -> frozenset[str]:
    """Return the types of the tokens that can stand behind `read`, the start of a statement."""
    parser = session("")
    for token in read:
        parser.feed_token(token)
    return frozenset(cast("Any", parser).accepts())


def start_of(token: Token) -> int:
    """Return the offset of the first character of `token`."""
    return token.start_pos or 0


def end_of(token: Token) -> int:
    """Return the offset just behind the last character of `token`."""
    return token.end_pos or 0
