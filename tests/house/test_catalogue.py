"""Name = page: every problem has one, and no page is left of a problem that is gone."""

from __future__ import annotations

import re

from tests.house.catalogue import makers_elsewhere, problem_modules, problem_names
from tests.house.source_tree import PROJECT

PAGES = PROJECT / "docs" / "problems"


def test_every_floor_words_its_problems_in_one_place() -> None:
    floors = {".".join(name.split(".")[:2]) for name in problem_modules()}
    assert {"rpol.syntax", "rpol.model", "rpolc.analysis"} <= floors
    assert makers_elsewhere() == set()


def test_names_are_kebab() -> None:
    names = problem_names()
    assert len(names) >= 30
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_problem_has_a_page_and_every_page_a_problem() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")} - {"index"}
    assert pages
    assert set(problem_names()) - pages == set()
    assert pages - set(problem_names()) == set()


def test_the_index_lists_every_page() -> None:
    listed = set(re.findall(r"\]\(([a-z0-9-]+)\.md\)", (PAGES / "index.md").read_text(encoding="utf-8")))
    assert listed == {path.stem for path in PAGES.glob("*.md")} - {"index"}
