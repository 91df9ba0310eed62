"""Problems with quotes, comments, operators, punctuation and characters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rpol.syntax.problems import error

if TYPE_CHECKING:
    from rpol.text.diagnostic import Diagnostic
    from rpol.text.source import Place


def open_text(place: Place) -> Diagnostic:
    return error(
        "open-text",
        place,
        "This text does not end.",
        'Write `"` at its end, on the same line. Long texts may be several side by side: `"one part " "and the next"`.',
    )


def wrong_quotes(place: Place, text: str) -> Diagnostic:
    return error(
        "quotes",
        place,
        'A text stands between straight quotes: `"`.',
        f'Write `"{text}"`.',
        replacement=f'"{text}"',
    )


def lone_quote(place: Place, sign: str) -> Diagnostic:
    return error("quotes", place, f"`{sign}` does not begin a text.", 'Write `"` before and behind the text.')


def alien_comment(place: Place, sign: str, replacement: str | None) -> Diagnostic:
    return error(
        "comment-sign",
        place,
        f"`{sign}` does not begin a comment.",
        "Comments begin with `--` and end with the line.",
        replacement=replacement,
    )


def equals_sign(place: Place, sign: str, right: str) -> Diagnostic:
    return error(
        "operator", place, f"A condition has no `{sign}`: the value follows the attribute.", f"Write `{right}`."
    )


def wrong_operator(place: Place, sign: str, right: str) -> Diagnostic:
    return error("operator", place, f"`{sign}` is written `{right}` here.", f"Write `{right}`.", replacement=right)


def arithmetic(place: Place, sign: str) -> Diagnostic:
    return error("punctuation", place, f"`{sign}` has no meaning here.", "Nothing is calculated: write the result.")


def currency_sign(place: Place, sign: str, unit: str) -> Diagnostic:
    return error(
        "amount", place, f"An amount of money is written without `{sign}`.", f"Write the number and `{unit}` behind it."
    )


def punctuation(place: Place, sign: str) -> Diagnostic:
    return error(
        "punctuation",
        place,
        f"`{sign}` has no meaning here.",
        "Leave it out: the keywords show where a part begins, and line breaks mean nothing.",
        replacement="",
    )


def unknown_character(place: Place, character: str, *, value: bool) -> Diagnostic:
    remedy = "Put it in quotes with the text it belongs to." if value else "Leave it out."
    return error("punctuation", place, f"`{character}` has no meaning in a policy.", remedy)


def strange_character(place: Place, character: str, times: int = 1) -> Diagnostic:
    """`times`: how often the file has it."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    message = f"Here is a character that cannot be seen: {f'{name} ({code})' if name else code}."
    if times > 1:
        message += f" The file has it {times} times."
    blank = unicodedata.category(character) == "Zs"
    return error(
        "strange-character",
        place,
        message,
        "Type an ordinary space in its place." if blank else "Delete it.",
        replacement=" " if blank else "",
    )
