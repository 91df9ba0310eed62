"""Outside values before anything is known of them: what is missing, what is several, what is plain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isnan


def is_missing(value: object) -> bool:
    """Tell whether an outside value says nothing: None, NaN, pandas' NA and NaT, or a blank text."""
    value = plain(value)
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, float):
        return isnan(value)
    if isinstance(value, Decimal):
        return value.is_nan()
    return type(value).__name__ in ("NAType", "NaTType")


def text_of(value: object) -> str:
    """Return a value as text; for a number of more digits than Python writes out, that it is one."""
    try:
        return str(value)
    except ValueError:
        return "a very large number"


def split(value: object) -> list[object]:
    """Return the values that `a|b` as a text means."""
    return list(value.split("|")) if isinstance(value, str) and "|" in value else [value]


def is_collection(value: object) -> bool:
    """Tell whether a value is a list, a tuple, a set or an array of one dimension."""
    return isinstance(value, (list, tuple, set, frozenset)) or (
        not isinstance(value, (str, bytes, Mapping)) and hasattr(value, "tolist") and getattr(value, "ndim", 0) == 1
    )


def several(value: object) -> list[object]:
    """Return the values that a collection or a text holds."""
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=text_of)
    if isinstance(value, (list, tuple)):
        return list(value)
    if is_collection(value):
        return list(value.tolist())  # type: ignore[attr-defined]
    return split(value)


def plain(value: object) -> object:
    """Return a scalar of NumPy, pandas or Arrow as the Python value it stands for."""
    kind = type(value).__name__
    if kind in ("float16", "float32"):
        return float(str(value))
    if kind == "datetime64":
        value = value.astype("datetime64[us]")  # type: ignore[attr-defined]
    for unwrap in () if is_collection(value) else ("as_py", "to_pydatetime", "item"):
        if hasattr(value, unwrap) and not isinstance(value, (str, bytes, int, float, date, Decimal, Fraction)):
            return getattr(value, unwrap)()
    return value
