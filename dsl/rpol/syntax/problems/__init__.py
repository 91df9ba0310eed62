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
    fix = None if replacement is None else Fix(remedy or message, ((place, replacement),))
    return Diagnostic(name, "error", message, place, labels, remedy, fix)


def alternatives(phrases: Sequence[str]) -> str:
    """Join phrases as in `a, b or c`."""
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} or {phrases[-1]}"
