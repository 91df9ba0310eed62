"""The variables of a case, for Z3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import z3
from attrs import frozen
from tests.property.larger.objects import COUNTRIES, LEAVES, PARTIES, USES

# The first and the last day there is, and the `known_on` that is later than every day.
FIRST: Final = 1
LAST: Final = 3_652_059
NO_LIMIT: Final = LAST + 1
# A country and a party that no policy here names.
OTHER: Final = "other"
TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)


def any_of(terms: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """Return the disjunction of some terms."""
    found = list(terms)
    return z3.Or(found) if found else FALSE


def every(terms: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """Return the conjunction of some terms."""
    found = list(terms)
    return z3.And(found) if found else TRUE


@frozen(slots=False)
class Case:
    """The variables of a case: a value for each attribute, the two dates and the scenario."""

    scenarios: tuple[str, ...]

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, z3.BoolRef]]:
        """For each value of an attribute whether the case has it; for a set, whether it is a member."""
        known = {"item": LEAVES, "destination": (*COUNTRIES, OTHER), "buyer": (*PARTIES, OTHER), "uses": USES}
        return {name: {one: z3.Bool(f"{name} {one}") for one in values} for name, values in known.items()}

    @cached_property
    def numbers(self) -> Mapping[str, z3.ArithRef]:
        """Whole pieces, a share in thousandths, and the two dates."""
        whole = {name: z3.Int(name) for name in ("pieces", "date", "known_on")}
        return {**whole, "share": z3.Real("share")}

    @cached_property
    def flags(self) -> Mapping[str, z3.BoolRef]:
        """Whether the goods are for resale, whether there is no share, and which scenario is chosen, if any."""
        return {name: z3.Bool(f"is {name}") for name in ("resale", "no share", *self.scenarios)}

    @property
    def domain(self) -> list[z3.BoolRef]:
        """What is true of every case."""
        one_each = [self.values[name].values() for name in ("item", "destination", "buyer")]
        date, known_on, share = (self.numbers[name] for name in ("date", "known_on", "share"))
        return [
            *(z3.PbEq([(value, 1) for value in values], 1) for values in one_each),
            *(z3.AtMost(*(self.flags[name] for name in self.scenarios), 1) for _ in self.scenarios[1:2]),
            date >= FIRST,
            date <= LAST,
            known_on >= FIRST,
            known_on <= NO_LIMIT,
            share >= 0,
            share <= 1000,
        ]
