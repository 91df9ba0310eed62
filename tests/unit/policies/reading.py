"""Read the data files of the policy in the checkout."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

POLICIES: Final = Path(__file__).parents[3] / "policies"


def rows(path: str) -> list[dict[str, str]]:
    """Return the rows of a data file of the policy."""
    with (POLICIES / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
