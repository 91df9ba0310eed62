"""The one name space of a policy: what is declared, what could not be, and what is used (language.md, section 2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias

from attrs import field, frozen

from rpol.model import problems
from rpol.model.declared import Declared, Kind
from rpol.model.resolution.statements import Located
from rpol.runtime.names import nearest
from rpol.syntax.nodes import (
    As,
    AttributeStatement,
    ControlStatement,
    DefineStatement,
    GroupStatement,
    Head,
    InstrumentStatement,
    ListStatement,
    Name,
    ObligeStatement,
    OwnedListStatement,
    PermitStatement,
    Piece,
    ScenarioStatement,
)
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place

TAKEN: Final = frozenset({"date", "known_on", "timezone", "assume", "strictest"})
# What a clause may stand under.
LAW: Final[tuple[Kind, ...]] = ("instrument", "scenario")
# What `as` names.
RULES: Final[tuple[Kind, ...]] = ("control", "clause", "permit", "oblige")

# Looking for the nearest name takes time, which hostile input must not be able to multiply.
_MOST_COMPARISONS: Final = 150_000
_COST_OF_LOOKING: Final = 50

_Declaring: TypeAlias = (
    AttributeStatement
    | GroupStatement
    | DefineStatement
    | ListStatement
    | OwnedListStatement
    | InstrumentStatement
    | ScenarioStatement
)
_Rule: TypeAlias = ControlStatement | PermitStatement | ObligeStatement

_KINDS: Final[dict[type, Kind]] = {
    AttributeStatement: "attribute",
    GroupStatement: "group",
    DefineStatement: "define",
    ListStatement: "list",
    OwnedListStatement: "list",
    InstrumentStatement: "instrument",
    ScenarioStatement: "scenario",
    ControlStatement: "control",
    PermitStatement: "permit",
    ObligeStatement: "oblige",
}


@frozen
class Names:
    """The names of a policy, and what has been found wrong with it so far.

    `broken` are names whose declaration failed: what uses them is not reported again. `used` are those that something
    uses.
    """

    declared: dict[str, Declared] = field(factory=dict)
    broken: set[str] = field(factory=set)
    used: set[str] = field(factory=set)
    found: list[Diagnostic] = field(factory=list)
    _by_kind: dict[tuple[Kind, ...], tuple[str, ...]] = field(factory=dict)
    _comparisons_left: list[int] = field(factory=lambda: [_MOST_COMPARISONS])

    def of_kind(self, *kinds: Kind) -> tuple[str, ...]:
        """Return the declared names of these kinds."""
        if kinds not in self._by_kind:
            found = (name for name, declared in self.declared.items() if declared.kind in kinds)
            self._by_kind[kinds] = tuple(found)
        return self._by_kind[kinds]

    def near(self, word: str, *candidates: Collection[str]) -> str | None:
        """Return the candidate that `word` is most likely meant to be, if there is one."""
        if self._comparisons_left[0] <= 0:
            return None
        self._comparisons_left[0] -= _COST_OF_LOOKING + sum(map(len, candidates))
        return next(iter(nearest(word, chain.from_iterable(candidates))), None)


def has_errors(names: Names) -> bool:
    """Tell whether an error has been found so far."""
    return any(problem.severity == "error" for problem in names.found)


def declare(statements: Sequence[Located[object]], unparsed: Sequence[Piece]) -> Names:
    """Return the names that `statements` declare; a name that is taken or declared twice is reported.

    Names that the `unparsed` pieces seem to declare, and that nothing else does, are broken too.
    """
    names = Names()
    for statement in statements:
        for kind, name in _declared_by(statement.node):
            _declare(names, Declared(name.text, kind, statement.anchor.place(name)))
        names.broken.update(_surplus_labels(statement.node))
    seeming = {name for piece in unparsed for name in _seemingly_declared(piece.text)}
    names.broken.update(seeming - names.declared.keys())
    return names


def look_up(names: Names, name: str, place: Place, kinds: Sequence[Kind]) -> Declared | None:
    """Return what `name` names, which must be of one of `kinds`; what is wrong is reported, once for each defect."""
    if name in names.broken:
        return None
    declared = names.declared.get(name)
    if declared is None:
        near = names.near(name, names.of_kind(*kinds))
        names.found.append(problems.names.unknown_name(place, name, kinds, near))
    elif declared.kind not in kinds:
        names.found.append(problems.names.wrong_kind_of_name(place, declared, kinds))
        return None
    else:
        names.used.add(name)
    return declared


def report_names_of_values(names: Names, values: Mapping[str, Sequence[str]]) -> None:
    """Report groups and lists that bear the name of a value; `values` says which attributes have it."""
    for declared in names.declared.values():
        if declared.kind in ("group", "list") and declared.name in values:
            names.found.append(problems.names.name_of_value(declared, values[declared.name]))


def _declare(names: Names, declared: Declared) -> None:
    earlier = names.declared.get(declared.name)
    if declared.name in TAKEN:
        names.found.append(problems.names.taken_name(declared.place, declared.name))
        names.broken.add(declared.name)
    elif earlier is not None:
        names.found.append(problems.names.duplicate_name(declared, earlier))
        names.broken.add(declared.name)
    else:
        names.declared[declared.name] = declared


def _declared_by(node: object) -> Iterator[tuple[Kind, Name]]:
    if isinstance(node, _Declaring):
        yield _KINDS[type(node)], node.name
    if isinstance(node, _Rule):
        yield from ((_KINDS[type(node)], name) for name in _labels(node.head)[:1])
    if isinstance(node, ControlStatement):
        yield from (("clause", name) for clause in node.clauses for name in _labels(clause.head)[:1])


def _labels(head: Sequence[Head]) -> list[Name]:
    """Return the names that the `as` of a head give; more than one is too many."""
    return [one.name for one in head if isinstance(one, As)]


def _surplus_labels(node: object) -> Iterator[str]:
    heads = [node.head] if isinstance(node, _Rule) else []
    if isinstance(node, ControlStatement):
        heads += [clause.head for clause in node.clauses]
    return (name.text for head in heads for name in _labels(head)[1:])


_SEEMINGLY_DECLARED = re.compile(r"^[ \t]*\w+[ \t]+([^\W\d]\w*(?:\.\w+)*)|\bas\s+([^\W\d]\w*(?:\.\w+)*)", re.MULTILINE)


def _seemingly_declared(text: str) -> Iterator[str]:
    """Yield the names that a statement may declare, as far as can be seen although it does not parse.

    These are the second words of its lines, for a statement word may be misspelt, and what stands behind an `as`.
    """
    return (match[1] or match[2] for match in _SEEMINGLY_DECLARED.finditer(text))
