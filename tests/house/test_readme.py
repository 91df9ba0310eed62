"""The README's commands are those that CI runs, and its Python prints what it says."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.house.source_tree import PROJECT


def _commands() -> list[str]:
    """Return the commands of the README's section "Two commands"."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"^## Two commands\n(.*?)^## ", readme, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^\$ (.+)$", section, flags=re.MULTILINE)


def test_two_commands_do_everything() -> None:
    commands = _commands()
    assert len(commands) == 2
    assert [command for command in commands if not command.startswith("pip install ")] == []


def test_ci_runs_them_word_for_word() -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8").replace('\\"', '"')
    commands = _commands()
    assert commands
    assert [command for command in commands if command not in script] == []


def test_its_python_prints_what_it_says() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    ((code, printed),) = re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", readme, flags=re.DOTALL)
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.stdout == printed, run.stderr


def test_its_links_lead_somewhere() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if not link.startswith("http")]
    assert len(links) >= 10
    assert [link for link in links if not (PROJECT / link).exists()] == []
