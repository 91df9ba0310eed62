"""What can be wrong with the names of a policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rpol.model.problems.wording import error, listed, mean, quoted, warning
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place

if TYPE_CHECKING:
    from rpol.model.declared import Declared, Kind

_KINDS: Final[dict[Kind, tuple[str, str]]] = {
    "attribute": ("an attribute", "attributes"),
    "group": ("a group", "groups"),
    "define": ("a define", "defines"),
    "list": ("a list", "lists"),
    "instrument": ("an instrument", "instruments"),
    "scenario": ("a scenario", "scenarios"),
    "control": ("a control", "controls"),
    "clause": ("a clause", "clauses"),
    "permit": ("a permit", "permits"),
    "oblige": ("an oblige", "obliges"),
}
_CIRCLES: Final = {
    "group": "The group {first} stands for itself",
    "define": "The define {first} speaks of itself",
    "list": "The list {first} is owned by itself",
    "taxonomy": "The value {first} lies below itself",
}


def one_of_kinds(kinds: Sequence[Kind]) -> str:
    """Return the kinds as in "an instrument or a scenario"."""
    words = [_KINDS[kind][0] for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def a(declared: Declared) -> str:
    """Return what a name is, as in "a group"."""
    return _KINDS[declared.kind][0]


def unknown_name(place: Place, name: str, kinds: Sequence[Kind], near: str | None) -> Diagnostic:
    return error(
        "unknown-name",
        place,
        f"{quoted(name)} is not declared; {one_of_kinds(kinds)} must stand here.",
        mean(near, f"The policy has no {listed_kinds(kinds)} with a name like it."),
        replacement=near,
    )


def listed_kinds(kinds: Sequence[Kind]) -> str:
    """Return the kinds as in "instrument or scenario"."""
    words = [_KINDS[kind][0].split()[1] for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def unknown_attribute(place: Place, name: str, near: str | None) -> Diagnostic:
    advice = mean(near, f"Declare it: `attribute {name} one of …`, or another kind.")
    return error("unknown-name", place, f"There is no attribute {quoted(name)}.", advice, replacement=near)


def unknown_member(place: Place, name: str, near: str | None) -> Diagnostic:
    return error(
        "unknown-name",
        place,
        f"{quoted(name)} is no value of any attribute, and no group, list, rule or instrument has this name.",
        mean(near, f'The name of a party is put in quotes: `"{name}"`.'),
        replacement=near,
    )


def wrong_kind_of_name(place: Place, declared: Declared, kinds: Sequence[Kind]) -> Diagnostic:
    advice = None
    if declared.kind == "scenario" and kinds == ("instrument",):
        advice = "Acts name instruments. What should not hold under a scenario is written in another scenario."
    elif declared.kind == "define" and "attribute" in kinds:
        advice = f"A define is a condition by itself: write {quoted(declared.name)} alone."
    elif declared.kind in ("group", "list") and "attribute" in kinds:
        advice = f"Write the attribute in front of it: `… in {declared.name}`."
    elif declared.kind in ("permit", "oblige") and "control" in kinds and "clause" in kinds:
        advice = "What is supplemented must require a license, and a permit or oblige never does."
    return error(
        "wrong-kind-of-name",
        place,
        f"{quoted(declared.name)} is {a(declared)}; {one_of_kinds(kinds)} must stand here.",
        advice,
        labels=((declared.place, f"{quoted(declared.name)} is declared here"),),
    )


def taken_name(place: Place, name: str) -> Diagnostic:
    return error(
        "taken-name",
        place,
        f"The name {quoted(name)} is taken: it has a meaning of its own.",
        f"Choose another name, such as `{name}_`.",
    )


def duplicate_name(again: Declared, earlier: Declared) -> Diagnostic:
    same = f"as {a(earlier)}" if again.kind == earlier.kind else f"as {a(earlier)}, and here as {a(again)}"
    return error(
        "duplicate-name",
        again.place,
        f"{quoted(again.name)} is declared already, {same}.",
        "Attributes, groups, defines, lists, instruments, scenarios and all that `as` names share one name space.",
        labels=((earlier.place, "it is declared here"),),
    )


def name_of_value(declared: Declared, attributes: Sequence[str]) -> Diagnostic:
    return error(
        "name-of-value",
        declared.place,
        f"{quoted(declared.name)} is a value of {listed(tuple(attributes))}; {a(declared)} cannot bear its name.",
        "Give it another name, or nobody can tell which of the two is meant.",
    )


def mixed_group(place: Place, name: str, telling: Sequence[tuple[str, Sequence[str]]]) -> Diagnostic:
    parts = [f"{quoted(word)} belongs to {_readings(readings)}" for word, readings in telling]
    return error(
        "mixed-group",
        place,
        f"The members of {quoted(name)} have nothing in common: {', '.join(parts)}.",
        "A group holds values, groups and lists of one attribute, or names of rules and instruments.",
    )


def _readings(readings: Sequence[str]) -> str:
    """Return what a word can be read for; the empty text stands for names of rules."""
    attributes = [reading for reading in readings if reading]
    parts = [listed(attributes)] if attributes else []
    return " or ".join((*parts, "the names of rules") if "" in readings else parts) or "nothing"


def circle(kind: str, members: Sequence[str], places: Sequence[Place]) -> Diagnostic:
    """`kind`: group, define, list or taxonomy; each member leads to the next, at its place."""
    ring = (*members, members[0])
    message = _CIRCLES[kind].format(first=quoted(members[0]))
    way = "" if len(members) == 1 else f": {_way(ring)}"
    labels = [(place, f"{quoted(name)} leads to {quoted(after)}") for name, after, place in _steps(ring, places)]
    return error("circle", places[0], f"{message}{way}.", "Take one of them out of the others.", labels=labels[1:])


def _way(ring: Sequence[str]) -> str:
    shown = ring if len(ring) <= 8 else (*ring[:4], "…", *ring[-3:])
    return " → ".join(word if word == "…" else quoted(word) for word in shown)


def _steps(ring: Sequence[str], places: Sequence[Place]) -> list[tuple[str, str, Place]]:
    return list(zip(ring[:8], ring[1:9], places[:8], strict=False))


def too_complex(place: Place) -> Diagnostic:
    return error(
        "too-complex",
        place,
        "With all groups and defines written out, this takes too many tests, or they are nested too deep.",
        "Values belong in a group or a list: however long, it is one test.",
    )


def chain_too_long(kind: str, name: str, place: Place, longest: int) -> Diagnostic:
    return error(
        "too-complex",
        place,
        f"From the {kind} {quoted(name)} leads a chain of more than {longest} {kind}s, each of which names the next.",
        "Name the last ones directly.",
    )


def unused_name(declared: Declared) -> Diagnostic:
    return warning(
        "unused-name",
        declared.place,
        f"Nothing uses the {declared.kind} {quoted(declared.name)}.",
        "Use it, or delete it.",
    )
