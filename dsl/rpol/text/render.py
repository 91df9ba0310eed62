"""Write diagnostics for people at a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from typing import TYPE_CHECKING

from rpol.text.cells import shown, wrapped
from rpol.text.snippet import Pointer, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rpol.text.diagnostic import Diagnostic, Severity

_SEVERITIES: dict[Severity, str] = {"error": "1;31", "warning": "1;33", "note": "1;36"}
_STYLES = {"label": "34", "frame": "34"}

# How many regions are written out; the rest is counted.
_MOST_REGIONS = 10
# How many exceptions of one region are.
_MOST_EXCEPTIONS = 5


def render(diagnostic: Diagnostic, *, width: int = 100, color: bool = False) -> str:
    """Return the whole diagnostic: what is wrong, where in the sources, what to write, and the case that shows it.

    Lines are at most `width` columns wide, as far as words allow; what is ready to paste stays as it is. Characters
    that would steer a terminal are replaced. There is no line break at the end.
    """

    def paint(text: str, style: str) -> str:
        code = _SEVERITIES[diagnostic.severity] if style == "severity" else _STYLES[style]
        return f"\x1b[{code}m{text}\x1b[0m" if color and text else text

    kind = f"{diagnostic.severity}[{diagnostic.name}]"
    lines = _titled(f"{kind}: ", diagnostic.message, width)
    lines[0] = paint(kind, "severity") + lines[0].removeprefix(kind)
    if diagnostic.place is not None:
        pointers = [Pointer(diagnostic.place, primary=True)]
        pointers += [Pointer(label.place, label.message) for label in diagnostic.labels]
        lines += snippet(pointers, width, paint)
    remedy = diagnostic.help or (diagnostic.fix.message if diagnostic.fix else None)
    if remedy:
        lines += _titled("help: ", remedy, width)
    lines += _regions(diagnostic, width)
    shown_already = [region.witness for region in diagnostic.regions[:_MOST_REGIONS]]
    if diagnostic.witness and diagnostic.witness not in shown_already:
        lines += _titled("case: ", case(diagnostic.witness), width)
    if diagnostic.example is not None:
        lines += ["to paste:", *(f"  {shown(line)}".rstrip() for line in diagnostic.example.splitlines())]
    return "\n".join(lines)


def concise(diagnostic: Diagnostic) -> str:
    """Return the diagnostic on one line: `file:line:column: severity[name] message`."""
    place = diagnostic.place
    where = f"{place.source.path}:{place.line}:{place.column}: " if place else ""
    return shown(f"{where}{diagnostic.severity}[{diagnostic.name}] {' '.join(diagnostic.message.split())}")


def case(witness: Mapping[str, object]) -> str:
    """Return a case as the arguments of `rpolc decide`."""
    return " ".join(f"{attribute}={shlex.quote(_value(value))}" for attribute, value in witness.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "none"
    if isinstance(value, Collection) and not isinstance(value, str):
        return "|".join(map(_value, value)) or "none"
    return str(value)


def _regions(diagnostic: Diagnostic, width: int) -> Iterator[str]:
    for region in diagnostic.regions[:_MOST_REGIONS]:
        yield from _titled("where: ", region.shortened(_MOST_EXCEPTIONS), width)
        if region.witness:
            yield from _titled("  case: ", case(region.witness), width)
    more = len(diagnostic.regions) - _MOST_REGIONS
    if more > 0:
        yield f"and {more} more regions"


def _titled(title: str, text: str, width: int) -> list[str]:
    """Return `text` behind its title, the other lines indented as far."""
    first, *more = wrapped(text, len(title), min(len(title), 8), width)
    return [f"{title}{first}", *more]
