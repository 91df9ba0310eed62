"""What says nothing is no policy: it would leave everything free."""

from __future__ import annotations

from pathlib import Path

import pytest

import rpolc
from rpol import RpolError
from rpolc.pipeline import check


@pytest.mark.parametrize("text", ["", "\n\n", "-- only a comment\n"])
def test_a_policy_without_a_statement_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "policy.rpol").write_text(text, encoding="utf-8")
    assert [(one.name, one.severity) for one in check(tmp_path).problems] == [("no-policy", "error")]
    with pytest.raises(RpolError):
        rpolc.compile(tmp_path)


def test_a_list_row_with_a_character_that_nobody_sees_is_refused(tmp_path: Path) -> None:
    # With a zero width space in it the name would match nobody, and nobody would see why.
    (tmp_path / "bad.csv").write_text("name\nAc\u200bme\n", encoding="utf-8")
    text = 'attribute buyer entity\nlist bad from "bad.csv"\ncontrol any as ban prohibit when buyer in bad\n'
    (tmp_path / "policy.rpol").write_text(text, encoding="utf-8")
    found = [one for one in check(tmp_path).problems if one.severity == "error"]
    assert [(one.name, one.place and (one.place.source.path, one.place.line)) for one in found] == [
        ("strange-character", ("bad.csv", 2))
    ]
