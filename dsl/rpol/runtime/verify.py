"""Check that contents are what `contents` says they are, so that nothing of a hostile table reaches an index."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from rpol.runtime.attribute import FINITE, ORDERED, Attribute, Nothing, Taxonomy
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.contents import Contents
from rpol.runtime.countries import COUNTRIES
from rpol.runtime.ladder import EFFECTS, OUTCOMES
from rpol.runtime.units import known_unit

_TAKEN: Final = frozenset({DATE, KNOWN_ON, SCENARIO, "timezone", "assume", "strictest"})
# What a table may grow to when it is laid out: a gigabyte of bits, some millions of leaves.
_MOST_BITS: Final = 8 << 30
_MOST_WRITTEN_OUT: Final = 5_000_000


def verify(contents: Contents) -> str | None:
    """Return what is wrong with `contents`, in words; None if nothing is."""
    return next(_faults(contents), None)


def _faults(contents: Contents) -> Iterator[str]:
    yield from _attribute_faults(contents)
    yield from _axis_faults(contents)
    yield from _region_faults(contents)
    yield from _clause_faults(contents)
    yield from _order_faults(contents)
    yield from _reference_faults(contents)


def _attribute_faults(contents: Contents) -> Iterator[str]:
    names = [attribute.name for attribute in contents.attributes]
    if len(set(names)) != len(names):
        yield "an attribute is declared twice"
    if not _TAKEN.isdisjoint(names):
        yield "an attribute bears a name that is taken"
    for attribute in contents.attributes:
        taxonomy = attribute.taxonomy
        if attribute.unit is not None and (attribute.kind != "number" or not known_unit(attribute.unit)):
            yield f"the attribute {attribute.name} has no such unit"
        if (taxonomy is not None) != (attribute.kind in FINITE or attribute.kind == "set of"):
            yield f"the attribute {attribute.name} lacks its values or has too many"
        if taxonomy is not None:
            known = set(taxonomy.values)
            if any(parent not in known for parents in taxonomy.parents.values() for parent in parents):
                yield f"a value of {attribute.name} has an unknown parent"
            elif len(known) != len(taxonomy.values) or _circular(attribute):
                yield f"the values of {attribute.name} form no taxonomy"
            elif _written_out(taxonomy) > _MOST_WRITTEN_OUT:
                yield f"the values of {attribute.name} are too many"


def _circular(attribute: Attribute) -> bool:
    """Tell whether some value lies below itself: then it can be reached from no root, or never be finished."""
    assert attribute.taxonomy is not None
    waiting = {value: set(attribute.taxonomy.parents.get(value, ())) for value in attribute.taxonomy.values}
    ready = [value for value, parents in waiting.items() if not parents]
    done = 0
    while ready:
        value = ready.pop()
        done += 1
        for child in attribute.taxonomy.children[value]:
            waiting[child].discard(value)
            if not waiting[child]:
                ready.append(child)
    return done != len(waiting)


def _written_out(taxonomy: Taxonomy) -> int:
    """Return at most how many leaves lie below all values, each counted as often as it does."""
    below: dict[str, int] = {}
    waiting = {value: len(children) for value, children in taxonomy.children.items()}
    ready = [value for value, children in waiting.items() if not children]
    while ready:
        value = ready.pop()
        below[value] = sum(below[child] for child in taxonomy.children[value]) or 1
        for parent in taxonomy.parents.get(value, ()):
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)
    return sum(below.values())


def _axis_faults(contents: Contents) -> Iterator[str]:
    by_name = {attribute.name: attribute for attribute in contents.attributes}
    if [axis.attribute for axis in contents.axes[-3:]] != [DATE, KNOWN_ON, SCENARIO]:
        yield "the axes do not end with date, known_on and scenario"
        return
    for axis in contents.axes[:-3]:
        attribute = by_name.get(axis.attribute)
        if attribute is None:
            yield f"an axis is of the unknown attribute {axis.attribute}"
            return
        fitting = {"entity": NameAxis, "set of": MemberAxis}.get(attribute.kind)
        fitting = fitting or (OrderedAxis if attribute.kind in ORDERED else FiniteAxis)
        if type(axis) is not fitting:
            yield f"an axis of {axis.attribute} is of the wrong kind"
            return
        yield from _class_faults(axis, attribute)
    singles = [axis.attribute for axis in contents.axes if not isinstance(axis, MemberAxis)]
    expected = [name for name, attribute in by_name.items() if attribute.kind != "set of"]
    if sorted(singles) != sorted([*expected, DATE, KNOWN_ON, SCENARIO]):
        yield "an attribute has no axis, or two"
    date, known_on, scenario = contents.axes[-3:]
    if not (isinstance(date, OrderedAxis) and isinstance(known_on, OrderedAxis) and isinstance(scenario, FiniteAxis)):
        yield "the last axes are of the wrong kind"
        return
    for axis, last in ((date, NO_LIMIT - 1), (known_on, NO_LIMIT)):
        if not axis.whole or axis.none_class is not None or any(not 1 < day <= last for day, _ in axis.cuts):
            yield f"the axis {axis.attribute} is not one of days"
        yield from _cut_faults(axis)
    scenarios = {instrument.name for instrument in contents.instruments if instrument.scenario}
    if set(scenario.class_by_leaf) != {BASE, *scenarios} or scenario.class_by_leaf[BASE] != 0:
        yield "the scenario axis does not hold the scenarios"
    elif any(not 0 <= cls < scenario.size for cls in scenario.class_by_leaf.values()):
        yield "the scenario axis has a class out of range"


def _class_faults(axis: object, attribute: Attribute) -> Iterator[str]:
    name = attribute.name
    if isinstance(axis, MemberAxis):
        assert attribute.taxonomy is not None
        if not axis.leaves or not set(axis.leaves) <= set(attribute.taxonomy.leaves):
            yield f"an axis of {name} has unknown members"
        return
    if isinstance(axis, OrderedAxis):
        if axis.whole != (attribute.kind in ("integer", "date")):
            yield f"the axis of {name} mixes whole and broken numbers"
        yield from _cut_faults(axis)
        last = len(axis.cuts) + 1
        if axis.none_class != (last if attribute.optional else None):
            yield f"the axis of {name} has its none in the wrong place"
        return
    assert isinstance(axis, (FiniteAxis, NameAxis))
    classes = axis.class_by_leaf if isinstance(axis, FiniteAxis) else axis.class_by_name
    if any(not 0 <= cls < axis.size for cls in classes.values()) or axis.size < 1:
        yield f"the axis of {name} has a class out of range"
    if (axis.none_class is not None) != attribute.optional or not (
        axis.none_class is None or 0 <= axis.none_class < axis.size
    ):
        yield f"the axis of {name} has its none in the wrong place"
    if any((axis.representatives[n] is Nothing.NONE) != (n == axis.none_class) for n in range(axis.size)):
        yield f"the axis of {name} is wrong about what stands for its classes"
    if isinstance(axis, FiniteAxis):
        assert attribute.taxonomy is not None
        if set(classes) != set(attribute.taxonomy.leaves):
            yield f"the axis of {name} does not hold its values"
        if attribute.kind == "country" and not set(classes) <= set(COUNTRIES):
            yield f"the axis of {name} holds what is no country"


def _cut_faults(axis: OrderedAxis) -> Iterator[str]:
    if any(not one < other for one, other in zip(axis.cuts, axis.cuts[1:], strict=False)):
        yield f"the cuts of {axis.attribute} do not ascend"
    if any(side not in ((0,) if axis.whole else (0, 1)) for _, side in axis.cuts):
        yield f"a cut of {axis.attribute} has no such side"


def _region_faults(contents: Contents) -> Iterator[str]:
    boxes = sum(len(region) for region in contents.regions)
    if boxes * sum(axis.size for axis in contents.axes) > _MOST_BITS:
        yield "its classes and boxes are too many"
        return
    full = [(1 << axis.size) - 1 for axis in contents.axes]
    for region in contents.regions:
        for box in region:
            before = -1
            for axis, mask in box:
                if not before < axis < len(full):
                    yield "a box names an axis out of order"
                    return
                if not 0 < mask < full[axis]:
                    yield "a box has a mask that narrows nothing, or everything"
                    return
                before = axis


def _clause_faults(contents: Contents) -> Iterator[str]:
    count = len(contents.clauses)
    for number, clause in enumerate(contents.clauses):
        if clause.ref.index != number or clause.ref.effect not in EFFECTS:
            yield "a clause is not what its number says"
        others = (*clause.rests_on, *(clause.reached_through or ()), *clause.lifts)
        if any(not 0 <= other < count for other in others):
            yield "a clause names another that is not there"
            return
    if contents.otherwise is not None and contents.otherwise not in OUTCOMES:
        yield "otherwise is no outcome"


def _order_faults(contents: Contents) -> Iterator[str]:
    if sorted(contents.order) != list(range(len(contents.clauses))):
        yield "the order of lifting does not list each clause once"
        return
    position = {clause: place for place, clause in enumerate(contents.order)}
    for number, clause in enumerate(contents.clauses):
        if any(position[lifted] <= position[number] for lifted in clause.lifts):
            yield "a clause stands before what lifts it in the order of lifting"
            return


def _reference_faults(contents: Contents) -> Iterator[str]:
    regions, clauses = len(contents.regions), contents.clauses
    worlds = [contents.real, contents.bare, *(w for doubt in contents.doubts for w in (doubt.gone, doubt.untouched))]
    if any(len(world) != len(clauses) for world in worlds):
        yield "a world does not give each clause a region"
    named = [
        *(region for world in worlds for region in world),
        *(fact.broken for fact in contents.facts),
        *(act.region for act in contents.acts),
        *(row.region for row in contents.rows),
        *(doubt.region for doubt in contents.doubts),
    ]
    if not _all_below(named, regions):
        yield "a region is named that is not there"
    if not _all_below([act for clause in clauses for act in clause.reached_by], len(contents.acts)):
        yield "an act is named that is not there"
    if not _all_below([act for row in contents.rows for act in row.reached_by], len(contents.acts)):
        yield "an act is named that is not there"
    if not _all_below(
        [row for one in contents.lists for _, rows in one.rows_by_value for row in rows], len(contents.rows)
    ):
        yield "a list row is named that is not there"
    lists = {listing.name for listing in contents.lists}
    attributes = {attribute.name for attribute in contents.attributes}
    if any(a not in attributes or name not in lists for clause in clauses for a, name in clause.lists):
        yield "a clause names a list that is not there"
    instruments = {instrument.name for instrument in contents.instruments}
    cited = [clause.ref.instrument for clause in clauses] + [row.instrument for row in contents.rows]
    if any(one is not None and one not in instruments for one in cited):
        yield "an instrument is cited that is not there"


def _all_below(numbers: Collection[int], end: int) -> bool:
    return all(0 <= number < end for number in numbers)
