"""Places in a text: lines and columns from 1, in characters."""

from __future__ import annotations

import pytest

from rpol.text.source import Place, SourceText

TEXT = SourceText("a.rpol", "ab\r\n\nc氟d")


@pytest.mark.parametrize(
    ("offset", "position"), [(0, (1, 1)), (2, (1, 3)), (4, (2, 1)), (5, (3, 1)), (7, (3, 3)), (8, (3, 4))]
)
def test_positions(offset: int, position: tuple[int, int]) -> None:
    assert TEXT.position(offset) == position


def test_lines_come_without_their_breaks() -> None:
    assert [TEXT.line(number) for number in (1, 2, 3)] == ["ab", "", "c氟d"]


def test_places() -> None:
    place = Place(TEXT, 1, 6)
    assert (place.line, place.column, place.end_position) == (1, 2, (3, 2))
