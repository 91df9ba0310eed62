"""The picture in the README shows what the command prints today."""

from __future__ import annotations

import html
import importlib.util
import re
from types import ModuleType

from tests.house.source_tree import PROJECT

ASSETS = PROJECT / "docs" / "assets"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screenshot", ASSETS / "screenshot.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def _words(text: str) -> list[str]:
    return re.sub(r"\s", " ", text).split()


def test_the_picture_is_of_today() -> None:
    svg = (ASSETS / "check.svg").read_text(encoding="utf-8")
    shown = [html.unescape(part) for part in re.findall(r"<text[^>]*>(.*?)</text>", svg)]
    printed = _script().printed(color=False)
    assert "contradiction" in printed
    assert "".join(_words(printed)) in "".join(_words("".join(shown)))


def test_the_picture_fetches_nothing() -> None:
    svg = (ASSETS / "check.svg").read_text(encoding="utf-8")
    assert re.findall(r"url\(['\"]?(?!#)[^)]*\)", svg) == []
