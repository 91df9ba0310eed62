"""`rpolc decide`: the answer, in words and as data, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.conftest import Run

HOLMIUM = ("item=holmium", "end_user=Nobody Ltd", "date=2025-12-01")


def test_a_licence_is_said_in_full_words_with_its_source(run: Run) -> None:
    result = run("decide", "policy", *HOLMIUM, "end_use=civil")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Licence required."
    said = " ".join(result.stdout.split())
    assert 'Control holmium_rule requires a licence, under "Notice 7 of 2025" (notice_7).' in said
    assert "https://example.org/notice-7" in said
    assert "For 1 December 2025: item holmium" in said
    assert "notice_7: report within 10 days." in said
    assert "This has been so since 8 November 2025 and with what is given stays so through 31 December 2025." in said
    assert "not legal advice" in said


def test_a_refusal_cites_its_paragraph(run: Run) -> None:
    said = " ".join(run("decide", "policy", *HOLMIUM, "end_use=military").stdout.split())
    assert said.startswith("Licence refused in principle.")
    assert 'refuses a licence in principle, under "Notice 7 of 2025" (notice_7), paragraph 2.' in said


def test_what_is_suspended_is_said(run: Run) -> None:
    said = " ".join(
        run("decide", "policy", "item=holmium", "end_user=Nobody", "end_use=civil", "date=2026-02-01").stdout.split()
    )
    assert said.startswith("Free.")
    assert (
        "The licence requirement of control holmium_rule (notice_7) would apply, but "
        '"Notice 9 of 2025" (notice_9) suspends notice_7.' in said
    )


def test_a_scenario_that_differs_is_shown_and_can_be_chosen(run: Run) -> None:
    facts = ("item=holmium", "end_user=Nobody", "end_use=civil", "date=2026-08-01")
    said = " ".join(run("decide", "policy", *facts).stdout.split())
    assert said.startswith("Licence required.")
    assert 'In the scenario "The suspension goes on" (extended): free' in said
    assert run("decide", "policy", *facts, "--scenario", "extended").stdout.startswith("Free.")


def test_json_has_the_decision_alone_on_standard_output(run: Run, table: Path) -> None:
    result = run("decide", str(table), *HOLMIUM, "end_use=military", "--format", "json")
    found = json.loads(result.stdout)
    assert found.keys() >= {
        "format_version", "outcome", "mark", "because", "standing", "lifted", "suspended", "routes", "duties", "notes",
        "by_instrument", "since", "through", "unconfirmed", "scenarios", "possible", "ask", "sometimes", "assumed",
        "digest",
    }  # fmt: skip
    assert (found["outcome"], found["mark"], found["since"]) == ("deny", None, "2025-11-08")
    (reason,) = found["because"]
    assert reason["control"] == "holmium_rule"
    assert (reason["effect"], reason["instrument"], reason["paragraph"]) == ("deny", "notice_7", "2")
    assert reason["cite"] == "https://example.org/notice-7"
    assert found["by_instrument"] == {"notice_7": "deny"}


def test_a_policy_and_its_table_say_the_same(run: Run, table: Path) -> None:
    facts = (*HOLMIUM, "end_use=civil", "--format", "json")
    assert run("decide", "policy", *facts).stdout == run("decide", str(table), *facts).stdout


def test_a_table_is_known_by_its_bytes_and_not_by_its_name(run: Run, table: Path, folder: Path) -> None:
    misnamed = folder / "really.rpol"
    misnamed.write_bytes(table.read_bytes())
    assert run("decide", str(misnamed), *HOLMIUM, "end_use=civil").stdout.startswith("Licence required.")


def test_an_open_question_is_exit_status_1_with_what_to_ask(run: Run) -> None:
    result = run("decide", "policy", *HOLMIUM, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["outcome"], found["possible"]) == ("undetermined", ["license", "deny"])
    assert [question["attribute"] for question in found["ask"]] == ["end_use"]
    said = " ".join(run("decide", "policy", *HOLMIUM).stdout.split())
    assert said.startswith("Not determined by what is known.")
    assert "Licence required or licence refused in principle." in said


def test_the_strictest_can_be_asked_for(run: Run) -> None:
    result = run("decide", "policy", *HOLMIUM, "--strictest")
    assert result.exit_code == 0
    assert result.stdout.startswith("Licence refused in principle.")


def test_a_set_and_several_values_are_repeated_or_divided_by_bars(run: Run) -> None:
    barred = run("decide", "policy", *HOLMIUM, "end_use=civil|military", "--format", "json")
    repeated = run("decide", "policy", *HOLMIUM, "end_use=civil", "end_use=military", "--format", "json")
    assert json.loads(barred.stdout)["outcome"] == "deny"
    assert barred.stdout == repeated.stdout
    several = run("decide", "policy", "item=cerium", "item=holmium", *HOLMIUM[1:], "end_use=civil", "--format", "json")
    assert json.loads(several.stdout)["outcome"] == "license"


def test_a_value_may_hold_an_equals_sign(run: Run) -> None:
    result = run("decide", "policy", "item=holmium", "end_user=A=B & C=D", "end_use=civil", "date=2025-12-01")
    assert result.exit_code == 0
    assert "A=B & C=D" in result.stdout


def test_known_on_is_a_fact_of_the_question(run: Run) -> None:
    facts = ("item=holmium", "end_user=Nobody", "end_use=civil", "date=2026-02-01", "known_on=2025-11-01")
    result = run("decide", "policy", *facts)
    assert result.stdout.startswith("Licence required.")
    assert "As known on 1 November 2025." in result.stdout


def test_what_is_assumed_is_recorded(run: Run) -> None:
    result = run("decide", "policy", *HOLMIUM, "--assume", "end_use=civil")
    assert result.exit_code == 0
    assert "Assumed, not given: end_use civil." in result.stdout
    found = json.loads(run("decide", "policy", *HOLMIUM, "--assume", "end_use=civil", "--format", "json").stdout)
    assert found["assumed"] == {"end_use": ["civil"]}


def test_a_wrong_request_is_exit_status_1_and_names_the_nearest(run: Run) -> None:
    for fact, nearest in (("item=holmiun", "holmium"), ("itme=holmium", "item"), ("end_use=militray", "military")):
        result = run("decide", "policy", fact, "date=2025-12-01")
        assert (result.exit_code, result.stdout) == (1, "")
        assert nearest in result.stderr


def test_a_missing_day_is_a_wrong_request(run: Run) -> None:
    result = run("decide", "policy", "item=holmium")
    assert result.exit_code == 1
    assert "date" in result.stderr


def test_a_wrong_request_is_json_too_where_json_is_asked_for(run: Run) -> None:
    result = run("decide", "policy", "item=holmiun", "date=2025-12-01", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["format_version"], found["error"]["kind"]) == (1, "UnknownValue")
    assert "holmium" in found["error"]["message"]


def test_an_unknown_scenario_is_a_wrong_request(run: Run) -> None:
    result = run("decide", "policy", *HOLMIUM, "--scenario", "extendde")
    assert result.exit_code == 1
    assert "extended" in result.stderr


def test_a_word_that_is_no_fact_is_a_mistake_of_usage(run: Run) -> None:
    result = run("decide", "policy", "holmium", "date=2025-12-01")
    assert result.exit_code == 2
    assert "KEY=VALUE" in result.stderr


def test_a_time_with_a_zone_needs_to_know_whose_day_counts(run: Run) -> None:
    facts = ("item=holmium", "end_user=Nobody", "end_use=civil", "date=2025-11-07T20:00:00+00:00")
    assert run("decide", "policy", *facts).exit_code == 1
    assert run("decide", "policy", *facts, "--timezone", "Asia/Shanghai").stdout.startswith("Licence required.")
    assert run("decide", "policy", *facts, "--timezone", "UTC").stdout.startswith("Free.")


def test_a_policy_with_errors_gives_no_answer(run: Run, folder: Path) -> None:
    (folder / "policy" / "broken.rpol").write_text("control holmium until 2026-11-10\n", encoding="utf-8")
    result = run("decide", "policy", *HOLMIUM)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error[until]" in result.stderr


def test_a_damaged_table_is_refused_with_the_reason(run: Run, table: Path) -> None:
    data = bytearray(table.read_bytes())
    data[-10] ^= 1
    table.write_bytes(bytes(data))
    result = run("decide", str(table), *HOLMIUM)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "damaged" in result.stderr


def test_control_characters_of_a_request_do_not_reach_the_terminal(run: Run) -> None:
    result = run("decide", "policy", "item=holmium", "end_user=A\x1b[31mB", "end_use=civil", "date=2025-12-01")
    assert "\x1b" not in result.stdout


def test_no_line_is_longer_than_the_terminal_but_addresses(run: Run, monkeypatch: object) -> None:
    lines = run("decide", "policy", *HOLMIUM, "end_use=military").stdout.splitlines()
    assert all(len(line) <= 100 for line in lines if "http" not in line)


def test_a_name_that_is_nearly_a_listed_one_is_pointed_out_beside_the_answer(run: Run) -> None:
    facts = ("item=cerium", "end_use=civil", "date=2025-12-01")
    result = run("decide", "policy", "end_user=Acme Rocket", *facts)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Free.")
    said = " ".join(result.stderr.split())
    assert "`Acme Rocket` (end_user) is nearly `Acme Rockets Inc.` on banned" in said
    data = run("decide", "policy", "end_user=Acme Rocket", *facts, "--format", "json")
    assert json.loads(data.stdout)["outcome"] == "allow"
    assert "Acme Rockets Inc." in data.stderr


def test_a_name_that_is_on_a_list_or_far_from_all_is_not_pointed_out(run: Run) -> None:
    for name in ("acme  rockets INC.", "Nobody Ltd"):
        result = run("decide", "policy", f"end_user={name}", "item=cerium", "end_use=civil", "date=2025-12-01")
        assert result.stderr == ""
