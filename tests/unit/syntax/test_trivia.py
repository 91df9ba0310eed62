"""Comments, and those that silence a warning (language.md, section 4)."""

from __future__ import annotations

import pytest

from rpol.syntax.trivia import comments, suppressions
from rpol.text.source import SourceText


def test_comments_have_places() -> None:
    text = 'group a = b -- one\n  # two  \r\ncontrol "-- not one" # three'
    found = comments(SourceText("p.rpol", text))
    assert [(c.text, c.place.line, c.place.column, c.own_line) for c in found] == [
        ("-- one", 1, 13, False),
        ("# two", 2, 3, True),
        ("# three", 3, 22, False),
    ]


def test_a_suppression_belongs_to_the_statement_behind_it() -> None:
    text = (
        'group a = b\n-- rpolc: ignore masked-clause "the annex overlaps"\n-- another remark\n'
        '#rpolc: ignore unused-group "kept for the next notice"\n\ncontrol a deny\ncontrol b deny\n'
    )
    found, problems = suppressions(SourceText("p.rpol", text))
    assert problems == ()
    statement = text.index("control a")
    assert [(s.name, s.reason, s.statement, s.place.line) for s in found] == [
        ("masked-clause", "the annex overlaps", statement, 2),
        ("unused-group", "kept for the next notice", statement, 4),
    ]


@pytest.mark.parametrize(
    ("comment", "name"),
    [
        ("-- rpolc: ignore masked-clause", "ignore-without-reason"),
        ('-- rpolc: ignore masked-clause ""', "ignore-without-reason"),
        ('-- rpolc: ignore masked-clause "  "', "ignore-without-reason"),
        ("-- rpolc: ignore", "ignore-form"),
        ('-- rpolc: ignore Masked "x"', "ignore-form"),
        ('-- rpolc: ignore a, b "x"', "ignore-form"),
        ('-- rpolc: ignore masked-clause "x" and more', "ignore-form"),
        ('-- rpolc: silence masked-clause "x"', "ignore-form"),
        ('-- rpolc ignore masked-clause "x"', "ignore-form"),
        ('-- RPOLC: ignore masked-clause "x"', "ignore-form"),
    ],
)
def test_malformed_suppressions_are_warned_of(comment: str, name: str) -> None:
    found, [problem] = suppressions(SourceText("p.rpol", f"{comment}\ncontrol a deny"))
    assert found == ()
    assert (problem.name, problem.severity) == (name, "warning")
    assert problem.place is not None
    assert (problem.place.start, problem.place.end) == (0, len(comment))


@pytest.mark.parametrize(
    "text",
    [
        'control a deny -- rpolc: ignore masked-clause "x"\ncontrol b deny',
        'control a\n-- rpolc: ignore masked-clause "x"\n deny',
        'control a deny\n-- rpolc: ignore masked-clause "x"\n',
    ],
)
def test_a_suppression_that_is_not_before_a_statement_is_warned_of(text: str) -> None:
    found, [problem] = suppressions(SourceText("p.rpol", text))
    assert (found, problem.name) == ((), "ignore-form")


def test_other_comments_are_left_alone() -> None:
    assert suppressions(SourceText("p.rpol", "-- see rpolc: it is quick\ncontrol a deny")) == ((), ())
