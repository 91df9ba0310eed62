"""When law is in force: from a clause, a list row or an act to a region of the plane of two dates.

Language.md, section 3, "In force", "Acts" and "known_on". This is the one place that knows; everything that depends
on a date asks here. A later amending act changes what is here, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from attrs import field, frozen

from rpol.model import plane
from rpol.model.plane import ALWAYS, NEVER, Region
from rpol.model.policy import Act, Clause, Instrument, Path, Policy, Row, Target, Window
from rpol.runtime.axes import BASE


@frozen
class World:
    """What is supposed about the law, beside what the policy says.

    `scenario` is the one chosen (BASE for none). With `acts` false nothing is suspended or repealed. What `gone`
    reaches is repealed throughout; what `untouched` reaches, and `untouched_clauses`, nothing suspends or repeals.
    """

    scenario: str = BASE
    acts: bool = True
    gone: tuple[Target, ...] = ()
    untouched: tuple[Target, ...] = ()
    untouched_clauses: frozenset[int] = frozenset()


@frozen
class ActOn:
    """One target of one act of an instrument."""

    instrument: Instrument
    act: Act
    target: Target


def acts_on(policy: Policy) -> Iterator[ActOn]:
    """Yield every target of every act, in the order of the policy."""
    for instrument in policy.instruments.values():
        for act in instrument.acts:
            for target in act.targets:
                yield ActOn(instrument, act, target)


def reaches(target: Target, instrument: str, path: Path | None) -> bool:
    """Tell whether `target` reaches what cites `instrument` at `path` (None: the instrument as a whole).

    A target without a paragraph reaches all of its instrument, one with a paragraph what lies at or below it.
    """
    if target.instrument != instrument:
        return False
    return target.path is None or (path is not None and path[: len(target.path)] == target.path)


def touches(target: Target, asked: Target) -> bool:
    """Tell whether an act on `target` can change the answer to `in force` of `asked`."""
    if asked.path is None:
        return reaches(target, asked.instrument, None)
    return reaches(target, asked.instrument, asked.path) or (
        target.path is not None and reaches(asked, target.instrument, target.path)
    )


@frozen(slots=False)
class Calendar:
    """The days on which each part of `policy` is in force in `world`; regions are worked out once."""

    policy: Policy
    world: World = field(factory=World)
    _shadows: dict[tuple[str, Path | None], Region] = field(factory=dict, init=False, eq=False, repr=False)
    _instruments: dict[str, Region] = field(factory=dict, init=False, eq=False, repr=False)
    _rows: dict[tuple[str | None, Window], Region] = field(factory=dict, init=False, eq=False, repr=False)
    _at_work: dict[tuple[str, Window], Region] = field(factory=dict, init=False, eq=False, repr=False)
    _announcements: dict[str, Region] = field(factory=dict, init=False, eq=False, repr=False)
    _asked: dict[Target, Region] = field(factory=dict, init=False, eq=False, repr=False)

    def clause(self, clause: Clause) -> Region:
        """Return where `clause` is in force: in its own window, its control's and its instrument's, and not touched."""
        own = plane.intersection(within(window) for window in clause.windows)
        if clause.instrument is None:
            return own
        law = self._announced(self.policy.instruments[clause.instrument])
        return plane.difference(plane.intersection((own, law)), self.touched(clause))

    def touched(self, clause: Clause) -> Region:
        """Return where `clause` is suspended or repealed; on its other days, only its windows and its law count."""
        if clause.instrument is None or clause.index in self.world.untouched_clauses:
            return NEVER
        return self.shadow(clause.instrument, clause.path)

    def row(self, row: Row) -> Region:
        """Return where a list row counts: in its window, while its notice is in force."""
        key = (row.instrument, row.window)
        if key not in self._rows:
            own = within(row.window)
            law = () if row.instrument is None else (self.instrument(row.instrument),)
            self._rows[key] = plane.intersection((own, *law))
        return self._rows[key]

    def instrument(self, name: str) -> Region:
        """Return where the instrument counts, its window holds, and it is not suspended or repealed as a whole."""
        if name not in self._instruments:
            law = self._announced(self.policy.instruments[name])
            self._instruments[name] = plane.difference(law, self.shadow(name, None))
        return self._instruments[name]

    def asked(self, target: Target) -> Region:
        """Return where the condition `in force TARGET` is true."""
        if target.path is None:
            return self.instrument(target.instrument)
        if target not in self._asked:
            citing = self._clauses_by_instrument.get(target.instrument, ())
            reached = (clause for clause in citing if reaches(target, target.instrument, clause.path))
            self._asked[target] = plane.union(self.clause(clause) for clause in reached)
        return self._asked[target]

    def at_work(self, instrument: Instrument, window: Window) -> Region:
        """Return where an act (or an `unconfirmed`) of `instrument` with this window of its own is at work.

        A start or end it lacks is its instrument's. It works on days outside its instrument's window too, for law does
        act backwards, but rests while its instrument is suspended or repealed as a whole.
        """
        key = (instrument.name, window)
        if key not in self._at_work:
            start = instrument.window.start if window.start is None else window.start
            end = instrument.window.end if window.end is None else window.end
            days = plane.intersection((plane.window(start, end), self.counts(instrument)))
            self._at_work[key] = plane.difference(days, self.shadow(instrument.name, None))
        return self._at_work[key]

    def counts(self, instrument: Instrument) -> Region:
        """Return where an instrument counts at all: issued by `known_on`, and chosen if it is a scenario."""
        if instrument.scenario and instrument.name != self.world.scenario:
            return NEVER
        return plane.known_from(instrument.issued)

    def shadow(self, instrument: str, path: Path | None) -> Region:
        """Return where what cites `instrument` at `path` is suspended or repealed."""
        key = (instrument, path)
        if key not in self._shadows:
            self._shadows[key] = self._shadow(instrument, path)
        return self._shadows[key]

    def _shadow(self, instrument: str, path: Path | None) -> Region:
        if any(reaches(target, instrument, path) for target in self.world.gone):
            return ALWAYS
        if not self.world.acts or any(reaches(target, instrument, path) for target in self.world.untouched):
            return NEVER
        return plane.union(
            self.at_work(on.instrument, on.act.window)
            for on in self._acts_by_instrument.get(instrument, ())
            if reaches(on.target, instrument, path)
        )

    @cached_property
    def _clauses_by_instrument(self) -> dict[str, list[Clause]]:
        found: dict[str, list[Clause]] = {}
        for clause in self.policy.clauses:
            if clause.instrument is not None:
                found.setdefault(clause.instrument, []).append(clause)
        return found

    @cached_property
    def _acts_by_instrument(self) -> dict[str, list[ActOn]]:
        found: dict[str, list[ActOn]] = {}
        for on in acts_on(self.policy):
            found.setdefault(on.target.instrument, []).append(on)
        return found

    def _announced(self, instrument: Instrument) -> Region:
        if instrument.name not in self._announcements:
            law = (within(instrument.window), self.counts(instrument))
            self._announcements[instrument.name] = plane.intersection(law)
        return self._announcements[instrument.name]


def within(window: Window) -> Region:
    """Return the days of a window, whatever is known."""
    return plane.window(window.start, window.end)
