"""What can be wrong with controls, permits, obliges, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rpol.model.problems.wording import error, listed, mean, quoted, warning
from rpol.runtime.attribute import Attribute
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place

if TYPE_CHECKING:
    from rpol.model.declared import Declared
    from rpol.model.policy import Clause

# ---------------------------------------------------------------- subjects


def unknown_subject(place: Place, word: str, near: str | None, open_attribute: str | None) -> Diagnostic:
    """`open_attribute`: one whose values are any names, if the word may be one of them."""
    advice = mean(near)
    if open_attribute is not None:
        party = f'A party is written with its attribute: `{open_attribute} "{word}"`.'
        advice = party if advice is None else f"{advice} {party}"
    return error("unknown-value", place, f"No attribute has the value {quoted(word)}.", advice, replacement=near)


def ambiguous_subject(place: Place, attributes: Sequence[str], written: str) -> Diagnostic:
    advice = f"Say which is meant, as in `{attributes[0]} {written}`."
    return error("ambiguous-subject", place, f"This may be about {listed(attributes, 'or')}.", advice)


def mixed_subject(place: Place, telling: Sequence[tuple[str, Sequence[str]]]) -> Diagnostic:
    words = [f"{quoted(word)} of {listed(tuple(attributes))}" for word, attributes in telling[:5]]
    return error(
        "mixed-subject",
        place,
        f"No attribute has all of these: {', '.join(words)}.",
        "A subject is about one attribute. What else must hold is written behind `when`.",
    )


def amount_as_subject(place: Place, attribute: Attribute) -> Diagnostic:
    return error(
        "wrong-subject",
        place,
        f"{quoted(attribute.name)} has no values that could be a subject.",
        f"Write `any … when {attribute.name} >= …`.",
    )


def attribute_as_subject(place: Place, attribute: Attribute) -> Diagnostic:
    right = f"any … when {attribute.name}" if attribute.kind == "boolean" else f"{attribute.name} …"
    return error("wrong-subject", place, f"{quoted(attribute.name)} is an attribute, not a value.", f"Write `{right}`.")


def party_list_as_subject(place: Place, name: str, attribute: str | None) -> Diagnostic:
    right = f"any … when {attribute or '…'} in {name}"
    return error(
        "wrong-subject", place, f"{quoted(name)} is a list of parties, which is no subject.", f"Write `{right}`."
    )


def group_of_rules_as_subject(place: Place, declared: Declared) -> Diagnostic:
    return error(
        "wrong-subject",
        place,
        f"The group {quoted(declared.name)} holds names of rules and instruments, not values.",
        labels=((declared.place, f"{quoted(declared.name)} is declared here"),),
    )


# ---------------------------------------------------------------- effects


def only_exempts(place: Place, subject: Place) -> Diagnostic:
    return error(
        "only-exempts",
        place,
        "All this control says is what it exempts.",
        "If others' rules are set aside here, write `permit … overrides …`. If this control itself requires a license, "
        "write `require license` in front.",
        labels=((subject, "of this control"),),
    )


def unclear_license(place: Place, effect: str, carried: str) -> Diagnostic:
    """`carried`: the date, paragraph or instrument of the clause, as written."""
    return error(
        "unclear-license",
        place,
        "The control requires a license without saying so, and it is not clear whether this date or source holds for "
        "the license too.",
        f"Write the license out. If it has the same, write `require license {carried}` in front of `{effect}`; if it "
        f"has not, write `require license` alone.",
    )


def license_for_everything(place: Place) -> Diagnostic:
    return error(
        "license-for-everything",
        place,
        "This control would require a license of everything: it says neither `when`, nor what is required.",
        "Write `when` and a condition before the first effect. If a license of everything is meant, write "
        "`require license`.",
    )


def empty_control(place: Place) -> Diagnostic:
    return warning(
        "empty-control",
        place,
        "This control says nothing: what supplements others has no license of its own.",
        "Write an effect, such as `deny` or `require license`.",
    )


def oblige_without_duty(place: Place) -> Diagnostic:
    return error("oblige-without-duty", place, "This `oblige` has no duty.", 'Write `duty "…"`.')


def rests_on_nothing(place: Place, effect: str) -> Diagnostic:
    return error(
        "rests-on-nothing",
        place,
        f"`{effect}` says how an application for a license is treated, and this control requires none.",
        "Write `require license` in the control, or `supplements` and the control that requires the license.",
    )


def supplements_nothing(place: Place, name: str) -> Diagnostic:
    return error(
        "supplements-nothing",
        place,
        f"Nothing that {quoted(name)} supplements requires a license, so it reaches no case.",
        "Supplement controls that have a `require license`.",
    )


def group_of_values(place: Place, declared: Declared) -> Diagnostic:
    return error(
        "wrong-group",
        place,
        f"The group {quoted(declared.name)} holds values; names of rules and instruments must stand here.",
        labels=((declared.place, f"{quoted(declared.name)} is declared here"),),
    )


def too_many_links(place: Place, most: int) -> Diagnostic:
    return error(
        "too-complex", place, f"The rules of this policy name one another in more than {most:,} ways.", "Name fewer."
    )


# ---------------------------------------------------------------- circles


def circle_of_supplements(members: Sequence[str], places: Sequence[Place]) -> Diagnostic:
    if len(members) == 1:
        message = f"{quoted(members[0])} supplements itself."
        return error("circle-of-supplements", places[0], message, "Name another control.")
    way = " → ".join(quoted(name) for name in (*members, members[0])[:9])
    return error(
        "circle-of-supplements",
        places[0],
        f"These controls supplement one another in a circle: {way}.",
        "Each would reach only what the others reach. Let one of them stand alone.",
        labels=[(place, "and this one") for place in places[1:8]],
    )


def circle_of_overrides(members: Sequence[Clause]) -> Diagnostic:
    """Each of `members` lifts the next or lets it fall, and the last the first."""
    way = " → ".join(_clause(clause) for clause in (*members, members[0])[:9])
    return error(
        "circle-of-overrides",
        members[0].place,
        f"These clauses set one another aside in a circle: {way}.",
        "Take one name out of an `overrides`. A `review` or `deny` falls with the licenses it rests on.",
        labels=[(clause.place, "and this one") for clause in members[1:8]],
    )


def _clause(clause: Clause) -> str:
    return quoted(clause.label or f"{clause.effect} of {clause.control}")


# ---------------------------------------------------------------- what stands beside


def cannot_cover(place: Place, attribute: Attribute) -> Diagnostic:
    return error(
        "cannot-cover",
        place,
        f"{quoted(attribute.name)} cannot be covered: it is of kind `{attribute.kind}`.",
        "`cover` is for attributes that are `one of` or `set of` values, or a `country`.",
    )


def repeated_otherwise(place: Place, first: Place) -> Diagnostic:
    return error(
        "repeated-otherwise",
        place,
        "A policy says `otherwise` once, and this is the second time.",
        labels=((first, "the first stands here"),),
    )


def uncovered_value(place: Place, attribute: str, values: Sequence[str]) -> Diagnostic:
    count = "one value" if len(values) == 1 else f"{len(values):,} values"
    return warning(
        "uncovered-value",
        place,
        f"No control or permit names {count} of {quoted(attribute)}: {listed(values)}.",
        "Name each in a subject or a condition, by itself, by a value above it, or in a group or list.",
    )
