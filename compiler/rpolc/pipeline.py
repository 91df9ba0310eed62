"""The whole way from text to table, on one page.

    gather    a path            -> texts, and a folder of data files     rpol.model.gather
    parse     a text            -> statements                            rpol.syntax.parse
    resolve   statements        -> a typed policy                        rpol.model.resolve
    lower     a policy          -> classes, boxes and masks              rpolc.lower.lower
    analyse   a lowered policy  -> what is wrong with it                 rpolc.analysis.analyse
    silence   problems          -> those that no comment silences        rpolc.silence
    build     a policy          -> a table                               rpolc.table.build

Each step returns what it made and the problems it found; none raises an exception for a mistake in a policy.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from attrs import evolve, frozen

from rpol.model.gather import Gathered, gather
from rpol.model.policy import Policy
from rpol.model.problems.files import no_statement
from rpol.model.resolve import resolve
from rpol.runtime.errors import RpolError
from rpol.runtime.table import Table
from rpol.syntax.parse import parse
from rpol.text.diagnostic import Diagnostic
from rpol.text.render import concise
from rpol.text.source import SourceText
from rpolc.analysis.analyse import Analyses, analyse, prove_promises
from rpolc.analysis.problems.undecided import too_many_boxes
from rpolc.lower.expand import TooManyBoxesError
from rpolc.lower.lower import lower
from rpolc.silence import silence
from rpolc.space.explore import STEPS
from rpolc.table.build import build


class PolicyError(RpolError):
    """A policy with errors cannot be compiled; `problems` are all that `rpolc check` finds."""

    def __init__(self, problems: tuple[Diagnostic, ...]) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        super().__init__("The policy has errors:\n" + "\n".join(concise(problem) for problem in errors))
        self.problems = problems


@frozen
class Checked:
    """What a check came to: the policy, unless errors leave none, its problems, and how many texts were read."""

    policy: Policy | None
    problems: tuple[Diagnostic, ...]
    files: int

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be built from it."""
        return any(problem.severity == "error" for problem in self.problems)


def check(path: str | os.PathLike[str], *, steps: int = STEPS, with_gaps: bool = False) -> Checked:
    """Return the policy at `path` and all that is wrong with it.

    A check that would look at more than `steps` parts of the case space is reported as not decided. `with_gaps`: what
    no rule decides is told as well.
    """
    gathered, problems = gather(path)
    if gathered is None:
        return Checked(None, problems, 0)
    return _read(gathered, problems, partial(_analysed, steps=steps, analyses=partial(analyse, with_gaps=with_gaps)))


def check_gathered(gathered: Gathered, problems: tuple[Diagnostic, ...] = (), *, steps: int = STEPS) -> Checked:
    """Return the policy that gathered texts make and all that is wrong with it."""
    return _read(gathered, problems, partial(_analysed, steps=steps))


def prove(gathered: Gathered, question: SourceText, *, steps: int = STEPS) -> Checked:
    """Return what is wrong with the promises in `question`, held against the policy that gathered texts make.

    If a statement of either has errors, the problems are these; `files` counts the texts of the policy.
    """
    checked = read_gathered(evolve(gathered, sources=(*gathered.sources, question)))
    asked = () if checked.policy is None else tuple(p for p in checked.policy.promises if p.place.source is question)
    files = len(gathered.sources)
    if checked.policy is None or checked.has_errors:
        return Checked(None, checked.problems, files)
    policy = evolve(checked.policy, promises=asked, examples=())
    return Checked(policy, _analysed(policy, steps=steps, analyses=prove_promises), files)


def read_gathered(gathered: Gathered) -> Checked:
    """Return the policy that gathered texts make and what is wrong with its statements; its cases are not analysed."""
    return _read(gathered, (), lambda policy: ())


def _read(
    gathered: Gathered, problems: tuple[Diagnostic, ...], analysed: Callable[[Policy], tuple[Diagnostic, ...]]
) -> Checked:
    parsed = [(source, *parse(source)) for source in gathered.sources]
    statements = [(source, pieces) for source, pieces, _ in parsed]
    of_text = tuple(problem for _, _, found in parsed for problem in found)
    if not of_text and not any(pieces for _, pieces in statements):
        return Checked(None, (*problems, no_statement()), len(parsed))
    policy, of_meaning = resolve(statements, gathered.folder)
    of_cases = () if policy is None else analysed(policy)
    found = silence((*problems, *of_text, *of_meaning, *of_cases), statements)
    return Checked(policy, found, len(parsed))


def compile(path: str | os.PathLike[str]) -> Table:  # noqa: A001 - the word of the door
    """Return the table of the policy at `path`. Raise PolicyError where `check` has errors."""
    return table_of(check(path))


def table_of(checked: Checked) -> Table:
    """Return the table of a checked policy. Raise PolicyError where it has errors."""
    if checked.policy is None or checked.has_errors:
        raise PolicyError(checked.problems)
    return build(checked.policy)


def _analysed(policy: Policy, *, steps: int, analyses: Analyses = analyse) -> tuple[Diagnostic, ...]:
    claimed = (*(one.condition for one in policy.promises), *(one.given for one in policy.examples))
    try:
        return analyses(policy, lower(policy, also=claimed), steps=steps)
    except TooManyBoxesError as error:
        return (too_many_boxes(error.place),)
