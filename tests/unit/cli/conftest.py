"""A policy in a folder of its own, and the command run in the same process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rpolc.cli import main

POLICY = """\
instrument notice_7 "Notice 7 of 2025" issued 2025-10-09 effective 2025-11-08
  cite "https://example.org/notice-7"
instrument notice_9 "Notice 9 of 2025" issued 2025-11-20
  suspend notice_7 effective 2026-01-01 through 2026-06-30
scenario extended "The suspension goes on"
  suspend notice_7 effective 2026-07-01 through 2026-12-31

list banned from "parties.csv"

control holmium as holmium_rule under notice_7
  require license duty "report within 10 days"
  deny under "2" when end_use military
control any as ban under notice_7 "3" when end_user in banned
  prohibit

otherwise allow
"""
PARTIES = """\
name,under
Acme Rockets Inc.,notice_7
Borealis Dynamics Limited,notice_7
"""

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of a test; `policy` in it holds a policy without errors."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "RPOLC_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    policy = tmp_path / "policy"
    policy.mkdir()
    (policy / "rules.rpol").write_text(POLICY, encoding="utf-8")
    (policy / "parties.csv").write_text(PARTIES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """The command, run with these arguments."""

    def invoke(*arguments: str, stdin: bytes | str | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=stdin)

    return invoke


@pytest.fixture
def table(run: Run, folder: Path) -> Path:
    """A table built of the policy."""
    assert run("build", "policy", "-o", "policy.table").exit_code == 0
    return folder / "policy.table"
