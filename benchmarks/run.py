"""Measure check, build, load, one decision and a screening, as ratios to a plain Python loop over the same rules.

python benchmarks/run.py [--rules 200] [--rows 100000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from pathlib import Path

import rpol
import workload
from measure import in_turns, rpolc, say

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make a policy and shipments, measure in turns, print medians."""
    options = _options()
    made = workload.rules(options.rules)
    rows = workload.shipments(options.rows, made)
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), made, rows, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=200)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _run(folder: Path, made: list[workload.Rule], rows: list[dict[str, str]], rounds: int) -> None:
    policy, table_file, sheet = folder / "policy.rpol", folder / "policy.table", folder / "shipments.csv"
    policy.write_text(workload.policy(made), encoding="utf-8")
    _write(sheet, rows)
    rpolc("build", policy, "-o", table_file)
    table = rpol.load(table_file)
    sample = rows[:2_000]
    _agree(table, made, sample)

    def one_by_one() -> None:
        for row in sample:
            table.decide(row)

    def one_by_one_in_a_loop() -> None:
        for row in sample:
            workload.loop(made, row)

    seconds = in_turns(
        {
            "loop, rows": lambda: _loop_over_file(made, sheet, folder / "by-loop.csv"),
            "loop, one": one_by_one_in_a_loop,
            "check, cold": lambda: rpolc("check", policy),
            "check policies/, cold": lambda: rpolc("check", PROJECT / "policies"),
            "build, cold": lambda: rpolc("build", policy, "-o", table_file),
            "load": lambda: rpol.load(table_file),
            "one decision": one_by_one,
            "decide_many": lambda: list(table.decide_many(rows)),
            "screen, table": lambda: rpolc("screen", table_file, sheet, "-o", folder / "decided.csv"),
        },
        rounds,
    )
    _report(seconds, len(made), len(rows), len(sample))


def _report(seconds: dict[str, float], rules: int, rows: int, sample: int) -> None:
    by_loop = {"one decision": ("loop, one", "one decision"), "loop, one": ("loop, one", "one decision")}
    say(f"{rules:,} rules, {rows:,} rows; medians; Python {sys.version.split()[0]}")
    say(f"{'':24}{'time':>12}{'ratio':>9}  to the plain loop over")
    for name, time_taken in seconds.items():
        unit, what = by_loop.get(name, ("loop, rows", f"{rows:,} rows"))
        each = time_taken / sample if unit == "loop, one" else time_taken
        shown = f"{each * 1e6:.1f} us" if each < 1e-3 else f"{each * 1e3:.0f} ms"
        say(f"{name:24}{shown:>12}{time_taken / seconds[unit]:>9.3f}  {what}")


# ---------------------------------------------------------------- what is measured


def _loop_over_file(made: list[workload.Rule], source: Path, target: Path) -> None:
    with source.open(newline="", encoding="utf-8") as lines, target.open("w", newline="", encoding="utf-8") as out:
        reader = csv.DictReader(lines)
        writer = csv.writer(out)
        writer.writerow([*(reader.fieldnames or ()), "outcome", "controls"])
        for row in reader:
            outcome, names = workload.loop(made, row)
            writer.writerow([*row.values(), outcome, "|".join(names)])


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _agree(table: rpol.Table, made: list[workload.Rule], rows: list[dict[str, str]]) -> None:
    """Stop if the table and the loop differ in any outcome or reason: a fast wrong answer is no result."""
    for row in rows:
        decision = table.decide(row)
        reasons = {ref.control for ref in decision.because}
        outcome, names = workload.loop(made, row)
        if (decision.outcome, reasons) != (outcome, set(names)):
            sys.exit(f"the table says {decision.outcome} {sorted(reasons)}, the loop {outcome} {names}: {row}")


if __name__ == "__main__":
    main()
