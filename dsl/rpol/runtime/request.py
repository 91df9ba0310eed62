"""What a caller asks, read and checked: every outside value comes through here (language.md, sections 5 and 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import field, frozen

from rpol.runtime.attribute import Value
from rpol.runtime.axes import BASE, NO_LIMIT

# The values one asked value may stand for: one if it is known, the leaves below an inner value of a taxonomy otherwise.
Possible: TypeAlias = tuple[Value, ...]


@frozen
class Request:
    """A request with known words and values only.

    `facts` holds, for every attribute that is given, the values asked for (several for several goods or parties in one
    role), each with what it may stand for; an attribute that is not there is unknown. `date` and `known_on` are
    proleptic ordinals. `given` is what was given, in request form, for the record; `assumed` the part of it that was
    assumed.
    """

    facts: Mapping[str, tuple[Possible, ...]]
    date: int
    known_on: int = NO_LIMIT
    scenario: str = BASE
    given: Mapping[str, object] = field(factory=dict)
    assumed: Mapping[str, object] = field(factory=dict)
