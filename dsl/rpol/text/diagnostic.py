"""What is wrong with a policy, as data: a name, a place, a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from rpol.text.source import Place

Severity = Literal["error", "warning", "note"]


@frozen
class Label:
    """A second place that a reader must see to understand the problem."""

    place: Place
    message: str


@frozen
class Fix:
    """A repair: replace the text at each place. Applied as a whole or not at all."""

    message: str
    edits: tuple[tuple[Place, str], ...]


@frozen
class Region:
    """A part of the case space in the author's words, with one case in it (request form).

    `base` and `excepted` are conditions of rpol: the region is where the first is true and none of the others.
    """

    base: str
    witness: Mapping[str, object] = field(factory=dict)
    excepted: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole region in words."""
        return self.shortened(len(self.excepted))

    def shortened(self, most: int) -> str:
        """Return the region in words with the first `most` exceptions; the others are counted."""
        shown = list(self.excepted[:most])
        if len(self.excepted) > most:
            shown.append(f"{len(self.excepted) - most:,} more")
        return f"{self.base}{', except where ' if shown else ''}{', or where '.join(shown)}"


@frozen
class Diagnostic:
    """One problem.

    `name` is in kebab case and is also the name of its page in `docs/problems/`. `place` is None only for what
    belongs to no file (an empty folder, say). `witness` is a case in request form; `example` is an rpol
    statement ready to paste that shows the same.
    """

    name: str
    severity: Severity
    message: str
    place: Place | None
    labels: tuple[Label, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    witness: Mapping[str, object] | None = None
    example: str | None = None
    regions: tuple[Region, ...] = ()
