"""The sketch of the regime that the language was designed on checks: its promises hold, its twenty examples too."""

from __future__ import annotations

from pathlib import Path

from rpolc.pipeline import check

SKETCH = Path(__file__).parents[2] / "corpus" / "sketch"


def test_the_sketch_checks() -> None:
    checked = check(SKETCH)
    notes = [problem for problem in checked.problems if problem.severity == "note"]
    assert [(problem.name, problem.message) for problem in checked.problems if problem not in notes] == []
    # Three notices end on 10 November 2026, and nobody knows what came after.
    assert [note.name for note in notes] == ["unconfirmed-state"] * 3
    assert checked.policy is not None
    assert len(checked.policy.examples) == 20
    assert len(checked.policy.promises) == 4
