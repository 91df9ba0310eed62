"""The examples run, where their libraries are present, and show what they say."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.house.source_tree import PROJECT

EXAMPLES = PROJECT / "examples"
FACTS = {"item": "magnet", "destination": "DE", "buyer": "Example Motors", "end_use": "civil", "date": "2025-12-01"}


def _run(folder: str, *arguments: str) -> str:
    path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)
    run = subprocess.run(
        [sys.executable, "screen.py", *arguments],
        cwd=EXAMPLES / folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_every_folder_is_listed_and_explained() -> None:
    folders = {path.name for path in EXAMPLES.iterdir() if path.is_dir()} - {"policy"}
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert len(folders) >= 4
    assert [
        name for name in folders if f"]({name}/)" not in listed or not (EXAMPLES / name / "README.md").exists()
    ] == []


def test_pandas() -> None:
    pytest.importorskip("pandas")
    shown = _run("pandas", "../policy", "../shipments.csv")
    assert "S-6 magnet          FR     prohibit" in shown
    assert "S-7: " in shown
    assert "end_use" in shown


def test_duckdb() -> None:
    pytest.importorskip("duckdb")
    lines = _run("duckdb", "../policy", "../shipments.csv").replace("│", " ").splitlines()
    counted = {words[0]: words[1:] for words in map(str.split, lines) if len(words) >= 3}
    assert counted["allow"] == ["3", "DE", "FR", "KE"]
    assert counted["undetermined"] == ["1", "IT"]


def test_excel(tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    _run("excel", "../policy", "shipments.xlsx", str(tmp_path / "decided.xlsx"))
    headings, *rows = (
        calamine.CalamineWorkbook.from_path(str(tmp_path / "decided.xlsx")).get_sheet_by_index(0).to_python()
    )
    assert headings[:6] == ["Order", "Goods", "Ship to", "Consignee", "Use", "Date"]
    outcomes = {row[0]: row[headings.index("outcome")] for row in rows}
    assert outcomes == {
        "S-1": "license",
        "S-2": "allow",
        "S-3": "deny",
        "S-4": "allow",
        "S-5": "allow",
        "S-6": "prohibit",
        "S-7": "undetermined",
    }


# ---------------------------------------------------------------- the web service


def _serve_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("example_web_serve", EXAMPLES / "web" / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _build(policy: Path, table: Path) -> None:
    import rpolc

    table.write_bytes(rpolc.compile(policy).to_bytes())


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The service, deciding by a table in a temporary folder: its address, and the table's path."""
    table = tmp_path / "policy.table"
    _build(EXAMPLES / "policy", table)
    module = _serve_module()
    server = ThreadingHTTPServer(("127.0.0.1", 0), module.handler(module.CurrentTable(table)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", table
    server.shutdown()
    server.server_close()
    thread.join()


def _post(address: str, body: object) -> tuple[int, dict[str, object]]:
    request = Request(address, data=json.dumps(body).encode(), method="POST")
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def test_web_decides_and_refuses(service: tuple[str, Path]) -> None:
    address, _ = service
    status, decision = _post(address, FACTS)
    assert (status, decision["outcome"]) == (200, "license")
    status, answer = _post(address, {**FACTS, "item": "magnit"})
    assert status == 422
    assert "magnet" in str(answer["error"])
    assert _post(address, ["magnet"])[0] == 400


def test_web_takes_a_new_table_and_passes_over_a_damaged_one(service: tuple[str, Path], tmp_path: Path) -> None:
    address, table = service
    before = _post(address, FACTS)[1]
    (tmp_path / "new.rpol").write_text(
        (EXAMPLES / "policy" / "policy.rpol").read_text(encoding="utf-8").partition("list refused")[0]
        + "control magnet when destination DE prohibit",
        encoding="utf-8",
    )
    table.write_bytes(b"no table at all")
    assert _post(address, FACTS)[1] == before
    _build(tmp_path / "new.rpol", table)
    after = _post(address, FACTS)[1]
    assert after["outcome"] == "prohibit"
    assert after["digest"] != before["digest"]
