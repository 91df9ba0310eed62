"""The comparison operators, in one registry: interpreter, checker, table and targets read their meaning here."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from attrs import frozen


@frozen
class Comparison:
    """An operator: `holds(value, bound)`, and on which side of the bound its values lie, with or without the bound."""

    text: str
    holds: Callable[[Any, Fraction | int], bool]
    below: bool
    at: bool
    above: bool


COMPARISONS: Final[dict[str, Comparison]] = {
    comparison.text: comparison
    for comparison in (
        Comparison("<", operator.lt, below=True, at=False, above=False),
        Comparison("<=", operator.le, below=True, at=True, above=False),
        Comparison("=", operator.eq, below=False, at=True, above=False),
        Comparison(">=", operator.ge, below=False, at=True, above=True),
        Comparison(">", operator.gt, below=False, at=False, above=True),
    )
}
