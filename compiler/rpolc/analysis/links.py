"""Names behind `overrides` and `supplements` that do nothing (language.md, section 4).

An `overrides` does nothing if every decision is the same without the name; a `supplements` as well, or if the control
reaches no case through what it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from attrs import evolve, frozen

from rpol.model.policy import Link
from rpol.model.resolution.linking import BUILT_IN, in_lifting_order
from rpol.runtime.contents import Box, Clause, Region
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis import problems
from rpolc.analysis.account import shown_alone
from rpolc.analysis.apart import tells_apart, tells_apart_at_once
from rpolc.analysis.contrast import Contrast
from rpolc.analysis.ground import first_case, search
from rpolc.analysis.questions import applies
from rpolc.analysis.study import Study
from rpolc.space.box import meet
from rpolc.space.explore import GaveUpError


@frozen
class Unreached:
    """The `supplements` through which a control reaches no case, the clauses of those controls, and what gave up."""

    links: tuple[Link, ...]
    clauses: frozenset[int]
    undecided: tuple[Link, ...]


def find_unreached(study: Study, without_cases: Set[int]) -> Unreached:
    """Return the supplementing controls that reach no case, though their clauses hold in some."""
    links: list[Link] = []
    clauses: set[int] = set()
    undecided: list[Link] = []
    for rule in {link.rule: link for link in study.policy.links if link.word == "supplements"}.values():
        holding = [number for number in rule.clauses if number not in without_cases]
        try:
            if holding and not any(_ever_applies(study, number) for number in holding):
                links += (link for link in study.policy.links if link.word == "supplements" and link.rule == rule.rule)
                clauses |= {*rule.clauses}
        except GaveUpError:
            undecided.append(rule)
    return Unreached(tuple(links), frozenset(clauses), tuple(undecided))


def _ever_applies(study: Study, number: int) -> bool:
    region = study.ground.region(number)
    found = search(
        study.ground, region, applies(study.rules, number), study.budget(), among=study.ground.related(number)
    )
    return next(found, None) is not None


def links(study: Study, unreached: Unreached, passed_over: Set[int]) -> tuple[Diagnostic, ...]:
    """Return a problem for each name that does nothing; what is said of clauses in `passed_over` is worse."""
    policy = study.policy
    found = [problems.clauses.idle_supplement(link, policy.clauses[link.clauses[0]], None) for link in unreached.links]
    found += (problems.undecided.link(link, study.steps) for link in unreached.undecided)
    unlinking = _Unlinking(study)
    for link in policy.links:
        if any(number not in passed_over and number not in unreached.clauses for number in link.clauses):
            found += _check(study, unlinking, link)
    return tuple(found)


def _check(study: Study, unlinking: _Unlinking, link: Link) -> Iterator[Diagnostic]:
    try:
        contrast = unlinking.without(link)
        met = tuple(unlinking.meeting(link))
        if met and first_case(study.ground, met, study.budget()) is None:
            met = ()
        if contrast is not None and not (met and _apart(study, contrast, link, met)):
            yield _report(study, link, met)
    except GaveUpError:
        yield problems.undecided.link(link, study.steps)


def _apart(study: Study, contrast: Contrast, link: Link, met: Region) -> bool:
    if tells_apart_at_once(study, contrast, met):
        return True
    return any(tells_apart(study, contrast, study.ground.region(number)) for number in link.clauses)


def _report(study: Study, link: Link, met: Region) -> Diagnostic:
    carrier = study.policy.clauses[link.clauses[0]]
    shown = shown_alone(study, met, f"the same without `{link.word} {link.name}`") if met else None
    problem = problems.clauses.idle_override if link.word == "overrides" else problems.clauses.idle_supplement
    return problem(link, carrier, shown)


@frozen(slots=False)
class _Unlinking:
    """The policy without one of its links."""

    study: Study

    @cached_property
    def _by_clause(self) -> Mapping[int, Sequence[Link]]:
        """The links of each clause."""
        found: dict[int, list[Link]] = defaultdict(list)
        for link in self.study.policy.links:
            for number in link.clauses:
                found[number].append(link)
        return found

    def meeting(self, link: Link) -> Iterator[Box]:
        """Yield boxes in which a clause that has the link holds, and for `overrides` something that it lifts."""
        ground = self.study.ground
        for number in link.clauses:
            if link.word == "supplements":
                yield from ground.region(number)
                continue
            for box in ground.region(number):
                near = ground.index.meeting(box)
                for other in link.reached:
                    if other != number and near & ground.boxes_by_clause[other]:
                        yield from (common for one in ground.region(other) if (common := meet(box, one)) is not None)

    def without(self, link: Link) -> Contrast | None:
        """Return the policy as it is beside the policy without a link; None if that would be none."""
        changes = self._unsupplemented(link) if link.word == "supplements" else self._not_overriding(link)
        order = None
        if link.word == "overrides" and any(set(changes[n].lifts) - set(self._clause(n).lifts) for n in changes):
            clauses = [
                evolve(clause, lifts=changes[clause.index].lifts) if clause.index in changes else clause
                for clause in self.study.policy.clauses
            ]
            order, circles = in_lifting_order(clauses)
            if circles:
                return None
        rules = self.study.rules
        return Contrast(rules, rules.relinked(changes, order), relinked=frozenset(changes))

    def _clause(self, number: int) -> Clause:
        return self.study.contents.clauses[number]

    def _not_overriding(self, link: Link) -> dict[int, Clause]:
        """Return the clauses that lift other clauses without a link; what it kept from being lifted is lifted again."""
        lifts: dict[int, set[int]] = {}
        for number in link.clauses:
            others = [one for one in self._by_clause[number] if one.word == "overrides" and one is not link]
            dropped = set(link.reached) - {number} - {other for one in others for other in one.reached}
            kept = {other for other in dropped if self._lifts_by_itself(number, other)}
            if dropped - kept:
                lifts.setdefault(number, set(self._clause(number).lifts)).difference_update(dropped - kept)
            for other in dropped:
                if self._lifts_by_itself(other, number):
                    lifts.setdefault(other, set(self._clause(other).lifts)).add(number)
        return {number: evolve(self._clause(number), lifts=tuple(sorted(some))) for number, some in lifts.items()}

    def _lifts_by_itself(self, number: int, other: int) -> bool:
        """Tell whether a clause lifts another of its control, by what it is."""
        clauses = self.study.policy.clauses
        in_control = clauses[number].rule == clauses[other].rule
        return in_control and clauses[other].effect in BUILT_IN.get(clauses[number].effect, ())

    def _unsupplemented(self, link: Link) -> dict[int, Clause]:
        """Return the clauses that rest on and are reached through fewer licences without a link."""
        others = [one for one in self._by_clause[link.clauses[0]] if one.word == "supplements" and one is not link]
        left = {licence for one in others for licence in one.reached}
        changes: dict[int, Clause] = {}
        for number in link.clauses:
            clause = self._clause(number)
            own = {one for one in clause.rests_on if self.study.policy.clauses[one].rule == link.rule}
            rests_on = tuple(sorted(own | left)) if clause.rests_on else ()
            changes[number] = evolve(clause, reached_through=tuple(sorted(left)) if others else None, rests_on=rests_on)
        return changes
