"""How problems are put: their parts, and how words are listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rpol.text.diagnostic import Diagnostic, Fix, Label, Severity
from rpol.text.source import Place

_SHOWN: Final = 5
_LONGEST: Final = 60


def error(
    name: str,
    place: Place | None,
    message: str,
    advice: str | None = None,
    *,
    labels: Sequence[tuple[Place, str]] = (),
    replacement: str | None = None,
) -> Diagnostic:
    """Return an error; `replacement` is what repairs it, written in its place."""
    return _problem("error", name, place, message, advice, labels, replacement)


def warning(
    name: str,
    place: Place | None,
    message: str,
    advice: str | None = None,
    *,
    labels: Sequence[tuple[Place, str]] = (),
) -> Diagnostic:
    """Return a warning."""
    return _problem("warning", name, place, message, advice, labels, None)


def _problem(
    severity: Severity,
    name: str,
    place: Place | None,
    message: str,
    advice: str | None,
    labels: Sequence[tuple[Place, str]],
    replacement: str | None,
) -> Diagnostic:
    fix = None
    if replacement is not None and place is not None:
        fix = Fix(advice or message, ((place, replacement),))
    return Diagnostic(name, severity, message, place, tuple(Label(*label) for label in labels), advice, fix)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as in `a`, `b` and `c`, a long list cut short."""
    shown = [quoted(word) for word in words[:_SHOWN]]
    if len(words) > _SHOWN:
        return f"{', '.join(shown)} and {len(words) - _SHOWN:,} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def quoted(word: str) -> str:
    """Return a word set apart from the text around it; the end of a long one is left out."""
    return f"`{word[:_LONGEST]}…`" if len(word) > _LONGEST else f"`{word}`"


def mean(near: str | None, otherwise: str | None = None) -> str | None:
    """Return the question whether the nearest word is meant; without one, other advice."""
    return otherwise if near is None else f"Did you mean {quoted(near)}?"
