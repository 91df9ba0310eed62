"""Witnesses: a part of the case space shown by one case, of which the reference interpreter says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import ne
from typing import Final, TypeAlias

from attrs import evolve, frozen

from rpol.model.judge import Situation, Verdict, broken_facts, judge
from rpol.runtime.attribute import Value
from rpol.runtime.axes import BASE, DATE, KNOWN_ON, NO_LIMIT, SCENARIO
from rpol.runtime.contents import Box, Region
from rpol.runtime.numerals import day_text
from rpol.runtime.standing import acting, applying, outcome, standing
from rpol.runtime.written import to_request
from rpolc.analysis.ground import first_case, search
from rpolc.analysis.pick import Case, pick
from rpolc.analysis.questions import outcome_is_not
from rpolc.analysis.spelling import spell_equal
from rpolc.analysis.study import Study
from rpolc.analysis.vocabulary import Vocabulary
from rpolc.space import box as boxes
from rpolc.space import region as regions
from rpolc.space.explore import Budget, GaveUpError

# The parts of a box in which what is to be shown is so, as far as a budget reaches.
Showing: TypeAlias = Callable[[Box, Budget], Iterable[Box]]

# How many parts may be looked at to leave one attribute out of a case.
_STEPS_PER_ATTRIBUTE: Final = 300


class ReplayError(Exception):
    """The reference interpreter does not see what an analysis found: a mistake of ours, never of the policy."""


@frozen
class Witness:
    """A case and what is decided in it; attributes that are not `told` may have any value there."""

    case: Case
    told: frozenset[str]
    verdict: Verdict


def witness(study: Study, part: Box, showing: Showing) -> Witness:
    """Return a case of `part`, and what is decided in it.

    Attributes are left out that make no difference to what is shown, as far as the budget for plain reports reaches.
    Raise ReplayError if the reference interpreter decides otherwise.
    """
    return _shown(study, pick(study.vocabulary, study.space, part), part, showing)


def witness_alone(study: Study, region: Region) -> Witness:
    """Return a case of a region that has one, and what is decided in it: the same whatever is not told.

    What the region narrows is told.
    Raise ReplayError if the reference interpreter decides otherwise.
    """
    case = _plain_case(study, region)
    outcome = _verdict(study, case).outcome

    def showing(box: Box, budget: Budget) -> Iterator[Box]:
        return search(study.ground, (box,), outcome_is_not(study.rules, partial(ne, outcome)), budget)

    found = _shown(study, case, boxes.at(case.point, study.space), showing)
    of_region = frozenset().union(*(narrowed_names(study.vocabulary, box) for box in region))
    return evolve(found, told=found.told | of_region)


def _plain_case(study: Study, region: Region) -> Case:
    for box in region:
        case = pick(study.vocabulary, study.space, box)
        if not study.ground.index.meeting(boxes.at(case.point, study.space)) & study.ground.broken:
            return case
    point = first_case(study.ground, region, study.budget())
    assert point is not None
    return pick(study.vocabulary, study.space, boxes.at(point, study.space))


def _shown(study: Study, case: Case, part: Box, showing: Showing) -> Witness:
    verdict = _verdict(study, case)
    if study.may_replay():
        replay(study, case, verdict)
    return Witness(case, _told(study, part, case, showing), verdict)


def _verdict(study: Study, case: Case) -> Verdict:
    rules = study.rules
    apply = applying(rules, study.ground.clauses_at(case.point))
    stand = standing(rules, apply)
    act = acting(rules, apply, stand)
    return Verdict(frozenset(apply), frozenset(stand), act, *outcome(rules, stand, act))


def replay(study: Study, case: Case, verdict: Verdict) -> None:
    """Let the reference interpreter judge a case. Raise ReplayError if it says anything else."""
    reading = study.readings[case.scenario]
    situation = Situation(case.values, case.date, case.known_on)
    if broken := broken_facts(reading, situation):
        raise ReplayError(f"{case} is a witness, and there a fact is false: {broken[0]}.")
    if (judged := judge(reading, situation)) != verdict:
        raise ReplayError(f"In {case} the interpreter finds {judged}, and the analysis {verdict}.")


def _told(study: Study, part: Box, case: Case, showing: Showing) -> frozenset[str]:
    """Return attributes without which the case would not be shown: the others may have any value."""
    told = narrowed_names(study.vocabulary, part)
    for name in [name for name in case.values if name in told]:
        fixed = {axis for other in told - {name} for axis in study.vocabulary.axes_by_name[other]}
        fixed |= {study.axis(DATE), study.axis(KNOWN_ON), study.axis(SCENARIO)}
        wider = tuple(cell for cell in boxes.at(case.point, study.space) if cell[0] in fixed)
        if _shown_throughout(study, wider, showing):
            told -= {name}
    return told


def narrowed_names(vocabulary: Vocabulary, part: Box) -> frozenset[str]:
    """Return the attributes of which `part` does not hold every value."""
    names = {vocabulary.contents.axes[axis].attribute for axis, _ in part}
    return frozenset(names - {DATE, KNOWN_ON, SCENARIO})


def _shown_throughout(study: Study, box: Box, showing: Showing) -> bool:
    budget = Budget(min(_STEPS_PER_ATTRIBUTE, study.plainness.steps))
    granted = budget.steps
    try:
        shown = (*showing(box, budget), *study.ground.broken_boxes)
        return regions.uncovered(study.space, box, shown, budget) is None
    except GaveUpError:
        return False
    finally:
        study.plainness.steps -= granted - budget.steps


# ---------------------------------------------------------------- as text


def in_request_form(vocabulary: Vocabulary, case: Case, told: frozenset[str]) -> dict[str, object]:
    """Return a case as a request has it, with the attributes in `told` only."""
    attributes = vocabulary.attributes
    form = {name: to_request(attributes[name], value) for name, value in _as_written(vocabulary, case, told)}
    form[DATE] = day_text(case.date)
    if case.known_on != NO_LIMIT:
        form[KNOWN_ON] = day_text(case.known_on)
    if case.scenario != BASE:
        form[SCENARIO] = case.scenario
    return form


def as_example(study: Study, witness: Witness, title: str) -> str | None:
    """Return an `example` that holds as the policy is: the case, and what is decided in it.

    None where it cannot be written: a name from a file may have a quotation mark.
    """
    case = witness.case
    tests = [f"date {day_text(case.date)}"]
    if case.known_on != NO_LIMIT:
        tests.append(f"known_on {day_text(case.known_on)}")
    for name, value in _as_written(study.vocabulary, case, witness.told):
        tests.append(spell_equal(study.vocabulary.attributes[name], value))
        if any('"' in word for word in (value if isinstance(value, frozenset) else (value,)) if isinstance(word, str)):
            return None
    under = f" under {case.scenario}" if case.scenario != BASE else ""
    heading = title.replace('"', "'")
    return f'example "{heading}"{under}\n  given {" and ".join(tests)}\n  expect {witness.verdict.outcome}'


def _as_written(vocabulary: Vocabulary, case: Case, told: frozenset[str]) -> Iterator[tuple[str, Value]]:
    written = vocabulary.as_written
    return ((name, written(name, value)) for name, value in case.values.items() if name in told)
