"""Pick a plain case from a part of the case space: named values, first days of spans, small amounts, small sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as calendar_date
from typing import Final

from attrs import frozen

from rpol.runtime.attribute import Value
from rpol.runtime.axes import DATE, KNOWN_ON, NO_LIMIT, SCENARIO, Axis, MemberAxis, OrderedAxis
from rpol.runtime.contents import Box
from rpolc.analysis.vocabulary import Vocabulary
from rpolc.space.box import Point, Space, to_cells

# A day for policies in which nothing ever begins or ends.
ANY_DAY: Final = calendar_date(2025, 1, 1).toordinal()


@frozen
class Case:
    """A fully known case, with the point of the case space that stands for it."""

    point: Point
    values: dict[str, Value]
    date: int
    known_on: int
    scenario: str


def pick(vocabulary: Vocabulary, space: Space, part: Box) -> Case:
    """Return a case of `part`."""
    axes = vocabulary.contents.axes
    cells = to_cells(space, part)
    numbers = [_class(axis, cell) for axis, cell in zip(axes, cells, strict=True)]
    for of_name in vocabulary.axes_by_name.values():
        if isinstance(axes[of_name[0]], MemberAxis) and not any(numbers[axis] for axis in of_name):
            # A set that holds something is plainer than an empty one.
            first = next((axis for axis in of_name if cells[axis] & 2), None)
            if first is not None:
                numbers[first] = 1
    values = {name: _value(axes, of_name, numbers) for name, of_name in vocabulary.axes_by_name.items()}
    date, known_on, scenario = values.pop(DATE), values.pop(KNOWN_ON), values.pop(SCENARIO)
    assert isinstance(date, int) and isinstance(known_on, int) and isinstance(scenario, str)
    return Case(tuple(numbers), values, date, known_on, scenario)


def _class(axis: Axis, cell: int) -> int:
    """Return the class of `cell` to show: of days the first that begins with a bound, of amounts the nearest to 0."""
    if axis.attribute == KNOWN_ON and cell >> (axis.size - 1):
        return axis.size - 1
    if not isinstance(axis, MemberAxis) and axis.none_class is not None:
        cell = cell & ~(1 << axis.none_class) or cell
    if axis.attribute in (DATE, KNOWN_ON):
        cell = cell & ~1 or cell
    elif isinstance(axis, OrderedAxis) and not (axis.none_class is not None and cell >> axis.none_class & 1):
        zero = axis.class_of(0)
        return _lowest(cell >> zero) + zero if cell >> zero else cell.bit_length() - 1
    return _lowest(cell)


def _lowest(cell: int) -> int:
    return (cell & -cell).bit_length() - 1


def _value(axes: Sequence[Axis], of_name: Sequence[int], numbers: Sequence[int]) -> Value:
    first = axes[of_name[0]]
    if isinstance(first, MemberAxis):
        held = (axes[number].representative(numbers[number]) for number in of_name)
        return frozenset().union(*held)  # type: ignore[arg-type]
    number = numbers[of_name[0]]
    if first.attribute == KNOWN_ON and number == first.size - 1:
        return NO_LIMIT
    if isinstance(first, OrderedAxis) and first.attribute in (DATE, KNOWN_ON) and not number:
        return int(first.cuts[0][0]) - 1 if first.cuts else ANY_DAY
    return first.representative(number)
