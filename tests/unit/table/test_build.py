"""Building a table: the same bytes for the same policy, nothing in it that nothing names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from attrs import evolve
from tests.support.policies import policy_of

from rpol.runtime.contents import Contents
from rpol.runtime.table import Table
from rpol.runtime.verify import verify
from rpolc.lower.lower import lower
from rpolc.pipeline import check
from rpolc.table.build import PASSES, build
from rpolc.table.drop_unused_regions import drop_unused_regions

SKETCH = Path(__file__).parents[2] / "corpus" / "sketch"

TEXT = """
attribute item  one of a, b, c
attribute ready boolean
instrument ban "A ban" issued 2025-01-01
instrument pause "A pause" issued 2025-02-01
  suspend ban effective 2025-03-01 before 2025-04-01
  unconfirmed "Nobody knows." effective 2025-03-01
fact ready when item c
control a, b as first under ban prohibit
control c as second prohibit
"""


def contents_of(text: str = TEXT) -> Contents:
    return lower(policy_of(text)).contents


def meaning(contents: Contents) -> list[object]:
    """Return everything that names a region, with the region in place of its number."""
    regions = contents.regions
    worlds = [contents.real, contents.bare, *(w for doubt in contents.doubts for w in (doubt.gone, doubt.untouched))]
    return [
        [[regions[number] for number in world] for world in worlds],
        [regions[fact.broken] for fact in contents.facts],
        [regions[act.region] for act in contents.acts],
        [regions[row.region] for row in contents.rows],
        [regions[doubt.region] for doubt in contents.doubts],
    ]


# ---------------------------------------------------------------- passes


def test_unused_regions_are_dropped_and_the_rest_kept() -> None:
    contents = contents_of()
    unused = (((0, 0b100), (1, 0b01)),)
    assert unused not in contents.regions
    shifted = evolve(
        contents,
        regions=(unused, *contents.regions),
        real=tuple(number + 1 for number in contents.real),
        bare=tuple(number + 1 for number in contents.bare),
        facts=tuple(evolve(fact, broken=fact.broken + 1) for fact in contents.facts),
        acts=tuple(evolve(act, region=act.region + 1) for act in contents.acts),
        doubts=tuple(
            evolve(
                doubt,
                region=doubt.region + 1,
                gone=tuple(number + 1 for number in doubt.gone),
                untouched=tuple(number + 1 for number in doubt.untouched),
            )
            for doubt in contents.doubts
        ),
    )
    improved = drop_unused_regions(shifted)
    assert verify(improved) is None
    assert unused not in improved.regions
    assert meaning(improved) == meaning(shifted) == meaning(contents)


def test_a_pass_that_has_run_changes_nothing_more() -> None:
    contents = contents_of()
    for improve in PASSES:
        contents = improve(contents)
    for improve in PASSES:
        assert improve(contents) == contents


def test_every_region_of_a_table_is_named() -> None:
    contents = build(policy_of(TEXT)).contents
    named = {
        *contents.real,
        *contents.bare,
        *(fact.broken for fact in contents.facts),
        *(act.region for act in contents.acts),
        *(number for doubt in contents.doubts for number in (doubt.region, *doubt.gone, *doubt.untouched)),
    }
    assert named == set(range(len(contents.regions)))
    assert len(set(contents.regions)) == len(contents.regions)


def test_a_real_policy_keeps_its_meaning_and_its_shape_through_every_pass() -> None:
    policy = check(SKETCH).policy
    assert policy is not None
    contents = lower(policy).contents
    assert verify(contents) is None
    expected = meaning(contents)
    for improve in PASSES:
        contents = improve(contents)
        assert verify(contents) is None
        assert meaning(contents) == expected


# ---------------------------------------------------------------- bytes


def test_a_table_is_read_back_as_it_was_built() -> None:
    table = build(policy_of(TEXT))
    assert Table.from_bytes(table.to_bytes()).contents == table.contents


def test_the_order_in_which_python_keeps_its_sets_leaves_no_trace() -> None:
    """Texts hash differently in every process, so that sets of them come in another order."""
    program = f"import rpolc; print(rpolc.compile({str(SKETCH)!r}).digest)"
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64


def test_the_compiler_is_imported_without_the_parser() -> None:
    program = (
        "import sys, rpolc; print([name for name in ('lark', 'rpol.syntax', 'rpol.model') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert found.stdout.strip() == "[]"
