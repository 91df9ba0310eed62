"""What a policy declares by name."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from rpol.text.source import Place

Kind: TypeAlias = Literal[
    "attribute", "group", "define", "list", "instrument", "scenario", "control", "clause", "permit", "oblige"
]


@frozen
class Declared:
    """A declared name, what it names, and where."""

    name: str
    kind: Kind
    place: Place
