"""Acts that overlap, that do nothing, or that suspend without an end (language.md, sections 3, "Acts", and 4).

An act is looked at target by target. What it reaches would be in force in some region of the plane of two dates if
nothing were suspended or repealed; the act does something where it alone is at work there. So all of it is told by
regions of the plane, in the base and in each scenario: exact, and without a look at any case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import count, groupby
from typing import TypeAlias

from attrs import frozen

from rpol.model import plane
from rpol.model.force import ActOn, Calendar, World, reaches
from rpol.model.judge import forces_named
from rpol.model.plane import END, FIRST, NEVER, Region
from rpol.model.policy import Condition, Path, PlainList, Policy, Target, Window
from rpol.runtime.axes import BASE
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.problems import time as problems
from rpolc.analysis.problems.time import Idle, Other, Where, Why
from rpolc.analysis.study import Study

# A first day, and a first day out.
Span: TypeAlias = tuple[int, int]


@frozen(slots=False, eq=False)
class _Deed:
    """What an act does to one target, with the numbers of both in the order of the policy; where it is at work."""

    number: int
    act: int
    on: ActOn
    days: Where

    @cached_property
    def extents(self) -> Mapping[str, Span]:
        """The days between its first and its last, for the base and each scenario."""
        return {name: _extent(days) for name, days in self.days.items()}

    @property
    def window(self) -> Window:
        """The days of the act: a start or an end that it lacks is its instrument's."""
        own, law = self.on.act.window, self.on.instrument.window
        return Window(law.start if own.start is None else own.start, law.end if own.end is None else own.end)

    @property
    def rank(self) -> tuple[object, ...]:
        """Where it comes in the order in which acts are made."""
        law = self.on.instrument
        return law.scenario, law.issued or FIRST, self.window.start or FIRST, law.name, self.number


@frozen
class _Part:
    """What is cited at one path (None: what goes with the instrument as a whole), and where it would be in force."""

    path: Path | None
    untouched: Region


def suspensions(study: Study) -> tuple[Diagnostic, ...]:
    """Return a problem for each act that does nothing, that overlaps earlier ones, or that suspends without an end.

    Of an act that does nothing, nothing else is told.
    """
    law = _Law(study)
    idle = _find_idle(law)
    return (*_idle(law, idle), *_overlapping(law, idle), *_open(law, idle))


@frozen(slots=False)
class _Law:
    """The acts of a policy, and what they reach."""

    study: Study

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.study.policy

    @cached_property
    def deeds(self) -> tuple[_Deed, ...]:
        """Every act on every target, in the order of the policy."""
        return tuple(self._deeds())

    def _deeds(self) -> Iterator[_Deed]:
        calendars = {name: reading.calendar for name, reading in self.study.readings.items()}
        acts = [(one, act) for one in self.policy.instruments.values() for act in one.acts]
        numbers = count()
        for of_act, (one, act) in enumerate(acts):
            days = {name: calendar.at_work(one, act.window) for name, calendar in calendars.items()}
            for target in act.targets:
                yield _Deed(next(numbers), of_act, ActOn(one, act, target), days)

    @cached_property
    def on_instrument(self) -> Mapping[str, Sequence[_Deed]]:
        """What is done to each instrument, or a part of it."""
        found: dict[str, list[_Deed]] = defaultdict(list)
        for deed in self.deeds:
            found[deed.on.target.instrument].append(deed)
        return found

    @cached_property
    def _parts(self) -> Mapping[str, Sequence[_Part]]:
        """The parts of each instrument that something is done to.

        An instrument that acts reach is no scenario, so that these days are the same in each.
        """
        bare = Calendar(self.policy, World(acts=False))
        found: dict[str, dict[Path | None, list[Region]]] = {name: defaultdict(list) for name in self.on_instrument}
        for instrument, path, region in _things(self.policy, bare, self.on_instrument.keys()):
            found[instrument][path].append(region)
        return {
            name: [_Part(path, plane.union(regions)) for path, regions in by_path.items()]
            for name, by_path in found.items()
        }

    def reached(self, deed: _Deed) -> list[_Part]:
        """Return the parts that an act on a target reaches."""
        target = deed.on.target
        return [part for part in self._parts[target.instrument] if reaches(target, target.instrument, part.path)]

    def others(self, deed: _Deed, part: _Part, left_out: Set[int]) -> list[_Deed]:
        """Return what else is done to a part, but for the acts `left_out`."""
        name = deed.on.target.instrument
        return [
            other
            for other in self.on_instrument[name]
            if other is not deed and other.number not in left_out and reaches(other.on.target, name, part.path)
        ]


def _things(policy: Policy, bare: Calendar, acted_on: Set[str]) -> Iterator[tuple[str, Path | None, Region]]:
    """Yield all that acts can reach under some instruments: clauses, rows, acts, doubts, and what `in force` asks."""
    for clause in policy.clauses:
        if clause.instrument is not None and clause.instrument in acted_on:
            yield clause.instrument, clause.path, bare.clause(clause)
    rows = (row for listing in policy.lists.values() if isinstance(listing, PlainList) for row in listing.rows)
    for row in {(row.instrument, row.window): row for row in rows}.values():
        if row.instrument is not None and row.instrument in acted_on:
            yield row.instrument, None, bare.row(row)
    for name in acted_on:
        one = policy.instruments[name]
        for window in (*(act.window for act in one.acts), *(doubt.window for doubt in one.doubts)):
            yield name, None, bare.at_work(one, window)
    # What `in force` asks of a paragraph turns on clauses alone.
    asked = {target for condition in _conditions(policy) for target in forces_named(condition) if target.path is None}
    for target in asked:
        if target.instrument in acted_on:
            yield target.instrument, None, bare.instrument(target.instrument)


def _conditions(policy: Policy) -> Iterator[Condition]:
    """Yield every condition in which `in force` may stand."""
    yield from (clause.condition for clause in policy.clauses)
    yield from (promise.condition for promise in policy.promises)
    yield from (example.given for example in policy.examples)


# ---------------------------------------------------------------- acts that do nothing


def _find_idle(law: _Law) -> frozenset[int]:
    """Return the numbers of deeds that do nothing: all of them may be left out together.

    The latest is looked at first, so that of two that do the same it is the later one that is told.
    """
    found: set[int] = set()
    for deed in sorted(law.deeds, key=lambda one: one.rank, reverse=True):
        if all(_adds_nothing(law, deed, part, found) for part in law.reached(deed)):
            found.add(deed.number)
    return frozenset(found)


def _adds_nothing(law: _Law, deed: _Deed, part: _Part, left_out: Set[int]) -> bool:
    """Tell whether a part is in force on the same days without this deed, and an `unconfirmed` speaks of it still."""
    others = law.others(deed, part, left_out)
    if deed.on.instrument.doubts and all(other.on.instrument is not deed.on.instrument for other in others):
        return False
    return all(_covers(others, name, plane.intersection((days, part.untouched))) for name, days in deed.days.items())


def _covers(deeds: Iterable[_Deed], scenario: str, days: Region) -> bool:
    """Tell whether there is a deed at work on all of these days."""
    for deed in deeds:
        if days.empty:
            break
        if _meet(_extent(days), deed.extents[scenario]):
            days = plane.difference(days, deed.days[scenario])
    return days.empty


def _extent(region: Region) -> Span:
    """Return the first day of a region, whatever is known, and the first day after its last."""
    spans = [days for _, days in region.steps if days]
    return min((days[0][0] for days in spans), default=END), max((days[-1][1] for days in spans), default=FIRST)


def _meet(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _idle(law: _Law, idle: Set[int]) -> Iterator[Diagnostic]:
    for _, of_act in groupby(law.deeds, key=lambda deed: deed.act):
        found = [deed for deed in of_act if deed.number in idle]
        if found:
            on = found[0].on
            yield problems.idle_suspension(on.instrument.name, on.act, [_account(law, deed, idle) for deed in found])


def _account(law: _Law, deed: _Deed, idle: Set[int]) -> Idle:
    """Say why a deed does nothing."""
    parts = law.reached(deed)
    others = _doing_the_same(law, deed, parts, idle)
    return Idle(
        deed.on.target,
        _why(deed, parts, others),
        deed.days,
        tuple(Other(one.on.act, one.on.target, _in_common(deed, one)) for one in others),
    )


def _why(deed: _Deed, parts: Sequence[_Part], others: Sequence[_Deed]) -> Why:
    target = deed.on.target
    if all(days.empty for days in deed.days.values()):
        return "resting"
    if not parts:
        return "nothing there"
    if not others:
        return "not in force"
    whole = [other for other in others if reaches(other.on.target, target.instrument, target.path)]
    throughout = all(_covers(whole, name, days) for name, days in deed.days.items())
    return "done by others" if throughout else "partly done by others"


def _doing_the_same(law: _Law, deed: _Deed, parts: Sequence[_Part], idle: Set[int]) -> list[_Deed]:
    """Return the deeds that do what an idle one would do alone; one that does all of it, if there is one."""
    needed = [
        (part, name, days)
        for part in parts
        for name, at_work in deed.days.items()
        if not (days := plane.intersection((at_work, part.untouched))).empty
    ]
    by_part = {part.path: law.others(deed, part, idle) for part, _, _ in needed}
    found = {
        other.number: other
        for part, name, days in needed
        for other in by_part[part.path]
        if _meet(_extent(days), other.extents[name]) and not plane.intersection((days, other.days[name])).empty
    }
    for other in found.values():
        if all(other in by_part[part.path] and _covers((other,), name, days) for part, name, days in needed):
            return [other]
    return list(found.values())


# ---------------------------------------------------------------- acts that overlap


@frozen
class _Overlap:
    """Two deeds that do the same to the same thing, and where."""

    earlier: _Deed
    later: _Deed
    days: Where


def _overlapping(law: _Law, idle: Set[int]) -> Iterator[Diagnostic]:
    """Yield a problem for each act that does what earlier acts of the same word do on the same days.

    To repeal what is suspended, or the other way round, is ordinary law, as long as both do something.
    """
    at_work = [[deed for deed in deeds if deed.number not in idle] for deeds in law.on_instrument.values()]
    overlaps: dict[int, list[_Overlap]] = defaultdict(list)
    for deeds in at_work:
        in_order = sorted(deeds, key=lambda deed: deed.rank)
        for number, later in enumerate(in_order):
            for earlier in in_order[:number]:
                days = _overlap(earlier, later)
                if any(not region.empty for region in days.values()):
                    overlaps[later.act].append(_Overlap(earlier, later, days))
    for _, found in sorted(overlaps.items()):
        yield _overlap_problem(found)


def _overlap(one: _Deed, other: _Deed) -> Where:
    """Return where two deeds do the same to the same thing; nothing where they do not."""
    first, second = one.on.target, other.on.target
    alike = (
        one.on.act.word == other.on.act.word
        and any(_meet(one.extents[name], other.extents[name]) for name in one.days)
        and (reaches(first, second.instrument, second.path) or reaches(second, first.instrument, first.path))
    )
    return _in_common(one, other) if alike else {}


def _overlap_problem(found: Sequence[_Overlap]) -> Diagnostic:
    others = [
        Other(one.earlier.on.act, _narrower(one.earlier.on.target, one.later.on.target), one.days) for one in found
    ]
    earlier, later = found[0].earlier, found[0].later
    one_before = len({one.earlier.act for one in found}) == 1
    goes_on = (later.window.end or END) > (earlier.window.end or END)
    days = {name: _gathered(other.days[name] for other in others) for name in later.days}
    next_day = earlier.window.end if one_before and goes_on else None
    return problems.overlapping_suspension(later.on.act, others, days, next_day)


def _gathered(regions: Iterable[Region]) -> Region:
    """Return the union of regions of which many may lie in others."""
    found = NEVER
    for region in regions:
        if not plane.difference(region, found).empty:
            found = plane.union((found, region))
    return found


def _narrower(one: Target, other: Target) -> Target:
    return other if other.path is not None and (one.path is None or len(one.path) < len(other.path)) else one


def _in_common(one: _Deed, other: _Deed) -> Where:
    """Return where both are at work; of a scenario only where that adds to the base."""
    common = {name: plane.intersection((days, other.days[name])) for name, days in one.days.items()}
    base = common[BASE]
    return {name: base if plane.difference(days, base).empty else days for name, days in common.items()}


# ---------------------------------------------------------------- acts without an end


def _open(law: _Law, idle: Set[int]) -> Iterator[Diagnostic]:
    """Yield a problem for each `suspend` that neither a date nor another act ends."""
    for _, of_act in groupby(law.deeds, key=lambda deed: deed.act):
        deeds = list(of_act)
        law_of_it, act = deeds[0].on.instrument, deeds[0].on.act
        days = deeds[0].days[law_of_it.name if law_of_it.scenario else BASE].days(END)
        endless = act.word == "suspend" and deeds[0].window.end is None and days and days[-1][1] >= END
        if endless and any(deed.number not in idle for deed in deeds):
            yield problems.open_suspension(law_of_it.name, act)
