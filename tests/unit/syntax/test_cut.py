"""Where a text is cut."""

from __future__ import annotations

from rpol.syntax.cut import STATEMENT_WORDS, cut
from rpol.syntax.grammar import accepted, keywords


def pieces(text: str) -> list[str]:
    return [text[stretch.start : stretch.end] for stretch in cut(text).stretches]


def test_the_words_are_those_that_the_grammar_begins_with() -> None:
    assert {keywords()[type_] for type_ in accepted(())} == set(STATEMENT_WORDS)


def test_comments_and_blanks_between_statements_belong_to_none() -> None:
    text = " -- first\n\tgroup a = b -- of a\n\n# of c\ncontrol c -- inside\n deny # last\n"
    assert pieces(text) == ["group a = b", "control c -- inside\n deny"]


def test_a_word_cuts_only_as_a_whole() -> None:
    assert pieces("group control_x control.x x.control 1control end-control controls (control) b") == [
        "group control_x control.x x.control 1control end-control controls (",
        "control) b",
    ]


def test_capitals_cut_too() -> None:
    assert pieces("group a = b\nControl c\nNEVER allow") == ["group a = b", "Control c", "NEVER allow"]


def test_nothing_cuts_inside_texts_and_comments() -> None:
    for hidden in ('"control"', "-- control", "# control", "// control", "/* control\n*/", "“control”", "'control'"):
        assert len(pieces(f"group a = b {hidden}\n, c")) == 1
    assert pieces('group "open control\ncontrol a') == ['group "open control', "control a"]


def test_a_follower_stands_on_the_same_line() -> None:
    text = "group a = list\ncover b otherwise"
    assert [text[s.end : s.reach] for s in cut(text).stretches] == [" list", "", " otherwise", ""]
