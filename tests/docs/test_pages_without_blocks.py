"""The problems that no block of a page can show are shown here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.checking import problems_of
from tests.docs.test_pages import WITHOUT_BLOCKS

FILES: dict[str, dict[str, bytes]] = {
    "not-utf8": {"policy.rpol": 'control holmium when end_user "Müller"'.encode("latin-1")},
    "strange-character": {"policy.rpol": "control holmium \u202e when destination DE".encode()},
    "too-large": {"policy.rpol": b'control holmium note "' + b"x" * 1_000_001 + b'"'},
    "too-many-problems": {"policy.rpol": b"control\n" * 1_001},
    "unreadable-file": {
        "policy.rpol": b'list listed from "parties.csv"\ncontrol any when end_user in listed require license',
        "parties.csv/inside.csv": b"name\nAcme\n",
    },
}


def test_each_of_them_is_shown() -> None:
    assert set(FILES) == WITHOUT_BLOCKS


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_shows_it(name: str, tmp_path: Path) -> None:
    for path, content in FILES[name].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert name in {problem.name for problem in problems_of(tmp_path) if problem.severity == "error"}
