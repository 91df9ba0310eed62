"""A policy under study: itself, its lowered form laid out for search, its words, and the limits of the work."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from attrs import field, frozen

from rpol.model.force import World
from rpol.model.judge import Reading
from rpol.model.policy import Condition, Policy, Target
from rpol.runtime.axes import BASE, KNOWN_ON, SCENARIO
from rpol.runtime.contents import Box, Contents, Region
from rpol.runtime.standing import Rules
from rpolc.analysis.ground import Ground
from rpolc.analysis.quiet import Quiet
from rpolc.analysis.vocabulary import Vocabulary, vocabulary_of
from rpolc.lower.lower import Lowered
from rpolc.space.box import Space
from rpolc.space.explore import STEPS, Budget

# How many parts all checks together may look at to show fewer facts, and how many boxes to tell regions in few pieces.
STEPS_FOR_PLAINNESS: Final = 2_500
STEPS_TO_COVER: Final = 40_000
# How many clauses the reference interpreter may read to judge witnesses again: it reads all of them for each.
CLAUSES_REPLAYED: Final = 40_000


@frozen(slots=False)
class Study:
    """What every analysis works on. `steps` is the budget of one check: a pair, a promise, an example."""

    policy: Policy
    lowered: Lowered
    steps: int = STEPS
    plainness: Budget = field(factory=lambda: Budget(STEPS_FOR_PLAINNESS))
    covering: Budget = field(factory=lambda: Budget(STEPS_TO_COVER))
    replays: Budget = field(factory=lambda: Budget(CLAUSES_REPLAYED))
    _untouched: dict[tuple[Target | None, frozenset[int]], Mapping[int, Region]] = field(factory=dict, init=False)

    @property
    def contents(self) -> Contents:
        """The lowered policy."""
        return self.lowered.cases

    @cached_property
    def ground(self) -> Ground:
        """What is searched."""
        return Ground(self.contents)

    @cached_property
    def quiet(self) -> Quiet:
        """Where little goes on."""
        return Quiet(self.ground)

    @property
    def rules(self) -> Rules:
        """What clauses do to one another."""
        return self.ground.rules

    @property
    def space(self) -> Space:
        """The case space."""
        return self.ground.space

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The author's words."""
        return vocabulary_of(self.policy, self.lowered)

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """The policy as the reference interpreter reads it, in the base and under each scenario."""
        base = Reading(self.policy)
        return {name: base.supposing(World(scenario=name)) for name in (BASE, *self.policy.scenarios)}

    def untouched(self, target: Target | None, clauses: frozenset[int]) -> Mapping[int, Region]:
        """Return the clauses that would hold elsewhere if nothing suspended or repealed what is named, and where."""
        key = (target, clauses)
        if key not in self._untouched:
            there = self.lowered.without_acts_on(target, tuple(clauses))
            here = map(self.ground.region, range(len(there)))
            differing = {n: region for n, (region, real) in enumerate(zip(there, here, strict=True)) if region != real}
            self._untouched[key] = differing
        return self._untouched[key]

    def budget(self) -> Budget:
        """Return the budget of one check."""
        return Budget(self.steps)

    def may_replay(self) -> bool:
        """Tell whether the reference interpreter may judge one more case; if so, that is taken from its budget."""
        if self.replays.steps <= 0:
            return False
        self.replays.steps -= len(self.policy.clauses)
        return True

    def axis(self, name: str) -> int:
        """Return the number of the axis of a date or of the scenario."""
        return self.vocabulary.axes_by_name[name][0]

    def cases(self, condition: Condition, scenario: str | None, *, all_known_on: bool) -> Region:
        """Return the cases that a condition of a promise or example speaks of, under one scenario or under all."""
        return self.lowered.region_of(condition, self.frame(scenario, all_known_on=all_known_on))

    def frame(self, scenario: str | None, *, all_known_on: bool) -> Box:
        """Return all cases of one scenario or of all, as seen with no limit or on every `known_on`."""
        cells: dict[int, int] = {}
        if not all_known_on:
            cells[self.axis(KNOWN_ON)] = 1 << (self.space.sizes[self.axis(KNOWN_ON)] - 1)
        if scenario is not None:
            cells[self.axis(SCENARIO)] = 1 << self.contents.axes[self.axis(SCENARIO)].class_of(scenario)
        return tuple((axis, cell) for axis, cell in sorted(cells.items()) if cell != self.space.whole[axis])
