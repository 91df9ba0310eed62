"""Slips in conditions and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lark import Token

from rpol.syntax.failure import AMOUNTS, VALUES, WORDS
from rpol.syntax.grammar import END, accepted
from rpol.syntax.problems import conditions as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpol.syntax.failure import Failure
    from rpol.text.diagnostic import Diagnostic

_IN_CONDITION = frozenset(
    {"COMPARE", "NOT", "IN", "ONLY", "FORCE", "COMMA", "SLASH", "AND", "OR", "LPAR", "RPAR", *VALUES, *AMOUNTS}
)
_VERBS = ("is", "are", "be", "equals", "equal", "has", "contains", "includes")
_COMPARISONS = {"above": ">", "over": ">", "exceeds": ">", "below": "<"}
_BEFORE_VALUES = frozenset({"IN", "ONLY", "OF", "EQUAL", "COMMA", "EXCEPT"})


def values_without_in(f: Failure) -> Diagnostic | None:
    if f.token.type != "COMMA" or not {"AND", "OR"} & f.accepted:
        return None
    start = -2 if f.types(-2, 1) == ("NOT",) else -1
    attribute = f.at(start - 1)
    values = f.values(-1)
    if attribute is None or f.types(start - 2, 1) == ("FORCE",):
        return None
    if attribute.type == "NAME" and f.types(-1, 1)[0] in AMOUNTS:
        return problems.amounts_in_list(f.here(), str(attribute))
    if values is None:
        return None
    if attribute.type != "NAME":
        return problems.values_without_attribute(f.place(*values), f.written(*values))
    negation = " not" if start == -2 else ""
    return problems.values_without_in(f.place(*values), f"{attribute}{negation}", f.written(*values))


def list_in_parentheses(f: Failure) -> Diagnostic | None:
    if f.token not in ("(", "[", "{") or not f.accepted >= WORDS or not _BEFORE_VALUES.intersection(f.types(-1, 1)):
        return None
    return problems.list_in_parentheses(f.here())


def word_in_list(f: Failure) -> Diagnostic | None:
    """`a, b and c` where only commas stand between values."""
    if f.token.type not in ("AND", "OR"):
        return None
    after_comma = f.types(-1, 1) == ("COMMA",)
    if not after_comma and "COMMA" not in f.accepted:
        return None
    return problems.word_in_list(f.here(), str(f.token), after_comma=after_comma)


def and_with_or(f: Failure) -> Diagnostic | None:
    other_type = {"AND": "OR", "OR": "AND"}.get(f.token.type)
    if other_type not in f.accepted:
        return None
    terms, joints = _chain(_level(f))
    other = next(joint for joint in joints if joint.type == other_type)
    shown = [f.written(term[0], term[-1]) if term else "…" for term in terms]
    return problems.and_with_or(f.here(), f.place(other), _reading(shown, joints, "AND"), _reading(shown, joints, "OR"))


def _level(f: Failure) -> tuple[Token, ...]:
    """Return the condition around the failing token, up to the parentheses it stands in, if any."""
    first = f.index - _reach(reversed(f.tokens[: f.index]), opening="RPAR", closing="LPAR")
    last = f.index + _reach(iter(f.tokens[f.index :]), opening="LPAR", closing="RPAR")
    return f.tokens[first:last]


def _reach(tokens: Iterator[Token], opening: str, closing: str) -> int:
    """Return how many of `tokens` belong to the condition they are in."""
    depth = count = 0
    for token in tokens:
        depth += (token.type == opening) - (token.type == closing)
        if depth < 0 or token.type not in _IN_CONDITION:
            break
        count += 1
    return count


def _chain(level: tuple[Token, ...]) -> tuple[list[list[Token]], list[Token]]:
    """Return the conditions of `level` and each `and` and `or` between them."""
    terms: list[list[Token]] = [[]]
    joints = []
    depth = 0
    for token in level:
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        if token.type in ("AND", "OR") and not depth:
            joints.append(token)
            terms.append([])
        else:
            terms[-1].append(token)
    return terms, joints


def _reading(terms: list[str], joints: list[Token], binding: str) -> str:
    """Return the conditions with parentheses around those that joints of the type `binding` hold together."""
    groups = [[terms[0]]]
    for joint, term in zip(joints, terms[1:], strict=True):
        if joint.type == binding:
            groups[-1].append(term)
        else:
            groups.append([term])
    inner, outer = (" and ", " or ") if binding == "AND" else (" or ", " and ")
    return outer.join(f"({inner.join(group)})" if len(group) > 1 else group[0] for group in groups)


def verb(f: Failure) -> Diagnostic | None:
    """`destination is DE`, `cn_share above 0.1%`: the word in between has been read as the value."""
    attribute, word = f.at(-2), f.at(-1)
    if attribute is None or word is None or (attribute.type, word.type) != ("NAME", "NAME"):
        return None
    if (word not in _VERBS and word not in _COMPARISONS) or "ONLY" not in f.accepted_before:
        return None
    sign = f"{_COMPARISONS[word]} " if word in _COMPARISONS else ""
    negation = "not " if f.token.type == "NOT" else ""
    start = 1 if negation else 0
    operand = f.values(start + 1) if f.types(start, 1) == ("IN",) else f.operand(start)
    right = f.written(f.tokens[f.index + start], operand[1]) if operand else "…"
    return problems.verb(f.place(word), str(word), f"{attribute} {negation}{sign}{right}")


def not_in_front(f: Failure) -> Diagnostic | None:
    """`x not only a`, `x not >= 5`."""
    attribute = f.at(-2)
    if f.types(-1, 1) != ("NOT",) or f.token.type not in ("ONLY", "COMPARE") or attribute is None:
        return None
    return problems.not_in_front(f.place(f.tokens[f.index - 1], f.token), str(attribute), str(f.token))


def comparison_of_attributes(f: Failure) -> Diagnostic | None:
    if f.types(-1, 2) != ("COMPARE", "NAME"):
        return None
    return problems.no_comparison_of_attributes(f.here(), str(f.token))


def not_closed(f: Failure) -> Diagnostic | None:
    """The end, or a word that could stand here if the open parentheses were closed."""
    read = f.tokens[: f.index]
    opened: list[Token] = []
    for token in read:
        if token.type == "LPAR":
            opened.append(token)
        elif token.type == "RPAR":
            opened.pop()
    if not opened or "RPAR" not in f.accepted:
        return None
    closed = (*read, *(Token("RPAR", ")", 0, end_pos=0) for _ in opened))
    if f.token.type != END and f.token.type not in accepted(closed):
        return None
    return problems.not_closed(f.place(opened[-1]), f.here())


def not_opened(f: Failure) -> Diagnostic | None:
    return problems.not_opened(f.here()) if f.token.type == "RPAR" and "AND" in f.accepted else None


SLIPS = (
    values_without_in,
    list_in_parentheses,
    word_in_list,
    and_with_or,
    verb,
    not_in_front,
    comparison_of_attributes,
    not_closed,
    not_opened,
)
