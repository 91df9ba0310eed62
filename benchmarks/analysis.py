"""Measure `rpolc check` and `rpolc diff` as whole processes from cold, and what each figure is made of.

python benchmarks/analysis.py [FOLDER...] [--diff OLD NEW]... [--rounds 3]

Without folders it makes policies of its own, sparse ones and dense ones, of 500 and of 2,000 rules.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

import large
from measure import in_turns, python, rpolc, say

STAGES = Path(__file__).with_name("stages.py")
SIZES = (500, 2_000)
# Not shown: what took less than this share of the whole.
_LEAST = 0.005


def main() -> None:
    """Measure what is named on the command line, or made here."""
    options = _options()
    if options.folders or options.diff:
        _run(
            [Work("check", folder) for folder in options.folders] + [Work("diff", *two) for two in options.diff],
            options,
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(list(_made(Path(folder), options.sizes)), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", metavar="FOLDER", nargs="*", type=Path)
    parser.add_argument("--diff", metavar=("OLD", "NEW"), nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="rules of the policies made here")
    return parser.parse_args()


class Work:
    """One command to measure: the megabytes and the stages of each run, the first of which only warms up."""

    def __init__(self, verb: str, *operands: Path) -> None:
        self.verb, self.operands = verb, operands
        self.name = " ".join((verb, *(operand.name for operand in operands)))
        self.megabytes: list[float] = []
        self.stages: list[dict[str, float]] = []

    def whole(self) -> None:
        """Run the command. A policy may have mistakes, and versions may differ."""
        self.megabytes.append(rpolc(self.verb, *self.operands, statuses=(0, 1)))

    def in_stages(self) -> None:
        """Run it with its stages timed."""
        self.stages.append(json.loads(python(STAGES, self.verb, *self.operands)[0]))


def _made(folder: Path, sizes: tuple[int, ...]) -> list[Work]:
    works = []
    for kind, make in (("sparse", large.sparse), ("dense", large.dense)):
        for size in sizes:
            old, new = (folder / f"{kind}-{size}{suffix}.rpol" for suffix in ("", "-changed"))
            old.write_text(make(size), encoding="utf-8")
            new.write_text(make(size, changed=True), encoding="utf-8")
            works += [Work("check", old), Work("diff", old, new)]
    return works


def _run(works: list[Work], options: argparse.Namespace) -> None:
    measures = {work.name: work.whole for work in works} | {f"{work.name}, stages": work.in_stages for work in works}
    seconds = in_turns(measures, options.rounds)
    say(f"whole processes, medians of {options.rounds}; Python {sys.version.split()[0]}")
    for work in works:
        _report(work, seconds[work.name])


def _report(work: Work, whole: float) -> None:
    say(f"\n{work.name:46}{whole:>8.2f} s {statistics.median(work.megabytes[1:]):>8.0f} MB")
    names = dict.fromkeys(name for stages in work.stages for name in stages)
    medians = {name: statistics.median(stages.get(name, 0.0) for stages in work.stages[1:]) for name in names}
    for name, seconds in medians.items():
        if seconds >= _LEAST * whole:
            say(f"  {name:44}{seconds:>8.2f} s {seconds / whole:>8.0%}")
    say(f"  {'all else: starting, and freeing all at the end':44}{whole - sum(medians.values()):>8.2f} s")


if __name__ == "__main__":
    main()
