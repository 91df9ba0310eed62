"""Rows of one kind are decided once: the answers are those of rows decided one by one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import rpolc
from rpol import RpolError, Table
from rpolc.screen.alike import Alike
from rpolc.screen.facts import reading
from rpolc.screen.settings import Settings

POLICY = """\
attribute item one of "items.csv" optional
attribute end_use set of civil, military, chip
attribute end_user entity
attribute node number nm optional
attribute layers integer optional
attribute share percent
attribute dual boolean optional
attribute day_made date optional
instrument first "First" issued 2025-01-10
instrument second "Second" issued 2025-03-01 suspend first effective 2025-04-01 through 2025-06-30
scenario longer "Longer" suspend first effective 2025-07-01 through 2025-09-30
list banned from "banned.csv"
list rare of item from "rare.csv"
fact not node none when end_use chip
control in_metals as metals under first require license
  deny under "2" when end_use military or end_user in banned
  review under "3" when node <= 14 nm and layers >= 100
  exempt under "4" when share < 10% duty "report"
control any as scarce under second when item in rare and not dual
  prohibit when day_made < 2025-02-01
oblige plain as labels under first duty "label it"
group in_metals = metals_all
otherwise allow
"""
ITEMS = "value,parent\nmetals_all,\nholmium,metals_all\nerbium,metals_all\nplain,\nplastic,plain\nglass,plain\n"
BANNED = "name,under\nAcme,first\nAcme Two,first\nBorealis,second\nCygnus,\n"
RARE = "name\nholmium\n"

VALUES = {
    "item": [
        "holmium",
        "erbium",
        "metals_all",
        "plain",
        "plastic",
        "glass",
        "none",
        "",
        None,
        ["holmium", "plastic"],
        "holmium|erbium",
    ],
    "end_use": ["civil", "military", "civil|chip", ["chip"], "none", "", []],
    "end_user": ["Acme", " acme ", "Acme Two", "Borealis", "Cygnus", "Nobody", "Somebody", None, ["Nobody", "Acme"]],
    "node": ["14 nm", "14.0", "0.014 um", 14, 15, 28.5, "none", None],
    "layers": [99, "100", 128, True, "none", ""],
    "share": ["5%", 0.05, "0.05", "10%", 1, True],
    "dual": ["yes", True, 1, "no", False, "none", None],
    "day_made": ["2025-01-31", "2025-02-01", "2024-02-01T10:00", "none", ""],
    "date": ["2025-01-01", "2025-02-01", "2025-04-01", "2025-06-30", "2025-07-01", "2026-01-01", ""],
    "known_on": ["", None, "2025-02-01", "2025-03-01"],
    "scenario": [None, "longer", "", "shorter"],
}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    folder = tmp_path_factory.mktemp("policy")
    for name, text in (("p.rpol", POLICY), ("items.csv", ITEMS), ("banned.csv", BANNED), ("rare.csv", RARE)):
        (folder / name).write_text(text, encoding="utf-8")
    return rpolc.compile(Path(folder))


def _settings(table: Table, **more: object) -> Settings:
    return Settings(reading([one.name for one in table.attributes], {}, frozenset()), **more)  # type: ignore[arg-type]


def _told(table: Table, facts: dict[str, object], **more: object) -> object:
    """Return all that a decision tells but the facts and days it repeats, or the kind of error."""
    try:
        decision = table.decide(facts, **more)  # type: ignore[arg-type]
    except RpolError as error:
        return type(error).__name__
    repeated = ("facts", "date", "known_on", "scenario")
    return {key: value for key, value in decision.to_dict().items() if key not in repeated}


@pytest.mark.parametrize("assume", [{}, {"item": "erbium", "share": "20%", "dual": "no", "node": "none"}])
def test_facts_of_one_kind_have_one_answer(table: Table, assume: dict[str, object]) -> None:
    alike = Alike(table.contents, _settings(table, assume=assume))
    chance = random.Random(8)
    met = 0
    for _ in range(60):
        facts = {name: chance.choice(values) for name, values in VALUES.items() if chance.random() < 0.85}
        kind, answer = alike.kind(facts), _told(table, facts, assume=assume)
        assert kind is not None or isinstance(answer, str)
        for name, values in VALUES.items():
            for value in values:
                other = {**facts, name: value}
                if kind is not None and value is not facts.get(name) and alike.kind(other) == kind:
                    met += 1
                    assert _told(table, other, assume=assume) == answer, (facts, name, value)
    assert met > 200


def test_a_value_that_may_stand_for_several_is_of_another_kind_than_these(table: Table) -> None:
    alike = Alike(table.contents, _settings(table))
    known = {
        "end_use": "civil", "end_user": "Nobody", "node": "none", "layers": "none", "share": "50%", "dual": "none",
        "day_made": "none", "date": "2025-02-01", "item": "glass",
    }  # fmt: skip
    # The duty ends with the suspension and the outcome does not: of an unknown good only the outcome is followed.
    assert table.decide(known).through == "2025-03-31"
    assert table.decide({**known, "item": "plain"}).through is None
    assert alike.kind(known) == alike.kind({**known, "item": "plastic"}) != alike.kind({**known, "item": "plain"})


def test_a_column_of_known_on_is_not_read_where_it_is_set(table: Table) -> None:
    alike = Alike(table.contents, _settings(table, known_on="2025-02-01"))
    assert alike.kind({"known_on": "never", "date": "2025-02-01"}) is not None


def test_unlisted_names_are_of_one_kind_and_listed_ones_are_not(table: Table) -> None:
    alike = Alike(table.contents, _settings(table))
    assert alike.kind({"end_user": "Nobody"}) == alike.kind({"end_user": "Somebody"})
    assert alike.kind({"end_user": "ACME"}) == alike.kind({"end_user": " acme"})
    assert len({alike.kind({"end_user": name}) for name in ("Nobody", "Acme", "Acme Two", "Borealis")}) == 4
