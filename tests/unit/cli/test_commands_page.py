"""`docs/reference/commands.md` and the command say the same."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from rpolc.cli import main, status
from rpolc.screen.columns import MORE

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
CONTEXT = click.Context(main)
VERBS = main.list_commands(CONTEXT)


def _options(verb: str) -> set[str]:
    command = main.get_command(CONTEXT, verb)
    assert command is not None
    return {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in (*parameter.opts, *parameter.secondary_opts)
    }


@pytest.mark.parametrize("verb", VERBS)
def test_the_page_has_a_section_for_every_verb_and_names_every_option(verb: str) -> None:
    common = PAGE.partition("## Options of every verb")[2].partition("\n## ")[0]
    section = PAGE.partition(f"\n## rpolc {verb}")[2].partition("\n## ")[0]
    assert section
    named = set(re.findall(r"`(--?[a-z][a-z-]*)", common + section))
    assert _options(verb) <= named
    assert named <= _options(verb) | {"-h", "--help", "--version", "-o", "-"}


def test_the_page_has_one_table_of_the_exit_statuses_of_all_verbs() -> None:
    table = PAGE.partition("## Exit statuses")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", table, flags=re.MULTILINE) == VERBS
    assert {str(status.INTERRUPTED), str(status.CLOSED_PIPE)} <= set(re.findall(r"\d+", table))


def test_the_page_names_every_field_that_can_be_added() -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith("| `--add FIELD`")]
    assert set(MORE) <= set(re.findall(r"`([a-z_]+)`", row))
