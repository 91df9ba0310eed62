"""Policies larger than brute force can look through, as plain objects.

Nothing here comes from the program: names, places and paragraphs are read as docs/reference/language.md says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final, TypeAlias

from attrs import frozen

# ---------------------------------------------------------------- vocabulary

# Five branches of four twigs of three leaves; some leaves lie below a further node as well.
LEAVES: Final = tuple(f"K{a}.{b}.{c}" for a in range(5) for b in range(4) for c in range(3))
TWIGS: Final = {f"K{a}.{b}": tuple(f"K{a}.{b}.{c}" for c in range(3)) for a in range(5) for b in range(4)}
BRANCHES: Final = {f"K{a}": tuple(chain.from_iterable(TWIGS[f"K{a}.{b}"] for b in range(4))) for a in range(5)}
NODES: Final[Mapping[str, tuple[str, ...]]] = {
    **BRANCHES,
    **TWIGS,
    "Dual": ("K0.0.0", "K1.1.1", "K2.2.2", "K3.3.0", "K4.0.1"),
}
COUNTRIES: Final = (
    "AE",
    "AM",
    "AR",
    "AT",
    "AU",
    "BE",
    "BR",
    "BY",
    "CA",
    "CH",
    "CN",
    "DE",
    "DK",
    "ES",
    "FI",
    "FR",
    "GB",
    "IN",
    "IR",
    "IT",
    "JP",
    "KP",
    "KR",
    "KZ",
    "MX",
    "NL",
    "RU",
    "TR",
    "UA",
    "US",
)
BLOCS: Final[Mapping[str, tuple[str, ...]]] = {
    "west": ("AU", "BE", "CA", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "JP", "NL", "US"),
    "core": ("CA", "GB", "US"),
    "union": ("AT", "BE", "DE", "DK", "ES", "FI", "FR", "IT", "NL"),
    "east": ("AM", "BY", "KZ", "RU"),
    "watched": ("AE", "AM", "AR", "KZ", "TR", "UA"),
    "closed": ("IR", "KP"),
}
USES: Final = ("civil", "military", "nuclear", "relief", "chip")
PARTIES: Final = tuple(f"Party {number}" for number in range(12))
LISTS: Final = ("control_list", "entity_list", "watch_list", "old_list")
EMBARGO: Final = "embargo_list"


# ---------------------------------------------------------------- conditions


@frozen
class In:
    """`attribute in words`: values, inner nodes, groups, lists. `only`: of a set, all its members and one at least."""

    attribute: str
    words: tuple[str, ...]
    only: bool = False


@frozen
class IsNone:
    attribute: str


@frozen
class Yes:
    attribute: str


@frozen
class Compared:
    """`number`: whole pieces, a share in thousandths, or a day as an ordinal; `operator` "" is equality."""

    attribute: str
    operator: str
    number: int


@frozen
class Force:
    instrument: str
    paragraph: str | None = None


@frozen
class Not:
    term: Condition


@frozen
class All:
    terms: tuple[Condition, ...]


@frozen
class Some:
    terms: tuple[Condition, ...]


Condition: TypeAlias = In | IsNone | Yes | Compared | Force | Not | All | Some


# ---------------------------------------------------------------- statements


@frozen
class Window:
    """From `start` on, `end` the last day; None where it is not written."""

    start: int | None = None
    end: int | None = None


@frozen
class Act:
    word: str
    target: str
    paragraph: str | None
    window: Window


@frozen
class Instrument:
    """A scenario where `scenario` is set; it has no day of issue."""

    name: str
    issued: int | None
    window: Window
    acts: tuple[Act, ...] = ()
    scenario: bool = False


@frozen
class Clause:
    """A written clause of a control."""

    effect: str
    label: str | None = None
    condition: Condition | None = None
    instrument: str | None = None
    paragraph: str | None = None
    window: Window = Window()
    overrides: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


@frozen
class Rule:
    """A control, permit or oblige with what stands before its first effect; `subject` is empty for `any`."""

    kind: str
    name: str
    subject: tuple[str, ...]
    excepted: tuple[str, ...] = ()
    condition: Condition | None = None
    instrument: str | None = None
    paragraph: str | None = None
    window: Window = Window()
    overrides: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()


@frozen
class Row:
    list: str
    name: str
    under: str | None
    window: Window


@frozen
class Promise:
    word: str
    outcome: str
    or_stricter: bool
    condition: Condition


@frozen
class Link:
    """A name behind `overrides` or `supplements` of a rule (`place` -1) or of one of its clauses."""

    rule: int
    place: int
    word: str
    name: str


@frozen
class Policy:
    from_file: bool
    instruments: tuple[Instrument, ...]
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    facts: tuple[Condition, ...] = ()
    promises: tuple[Promise, ...] = ()
    otherwise: str | None = None


def all_of(*terms: Condition | None) -> Condition | None:
    """Return what is true where all the given terms are; None where none is given."""
    given = tuple(term for term in terms if term is not None)
    return given[0] if len(given) == 1 else All(given) if given else None


def path(paragraph: str) -> tuple[str, ...]:
    """Return a paragraph as a path: its runs of letters, digits and `_`."""
    return tuple(re.findall(r"\w+", paragraph))
