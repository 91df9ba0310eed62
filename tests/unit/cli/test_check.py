"""`rpolc check`: exit statuses, the three formats, and what stands where."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.conftest import Run

ERRORS = """\
control holmium until 2026-11-10
control erbiun
"""


def _broken(folder: Path) -> None:
    (folder / "policy" / "broken.rpol").write_text(ERRORS, encoding="utf-8")


def test_a_policy_without_errors_holds(run: Run) -> None:
    result = run("check", "policy")
    assert result.exit_code == 0
    assert "policy: 2 instruments, 3 clauses, 0 promises, 0 examples: holds" in result.stdout


def test_all_errors_of_all_files_are_shown_in_one_run(run: Run, folder: Path) -> None:
    _broken(folder)
    result = run("check", "policy")
    assert result.exit_code == 1
    assert "error[until]" in result.stdout
    assert "error[unknown-" in result.stdout
    assert "policy/broken.rpol:1:17" in result.stdout
    assert "policy/broken.rpol:2:9" in result.stdout


def test_the_summary_counts_problems_and_files(run: Run, folder: Path) -> None:
    (folder / "policy" / "broken.rpol").write_text("control holmium until 2026-11-10\n", encoding="utf-8")
    last = run("check", "policy").stdout.splitlines()[-1]
    assert last == "1 error in 2 files"


def test_json_stands_alone_on_standard_output(run: Run, folder: Path) -> None:
    (folder / "policy" / "broken.rpol").write_text("control holmium until 2026-11-10\n", encoding="utf-8")
    result = run("check", "policy", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["format_version"] == 1
    assert found["counts"]["errors"] == 1
    (problem,) = [one for one in found["problems"] if one["severity"] == "error"]
    assert problem.keys() >= {"name", "severity", "message", "help", "file", "line", "column", "labels"}
    assert problem.keys() >= {"end_line", "end_column", "witness", "regions"}
    assert (problem["name"], problem["file"], problem["line"], problem["column"]) == ("until", "broken.rpol", 1, 17)
    assert (problem["end_line"], problem["end_column"]) == (1, 22)
    assert "through" in problem["help"] and "before" in problem["help"]


def test_files_in_json_are_relative_to_the_folder_given(run: Run, folder: Path) -> None:
    (folder / "policy" / "deep").mkdir()
    (folder / "policy" / "deep" / "broken.rpol").write_text("control erbiun\n", encoding="utf-8")
    found = json.loads(run("check", "policy", "--format", "json").stdout)
    assert "deep/broken.rpol" in {problem["file"] for problem in found["problems"]}
    assert {problem["policy"] for problem in found["problems"]} == {"policy"}


def test_a_contradiction_has_a_witness_in_request_form_and_both_clauses(run: Run, folder: Path) -> None:
    (folder / "policy" / "broken.rpol").write_text(
        "control erbium allow when destination DE deny when end_use military require license\n", encoding="utf-8"
    )
    found = json.loads(run("check", "policy", "--format", "json").stdout)
    (problem,) = [one for one in found["problems"] if one["name"] == "contradiction"]
    assert problem["severity"] == "error"
    assert problem["witness"]["item"] == "erbium"
    assert problem["witness"]["destination"] == "DE"
    assert "military" in problem["witness"]["end_use"]
    assert problem["labels"][0].keys() == {"file", "line", "column", "message"}
    assert problem["regions"]


def test_warnings_fail_only_a_strict_check(run: Run, folder: Path) -> None:
    (folder / "one.rpol").write_text("control holmium\n", encoding="utf-8")
    assert run("check", "one.rpol").exit_code == 0
    result = run("check", "--strict", "one.rpol")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "1 warning in 1 file"


def test_notes_never_fail_a_check(run: Run, folder: Path) -> None:
    (folder / "policy" / "parties.csv").write_text("name\nAcme Rockets Inc.\n", encoding="utf-8")
    found = json.loads(run("check", "--strict", "policy", "--format", "json").stdout)
    assert found["counts"]["warnings"] == 0
    assert run("check", "--strict", "policy").exit_code == 0


def test_concise_is_one_line_a_problem(run: Run, folder: Path) -> None:
    (folder / "policy" / "broken.rpol").write_text("control holmium until 2026-11-10\n", encoding="utf-8")
    errors = [line for line in run("check", "policy", "--format", "concise").stdout.splitlines() if "error[" in line]
    assert len(errors) == 1
    assert errors[0].startswith("policy/broken.rpol:1:17: error[until] ")


def test_several_policies_are_checked_each_on_its_own(run: Run, folder: Path) -> None:
    (folder / "one.rpol").write_text("control holmium until 2026-11-10\n", encoding="utf-8")
    result = run("check", "policy", "one.rpol")
    assert result.exit_code == 1
    assert "policy: 2 instruments, 3 clauses, 0 promises, 0 examples: holds" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("one.rpol: 1 error")


def test_what_is_not_there_is_a_mistake_of_usage(run: Run) -> None:
    for path in ("nowhere", "C:\\policies\\rules.rpol"):
        result = run("check", path)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "does not exist" in result.stderr


def test_a_path_is_asked_for(run: Run) -> None:
    assert run("check").exit_code == 2


def test_an_empty_folder_is_a_problem_without_a_place(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("check", "empty", "--format", "json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert (problem["name"], problem["file"], problem["line"]) == ("no-policy", None, None)


def test_a_table_is_not_checked(run: Run, table: Path) -> None:
    result = run("check", str(table))
    assert result.exit_code == 2
    assert "is a table" in result.stderr


def test_colours_follow_the_flag_where_no_terminal_is(run: Run, folder: Path) -> None:
    _broken(folder)
    assert "\x1b[" not in run("check", "policy").stdout
    assert "\x1b[" in run("check", "policy", "--color").stdout


def test_crlf_and_byte_order_marks_are_read(run: Run, folder: Path) -> None:
    (folder / "marked.rpol").write_bytes(b"\xef\xbb\xbfcontrol holmium\r\n  until 2026-11-10\r\n")
    found = json.loads(run("check", "marked.rpol", "--format", "json").stdout)
    (problem,) = [one for one in found["problems"] if one["name"] == "until"]
    assert (problem["line"], problem["column"]) == (2, 3)
