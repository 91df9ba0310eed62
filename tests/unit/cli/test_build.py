"""`rpolc build`: a table or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run

import rpol


def test_a_table_is_written_and_nothing_is_printed(run: Run, folder: Path) -> None:
    result = run("build", "policy", "-o", "policy.table")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert rpol.load(folder / "policy.table").decide(item="holmium", date="2025-12-01", end_use="civil").outcome


def test_the_same_policy_gives_the_same_bytes(run: Run, folder: Path) -> None:
    run("build", "policy", "-o", "one")
    run("build", "policy", "-o", "two")
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()


def test_errors_refuse_and_leave_the_old_table(run: Run, folder: Path) -> None:
    (folder / "policy.table").write_bytes(b"rpol table 0, an old one")
    (folder / "policy" / "broken.rpol").write_text("control holmium until 2026-11-10\n", encoding="utf-8")
    result = run("build", "policy", "-o", "policy.table")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[until]" in result.stderr
    assert (folder / "policy.table").read_bytes() == b"rpol table 0, an old one"
    assert {path.name for path in folder.iterdir()} == {"policy", "policy.table"}


@pytest.mark.parametrize("output", ["policy/rules.rpol", "policy/parties.csv"])
def test_a_file_of_the_policy_is_not_written_over(run: Run, folder: Path, output: str) -> None:
    before = (folder / output).read_bytes()
    result = run("build", "policy", "-o", output)
    assert result.exit_code == 2
    assert f"{output} is there already and is no table" in result.stderr
    assert (folder / output).read_bytes() == before


def test_an_older_table_and_an_empty_file_are_replaced(run: Run, folder: Path) -> None:
    (folder / "empty").touch()
    for output in ("empty", "policy.table", "policy.table"):
        assert run("build", "policy", "-o", output).exit_code == 0
        assert rpol.load(folder / output)


def test_warnings_do_not_refuse(run: Run, folder: Path) -> None:
    (folder / "one.rpol").write_text("control holmium\n", encoding="utf-8")
    assert run("build", "one.rpol", "-o", "one.table").exit_code == 0


def test_an_output_is_asked_for(run: Run) -> None:
    assert run("build", "policy").exit_code == 2


@pytest.mark.parametrize("output", ["nowhere/policy.table", "policy"])
def test_an_output_that_cannot_be_written_is_no_answer(run: Run, folder: Path, output: str) -> None:
    result = run("build", "policy", "-o", output)
    assert result.exit_code == 2
    assert output in result.stderr
    assert {path.name for path in folder.iterdir()} == {"policy"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_no_answer(run: Run) -> None:
    result = run("build", "policy", "-o", "/dev/full")
    assert result.exit_code == 2
    assert "No space left" in result.stderr


def test_a_table_is_not_built_again(run: Run, table: Path) -> None:
    assert run("build", str(table), "-o", "again").exit_code == 2
