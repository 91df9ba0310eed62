"""Defines: conditions with a name (language.md, section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpol.model import problems
from rpol.model.resolution.circles import arrange
from rpol.model.resolution.conditions import DEFINE, condition
from rpol.model.resolution.scope import Scope
from rpol.model.resolution.statements import Located
from rpol.syntax.nodes import And, Condition, DefineStatement, Holds, Not, Or


def add_defines(scope: Scope, statements: Sequence[Located[DefineStatement]]) -> None:
    """Add what each define means; one with something wrong is reported and broken."""
    names = scope.names
    by_name = {statement.node.name.text: statement for statement in statements}
    order, circles = arrange({name: tuple(_named(one.node.condition)) for name, one in by_name.items()})
    for circle in circles:
        places = [by_name[name].anchor.place(by_name[name].node.name) for name in circle]
        names.found.append(problems.names.circle("define", circle, places))
        names.broken.update(circle)
    for name in order:
        if name in names.broken:
            continue
        statement = by_name[name]
        meaning = condition(scope, statement.node.condition, statement.anchor, DEFINE)
        if meaning is None:
            names.broken.add(name)
        else:
            scope.defines[name] = meaning


def _named(node: Condition) -> Iterator[str]:
    """Yield the names that stand by themselves in a condition."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case And(terms) | Or(terms):
                waiting.extend(terms)
            case Not(term):
                waiting.append(term)
            case Holds(name):
                yield name.text
            case _:
                pass
