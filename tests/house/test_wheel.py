"""What a user installs: the wheel holds both packages, whole, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source_tree import PROJECT, ROOTS


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    run = subprocess.run(build, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def _own_files(package: str) -> set[str]:
    root = ROOTS[package]
    files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root.parent).as_posix() for path in files}


def test_top_level_is_both_packages(contents: set[str]) -> None:
    tops = {Path(name).parts[0] for name in contents}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"rpol", "rpolc"}


def test_every_file_of_both_packages_is_in_it(contents: set[str]) -> None:
    for package in ROOTS:
        files = _own_files(package)
        assert f"{package}/py.typed" in files
        assert files - contents == set()


def test_grammar_and_vocabulary_are_in_it(contents: set[str]) -> None:
    assert {"rpol/syntax/grammar.lark", "rpol/model/standard.rpol"} <= contents


def test_problem_pages_are_in_it(contents: set[str]) -> None:
    pages = {f"rpolc/pages/{page.name}" for page in (PROJECT / "docs" / "problems").glob("*.md")}
    assert pages
    assert pages <= contents


def test_licence_is_in_it(contents: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in contents)
