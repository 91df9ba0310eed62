"""From the text of a statement to its tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lark import Token
from lark.lexer import BasicLexer, Lexer, PatternStr

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tokens(Lexer):
    """Lark's basic lexer without the numbers of lines, which nothing here asks for.

    One search finds what is next, blanks and comments among it, and one look whether a name is a keyword. Every
    character is part of something: the grammar has a token for what the language refuses.
    """

    def __init__(self, conf: Any) -> None:
        terminals = BasicLexer(conf).terminals  # in the order in which they are tried
        words = [one for one in terminals if isinstance(one.pattern, PatternStr) and one.pattern.value.isalpha()]
        self._keywords = {one.pattern.value: one.name for one in words}
        others = (f"(?P<{one.name}>{one.pattern.to_regexp()})" for one in terminals if one not in words)
        self._next = re.compile("|".join(others))
        self._ignored = frozenset(conf.ignore)

    def lex(self, text: Any, _: Any = None) -> Iterator[Token]:
        """Yield the tokens of `text`, a string; their positions count from its start."""
        for match in self._next.finditer(text):
            kind = match.lastgroup or ""
            if kind not in self._ignored:
                word = match[0]
                if kind == "NAME":
                    kind = self._keywords.get(word, kind)
                yield Token(kind, word, match.start(), end_pos=match.end())
