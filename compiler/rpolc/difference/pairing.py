"""Two versions as two readings of the same clauses: which clause of one is which of the other.

Clauses are the same here if decisions cannot tell them apart: same effect, instrument and duties. Where such a pair
holds in other cases, it is cut into what it shares and what either has alone; all else in the difference of two
versions follows from these parts and from links that changed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import evolve, frozen

from rpol.runtime.contents import Clause, Contents, Fact, Region
from rpol.runtime.standing import Rules
from rpolc.analysis.contrast import Contrast
from rpolc.analysis.ground import Ground
from rpolc.difference.refine import Common
from rpolc.space.box import Space, meet
from rpolc.space.explore import Budget
from rpolc.space.region import difference, intersection

# A clause of a version: its number there, itself, and where it holds on the common axes.
_Placed: TypeAlias = tuple[int, Clause, Region]
_ROUTES: Final = ("exempt", "permit")


@frozen
class Paired:
    """Both versions on common ground.

    Numbers of clauses count those of the new version first, then what only the old one has. `within` is where decisions
    can differ. `broken_in_one`: cases that facts rule out in one version alone.
    """

    ground: Ground
    contrast: Contrast
    within: Region
    broken_in_one: tuple[Region, Region]


def pair(old: Contents, new: Contents, common: Common, budget: Budget) -> Paired:
    """Return two versions as readings of the same clauses. Raise GaveUpError when the budget is spent."""
    return _Pairing(old, new, common, budget).all()


@frozen
class _Pairing:
    old: Contents
    new: Contents
    common: Common
    budget: Budget

    def all(self) -> Paired:
        olds = _placed(self.old, self.common.old.region)
        news = _placed(self.new, self.common.new.region)
        matched = dict(_matches(olds, news))
        clauses: list[tuple[Clause | None, Clause | None]] = [(None, clause) for _, clause, _ in news]
        number_of_old = {}
        for number, clause, _ in olds:
            if number in matched:
                clauses[matched[number]] = (clause, clauses[matched[number]][1])
                number_of_old[number] = matched[number]
            else:
                number_of_old[number] = len(clauses)
                clauses.append((clause, None))
        regions, only_old, only_new, aliases = self._regions(olds, news, number_of_old, len(clauses))
        new_rules = _rules(self.new, clauses, range(len(news)), side=1)
        old_rules = _rules(self.old, clauses, [number_of_old[number] for number, _, _ in olds], side=0)
        relinked = frozenset(
            number for number in matched.values() if _links(old_rules, number) != _links(new_rules, number)
        )
        contrast = Contrast(old_rules, new_rules, only_old, only_new, relinked, aliases)
        broken = self._broken(self.old, self.common.old.region), self._broken(self.new, self.common.new.region)
        ground = Ground(self._contents(regions, new_rules, (*broken[0], *broken[1])))
        space = ground.space
        one_sided = (
            difference(space, broken[0], broken[1], self.budget) if broken[0] != broken[1] else (),
            difference(space, broken[1], broken[0], self.budget) if broken[0] != broken[1] else (),
        )
        return Paired(ground, contrast, tuple(dict.fromkeys(_within(ground, contrast, regions))), one_sided)

    def _regions(
        self, olds: Sequence[_Placed], news: Sequence[_Placed], number_of_old: Mapping[int, int], total: int
    ) -> tuple[list[Region], frozenset[int], frozenset[int], dict[int, int]]:
        """Return where each clause holds in both, and under further numbers where one of a pair holds alone."""
        space = Space(tuple(axis.size for axis in self.common.axes))
        regions: list[Region] = [region for _, _, region in news]
        regions += [()] * (total - len(news))
        met = set(number_of_old.values())
        only_new = {number for number in range(len(news)) if number not in met}
        only_old: set[int] = set()
        aliases: dict[int, int] = {}
        for old, _, region in olds:
            number = number_of_old[old]
            if number >= len(news):
                regions[number] = region
                only_old.add(number)
                continue
            other = regions[number]
            if set(region) == set(other):
                continue
            regions[number] = intersection(region, other)
            for alone, side in (
                (difference(space, region, other, self.budget), only_old),
                (difference(space, other, region, self.budget), only_new),
            ):
                if alone:
                    side.add(len(regions))
                    aliases[len(regions)] = number
                    regions.append(alone)
        return regions, frozenset(only_old), frozenset(only_new), aliases

    def _broken(self, contents: Contents, translate: Callable[[Region], Region]) -> Region:
        return tuple(dict.fromkeys(box for fact in contents.facts for box in translate(contents.regions[fact.broken])))

    def _contents(self, regions: Sequence[Region], rules: Rules, broken: Region) -> Contents:
        """Return contents that hold the regions, so that they can be searched; their worlds and lists are left out."""
        numbers: dict[Region, int] = {}
        real = tuple(numbers.setdefault(region, len(numbers)) for region in regions)
        facts = (Fact("", numbers.setdefault(broken, len(numbers))),) if broken else ()
        return evolve(
            rules.contents,
            attributes=self.common.attributes,
            axes=self.common.axes,
            regions=tuple(numbers),
            real=real,
            bare=(),
            facts=facts,
            acts=(),
            rows=(),
            lists=(),
            doubts=(),
        )


def _placed(contents: Contents, translate: Callable[[Region], Region]) -> list[_Placed]:
    known: dict[int, Region] = {}
    found: list[_Placed] = []
    for number, clause in enumerate(contents.clauses):
        region = contents.real[number]
        if region not in known:
            known[region] = tuple(dict.fromkeys(translate(contents.regions[region])))
        found.append((number, clause, known[region]))
    return found


# ---------------------------------------------------------------- which is which


def _matches(olds: Sequence[_Placed], news: Sequence[_Placed]) -> Iterator[tuple[int, int]]:
    """Yield pairs of clauses that decisions cannot tell apart: those most alike first, each clause once."""
    left_old, left_new = list(olds), list(news)
    for likeness in (_exactly, _in_place, _by_name, _by_control):
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for placed in left_new:
            waiting[likeness(placed)].append(placed[0])
        taken: set[int] = set()
        rest: list[_Placed] = []
        for placed in left_old:
            candidates = waiting.get(likeness(placed))
            if candidates:
                taken.add(candidates[0])
                yield placed[0], candidates.popleft()
            else:
                rest.append(placed)
        left_old = rest
        left_new = [placed for placed in left_new if placed[0] not in taken]


def _told(clause: Clause) -> Hashable:
    """Return all by which a decision tells a clause from others."""
    ref = clause.ref
    route = (ref.label or ref.control) if clause.duties and ref.effect in _ROUTES else None
    return ref.effect, ref.instrument, frozenset(clause.duties), route


def _exactly(placed: _Placed) -> Hashable:
    return _by_name(placed), frozenset(placed[2])


def _in_place(placed: _Placed) -> Hashable:
    return _told(placed[1]), frozenset(placed[2])


def _by_name(placed: _Placed) -> Hashable:
    ref = placed[1].ref
    return _told(placed[1]), ref.control, ref.label, ref.paragraph


def _by_control(placed: _Placed) -> Hashable:
    return _told(placed[1]), placed[1].ref.control


# ---------------------------------------------------------------- both versions' rules


def _rules(
    contents: Contents,
    clauses: Sequence[tuple[Clause | None, Clause | None]],
    numbers: Sequence[int],
    side: int,
) -> Rules:
    """Return the rules of a version, its clauses under their common `numbers`; those it lacks are there and idle."""

    def anew(some: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(numbers[one] for one in some))

    found: list[Clause] = []
    for both in clauses:
        own, other = both[side], both[1 - side]
        if own is None:
            assert other is not None
            found.append(evolve(other, rests_on=(), reached_through=None, lifts=(), reached_by=()))
        else:
            through = None if own.reached_through is None else anew(own.reached_through)
            found.append(evolve(own, rests_on=anew(own.rests_on), reached_through=through, lifts=anew(own.lifts)))
    order = [numbers[one] for one in contents.order]
    lacking = [number for number, both in enumerate(clauses) if both[side] is None]
    return Rules(evolve(contents, clauses=tuple(found), order=(*order, *lacking)))


def _links(rules: Rules, number: int) -> Hashable:
    clause = rules.contents.clauses[number]
    through = None if clause.reached_through is None else frozenset(clause.reached_through)
    return frozenset(clause.rests_on), through, frozenset(clause.lifts)


# ---------------------------------------------------------------- where decisions can differ


def _within(ground: Ground, contrast: Contrast, regions: Sequence[Region]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield boxes outside of which the same clauses hold in both versions, and do the same to one another."""
    if contrast.old.contents.otherwise != contrast.new.contents.otherwise:
        yield ()
        return
    one_sided = contrast.only_old | contrast.only_new
    for number in sorted(one_sided):
        yield from regions[number]
    for number in sorted(contrast.relinked):
        old, new = (rules.contents.clauses[number] for rules in (contrast.old, contrast.new))
        needs = {*old.rests_on, *(old.reached_through or ())} ^ {*new.rests_on, *(new.reached_through or ())}
        if (old.reached_through is None) != (new.reached_through is None) or needs - one_sided:
            yield from regions[number]
            continue
        for other in sorted({*old.lifts} ^ {*new.lifts}):
            if other not in one_sided:
                met = (meet(box, one) for box in regions[number] for one in regions[other])
                yield from (box for box in met if box is not None)
