"""The table as an embedding program holds on to it (interfaces.md of the project: Python)."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from tests.unit.runtime.worlds import holmium

import rpol
from rpol.runtime import errors
from rpol.runtime.decision import Decision
from rpol.runtime.table import Table

FACTS = {"item": "holmium", "end_use": "military", "date": "2025-12-01"}


@pytest.fixture
def table() -> Table:
    return Table(holmium())


def test_the_door_is_small() -> None:
    assert set(rpol.__all__) == {"Decision", "RpolError", "Table", "__version__", "load"}


def test_a_saved_table_loads_and_decides_the_same(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "policy.table"
    path.write_bytes(table.to_bytes())
    for where in (path, str(path)):
        loaded = rpol.load(where)
        assert loaded.digest == table.digest == sha256(path.read_bytes()).hexdigest()
        assert loaded.decide(FACTS) == table.decide(FACTS)


def test_what_is_no_table_is_an_rpol_error_that_names_the_file(tmp_path: Path) -> None:
    policy = tmp_path / "policy.rpol"
    policy.write_text("control holmium", encoding="utf-8")
    for path in (policy, tmp_path, tmp_path / "missing"):
        with pytest.raises(rpol.RpolError, match=path.name):
            rpol.load(path)


def test_a_key_is_never_passed_over(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "policy.table"
    path.write_bytes(table.to_bytes())
    with pytest.raises(rpol.RpolError, match="signature"):
        rpol.load(path, key="abc")


def test_a_table_pickles_as_its_bytes(table: Table) -> None:
    for again in (pickle.loads(pickle.dumps(table)), copy.deepcopy(table)):
        assert again.to_bytes() == table.to_bytes()
        assert again.decide(FACTS) == table.decide(FACTS)
    assert len(pickle.dumps(table)) < len(table.to_bytes()) + 200


def test_a_decision_pickles_with_all_it_holds(table: Table) -> None:
    for facts in (FACTS, {"date": "2025-12-01"}):
        decision = table.decide(facts)
        again = pickle.loads(pickle.dumps(decision))
        assert isinstance(again, Decision)
        assert again == table.decide(facts)
        assert again.to_dict() == decision.to_dict()


def test_every_error_is_an_rpol_error_and_pickles() -> None:
    found = [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, Exception) and one.__module__ == errors.__name__
    ]
    assert len(found) >= 8
    for kind in found:
        assert issubclass(kind, rpol.RpolError)
        again = pickle.loads(pickle.dumps(kind("what to write")))
        assert (type(again), str(again)) == (kind, "what to write")


def test_threads_share_a_table() -> None:
    requests: Sequence[dict[str, object]] = [
        {"item": item, "end_use": use, "date": date}
        for item in ("holmium", "erbium", "rare", None)
        for use in ("military", "civil", None)
        for date in ("2025-11-07", "2025-11-08")
    ] * 5
    expected = [Table(holmium()).decide(request).to_dict() for request in requests]
    fresh = Table(holmium())  # nothing in it is worked out yet when the threads meet
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda request: fresh.decide(request).to_dict(), requests)) == expected


def test_facts_come_as_mapping_keywords_or_both(table: Table) -> None:
    assert (
        table.decide(FACTS)
        == table.decide(**FACTS)
        == table.decide({"item": "holmium"}, end_use="military", date="2025-12-01")
    )  # type: ignore[arg-type]


def test_importing_rpol_loads_the_runtime_alone() -> None:
    program = (
        "import sys, rpol\n"
        "heavy = {'lark', 'numpy', 'pandas', 'pyarrow', 'click', 'rich', 'rapidfuzz', 'rpolc'}\n"
        "floors = {'rpol.text', 'rpol.syntax', 'rpol.model'}\n"
        "assert 'rpol.runtime.table' in sys.modules\n"
        "found = (heavy | floors) & set(sys.modules)\n"
        "assert not found, found\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------- many

ROWS = [
    {"item": "holmium", "end_use": "military", "date": "2025-12-01", "ref": 1},
    {"item": "holmum", "end_use": "military", "date": "2025-12-01", "ref": 2},
    {"item": "holmium", "end_use": None, "date": "2025-12-01", "ref": 3},
    {"item": "iron", "end_use": "", "date": "2025-12-01", "ref": 4},
    {"item": "holmium", "end_use": "civil", "date": None, "ref": 5},
]


def test_no_row_is_dropped_and_other_columns_pass_through(table: Table) -> None:
    answers = list(table.decide_many(ROWS))
    assert [answer["ref"] for answer in answers] == [1, 2, 3, 4, 5]
    assert [answer["outcome"] for answer in answers] == ["deny", None, "undetermined", "allow", None]
    assert [answer["controls"] for answer in answers] == [["holmium"], [], [], [], []]
    assert answers[0]["problem"] is None
    assert "holmium" in str(answers[1]["problem"])
    assert "end_use" in str(answers[2]["problem"])
    assert answers[3]["problem"] is None
    assert "date" in str(answers[4]["problem"])


def test_columns_may_be_given_instead_of_rows(table: Table) -> None:
    columns = {name: [row[name] for row in ROWS] for name in ROWS[0]}
    assert list(table.decide_many(columns)) == list(table.decide_many(ROWS))


def test_rows_are_answered_as_they_come(table: Table) -> None:
    def endless() -> object:
        while True:
            yield ROWS[0]

    first = next(iter(table.decide_many(endless())))  # type: ignore[arg-type]
    assert first["outcome"] == "deny"


def test_more_is_told_when_asked_for(table: Table) -> None:
    (answer,) = table.decide_many(ROWS[:1], columns=("outcome", "digest", "decision"))
    assert answer["digest"] == table.digest
    assert answer["decision"] == table.decide(FACTS)


def test_a_row_that_is_no_mapping_is_marked_too(table: Table) -> None:
    answers = list(table.decide_many([None, ROWS[0]]))  # type: ignore[list-item]
    assert [bool(answer["problem"]) for answer in answers] == [True, False]
