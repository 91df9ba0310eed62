"""Page = test: the marked blocks of every page do what the page says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.docs.blocks import Block, blocks
from tests.docs.running import run_block
from tests.house.source_tree import PROJECT

DOCS = PROJECT / "docs"
PAGES = {page.relative_to(DOCS).as_posix(): page for page in sorted(DOCS.rglob("*.md"))}
# These show what no block can: files that are not text, or too large. test_pages_without_blocks.py shows it.
WITHOUT_BLOCKS = {"not-utf8", "strange-character", "too-large", "too-many-problems", "unreadable-file"}


def _marked(page: Path) -> list[Block]:
    return [block for block in blocks(page) if block.marked]


@pytest.mark.parametrize("name", PAGES)
def test_marked_blocks(name: str, tmp_path: Path) -> None:
    names: dict[str, object] = {}
    said = ""
    for block in _marked(PAGES[name]):
        try:
            if "says" in block.marks:
                _compare(PAGES[name], block, said)
            else:
                said = run_block(block, tmp_path, names)
        except AssertionError as wrong:
            raise AssertionError(f"docs/{name}:{block.line}\n{wrong}") from None


def _compare(page: Path, block: Block, said: str) -> None:
    """Compare what problems print to what the page says they do; with BLESS=1, write it into the page."""
    assert said, "no problem is expected above this block"
    if "BLESS" in os.environ and block.text != said:
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"says=yes}}\n{block.text}", f"says=yes}}\n{said}", 1), encoding="utf-8")
        return
    assert block.text == said, f"it says now:\n{said}"


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("problems/") and "index" not in name])
def test_a_problem_page_shows_the_problem_and_its_repair(name: str) -> None:
    page = PAGES[name]
    if page.stem in WITHOUT_BLOCKS:
        return
    checks = [block.marks["check"] for block in _marked(page) if "check" in block.marks]
    assert page.stem in checks
    assert checks.index(page.stem) < len(checks) - 1
    assert checks[-1] == "clean"


def test_the_pages_that_are_written_to_be_run_are_run() -> None:
    assert len([block for block in _marked(PAGES["tutorial.md"]) if "run" in block.marks]) >= 8
    assert len(_marked(PAGES["reference/language.md"])) >= 8
    assert [name for name in WITHOUT_BLOCKS if f"problems/{name}.md" not in PAGES] == []
