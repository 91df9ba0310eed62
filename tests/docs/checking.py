"""What check finds in a folder."""

from __future__ import annotations

from pathlib import Path

from rpol.text.diagnostic import Diagnostic
from rpolc.pipeline import check


def problems_of(folder: Path, *, with_gaps: bool = False) -> tuple[Diagnostic, ...]:
    """Return all problems of the policy in `folder`; `with_gaps`, what no rule decides as well."""
    return check(folder, with_gaps=with_gaps).problems
