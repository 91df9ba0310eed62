"""rpolc: what we do with a policy. Check it, compile it, decide with it; also the command."""

from __future__ import annotations

import os

from rpol.runtime.table import Table

__all__ = ["compile"]


def compile(path: str | os.PathLike[str]) -> Table:  # noqa: A001 - the word of the door
    """Return the table of the policy at `path`, a folder or a file. Raise RpolError where `rpolc check` has errors."""
    from rpolc.pipeline import compile as compile_policy

    return compile_policy(path)
