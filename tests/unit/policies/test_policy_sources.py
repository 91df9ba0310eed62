"""Every fact of the research notes has its place: each item a node, each listed name a row, each claim an example."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.unit.policies.reading import rows

from rpol.runtime.numerals import day_text
from rpolc.pipeline import Checked

CODE = re.compile(r"\d+[A-Za-z]\w*(\.\w+)*")
NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)*")
EXAMPLE = re.compile(r'^example\s+"([^"]*)"', re.MULTILINE)

# ---------------------------------------------------------------- items


def test_every_row_of_the_notes_has_a_node_of_the_catalogue() -> None:
    notes = rows("sources/items.csv")
    mapped = rows("vocabulary/rows.csv")
    nodes = {row["value"] for row in rows("vocabulary/items.csv")}
    assert len(notes) == 283
    assert [int(row["row"]) for row in mapped] == list(range(1, len(notes) + 1))
    for note, row in zip(notes, mapped, strict=True):
        assert {key: row[key] for key in note} == note
        assert row["node"] in nodes, row["row"]


def test_every_row_that_is_no_other_row_s_good_has_a_node_of_its_own() -> None:
    mapped = rows("vocabulary/rows.csv")
    assert {row["relation"] for row in mapped} == {"own node", "same goods"}
    own = Counter(row["node"] for row in mapped if row["relation"] == "own node")
    assert [node for node, count in own.items() if count > 1] == []
    parents = {row["parent"] for row in rows("vocabulary/items.csv")}
    assert [node for node in own if node in parents] == []


def test_a_code_is_its_node_and_stands_below_the_code_up_to_its_last_dot() -> None:
    parents: dict[str, set[str]] = {}
    for row in rows("vocabulary/items.csv"):
        parents.setdefault(row["value"], set()).add(row["parent"])
    coded = [row for row in rows("vocabulary/rows.csv") if CODE.fullmatch(row["control_code"])]
    assert len(coded) > 200
    for row in coded:
        repeated = row["control_code"] in ("1E902.a", "1E902.b")
        assert row["node"].rpartition(".")[0] == row["control_code"] if repeated else row["node"] == row["control_code"]
    for value, above in parents.items():
        if CODE.fullmatch(value) and "." in value and value != "3C902.b.2":
            assert above == {value.rpartition(".")[0]}, value
    # Two readers give 3C902.b.2, the series suggests 3C901.b.2: the good stands below both.
    assert parents["3C902.b.2"] == {"3C902.b", "3C901.b.2"}


def test_what_has_no_code_has_a_local_name() -> None:
    count: Counter[str] = Counter()
    looked_at = 0
    for row in rows("vocabulary/rows.csv"):
        count[row["instrument"]] += 1
        instrument = re.sub(r"^MOFCOM-(GAC-)?", "", row["instrument"]).replace("-", "_")
        if row["relation"] == "own node" and not row["control_code"]:
            assert row["node"] == f"local_{instrument}_{count[row['instrument']]}"
            looked_at += 1
        if row["relation"] == "own node" and row["control_code"].startswith("local:"):
            assert row["node"] == row["control_code"].replace(":", "_").replace("-", "_")
            looked_at += 1
    assert looked_at == 14 + 2 + 11 + 3


def test_every_node_is_a_word_of_the_language_and_has_a_label() -> None:
    for row in rows("vocabulary/items.csv"):
        assert CODE.fullmatch(row["value"]) or NAME.fullmatch(row["value"]), row["value"]
        assert row["label"], row["value"]


def test_the_annex_of_announcement_61_is_its_rows(checked: Checked) -> None:
    assert checked.policy is not None
    mapped = {row["control_code"]: row["node"] for row in rows("vocabulary/rows.csv")}
    text = (Path(__file__).parents[3] / "policies/instruments/mofcom-2025-61.rpol").read_text(encoding="utf-8")
    for group, prefix, entries in (("annex_1_part_1", "local:61-A1P1", 13), ("annex_1_part_2", "local:61-A1P2", 7)):
        written = re.search(rf"^group {group} =\s*((?:[\w.]+,\s*)*[\w.]+)", text, re.MULTILINE)
        assert written is not None
        nodes = sorted(node for code, node in mapped.items() if code.startswith(prefix))
        assert len(nodes) == entries
        assert sorted(re.split(r",\s*", written[1])) == nodes


# ---------------------------------------------------------------- parties


def notice(name: str) -> str:
    """Return the name that the policy gives to a notice."""
    if name == "ANTI-SANCTION MOFCOM Order 2025-6":
        return "order_2025_6"
    kind, number = name.split()
    return f"{kind.lower()}_{number.replace('-', '_')}"


FILES = {
    "UEL": "lists/unreliable-entities.csv",
    "CONTROL": "lists/control-list.csv",
    "WATCH": "lists/watch-list.csv",
    "ANTI-SANCTION": "lists/anti-sanctions.csv",
}


@pytest.mark.parametrize("kind", FILES)
def test_every_listed_name_stands_in_its_list_under_its_notice(kind: str) -> None:
    notes = [row for row in rows("sources/entities.csv") if row["list"].split()[0] == kind]
    listed = rows(FILES[kind])
    assert notes
    assert [(row["name"], row["under"], row["effective"], row["through"]) for row in listed] == [
        (note["entity"], notice(note["list"]), note["effective"], "") for note in notes
    ]
    assert [(row["measure"], row["notice"], row["country"], row["source_url"]) for row in listed] == [
        (note["measure"], note["list"], note["country"], note["source_url"]) for note in notes
    ]


def test_no_listed_name_is_left_out() -> None:
    assert sum(len(rows(file)) for file in FILES.values()) == len(rows("sources/entities.csv")) == 275


def test_the_notices_have_the_days_and_addresses_of_the_notes(checked: Checked) -> None:
    policy = checked.policy
    assert policy is not None
    for note in rows("sources/entities.csv"):
        law = policy.instruments[notice(note["list"])]
        assert law.issued is not None and law.window.start is not None
        assert (day_text(law.issued), day_text(law.window.start)) == (note["listed_on"], note["effective"])
        assert law.cite == note["source_url"]


def test_announcements_of_2026_bind_parties_abroad() -> None:
    for row in rows("lists/control-list.csv"):
        assert row["binds"] == ("parties abroad too" if "nobody abroad" in row["measure"] else "exporters in China")


def test_the_rows_of_the_suspended_listing_are_those_of_announcement_21() -> None:
    suspended = [(row["name"], row["aliases"]) for row in rows("lists/listed-though-suspended.csv")]
    assert len(suspended) == 16
    listed = [row for row in rows("lists/control-list.csv") if row["under"] == "control_2025_21"]
    assert suspended == [(row["name"], row["aliases"]) for row in listed]


def test_ownership_ships_without_facts() -> None:
    assert rows("lists/ownership.csv") == []


# ---------------------------------------------------------------- claims


def test_every_claim_has_an_example_or_a_reason(folder: Path) -> None:
    claims = [int(row["claim"]) for row in rows("sources/claims.csv")]
    assert claims == list(range(1, 66))
    table = rows("examples/claims.csv")
    assert sorted({int(row["claim"]) for row in table}) == claims
    for row in table:
        assert bool(row["example"]) != bool(row["reason"]), row
    reasons = [int(row["claim"]) for row in table if row["reason"]]
    assert len(reasons) == len(set(reasons))
    assert not set(reasons) & {int(row["claim"]) for row in table if row["example"]}


def test_the_examples_of_the_table_are_the_examples_of_the_policy(folder: Path) -> None:
    written = [text for path in folder.rglob("*.rpol") for text in EXAMPLE.findall(path.read_text(encoding="utf-8"))]
    assert len(written) == len(set(written)), "two examples have the same text"
    of_claims = {text for text in written if re.match(r"claim \d+:", text)}
    named = [row["example"] for row in rows("examples/claims.csv") if row["example"]]
    assert set(named) == of_claims
    for row in rows("examples/claims.csv"):
        assert not row["example"] or row["example"].startswith(f"claim {row['claim']}:")


def test_a_claim_that_stands_on_an_encoded_instrument_has_an_example() -> None:
    """Claims that the notes rest on these instruments have examples, but for those that state no rule of their own."""
    reasons = {int(row["claim"]): row["reason"] for row in rows("examples/claims.csv") if row["reason"]}
    instrument = re.compile(r"^(18|57|58|61|62|UEL 10)\b")
    on_these = [int(row["claim"]) for row in rows("sources/claims.csv") if instrument.match(row["stands_on"])]
    assert len(on_these) >= 30
    assert {claim for claim in on_these if claim in reasons} == {44, 45}
