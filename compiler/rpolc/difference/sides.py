"""One side of a comparison: a policy or table as a whole, under one scenario, or on one day."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from rpol.model.policy import Among, Policy
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO, Axis, FiniteAxis, OrderedAxis
from rpol.runtime.contents import Contents, Region
from rpolc.lower.atoms import gather
from rpolc.lower.lower import lower


@frozen
class Version:
    """A policy as it is compared, with its author's words (of a table there are none); `name` is for people.

    `listed` says for an attribute and a list tested on it in which of the contents' regions its values stand in the
    list.
    """

    name: str
    contents: Contents
    policy: Policy | None = None
    listed: Mapping[tuple[str, str], int] = field(factory=dict)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of its scenarios."""
        axis = self.contents.axes[-1]
        return tuple(str(axis.representative(number)) for number in range(1, axis.size))


def version_of(name: str, policy: Policy) -> Version:
    """Return a policy as a version. Raise TooManyBoxesError."""
    lowered = lower(policy)
    contents = lowered.cases
    tests = gather((*(one.condition for one in policy.clauses), *(one.condition for one in policy.facts)))
    pairs = [(name, listing) for name, of_name in tests.items() for listing in of_name.lists]
    regions = tuple(lowered.region_of(Among(attribute, frozenset(), (listing,))) for attribute, listing in pairs)
    listed = {pair: len(contents.regions) + number for number, pair in enumerate(pairs)}
    return Version(name, evolve(contents, regions=(*contents.regions, *regions)), policy, listed)


def under_scenario(version: Version, scenario: str) -> Version:
    """Return a version with everything as it is under one scenario, BASE for none."""
    axis = version.contents.axes[-1]
    only = FiniteAxis(SCENARIO, {BASE: 0}, (BASE,))
    name = f"under {scenario}" if scenario != BASE else "without a scenario"
    return evolve(version, name=name, contents=_cut(version.contents, SCENARIO, axis.class_of(scenario), only))


def on_day(version: Version, day: int, name: str) -> Version:
    """Return a version with everything as it is on one day, seen with no limit on what is known."""
    contents = version.contents
    for axis_name, value in ((DATE, day), (KNOWN_ON, NO_LIMIT)):
        axis = _axis(contents, axis_name)
        only = OrderedAxis(axis_name, (), whole=True, low=value, high=value)
        contents = _cut(contents, axis_name, axis.class_of(value), only)
    return evolve(version, name=name, contents=contents)


def _axis(contents: Contents, name: str) -> Axis:
    return next(axis for axis in contents.axes if axis.attribute == name)


def _cut(contents: Contents, name: str, cls: int, only: Axis) -> Contents:
    """Return contents of one class of an axis, which then has no other."""
    number = next(number for number, axis in enumerate(contents.axes) if axis.attribute == name)

    def cut(region: Region) -> Region:
        kept = (box for box in region if dict(box).get(number, -1) >> cls & 1)
        return tuple(dict.fromkeys(tuple(cell for cell in box if cell[0] != number) for box in kept))

    return evolve(
        contents,
        axes=tuple(only if axis is contents.axes[number] else axis for axis in contents.axes),
        regions=tuple(map(cut, contents.regions)),
    )
