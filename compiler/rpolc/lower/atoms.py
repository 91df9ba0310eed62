"""What the conditions of a policy test, gathered by attribute: where each domain must be cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from rpol.model.policy import AllOf, Among, AnyOf, Compared, Condition, ForceOf, Negation, OnlyAmong
from rpol.runtime.attribute import Value

Atom: TypeAlias = Among | OnlyAmong | Compared | ForceOf
Dated: TypeAlias = Among | OnlyAmong | ForceOf


@frozen
class Tests:
    """The tests of one attribute: sets of values, bounds with their operators, and lists."""

    cells: dict[frozenset[Value], None] = field(factory=dict)
    bounds: dict[tuple[str, Fraction | int], None] = field(factory=dict)
    lists: dict[str, None] = field(factory=dict)


def gather(conditions: Iterable[Condition]) -> dict[str, Tests]:
    """Return the tests of every attribute that `conditions` name, `date` and `known_on` among them."""
    found: dict[str, Tests] = defaultdict(Tests)
    for condition in conditions:
        for atom in atoms(condition):
            match atom:
                case Among(attribute, values, lists) | OnlyAmong(attribute, values, lists):
                    found[attribute].cells[values] = None
                    found[attribute].lists.update(dict.fromkeys(lists))
                case Compared(attribute, operator, bound):
                    found[attribute].bounds[operator, bound] = None
                case ForceOf():
                    pass
    return found


def atoms(condition: Condition) -> Iterator[Atom]:
    """Yield the tests within a condition, in their order."""
    waiting = [condition]
    while waiting:
        match waiting.pop():
            case AllOf(terms) | AnyOf(terms):
                waiting.extend(reversed(terms))
            case Negation(term):
                waiting.append(term)
            case atom:
                yield atom


def dated_atoms(condition: Condition) -> Iterator[Dated]:
    """Yield the tests that turn on lists or on what is in force, whose days change from world to world."""
    for atom in atoms(condition):
        if isinstance(atom, ForceOf) or (not isinstance(atom, Compared) and atom.lists):
            yield atom
