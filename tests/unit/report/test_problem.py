"""Problems as data: the shape that interfaces promise, written out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rpol.text.diagnostic import Diagnostic, Fix, Label, Region
from rpol.text.source import Place, SourceText
from rpolc.report.problem import count, problem
from rpolc.report.seen_from import seen_from_here

SOURCE = SourceText("rules/a.rpol", "control holmium\n  allow deny\n")
ALLOW, DENY = Place(SOURCE, 18, 23), Place(SOURCE, 24, 28)


def test_a_problem_has_every_key() -> None:
    found = problem(
        Diagnostic(
            "contradiction",
            "error",
            "Both allowed and denied.",
            ALLOW,
            labels=(Label(DENY, "this is stricter"),),
            help="Write exempt.",
            fix=Fix("Replace it.", ((ALLOW, "exempt"),)),
            witness={"item": "holmium", "date": "2025-12-01"},
            example='example "x"',
            regions=(Region("every case", {"item": "holmium"}),),
        )
    )
    assert json.loads(json.dumps(found)) == {
        "name": "contradiction",
        "severity": "error",
        "message": "Both allowed and denied.",
        "help": "Write exempt.",
        "file": "rules/a.rpol",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 8,
        "labels": [{"file": "rules/a.rpol", "line": 2, "column": 9, "message": "this is stricter"}],
        "witness": {"item": "holmium", "date": "2025-12-01"},
        "example": 'example "x"',
        "regions": [{"text": "every case", "base": "every case", "except": [], "witness": {"item": "holmium"}}],
        "fix": {
            "message": "Replace it.",
            "edits": [
                {
                    "file": "rules/a.rpol",
                    "line": 2,
                    "column": 3,
                    "end_line": 2,
                    "end_column": 8,
                    "text": "exempt",
                }
            ],
        },
    }


def test_what_belongs_to_no_file_has_null_for_its_place() -> None:
    found = problem(Diagnostic("no-policy", "error", "Nothing here.", None))
    assert [found[key] for key in ("file", "line", "column", "end_line", "end_column")] == [None] * 5
    assert (found["witness"], found["labels"], found["regions"], found["fix"]) == (None, [], [], None)


def test_problems_are_counted_by_severity() -> None:
    errors = [Diagnostic("a", "error", "", None)] * 2
    assert count([*errors, Diagnostic("b", "note", "", None)]) == {"error": 2, "warning": 0, "note": 1}


def test_files_are_named_from_where_the_reader_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here" / "policy").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    found = Diagnostic("a", "error", "", ALLOW, labels=(Label(DENY, ""),), fix=Fix("", ((DENY, "x"),)))
    seen = seen_from_here(found, Path("policy"))
    assert seen.place is not None and seen.fix is not None
    places = [seen.place, seen.labels[0].place, seen.fix.edits[0][0]]
    assert [Path(place.source.path) for place in places] == [Path("policy/rules/a.rpol")] * 3
    assert (places[0].line, places[0].column) == (2, 3)
    outside = seen_from_here(found, tmp_path)
    assert outside.place is not None
    assert Path(outside.place.source.path) == tmp_path / "rules" / "a.rpol"
