"""From the plain data of an artifact to contents, each part checked for its kind as it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeVar, cast

from attrs import frozen

from rpol.runtime.attribute import FINITE, NONE, ORDERED, Attribute, KindName, Taxonomy, Value
from rpol.runtime.axes import Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.bits import mask_from_edges
from rpol.runtime.contents import Act, Box, Clause, Contents, Doubt, Fact, Instrument, Listing, Row
from rpol.runtime.decision import ClauseRef, SuspensionRef
from rpol.runtime.errors import DamagedTable
from rpol.runtime.numerals import parse_number

T = TypeVar("T")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# A mask takes work by its edges and the classes of its axis; a table's masks together take far less than this.
_MOST_WORK: Final = 20_000_000_000
_KINDS: Final = FINITE | ORDERED | {"entity", "set of"}


@frozen
class Part:
    """A part of the plain data, and where it stands, for the message if it is not what it should be."""

    value: object
    where: str

    def fail(self, wanted: str) -> DamagedTable:
        """Return the error that says what was wanted here."""
        return DamagedTable(f"This table is damaged: {self.where} is not {wanted}.")

    def text(self) -> str:
        """Return the part, which must be text."""
        if not isinstance(self.value, str) or _LONE_SURROGATE.search(self.value):
            raise self.fail("a text")
        return self.value

    def flag(self) -> bool:
        """Return the part, which must be true or false."""
        if not isinstance(self.value, bool):
            raise self.fail("true or false")
        return self.value

    def number(self) -> int:
        """Return the part, which must be a whole number of ordinary size, not below 0."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not 0 <= self.value < 1 << 31:
            raise self.fail("a number")
        return self.value

    def exact(self, whole: bool) -> Fraction | int:
        """Return the part, which must be the text of an exact number."""
        found = parse_number(self.text())
        if found is None or (whole and found.denominator != 1):
            raise self.fail("an exact number")
        return int(found) if whole else found

    def maybe(self, read: Callable[[Part], T]) -> T | None:
        """Return None, or what `read` makes of the part."""
        return None if self.value is None else read(self)

    def each(self, read: Callable[[Part], T]) -> tuple[T, ...]:
        """Return what `read` makes of each item of the part, which must be a list."""
        if not isinstance(self.value, list):
            raise self.fail("a list")
        return tuple([read(Part(item, self.where)) for item in self.value])

    def items(self, count: int) -> list[Part]:
        """Return the items of the part, which must be a list of `count`."""
        if not isinstance(self.value, list) or len(self.value) != count:
            raise self.fail(f"a list of {count}")
        return [Part(item, self.where) for item in self.value]

    def key(self, name: str) -> Part:
        """Return what the part, which must be an object, holds under `name`."""
        if not isinstance(self.value, dict) or name not in self.value:
            raise self.fail(f"an object with {name}")
        return Part(self.value[name], name if self.where == "it" else f"{name} of {self.where}")


def read_contents(data: object) -> Contents:
    """Return the contents that plain data stand for. Raise DamagedTable where they do not fit together."""
    whole = Part(data, "it")
    axes = whole.key("axes").each(_axis)
    cells_part = whole.key("cells")
    _check_work(cells_part.each(lambda part: part.each(Part.number)), axes)
    cells = cells_part.each(lambda part: _cell(part, axes))

    def box(part: Part) -> Box:
        numbers = part.each(Part.number)
        if any(number >= len(cells) for number in numbers):
            raise part.fail("a box of cells that are there")
        return tuple(cells[number] for number in numbers)

    return Contents(
        attributes=whole.key("attributes").each(_attribute),
        axes=axes,
        regions=whole.key("regions").each(lambda part: part.each(box)),
        clauses=tuple(_clause(part, n) for n, part in enumerate(whole.key("clauses").each(lambda part: part))),
        order=whole.key("order").each(Part.number),
        real=whole.key("real").each(Part.number),
        bare=whole.key("bare").each(Part.number),
        facts=whole.key("facts").each(_fact),
        acts=whole.key("acts").each(_act),
        rows=whole.key("rows").each(_row),
        lists=whole.key("lists").each(_listing),
        doubts=whole.key("doubts").each(_doubt),
        instruments=whole.key("instruments").each(_instrument),
        otherwise=whole.key("otherwise").maybe(Part.text),
        source_digest=whole.key("source_digest").text(),
    )


def _attribute(part: Part) -> Attribute:
    kind = part.key("kind").text()
    if kind not in _KINDS:
        raise part.fail("of a known kind")
    return Attribute(
        name=part.key("name").text(),
        kind=cast("KindName", kind),
        optional=part.key("optional").flag(),
        unit=part.key("unit").maybe(Part.text),
        question=part.key("question").maybe(Part.text),
        taxonomy=part.key("values").maybe(_taxonomy),
    )


def _taxonomy(part: Part) -> Taxonomy:
    rows = part.each(lambda row: row.items(3))
    values = tuple(value.text() for value, _, _ in rows)
    labels = {value.text(): label.text() for value, label, _ in rows if label.value is not None}
    parents = {value.text(): found for value, _, above in rows if (found := above.each(Part.text))}
    return Taxonomy(values, parents, labels)


def _axis(part: Part) -> Axis:
    kind, attribute = part.key("axis").text(), part.key("attribute").text()
    if kind == "member":
        return MemberAxis(attribute, part.key("leaves").each(Part.text))
    none = part.key("none").maybe(Part.number)
    if kind == "ordered":
        whole = part.key("whole").flag()

        def cut(pair: Part) -> tuple[Fraction | int, int]:
            value, side = pair.items(2)
            return value.exact(whole), side.number()

        def bound(one: Part) -> Fraction | int:
            return one.exact(whole)

        cuts = part.key("cuts").each(cut)
        return OrderedAxis(attribute, cuts, whole, part.key("low").maybe(bound), part.key("high").maybe(bound), none)
    classes = part.key("classes")
    if not isinstance(classes.value, dict) or kind not in ("finite", "names"):
        raise part.fail("an axis")
    numbers = {leaf: Part(number, classes.where).number() for leaf, number in classes.value.items()}
    representatives = part.key("representatives").each(_value)
    make = FiniteAxis if kind == "finite" else NameAxis
    return make(attribute, numbers, representatives, none)


def _value(part: Part) -> Value:
    return NONE if part.value is None else part.text()


def _check_work(cells: tuple[tuple[int, ...], ...], axes: tuple[Axis, ...]) -> None:
    sizes = [axis.size for axis in axes]
    if sum(len(cell) * sizes[cell[0]] for cell in cells if cell and cell[0] < len(sizes)) > _MOST_WORK:
        raise DamagedTable("This table is damaged: its cells are too many.")


def _cell(part: Part, axes: tuple[Axis, ...]) -> tuple[int, int]:
    axis, *runs = part.each(Part.number) or (len(axes),)
    if axis >= len(axes) or any(edge > axes[axis].size for edge in runs) or len(runs) % 2 or sorted(set(runs)) != runs:
        raise part.fail("a cell of an axis")
    return axis, mask_from_edges(runs)


def _clause(part: Part, number: int) -> Clause:
    def pair(one: Part) -> tuple[str, str]:
        attribute, name = one.items(2)
        return attribute.text(), name.text()

    return Clause(
        ref=ClauseRef(
            index=number,
            control=part.key("control").text(),
            label=part.key("label").maybe(Part.text),
            effect=part.key("effect").text(),
            instrument=part.key("instrument").maybe(Part.text),
            paragraph=part.key("paragraph").maybe(Part.text),
            cite=part.key("cite").maybe(Part.text),
        ),
        duties=part.key("duties").each(Part.text),
        notes=part.key("notes").each(Part.text),
        rests_on=part.key("rests_on").each(Part.number),
        reached_through=part.key("reached_through").maybe(lambda one: one.each(Part.number)),
        lifts=part.key("lifts").each(Part.number),
        lists=part.key("lists").each(pair),
        reached_by=part.key("reached_by").each(Part.number),
    )


def _fact(part: Part) -> Fact:
    text, broken = part.items(2)
    return Fact(text.text(), broken.number())


def _act(part: Part) -> Act:
    instrument, act, target, paragraph, region = part.items(5)
    ref = SuspensionRef(instrument.text(), act.text(), target.text(), paragraph.maybe(Part.text))
    return Act(ref, region.number())


def _row(part: Part) -> Row:
    name, value, instrument, region, reached_by = part.items(5)
    return Row(name.text(), value.text(), instrument.maybe(Part.text), region.number(), reached_by.each(Part.number))


def _listing(part: Part) -> Listing:
    name, attribute, rows = part.items(3)

    def value(one: Part) -> tuple[str, tuple[int, ...]]:
        if not isinstance(one.value, list) or not one.value:
            raise one.fail("a listed value")
        return Part(one.value[0], one.where).text(), Part(one.value[1:], one.where).each(Part.number)

    return Listing(name.text(), attribute.maybe(Part.text), rows.each(value))


def _doubt(part: Part) -> Doubt:
    instrument, why, region, gone, untouched = part.items(5)
    return Doubt(instrument.text(), why.text(), region.number(), gone.each(Part.number), untouched.each(Part.number))


def _instrument(part: Part) -> Instrument:
    name, title, cite, scenario = part.items(4)
    return Instrument(name.text(), title.text(), cite.maybe(Part.text), scenario.flag())
