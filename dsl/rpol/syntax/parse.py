"""Read the text of a policy: its statements, and what is wrong with them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from attrs import evolve
from lark import UnexpectedToken

from rpol.syntax.cut import cut
from rpol.syntax.diagnose import diagnose
from rpol.syntax.grammar import START, end_of, grammar, lexed, start_of
from rpol.syntax.nodes import Piece, Statement
from rpol.syntax.problems import files, statements, words
from rpol.syntax.strange import without_strange_characters
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token

    from rpol.syntax.cut import Stretch

MOST_CHARACTERS = 50_000_000
MOST_CHARACTERS_OF_A_STATEMENT = 1_000_000
MOST_BROKEN_STATEMENTS = 1_000
DEEPEST = 100

_REMEMBERED_STATEMENTS = 32_768
_LONGEST_REMEMBERED = 20_000


def parse(source: SourceText) -> tuple[tuple[Piece, ...], tuple[Diagnostic, ...]]:
    """Return the statements of `source` and the problems of its text, each in their order.

    A statement that does not parse has one problem and no node, and leaves the others as they are. A statement whose
    text has not changed keeps its node, wherever it has moved. No text raises an exception.
    """
    if len(source.text) > MOST_CHARACTERS:
        return (), (files.too_large(Place(source, 0, 0), "file", len(source.text), MOST_CHARACTERS),)
    text, found = without_strange_characters(source)
    pieces = []
    results: list[tuple[Stretch, Statement | Diagnostic]] = []
    broken = 0
    for stretch in cut(text).stretches:
        if broken == MOST_BROKEN_STATEMENTS:
            found.append(files.too_many_problems(Place(source, stretch.start, stretch.end), broken))
            break
        statement = text[stretch.start : stretch.end]
        result = _result(statement, text[stretch.end : stretch.reach])
        pieces.append(Piece(stretch.start, statement, None if isinstance(result, Diagnostic) else result))
        results.append((stretch, result))
        broken += isinstance(result, Diagnostic)
    found += _problems(source, results)
    return tuple(pieces), tuple(sorted(found, key=_position))


def _position(problem: Diagnostic) -> tuple[int, int]:
    return (problem.place.start, problem.place.end) if problem.place else (0, 0)


# ---------------------------------------------------------------- one statement


def _result(statement: str, beyond: str) -> Statement | Diagnostic:
    """Return the node of a statement, or its problem with places that count from its start.

    `beyond` reaches from its end to the end of the word that starts the next statement, if that is on the same line.
    """
    if len(statement) > _LONGEST_REMEMBERED:
        return _parsed(statement, beyond)
    return _remembered(statement, beyond)


def _parsed(statement: str, beyond: str) -> Statement | Diagnostic:
    source = SourceText("", statement)
    if len(statement) > MOST_CHARACTERS_OF_A_STATEMENT:
        return files.too_large(Place(source, 0, 1), "statement", len(statement), MOST_CHARACTERS_OF_A_STATEMENT)
    nested = _too_deep(statement)
    if nested is not None:
        return statements.too_deep(Place(source, start_of(nested), end_of(nested)), DEEPEST)
    try:
        return cast("Statement", grammar().parse(statement, start=START))
    except UnexpectedToken:
        return diagnose(statement, beyond)


_remembered = lru_cache(_REMEMBERED_STATEMENTS)(_parsed)


def _too_deep(statement: str) -> Token | None:
    """Return the first parenthesis or `not` that is nested too deep."""
    if statement.count("(") + statement.count("not") <= DEEPEST:
        return None
    opened: list[int] = []  # for each open parenthesis, itself and each `not` in front of it
    nots = depth = 0
    for token in lexed(statement):
        if token.type == "NOT":
            nots += 1
        elif token.type == "LPAR":
            opened.append(nots + 1)
            depth += opened[-1]
            nots = 0
        else:
            nots = 0
            if token.type == "RPAR" and opened:
                depth -= opened.pop()
        if depth + nots > DEEPEST:
            return token
    return None


# ---------------------------------------------------------------- the problems of a file


def _problems(source: SourceText, results: list[tuple[Stretch, Statement | Diagnostic]]) -> Iterator[Diagnostic]:
    """Yield the problems of statements in their places.

    A statement word may have been meant as a value of the statement before it, on the same line.
    """
    same_line = taken = False
    for stretch, result in results:
        if isinstance(result, Diagnostic):
            if not taken:
                problem = _moved(result, source, stretch.start)
                yield words.or_a_value(problem, source.text[stretch.start : stretch.end]) if same_line else problem
            taken = result.place is not None and result.place.end > stretch.end - stretch.start
            same_line = False
        else:
            taken = False
            same_line = stretch.reach > stretch.end


def _moved(problem: Diagnostic, source: SourceText, offset: int) -> Diagnostic:
    """Return `problem`, whose places count from `offset`, as one of `source`."""

    def moved(place: Place) -> Place:
        return Place(source, place.start + offset, place.end + offset)

    fix = problem.fix
    return evolve(
        problem,
        place=problem.place and moved(problem.place),
        labels=tuple(evolve(label, place=moved(label.place)) for label in problem.labels),
        fix=fix and evolve(fix, edits=tuple((moved(place), text) for place, text in fix.edits)),
    )
