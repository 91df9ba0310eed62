"""A row that rests on a state of the law that is not confirmed says so without being asked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner

from rpolc.cli import main

POLICY = """
attribute item one of a, b
instrument law "The law" issued 2025-01-01
instrument pause "The pause" issued 2025-06-01
  suspend law effective 2025-06-01 through 2025-06-30
  unconfirmed "No act that extends it was found." effective 2025-07-01
control a as c under law
"""


def test_what_is_unconfirmed_is_a_column_and_a_count(tmp_path: Path) -> None:
    (tmp_path / "policy.rpol").write_text(POLICY, encoding="utf-8")
    (tmp_path / "in.csv").write_text("item,date\na,2025-05-31\na,2025-07-01\nb,2025-07-01\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    result = CliRunner().invoke(
        main, ["screen", str(tmp_path / "policy.rpol"), str(tmp_path / "in.csv"), "-o", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["unconfirmed"] == 1
    with out.open(encoding="utf-8", newline="") as rows:
        assert [(row["outcome"], row["unconfirmed"]) for row in csv.DictReader(rows)] == [
            ("license", ""),
            ("license", "pause: No act that extends it was found."),
            ("allow", ""),
        ]
