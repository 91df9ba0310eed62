"""One side of a comparison: a policy or table as a whole, under one scenario, or on one day."""

from __future__ import annotations

from attrs import evolve, frozen

from rpol.model.policy import Policy
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO, Axis, FiniteAxis, OrderedAxis
from rpol.runtime.contents import Contents, Region


@frozen
class Version:
    """A policy as it is compared, with its author's words (of a table there are none); `name` is for people."""

    name: str
    contents: Contents
    policy: Policy | None = None

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of its scenarios."""
        axis = self.contents.axes[-1]
        return tuple(str(axis.representative(number)) for number in range(1, axis.size))


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
