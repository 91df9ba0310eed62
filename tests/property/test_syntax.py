"""What holds of every text and of every node: parse-print-parse, no exception, and no statement parsed twice."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.strategies_nodes import STATEMENTS, statements

from rpol.syntax import nodes as n
from rpol.syntax.cut import STATEMENT_WORDS, cut
from rpol.syntax.grammar import keywords
from rpol.syntax.parse import parse
from rpol.syntax.print_nodes import print_statement, print_statements
from rpol.syntax.trivia import comments, suppressions
from rpol.text.diagnostic import Diagnostic
from rpol.text.render import concise, render
from rpol.text.source import Place, SourceText, Span

CORPUS = sorted((Path(__file__).parents[1] / "corpus" / "syntax").rglob("*.rpol"))
TEXTS = [path.read_text(encoding="utf-8") for path in CORPUS]


def test_there_is_a_strategy_for_every_statement() -> None:
    assert set(STATEMENTS) == set(get_args(n.Statement))
    assert len(TEXTS) >= 10


# ---------------------------------------------------------------- nodes


@pytest.mark.parametrize("kind", STATEMENTS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_is_printed_parses_to_the_same_node(kind: type[n.Statement], data: st.DataObject) -> None:
    node = data.draw(STATEMENTS[kind])
    printed = print_statement(node)
    pieces, problems = parse(SourceText("p.rpol", printed))
    assert problems == ()
    assert [piece.node for piece in pieces] == [node]
    assert print_statement(node) == printed
    check_spans(pieces)


@given(st.lists(statements, max_size=6))
def test_files_are_read_back(written: list[n.Statement]) -> None:
    printed = print_statements(written)
    pieces, problems = parse(SourceText("p.rpol", printed))
    assert problems == ()
    assert [piece.node for piece in pieces] == written


@given(statements)
def test_line_breaks_and_comments_mean_nothing(node: n.Statement) -> None:
    loose = print_statement(node).replace("\n", "\r\n -- control x deny\t\n\n")
    pieces, problems = parse(SourceText("p.rpol", f"# first\n{loose} -- last"))
    assert problems == ()
    assert [piece.node for piece in pieces] == [node]


def check_spans(pieces: tuple[n.Piece, ...]) -> None:
    """Every node lies in its statement, and in the node that holds it."""
    for piece in pieces:
        if piece.node is not None:
            assert piece.node.span == Span(0, len(piece.text))
            check_span(piece.node, piece.node.span, piece.text)


def check_span(node: object, within: Span, text: str) -> None:
    if isinstance(node, tuple):
        for part in node:
            check_span(part, within, text)
    elif attrs.has(type(node)) and not isinstance(node, Span):
        span: Span = node.span  # type: ignore[attr-defined]
        assert within.start <= span.start < span.end <= within.end
        if isinstance(node, n.Name):
            assert text[span.start : span.end] == node.text
        for field in attrs.fields(type(node)):
            check_span(getattr(node, field.name), span, text)


# ---------------------------------------------------------------- texts


def check_any(text: str) -> None:
    """Whatever the text: no exception, problems with places in it that can be shown, nothing skipped silently."""
    source = SourceText("p.rpol", text)
    pieces, problems = parse(source)
    more = suppressions(source)[1]
    comments(source)
    for problem in (*problems, *more):
        for place in places(problem):
            assert place.source is source
            assert 0 <= place.start <= place.end <= len(text)
        assert render(problem)
        assert "\n" not in concise(problem)
    broken = [piece for piece in pieces if piece.node is None]
    assert not broken or problems
    check_spans(pieces)


def places(problem: Diagnostic) -> list[Place]:
    edits = problem.fix.edits if problem.fix else ()
    found = [problem.place, *(label.place for label in problem.labels), *(place for place, _ in edits)]
    return [place for place in found if place is not None]


@given(st.text(max_size=200))
def test_any_text_gives_problems_and_no_exception(text: str) -> None:
    check_any(text)


fragments = st.sampled_from(
    [
        *keywords().values(),
        *STATEMENT_WORDS,
        *"(),\"'“”=<>!%:;./-*#\n\t{}€‑\u00a0\0",
        *(">=", "==", "--", "//", "/*", "*/", "14nm", "0,3%", "8541.43.00", "2025-1-8", "8 May 2025", "DE", "x", '"t"'),
        *("end-use", "Control", "AND", "café", "1e9", "-5", "50%", "5 nm", "1C902.a"),
    ]
)


@given(st.lists(fragments, max_size=25))
def test_any_words_give_problems_and_no_exception(words: list[str]) -> None:
    check_any(" ".join(words))
    check_any("".join(words))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A stretch of the corpus with some of its characters deleted, doubled, moved or replaced."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    text = text[start : start + draw(st.integers(0, 600))]
    for _ in range(draw(st.integers(1, 6))):
        first, second, third = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 3)))
        near = min(second, first + 12)
        before, part, after = text[:first], text[first:near], text[near:]
        change = draw(st.sampled_from(["delete", "double", "swap", "insert"]))
        if change == "delete":
            text = before + after
        elif change == "double":
            text = before + part + part + after
        elif change == "swap":
            text = text[:first] + text[second:third] + text[first:second] + text[third:]
        else:
            text = before + draw(fragments) + after
    return text


@given(mutated())
def test_a_mutated_policy_gives_problems_and_no_exception(text: str) -> None:
    check_any(text)


@given(mutated() | st.text(max_size=100))
def test_nothing_is_left_out_between_statements(text: str) -> None:
    found = cut(text)
    rest = list(text)
    for span in (*found.comments, *found.stretches):
        rest[span.start : span.end] = " " * (span.end - span.start)
    assert not "".join(rest).strip(" \t\r\n")
    for stretch in found.stretches:
        content = text[stretch.start : stretch.end]
        assert content == content.strip(" \t\r\n") != ""


# ---------------------------------------------------------------- memory


@given(st.lists(statements, min_size=1, max_size=8), statements, st.data())
def test_an_edit_leaves_the_other_nodes(written: list[n.Statement], edited: n.Statement, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(written) - 1))
    before, _ = parse(SourceText("p.rpol", print_statements(written)))
    changed = [*written[:index], edited, *written[index + 1 :]]
    after, _ = parse(SourceText("p.rpol", "\n-- moved\n" + print_statements(changed)))
    others = [old.node is new.node for old, new in zip(before, after, strict=True)]
    assert all(same for i, same in enumerate(others) if i != index)
