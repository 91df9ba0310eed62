"""Arrows go down: the import contracts of `.importlinter` hold, and look at every module."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys

from tests.house.source_tree import PROJECT, all_modules


def test_contracts_hold() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    looked_at = re.search(r"Analyzed (\d+) files, (\d+) dependencies", run.stdout)
    assert looked_at, run.stdout
    assert int(looked_at[1]) >= len(all_modules())
    contracts = configparser.ConfigParser()
    contracts.read(PROJECT / ".importlinter")
    written = [section for section in contracts.sections() if section.startswith("importlinter:contract:")]
    assert f"Contracts: {len(written)} kept, 0 broken." in run.stdout


def test_every_package_of_the_compiler_has_a_floor() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(PROJECT / ".importlinter")
    layers = contracts["importlinter:contract:compiler-floors"]["layers"]
    on_a_floor = set(re.findall(r"\w+", layers))
    packages = {name.split(".")[1] for name in all_modules() if name.startswith("rpolc.")}
    assert len(packages) >= 6
    assert packages == on_a_floor


def test_the_architecture_page_names_every_floor() -> None:
    page = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    floors = {".".join(name.split(".")[:2]) for name in all_modules() if "." in name} - {"rpolc.__main__"}
    assert len(floors) >= 12
    assert [floor for floor in sorted(floors) if f"`{floor}`" not in page] == []
