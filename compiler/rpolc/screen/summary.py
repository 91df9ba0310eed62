"""What came of a screening, in numbers (docs/reference/json.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import Factory, define

from rpol.runtime.ladder import OUTCOMES
from rpolc.screen.rows import Marked

FORMAT_VERSION = 1


@define
class Tally:
    """Counts that grow with every row. A row without an outcome could not be asked about."""

    rows: int = 0
    decided: int = 0
    near: int = 0
    unconfirmed: int = 0
    outcomes: Counter[str] = Factory(Counter)
    problems: Counter[str] = Factory(Counter)

    def count(self, outcome: str | None, marked: Marked | None, *, near: bool, unconfirmed: bool) -> None:
        """Count one row."""
        self.rows += 1
        self.near += near
        self.unconfirmed += unconfirmed
        if outcome is not None:
            self.outcomes[outcome] += 1
        if marked is None:
            self.decided += 1
        else:
            self.problems[marked.reason] += 1

    def to_dict(self) -> Mapping[str, object]:
        """Return the counts; every outcome is there, also where it is 0."""
        return {
            "rows": self.rows,
            "decided": self.decided,
            "marked": self.rows - self.decided,
            "near_matches": self.near,
            "unconfirmed": self.unconfirmed,
            "outcomes": {outcome: self.outcomes[outcome] for outcome in (*OUTCOMES, "undetermined")},
            "problems": dict(sorted(self.problems.items(), key=lambda item: (-item[1], item[0]))),
        }
