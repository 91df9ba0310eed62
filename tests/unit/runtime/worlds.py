"""Contents of tables written by hand: a vocabulary, and boxes over it said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from attrs import field, frozen

from rpol.runtime.attribute import NONE, Attribute, Taxonomy, Value
from rpol.runtime.axes import (
    BASE,
    DATE,
    KNOWN_ON,
    NO_LIMIT,
    SCENARIO,
    Axis,
    FiniteAxis,
    MemberAxis,
    NameAxis,
    OrderedAxis,
)
from rpol.runtime.bits import mask_of
from rpol.runtime.contents import Act, Box, Clause, Contents, Doubt, Fact, Instrument, Listing, Region, Row
from rpol.runtime.decision import ClauseRef

# What a box demands of an attribute: some of its values; of a set, members it must have (True) or must not (False);
# of a date, the first day and the first day out.
Demand: TypeAlias = Iterable[Value] | Mapping[str, bool] | tuple[str | None, str | None]


def day(text: str) -> int:
    """Return a day by its ordinal."""
    return date.fromisoformat(text).toordinal()


@frozen
class Vocabulary:
    """Attributes with their axes, days of change, and scenarios."""

    attributes: tuple[Attribute, ...]
    axes: tuple[Axis, ...]
    days: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()

    @property
    def all_axes(self) -> tuple[Axis, ...]:
        """The axes of the attributes, then those of the two dates and the scenario."""
        scenarios = (BASE, *self.scenarios)
        return (
            *self.axes,
            OrderedAxis(DATE, tuple((day(text), 0) for text in self.days), True, 1, 3_652_059),
            OrderedAxis(KNOWN_ON, (), True, 1, NO_LIMIT),
            FiniteAxis(SCENARIO, {name: number for number, name in enumerate(scenarios)}, scenarios),
        )

    def box(self, **demands: Demand) -> Box:
        """Return the box of the cases that meet every demand."""
        cells = []
        for number, axis in enumerate(self.all_axes):
            if axis.attribute in demands:
                mask = _mask(axis, demands[axis.attribute])
                if mask != (1 << axis.size) - 1:
                    cells.append((number, mask))
        return tuple(cells)


def _mask(axis: Axis, demand: Demand) -> int:
    if isinstance(axis, MemberAxis):
        assert isinstance(demand, Mapping)
        classes = {int(wanted) for member, wanted in demand.items() if member in axis.leaves}
        return mask_of(classes) if classes else 3
    if axis.attribute == DATE:
        assert isinstance(axis, OrderedAxis)
        start, out = demand
        first = 0 if start is None else axis.class_of(day(str(start)))
        last = axis.size if out is None else axis.class_of(day(str(out)))
        return mask_of(range(first, last))
    return mask_of({axis.class_of(value) for value in demand})


def one_of(
    name: str, *classes: Sequence[str], optional: bool = False, **inner: Sequence[str]
) -> tuple[Attribute, Axis]:
    """Return an attribute whose leaves fall into `classes`, under `inner` values."""
    leaves = [leaf for one in classes for leaf in one]
    parents = {leaf: tuple(top for top, below in inner.items() if leaf in below) for leaf in leaves}
    taxonomy = Taxonomy((*inner, *leaves), {leaf: above for leaf, above in parents.items() if above})
    numbers = {leaf: number for number, one in enumerate(classes) for leaf in one}
    none = len(classes) if optional else None
    representatives = (*(one[0] for one in classes), *((NONE,) if optional else ()))
    return Attribute(name, "one of", optional, taxonomy=taxonomy), FiniteAxis(name, numbers, representatives, none)


def set_of(name: str, *groups: Sequence[str]) -> tuple[Attribute, tuple[Axis, ...]]:
    """Return a set attribute whose members are told apart as far as `groups` say."""
    leaves = tuple(leaf for group in groups for leaf in group)
    return Attribute(name, "set of", taxonomy=Taxonomy(leaves)), tuple(MemberAxis(name, tuple(g)) for g in groups)


def party(name: str, *classes: Sequence[str]) -> tuple[Attribute, Axis]:
    """Return an entity attribute; names in none of the classes are of class 0."""
    numbers = {one: number for number, names in enumerate(classes, 1) for one in names}
    return Attribute(name, "entity"), NameAxis(name, numbers, ("anybody else", *(names[0] for names in classes)))


@frozen
class Sketch:
    """A policy being written: regions and clauses are numbered as they come."""

    vocabulary: Vocabulary
    regions: list[Region] = field(factory=list)
    clauses: list[Clause] = field(factory=list)
    real: list[int] = field(factory=list)
    bare: list[int] = field(factory=list)

    def region(self, *boxes: Box) -> int:
        """Add a region and return its number."""
        self.regions.append(boxes)
        return len(self.regions) - 1

    def clause(
        self,
        effect: str,
        *boxes: Box,
        bare: Sequence[Box] | None = None,
        control: str = "c",
        label: str | None = None,
        instrument: str | None = None,
        paragraph: str | None = None,
        duties: Sequence[str] = (),
        notes: Sequence[str] = (),
        rests_on: Sequence[int] = (),
        reached_through: Sequence[int] | None = None,
        lifts: Sequence[int] = (),
        lists: Sequence[tuple[str, str]] = (),
        reached_by: Sequence[int] = (),
    ) -> int:
        """Add a clause that holds in `boxes`, and in `bare` if nothing were suspended; return its number."""
        number = len(self.clauses)
        cite = None if instrument is None else f"https://law/{instrument}"
        self.clauses.append(
            Clause(
                ref=ClauseRef(number, control, label, effect, instrument, paragraph, cite),
                duties=tuple(duties),
                notes=tuple(notes),
                rests_on=tuple(rests_on),
                reached_through=None if reached_through is None else tuple(reached_through),
                lifts=tuple(lifts),
                lists=tuple(lists),
                reached_by=tuple(reached_by),
            )
        )
        self.real.append(self.region(*boxes))
        self.bare.append(self.real[-1] if bare is None else self.region(*bare))
        return number

    def contents(
        self,
        order: Sequence[int] | None = None,
        facts: Sequence[Fact] = (),
        acts: Sequence[Act] = (),
        rows: Sequence[Row] = (),
        lists: Sequence[Listing] = (),
        doubts: Sequence[Doubt] = (),
        otherwise: str | None = None,
        instruments: Sequence[str] = (),
    ) -> Contents:
        """Return the whole; `order` is by default carve-outs first."""
        carve_outs = {"exempt": 0, "permit": 0, "allow": 1}
        numbers = sorted(range(len(self.clauses)), key=lambda n: carve_outs.get(self.clauses[n].ref.effect, 2))
        return Contents(
            attributes=self.vocabulary.attributes,
            axes=self.vocabulary.all_axes,
            regions=tuple(self.regions),
            clauses=tuple(self.clauses),
            order=tuple(numbers if order is None else order),
            real=tuple(self.real),
            bare=tuple(self.bare),
            facts=tuple(facts),
            acts=tuple(acts),
            rows=tuple(rows),
            lists=tuple(lists),
            doubts=tuple(doubts),
            instruments=(
                *(Instrument(name, name.upper(), f"https://law/{name}", False) for name in instruments),
                *(Instrument(name, name.upper(), None, True) for name in self.vocabulary.scenarios),
            ),
            otherwise=otherwise,
            source_digest="by hand",
        )


def holmium() -> Contents:
    """Return `control holmium effective 2025-11-08 deny end_use military`, over a small vocabulary.

    The implied licence of a control comes first.
    """
    item, item_axis = one_of("item", ["holmium"], ["erbium", "iron"], rare=["holmium", "erbium"])
    use, use_axes = set_of("end_use", ["military"], ["civil", "relief"])
    sketch = Sketch(Vocabulary((item, use), (item_axis, *use_axes), ("2025-11-08",)))
    box = sketch.vocabulary.box
    holds = {"item": ["holmium"], "date": ("2025-11-08", None)}
    licence = sketch.clause("license", box(**holds), control="holmium")
    sketch.clause("deny", box(**holds, end_use={"military": True}), control="holmium", rests_on=[licence])
    return sketch.contents()
