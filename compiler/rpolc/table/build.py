"""Build a table: lower the policy, then improve its contents pass by pass."""

from __future__ import annotations

from typing import Final

from rpol.model.policy import Policy
from rpol.runtime.table import Table
from rpolc.lower.lower import lower
from rpolc.table.drop_unused_regions import drop_unused_regions

# Each pass keeps every decision as it is.
PASSES: Final = (drop_unused_regions,)


def build(policy: Policy) -> Table:
    """Return the table of a policy; equal policies give equal bytes."""
    contents = lower(policy).contents
    for improve in PASSES:
        contents = improve(contents)
    return Table(contents)
