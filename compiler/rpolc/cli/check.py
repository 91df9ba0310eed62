"""`rpolc check`: find what is wrong with policies."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

import click
from attrs import frozen

from rpol.text.diagnostic import Diagnostic
from rpol.text.render import concise
from rpolc.cli.boundary import Refused
from rpolc.cli.opening import holds_table, show_problems
from rpolc.cli.options import common, format_choice, steps_option
from rpolc.cli.status import DONE, FOUND
from rpolc.cli.write_json import write_json
from rpolc.pipeline import Checked
from rpolc.pipeline import check as check_policy
from rpolc.report.counted import counted
from rpolc.report.problem import count, problem
from rpolc.report.seen_from import seen_from_here

FORMAT_VERSION: Final = 1
log = logging.getLogger(__name__)


@frozen
class _Result:
    """What the check of one path came to; its problems in the order of their places."""

    path: Path
    checked: Checked
    problems: tuple[Diagnostic, ...]

    def holds(self, *, strict: bool) -> bool:
        """Tell whether nothing counts against the policy."""
        counts = count(self.problems)
        return not counts["error"] and not (strict and counts["warning"])


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@format_choice("text", "json", "concise")
@click.option("--strict", is_flag=True, help="Let warnings fail the check, too.")
@click.option("--gaps", is_flag=True, help="Show as well which cases no rule decides.")
@steps_option
@common
def check(paths: tuple[Path, ...], form: str, strict: bool, gaps: bool, steps: int, color: bool | None) -> int:
    """Find what is wrong with the policy at each PATH, a folder or a file.

    Everything that is wrong is shown in one run, with its place, a case that shows it, and what to write instead;
    `rpolc explain NAME` says more. Contradictions and broken promises are searched over all cases and all days. The
    exit status is 0 if there is no error, and 1 if there is one; notes never count.

    \b
    Examples:
      rpolc check policies/
      rpolc check --strict --format json policies/ > problems.json
    """
    results = [_check(path, steps, gaps=gaps) for path in paths]
    if form == "json":
        write_json(_to_dict(results, strict))
    for result in results:
        if form == "text":
            show_problems(result.problems, result.path, color=color, err=False)
        elif form == "concise":
            for found in result.problems:
                click.echo(concise(seen_from_here(found, result.path)))
    for result in results:
        click.echo(_summary(result, strict, alone=len(results) == 1), err=form != "text")
    return DONE if all(result.holds(strict=strict) for result in results) else FOUND


def _check(path: Path, steps: int, *, gaps: bool) -> _Result:
    if holds_table(path):
        raise Refused(f"{path} is a table, made from a policy without errors. Check the policy.")
    begun = perf_counter()
    checked = check_policy(path, steps=steps, with_gaps=gaps)
    log.info("%s: checked in %.2f s", path, perf_counter() - begun)
    return _Result(path, checked, tuple(sorted(checked.problems, key=_position)))


def _position(found: Diagnostic) -> tuple[str, int, str]:
    return (found.place.source.path, found.place.start, found.name) if found.place else ("", 0, found.name)


# ---------------------------------------------------------------- in words


def _summary(result: _Result, strict: bool, *, alone: bool) -> str:
    counts = count(result.problems)
    problems = ", ".join(counted(number, severity) for severity, number in counts.items() if number)
    if not result.holds(strict=strict):
        name = "" if alone else f"{result.path}: "
        return f"{name}{problems} in {counted(result.checked.files, 'file')}"
    size = ", ".join(counted(number, thing[:-1]) for thing, number in _size(result.checked).items())
    return f"{result.path}: {size}: holds{f', with {problems}' if problems else ''}"


def _size(checked: Checked) -> dict[str, int]:
    policy = checked.policy
    if policy is None:
        return {"instruments": 0, "clauses": 0, "promises": 0, "examples": 0}
    return {
        "instruments": len(policy.instruments) - len(policy.scenarios),
        "clauses": len(policy.clauses),
        "promises": len(policy.promises),
        "examples": len(policy.examples),
    }


# ---------------------------------------------------------------- as data


def _to_dict(results: Sequence[_Result], strict: bool) -> dict[str, object]:
    every = [(result, found) for result in results for found in result.problems]
    counts = count(found for _, found in every)
    return {
        "format_version": FORMAT_VERSION,
        "counts": {f"{severity}s": number for severity, number in counts.items()},
        "policies": [
            {
                "path": str(result.path),
                "files": result.checked.files,
                **_size(result.checked),
                "holds": result.holds(strict=strict),
            }
            for result in results
        ],
        "problems": [{**problem(found), "policy": str(result.path)} for result, found in every],
    }
