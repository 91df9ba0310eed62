"""Every mistake of the corpus is named where it is, with what to write instead; its neighbours still parse.

The comments before a statement say what is expected of it, see `slips/words.rpol`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import frozen

from rpol.syntax.parse import parse
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import SourceText

SLIPS = Path(__file__).parents[2] / "corpus" / "syntax" / "slips"
TOPICS = [path.stem for path in sorted(SLIPS.glob("*.rpol"))]
_CASE = re.compile(r"^-- problem: (\S+)\n-- at: (.+)\n((?:-- says: .+\n)+)", re.MULTILINE)


@frozen
class Case:
    """What a statement of the corpus is expected to give, and the line on which it begins."""

    name: str
    at: str
    says: tuple[str, ...]
    line: int


def cases(text: str) -> list[Case]:
    return [
        Case(found[1], found[2], tuple(re.findall("says: (.+)", found[3])), text.count("\n", 0, found.end()) + 1)
        for found in _CASE.finditer(text)
    ]


def read(topic: str) -> SourceText:
    return SourceText(f"{topic}.rpol", (SLIPS / f"{topic}.rpol").read_text(encoding="utf-8"))


def underlined(problem: Diagnostic) -> str:
    assert problem.place is not None
    return problem.place.source.text[problem.place.start : problem.place.end]


ALL = [(topic, case) for topic in TOPICS for case in cases(read(topic).text)]


def test_the_corpus_is_there() -> None:
    assert len(ALL) >= 100


@pytest.mark.parametrize("topic", TOPICS)
def test_each_statement_has_one_problem(topic: str) -> None:
    source = read(topic)
    pieces, problems = parse(source)
    assert [(problem.name, underlined(problem)) for problem in problems] == [
        (case.name, case.at) for case in cases(source.text)
    ]
    assert [piece.node for piece in pieces] == [None] * len(problems)


def statement(topic: str, case: Case) -> str:
    lines = read(topic).text.split("\n")[case.line - 1 :]
    return "\n".join(lines[: lines.index("")])


each = pytest.mark.parametrize(("topic", "case"), ALL, ids=[f"{topic}-{case.line}" for topic, case in ALL])


@each
def test_help_says_what_to_write(topic: str, case: Case) -> None:
    _, [problem] = parse(SourceText("one.rpol", statement(topic, case)))
    for words in case.says:
        assert words in f"{problem.message} {problem.help}"


@each
def test_a_fix_mends_what_it_touches(topic: str, case: Case) -> None:
    text = statement(topic, case)
    _, [problem] = parse(SourceText("one.rpol", text))
    if problem.fix is None:
        return
    [(place, replacement)] = problem.fix.edits
    mended = text[: place.start] + replacement + text[place.end :]
    _, left = parse(SourceText("one.rpol", mended))
    assert all(other.place is not None and other.place.start > place.start for other in left)


def test_many_slips_have_a_fix() -> None:
    fixes = [parse(SourceText("one.rpol", statement(topic, case)))[1][0].fix for topic, case in ALL]
    assert sum(fix is not None for fix in fixes) >= 50
