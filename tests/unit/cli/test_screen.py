"""`rpolc screen`: rows in, the same rows with their answers out, and the summary."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result
from tests.unit.cli.conftest import Run

HEADER = "ref,item,end_use,end_user,date\n"
DECIDED = HEADER + "1,holmium,civil,Nobody,2025-12-01\n2,cerium,civil,Nobody,2025-12-01\n"
ADDED = ["outcome", "controls", "citations", "duties", "unconfirmed", "near", "problem", "digest"]


def _write(folder: Path, name: str, data: str | bytes) -> str:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return name


def _screen(run: Run, folder: Path, rows: str | bytes, *options: str) -> tuple[Result, list[dict[str, str]]]:
    """Screen rows of CSV to a file, and return the result and the rows written."""
    result = run("screen", "policy", _write(folder, "in.csv", rows), "-o", "out.csv", *options)
    text = (folder / "out.csv").read_text(encoding="utf-8-sig") if (folder / "out.csv").exists() else ""
    return result, list(csv.DictReader(StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ","))


# ---------------------------------------------------------------- rows


def test_every_row_comes_out_in_order_with_its_answer(run: Run, folder: Path) -> None:
    result, rows = _screen(run, folder, DECIDED)
    assert result.exit_code == 0
    assert [row["ref"] for row in rows] == ["1", "2"]
    assert list(rows[0]) == ["ref", "item", "end_use", "end_user", "date", *ADDED]
    assert (rows[0]["outcome"], rows[0]["controls"], rows[0]["problem"]) == ("license", "holmium_rule", "")
    assert rows[0]["citations"] == "notice_7, https://example.org/notice-7"
    assert rows[0]["duties"] == "report within 10 days"
    assert (rows[1]["outcome"], rows[1]["controls"]) == ("allow", "")
    assert len({row["digest"] for row in rows}) == 1


def test_the_summary_stands_alone_on_standard_output(run: Run, folder: Path) -> None:
    result, rows = _screen(run, folder, DECIDED + "3,holmium,,Nobody,2025-12-01\n4,holmiun,civil,Nobody,2025-12-01\n")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["format_version"] == 1
    assert (found["rows"], found["decided"], found["marked"], found["near_matches"]) == (4, 2, 2, 0)
    assert found["outcomes"] == {
        "allow": 1, "license": 1, "review": 0, "deny": 0, "prohibit": 0, "undetermined": 1
    }  # fmt: skip
    assert found["problems"] == {"undetermined": 1, "unknown-value": 1}
    assert found["digest"] == rows[0]["digest"]
    assert found["assumed"] == {}
    assert found["seconds"] >= 0


def test_a_row_that_cannot_be_decided_is_kept_and_marked(run: Run, folder: Path) -> None:
    _, rows = _screen(run, folder, HEADER + "1,holmiun,civil,Nobody,2025-12-01\n2,holmium,,Nobody,2025-12-01\n")
    assert (rows[0]["ref"], rows[0]["item"], rows[0]["outcome"]) == ("1", "holmiun", "")
    assert "holmium" in rows[0]["problem"]
    assert rows[1]["outcome"] == "undetermined"
    assert "end_use" in rows[1]["problem"]


def test_without_output_rows_go_to_standard_output_and_the_summary_to_standard_error(run: Run, folder: Path) -> None:
    result = run("screen", "policy", _write(folder, "in.csv", DECIDED))
    assert [row["outcome"] for row in csv.DictReader(StringIO(result.stdout))] == ["license", "allow"]
    assert json.loads(result.stderr)["rows"] == 2


def test_standard_input_is_a_file_too(run: Run) -> None:
    result = run("screen", "policy", "-", "--input-format", "csv", stdin=DECIDED)
    assert [row["outcome"] for row in csv.DictReader(StringIO(result.stdout))] == ["license", "allow"]


def test_other_columns_pass_through_untouched(run: Run, folder: Path) -> None:
    odd = '"a ""b"", c",  padded ,holmium,civil,Nobody,2025-12-01,007,=1+1\n'
    _, (row,) = _screen(run, folder, "note, pad ,item,end_use,end_user,date,code,sum\n" + odd)
    assert (row["note"], row[" pad "], row["code"], row["sum"]) == ('a "b", c', "  padded ", "007", "=1+1")


def test_a_table_and_its_policy_screen_alike(run: Run, folder: Path, table: Path) -> None:
    name = _write(folder, "in.csv", DECIDED)
    assert run("screen", str(table), name).stdout == run("screen", "policy", name).stdout


# ---------------------------------------------------------------- CSV as it comes


def test_semicolons_byte_order_mark_and_crlf_are_read_and_kept(run: Run, folder: Path) -> None:
    rows = b"\xef\xbb\xbf" + DECIDED.replace(",", ";").replace("\n", "\r\n").encode()
    result, found = _screen(run, folder, rows)
    written = (folder / "out.csv").read_bytes()
    assert result.exit_code == 0
    assert written.startswith(b"\xef\xbb\xbfref;item;end_use;end_user;date;outcome;")
    assert written.count(b"\r\n") == written.count(b"\n") == 3
    assert [row["outcome"] for row in found] == ["license", "allow"]


def test_the_header_says_which_sign_divides(run: Run, folder: Path) -> None:
    _, rows = _screen(run, folder, 'item;end_use;"a,b,c,d,e,f";date;end_user\nholmium;civil;x;2025-12-01;N\n')
    assert rows[0]["outcome"] == "license"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param("item,note\nholmium,é\n".encode("latin-1"), "CSV UTF-8", id="latin-1"),
        pytest.param("item\nholmium\n".encode("utf-16"), "CSV UTF-8", id="utf-16"),
        pytest.param(b"PK\x03\x04rest", "CSV UTF-8", id="workbook"),
        pytest.param(b"item\tdate\nholmium\t2025-12-01\n", "tabs", id="tabs"),
        pytest.param(b"item|date\nholmium|2025-12-01\n", "vertical bars", id="bars"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\n\n", "empty", id="blank"),
        pytest.param(b'item,date\n"holmium,2025-12-01\n', "quote", id="open quote"),
        pytest.param(b"item,date\n" + b"x" * 1_100_000 + b",2025-12-01\n", "1000000", id="huge cell"),
        pytest.param(b"item,date\nhol\0mium,2025-12-01\n", "zero byte", id="zero byte"),
        pytest.param(b"item,item,date\n", "two columns `item`", id="same column twice"),
        pytest.param(b"item,date,outcome\n", "`outcome`", id="column of an answer"),
        pytest.param(b"weight,price\n1,2\n", "no column", id="no attribute at all"),
    ],
)
def test_a_file_that_cannot_be_screened_is_refused_and_nothing_is_written(
    run: Run, folder: Path, data: bytes, words: str
) -> None:
    result, _ = _screen(run, folder, data)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert {path.name for path in folder.iterdir()} == {"policy", "in.csv"}


def test_rows_of_another_length_are_kept_and_marked(run: Run, folder: Path) -> None:
    result, rows = _screen(run, folder, HEADER + "1,holmium\n2,holmium,civil,Nobody,2025-12-01,more,yet more\n\n")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == {"ragged-row": 2}
    assert [(row["ref"], row["item"], row["outcome"]) for row in rows] == [("1", "holmium", ""), ("2", "holmium", "")]
    assert "more, yet more" in rows[1]["problem"]


def test_columns_that_nothing_reads_may_bear_one_name(run: Run, folder: Path) -> None:
    result, _ = _screen(run, folder, "item,end_use,end_user,date,,,x,x\nholmium,civil,N,2025-12-01,1,2,3,4\n")
    assert result.exit_code == 0
    assert (folder / "out.csv").read_text().splitlines()[1].startswith("holmium,civil,N,2025-12-01,1,2,3,4,license")


def test_a_header_alone_is_no_row(run: Run, folder: Path) -> None:
    result, rows = _screen(run, folder, HEADER)
    assert (result.exit_code, json.loads(result.stdout)["rows"], rows) == (0, 0, [])


def test_rows_without_a_day_are_marked_each(run: Run, folder: Path) -> None:
    result, rows = _screen(run, folder, "item\nholmium\n")
    assert json.loads(result.stdout)["problems"] == {"missing-date": 1}
    assert "date" in rows[0]["problem"]


# ---------------------------------------------------------------- JSON lines


def _lines(result_text: str) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in result_text.splitlines())


def test_json_lines_keep_their_members_as_they_stood(run: Run, folder: Path) -> None:
    text = (
        '{"item": "holmium", "end_use": ["civil"], "end_user": "N", "date": "2025-12-01", "n": 1.50, "e": "\\u00e9"}\n'
    )
    result = run("screen", "policy", _write(folder, "in.jsonl", text), "-o", "out.jsonl")
    written = (folder / "out.jsonl").read_text(encoding="utf-8")
    (row,) = _lines(written)
    assert result.exit_code == 0
    assert written.startswith(text.rstrip("}\n"))
    assert (row["outcome"], row["controls"], row["problem"]) == ("license", ["holmium_rule"], None)
    assert row["citations"] == [
        {"instrument": "notice_7", "paragraph": None, "cite": "https://example.org/notice-7", "rows": []}
    ]
    assert [duty["text"] for duty in row["duties"]] == ["report within 10 days"]


def test_lines_that_are_no_objects_are_kept_and_marked(run: Run, folder: Path) -> None:
    bad = ["[1]", "{", '{"item": "a", "item": "b"}', "1" * 5000, "[" * 100_000]
    result = run("screen", "policy", _write(folder, "in.jsonl", "\n\n".join(bad) + "\n"), "-o", "out.jsonl")
    rows = list(_lines((folder / "out.jsonl").read_text(encoding="utf-8")))
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == {"bad-line": 5}
    assert [row["line"] for row in rows] == bad
    assert all(row["outcome"] is None and row["problem"] for row in rows)


def test_an_absent_key_and_null_are_unknown(run: Run, folder: Path) -> None:
    facts = '{"item": "holmium", "date": "2025-12-01", "end_user": "N"'
    text = f'{facts}}}\n{facts}, "end_use": null}}\n'
    run("screen", "policy", _write(folder, "in.jsonl", text), "-o", "out.jsonl")
    rows = list(_lines((folder / "out.jsonl").read_text()))
    assert [row["outcome"] for row in rows] == ["undetermined", "undetermined"]


def test_a_key_of_an_answer_in_any_line_is_refused(run: Run, folder: Path) -> None:
    text = '{"item": "cerium", "date": "2025-12-01"}\n{"item": "cerium", "outcome": "allow"}\n'
    result = run("screen", "policy", _write(folder, "in.jsonl", text), "-o", "out.jsonl")
    assert result.exit_code == 2
    assert "`outcome`" in result.stderr
    assert not (folder / "out.jsonl").exists()


def test_a_mapped_key_that_no_line_has_is_refused(run: Run, folder: Path) -> None:
    text = '{"item": "cerium", "date": "2025-12-01"}\n{"item": "cerium", "date": "2025-12-01"}\n'
    name = _write(folder, "in.jsonl", text)
    result = run("screen", "policy", name, "-o", "out.jsonl", "--map", "end_user=Consignee")
    assert result.exit_code == 2
    assert "`Consignee`" in result.stderr
    assert not (folder / "out.jsonl").exists()


def test_values_of_odd_kinds_are_marked_and_never_a_traceback(run: Run, folder: Path) -> None:
    odd = [{"a": 1}, [], [[]], [None], 1.5, True, "", "\ud800", -1, 10**400, [1, {"b": []}], float("inf")]
    keys = ("item", "end_use", "end_user", "date")
    lines = [json.dumps({"item": "cerium", "date": "2025-12-01", key: value}) for key in keys for value in odd]
    result = run("screen", "policy", _write(folder, "in.jsonl", "\n".join(lines)), "-o", "out.jsonl")
    assert result.exit_code == 1, result.stderr
    assert len((folder / "out.jsonl").read_text(encoding="utf-8").splitlines()) == len(lines)


def test_csv_becomes_json_lines_and_back(run: Run, folder: Path) -> None:
    run("screen", "policy", _write(folder, "in.csv", DECIDED), "-o", "out.jsonl")
    first, _ = _lines((folder / "out.jsonl").read_text())
    assert (first["ref"], first["item"], first["outcome"]) == ("1", "holmium", "license")
    text = (
        '{"item": "holmium", "end_use": ["civil", "chip"], "end_user": "N", "date": "2025-12-01"}\n{"x": {"y": 1.50}}\n'
    )
    run("screen", "policy", _write(folder, "in.jsonl", text), "-o", "out.csv")
    rows = list(csv.DictReader(StringIO((folder / "out.csv").read_text())))
    assert list(rows[0])[:5] == ["item", "end_use", "end_user", "date", "x"]
    assert (rows[0]["end_use"], rows[0]["outcome"], rows[1]["x"]) == ("civil|chip", "license", '{"y": "1.50"}')


# ---------------------------------------------------------------- settings


def test_columns_are_mapped_and_facts_assumed(run: Run, folder: Path) -> None:
    result, (row,) = _screen(
        run, folder, "Good,Consignee\nholmium,Nobody\n",
        "--map", "item=Good", "--map", "end_user=Consignee", "--assume", "date=2025-12-01", "--assume", "end_use=civil",
    )  # fmt: skip
    assert result.exit_code == 0
    assert (row["outcome"], row["assumed"]) == ("license", "end_use=civil")
    assert json.loads(result.stdout)["assumed"] == {"date": "2025-12-01", "end_use": "civil"}


def test_what_is_given_is_not_assumed(run: Run, folder: Path) -> None:
    _, rows = _screen(
        run, folder, HEADER + "1,holmium,military,N,2025-12-01\n2,holmium,,N,2025-12-01\n", "--assume", "end_use=civil"
    )
    assert [(row["outcome"], row["assumed"]) for row in rows] == [("deny", ""), ("license", "end_use=civil")]


def test_empty_cells_can_mean_none(run: Run, folder: Path) -> None:
    rows = HEADER + "1,holmium,,N,2025-12-01\n"
    assert _screen(run, folder, rows)[1][0]["outcome"] == "undetermined"
    assert _screen(run, folder, rows, "--null-means", "none=end_use")[1][0]["outcome"] == "license"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--map", "end_usr=Consignee"), "end_user"),
        (("--map", "end_user=Consigne"), "Consignee"),
        (("--map", "end_user"), "KEY=VALUE"),
        (("--map", "end_user="), "no column"),
        (("--map", "end_user=a", "--map", "end_user=b"), "twice"),
        (("--map", "item=Consignee"), "only one can be meant"),
        (("--assume", "item=holmiun"), "holmium"),
        (("--assume", "itme=holmium"), "item"),
        (("--scenario", "extendde"), "extended"),
        (("--known-on", "yesterday"), "yesterday"),
        (("--timezone", "Mars/Phobos"), "Mars/Phobos"),
        (("--null-means", "allow=end_use"), "can only mean none"),
        (("--null-means", "none=end_us"), "end_use"),
        (("--null-means", "none=Consignee"), "no attribute"),
        (("--near", "much"), "much"),
        (("--near", "101"), "101"),
        (("--add", "facts"), "facts"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_at_once(
    run: Run, folder: Path, options: tuple[str, ...], words: str
) -> None:
    result, _ = _screen(run, folder, "item,end_use,Consignee,date\nholmium,civil,Nobody,2025-12-01\n", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not (folder / "out.csv").exists()


def test_a_column_that_nearly_bears_the_name_of_an_attribute_is_pointed_out(run: Run, folder: Path) -> None:
    result, _ = _screen(run, folder, "item,End Use,end_user,date\ncerium,civil,Nobody,2025-12-01\n")
    assert "End Use" in result.stderr and "--map end_use=" in result.stderr


def test_scenario_and_known_on_hold_for_the_whole_file(run: Run, folder: Path) -> None:
    rows = HEADER + "1,holmium,civil,N,2026-08-01\n2,holmium,civil,N,2026-02-01\n"
    assert [row["outcome"] for row in _screen(run, folder, rows)[1]] == ["license", "allow"]
    assert [row["outcome"] for row in _screen(run, folder, rows, "--scenario", "extended")[1]] == ["allow", "allow"]
    known = _screen(run, folder, rows, "--known-on", "2025-11-01")[1]
    assert [row["outcome"] for row in known] == ["license", "license"]


def test_the_strictest_can_be_asked_for(run: Run, folder: Path) -> None:
    result, (row,) = _screen(run, folder, HEADER + "1,holmium,,N,2025-12-01\n", "--strictest")
    assert (result.exit_code, row["outcome"]) == (0, "deny")


def test_more_of_the_decision_can_be_added(run: Run, folder: Path) -> None:
    _, rows = _screen(run, folder, DECIDED, "--add", "since", "--add", "mark", "--add", "by_instrument")
    assert [row["since"] for row in rows] == ["2025-11-08", ""]
    assert [row["mark"] for row in rows] == ["", "otherwise"]
    assert json.loads(rows[0]["by_instrument"]) == {"notice_7": "license"}


def test_a_name_that_says_no_format_needs_an_option(run: Run, folder: Path) -> None:
    _write(folder, "in.txt", DECIDED)
    assert run("screen", "policy", "in.txt").exit_code == 2
    assert run("screen", "policy", "in.txt", "--input-format", "csv").exit_code == 0
    assert run("screen", "policy", "in.txt", "--input-format", "csv", "-o", "out.txt").exit_code == 2


def test_an_output_that_cannot_be_written_is_no_answer(run: Run, folder: Path) -> None:
    result = run("screen", "policy", _write(folder, "in.csv", DECIDED), "-o", "nowhere/out.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere/out.csv" in result.stderr


def test_a_file_may_be_replaced_by_its_own_screening(run: Run, folder: Path) -> None:
    result = run("screen", "policy", _write(folder, "in.csv", DECIDED), "-o", "in.csv")
    assert result.exit_code == 0
    assert [row["outcome"] for row in csv.DictReader((folder / "in.csv").open())] == ["license", "allow"]


# ---------------------------------------------------------------- near matches


def _near(run: Run, folder: Path, name: str, item: str = "cerium", *options: str) -> tuple[Result, dict[str, str]]:
    result, (row,) = _screen(run, folder, HEADER + f'1,{item},civil,"{name}",2025-12-01\n', *options)
    return result, row


def test_a_listed_name_decides(run: Run, folder: Path) -> None:
    result, row = _near(run, folder, "ACME  rockets INC.")
    assert (result.exit_code, row["outcome"], row["near"]) == (0, "prohibit", "")


def test_a_nearly_listed_name_is_never_free(run: Run, folder: Path) -> None:
    result, row = _near(run, folder, "Acme Rocket Inc")
    found = json.loads(result.stdout)
    assert (result.exit_code, row["outcome"], row["controls"]) == (1, "undetermined", "")
    assert row["near"].startswith("banned: Acme Rockets Inc. (")
    assert "Acme Rockets Inc." in row["problem"]
    assert (found["near_matches"], found["problems"]) == (1, {"near-match": 1})


def test_a_near_match_of_a_name_in_two_roles_is_shown_once(run: Run, folder: Path) -> None:
    _write(folder / "policy", "parties.csv", "name\nAcme Rockets Inc.\n")
    _write(
        folder / "policy",
        "rules.rpol",
        'attribute end_user entity attribute importer entity list banned from "parties.csv"\n'
        "control any as ban when end_user in banned or importer in banned prohibit\n",
    )
    text = "end_user,importer,date\nAcme Rocket,Acme Rocket,2025-12-01\n"
    _, (row,) = _screen(run, folder, text)
    assert row["near"].startswith("banned: Acme Rockets Inc. (") and "|" not in row["near"]


def test_a_near_match_leaves_open_what_it_would_change(run: Run, folder: Path) -> None:
    _, row = _near(run, folder, "Acme Rocket Inc", "holmium")
    assert row["outcome"] == "undetermined"
    assert "licence required" in row["problem"] and "banned" in row["problem"]


def test_a_near_match_that_changes_nothing_is_shown_and_counted(run: Run, folder: Path) -> None:
    (folder / "policy" / "more.rpol").write_text("control erbium as total under notice_7 prohibit\n", encoding="utf-8")
    result, row = _near(run, folder, "Acme Rocket Inc", "erbium")
    assert (result.exit_code, row["outcome"], row["problem"]) == (0, "prohibit", "")
    assert row["near"].startswith("banned: Acme Rockets Inc.")
    assert json.loads(result.stdout)["near_matches"] == 1


def test_rows_with_near_matches_can_be_decided_as_given(run: Run, folder: Path) -> None:
    result, row = _near(run, folder, "Acme Rocket Inc", "cerium", "--decide-near")
    assert (result.exit_code, row["outcome"]) == (0, "allow")
    assert row["near"].startswith("banned: Acme Rockets Inc.")


def test_near_matches_can_be_turned_off(run: Run, folder: Path) -> None:
    result, row = _near(run, folder, "Acme Rocket Inc", "cerium", "--near", "off")
    assert (result.exit_code, row["outcome"]) == (0, "allow")
    assert "near" not in row


def test_the_score_is_a_matter_of_choice(run: Run, folder: Path) -> None:
    assert _near(run, folder, "Acme Docket Inc", "cerium", "--near", "100")[1]["outcome"] == "allow"
    assert _near(run, folder, "Acme Docket Inc", "cerium", "--near", "60")[1]["outcome"] == "undetermined"


def test_an_assumed_name_is_looked_for_too(run: Run, folder: Path) -> None:
    _, (row,) = _screen(run, folder, "item,date\ncerium,2025-12-01\n", "--assume", "end_user=Acme Rocket Inc")
    assert row["outcome"] == "undetermined"


def test_near_matches_in_json_have_list_name_and_score(run: Run, folder: Path) -> None:
    text = '{"item": "cerium", "end_user": "Acme Rocket Inc", "date": "2025-12-01"}\n'
    run("screen", "policy", _write(folder, "in.jsonl", text), "-o", "out.jsonl")
    (row,) = _lines((folder / "out.jsonl").read_text())
    (near,) = row["near"]
    assert (near["attribute"], near["given"]) == ("end_user", "Acme Rocket Inc")
    assert (near["list"], near["name"]) == ("banned", "Acme Rockets Inc.")
    assert 85 <= near["score"] < 100
