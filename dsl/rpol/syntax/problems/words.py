"""Problems with keywords and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from rpol.syntax.problems import error

if TYPE_CHECKING:
    from rpol.text.diagnostic import Diagnostic
    from rpol.text.source import Place


def misspelt(place: Place, word: str, keyword: str) -> Diagnostic:
    return error("syntax", place, f"`{word}` cannot stand here.", f"Did you mean `{keyword}`?", replacement=keyword)


def misplaced(place: Place, word: str, remedy: str) -> Diagnostic:
    return error("syntax", place, f"`{word}` cannot stand here.", remedy)


def capitals(place: Place, word: str) -> Diagnostic:
    return error(
        "capitals",
        place,
        f"`{word}` is a keyword in capitals; keywords are written in small letters.",
        f'Write `{word.lower()}`. If it is a value, put it in quotes: `"{word}"`.',
        replacement=word.lower(),
    )


def until(place: Place, day: str) -> Diagnostic:
    return error(
        "until",
        place,
        "`until` does not say whether the day itself still counts.",
        f"Write `through {day}` if that is the last day, or `before {day}` if it is the first day out.",
    )


def licence(place: Place, *, require: bool) -> Diagnostic:
    """`require`: the word stands where an effect must stand."""
    right = "require license" if require else "license"
    return error(
        "licence", place, "`licence` is written with an s here: `license`.", f"Write `{right}`.", replacement=right
    )


def license_without_require(place: Place) -> Diagnostic:
    return error(
        "license-without-require",
        place,
        "`license` alone is an outcome, not an effect.",
        "Write `require license`.",
        replacement="require license",
    )


def require_before_outcome(place: Place) -> Diagnostic:
    return error("syntax", place, "An outcome is written without `require`.", "Write `license`.", replacement="license")


def kept_word(place: Place, word: str) -> Diagnostic:
    return error(
        "kept-word",
        place,
        f"`{word}` is kept for a later version of the language.",
        f'Choose another name. If it is a value, put it in quotes: `"{word}"`.',
    )


def reserved_value(place: Place, word: str, *, after_comma: bool) -> Diagnostic:
    remedy = f'If it is a value, put it in quotes: `"{word}"`.'
    if after_comma:
        remedy += " If the list ends here, leave the comma out."
    return error(
        "reserved-word",
        place,
        f"`{word}` is a word of the language and cannot stand here.",
        remedy,
        replacement=f'"{word}"',
    )


def or_a_value(problem: Diagnostic, statement: str) -> Diagnostic:
    """Return the problem of a statement that begins behind another on its line, where its word may be a value."""
    word = statement.split()[0]
    hint = f'If `{word}` is meant as a value, put it in quotes: `"{word}"`.'
    return evolve(problem, help=f"{problem.help} {hint}" if problem.help else hint)


def reserved_name(place: Place, word: str) -> Diagnostic:
    return error(
        "reserved-word",
        place,
        f"`{word}` is a word of the language and cannot be a name.",
        f"Choose another name, such as `{word}_1`.",
    )


def quoted_name(place: Place, written: str, behind: str) -> Diagnostic:
    """A text where only a name may stand, behind the keyword `behind`."""
    remedy = "Write the name without quotes; a name has letters, digits, `_` and `.`."
    if behind == "under":
        remedy = f"Before the first effect, name the instrument too: `under NAME {written}`."
    return error("syntax", place, f"After `{behind}` must come a name, not {written}.", remedy)


def odd_word(place: Place, word: str, *, value: bool) -> Diagnostic:
    """A word that is no name: with a hyphen, say, or with letters beyond a to z."""
    better = word.replace("-", "_")
    hints = []
    if better.isascii() and better.isidentifier():
        hints.append(f"Write `{better}`.")
    if value:
        hints.append(f'If it is a value, put it in quotes: `"{word}"`.')
    return error(
        "unquoted",
        place,
        f"`{word}` is not a name: names have the letters a to z and A to Z, digits, `_` and `.`, nothing else.",
        " ".join(hints) or "Choose a name of these letters.",
    )
