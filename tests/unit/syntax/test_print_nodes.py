"""The canonical layout, by pairs written by hand, and that what is written is read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from rpol.syntax import nodes as n
from rpol.syntax.parse import parse
from rpol.syntax.print_nodes import print_statement, print_statements
from rpol.text.source import SourceText

CORPUS = Path(__file__).parents[2] / "corpus" / "syntax"
TOPICS = sorted(path.name.removesuffix(".before.rpol") for path in (CORPUS / "layout").glob("*.before.rpol"))


def statements(text: str) -> list[n.Statement]:
    pieces, problems = parse(SourceText("p.rpol", text))
    assert problems == ()
    return [piece.node for piece in pieces if piece.node is not None]


@pytest.mark.parametrize("topic", TOPICS)
def test_layout(topic: str) -> None:
    before, after = (
        (CORPUS / "layout" / f"{topic}.{side}.rpol").read_text(encoding="utf-8") for side in ("before", "after")
    )
    assert print_statements(statements(before)) == after
    assert print_statements(statements(after)) == after


def test_layout_pairs_are_there() -> None:
    assert len(TOPICS) >= 2


@pytest.mark.parametrize("path", sorted((CORPUS / "clean").glob("*.rpol")), ids=lambda path: path.stem)
def test_what_is_written_is_read_back(path: Path) -> None:
    read = statements(path.read_text(encoding="utf-8"))
    assert statements(print_statements(read)) == read


def test_long_texts_are_parted_between_words_and_stay_one() -> None:
    text = "word " * 60
    [node] = statements(f'oblige any duty "{text}"')
    printed = print_statement(node)
    assert max(map(len, printed.splitlines())) <= 110
    assert statements(printed) == [node]


def test_a_text_of_one_long_word_stays_whole() -> None:
    [node] = statements(f'oblige any duty "{"x" * 200}"')
    assert f'"{"x" * 200}"' in print_statement(node)


def test_no_statements_are_no_text() -> None:
    assert print_statements([]) == ""
