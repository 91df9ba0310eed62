"""A statement that does not begin or end, and something left out between two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.cut import STATEMENT_WORDS
from rpol.syntax.failure import WORDS
from rpol.syntax.grammar import END
from rpol.syntax.problems import statements as problems

if TYPE_CHECKING:
    from rpol.syntax.failure import Failure
    from rpol.text.diagnostic import Diagnostic

_CONDITION_STARTS = frozenset({"NAME", "NOT", "LPAR", "IN"})


def no_statement(f: Failure) -> Diagnostic | None:
    return problems.no_statement(f.here(), str(f.token), STATEMENT_WORDS) if f.index == 0 else None


def missing_and(f: Failure) -> Diagnostic | None:
    if f.token.type not in _CONDITION_STARTS | WORDS or not {"AND", "OR"} & f.accepted:
        return None
    return problems.missing_and(f.here(), str(f.token), in_list="COMMA" in f.accepted)


def missing_when(f: Failure) -> Diagnostic | None:
    if f.token.type not in _CONDITION_STARTS | WORDS or "WHEN" not in f.accepted or "NAME" in f.accepted:
        return None
    return problems.missing_when(f.here(), str(f.token), in_list="COMMA" in f.accepted)


def missing_comma(f: Failure) -> Diagnostic | None:
    if f.token.type not in WORDS or "COMMA" not in f.accepted:
        return None
    return problems.missing_comma(f.here(), str(f.token))


def missing_expect(f: Failure) -> Diagnostic | None:
    if f.token.type != END or "EXPECT" not in f.accepted:
        return None
    return problems.needs_expect(f.here())


SLIPS = (no_statement, missing_and, missing_when, missing_comma, missing_expect)
