"""`rpolc diff` of the revisions of a real repository, made for each test."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.unit.cli.conftest import POLICY, Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="compares revisions of git")
MILITARY = 'deny under "2" when end_use military'
LOOSER = POLICY.replace(MILITARY, f"{MILITARY} and destination not DE")


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def commit(folder: Path, *, tag: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--message", tag)
    git(folder, "tag", tag)


@pytest.fixture
def repository(folder: Path) -> Path:
    """The current folder as a repository: the policy, then a looser one, then another looser one not committed."""
    git(folder, "init", "--quiet")
    commit(folder, tag="first")
    rules = folder / "policy" / "rules.rpol"
    rules.write_text(LOOSER, encoding="utf-8")
    commit(folder, tag="second")
    rules.write_text(LOOSER.replace("10 days", "5 days"), encoding="utf-8")
    return folder


@pytest.mark.usefixtures("repository")
def test_two_revisions(run: Run) -> None:
    result = run("diff", "first..second", "policy")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "first:policy -> second:policy"
    assert result.stdout.splitlines()[-1] == "1 change: 1 loosened."
    assert run("diff", "second..second", "policy").exit_code == 0
    assert run("diff", "second..first", "policy", "--fail-on", "loosened").exit_code == 0


@pytest.mark.usefixtures("repository")
def test_a_revision_and_what_lies_there_now(run: Run) -> None:
    """Since the second commit only a duty has changed."""
    result = run("diff", "second..", "policy", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["old"], found["new"]) == ("second:policy", "policy")
    assert {change["direction"] for change in found["changes"]} == {"other"}


@pytest.mark.usefixtures("repository")
def test_a_range_without_its_first_revision_begins_at_head(run: Run) -> None:
    assert run("diff", "..second", "policy").exit_code == 0


@pytest.mark.usefixtures("repository")
def test_revision_and_path_in_one(run: Run) -> None:
    assert run("diff", "first:policy", "second:policy").exit_code == 1
    assert run("diff", "second:policy", "HEAD:policy").exit_code == 0
    assert run("diff", "HEAD:policy", "policy").exit_code == 1


def test_a_revision_and_a_table(run: Run, repository: Path) -> None:
    assert run("build", "policy", "-o", "now.table").exit_code == 0
    assert run("diff", "now.table", "policy").exit_code == 0
    assert run("diff", "second:policy", "now.table").exit_code == 1
    commit(repository, tag="built")
    assert run("diff", "built:now.table", "policy").exit_code == 0
    assert run("diff", "second:policy", "built:now.table").exit_code == 1


@pytest.mark.usefixtures("repository")
def test_a_file_alone(run: Run) -> None:
    assert run("diff", "first..second", "policy/rules.rpol").exit_code == 1
    assert run("diff", "second:policy/rules.rpol", "HEAD:policy/rules.rpol").exit_code == 0


def test_a_folder_that_is_gone_is_read_from_the_revision(run: Run, repository: Path) -> None:
    shutil.rmtree(repository / "policy")
    assert run("diff", "first..second", "policy").exit_code == 1


def test_from_a_folder_below(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "policy")
    assert run("diff", "first..second", ".").exit_code == 1
    assert run("diff", "first:.", "second:../policy").exit_code == 1


def test_nothing_is_checked_out_or_written(run: Run, repository: Path) -> None:
    def seen() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(repository.rglob("*")) if path.is_file()}

    before = seen()
    assert run("diff", "first..second", "policy").exit_code == 1
    assert seen() == before


def test_hidden_folders_and_links_are_no_part_of_a_revision(run: Run, repository: Path) -> None:
    (repository / "policy" / ".draft").mkdir()
    (repository / "policy" / ".draft" / "more.rpol").write_text("control erbiun\n", encoding="utf-8")
    (repository / "policy" / "rules.rpol").write_text(LOOSER, encoding="utf-8")
    try:
        (repository / "policy" / "linked.rpol").symlink_to("rules.rpol")
    except OSError:
        pytest.skip("no links here")
    commit(repository, tag="third")
    assert run("diff", "second..third", "policy").exit_code == 0


def test_names_that_are_not_ascii(run: Run, repository: Path) -> None:
    (repository / "policy" / "Erklärung – neu.rpol").write_text("control erbium as extra prohibit\n", encoding="utf-8")
    commit(repository, tag="third")
    result = run("diff", "second..third", "policy")
    assert result.exit_code == 1
    assert "prohibit of extra" in result.stdout


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere..second", "policy"), "`nowhere` is no revision"),
        (("first..nowhere", "policy"), "`nowhere` is no revision"),
        (("nowhere:policy", "policy"), "`nowhere` is no revision"),
        (("first..second", "policies"), "There is no `policies` in the revision `first`"),
        (("first:policies", "policy"), "There is no `policies` in the revision `first`"),
        (("first...second", "policy"), "`.second` is no revision"),
        (("first:policy/parties.csv", "policy"), "no-policy"),
        (("--", "--output=x..second", "policy"), "`--output=x` is no revision"),
        (("--", "--output=x:policy", "policy"), "`--output=x` is no revision"),
        (("first..--upload-pack=x", "policy"), "`--upload-pack=x` is no revision"),
        (("first\n..second", "policy"), "is no revision"),
    ],
)
def test_what_a_repository_does_not_have(run: Run, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("diff", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert not (folder / "x").exists()


def test_a_path_in_another_repository_or_in_none(
    run: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(outside.parent))
    result = run("diff", "first..second", str(outside))
    assert result.exit_code == 2
    assert "git" in result.stderr
    try:
        (repository / "leading-out").symlink_to(outside, target_is_directory=True)
    except OSError:
        return
    result = run("diff", "first..second", "leading-out/policy")
    assert result.exit_code == 2
    assert result.stdout == ""


def test_a_revision_with_errors(run: Run, repository: Path) -> None:
    (repository / "policy" / "rules.rpol").write_text("control erbiun\n", encoding="utf-8")
    commit(repository, tag="broken")
    result = run("diff", "first..broken", "policy")
    assert result.exit_code == 2
    assert "unknown-" in result.stderr
    assert "broken:policy has errors" in result.stderr


def test_without_git(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository / "nothing"))
    result = run("diff", "first..second", "policy")
    assert result.exit_code == 2
    assert "`git` is needed" in result.stderr
