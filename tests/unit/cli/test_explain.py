"""`rpolc explain`: pages of problems, and controls as they are understood."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run


def test_a_problem_is_explained_by_its_page(run: Run) -> None:
    result = run("explain", "until")
    assert result.exit_code == 0
    assert result.stdout.startswith("# until")
    assert "through" in result.stdout and "before" in result.stdout


def test_every_problem_is_listed_with_a_sentence(run: Run) -> None:
    listed = {
        line.split()[0]: line.split(maxsplit=1)[1] for line in run("explain").stdout.splitlines() if line[0] != " "
    }
    assert listed.keys() >= {"until", "contradiction", "unknown-value", "bad-row"}
    assert "index" not in listed
    assert listed["kept-word"].startswith("`replace`, `extend` and `notify`")


def test_an_unknown_problem_names_the_nearest(run: Run) -> None:
    result = run("explain", "untill")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "until" in result.stderr


def test_a_name_that_leads_elsewhere_is_no_page(run: Run) -> None:
    assert run("explain", "../index").exit_code == 2
    assert run("explain", "index").exit_code == 2


def test_a_control_is_shown_with_the_licence_it_implies(run: Run, folder: Path) -> None:
    (folder / "one.rpol").write_text("control holmium effective 2025-11-08 deny end_use military\n", encoding="utf-8")
    shown = run("explain", "holmium", "one.rpol").stdout
    assert "control holmium  (one.rpol:1)" in shown
    implied, deny = shown.index("require license  (implied"), shown.index("\n  deny\n")
    assert implied < deny
    assert "item holmium and end_use military" in shown
    assert shown.count("From 8 November 2025.") == 2
    assert "require license of holmium." in shown[deny:]


def test_a_written_licence_is_not_called_implied(run: Run) -> None:
    shown = run("explain", "holmium_rule", "policy").stdout
    assert "require license\n" in shown
    assert "implied" not in shown
    assert '"Notice 7 of 2025" (notice_7), paragraph 2.' in shown
    assert "report within 10 days" in shown


def test_days_in_force_leave_out_suspensions(run: Run) -> None:
    shown = run("explain", "holmium_rule", "policy").stdout
    assert "From 8 November 2025 through 31 December 2025." in shown
    assert "From 1 July 2026." in shown
    assert "notice_9 suspends notice_7" in shown


def test_groups_and_lists_keep_their_names(run: Run, folder: Path) -> None:
    (folder / "policy" / "more.rpol").write_text(
        "group heavy = erbium, thulium\n"
        "control heavy as more under notice_7 when destination in DE, FR and not end_user in banned\n",
        encoding="utf-8",
    )
    shown = " ".join(run("explain", "more", "policy").stdout.split())
    assert "item in heavy and destination in DE, FR and end_user not in banned" in shown


def test_an_unknown_control_names_the_nearest(run: Run) -> None:
    result = run("explain", "holmium_rul", "policy")
    assert result.exit_code == 2
    assert "holmium_rule" in result.stderr


def test_a_table_has_no_controls_to_explain(run: Run, table: Path) -> None:
    assert run("explain", "holmium_rule", str(table)).exit_code == 2
