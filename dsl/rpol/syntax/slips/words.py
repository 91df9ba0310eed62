"""Slips with keywords and names: misspelt, reserved, refused or out of place."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rpol.syntax.cut import STATEMENT_WORDS
from rpol.syntax.failure import WORDS
from rpol.syntax.grammar import END, keywords
from rpol.syntax.problems import words as problems
from rpol.text.source import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token

    from rpol.syntax.failure import Failure
    from rpol.text.diagnostic import Diagnostic

_KEPT = ("REPLACE", "EXTEND", "NOTIFY")
_EFFECTS = ("ALLOW", "EXEMPT", "REQUIRE", "REVIEW", "DENY", "PROHIBIT")
_COUNTRIES = ("AS", "BY", "IN")  # codes of countries that a keyword in capitals looks like

# Words that people write for ours; each counts only where ours may stand.
_FOREIGN = {
    "if": "when",
    "where": "when",
    "from": "effective",
    "provided": "when",
    "unless": "when not (…)",
    "since": "effective",
    "starting": "effective",
    "thru": "through",
    "expires": "through",
    "ending": "through",
    "to": "through",
    "refuse": "deny",
    "reject": "deny",
    "block": "deny",
    "forbid": "prohibit",
    "ban": "prohibit",
    "requires": "require license",
    "pursuant": "under",
    "named": "as",
    "called": "as",
    "title": "as",
    "excluding": "except",
    "without": "except",
}

# What may not stand in a statement, and where it belongs: by the word that starts the statement and the word itself.
_MISPLACED = {
    ("PERMIT", _EFFECTS): "A `permit` has no effect word: it lifts what its `overrides` names.",
    ("OBLIGE", _EFFECTS): "An `oblige` has no effect word: it only adds its `duty`.",
    ("OBLIGE", ("OVERRIDES",)): "An `oblige` overrides nothing.",
    ("CONTROL", ("SUPPLEMENTS",)): "`supplements` stands before the first effect of a control.",
    ("CONTROL PERMIT OBLIGE", ("ISSUED",)): "`issued` belongs to an `instrument`; a rule begins with `effective`.",
    ("CONTROL PERMIT OBLIGE", ("CITE",)): "`cite` belongs to an `instrument`; a rule cites that with `under`.",
    ("CONTROL PERMIT OBLIGE", ("SUSPEND", "REPEAL")): "Acts belong to an `instrument`.",
    ("INSTRUMENT SCENARIO", ("ISSUED", "CITE")): "It stands before the first `suspend`, `repeal` or `unconfirmed`.",
    ("LIST", ("FROM",)): "Write `by one of …` for each owner alone, or `by … together` to add them up.",
    ("NEVER", ("OR",)): "`or stricter` belongs to `always`.",
    ("EXAMPLE", ("WHEN",)): "The condition of an `example` stands behind `given`.",
    ("ALWAYS NEVER", ("GIVEN",)): "The condition of a promise stands behind `when`.",
    ("EXAMPLE ALWAYS NEVER OTHERWISE", ("EXEMPT",)): "What is exempt has the outcome `allow`: write `allow`.",
}

# Where one of these is needed, it matters more than what stands there instead.
_PLAIN_NEEDS = ({"NAME"}, {"STRING"}, {"DATE"})


def until(f: Failure) -> Diagnostic | None:
    if f.token.type != "UNTIL":
        return None
    day = f.at(1)
    return problems.until(f.here(), str(day) if day is not None and day.type == "DATE" else "2026-11-10")


def licence(f: Failure) -> Diagnostic | None:
    if f.token.type != "LICENCE":
        return None
    return problems.licence(f.here(), require="REQUIRE" in f.accepted and "LICENSE" not in f.accepted)


def license_alone(f: Failure) -> Diagnostic | None:
    if f.token.type != "LICENSE" or "REQUIRE" not in f.accepted:
        return None
    return problems.license_without_require(f.here())


def require_before_outcome(f: Failure) -> Diagnostic | None:
    if f.token.type != "REQUIRE" or "LICENSE" not in f.accepted:
        return None
    both = f.types(1, 1) in (("LICENSE",), ("LICENCE",))
    return problems.require_before_outcome(f.place(f.token, f.at(1) if both else None))


def kept_word(f: Failure) -> Diagnostic | None:
    return problems.kept_word(f.here(), str(f.token)) if f.token.type in _KEPT else None


def capitals(f: Failure) -> Diagnostic | None:
    """A keyword in capitals has been read as a name."""
    for word, accepted in _suspects(f):
        if word.type == "NAME" and word.lower() in accepted and word not in _COUNTRIES:
            return problems.capitals(f.place(word), str(word))
    return None


def foreign_word(f: Failure) -> Diagnostic | None:
    for word, accepted in _suspects(f):
        right = _FOREIGN.get(word, "")
        if right.split(" ")[0] in accepted:
            return problems.misplaced(f.place(word), str(word), f"Write `{right}`.")
    return None


def misspelt(f: Failure) -> Diagnostic | None:
    for word, accepted in _suspects(f):
        nearest = get_close_matches(word, accepted, n=1, cutoff=0.84) if word.type == "NAME" else ()
        if nearest:
            return problems.misspelt(f.place(word), str(word), nearest[0])
    return None


def _suspects(f: Failure) -> Iterator[tuple[Token, list[str]]]:
    """Yield the failing token and the one before it, each with the keywords that could stand in its place.

    The one before may be the culprit: a name is often taken for a value. Where a statement may end, the next may begin.
    """
    for offset, accepted in ((0, f.accepted), (-1, f.accepted_before)):
        token = f.at(offset)
        if token is not None:
            beginnings = STATEMENT_WORDS if END in accepted else ()
            yield token, [*(word for type_, word in keywords().items() if type_ in accepted), *beginnings]


def misplaced(f: Failure) -> Diagnostic | None:
    if f.accepted in _PLAIN_NEEDS:
        return None
    for (statements, types), remedy in _MISPLACED.items():
        if f.token.type in types and f.statement in statements.split():
            return problems.misplaced(f.here(), str(f.token), remedy)
    return None


def reserved_word(f: Failure) -> Diagnostic | None:
    """A keyword where only a value or a name may stand; that of the next statement, if it is on the same line."""
    if f.token.type == END and f.beyond:
        word = f.beyond.strip()
        end = len(f.source.text)
        place = Place(f.source, end - len(word), end)
    elif f.token.type in keywords():
        word, place = str(f.token), f.here()
    else:
        return None
    after_comma = f.types(-1, 1) == ("COMMA",)
    if f.accepted >= WORDS:
        return problems.reserved_value(place, word, after_comma=after_comma)
    return problems.reserved_name(place, word) if f.accepted == {"NAME"} else None


def quoted_name(f: Failure) -> Diagnostic | None:
    if f.token.type != "STRING" or f.accepted != {"NAME"}:
        return None
    return problems.quoted_name(f.here(), str(f.token), str(f.tokens[f.index - 1]))


def odd_word(f: Failure) -> Diagnostic | None:
    return problems.odd_word(f.here(), str(f.token), value="CODE" in f.accepted) if f.token.type == "ODD" else None


SLIPS = (
    until,
    licence,
    license_alone,
    require_before_outcome,
    kept_word,
    odd_word,
    capitals,
    foreign_word,
    misspelt,
    misplaced,
    reserved_word,
    quoted_name,
)
