"""`rpolc why-not`: the fewest facts that would have to be other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rpolc.cli import main

POLICY = """\
attribute item one of a, b
attribute to   one of home, abroad
attribute use  set of civil, military
attribute share percent optional

control a as net effective 2025-11-08
  require license when to abroad and share >= 10%
  deny when use military
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "net.rpol"
    path.write_text(POLICY, encoding="utf-8")
    return path


def ask(policy: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["why-not", str(policy), *arguments])
    return result.exit_code, result.stdout, result.stderr


def data(policy: Path, *arguments: str) -> dict[str, object]:
    status, out, _ = ask(policy, *arguments, "--format", "json")
    assert status in (0, 1)
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


DENIED = ("item=a", "to=abroad", "use=military", "share=20%", "date=2025-12-01")


def test_every_way_with_the_fewest_changes_is_told(policy: Path) -> None:
    found = data(policy, *DENIED)
    assert found["possible"] == ["deny"]
    assert (found["changed"], found["first_day"]) == (1, None)
    ways = found["ways"]
    assert isinstance(ways, list)
    assert {way["change"] for way in ways} == {"item b", "to home", "(share < 10% or share none)"}


def test_what_cannot_change_is_held(policy: Path) -> None:
    ways = data(policy, *DENIED, "--hold", "item,to")["ways"]
    assert isinstance(ways, list)
    assert [way["attributes"] for way in ways] == [["share"]]


def test_another_outcome_may_be_wanted(policy: Path) -> None:
    ways = data(policy, *DENIED, "--want", "license")["ways"]
    assert isinstance(ways, list)
    assert [way["change"] for way in ways] == ["use not military"]


def test_or_milder(policy: Path) -> None:
    ways = data(policy, *DENIED, "--want", "license", "--or-milder")["ways"]
    assert isinstance(ways, list)
    assert len(ways) == 4


def test_two_facts_where_one_is_not_enough(policy: Path) -> None:
    found = data(policy, "item=b", "to=home", "share=20%", "use=civil", "date=2025-12-01", "--want", "license")
    ways = found["ways"]
    assert isinstance(ways, list)
    assert found["changed"] == 2
    assert [way["attributes"] for way in ways] == [["item", "to"]]


def test_the_first_day(policy: Path) -> None:
    arguments = ("item=a", "to=abroad", "use=military", "share=20%", "date=2025-10-01")
    found = data(policy, *arguments, "--want", "deny")
    assert (found["ways"], found["first_day"]) == ([], "2025-11-08")


def test_what_is_not_given_may_be_anything(policy: Path) -> None:
    status, out, _ = ask(policy, "item=a", "to=abroad", "share=20%", "date=2025-12-01", "--want", "license")
    assert status == 0
    assert "where use not military" in out


def test_nothing_leads_there(policy: Path) -> None:
    status, out, _ = ask(policy, *DENIED, "--want", "prohibit")
    assert status == 1
    assert "No change of up to 4 facts leads there." in out


def test_a_table_is_asked_as_well(policy: Path, tmp_path: Path) -> None:
    table = tmp_path / "net.table"
    assert CliRunner().invoke(main, ["build", str(policy), "-o", str(table)]).exit_code == 0
    assert data(table, *DENIED) == data(policy, *DENIED)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("item=a",), "date"),
        (("item=c", "date=2025-12-01"), "`c`"),
        (("item=a|b", "date=2025-12-01"), "several values"),
        ((*DENIED, "--hold", "itm"), "no attribute"),
        ((*DENIED, "--steps", "1"), "not-decided"),
    ],
)
def test_what_cannot_be_asked(policy: Path, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = ask(policy, *arguments)
    assert status == 2
    assert said in err
