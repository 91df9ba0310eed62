"""What check finds in a folder."""

from __future__ import annotations

from pathlib import Path

from rpol.text.diagnostic import Diagnostic
from rpolc.pipeline import check


def problems_of(folder: Path) -> tuple[Diagnostic, ...]:
    """Return all problems of the policy in `folder`."""
    return check(folder).problems
