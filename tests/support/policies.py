"""Policies from text, held in memory."""

from __future__ import annotations

from collections.abc import Mapping

from rpol.model.folder import MemoryFolder
from rpol.model.policy import Policy
from rpol.model.resolve import resolve
from rpol.syntax.parse import parse
from rpol.text.source import SourceText


def policy_of(text: str, files: Mapping[str, str] | None = None) -> Policy:
    """Return the policy that `text` makes, with data `files`; it must have no error."""
    source = SourceText("policy.rpol", text)
    pieces, found = parse(source)
    policy, more = resolve([(source, pieces)], MemoryFolder(dict(files or {})))
    errors = [problem for problem in (*found, *more) if problem.severity == "error"]
    assert not errors, errors
    assert policy is not None
    return policy
