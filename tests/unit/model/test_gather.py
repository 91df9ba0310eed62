"""From a path to the texts of a policy (language.md, section 2)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rpol.model.folder import DiskFolder, MemoryFolder, TooLarge, inside
from rpol.model.gather import Gathered, gather, gather_from


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def gathered(path: Path) -> Gathered:
    found, problems = gather(path)
    assert problems == ()
    assert found is not None
    return found


def refused(path: Path) -> list[tuple[str, str]]:
    found, problems = gather(path)
    assert found is None
    assert {problem.severity for problem in problems} == {"error"}
    return [(problem.name, problem.message) for problem in problems]


def test_all_files_below_a_folder_are_one_policy(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "b.rpol": "group b = x",
            "a/z.rpol": "group z = x",
            "a/deep/er/q.rpol": "\ufeffgroup q = x\r\n",
            "README.md": "no policy",
            ".git/hidden.rpol": "group h = x",
            "a/.hidden.rpol": "group h = x",
        },
    )
    found = gathered(tmp_path)
    assert [(source.path, source.text) for source in found.sources] == [
        ("a/deep/er/q.rpol", "group q = x\r\n"),
        ("a/z.rpol", "group z = x"),
        ("b.rpol", "group b = x"),
    ]


def test_a_file_alone_is_one_too(tmp_path: Path) -> None:
    write(tmp_path, {"p.rpol": "one", "q.rpol": "two", "l.csv": "name\n"})
    found = gathered(tmp_path / "p.rpol")
    assert [(source.path, source.text) for source in found.sources] == [("p.rpol", "one")]
    assert found.folder.read("l.csv") == b"name\n"


def test_what_cannot_be_gathered(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"empty/readme.txt": "", "bad/a.rpol": b"group g = \xff\n", "bad/b.rpol": "group g = x".encode("utf-16")},
    )
    assert [name for name, _ in refused(tmp_path / "nowhere")] == ["missing-file"]
    assert [name for name, _ in refused(tmp_path / "empty")] == ["no-policy"]
    assert [name for name, _ in refused(tmp_path / "empty/readme.txt")] == ["no-policy"]
    assert [name for name, _ in refused(tmp_path / "bad")] == ["not-utf8", "not-utf8"]
    assert refused(Path("a\0b"))[0][0] in ("missing-file", "unreadable-file")


def test_what_is_not_utf8_is_named_by_its_line(tmp_path: Path) -> None:
    write(tmp_path, {"a.rpol": b"\xef\xbb\xbfgroup a = x\ngroup \xe9 = x\n"})
    _, (problem,) = gather(tmp_path)
    assert problem.place is not None
    assert (problem.place.source.path, problem.place.line, problem.place.column) == ("a.rpol", 2, 7)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.rpol": "x"})
    (tmp_path / "a.rpol").chmod(0)
    assert [name for name, _ in refused(tmp_path)] == ["unreadable-file"]


def test_a_folder_in_memory() -> None:
    found, problems = gather_from(MemoryFolder({"b.rpol": "b", "a.rpol": "a", "l.csv": "name"}))
    assert problems == ()
    assert found is not None
    assert [source.path for source in found.sources] == ["a.rpol", "b.rpol"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("lists/a.csv", "lists/a.csv"),
        ("lists\\a.csv", "lists/a.csv"),
        ("./lists//b/../a.csv", "lists/a.csv"),
        ("..", None),
        ("../a.csv", None),
        ("lists/../../a.csv", None),
        ("..\\a.csv", None),
        ("/etc/passwd", None),
        ("\\\\server\\share\\a.csv", None),
        ("c:\\a.csv", None),
        ("", None),
        ("a\0.csv", None),
    ],
)
def test_paths_stay_inside(written: str, plain: str | None) -> None:
    assert inside(written) == plain


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.csv": "name\n", "policy/p.rpol": "x", "policy/l.csv": "name\n"})
    (tmp_path / "policy/link.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "policy/inner.csv").symlink_to(tmp_path / "policy/l.csv")
    folder = DiskFolder(tmp_path / "policy")
    with pytest.raises(PermissionError):
        folder.read("link.csv")
    assert folder.read("inner.csv") == b"name\n"


def test_only_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, {"lists/l.csv": "name\n"})
    with pytest.raises(OSError, match="not a file"):
        DiskFolder(tmp_path).read("lists")
    with pytest.raises(FileNotFoundError):
        DiskFolder(tmp_path).read("m.csv")


def test_files_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.rpol": "x" * 100})
    monkeypatch.setattr("rpol.model.folder.MOST_BYTES", 99)
    with pytest.raises(TooLarge):
        DiskFolder(tmp_path).read("a.rpol")
    monkeypatch.setattr("rpol.model.folder.MOST_FILES", 0)
    assert [name for name, _ in refused(tmp_path)] == ["unreadable-file"]
