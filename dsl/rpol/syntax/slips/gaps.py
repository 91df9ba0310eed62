"""Something left out between two words that are each in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax import problems
from rpol.syntax.failure import WORDS
from rpol.syntax.grammar import END

if TYPE_CHECKING:
    from rpol.syntax.failure import Failure
    from rpol.text.diagnostic import Diagnostic

_CONDITION_STARTS = frozenset({"NAME", "NOT", "LPAR", "IN"})


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


SLIPS = (missing_and, missing_when, missing_comma, missing_expect)
