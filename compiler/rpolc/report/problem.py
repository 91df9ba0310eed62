"""A problem as other programs read it (docs/reference/json.md)."""

from __future__ import annotations

from collections.abc import Iterable

from rpol.text.diagnostic import Diagnostic, Region, Severity
from rpol.text.source import Place

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def problem(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a diagnostic as JSON-ready data; what belongs to no file has null for its place."""
    return {
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_place(diagnostic.place),
        "labels": [{**_start(label.place), "message": label.message} for label in diagnostic.labels],
        "witness": None if diagnostic.witness is None else dict(diagnostic.witness),
        "example": diagnostic.example,
        "regions": [region_data(region) for region in diagnostic.regions],
        "fix": None
        if diagnostic.fix is None
        else {
            "message": diagnostic.fix.message,
            "edits": [{**_place(place), "text": text} for place, text in diagnostic.fix.edits],
        },
    }


def region_data(region: Region) -> dict[str, object]:
    """Return a region as JSON-ready data: where `base` is true and nothing in `except` is."""
    return {
        "text": region.text,
        "base": region.base,
        "except": list(region.excepted),
        "witness": dict(region.witness),
    }


def count(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """Return how many problems of each severity there are."""
    found = dict.fromkeys(SEVERITIES, 0)
    for diagnostic in diagnostics:
        found[diagnostic.severity] += 1
    return found


def _start(place: Place) -> dict[str, object]:
    return {"file": place.source.path, "line": place.line, "column": place.column}


def _place(place: Place | None) -> dict[str, object]:
    if place is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    end_line, end_column = place.end_position
    return {**_start(place), "end_line": end_line, "end_column": end_column}
