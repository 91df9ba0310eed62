"""`rpolc prove`: a promise that is not kept in the policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rpolc.cli import main

POLICY = """\
control holmium as net effective 2025-11-08
  require license
  deny when end_use military
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "net.rpol"
    path.write_text(POLICY, encoding="utf-8")
    return path


def prove(policy: Path, promise: str, *options: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["prove", str(policy), promise, *options])
    return result.exit_code, result.stdout, result.stderr


def test_what_holds(policy: Path) -> None:
    status, out, _ = prove(policy, "always deny when item holmium and end_use military and date >= 2025-11-08")
    assert status == 0
    assert out == "It holds, over all cases and all days.\n"


def test_what_does_not_hold_is_shown_with_a_case(policy: Path) -> None:
    status, out, _ = prove(policy, "never allow when item holmium")
    assert status == 1
    assert "error[broken-promise]" in out
    assert "item=holmium date=2025-11-07" in out
    assert out.endswith("It does not hold.\n")


def test_json_stands_alone(policy: Path) -> None:
    status, out, err = prove(policy, "never allow when item holmium", "--format", "json")
    document = json.loads(out)
    assert (status, document["format_version"], document["holds"]) == (1, 1, False)
    assert document["problems"][0]["name"] == "broken-promise"
    assert err == "It does not hold.\n"


def test_what_gives_up_is_no_answer(policy: Path) -> None:
    policy.write_text(POLICY + "fact end_use not wmd when item holmium\n", encoding="utf-8")
    status, out, _ = prove(policy, "never deny when item holmium", "--steps", "1")
    assert status == 2
    assert "not-decided" in out and "It is not decided." in out


@pytest.mark.parametrize("promise", ["control erbium", "", "never deny when item holmium control erbium"])
def test_only_promises_are_proved(policy: Path, promise: str) -> None:
    status, _, err = prove(policy, promise)
    assert status == 2
    assert "write `always` or `never`" in err


def test_a_word_that_is_not_known(policy: Path) -> None:
    status, _, err = prove(policy, "never deny when item holmum")
    assert status == 2
    assert "holmium" in err and "<question>:1:" in err


def test_a_policy_with_errors(policy: Path) -> None:
    policy.write_text("control holmum\n", encoding="utf-8")
    status, _, err = prove(policy, "never deny when item holmium")
    assert status == 2
    assert "has errors" in err
