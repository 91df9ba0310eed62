"""Say in an author's words what the grammar would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.grammar import END, keywords

if TYPE_CHECKING:
    from collections.abc import Iterable

# Tokens that belong together, and the words for them. A group counts where all its tokens are accepted and none of
# them has been taken by a group above it.
_GROUPS = (
    (
        "ONE SET NAME",
        "a kind: `one of`, `set of`, `country`, `entity`, `boolean`, `integer`, `number`, `percent`, `date`",
    ),
    ("ONE NAME", "`one of` and names of lists, or names of lists and `together`"),
    ("NAME CODE STRING NUMBER PERCENT DATE", "a value or an amount"),
    ("NAME NOT LPAR IN", "a condition such as `destination DE`"),
    ("NAME CODE STRING ANY", "what it is about: values such as `1C902.a.4`, a group, or `any`"),
    ("NAME CODE STRING", "a value or name such as `1C902.a.4`"),
    ("NUMBER PERCENT DATE", "an amount such as `14 nm`, `0.1%` or `2025-11-08`"),
    ("NAME STRING", "a name or a text in quotes"),
    ("STRING", "a text in quotes"),
    ("DATE", "a date such as `2025-11-08`"),
    ("PERCENT", "a percentage such as `50%`"),
    ("COMPARE", "`>=`, `>`, `<=` or `<`"),
    ("COMMA", "`,`"),
    ("EQUAL", "`=`"),
    ("LPAR", "`(`"),
    ("RPAR", "`)`"),
    ("SLASH", "`/`"),
    ("ALLOW EXEMPT REQUIRE REVIEW DENY PROHIBIT", "an effect such as `require license` or `deny`"),
    ("ALLOW LICENSE REVIEW DENY PROHIBIT", "`allow`, `license`, `review`, `deny` or `prohibit`"),
    ("EFFECTIVE THROUGH BEFORE", "`effective`, `through` or `before` and a date"),
    ("NAME", "a name"),
)


def expected(accepted: Iterable[str], behind: str) -> tuple[str, ...]:
    """Return a phrase for each thing that may stand behind a token of the type `behind`."""
    left = set(accepted)
    phrases = []
    if "NAME" in left and behind in ("NUMBER", "SLASH"):
        left.remove("NAME")
        phrases.append("a unit such as `nm`")
    for types, phrase in _GROUPS:
        group = set(types.split())
        if group <= left:
            left -= group
            phrases.append(phrase)
    phrases += [f"`{word}`" for type_, word in keywords().items() if type_ in left]
    if END in left:
        phrases.append("the end of the statement")
    return tuple(phrases)
