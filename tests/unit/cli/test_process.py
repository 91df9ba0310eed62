"""The command as a process of its own: what is loaded, how it ends, what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run

COMMAND = [sys.executable, "-m", "rpolc"]
ROW = "holmium,civil,Nobody,2025-12-01\n"
HEADER = "item,end_use,end_user,date\n"


def _call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def _modules_loaded(*arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "rpolc", *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines() if "|" in line}


def test_version_and_help_load_no_parser(folder: Path) -> None:
    for arguments in (("--version",), ("--help",)):
        loaded = _modules_loaded(*arguments)
        assert "click" in loaded
        assert loaded.isdisjoint({"lark", "rich", "rapidfuzz"})


def test_deciding_from_a_table_loads_no_parser(folder: Path, table: Path) -> None:
    loaded = _modules_loaded("decide", str(table), "item=holmium", "end_use=civil", "end_user=N", "date=2025-12-01")
    assert "rpol" in loaded
    assert loaded.isdisjoint({"lark", "rich"})


def test_without_lists_of_parties_no_search_of_names_is_loaded(folder: Path, run: Run) -> None:
    (folder / "one.rpol").write_text("control holmium\n")
    assert run("build", "one.rpol", "-o", "one.table").exit_code == 0
    assert "rapidfuzz" not in _modules_loaded("decide", "one.table", "item=holmium", "end_user=N", "date=2025-12-01")


def test_the_version_is_that_of_the_package() -> None:
    import rpol

    assert _call("--version").stdout == f"rpolc {rpol.__version__}\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_letters_that_the_output_cannot_carry_are_no_error(folder: Path, table: Path, encoding: str) -> None:
    facts = ("item=holmium", "end_use=civil", "end_user=华为 Ä \udcff", "date=2025-12-01")
    said = subprocess.run(
        [*COMMAND, "decide", str(table), *facts],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith(b"Licence required.")
    found = subprocess.run(
        [*COMMAND, "decide", str(table), *facts, "--format", "json"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    # JSON is UTF-8 or ASCII, whatever the terminal can show.
    decision = json.loads(found.stdout.decode("ascii" if encoding != "utf-8" else encoding))
    assert decision["facts"]["end_user"].startswith("华为 Ä")


def test_no_color_wins_over_force_color_and_the_flag_over_both(folder: Path) -> None:
    (folder / "one.rpol").write_text("control holmium until 2025-12-01\n")
    assert "\x1b[" in _call("check", "one.rpol", FORCE_COLOR="1").stdout
    assert "\x1b[" not in _call("check", "one.rpol", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[" in _call("check", "one.rpol", "--color", NO_COLOR="1").stdout
    assert "\x1b[" not in _call("check", "one.rpol", "--no-color", FORCE_COLOR="1").stdout


def test_a_reader_that_goes_away_is_no_answer_and_no_traceback(folder: Path, table: Path) -> None:
    (folder / "in.csv").write_text(HEADER + ROW * 20_000)
    with subprocess.Popen(
        [*COMMAND, "screen", str(table), "in.csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read().decode()
    assert run.returncode == 141
    assert "Traceback" not in said and "Exception" not in said


def _heed_interrupts() -> None:
    """Undo what a shell does to commands in the background: they do not hear SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_interrupted_screening_leaves_the_old_file_and_nothing_else(
    folder: Path, table: Path, number: signal.Signals, status: int
) -> None:
    (folder / "out.csv").write_text("old")
    with (folder / "in.csv").open("w") as source:
        source.write(HEADER)
        source.writelines(f"holmium,civil,Nobody {ref},2025-12-01\n" for ref in range(300_000))
    before = set(folder.iterdir())
    command = [*COMMAND, "screen", str(table), "in.csv", "-o", "out.csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts) as run:
        assert _wait_for(lambda: any(path.stat().st_size for path in folder.glob(".out.csv.*.part")))
        run.send_signal(number)
        printed, said = run.communicate(timeout=60)
    assert run.returncode == status
    assert printed == b""
    assert b"Traceback" not in said
    assert (folder / "out.csv").read_text() == "old"
    assert set(folder.iterdir()) == before


def _wait_for(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_an_internal_error_says_so_and_shows_its_traceback_only_if_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, **options: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("rpolc.cli.check.check_policy", fail)
    result = run("check", "policy")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Internal error, please report: ZeroDivisionError: of all things" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("check", "policy", "-v").stderr
    assert "Traceback" not in run("check", "policy").stderr
    monkeypatch.setenv("RPOLC_DEBUG", "1")
    assert "Traceback" in run("check", "policy").stderr


def test_v_says_what_is_done_on_standard_error(run: Run) -> None:
    result = run("build", "policy", "-o", "policy.table", "-v")
    assert result.stdout == ""
    assert "policy.table" in result.stderr


def test_every_verb_shows_its_help_with_an_example(run: Run) -> None:
    for verb in ("check", "build", "decide", "screen", "explain"):
        result = run(verb, "--help")
        assert result.exit_code == 0
        assert f"  rpolc {verb} " in result.stdout


def test_an_unknown_verb_or_option_is_a_mistake_of_usage(run: Run) -> None:
    assert run("chek", "policy").exit_code == 2
    assert run("check", "policy", "--formt", "json").exit_code == 2
    assert run("check", "policy", "--format", "xml").exit_code == 2
    assert run().exit_code == 2
