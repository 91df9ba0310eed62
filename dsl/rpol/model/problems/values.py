"""What can be wrong with attributes, their values, and the amounts and dates they are compared to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rpol.model.problems.names import a
from rpol.model.problems.wording import error, listed, mean, quoted
from rpol.runtime.attribute import Attribute
from rpol.runtime.countries import NO_COUNTRIES
from rpol.syntax.nodes import Amount, Day, Number, Percent
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place

if TYPE_CHECKING:
    from rpol.model.declared import Declared

# ---------------------------------------------------------------- attributes


def unknown_kind(place: Place, kind: str, near: str | None) -> Diagnostic:
    return error(
        "unknown-kind",
        place,
        f"{quoted(kind)} is no kind of attribute.",
        mean(
            near,
            "An attribute is `one of` or `set of` some values, or `country`, `entity`, `boolean`, `integer`, `number`, "
            "`percent` or `date`.",
        ),
        replacement=near,
    )


def unknown_unit(place: Place, unit: str, near: str | None) -> Diagnostic:
    return error(
        "unknown-unit",
        place,
        f"{quoted(unit)} is no unit.",
        mean(near, "The reference lists the units; a quotient is written as in `Wh/kg`."),
    )


def unit_without_number(place: Place, kind: str, unit: str) -> Diagnostic:
    return error(
        "wrong-unit",
        place,
        f"Only a `number` has a unit, and this attribute is of kind `{kind}`.",
        f"Write `number {unit}`, or leave the unit out.",
    )


def optional_set(place: Place) -> Diagnostic:
    return error(
        "optional-set",
        place,
        "A set is never optional: a case in which there is nothing has the empty set.",
        "Leave `optional` out; `none` is true of the empty set.",
    )


def set_of_parties(place: Place) -> Diagnostic:
    return error(
        "set-of-parties",
        place,
        "Sets of parties are not possible yet.",
        "Declare the attribute as `entity`; a request may give several parties for it, and each is decided.",
    )


def duplicate_value(place: Place, value: str, earlier: Place) -> Diagnostic:
    labels = ((earlier, "it stands here first"),)
    return error(
        "duplicate-value", place, f"The value {quoted(value)} stands here twice.", "Delete one.", labels=labels
    )


def reserved_value(place: Place, value: str) -> Diagnostic:
    if not value.strip():
        return error("reserved-value", place, "A value must have at least one letter or digit.", "Write its name.")
    return error(
        "reserved-value",
        place,
        f"{quoted(value)} cannot be a value: it says that there is none.",
        "Choose another word, or make the attribute `optional`.",
    )


def no_values(place: Place, path: str) -> Diagnostic:
    return error(
        "no-values", place, f"{quoted(path)} holds no values.", "Write at least one row below the header line."
    )


def unknown_parent(place: Place, parent: str, near: str | None) -> Diagnostic:
    return error(
        "unknown-parent",
        place,
        f"The parent {quoted(parent)} is no value of this file.",
        mean(near, f"A parent is itself a value: add a row for {quoted(parent)}."),
    )


def too_deep(place: Place, value: str, deepest: int) -> Diagnostic:
    return error(
        "too-complex", place, f"{quoted(value)} lies more than {deepest} levels deep.", "Make the tree flatter."
    )


# ---------------------------------------------------------------- values


def unknown_value(
    place: Place,
    attribute: Attribute,
    value: str,
    near: str | None,
    others: Sequence[str],
    declared: Declared | None,
) -> Diagnostic:
    """`others`: the attributes that do have this value; `declared`: what else bears its name."""
    message = f"{quoted(attribute.name)} has no value {quoted(value)}."
    if attribute.kind == "country" and value.upper() in NO_COUNTRIES:
        why = NO_COUNTRIES[value.upper()]
        return error("unknown-value", place, message, f"{why[0].upper()}{why[1:]}. Make a group or list of countries.")
    if others:
        return error("unknown-value", place, message, f"It is a value of {listed(tuple(others))}.")
    if declared is not None:
        labels = ((declared.place, f"{quoted(value)} is declared here"),)
        return error("unknown-value", place, message, f"{quoted(value)} is {a(declared)}.", labels=labels)
    if attribute.kind == "country" and near is None:
        advice: str | None = "Countries are the two-letter codes of ISO 3166-1, in capitals, such as `DE`."
    else:
        advice = mean(near)
    return error("unknown-value", place, message, advice, replacement=near)


def unquoted_party(place: Place, attribute: str, word: str, near: str | None) -> Diagnostic:
    quote = f'Put the name of a party in quotes: `"{word}"`.'
    return error(
        "unquoted-party",
        place,
        f"{quoted(word)} is no group or list; as a value of {quoted(attribute)} it must be in quotes.",
        quote if near is None else f"{mean(near)} {quote}",
        replacement=f'"{word}"' if near is None else near,
    )


def needs_in(place: Place, attribute: str, name: str, negated: bool) -> Diagnostic:
    right = f"{attribute} {'not ' if negated else ''}in {name}"
    message = f"{quoted(name)} is no single value: it stands for several."
    return error("needs-in", place, message, f"Write `{right}`.", replacement=right)


def not_optional(place: Place, attribute: Attribute) -> Diagnostic:
    return error(
        "not-optional",
        place,
        f"{quoted(attribute.name)} always has a value, so it is never `none`.",
        "Declare it `optional` if there may be none.",
    )


def wrong_group(place: Place, name: str, attribute: str, of: Sequence[str], declared: Place) -> Diagnostic:
    holds = f"holds values of {listed(of)}" if of else "holds names of rules and instruments"
    return error(
        "wrong-group",
        place,
        f"The group {quoted(name)} {holds}, not of {quoted(attribute)}.",
        labels=((declared, f"{quoted(name)} is declared here"),),
    )


def wrong_list(place: Place, name: str, attribute: Attribute, of: str | None, declared: Place) -> Diagnostic:
    holds = "parties" if of is None else f"values of {quoted(of)}"
    advice = None
    if attribute.taxonomy is not None:
        advice = f"Declare a list of its values: `list … of {attribute.name} from …`."
    return error(
        "wrong-list",
        place,
        f"The list {quoted(name)} holds {holds}, not values of {quoted(attribute.name)}.",
        advice,
        labels=((declared, f"{quoted(name)} is declared here"),),
    )


def list_excepted_in_set(place: Place, attribute: str) -> Diagnostic:
    return error(
        "list-in-except",
        place,
        f"{quoted(attribute)} is a set, and of a set a group with `except` cannot be asked yet if a list is in it.",
        "Write the values out, or ask for the list and for the exception apart.",
    )


def only_of_no_set(place: Place, attribute: Attribute) -> Diagnostic:
    return error(
        "only-without-set",
        place,
        f"`only` is for sets, and {quoted(attribute.name)} holds one value.",
        f"Write `{attribute.name} in …`.",
    )


def only_on_file(place: Place, attribute: str) -> Diagnostic:
    return error(
        "only-on-file",
        place,
        f"`only` cannot be asked of {quoted(attribute)}: its values come from a file.",
        "Ask for what it must not hold: `not … in …`.",
    )


def not_a_condition(place: Place, attribute: Attribute) -> Diagnostic:
    test = ">= …" if attribute.taxonomy is None and attribute.kind != "entity" else "…"
    return error(
        "not-a-condition",
        place,
        f"{quoted(attribute.name)} alone is no condition: it is no yes or no.",
        f"Say what it must be: `{attribute.name} {test}`.",
    )


# ---------------------------------------------------------------- amounts


def word_for_amount(place: Place, attribute: Attribute, word: str) -> Diagnostic:
    return error(
        "wrong-kind-of-value",
        place,
        f"{quoted(word)} is no {_amount_of(attribute)}, and {quoted(attribute.name)} is one.",
        _spaced(word, attribute) or f"Compare it to {_sample(attribute)}.",
    )


def _spaced(word: str, attribute: Attribute) -> str | None:
    """Return the help for an amount whose unit stands too close, as in `14nm`."""
    digits = len(word) - len(word.lstrip("0123456789."))
    return f"Write `{word[:digits]} {word[digits:]}`." if digits and word[digits:] == attribute.unit else None


def amount_for_word(place: Place, attribute: Attribute, amount: Amount) -> Diagnostic:
    written = _written(amount)
    what = "names" if attribute.kind == "entity" else "values"
    advice = f'If {quoted(written)} is one of them, put it in quotes: `"{written}"`.'
    message = f"{quoted(attribute.name)} holds {what}, no amounts."
    return error("wrong-kind-of-value", place, message, advice)


def wrong_kind_of_amount(place: Place, attribute: Attribute, amount: Amount) -> Diagnostic:
    return error(
        "wrong-kind-of-value",
        place,
        f"{quoted(_written(amount))} is no {_amount_of(attribute)}, and {quoted(attribute.name)} is one.",
        f"Write `{amount.text}%`."
        if attribute.kind == "percent" and isinstance(amount, Number) and amount.unit is None
        else f"Compare it to {_sample(attribute)}.",
    )


def wrong_unit(place: Place, attribute: Attribute, amount: Number) -> Diagnostic:
    if attribute.unit is None:
        message = f"{quoted(attribute.name)} has no unit."
        advice = f"Write `{amount.text}`, or declare the attribute as `number {amount.unit}`."
    elif amount.unit is None:
        message = f"{quoted(attribute.name)} is measured in `{attribute.unit}`, and this amount has no unit."
        advice = f"Write `{amount.text} {attribute.unit}`, or a unit that converts into it."
    else:
        message = (
            f"`{amount.unit}` does not convert into `{attribute.unit}`, in which {quoted(attribute.name)} is measured."
        )
        advice = f"Write the amount in `{attribute.unit}`."
    return error("wrong-unit", place, message, advice)


def not_whole(place: Place, attribute: str, amount: str) -> Diagnostic:
    return error(
        "not-whole",
        place,
        f"{quoted(attribute)} is an `integer`, and {quoted(amount)} is not whole.",
        "Write a whole number, or declare the attribute as `number`.",
    )


def beyond_percent(place: Place, amount: str) -> Diagnostic:
    return error("beyond-percent", place, f"{quoted(amount + '%')} does not lie between 0% and 100%.")


def too_long(place: Place) -> Diagnostic:
    return error("too-complex", place, "This number is too long to be the measure of anything.", "Shorten it.")


def no_such_day(place: Place, day: str) -> Diagnostic:
    return error(
        "no-such-day",
        place,
        f"There is no day {quoted(day)} in the calendar.",
        "A date is written as year, month and day, as in `2025-11-08`.",
    )


def _amount_of(attribute: Attribute) -> str:
    return {"integer": "whole number", "percent": "percentage"}.get(attribute.kind, attribute.kind)


def _sample(attribute: Attribute) -> str:
    samples = {
        "integer": "a whole number, such as `256`",
        "percent": "a percentage with its sign, such as `0.1%`",
        "date": "a date, such as `2025-11-08`",
    }
    unit = f" {attribute.unit}" if attribute.unit else ""
    return samples.get(attribute.kind, f"a number, such as `14{unit}`")


def _written(amount: Amount) -> str:
    match amount:
        case Percent():
            return f"{amount.text}%"
        case Number(text, unit):
            return text if unit is None else f"{text} {unit}"
        case Day():
            return amount.text


# ---------------------------------------------------------------- conditions in the wrong place


def misplaced_date(place: Place, word: str, where: str, define: Declared | None = None) -> Diagnostic:
    """`where`: a rule or a fact; `define`: the define that speaks of the date, if it is not the condition itself."""
    speaks = (
        f"`{word}` cannot be asked" if define is None else f"{quoted(define.name)} asks for `{word}`, which cannot be"
    )
    advice = "Write a window: `effective`, `through` or `before` and a date."
    if word == "known_on":
        advice = "A rule is known from the day on which its instrument is `issued`."
    if where == "a fact":
        advice = "A fact holds on all days."
    return error(
        "misplaced-date",
        place,
        f"{speaks} in {where}; only promises and examples ask for it.",
        advice,
        labels=() if define is None else ((define.place, f"{quoted(define.name)} is declared here"),),
    )


def misplaced_in_force(place: Place, word: str, where: str, define: Declared | None = None) -> Diagnostic:
    speaks = f"`{word}` cannot stand" if define is None else f"{quoted(define.name)} says `{word}`, which cannot stand"
    return error(
        "misplaced-in-force",
        place,
        f"{speaks} in {where}: a fact says which cases there are, whatever the law.",
        labels=() if define is None else ((define.place, f"{quoted(define.name)} is declared here"),),
    )
