"""The pages about problems, which come with the package."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

_INDEX: Final = "index"
_MARKS: Final = re.compile(r"^(```)\{\.(\w+)[^}]*\}$", flags=re.MULTILINE)


@cache
def page_names() -> tuple[str, ...]:
    """Return the names of all problems that have a page, sorted."""
    names = (file.name.removesuffix(".md") for file in _folder().iterdir() if file.name.endswith(".md"))
    return tuple(sorted(name for name in names if name != _INDEX))


def page(name: str) -> str | None:
    """Return the page of a problem, as Markdown; None if there is none.

    The marks by which the tests know what to do with its blocks are left out.
    """
    if name not in page_names():
        return None
    return _MARKS.sub(r"\1\2", (_folder() / f"{name}.md").read_text(encoding="utf-8"))


def first_sentence(text: str) -> str:
    """Return what a page says first of its problem, without its severity."""
    paragraph = next((part for part in text.split("\n\n")[1:] if part.strip()), "")
    said = " ".join(paragraph.split())
    said = said.partition("** ")[2] or said
    head, stop, _ = said.partition(". ")
    return head + stop.strip()


def _folder() -> Traversable:
    """Return where the pages are: in the package, or in the checkout that an editable installation points to."""
    packaged = files("rpolc") / "pages"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "docs" / "problems"
