"""The wording of what can be wrong with the text of a policy: a function a problem.

Text problems are errors: with one of them nothing is built (language.md, section 4). Only of the comments that silence
warnings a warning is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.text.diagnostic import Diagnostic, Fix, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpol.text.source import Place

_LONGEST = 1_000


def error(
    name: str,
    place: Place,
    message: str,
    remedy: str | None = None,
    *,
    replacement: str | None = None,
    labels: tuple[Label, ...] = (),
) -> Diagnostic:
    """Return an error; `replacement` is what repairs it, written in its place."""
    message = _brief(message)
    remedy = None if remedy is None else _brief(remedy)
    fix = None if replacement is None else Fix(remedy or message, ((place, replacement),))
    return Diagnostic(name, "error", message, place, labels, remedy, fix)


def _brief(text: str) -> str:
    """Return a text that repeats no more of a statement than a reader can take in."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def alternatives(phrases: Sequence[str]) -> str:
    """Join phrases as in `a, b or c`."""
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} or {phrases[-1]}"
