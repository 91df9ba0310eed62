"""The closed table of units (language.md, section 3, Case)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rpol.runtime.units import UNITS, convert, known_unit, same_dimension

# The groups as language.md lists them.
GROUPS = (
    "nm um mm cm m km",
    "mm2 cm2 m2",
    "mL cm3 L m3",
    "mg g kg t",
    "s min h d",
    "J kJ MJ Wh kWh MWh",
    "W kW MW",
    "mAh Ah",
    "mA A kA",
    "mV V kV",
    "Hz kHz MHz GHz",
    "Pa kPa MPa",
    "N kN",
    "mT T",
    "K",
    "B kB MB GB TB",
    *("USD", "EUR", "CNY", "JPY", "GBP", "bbl"),
)


def test_the_table_is_that_of_the_language() -> None:
    assert sorted(UNITS) == sorted(unit for group in GROUPS for unit in group.split())


def test_units_convert_within_their_group_and_nowhere_else() -> None:
    group_of = {unit: number for number, group in enumerate(GROUPS) for unit in group.split()}
    for one in UNITS:
        for other in UNITS:
            assert same_dimension(one, other) == (group_of[one] == group_of[other]), (one, other)


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        (14, "nm", "um", Fraction(14, 1000)),
        (1, "km", "nm", 10**12),
        (1, "cm2", "mm2", 100),
        (300, "L", "m3", Fraction(3, 10)),
        (1, "mL", "cm3", 1),
        (1, "t", "mg", 10**9),
        (1, "d", "min", 1440),
        (1, "kWh", "MJ", Fraction(36, 10)),
        (1, "Wh", "J", 3600),
        (1, "TB", "kB", 10**9),
        (1, "MPa", "Pa", 10**6),
        (1, "mT", "T", Fraction(1, 1000)),
        (300, "Wh/kg", "J/g", 1080),
        (1, "GB/s/mm2", "GB/s/cm2", 100),
        (1, "GB/mm2/s", "GB/s/mm2", 1),
    ],
)
def test_conversion_is_exact(amount: int, unit: str, to: str, expected: Fraction | int) -> None:
    assert convert(Fraction(amount), unit, to) == expected


@pytest.mark.parametrize(
    ("unit", "to"), [("nm", "kg"), ("USD", "EUR"), ("Wh/kg", "Wh"), ("kg/Wh", "Wh/kg"), ("W", "J/s")]
)
def test_other_dimensions_are_refused(unit: str, to: str) -> None:
    with pytest.raises(ValueError, match="does not convert"):
        convert(Fraction(1), unit, to)


@pytest.mark.parametrize("text", ["", "/", "nm/", "/nm", "NM", "µm", "kilo", "nm nm", "1", "/".join(["m"] * 1000)])
def test_anything_else_is_no_unit(text: str) -> None:
    assert not known_unit(text)
