"""The wording of what can be wrong with the text of a policy: a function a problem.

Text problems are errors: with one of them nothing is built (language.md, section 4). Only the comments that silence
warnings are warned of.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from attrs import evolve

from rpol.text.diagnostic import Diagnostic, Fix, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpol.text.source import Place


def _error(
    name: str,
    place: Place,
    message: str,
    remedy: str | None = None,
    *,
    replacement: str | None = None,
    labels: tuple[Label, ...] = (),
) -> Diagnostic:
    """Return an error; `replacement` is what repairs it, written in its place."""
    fix = None if replacement is None else Fix(remedy or message, ((place, replacement),))
    return Diagnostic(name, "error", message, place, labels, remedy, fix)


def alternatives(phrases: Sequence[str]) -> str:
    """Join phrases as in `a, b or c`."""
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} or {phrases[-1]}"


# ---------------------------------------------------------------- files


def unreadable_file(place: Place, reason: str) -> Diagnostic:
    return _error("unreadable-file", place, f"The file cannot be read: {reason}.")


def not_utf8(place: Place, byte: int, *, utf16: bool) -> Diagnostic:
    message = f"This file is not UTF-8: line {place.line} holds the byte 0x{byte:02X}, which does not belong there."
    if utf16:
        message = "This file is UTF-16, not UTF-8."
    return _error("not-utf8", place, message, "Save the file as UTF-8.")


def too_large(place: Place, what: str, size: int, most: int) -> Diagnostic:
    return _error(
        "too-large",
        place,
        f"This {what} has {size:,} characters; {most:,} are the most that is read.",
        "Split it: the files of a folder are one policy, and long lists of values belong in a CSV file.",
    )


def too_many_problems(place: Place, most: int) -> Diagnostic:
    return _error(
        "too-many-problems", place, f"{most} statements of this file do not parse; the rest of it has not been read."
    )


def strange_character(place: Place, character: str, others: int = 0) -> Diagnostic:
    """`others`: how many more of them the file has."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    message = f"Here is a character that cannot be seen: {f'{name} ({code})' if name else code}."
    if others:
        message += f" There are {others} more in this file."
    blank = unicodedata.category(character) == "Zs"
    return _error(
        "strange-character",
        place,
        message,
        "Type an ordinary space in its place." if blank else "Delete it.",
        replacement=" " if blank else "",
    )


def unknown_character(place: Place, character: str, *, value: bool) -> Diagnostic:
    remedy = "Put it in quotes with the text it belongs to." if value else "Leave it out."
    return _error("punctuation", place, f"`{character}` has no meaning in a policy.", remedy)


# ---------------------------------------------------------------- what the grammar expects


def unexpected(place: Place, found: str, behind: str, expected: Sequence[str], hint: str | None = None) -> Diagnostic:
    """Nothing that the grammar takes after `behind`; `found` is empty where the statement ends there."""
    if len(expected) <= 2:
        found = f", not `{found}`" if found else ", but the statement ends there"
        return _error("syntax", place, f"After `{behind}` must come {alternatives(expected)}{found}.", hint)
    message = f"`{found}` cannot stand here." if found else f"The statement is not complete after `{behind}`."
    return _error("syntax", place, message, hint or f"After `{behind}` may come {alternatives(expected)}.")


def no_statement(place: Place, word: str, statement_words: Sequence[str]) -> Diagnostic:
    words = alternatives([f"`{statement_word}`" for statement_word in statement_words])
    return _error("syntax", place, f"A statement cannot begin with `{word}`.", f"A statement begins with {words}.")


def misspelt(place: Place, word: str, keyword: str) -> Diagnostic:
    return _error("syntax", place, f"`{word}` cannot stand here.", f"Did you mean `{keyword}`?", replacement=keyword)


def foreign_word(place: Place, word: str, keyword: str) -> Diagnostic:
    return _error("syntax", place, f"`{word}` is not a word of the language.", f"Write `{keyword}`.")


def misplaced(place: Place, word: str, rule: str) -> Diagnostic:
    return _error("syntax", place, f"`{word}` cannot stand here.", rule)


def needs_expect(place: Place) -> Diagnostic:
    return _error(
        "syntax", place, "An example must say what it expects.", "Write `expect` and an outcome: `expect license`."
    )


# ---------------------------------------------------------------- words


def capitals(place: Place, word: str) -> Diagnostic:
    return _error(
        "capitals",
        place,
        f"`{word}` is a keyword in capitals; keywords are written in small letters.",
        f'Write `{word.lower()}`. If it is a value, put it in quotes: `"{word}"`.',
        replacement=word.lower(),
    )


def until(place: Place, day: str) -> Diagnostic:
    return _error(
        "until",
        place,
        "`until` does not say whether the day itself still counts.",
        f"Write `through {day}` if that is the last day, or `before {day}` if it is the first day out.",
    )


def licence(place: Place, *, require: bool) -> Diagnostic:
    """`require`: the word stands where an effect must stand."""
    right = "require license" if require else "license"
    return _error(
        "licence", place, "`licence` is written with an s here: `license`.", f"Write `{right}`.", replacement=right
    )


def license_without_require(place: Place) -> Diagnostic:
    return _error(
        "license-without-require",
        place,
        "`license` alone is an outcome, not an effect.",
        "Write `require license`.",
        replacement="require license",
    )


def require_before_outcome(place: Place) -> Diagnostic:
    return _error(
        "syntax", place, "An outcome is written without `require`.", "Write `license`.", replacement="license"
    )


def kept_word(place: Place, word: str) -> Diagnostic:
    return _error(
        "kept-word",
        place,
        f"`{word}` is kept for a later version of the language.",
        f'Choose another name. If it is a value, put it in quotes: `"{word}"`.',
    )


def reserved_value(place: Place, word: str, *, after_comma: bool) -> Diagnostic:
    remedy = f'If it is a value, put it in quotes: `"{word}"`.'
    if after_comma:
        remedy += " If the list ends here, leave the comma out."
    return _error(
        "reserved-word",
        place,
        f"`{word}` is a word of the language; as it stands it cannot be a value.",
        remedy,
        replacement=f'"{word}"',
    )


def or_a_value(problem: Diagnostic, statement: str) -> Diagnostic:
    """Return the problem of a statement that begins behind another on its line, where its word may be a value."""
    word = statement.split()[0]
    hint = f'If `{word}` is meant as a value, put it in quotes: `"{word}"`.'
    return evolve(problem, help=f"{problem.help} {hint}" if problem.help else hint)


def reserved_name(place: Place, word: str) -> Diagnostic:
    return _error(
        "reserved-word",
        place,
        f"`{word}` is a word of the language and cannot be a name.",
        f"Choose another name, such as `{word}_1`.",
    )


def odd_word(place: Place, word: str, *, value: bool) -> Diagnostic:
    """A word that is no name: with a hyphen, say, or with letters beyond a to z."""
    better = word.replace("-", "_")
    hints = []
    if better.isascii() and better.isidentifier():
        hints.append(f"Write `{better}`.")
    if value:
        hints.append(f'If it is a value, put it in quotes: `"{word}"`.')
    return _error(
        "unquoted",
        place,
        f"`{word}` is not a name: names have the letters a to z and A to Z, digits, `_` and `.`, nothing else.",
        " ".join(hints) or "Choose a name of these letters.",
    )


# ---------------------------------------------------------------- texts and signs


def open_text(place: Place) -> Diagnostic:
    return _error(
        "open-text",
        place,
        "This text does not end.",
        'Write `"` at its end, on the same line. Long texts may be several side by side: `"one part " "and the next"`.',
    )


def wrong_quotes(place: Place, text: str) -> Diagnostic:
    """`text` is what stands between the quotes; empty where there is only one of them."""
    right = f'"{text}"' if text else '"'
    return _error(
        "quotes", place, 'A text stands between straight quotes: `"`.', f"Write `{right}`.", replacement=right
    )


def alien_comment(place: Place, sign: str, replacement: str | None) -> Diagnostic:
    return _error(
        "comment-sign",
        place,
        f"`{sign}` does not begin a comment.",
        "Comments begin with `--` and end with the line.",
        replacement=replacement,
    )


def equals_sign(place: Place, sign: str, right: str) -> Diagnostic:
    return _error(
        "operator", place, f"A condition has no `{sign}`: the value follows the attribute.", f"Write `{right}`."
    )


def wrong_operator(place: Place, sign: str, right: str) -> Diagnostic:
    return _error("operator", place, f"`{sign}` is written `{right}` here.", f"Write `{right}`.", replacement=right)


def punctuation(place: Place, sign: str) -> Diagnostic:
    return _error(
        "punctuation",
        place,
        f"`{sign}` has no meaning here.",
        "Leave it out: the keywords show where a part begins, and line breaks mean nothing.",
        replacement="",
    )


# ---------------------------------------------------------------- amounts


def number_and_unit(place: Place, written: str, right: str) -> Diagnostic:
    return _error(
        "amount",
        place,
        f"`{written}` is one word; a number and its unit are two.",
        f"Write `{right}`.",
        replacement=right,
    )


def percent_sign(place: Place, right: str) -> Diagnostic:
    return _error("amount", place, "A percentage is written with its sign.", f"Write `{right}`.", replacement=right)


def percent_range(place: Place) -> Diagnostic:
    return _error("amount", place, "A percentage lies between 0% and 100%.", "Write it without a minus sign.")


def date_form(place: Place, written: str, right: str | None) -> Diagnostic:
    return _error(
        "amount",
        place,
        f"`{written}` is not written as a date.",
        f"Write `{right}`." if right else "Write year, month and day, as in `2025-11-08`.",
        replacement=right,
    )


def amount_in_quotes(place: Place, written: str) -> Diagnostic:
    return _error(
        "amount",
        place,
        f'`"{written}"` is a text; amounts and dates are written without quotes.',
        f"Write `{written}`.",
        replacement=written,
    )


def decimal_comma(place: Place, right: str) -> Diagnostic:
    return _error(
        "amount",
        place,
        "A number has no comma: decimals follow a point, and thousands are not set apart.",
        f"Write `{right}`.",
        replacement=right,
    )


def long_number(place: Place) -> Diagnostic:
    return _error(
        "amount",
        place,
        "This number is too long.",
        "A number has at most 60 digits on either side of the point, and an exponent of at most 3.",
    )


def unquoted_code(place: Place, written: str, *, condition: bool) -> Diagnostic:
    remedy = f'If it is a code, such as an HS number, put it in quotes: `"{written}"`.'
    if condition:
        remedy += " Amounts do not stand in a list: write one condition for each, joined by `or`."
    return _error(
        "unquoted", place, f"`{written}` is a number, and here must stand a value.", remedy, replacement=f'"{written}"'
    )


def odd_code(place: Place, written: str) -> Diagnostic:
    return _error(
        "unquoted",
        place,
        f"`{written}` is neither a number nor a code.",
        f'If it is a value, such as an HS number, put it in quotes: `"{written}"`.',
        replacement=f'"{written}"',
    )


# ---------------------------------------------------------------- conditions and lists


def values_without_in(place: Place, attribute: str, values: str) -> Diagnostic:
    return _error(
        "values-without-in",
        place,
        f"`{attribute}` is given several values; they need `in`.",
        f"Write `{attribute} in {values}`.",
        replacement=f"in {values}",
    )


def amounts_in_list(place: Place, attribute: str) -> Diagnostic:
    return _error(
        "values-without-in",
        place,
        "Amounts do not stand in a list.",
        f"Write one condition for each: `({attribute} … or {attribute} …)`.",
    )


def and_with_or(place: Place, other: Place, first: str, second: str) -> Diagnostic:
    """`place` and `other` are an `and` and an `or` in one condition, `first` and `second` its two readings."""
    return _error(
        "and-with-or",
        place,
        "`and` and `or` stand side by side; parentheses must say which of them binds first.",
        f"Write `{first}`\n   or `{second}`.",
        labels=(Label(other, "the other one"),),
    )


def word_in_list(place: Place, word: str, *, after_comma: bool) -> Diagnostic:
    return _error(
        "syntax",
        place,
        f"A list has only commas, no `{word}`.",
        f"Leave `{word}` out." if after_comma else f"Write `,` in place of `{word}`.",
        replacement="" if after_comma else ",",
    )


def verb(place: Place, word: str, right: str) -> Diagnostic:
    return _error("syntax", place, f"A condition needs no `{word}`.", f"Write `{right}`.")


def not_in_front(place: Place, attribute: str, word: str) -> Diagnostic:
    return _error(
        "syntax", place, f"`not` cannot stand before `{word}`.", f"Write `not {attribute} {word} …`: `not` comes first."
    )


def no_comparison_of_attributes(place: Place, name: str) -> Diagnostic:
    return _error(
        "syntax",
        place,
        f"`{name}` is not an amount.",
        "An attribute is compared with an amount such as `14 nm` or `0.1%`, never with another attribute.",
    )


def missing_and(place: Place, word: str, *, in_list: bool) -> Diagnostic:
    remedy = "Write `and` or `or` between two conditions."
    if in_list:
        remedy += " Write `,` between two values of a list."
    return _error("syntax", place, f"There is nothing between `{word}` and what stands before it.", remedy)


def missing_when(place: Place, word: str, *, in_list: bool) -> Diagnostic:
    remedy = "Write `when` in front of a condition."
    if in_list:
        remedy += " Write `,` between two values."
    return _error("syntax", place, f"`{word}` cannot stand here.", remedy)


def missing_comma(place: Place, word: str) -> Diagnostic:
    return _error("syntax", place, f"`{word}` cannot stand here.", "Write `,` between two values of a list.")


def too_deep(place: Place, most: int) -> Diagnostic:
    return _error(
        "too-deep",
        place,
        f"Parentheses and `not` are nested more than {most} deep here.",
        "Give a part of the condition a name with `define`.",
    )


# ---------------------------------------------------------------- comments that silence warnings


def ignore_without_reason(place: Place, problem: str) -> Diagnostic:
    return Diagnostic(
        "ignore-without-reason",
        "warning",
        f"This comment does not say why `{problem}` may be ignored.",
        place,
        help=f'Write the reason in quotes: `-- rpolc: ignore {problem} "the annex overlaps by intent"`.',
    )


def ignore_form(place: Place) -> Diagnostic:
    return Diagnostic(
        "ignore-form",
        "warning",
        "This comment is not understood, so it silences nothing.",
        place,
        help='Write `-- rpolc: ignore masked-clause "the reason"`: the name of one warning and a reason in quotes.',
    )


def ignore_place(place: Place) -> Diagnostic:
    return Diagnostic(
        "ignore-form",
        "warning",
        "This comment silences nothing here.",
        place,
        help="Write it on a line of its own, before the statement that the warning is about.",
    )
