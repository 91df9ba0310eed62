"""`rpolc why-not`: which facts would have to change, or when it would be, for another outcome."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from rpol.runtime.ladder import OUTCOMES, RANK
from rpol.runtime.read import read
from rpol.runtime.request import Request
from rpolc.analysis.ground import Ground
from rpolc.analysis.why_not import why_not as ask_why_not
from rpolc.cli.boundary import Refused
from rpolc.cli.opening import show_problems
from rpolc.cli.options import common, format_choice, policy_or_table, steps_option
from rpolc.cli.status import DONE, FOUND
from rpolc.cli.terminal import width_of
from rpolc.cli.words import words
from rpolc.cli.write_json import write_json
from rpolc.difference.sides import Version
from rpolc.difference.telling import words_of
from rpolc.report.why_not import as_data, describe, tell
from rpolc.space.explore import Budget, GaveUpError
from rpolc.versions import Unusable, version_at

FORMAT_VERSION: Final = 1


@click.command("why-not")
@policy_or_table
@click.argument("facts", metavar="[KEY=VALUE]...", nargs=-1)
@click.option("--want", type=click.Choice(OUTCOMES), default="allow", show_default=True, help="The outcome looked for.")
@click.option("--or-milder", is_flag=True, help="Be content with a milder outcome as well.")
@click.option("--hold", multiple=True, metavar="KEY,…", help="Attributes that cannot change. Repeatable.")
@click.option("--scenario", metavar="NAME", help="Ask in a scenario of the policy.")
@click.option("--timezone", metavar="ZONE", help="Whose day counts for a time with a zone, such as Asia/Shanghai.")
@steps_option
@format_choice("text", "json")
@common
def why_not(
    path: Path,
    facts: tuple[str, ...],
    want: str,
    or_milder: bool,
    hold: tuple[str, ...],
    scenario: str | None,
    timezone: str | None,
    steps: int,
    form: str,
    color: bool | None,
) -> int:
    """Show the fewest facts that would have to be other for another outcome, and the first day on which it comes.

    The facts are written KEY=VALUE as for `rpolc decide`. What is given may change, unless it is named after --hold;
    what is not given may be anything, and the answer says what it must be. The days and the scenario stay; the first
    later day on which the outcome is possible is told by itself.

    The exit status is 0 if something leads to the outcome, 1 if nothing does, and 2 if there is no answer.

    \b
    Examples:
      rpolc why-not policies/ item=holmium end_use=military date=2025-12-01 --hold item
      rpolc why-not policies/ item=1C905.a.4 destination=US date=2025-12-05 --want license --or-milder
    """
    version = version_at(path)
    if isinstance(version, Unusable):
        show_problems(version.problems, path, color=color)
        raise Refused(f"{path} has errors; `rpolc check` shows all that is wrong with it.")
    request = _request(version, facts, scenario, timezone)
    wanted = [one for one in OUTCOMES if one == want or (or_milder and RANK[one] < RANK[want])]
    held = _held(version, hold)
    ground = Ground(version.contents)
    try:
        answer = ask_why_not(ground, request, lambda outcome: outcome in wanted, held, Budget(steps))
    except GaveUpError:
        message = f"not-decided: what would lead there; the search gave up after {steps:,} steps. Hold more facts, or "
        raise Refused(message + "allow it more with --steps.") from None
    told = tell(answer, wanted, words_of(version))
    if form == "json":
        write_json({"format_version": FORMAT_VERSION, **as_data(told)})
    else:
        click.echo(describe(told, width=width_of(sys.stdout)))
    return DONE if told.found else FOUND


def _request(version: Version, facts: tuple[str, ...], scenario: str | None, timezone: str | None) -> Request:
    """Return the request. Raise RequestError for what is wrong with it."""
    scenarios = [str(one) for one in version.scenarios]
    request = read(version.contents.attributes, scenarios, words(facts), scenario=scenario, timezone=timezone)
    for name, asked in request.facts.items():
        if len(asked) > 1:
            raise click.UsageError(f"`{name}` is given several values; ask for one at a time.")
    return request


def _held(version: Version, hold: tuple[str, ...]) -> frozenset[str]:
    held = frozenset(name.strip() for some in hold for name in some.split(",") if name.strip())
    known = {attribute.name for attribute in version.contents.attributes}
    for name in sorted(held - known):
        raise click.UsageError(f"`{name}` after --hold is no attribute. There are {', '.join(sorted(known))}.")
    return held
