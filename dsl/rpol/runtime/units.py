"""Units: the closed table of language.md, section 3, Case. Factors are exact."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_DIMENSIONS: Final[dict[str, dict[str, Fraction]]] = {
    "length": {
        "nm": Fraction(1, 10**9),
        "um": Fraction(1, 10**6),
        "mm": Fraction(1, 1000),
        "cm": Fraction(1, 100),
        "m": Fraction(1),
        "km": Fraction(1000),
    },
    "area": {"mm2": Fraction(1, 10**6), "cm2": Fraction(1, 10**4), "m2": Fraction(1)},
    "volume": {
        "mL": Fraction(1, 10**6),
        "cm3": Fraction(1, 10**6),
        "L": Fraction(1, 1000),
        "m3": Fraction(1),
    },
    "mass": {"mg": Fraction(1, 10**6), "g": Fraction(1, 1000), "kg": Fraction(1), "t": Fraction(1000)},
    "time": {"s": Fraction(1), "min": Fraction(60), "h": Fraction(3600), "d": Fraction(86400)},
    "energy": {
        "J": Fraction(1),
        "kJ": Fraction(1000),
        "MJ": Fraction(10**6),
        "Wh": Fraction(3600),
        "kWh": Fraction(3600 * 1000),
        "MWh": Fraction(3600 * 10**6),
    },
    "power": {"W": Fraction(1), "kW": Fraction(1000), "MW": Fraction(10**6)},
    "charge": {"mAh": Fraction(1, 1000), "Ah": Fraction(1)},
    "current": {"mA": Fraction(1, 1000), "A": Fraction(1), "kA": Fraction(1000)},
    "voltage": {"mV": Fraction(1, 1000), "V": Fraction(1), "kV": Fraction(1000)},
    "frequency": {"Hz": Fraction(1), "kHz": Fraction(1000), "MHz": Fraction(10**6), "GHz": Fraction(10**9)},
    "pressure": {"Pa": Fraction(1), "kPa": Fraction(1000), "MPa": Fraction(10**6)},
    "force": {"N": Fraction(1), "kN": Fraction(1000)},
    "flux density": {"mT": Fraction(1, 1000), "T": Fraction(1)},
    "temperature": {"K": Fraction(1)},
    "data": {
        "B": Fraction(1),
        "kB": Fraction(10**3),
        "MB": Fraction(10**6),
        "GB": Fraction(10**9),
        "TB": Fraction(10**12),
    },
} | {alone: {alone: Fraction(1)} for alone in ("USD", "EUR", "CNY", "JPY", "GBP", "bbl")}

_DIMENSION: Final = {unit: dimension for dimension, units in _DIMENSIONS.items() for unit in units}
_FACTOR: Final = {unit: factor for units in _DIMENSIONS.values() for unit, factor in units.items()}
UNITS: Final = tuple(_FACTOR)
# `GB/s/mm2` has three parts; nothing in law has more than a few.
_MOST_PARTS: Final = 8


def known_unit(text: str) -> bool:
    """Tell whether `text` is a unit or a quotient of units, such as `GB/s/mm2`."""
    parts = text.split("/")
    return len(parts) <= _MOST_PARTS and all(part in _FACTOR for part in parts)


def same_dimension(one: str, other: str) -> bool:
    """Tell whether two known units convert into each other."""
    return _signature(one) == _signature(other)


def convert(value: Fraction, unit: str, to: str) -> Fraction:
    """Return `value`, given in `unit`, in the unit `to`. Raise ValueError where they do not convert."""
    if not same_dimension(unit, to):
        raise ValueError(f"{unit} does not convert to {to}")
    return value * _scale(unit) / _scale(to)


def _signature(unit: str) -> tuple[str, tuple[str, ...]]:
    """Return the dimension on top and those below, in an order that does not depend on how they were written."""
    top, *below = unit.split("/")
    return _DIMENSION[top], tuple(sorted(_DIMENSION[part] for part in below))


def _scale(unit: str) -> Fraction:
    top, *below = unit.split("/")
    scale = _FACTOR[top]
    for part in below:
        scale /= _FACTOR[part]
    return scale
