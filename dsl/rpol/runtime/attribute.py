"""Attributes: what a case is made of, and the values each may hold (language.md, section 3, Case)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, TypeAlias

from attrs import field, frozen


class Nothing(Enum):
    """The one value of an `optional` attribute that has none; unlike an unknown value, it is known."""

    NONE = "none"


NONE: Final = Nothing.NONE

# What a case holds, by kind: a leaf (one of, country, boolean as "true" or "false"), an exact number (number in the
# attribute's unit, percent as a share of one), a whole number (integer, date as its proleptic ordinal), a folded
# name (entity), a set of leaves (set of), or NONE.
Value: TypeAlias = str | Fraction | int | frozenset[str] | Nothing
KindName: TypeAlias = Literal[
    "one of", "country", "boolean", "integer", "number", "percent", "date", "entity", "set of"
]

FINITE: Final = frozenset({"one of", "country", "boolean"})
ORDERED: Final = frozenset({"integer", "number", "percent", "date"})
BOOLEAN: Final = ("true", "false")


@frozen(slots=False)
class Taxonomy:
    """Values in the order they were declared, and the parents of each (none for a flat enumeration).

    The values below which nothing lies are the leaves: a case holds leaves only. Parents form no circle.
    """

    values: tuple[str, ...]
    parents: Mapping[str, tuple[str, ...]] = field(factory=dict)
    labels: Mapping[str, str] = field(factory=dict)

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The values directly below each value, in declared order."""
        below: dict[str, list[str]] = {value: [] for value in self.values}
        for value in self.values:
            for parent in self.parents.get(value, ()):
                below[parent].append(value)
        return {value: tuple(children) for value, children in below.items()}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The leaves in pre-order, so that the leaves below a value lie side by side in a tree."""
        order: dict[str, None] = {}
        stack = [value for value in reversed(self.values) if not self.parents.get(value)]
        seen: set[str] = set()
        while stack:
            value = stack.pop()
            if value in seen:
                continue
            seen.add(value)
            children = self.children[value]
            if children:
                stack.extend(reversed(children))
            else:
                order[value] = None
        return tuple(order)

    @cached_property
    def below(self) -> Mapping[str, frozenset[str]]:
        """The leaves at or below each value."""
        found: dict[str, frozenset[str]] = {}
        for start in self.values:
            stack = [start]
            while stack:
                value = stack[-1]
                if value in found:
                    stack.pop()
                    continue
                waiting = [child for child in self.children[value] if child not in found]
                if waiting:
                    stack.extend(waiting)
                    continue
                children = self.children[value]
                found[value] = frozenset().union(*(found[c] for c in children)) if children else frozenset({value})
                stack.pop()
        return found


@frozen
class Attribute:
    """One attribute of a case.

    `taxonomy` is given for one of, country, boolean and set of; `unit` only for numbers written with one.
    """

    name: str
    kind: KindName
    optional: bool = False
    unit: str | None = None
    question: str | None = None
    taxonomy: Taxonomy | None = None
