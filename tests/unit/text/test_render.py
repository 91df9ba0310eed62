"""Diagnostics as a terminal shows them, drawn by hand."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from rpol.text.diagnostic import Diagnostic, Fix, Label, Region
from rpol.text.render import concise, render
from rpol.text.source import Place, SourceText


def place(source: SourceText, words: str) -> Place:
    start = source.text.index(words)
    return Place(source, start, start + len(words))


def drawing(text: str) -> str:
    return dedent(text).strip("\n")


POLICY = SourceText(
    "policies/rules.rpol",
    dedent(
        """\
        -- rules
        control holmium as h
          allow destination DE
          deny end_use military
          review when
            chip and x
        otherwise allow
        """
    ),
)
CLASH = Diagnostic(
    "contradiction",
    "error",
    "`allow` and `deny` both stand in one case.",
    place(POLICY, "deny"),
    labels=(Label(place(POLICY, "allow"), "this allows it"),),
    help="Say which of them gives way.",
    witness={"date": "2025-12-01", "destination": "DE", "end_use": ["civil", "military"], "end_user": "A B"},
    example='example "clash"\n  given destination DE\n  expect deny',
)


def test_a_whole_diagnostic() -> None:
    assert render(CLASH) == drawing(
        """
        error[contradiction]: `allow` and `deny` both stand in one case.
         --> policies/rules.rpol:4:3
          |
        3 |   allow destination DE
          |   ----- this allows it
        4 |   deny end_use military
          |   ^^^^
        help: Say which of them gives way.
        case: date=2025-12-01 destination=DE end_use='civil|military' end_user='A B'
        to paste:
          example "clash"
            given destination DE
            expect deny
        """
    )


def test_concise_is_one_line() -> None:
    assert concise(CLASH) == (
        "policies/rules.rpol:4:3: error[contradiction] `allow` and `deny` both stand in one case."
    )
    assert concise(Diagnostic("empty", "note", "Nothing\nhere.", None)) == "note[empty] Nothing here."


def test_without_a_place() -> None:
    assert render(Diagnostic("empty", "warning", "The folder is empty.", None)) == (
        "warning[empty]: The folder is empty."
    )


def test_marks_on_one_line_share_rows_where_they_do_not_meet() -> None:
    diagnostic = Diagnostic(
        "n",
        "error",
        "M.",
        place(POLICY, "holmium"),
        labels=(
            Label(place(POLICY, "control"), "a statement"),
            Label(place(POLICY, "as h"), "its name"),
            Label(place(POLICY, "holmium as h"), "all"),
        ),
    )
    assert render(diagnostic) == drawing(
        """
        error[n]: M.
         --> policies/rules.rpol:2:9
          |
        2 | control holmium as h
          |         ^^^^^^^ ---- its name
          |         ------------ all
          | ------- a statement
        """
    )


def test_several_lines_show_their_first_and_last() -> None:
    diagnostic = Diagnostic("n", "error", "M.", place(POLICY, POLICY.text[9:-1]))
    assert render(diagnostic) == drawing(
        """
        error[n]: M.
         --> policies/rules.rpol:2:1
          |
        2 | control holmium as h
          | ^^^^^^^^^^^^^^^^^^^^
        ...
        7 | otherwise allow
          | ^^^^^^^^^^^^^^^
        """
    )


def test_one_line_between_is_shown() -> None:
    diagnostic = Diagnostic(
        "n", "error", "M.", place(POLICY, "review"), labels=(Label(place(POLICY, "allow"), "because of this"),)
    )
    assert render(diagnostic) == drawing(
        """
        error[n]: M.
         --> policies/rules.rpol:5:3
          |
        3 |   allow destination DE
          |   ----- because of this
        4 |   deny end_use military
        5 |   review when
          |   ^^^^^^
        """
    )


def test_several_files() -> None:
    rows = SourceText("lists/parties.csv", "name,under\n" + "x,y\n" * 97 + "ACME,law\n")
    diagnostic = Diagnostic("n", "error", "M.", place(POLICY, "deny"), labels=(Label(place(rows, "ACME"), "the row"),))
    assert render(diagnostic) == drawing(
        """
        error[n]: M.
          --> policies/rules.rpol:4:3
           |
         4 |   deny end_use military
           |   ^^^^
          ::: lists/parties.csv:99:1
           |
        99 | ACME,law
           | ---- the row
        """
    )


def test_tabs_and_wide_characters_are_aligned() -> None:
    source = SourceText("a.rpol", '\tdeny\tnote "氟化氢 e\u0301" x\n')
    diagnostic = Diagnostic(
        "n", "error", "M.", place(source, "x"), labels=(Label(place(source, '"氟化氢 e\u0301"'), "a text"),)
    )
    # A tab ends at the next column that four divides; 氟化氢 takes six columns, the accent none.
    before_text = len("    deny    note ")
    text = len('"') + 6 + len(' e"')
    assert render(diagnostic) == (
        "error[n]: M.\n"
        " --> a.rpol:1:21\n"
        "  |\n"
        '1 |     deny    note "氟化氢 e\u0301" x\n'
        f"  | {' ' * (before_text + text)} ^\n"
        f"  | {' ' * before_text}{'-' * text} a text"
    )


def test_the_end_of_a_line_can_be_marked() -> None:
    source = SourceText("a.rpol", "deny\nallow")
    diagnostic = Diagnostic("n", "error", "M.", Place(source, 4, 4))
    assert render(diagnostic).splitlines()[-2:] == ["1 | deny", "  |     ^"]
    diagnostic = Diagnostic("n", "error", "M.", Place(SourceText("e.rpol", ""), 0, 0))
    assert render(diagnostic).splitlines()[-2:] == ["1 |", "  | ^"]


def test_long_lines_are_cut_around_the_mark() -> None:
    source = SourceText("a.rpol", "a " * 100 + "HERE" + " z" * 100)
    lines = render(Diagnostic("n", "error", "M.", place(source, "HERE")), width=60).splitlines()
    assert max(map(len, lines)) <= 60
    shown, mark = lines[-2:]
    assert shown.startswith("1 | …")
    assert shown.endswith("…")
    assert shown.index("HERE") == mark.index("^^^^")


def test_a_mark_longer_than_the_line_is_cut() -> None:
    source = SourceText("a.rpol", "x" * 500)
    lines = render(Diagnostic("n", "error", "M.", Place(source, 100, 400)), width=60).splitlines()
    assert max(map(len, lines)) <= 60
    assert "^" in lines[-1]


def test_a_line_of_any_length_is_cropped_quickly() -> None:
    filler = "é" * 2_000_000
    source = SourceText("a.rpol", f"{filler} wrong {filler}")
    begun = time.process_time()
    rendered = render(Diagnostic("n", "error", "M.", place(source, "wrong")), width=60)
    assert time.process_time() - begun < 1
    assert max(map(len, rendered.splitlines())) <= 60
    shown, marked = rendered.splitlines()[-2:]
    assert "wrong" in shown and shown.startswith("1 | …") and shown.endswith("…")
    assert marked.index("^^^^^") == shown.index("wrong")


def test_words_are_wrapped() -> None:
    diagnostic = Diagnostic(
        "n",
        "error",
        "word " * 20,
        place(POLICY, "deny"),
        labels=(Label(place(POLICY, "allow destination DE"), "long " * 15),),
        help="write\nor " + "write " * 12,
    )
    rendered = render(diagnostic, width=40)
    assert max(map(len, rendered.splitlines())) <= 40
    assert rendered.count("word") == 20
    assert rendered.count("long") == 15
    assert "\nhelp: write\n      or write" in rendered


def test_regions_have_their_cases() -> None:
    regions = tuple(Region(f"destination D{i}", {"date": "2025-12-01"}) for i in range(12))
    rendered = render(Diagnostic("n", "error", "M.", None, regions=regions, witness={"date": "2025-12-01"}))
    assert rendered.splitlines()[:3] == ["error[n]: M.", "where: destination D0", "  case: date=2025-12-01"]
    assert rendered.endswith("and 2 more regions")


def test_a_fix_stands_in_for_help() -> None:
    fix = Fix("Write `deny`.", ((place(POLICY, "allow"), "deny"),))
    assert "help: Write `deny`." in render(Diagnostic("n", "error", "M.", None, fix=fix))


def test_values_of_a_case() -> None:
    witness = {"knows": True, "node": None, "end_use": [], "routes": ("CN", "DE")}
    rendered = render(Diagnostic("n", "error", "M.", None, witness=witness))
    assert rendered.endswith("case: knows=true node=none end_use=none routes='CN|DE'")


@pytest.mark.parametrize("strange", ["\x1b", "\u202e", "\ud800", "\u2028", "\r"])
def test_nothing_steers_the_terminal(strange: str) -> None:
    source = SourceText(f"a{strange}.rpol", f"x {strange}[31m y")
    diagnostic = Diagnostic(
        "n",
        "error",
        f"m{strange}",
        place(source, "y"),
        labels=(Label(place(source, "x"), f"l{strange}"),),
        help=f"h{strange}",
        witness={"a": f"w{strange}"},
        example=f"e{strange}",
        regions=(Region(f"r{strange}"),),
    )
    for text in (render(diagnostic), concise(diagnostic)):
        assert strange not in text
    assert render(diagnostic).encode("utf-8")


def test_color_is_only_paint() -> None:
    painted = render(CLASH, color=True)
    assert "\x1b[1;31merror[contradiction]\x1b[0m" in painted
    assert "\x1b" not in render(CLASH)
    plain = painted
    for code in ("1;31", "34", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == render(CLASH)
