"""What can be wrong with instruments, their acts, windows and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rpol.model.problems.wording import error, listed, mean, quoted, warning
from rpol.runtime.numerals import day_text
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place

if TYPE_CHECKING:
    from rpol.model.policy import Target


def repeated_word(place: Place, word: str, first: Place) -> Diagnostic:
    """`word`: a keyword, or "a start", "an end"."""
    named = word if " " in word else f"`{word}`"
    return error(
        "repeated-word",
        place,
        f"Here stands {named} for the second time; it may stand once.",
        "Two conditions are joined by `and`." if word == "when" else None,
        labels=((first, "the first stands here"),),
    )


def missing_issued(place: Place, name: str) -> Diagnostic:
    return error(
        "missing-issued",
        place,
        f"The instrument {quoted(name)} does not say when it was issued.",
        "Write `issued` and the date behind its title. Only a scenario may do without.",
    )


def backward_window(end: Place, start: Place) -> Diagnostic:
    return error(
        "backward-window",
        end,
        "This window ends before it starts.",
        "`through D` keeps the day D in, `before D` keeps it out.",
        labels=((start, "it starts here"),),
    )


def start_before_instrument(place: Place, instrument: str, day: int, declared: Place) -> Diagnostic:
    return error(
        "start-before-instrument",
        place,
        f"This starts before its instrument {quoted(instrument)}, which starts on {day_text(day)}.",
        "Mend the date, or the instrument's `effective`.",
        labels=((declared, f"{quoted(instrument)} is declared here"),),
    )


def empty_paragraph(place: Place) -> Diagnostic:
    return error("empty-paragraph", place, "This names no paragraph: it has no letter and no digit.")


def paragraph_without_instrument(place: Place, paragraph: str) -> Diagnostic:
    return error(
        "paragraph-without-instrument",
        place,
        f"Here stands a paragraph, {quoted(paragraph)}, and the control has no instrument.",
        "Write `under`, the instrument and the paragraph, or `under` and the instrument before the first effect.",
    )


def unknown_paragraph(place: Place, target: Target, cited: Sequence[str], near: str | None) -> Diagnostic:
    cites = (
        f"Clauses cite {listed(cited)}." if cited else f"No clause cites a paragraph of {quoted(target.instrument)}."
    )
    return error(
        "unknown-paragraph",
        place,
        f"No clause cites {quoted(target.paragraph or '')} of {quoted(target.instrument)}, or anything below it.",
        f"{mean(near)} {cites}" if near is not None else cites,
        replacement=None if near is None else f'"{near}"',
    )


def circle_of_acts(members: Sequence[str], places: Sequence[Place]) -> Diagnostic:
    if len(members) == 1:
        message = f"{quoted(members[0])} suspends or repeals itself."
        return error("circle-of-acts", places[0], message, "End its window with `through` or `before` instead.")
    way = " → ".join(quoted(name) for name in (*members, members[0])[:9])
    return error(
        "circle-of-acts",
        places[0],
        f"These instruments suspend or repeal one another in a circle: {way}.",
        "Take one of the acts out.",
        labels=[(place, "and this one") for place in places[1:8]],
    )


def uncited_rule(place: Place, kind: str) -> Diagnostic:
    return warning(
        "uncited-clause",
        place,
        f"This {kind} cites no source.",
        "Write `under` and an instrument before its first effect."
        if kind == "control"
        else "Write `under` and an instrument.",
    )


def uncited_clause(place: Place) -> Diagnostic:
    return warning("uncited-clause", place, "This clause cites no source.", "Write `under` and an instrument.")
