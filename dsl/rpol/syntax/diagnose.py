"""Say what is wrong with a statement that does not parse, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpol.syntax.expected import expected
from rpol.syntax.failure import failure
from rpol.syntax.grammar import END
from rpol.syntax.problems import statements as problems
from rpol.syntax.slips import amounts, conditions, gaps, signs, words

if TYPE_CHECKING:
    from rpol.syntax.failure import Failure
    from rpol.text.diagnostic import Diagnostic

# In the order in which they are tried.
_SLIPS = (*signs.SLIPS, *amounts.SLIPS, *conditions.SLIPS, *words.SLIPS, *gaps.SLIPS, *signs.CHARACTERS)


def diagnose(text: str, beyond: str) -> Diagnostic:
    """Return the problem of the statement `text`, which does not parse; places count from its start.

    `beyond` reaches from its end to the end of the word that starts the next statement, if that is on the same line.
    """
    failed = failure(text, beyond)
    for slip in _SLIPS:
        found = slip(failed)
        if found is not None:
            return found
    return _unexpected(failed)


def _unexpected(f: Failure) -> Diagnostic:
    found = "" if f.token.type == END else str(f.token)
    behind = f.tokens[f.index - 1]
    return problems.unexpected(f.here(), found, str(behind), expected(f.accepted, behind.type))
