"""Problems of a statement that fits no mistake we know, and of what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.problems import alternatives, error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpol.text.diagnostic import Diagnostic
    from rpol.text.source import Place


def unexpected(place: Place, found: str, behind: str, expected: Sequence[str], hint: str | None = None) -> Diagnostic:
    """Nothing that the grammar takes after `behind`; `found` is empty where the statement ends there."""
    if len(expected) <= 2:
        found = f", not `{found}`" if found else ", but the statement ends there"
        return error("syntax", place, f"After `{behind}` must come {alternatives(expected)}{found}.", hint)
    message = f"`{found}` cannot stand here." if found else f"The statement is not complete after `{behind}`."
    return error("syntax", place, message, hint or f"After `{behind}` may come {alternatives(expected)}.")


def no_statement(place: Place, word: str, statement_words: Sequence[str]) -> Diagnostic:
    words = alternatives([f"`{statement_word}`" for statement_word in statement_words])
    return error("syntax", place, f"A statement cannot begin with `{word}`.", f"A statement begins with {words}.")


def too_deep(place: Place, most: int) -> Diagnostic:
    return error(
        "too-deep",
        place,
        f"Parentheses and `not` are nested more than {most} deep here.",
        "Give a part of the condition a name with `define`.",
    )


def missing_and(place: Place, word: str, *, in_list: bool) -> Diagnostic:
    remedy = "Write `and` or `or` between two conditions."
    if in_list:
        remedy += " Write `,` between two values of a list."
    return error("syntax", place, f"There is nothing between `{word}` and what stands before it.", remedy)


def missing_when(place: Place, word: str, *, in_list: bool) -> Diagnostic:
    remedy = "Write `when` in front of a condition."
    if in_list:
        remedy += " Write `,` between two values."
    return error("syntax", place, f"`{word}` cannot stand here.", remedy)


def missing_comma(place: Place, word: str) -> Diagnostic:
    return error("syntax", place, f"`{word}` cannot stand here.", "Write `,` between two values of a list.")


def needs_expect(place: Place) -> Diagnostic:
    return error(
        "syntax", place, "An example must say what it expects.", "Write `expect` and an outcome: `expect license`."
    )
