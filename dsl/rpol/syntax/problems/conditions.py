"""Problems in conditions and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.problems import error
from rpol.text.diagnostic import Label

if TYPE_CHECKING:
    from rpol.text.diagnostic import Diagnostic
    from rpol.text.source import Place


def values_without_in(place: Place, attribute: str, values: str) -> Diagnostic:
    return error(
        "values-without-in",
        place,
        f"`{attribute}` is given several values; they need `in`.",
        f"Write `{attribute} in {values}`.",
        replacement=f"in {values}",
    )


def values_without_attribute(place: Place, values: str) -> Diagnostic:
    return error(
        "values-without-in",
        place,
        "These values are not said to be of an attribute.",
        f"Write the attribute and `in` before them, as in `destination in {values}`.",
    )


def list_in_parentheses(place: Place) -> Diagnostic:
    return error("syntax", place, "A list stands without parentheses.", "Write the values with `,` between them.")


def amounts_in_list(place: Place, attribute: str) -> Diagnostic:
    return error(
        "values-without-in",
        place,
        "Amounts do not stand in a list.",
        f"Write one condition for each: `({attribute} … or {attribute} …)`.",
    )


def and_with_or(place: Place, other: Place, first: str, second: str) -> Diagnostic:
    """`place` and `other` are an `and` and an `or` in one condition, `first` and `second` its two readings."""
    return error(
        "and-with-or",
        place,
        "`and` and `or` stand side by side; parentheses must say which of them binds first.",
        f"Write `{first}`\nor `{second}`.",
        labels=(Label(other, "the other one"),),
    )


def word_in_list(place: Place, word: str, *, after_comma: bool) -> Diagnostic:
    return error(
        "syntax",
        place,
        f"A list has only commas, no `{word}`.",
        f"Leave `{word}` out." if after_comma else f"Write `,` in place of `{word}`.",
        replacement="" if after_comma else ",",
    )


def verb(place: Place, word: str, right: str) -> Diagnostic:
    return error("syntax", place, f"A condition needs no `{word}`.", f"Write `{right}`.")


def not_in_front(place: Place, attribute: str, word: str) -> Diagnostic:
    return error(
        "syntax", place, f"`not` cannot stand before `{word}`.", f"Write `not {attribute} {word} …`: `not` comes first."
    )


def no_comparison_of_attributes(place: Place, name: str) -> Diagnostic:
    return error(
        "syntax",
        place,
        f"`{name}` is not an amount.",
        "An attribute is compared with an amount such as `14 nm` or `0.1%`, never with another attribute.",
    )


def not_closed(place: Place, end: Place) -> Diagnostic:
    return error(
        "syntax",
        place,
        "This parenthesis is not closed.",
        "Write `)` where the condition in it ends.",
        labels=(Label(end, "not closed up to here"),),
    )


def not_opened(place: Place) -> Diagnostic:
    return error(
        "syntax", place, "This parenthesis closes none.", "Leave it out, or write `(` where the condition begins."
    )
