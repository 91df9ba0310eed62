"""Problems of comments that are to silence a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.text.diagnostic import Diagnostic

if TYPE_CHECKING:
    from rpol.text.source import Place


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


def idle_ignore(place: Place, problem: str) -> Diagnostic:
    return Diagnostic(
        "idle-ignore",
        "warning",
        f"This comment silences no `{problem}`: the statement below has none that can be silenced.",
        place,
        help="Delete the comment. Errors and notes cannot be silenced.",
    )
