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
    by_name: dict[str, Located[DefineStatement]] = {}
    for statement in statements:
        if statement.node.name.text in names.declared:
            by_name.setdefault(statement.node.name.text, statement)
    order, circles = arrange({name: tuple(_named(one.node.condition)) for name, one in by_name.items()})
    for circle in circles:
        places = [names.declared[name].place for name in circle]
        names.found.append(problems.names.circle("define", circle, places))
        names.broken.update(circle)
    for name in order:
        if name not in names.broken and names.declared[name].kind == "define":
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
