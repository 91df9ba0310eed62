"""Files as they come: with byte order marks, in other encodings, too large, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from rpol.syntax.parse import MOST_CHARACTERS
from rpol.syntax.read_source import read_source


def test_a_file_is_named_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    path = tmp_path / "instruments" / "a.rpol"
    path.write_bytes("\ufeffotherwise allow -- é\r\n".encode())
    source, problems = read_source(path, tmp_path)
    assert problems == ()
    assert source is not None
    assert (source.path, source.text) == ("instruments/a.rpol", "otherwise allow -- é\r\n")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bad_utf8_is_placed(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "a.rpol"
    path.write_bytes(mark + "-- é\notherwise ".encode() + b"\xe9llow")
    source, [problem] = read_source(path, tmp_path)
    assert source is None
    assert problem.name == "not-utf8"
    assert problem.place is not None
    assert (problem.place.source.path, problem.place.line, problem.place.column) == ("a.rpol", 2, 11)
    assert "line 2" in problem.message
    assert "0xE9" in problem.message


def test_utf16_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.rpol"
    path.write_bytes("otherwise allow".encode("utf-16"))
    source, [problem] = read_source(path, tmp_path)
    assert source is None
    assert "UTF-16" in problem.message


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.rpol", tmp_path, tmp_path / "nul\0"):
        source, [problem] = read_source(path, tmp_path)
        assert (source, problem.name) == (None, "unreadable-file")


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.rpol"
    with path.open("wb") as file:
        file.truncate(MOST_CHARACTERS + 1)
    source, [problem] = read_source(path, tmp_path)
    assert (source, problem.name) == (None, "too-large")
