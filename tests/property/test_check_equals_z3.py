"""What is reported of larger random policies is what Z3 finds, which shares no code with the program.

The policies are objects of `larger`; one side is told their text, the other their meaning as docs/reference/language.md
has it. Dozens of rules, 60 items, 30 countries, lists, sets, numbers, both dates, acts, a scenario: far more cases than
could be asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import pytest
from attrs import frozen
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.support.policies import policy_of

from rpol.model.policy import Policy as Resolved
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.analyse import analyse
from rpolc.difference.changes import ChangedRegion, Difference, differences
from rpolc.lower.lower import lower
from rpolc.space.explore import STEPS

z3 = pytest.importorskip("z3")

from tests.property.larger import regions  # noqa: E402 - needs z3
from tests.property.larger.case import Case, any_of  # noqa: E402
from tests.property.larger.links import RUNGS  # noqa: E402
from tests.property.larger.meaning import Meaning, differ  # noqa: E402
from tests.property.larger.objects import Link, Policy  # noqa: E402
from tests.property.larger.random_policies import random_change, random_policy, without_link  # noqa: E402
from tests.property.larger.text import Written, write  # noqa: E402

SEEDS = st.integers(0, 2**32)
RULES = st.integers(40, 120)
FEWER_RULES = st.integers(40, 80)
# A policy takes some seconds, most of them Z3's. What fails is made again from its seed, which does not shrink.
FEW = settings(
    max_examples=max(1, settings.default.max_examples // 50), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
# How many changes are looked at; of how many regions of each change the case; how many are held against each other.
CHANGES = 2
CASES = 30


class Asked:
    """What Z3 says of the cases of a policy."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning = meaning
        self.solver = z3.Solver()
        self.solver.add(*meaning.case.domain, meaning.possible, *meaning.definitions)

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Tell whether all are true in one case."""
        return satisfiable(self.solver, *formulas)

    @cached_property
    def contradicting(self) -> set[frozenset[int]]:
        """The pairs of an `allow` and a stricter clause that stand in one case."""
        clauses, stands = self.meaning.links.clauses, self.meaning.stands
        found = set()
        for allow in (number for number, clause in enumerate(clauses) if clause.effect == "allow"):
            left = {number for number, clause in enumerate(clauses) if clause.effect in RUNGS[1:]}
            while left and self.ever(stands[allow], any_of(stands[number] for number in sorted(left))):
                model = self.solver.model()
                beside = {one for one in left if z3.is_true(model.eval(stands[one], model_completion=True))}
                found |= {frozenset((allow, number)) for number in beside}
                left -= beside
        return found

    @cached_property
    def empty(self) -> set[int]:
        """The clauses whose conditions no case meets."""
        return {number for number, meets in enumerate(self.meaning.meets) if not self.ever(meets)}

    @cached_property
    def never_in_force(self) -> set[int]:
        """The other clauses that are in force on no day on which a case meets them."""
        both = enumerate(zip(self.meaning.meets, self.meaning.in_force, strict=True))
        return {number for number, (meets, force) in both if number not in self.empty and not self.ever(meets, force)}

    @cached_property
    def idle(self) -> set[int]:
        """The clauses without which every decision is the same."""
        usual, every = self.meaning.parts, range(len(self.meaning.names))
        return {number for number in every if not self.ever(differ(usual, self.meaning.without(number)))}

    @cached_property
    def unreached(self) -> set[int]:
        """The clauses of rules that supplement something through which they reach no case."""
        found: set[int] = set()
        for rule, numbers in self.meaning.links.of_rule.items():
            if self.meaning.policy.rules[rule].supplements:
                holding = set(numbers) - self.empty - self.never_in_force
                if holding and not self.ever(any_of(self.meaning.applies[number] for number in sorted(holding))):
                    found |= set(numbers)
        return found

    @cached_property
    def masked(self) -> set[int]:
        """The idle clauses of which nothing worse is said, but for implied licences that are not alone."""
        links = self.meaning.links
        beside = {
            number for number, one in enumerate(links.clauses) if one.implied and len(links.of_rule[one.rule]) > 1
        }
        return self.idle - beside - self.worse - self.unreached

    @cached_property
    def worse(self) -> set[int]:
        """The clauses that contradict others or have no case."""
        return {number for pair in self.contradicting for number in pair} | self.empty | self.never_in_force

    def is_idle(self, link: Link) -> bool | None:
        """Tell whether a link is one to be told of, for it does nothing; None where language.md leaves it open."""
        carriers = set(self.meaning.links.of_rule[link.rule])
        if link.place >= 0:
            carriers = {number for number in carriers if self.meaning.links.clauses[number].place == link.place}
        if link.word == "supplements" and carriers <= self.unreached:
            return True
        if carriers <= self.worse | self.masked | self.unreached:
            return False
        rest = Meaning(without_link(self.meaning.policy, link), self.meaning.case)
        if len(rest.names) > len(self.meaning.names):
            return None  # the control would have an implied licence instead
        circle = rest.links.order is None
        return not circle and not self.ever(differ(self.meaning.parts, rest.parts))


def satisfiable(solver: z3.Solver, *formulas: z3.BoolRef) -> bool:
    # Formulas as assumptions, not in a frame of their own: then the model is still there to be read.
    answer = solver.check(*formulas)
    assert answer != z3.unknown
    return bool(answer == z3.sat)


def resolved(written: Written) -> Resolved:
    return policy_of(written.text, written.files)


def case_of(policy: Policy) -> Case:
    return Case(tuple(one.name for one in policy.instruments if one.scenario))


@frozen
class Told:
    """What is reported, by the numbers of clauses and promises in place of places."""

    problems: tuple[Diagnostic, ...]
    clause_at: Mapping[int, int]

    def named(self, *names: str) -> Iterator[Diagnostic]:
        return (problem for problem in self.problems if problem.name in names)

    def clause(self, problem: Diagnostic) -> int:
        assert problem.place is not None
        return self.clause_at[problem.place.start]

    def labelled(self, problem: Diagnostic) -> set[int]:
        return {self.clause_at[label.place.start] for label in problem.labels}


def told_of(written: Written, meaning: Meaning) -> Told:
    clauses = enumerate(meaning.links.clauses)
    at = {written.clauses[clause.rule, clause.place]: number for number, clause in clauses}
    return Told(analyse(resolved(written)), at)


# ---------------------------------------------------------------- check


@FEW
@given(SEEDS, RULES)
def test_a_check_finds_what_z3_finds(seed: int, rules: int) -> None:
    policy = random_policy(seed, rules)
    written = write(policy)
    meaning = Meaning(policy, case_of(policy))
    asked, told = Asked(meaning), told_of(written, meaning)
    assert "not-decided" not in {problem.name for problem in told.problems}
    assert pairs_told(told) == asked.contradicting
    assert without_cases(told, "empty-clause") == asked.empty
    assert without_cases(told, "never-in-force") == asked.never_in_force
    assert masked(told) == asked.masked
    assert promises_told(told, written) == promises_asked(asked)
    idle_links = {problem.place.start for problem in told.named("idle-override", "idle-supplement") if problem.place}
    for link, start in written.links.items():
        assert asked.is_idle(link) in (None, start in idle_links), link


def pairs_told(told: Told) -> set[frozenset[int]]:
    pairs = [
        frozenset((told.clause(problem), other))
        for problem in told.named("contradiction")
        for other in told.labelled(problem)
    ]
    assert len(pairs) == len(set(pairs))
    return set(pairs)


def without_cases(told: Told, name: str) -> set[int]:
    return {number for problem in told.named(name) for number in (told.clause(problem), *told.labelled(problem))}


def masked(told: Told) -> set[int]:
    found: set[int] = set()
    for problem in told.named("masked-clause", "idle-exception"):
        # One message may speak for all that hide each other; it then labels them so.
        hiding = (label for label in problem.labels if "hide each other" in label.message)
        found |= {told.clause(problem), *(told.clause_at[label.place.start] for label in hiding)}
    return found


def promises_told(told: Told, written: Written) -> dict[int, str]:
    number_at = {start: number for number, start in enumerate(written.promises)}
    return {number_at[one.place.start]: one.name for one in told.named("broken-promise", "empty-promise") if one.place}


def promises_asked(asked: Asked) -> dict[int, str]:
    found: dict[int, str] = {}
    for number, promise in enumerate(asked.meaning.policy.promises):
        meant = asked.meaning.meant(promise)
        if not asked.ever(meant):
            found[number] = "empty-promise"
        elif asked.ever(meant, z3.Not(asked.meaning.keeps(promise))):
            found[number] = "broken-promise"
    return found


# ---------------------------------------------------------------- diff


@FEW
@given(SEEDS, FEWER_RULES, st.lists(SEEDS, min_size=CHANGES, max_size=CHANGES))
def test_a_difference_is_where_z3_finds_one(seed: int, rules: int, seeds: Sequence[int]) -> None:
    policy = random_policy(seed, rules)
    case = case_of(policy)
    old, contents = Meaning(policy, case), lower(resolved(write(policy))).cases
    for each in seeds:
        changed = random_change(policy, each)
        found = differences(contents, lower(resolved(write(changed))).cases, STEPS)
        assert_exact(found, old, Meaning(changed, case))


def assert_exact(found: Difference, old: Meaning, new: Meaning) -> None:
    """All that differs is told, nothing else, all of it once, and as it is."""
    case, axes = old.case, found.paired.ground.contents.axes
    solver = z3.Solver()
    solver.add(*case.domain, old.possible)
    differs = named(solver, "differs", differ(old.parts_spelt_out, new.parts_spelt_out))
    assert found.same == (not found.changes)
    assert satisfiable(solver, differs) == bool(found.changes)
    told: list[z3.BoolRef] = []
    for number, change in enumerate(found.changes):
        so = z3.And(differs, decided(old, *change.old), decided(new, *change.new))
        as_told = named(solver, f"as told by {number}", so)
        regions_told = [region_of(case, axes, region) for region in change.regions]
        where = [named(solver, f"region {len(told) + place}", one) for place, one in enumerate(regions_told)]
        assert not satisfiable(solver, any_of(where), z3.Not(as_told)), "more is told than differs so"
        for place, region in list(enumerate(change.regions))[:CASES]:
            assert satisfiable(solver, where[place], as_told, regions.at(case, axes, region.case))
        told += where
    assert not satisfiable(solver, differs, *map(z3.Not, told)), "a difference is not told"
    if told:
        assert not satisfiable(solver, z3.Not(z3.AtMost(*told, 1))), "regions overlap"


def named(solver: z3.Solver, name: str, formula: z3.BoolRef) -> z3.BoolRef:
    """Return a name for a formula, so that it is worked up once and asked of often."""
    found = z3.Bool(name)
    solver.add(found == formula)
    return found


def region_of(case: Case, axes: Sequence[regions.Axis], region: ChangedRegion) -> z3.BoolRef:
    excepted = any_of(regions.inside(case, axes, box) for box in region.where.excepted)
    return z3.And(regions.inside(case, axes, region.where.base), z3.Not(excepted))


def decided(meaning: Meaning, outcome: str, mark: str | None) -> z3.BoolRef:
    """Return whether this is the outcome and the mark."""
    marks = meaning.marks
    marked = z3.Not(any_of(marks.values())) if mark is None else marks.get(mark, z3.BoolVal(False))
    return meaning.spelt_out(z3.And(meaning.is_outcome(outcome), marked))
