"""Lower a policy: domains to classes, conditions to boxes, worlds to regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from attrs import evolve, field, frozen

from rpol.model.finding import refer
from rpol.model.force import ActOn, World, acts_on, reaches, touches
from rpol.model.judge import forces_named, lists_named, named_by
from rpol.model.policy import Clause, Condition, Negation, Policy, Target, Window
from rpol.runtime import contents
from rpol.runtime.contents import Box, Contents, Region
from rpol.runtime.decision import SuspensionRef
from rpol.text.source import Place
from rpolc.lower.cells import Cells
from rpolc.lower.cut import cut
from rpolc.lower.days import Calendar
from rpolc.lower.expand import Expander, Ground, TooManyBoxesError
from rpolc.lower.listings import all_rows, listings
from rpolc.space.box import EVERYTHING

T = TypeVar("T")


@frozen(slots=False)
class Lowered:
    """A policy's contents, and how to lower more of it: conditions, and worlds in which some acts are ignored.

    `cases` are its contents without the rows of lists, which only a table needs.
    """

    policy: Policy
    cases: Contents
    _real: Expander
    _worlds: dict[World, tuple[Region, ...]] = field(factory=dict, init=False, repr=False)

    @cached_property
    def contents(self) -> Contents:
        """All of its contents."""
        regions = dict(zip(self.cases.regions, range(len(self.cases.regions)), strict=True))
        rows = tuple(_rows(self.policy, self._real, regions))
        return evolve(self.cases, rows=rows, lists=tuple(listings(self.policy)), regions=tuple(regions))

    def region_of(self, condition: Condition, within: Box = EVERYTHING) -> Region:
        """Return where a condition holds inside a box; the policy must have been lowered with it among `also`."""
        return self._real.within(condition, (within,))

    def without_acts_on(self, target: Target | None, clauses: tuple[int, ...]) -> tuple[Region, ...]:
        """Return the region of each clause if nothing suspended or repealed what `target` reaches, nor `clauses`."""
        world = World(untouched=() if target is None else (target,), untouched_clauses=frozenset(clauses))
        if world not in self._worlds:
            other = _in_world(self._real, world)
            self._worlds[world] = tuple(other.clause(clause) for clause in self.policy.clauses)
        return self._worlds[world]


def lower(policy: Policy, *, also: Iterable[Condition] = ()) -> Lowered:
    """Return the policy lowered, with axes cut for the conditions `also` as well.

    Raise TooManyBoxesError for a condition past the budget.
    """
    conditions = (
        *(clause.condition for clause in policy.clauses),
        *(fact.condition for fact in policy.facts),
        *also,
    )
    axes = cut(policy, conditions)
    real = Expander(Ground(policy, Cells(axes), Calendar(axes)), World())
    return Lowered(policy, _Lowering(policy, real).all(), real)


def _in_world(real: Expander, world: World) -> Expander:
    return Expander(real.ground, world)


@frozen(slots=False)
class _Lowering:
    """One policy on its way; regions are numbered as they come, equal ones once."""

    policy: Policy
    real: Expander
    _regions: dict[Region, int] = field(factory=dict, init=False)

    def all(self) -> Contents:
        """Return all but the rows of lists."""
        policy = self.policy
        real = tuple(self._region(_at(clause.place, self.real.clause, clause)) for clause in policy.clauses)

        def world(of: World) -> contents.World:
            """Return the regions of clauses in another world."""
            other = _in_world(self.real, of)
            return tuple(self._region(_at(clause.place, other.clause, clause)) for clause in policy.clauses)

        bare = world(World(acts=False))
        facts = tuple(
            contents.Fact(fact.text, self._region(_at(fact.place, self.real.within, Negation(fact.condition))))
            for fact in policy.facts
        )
        doubts = tuple(self._doubts(world))
        acts = tuple(self._acts())
        return Contents(
            attributes=tuple(policy.attributes.values()),
            axes=self.real.cells.axes,
            clauses=tuple(self._clauses()),
            order=policy.order,
            real=real,
            bare=bare,
            facts=facts,
            acts=acts,
            rows=(),
            lists=(),
            doubts=doubts,
            instruments=tuple(
                contents.Instrument(one.name, one.title, one.cite, one.scenario) for one in policy.instruments.values()
            ),
            otherwise=policy.otherwise,
            source_digest=policy.source_digest,
            regions=tuple(self._regions),
        )

    def _region(self, region: Region) -> int:
        return self._regions.setdefault(region, len(self._regions))

    def _clauses(self) -> Iterator[contents.Clause]:
        for clause in self.policy.clauses:
            yield contents.Clause(
                ref=refer(self.policy, clause),
                duties=clause.duties,
                notes=clause.notes,
                rests_on=clause.rests_on,
                reached_through=clause.reached_through,
                lifts=clause.lifts,
                lists=lists_named(clause.condition),
                reached_by=self._acts_against(clause),
            )

    def _acts_against(self, clause: Clause) -> tuple[int, ...]:
        """Return the acts that reach a clause itself or what an `in force` of its condition names."""
        found: set[int] = set()
        if clause.instrument is not None:
            acts = self._acts_by_instrument.get(clause.instrument, ())
            found |= {number for number, on in acts if reaches(on.target, on.target.instrument, clause.path)}
        for asked in forces_named(clause.condition):
            acts = self._acts_by_instrument.get(asked.instrument, ())
            found |= {number for number, on in acts if touches(on.target, asked)}
        return tuple(sorted(found))

    @cached_property
    def _acts_by_instrument(self) -> Mapping[str, Sequence[tuple[int, ActOn]]]:
        return _acts_by_instrument(self.policy)

    def _acts(self) -> Iterator[contents.Act]:
        for on in acts_on(self.policy):
            days = self.real.days(lambda law: law.at_work(on.instrument, on.act.window))  # noqa: B023
            ref = SuspensionRef(on.instrument.name, on.act.word, on.target.instrument, on.target.paragraph)
            yield contents.Act(ref, self._region(self.real.calendar.boxes(days)))

    def _doubts(self, world: Callable[[World], contents.World]) -> Iterator[contents.Doubt]:
        for instrument in self.policy.instruments.values():
            for doubt in instrument.doubts:
                named = named_by(instrument)
                days = self.real.days(lambda law: law.at_work(instrument, doubt.window))  # noqa: B023
                yield contents.Doubt(
                    instrument.name,
                    doubt.why,
                    self._region(self.real.calendar.boxes(days)),
                    world(World(gone=named)),
                    world(World(untouched=named)),
                )


def _rows(policy: Policy, real: Expander, regions: dict[Region, int]) -> Iterator[contents.Row]:
    """Yield the rows of lists; regions that are new get the next numbers."""
    acts = _acts_by_instrument(policy)
    seen: dict[tuple[str | None, Window], tuple[int, tuple[int, ...]]] = {}
    for name, row in all_rows(policy):
        key = (row.instrument, row.window)
        if key not in seen:
            region = real.calendar.boxes(real.days(lambda law: law.row(row)))  # noqa: B023
            on_notice = acts.get(row.instrument, ()) if row.instrument is not None else ()
            reached_by = tuple(number for number, on in on_notice if reaches(on.target, on.target.instrument, None))
            seen[key] = (regions.setdefault(region, len(regions)), reached_by)
        yield contents.Row(name, row.name, row.instrument, *seen[key])


def _acts_by_instrument(policy: Policy) -> Mapping[str, Sequence[tuple[int, ActOn]]]:
    """Return the acts on each instrument or part of it, with their numbers."""
    found: dict[str, list[tuple[int, ActOn]]] = defaultdict(list)
    for number, on in enumerate(acts_on(policy)):
        found[on.target.instrument].append((number, on))
    return found


def _at(place: Place, expand: Callable[[T], Region], what: T) -> Region:
    """Return what `expand` makes of a statement; where that is too much, the error says which statement it is."""
    try:
        return expand(what)
    except TooManyBoxesError:
        raise TooManyBoxesError(place) from None
