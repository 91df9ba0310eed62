"""`rpolc diff`: what is compared, the exit statuses, and the three formats. Git revisions: `test_diff_revisions.py`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import PARTIES, POLICY, Run

# The same without the suspension, so that a change takes place on one span of days.
PLAIN = "".join(
    part for part in re.split(r"(?m)^(?=[a-z])", POLICY) if not part.startswith(("instrument notice_9", "sc"))
)
MILITARY = 'deny under "2" when end_use military'


@pytest.fixture
def write(folder: Path) -> Any:
    """Writes a policy into a folder of its own and returns the folder's name."""

    def written(name: str, text: str, parties: str = PARTIES) -> str:
        (folder / name).mkdir()
        (folder / name / "rules.rpol").write_text(text, encoding="utf-8")
        (folder / name / "parties.csv").write_text(parties, encoding="utf-8")
        return name

    return written


@pytest.fixture
def loosened(write: Any) -> tuple[str, str]:
    """A policy, and one in which a military end use in Germany needs only a licence."""
    return write("old", PLAIN), write("new", PLAIN.replace(MILITARY, f"{MILITARY} and destination not DE"))


def compared(run: Run, *arguments: str) -> Any:
    return json.loads(run("diff", *arguments, "--format", "json").stdout)


# ---------------------------------------------------------------- the same, different, no answer


def test_a_policy_is_the_same_as_itself(run: Run) -> None:
    result = run("diff", "policy", "policy")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "No decision changes."


def test_file_names_order_and_comments_change_no_decision(run: Run, folder: Path) -> None:
    """The same statements in two files, the last first."""
    statements = re.split(r"\n(?=[a-z])", POLICY)
    assert len(statements) == 7
    other = folder / "other"
    other.mkdir()
    (other / "a.rpol").write_text("-- the end\n" + "\n".join(reversed(statements[4:])) + "\n", encoding="utf-8")
    (other / "deep").mkdir()
    (other / "deep" / "b.rpol").write_text(
        "\n".join(reversed(statements[:4])) + "\n# the beginning\n", encoding="utf-8"
    )
    (other / "parties.csv").write_text(
        "under,name\nnotice_7,Borealis Dynamics Limited\nnotice_7,Acme Rockets Inc.\n", encoding="utf-8"
    )
    result = run("diff", "policy", "other")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "No decision changes."


def test_what_only_reasons_say_is_no_difference(run: Run, write: Any) -> None:
    text = POLICY.replace('under notice_7 "3"', 'under notice_7 "4"').replace("holmium_rule", "the_rule")
    assert run("diff", "policy", write("other", text)).exit_code == 0


def test_a_loosened_clause_is_exactly_one_region(run: Run, loosened: tuple[str, str]) -> None:
    old, new = loosened
    result = run("diff", old, new)
    assert result.exit_code == 1
    assert "loosened: deny (licence refused in principle) -> license (licence required)" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 change: 1 loosened."
    (change,) = compared(run, old, new)["changes"]
    assert (change["old"], change["new"], change["direction"]) == ("deny", "license", "loosened")
    assert change["witness"]["destination"] == "DE"
    assert change["witness"]["end_use"] == ["military"]


def test_what_can_be_asked_about_without_more_dates_comes_first(run: Run, write: Any) -> None:
    """The suspension was made known on 20 November 2025, so that before it more days differ."""
    new = write("new", POLICY.replace(MILITARY, f"{MILITARY} and destination not DE"))
    witnesses = [change["witness"] for change in compared(run, "policy", new)["changes"]]
    further = ["known_on" in case or "scenario" in case for case in witnesses]
    assert further[0] is False
    assert further == sorted(further)
    assert any(further)


def test_both_directions_mirror_each_other(run: Run, loosened: tuple[str, str]) -> None:
    old, new = loosened
    there, back = compared(run, old, new), compared(run, new, old)
    assert [change["direction"] for change in back["changes"]] == ["tightened"]
    assert back["changes"][0]["region"] == there["changes"][0]["region"]


def test_another_duty_is_a_difference_of_its_own(run: Run, write: Any) -> None:
    new = write("new", POLICY.replace("report within 10 days", "report within 5 days"))
    found = compared(run, "policy", new)
    assert found["counts"]["loosened"] == found["counts"]["tightened"] == 0
    changes = found["changes"]
    assert {(change["old"], change["new"], change["direction"]) for change in changes} >= {
        ("license", "license", "other")
    }
    for change in changes:
        (gone,), (owed,) = change["duties_gone"], change["duties_new"]
        assert gone == {"text": "report within 10 days", "instrument": "notice_7", "route": None}
        assert owed == {"text": "report within 5 days", "instrument": "notice_7", "route": None}
    assert "as before" in run("diff", "policy", new).stdout


@pytest.mark.parametrize(
    ("changed", "fail_on", "status"),
    [
        ("loosened", ("loosened",), 1),
        ("loosened", ("tightened",), 0),
        ("loosened", ("tightened", "other"), 0),
        ("loosened", ("other", "loosened"), 1),
        ("loosened", ("any",), 1),
        ("tightened", ("loosened",), 0),
        ("tightened", ("tightened",), 1),
        ("other", ("other",), 1),
        ("other", ("loosened", "tightened"), 0),
    ],
)
def test_only_what_is_asked_for_fails(
    run: Run, write: Any, changed: str, fail_on: tuple[str, ...], status: int
) -> None:
    text = {
        "loosened": POLICY.replace(MILITARY, f"{MILITARY} and destination not DE"),
        "tightened": POLICY.replace(MILITARY, 'prohibit under "2" when end_use military'),
        "other": POLICY.replace("10 days", "5 days"),
    }[changed]
    asked = [word for way in fail_on for word in ("--fail-on", way)]
    assert run("diff", "policy", write("new", text), *asked).exit_code == status


def test_a_comparison_that_gives_up_says_so_and_never_that_all_is_the_same(run: Run, loosened: tuple[str, str]) -> None:
    old, new = loosened
    result = run("diff", old, new, "--steps", "1")
    assert result.exit_code == 2
    assert "not-decided" in result.stderr
    assert result.stdout == ""


def test_a_policy_with_errors_is_shown_and_not_compared(run: Run, write: Any) -> None:
    result = run("diff", "policy", write("broken", POLICY + "control erbiun\n"))
    assert result.exit_code == 2
    assert "unknown-" in result.stderr
    assert "broken has errors" in result.stderr
    assert result.stdout == ""


def test_contradictions_do_not_keep_from_comparing(run: Run, write: Any) -> None:
    """What only a check of all cases finds is not asked for here."""
    new = write("new", POLICY + "control holmium as free allow when end_use civil\n")
    assert run("check", "new").exit_code == 1
    assert run("diff", "policy", new).exit_code in (0, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("policy",),
        ("policy", "policy", "policy"),
        ("policy", "nowhere"),
        ("../nowhere", "policy"),
        ("policy", "policy", "--date", "2025-12-01", "2026-02-01"),
        ("policy", "policy", "--scenario", "base", "extended"),
        ("policy", "--scenario", "base"),
        ("policy", "--date", "2025-12-01", "1 March"),
        ("policy", "--scenario", "base", "extended", "--date", "2025-12-01", "2026-02-01"),
        ("policy", "policy", "--steps", "0"),
        ("policy", "policy", "--fail-on", "better"),
    ],
)
def test_mistakes_of_usage(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("diff", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "Internal" not in result.stderr


# ---------------------------------------------------------------- tables, scenarios, days


def test_a_table_is_the_same_as_the_policy_it_is_of(run: Run, table: Path) -> None:
    assert run("diff", str(table), "policy").exit_code == 0
    assert run("diff", "policy", str(table)).exit_code == 0


def test_a_table_and_a_changed_policy(run: Run, table: Path, folder: Path) -> None:
    rules = folder / "policy" / "rules.rpol"
    rules.write_text(POLICY.replace(MILITARY, f"{MILITARY} and destination not DE"), encoding="utf-8")
    result = run("diff", str(table), "policy", "--fail-on", "loosened")
    assert result.exit_code == 1
    assert "destination DE" in result.stdout


def test_a_damaged_table(run: Run, table: Path) -> None:
    content = table.read_bytes()
    table.write_bytes(content[: len(content) // 2])
    result = run("diff", str(table), "policy")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Internal" not in result.stderr


def test_scenarios_of_one_policy(run: Run) -> None:
    """Under `extended` the notice is suspended from July to December of 2026, so that nothing is required then."""
    result = run("diff", "policy", "--scenario", "base", "extended")
    assert result.exit_code == 1
    found = compared(run, "policy", "--scenario", "base", "extended")
    assert (found["old"], found["new"]) == ("without a scenario", "under extended")
    assert {change["direction"] for change in found["changes"]} == {"loosened"}
    assert {change["new"] for change in found["changes"]} == {"allow"}
    for change in found["changes"]:
        assert "2026-07-01" <= change["witness"]["date"] <= "2026-12-31"
        assert "scenario" not in change["witness"]
    assert run("diff", "policy", "--scenario", "extended", "extended").exit_code == 0


def test_a_scenario_that_is_not_there(run: Run) -> None:
    result = run("diff", "policy", "--scenario", "base", "extnded")
    assert result.exit_code == 2
    assert "`extnded` is no scenario" in result.stderr
    assert "base, extended" in result.stderr


def test_days_of_one_policy(run: Run) -> None:
    """The suspension begins on 1 January 2026; without the scenario the rules are back in July."""
    result = run("diff", "policy", "--date", "2025-12-31", "2026-01-01")
    assert result.exit_code == 1
    found = compared(run, "policy", "--date", "2025-12-31", "2026-01-01")
    assert (found["old"], found["new"]) == ("on 2025-12-31", "on 2026-01-01")
    assert {change["direction"] for change in found["changes"]} == {"loosened"}
    assert all("date" not in change["witness"] for change in found["changes"])
    assert run("diff", "policy", "--date", "2026-01-01", "2026-06-30").exit_code == 0
    assert run("diff", "policy", "--date", "2026-06-30", "2026-07-01").exit_code == 1


# ---------------------------------------------------------------- vocabularies and facts

WORDS = "attribute item one of a, b{more}\nattribute weight number kg\n"
RULE = "control a as heavy when weight > 5 kg require license\n"


def test_a_value_that_only_one_version_has_is_told_apart_and_counts(run: Run, write: Any) -> None:
    old, new = write("old", WORDS.format(more="") + RULE), write("new", WORDS.format(more=", c") + RULE)
    found = compared(run, old, new)
    assert found["changes"] == []
    assert found["apart"] == [{"side": "new", "attribute": "item", "values": ["c"]}]
    assert found["same"] is False
    result = run("diff", old, new)
    assert result.exit_code == 1
    assert "Only the new version knows item c" in result.stdout
    assert run("diff", old, new, "--fail-on", "loosened").exit_code == 0


def test_an_attribute_that_only_one_version_has_is_ignored_by_the_other(run: Run, write: Any) -> None:
    old = write("old", WORDS.format(more="") + RULE)
    idle = write("idle", WORDS.format(more="") + "attribute colour one of red, blue\n" + RULE)
    assert run("diff", old, idle).exit_code == 0
    asked = write(
        "asked",
        WORDS.format(more="") + "attribute colour one of red, blue\n" + RULE.replace("kg req", "kg and colour red req"),
    )
    (change,) = compared(run, old, asked)["changes"]
    assert (change["old"], change["new"]) == ("license", "allow")
    assert change["witness"]["colour"] == "blue"


@pytest.mark.parametrize("other", ["number g", "number", "integer"])
def test_an_attribute_of_another_kind_or_unit_is_refused(run: Run, write: Any, other: str) -> None:
    old = write("old", WORDS.format(more="") + "control a as rule require license\n")
    changed = WORDS.format(more="").replace("number kg", other)
    result = run("diff", old, write("new", changed + "control a as rule require license\n"))
    assert result.exit_code == 2
    assert "'weight' is number in kg in the old version" in result.stderr


def test_facts_that_differ(run: Run, write: Any) -> None:
    """Of b there is no case in the new version: there is nothing to compare, and that is said."""
    old = write("old", WORDS.format(more="") + RULE)
    new = write("new", WORDS.format(more="") + "fact not item b\n" + RULE)
    found = compared(run, old, new)
    assert found["changes"] == []
    assert [region["text"] for region in found["possible_in_old_only"]] == ["item b"]
    assert found["possible_in_new_only"] == []
    assert run("diff", old, new).exit_code == 1
    assert "Only in the old version a case is possible where item b" in run("diff", old, new).stdout


# ---------------------------------------------------------------- formats


def test_json_says_everything_and_stands_alone(run: Run, loosened: tuple[str, str]) -> None:
    old, new = loosened
    result = run("diff", old, new, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found.keys() >= {"format_version", "old", "new", "same", "counts", "changes", "apart"}
    assert (found["format_version"], found["old"], found["new"], found["same"]) == (1, "old", "new", False)
    assert found["counts"] == {"loosened": 1, "tightened": 0, "other": 0}
    (change,) = found["changes"]
    assert (change["old_mark"], change["new_mark"]) == (None, None)
    assert change["except"] == []
    assert change["base"] == change["region"]
    assert change["because_old"][0] | {"label": None} == {
        "control": "holmium_rule",
        "label": None,
        "effect": "deny",
        "instrument": "notice_7",
        "paragraph": "2",
        "cite": "https://example.org/notice-7",
    }
    assert [ref["effect"] for ref in change["because_new"]] == ["license"]
    assert change["instruments"] == [{"instrument": "notice_7", "old": "deny", "new": "license"}]
    assert change["duties_gone"] == change["duties_new"] == []
    assert change["kinds"] >= 1
    assert "1 change: 1 loosened." in result.stderr


def test_kinds_count_what_no_clause_tells_apart(run: Run, write: Any) -> None:
    """Items are a or another, weights up to 5 kg or more, days all alike: of a, two kinds change."""
    rule = "control a as heavy when weight > 5 kg require license\ncontrol a as all {}\n"
    old = write("old", WORDS.format(more="") + rule.format("review require license"))
    new = write("new", WORDS.format(more="") + rule.format("prohibit"))
    changes = compared(run, old, new)["changes"]
    assert {(change["old"], change["new"]) for change in changes} == {("review", "prohibit")}
    assert sum(change["kinds"] for change in changes) == 2


def test_markdown_shows_a_table_with_links_to_the_sources(run: Run, loosened: tuple[str, str]) -> None:
    old, new = loosened
    result = run("diff", old, new, "--format", "markdown")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "### Decisions: `old` → `new`"
    assert "**1 change: 1 loosened.**" in lines
    assert "#### Loosened" in lines
    (row,) = [line for line in lines if line.startswith("| **")]
    assert row.count(" | ") == 2
    assert '[deny of holmium\\_rule, notice\\_7 "2"](https://example.org/notice-7)' in row
    assert "destination=DE" in row


def test_markdown_is_not_steered_by_what_a_policy_says(run: Run, write: Any) -> None:
    duty = '"<img src=x> | [click](http://evil) `x`"'
    cite = 'cite "javascript:alert(1)"'
    text = POLICY.replace('"report within 10 days"', duty).replace('cite "https://example.org/notice-7"', cite)
    parties = PARTIES + "A | `B` `` <b>,notice_7\n"
    result = run("diff", "policy", write("new", text, parties), "--format", "markdown")
    assert result.exit_code == 1
    rows = [line for line in result.stdout.splitlines() if line.startswith("| **")]
    assert rows
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 4
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", row)
        assert "(javascript:" not in outside
        assert "<img" not in outside.replace("\\<img", "")
        assert "](http://evil" not in outside.replace("\\](http://evil", "")


def test_text_is_as_wide_as_the_terminal(run: Run, loosened: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = loosened
    for width in (80, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = run("diff", old, new).stdout.splitlines()
        assert max(map(len, lines)) <= width
