"""Whatever parses resolves to a policy or to problems, never to an exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve, fields, has
from hypothesis import given
from hypothesis import strategies as st
from tests.property.strategies_nodes import STATEMENTS, statements

from rpol.model.folder import MemoryFolder
from rpol.model.policy import Policy
from rpol.model.resolve import resolve
from rpol.syntax import nodes as n
from rpol.syntax.parse import parse
from rpol.syntax.print_nodes import print_statement
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import SourceText

# A few names, so that statements name what others declare; the words of the vocabulary below are among them.
POOL = ("item", "x", "y", "to", "DE", "use", "u", "who", "size", "yes", "g", "h", "d", "l", "law", "later", "c", "e")
VOCABULARY = """
attribute item one of x, y
attribute to country optional
attribute use set of u, v
attribute who entity
attribute size number nm optional
attribute yes boolean
instrument law "Law" issued 2020-01-01
control x as c under law "1" require license
"""
FILES = {"f.csv": "value,parent,name,under,effective,through,owned,owner,share\nx,,x,law,2021-01-01,,A,B,50%\n"}


def renamed(node: Any) -> Any:
    """Return a node with every name and value one of the pool, every unit `nm`, and every file the one there is."""
    if isinstance(node, tuple):
        return tuple(renamed(one) for one in node)
    if isinstance(node, n.Name | n.Word):
        return evolve(node, text=POOL[len(node.text) * 7 % len(POOL)]) if getattr(node, "form", "") != "none" else node
    if isinstance(node, n.Day):
        return evolve(node, text=f"20{node.text[1:3]}-0{int(node.text[6]) % 9 + 1}-1{node.text[9]}")
    if isinstance(node, n.Number):
        return evolve(node, unit=None if node.unit is None else "nm")
    if isinstance(node, n.ListStatement | n.OwnedListStatement):
        return evolve(_renamed_parts(node), file=n.Text("f.csv"))
    return _renamed_parts(node) if has(type(node)) else node


def _renamed_parts(node: Any) -> Any:
    return evolve(node, **{one.name: renamed(getattr(node, one.name)) for one in fields(type(node)) if one.eq})


def resolved(texts: Sequence[str]) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """Return what the texts, a file each, resolve to, with their problems of syntax left out."""
    sources = [SourceText(f"{number}.rpol", text) for number, text in enumerate(texts)]
    return resolve([(source, parse(source)[0]) for source in sources], MemoryFolder(FILES))


def holds_together(policy: Policy) -> None:
    """Assert what every policy promises to those who read it."""
    indexes = list(range(len(policy.clauses)))
    assert [clause.index for clause in policy.clauses] == indexes
    assert sorted(policy.order) == indexes
    position = {index: number for number, index in enumerate(policy.order)}
    for clause in policy.clauses:
        assert set(clause.overrides) <= set(clause.lifts)
        assert clause.index not in clause.lifts
        assert all(position[clause.index] < position[lifted] for lifted in clause.lifts)
        assert all(policy.clauses[index].effect == "license" for index in clause.rests_on)
        assert bool(clause.rests_on) == (clause.effect in ("review", "deny"))
        assert clause.instrument is None or clause.instrument in policy.instruments
        assert clause.path is None or clause.instrument is not None
    for listing in policy.lists.values():
        assert listing.place.source.path


def check(texts: Sequence[str]) -> None:
    """Assert that texts resolve, to something that holds together, in any order."""
    policy, problems = resolved(texts)
    if policy is not None:
        holds_together(policy)
    for problem in problems:
        assert problem.message
        assert problem.place is not None
        assert 0 <= problem.place.start <= problem.place.end <= len(problem.place.source.text)
    other, same_problems = resolved(tuple(reversed(texts)))
    assert (policy is None) == (other is None)
    kinds = {one.name for one in problems}
    # Of a name declared twice the first declaration holds, and what is read into the second is not reported.
    assert "duplicate-name" in kinds or kinds == {one.name for one in same_problems}


@given(st.lists(statements, max_size=6))
def test_whatever_parses_resolves(found: list[n.Statement]) -> None:
    check([print_statement(statement) for statement in found])


@given(st.lists(statements.map(renamed), max_size=6))
def test_statements_that_name_one_another_resolve(found: list[n.Statement]) -> None:
    check([VOCABULARY, *(print_statement(statement) for statement in found)])


RULES = st.one_of(STATEMENTS[n.ControlStatement], STATEMENTS[n.PermitStatement], STATEMENTS[n.ExampleStatement]).map(
    renamed
)


@given(st.lists(RULES, min_size=1, max_size=4))
def test_rules_that_name_one_another_resolve(found: list[n.Statement]) -> None:
    check([VOCABULARY, *(print_statement(statement) for statement in found)])


CELLS = st.text(st.sampled_from('abx ,"\n\r;|%\0é2025-013'), max_size=60)


@given(
    CELLS, st.sampled_from(["", "name", "name,under,effective,through,aliases", "value,parent", "owned,owner,share"])
)
def test_any_data_file_is_read_or_refused(text: str, header: str) -> None:
    policy = """
    attribute item one of "f.csv"
    attribute who entity
    list l from "f.csv"
    list m of item from "f.csv" where under x
    list o owned > 5% by l together from "f.csv"
    """
    source = SourceText("p.rpol", policy)
    _, problems = resolve([(source, parse(source)[0])], MemoryFolder({"f.csv": f"{header}\n{text}"}))
    assert problems
