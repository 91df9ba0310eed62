"""What must never be imported, where import-linter cannot say it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.source_tree import PROJECT, all_modules, modules


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides which floor it reaches"
            yield node.module or ""


def test_runtime_needs_only_the_standard_library_and_attrs() -> None:
    runtime = {name: path for name, path in modules("rpol").items() if name.startswith("rpol.runtime")}
    assert len(runtime) >= 10
    allowed = set(sys.stdlib_module_names) | {"attr", "attrs"}
    foreign = {
        (name, imported)
        for name, path in runtime.items()
        for imported in _imported(path)
        if not imported.startswith("rpol.runtime") and imported.split(".")[0] not in allowed
    }
    assert foreign == set()


def test_packages_are_imported_by_their_own_names() -> None:
    names = all_modules()
    assert len(names) >= 40
    roots = {(name, top) for name, path in names.items() for top in (i.split(".")[0] for i in _imported(path))}
    assert {(name, top) for name, top in roots if top in ("dsl", "compiler", "tests")} == set()


def test_nothing_reaches_the_network_or_unpickles() -> None:
    banned = {"socket", "ssl", "urllib.request", "http.client", "requests", "pickle", "shelve", "marshal"}
    names = all_modules()
    assert len(names) >= 40
    assert {(name, i) for name, path in names.items() for i in _imported(path) if i in banned} == set()


def _loaded_by(statement: str) -> set[str]:
    """Return the top-level modules in memory after `statement` alone, in an interpreter of its own."""
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; {statement}; print(*sorted({{n.split('.')[0] for n in sys.modules}}))"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_import_rpol_loads_the_runtime_only() -> None:
    loaded = _loaded_by("import rpol")
    assert "rpol" in loaded
    assert loaded & {"lark", "click", "rich", "numpy", "rapidfuzz", "rpolc", "pyarrow", "pandas"} == set()
    run = "import rpol; print(*[n for n in sys.modules if n.startswith(('rpol.syntax', 'rpol.model', 'rpol.text'))])"
    upper = subprocess.run([sys.executable, "-c", f"import sys; {run}"], capture_output=True, text=True, check=True)
    assert upper.stdout.split() == []


def test_the_command_loads_rich_late() -> None:
    loaded = _loaded_by("import rpolc.cli")
    assert "click" in loaded
    assert "rich" not in loaded
