"""Slips with quotes, comments, operators and punctuation."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rpol.syntax.problems import signs as problems

if TYPE_CHECKING:
    from rpol.syntax.failure import Failure
    from rpol.text.diagnostic import Diagnostic

_EQUALITY = ("=", "==", "===")
_INEQUALITY = ("!=", "!==", "<>", "≠")
_OPERATORS = {"=>": ">=", "≥": ">=", "=<": "<=", "≤": "<=", "&": "and", "&&": "and", "|": "or", "||": "or", "!": "not"}
_QUOTES = frozenset("“”„‟«»‘’'`")
_DASHES = frozenset("–—")
_ARITHMETIC = frozenset("+-−*/×÷^")
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "CNY"}
_PUNCTUATION = frozenset(".:;{}[]")
_INVISIBLE = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs")


def open_text(f: Failure) -> Diagnostic | None:
    return problems.open_text(f.here()) if f.token.type == "OPEN_TEXT" else None


def wrong_quotes(f: Failure) -> Diagnostic | None:
    if f.token.type == "QUOTED":
        return problems.wrong_quotes(f.here(), f.token[1:-1])
    if f.token.type == "OTHER" and f.token in _QUOTES:
        return problems.lone_quote(f.here(), str(f.token))
    return None


def alien_comment(f: Failure) -> Diagnostic | None:
    if f.token.type == "ALIEN_COMMENT":
        one_line = f.token.startswith("//")
        return problems.alien_comment(f.here(), f.token[:2], f"--{f.token[2:]}" if one_line else None)
    if f.token.type == "OTHER" and f.token in _DASHES:
        return problems.alien_comment(f.here(), str(f.token), "--")
    return None


def equals_sign(f: Failure) -> Diagnostic | None:
    sign = str(f.token)
    if f.token.type not in ("OPERATOR", "EQUAL") or sign not in _EQUALITY + _INEQUALITY or "STRING" not in f.accepted:
        return None
    attribute, operand = f.at(-1), f.operand(1)
    left = str(attribute) if attribute else "destination"
    right = f.written(*operand) if operand else "…"
    return problems.equals_sign(f.here(), sign, f"{left} not {right}" if sign in _INEQUALITY else f"{left} {right}")


def wrong_operator(f: Failure) -> Diagnostic | None:
    if f.token == "==" and "EQUAL" in f.accepted:
        return problems.wrong_operator(f.here(), "==", "=")
    if f.token.type != "OPERATOR" or f.token not in _OPERATORS:
        return None
    return problems.wrong_operator(f.here(), str(f.token), _OPERATORS[f.token])


def arithmetic(f: Failure) -> Diagnostic | None:
    return problems.arithmetic(f.here(), str(f.token)) if f.token in _ARITHMETIC else None


def currency_sign(f: Failure) -> Diagnostic | None:
    if f.token not in _CURRENCIES:
        return None
    return problems.currency_sign(f.here(), str(f.token), _CURRENCIES[f.token])


def other_character(f: Failure) -> Diagnostic | None:
    if f.token.type not in ("OTHER", "OPERATOR"):
        return None
    if f.token in _PUNCTUATION:
        return problems.punctuation(f.here(), str(f.token))
    if unicodedata.category(f.token[0]) in _INVISIBLE:
        return problems.strange_character(f.here(), str(f.token))
    return problems.unknown_character(f.here(), str(f.token), value="CODE" in f.accepted)


SLIPS = (open_text, wrong_quotes, alien_comment, equals_sign, wrong_operator)
CHARACTERS = (arithmetic, currency_sign, other_character)
