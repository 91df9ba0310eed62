"""What the statements of language.md, section 2, become, and what holds of every file."""

from __future__ import annotations

from pathlib import Path

import pytest

from rpol.syntax import nodes as n
from rpol.syntax.parse import DEEPEST, MOST_BROKEN_STATEMENTS, MOST_CHARACTERS, parse
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import SourceText, Span

CLEAN = Path(__file__).parents[2] / "corpus" / "syntax" / "clean"


def problems_of(text: str) -> tuple[Diagnostic, ...]:
    return parse(SourceText("p.rpol", text))[1]


def statements(text: str) -> list[n.Statement]:
    pieces, problems = parse(SourceText("p.rpol", text))
    assert problems == ()
    return [piece.node for piece in pieces if piece.node is not None]


def statement(text: str) -> n.Statement:
    [node] = statements(text)
    return node


def bare(*texts: str) -> tuple[n.Word, ...]:
    return tuple(n.Word(text) for text in texts)


def condition(text: str) -> n.Condition:
    node = statement(f"define d = {text}")
    assert isinstance(node, n.DefineStatement)
    return node.condition


def holds(name: str) -> n.Holds:
    return n.Holds(n.Name(name))


# ---------------------------------------------------------------- statements


def test_the_one_line_policy() -> None:
    assert statement("control holmium effective 2025-11-08 deny end_use military") == n.ControlStatement(
        n.Subject(None, bare("holmium")),
        (n.Bound("effective", n.Day("2025-11-08")),),
        (n.ClauseNode("deny", (n.When(n.Is(n.Name("end_use"), n.Word("military")), direct=True),)),),
    )


@pytest.mark.parametrize(
    ("text", "kind", "optional"),
    [
        ('one of a, 1C902.a, "c d"', n.OneOf((*bare("a", "1C902.a"), n.Word("c d", "quoted"))), False),
        ('one of "items.csv" optional', n.OneOf((n.Word("items.csv", "quoted"),)), True),
        ("set of country", n.SetOf(bare("country")), False),
        ("boolean", n.Plain(n.Name("boolean")), False),
        ("number nm optional", n.Plain(n.Name("number"), "nm"), True),
        ("number GB/s / mm2", n.Plain(n.Name("number"), "GB/s/mm2"), False),
    ],
)
def test_attributes(text: str, kind: n.Kind, optional: bool) -> None:
    assert statement(f"attribute x {text}") == n.AttributeStatement(n.Name("x"), kind, optional)
    assert statement(f'attribute x {text} "Why?"') == n.AttributeStatement(n.Name("x"), kind, optional, n.Text("Why?"))


def test_groups_and_lists() -> None:
    assert statement("group g = a, b except c") == n.GroupStatement(n.Name("g"), bare("a", "b"), bare("c"))
    assert statement('list l of item from "l.csv" where kind "x", y and year z') == n.ListStatement(
        n.Name("l"),
        n.Name("item"),
        n.Text("l.csv"),
        (
            n.Column(n.Name("kind"), (n.Word("x", "quoted"), n.Word("y"))),
            n.Column(n.Name("year"), bare("z")),
        ),
    )
    assert statement('list l owned >= 50 % by one of a, b from "o.csv"') == n.OwnedListStatement(
        n.Name("l"), ">=", n.Percent("50"), (n.Name("a"), n.Name("b")), False, n.Text("o.csv")
    )
    assert statement('list l owned > 49.9% by a together from "o.csv"') == n.OwnedListStatement(
        n.Name("l"), ">", n.Percent("49.9"), (n.Name("a"),), True, n.Text("o.csv")
    )


def test_facts() -> None:
    assert statement("fact not (energy none) when item 3A001") == n.FactStatement(
        n.Not(n.Is(n.Name("energy"), n.Word("none", "none"))), n.Is(n.Name("item"), n.Word("3A001"))
    )


def test_instruments_and_their_acts() -> None:
    text = """
      instrument i "Notice" " No. 1" issued 2025-11-07 cite "http://example.org" note "n"
        suspend a, b "3" effective 2025-11-07 through 2026-11-10
        repeal c before 2026-01-01 note "m"
        unconfirmed "Not " "found." effective 2026-11-10
    """
    assert statement(text) == n.InstrumentStatement(
        n.Name("i"),
        n.Text("Notice No. 1"),
        (n.Issued(n.Day("2025-11-07")), n.Cite(n.Text("http://example.org")), n.Note(n.Text("n"))),
        (
            n.Act(
                "suspend",
                (n.Target(n.Name("a")), n.Target(n.Name("b"), n.Text("3"))),
                None,
                (n.Bound("effective", n.Day("2025-11-07")), n.Bound("through", n.Day("2026-11-10"))),
            ),
            n.Act(
                "repeal",
                (n.Target(n.Name("c")),),
                None,
                (n.Bound("before", n.Day("2026-01-01")), n.Note(n.Text("m"))),
            ),
            n.Act("unconfirmed", (), n.Text("Not found."), (n.Bound("effective", n.Day("2026-11-10")),)),
        ),
    )
    assert statement('scenario s "t"') == n.ScenarioStatement(n.Name("s"), n.Text("t"))


def test_rules() -> None:
    text = """
      control item a, b except c as r under i "1" supplements x when outside
        require license under "1(1)" effective 2025-12-01 when origin china
        exempt duty "report " "soon" overrides y, z
    """
    assert statement(text) == n.ControlStatement(
        n.Subject(n.Name("item"), bare("a", "b"), bare("c")),
        (
            n.As(n.Name("r")),
            n.Under(n.Name("i"), n.Text("1")),
            n.Supplements((n.Name("x"),)),
            n.When(holds("outside")),
        ),
        (
            n.ClauseNode(
                "license",
                (
                    n.Under(None, n.Text("1(1)")),
                    n.Bound("effective", n.Day("2025-12-01")),
                    n.When(n.Is(n.Name("origin"), n.Word("china"))),
                ),
            ),
            n.ClauseNode("exempt", (n.Duty(n.Text("report soon")), n.Overrides((n.Name("y"), n.Name("z"))))),
        ),
    )
    assert statement("permit a overrides b") == n.PermitStatement(
        n.Subject(None, bare("a")), (n.Overrides((n.Name("b"),)),)
    )
    assert statement('oblige any duty "d"') == n.ObligeStatement(n.AnySubject(), (n.Duty(n.Text("d")),))


def test_promises_and_the_rest() -> None:
    assert statement("always deny or stricter when x") == n.AlwaysStatement("deny", True, holds("x"))
    assert statement("never allow when x") == n.NeverStatement("allow", holds("x"))
    assert statement("cover a, b") == n.CoverStatement((n.Name("a"), n.Name("b")))
    assert statement("otherwise allow") == n.OtherwiseStatement("allow")
    assert statement('example "t" under s given x expect license because i "1", suspended j') == n.ExampleStatement(
        n.Text("t"),
        n.Name("s"),
        holds("x"),
        "license",
        (n.Reason(n.Target(n.Name("i"), n.Text("1"))), n.Reason(n.Target(n.Name("j")), suspended=True)),
    )
    assert statement('example "t" given x expect undetermined') == n.ExampleStatement(
        n.Text("t"), None, holds("x"), "undetermined"
    )


# ---------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", holds("x")),
        ('x "a b"', n.Is(n.Name("x"), n.Word("a b", "quoted"))),
        ("x not none", n.Is(n.Name("x"), n.Word("none", "none"), negated=True)),
        ("x in a, none", n.Within(n.Name("x"), (n.Word("a"), n.Word("none", "none")))),
        ("x not in a", n.Within(n.Name("x"), bare("a"), negated=True)),
        ("x only a, b", n.Only(n.Name("x"), bare("a", "b"))),
        ("x <= 14 nm", n.Compare(n.Name("x"), "<=", n.Number("14", "nm"))),
        ("x > -2.5e3 mAh/g", n.Compare(n.Name("x"), ">", n.Number("-2.5e3", "mAh/g"))),
        ("x 0.3 %", n.Equals(n.Name("x"), n.Percent("0.3"))),
        ("x not 5", n.Equals(n.Name("x"), n.Number("5"), negated=True)),
        ("date 2025-02-30", n.Equals(n.Name("date"), n.Day("2025-02-30"))),
        ('in force i "3"', n.InForce(n.Target(n.Name("i"), n.Text("3")))),
        ("not not x", n.Not(n.Not(holds("x")))),
        ("not x and y", n.And((n.Not(holds("x")), holds("y")))),
        ("a and b and c", n.And((holds("a"), holds("b"), holds("c")))),
        ("(a and b) and c", n.And((n.And((holds("a"), holds("b"))), holds("c")))),
        ("(a and b) or not (c or d)", n.Or((n.And((holds("a"), holds("b"))), n.Not(n.Or((holds("c"), holds("d"))))))),
        ("((x))", holds("x")),
    ],
)
def test_conditions(text: str, expected: n.Condition) -> None:
    assert condition(text) == expected


# ---------------------------------------------------------------- places


def test_spans_count_from_the_statement() -> None:
    text = "-- a remark\n  control a as b require license when (x and y) or z\n"
    [piece], _ = parse(SourceText("p.rpol", text))
    assert (piece.offset, piece.text) == (14, "control a as b require license when (x and y) or z")

    def at(span: Span) -> str:
        return piece.text[span.start : span.end]

    node = piece.node
    assert isinstance(node, n.ControlStatement)
    [clause] = node.clauses
    assert at(node.span) == piece.text
    assert at(node.subject.span) == "a"
    assert at(node.head[0].span) == "as b"
    assert at(clause.span) == "require license when (x and y) or z"
    assert at(clause.effect_span) == "require license"
    [when] = clause.head
    assert isinstance(when, n.When)
    assert isinstance(when.condition, n.Or)
    assert at(when.span) == "when (x and y) or z"
    assert at(when.condition.span) == "(x and y) or z"
    assert [at(term.span) for term in when.condition.terms] == ["(x and y)", "z"]


def test_problems_are_placed_in_the_file() -> None:
    [problem] = problems_of("otherwise allow\n\n  control a deny when x and\n y or z\n")
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (4, 4)
    assert [(label.place.line, label.place.column) for label in problem.labels] == [(3, 25)]


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("path", sorted(CLEAN.glob("*.rpol")), ids=lambda path: path.stem)
def test_clean_files_have_no_problem(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pieces, problems = parse(SourceText(path.name, text))
    assert problems == ()
    assert pieces
    windows, problems = parse(SourceText(path.name, text.replace("\n", "\r\n")))
    assert problems == ()
    assert [piece.node for piece in windows] == [piece.node for piece in pieces]


def test_a_bad_statement_leaves_the_others() -> None:
    pieces, problems = parse(SourceText("p.rpol", "group a = b\ngroup = c\ncontrol d deny when\notherwise allow"))
    assert [piece.node is None for piece in pieces] == [False, True, True, False]
    assert [problem.name for problem in problems] == ["syntax", "syntax"]


def test_text_before_the_first_statement_is_a_problem() -> None:
    pieces, [problem] = parse(SourceText("p.rpol", "-- fine\nholmium deny\ncontrol a deny"))
    assert problem.place is not None
    assert (problem.name, problem.place.line) == ("syntax", 2)
    assert [piece.text for piece in pieces] == ["holmium deny", "control a deny"]


def test_a_misspelt_statement_word_is_suggested() -> None:
    [problem] = problems_of("contrl holmium deny")
    assert problem.help == "Did you mean `control`?"
    [problem] = problems_of("otherwise allow\ncontrl holmium deny")
    assert problem.help == "Did you mean `control`?"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("attribute act one of export, control, other", "control"),
        ("control a deny when act in export, list", "list"),
        ("control a deny when act not in group", "group"),
    ],
)
def test_a_statement_word_as_a_value_must_be_quoted(text: str, word: str) -> None:
    [problem] = problems_of(text)
    assert problem.name == "reserved-word"
    assert problem.place is not None
    assert text[problem.place.start : problem.place.end] == word
    assert f'"{word}"' in (problem.help or "")


def test_a_statement_word_behind_an_attribute_may_be_a_value() -> None:
    [problem] = problems_of("control a deny when act list")
    assert 'put it in quotes: `"list"`' in (problem.help or "")
    assert problems_of("control a deny when act\nlist")[0].help is None


def test_a_statement_word_as_a_name() -> None:
    [problem] = problems_of("define list = x")
    assert (problem.name, "another name" in (problem.help or "")) == ("reserved-word", True)


def test_statement_words_in_texts_and_comments_do_not_cut() -> None:
    text = 'control a -- the control list\n  deny note "never control" # group x = y\n  duty "“example”"'
    assert len(statements(text)) == 1


def test_names_may_hold_statement_words() -> None:
    node = statement("control control_list, list.control, 1control as never1 deny")
    assert isinstance(node, n.ControlStatement)
    assert node.subject == n.Subject(None, bare("control_list", "list.control", "1control"))


def test_an_open_text_ends_with_its_line() -> None:
    pieces, [problem] = parse(SourceText("p.rpol", 'control a note "no end control b deny\ncontrol c deny'))
    assert problem.name == "open-text"
    assert [piece.node is None for piece in pieces] == [True, False]


# ---------------------------------------------------------------- hostile texts


@pytest.mark.parametrize("strange", ["\0", "\x1b", "\u202e", "\u2028", "\r", "\x85", "\x0c"])
def test_characters_that_deceive_are_refused(strange: str) -> None:
    text = f'control a deny note "x{strange}y" -- {strange} \n{strange}'
    pieces, [problem] = parse(SourceText("p.rpol", text))
    assert (problem.name, problem.severity) == ("strange-character", "error")
    assert problem.place is not None
    assert problem.place.start == text.index(strange)
    assert f"U+{ord(strange):04X}" in problem.message
    assert "3 times" in problem.message
    assert [piece.node is None for piece in pieces] == [False]


@pytest.mark.parametrize(("blank", "name"), [("\u00a0", "no-break space"), ("\u200b", "zero width space")])
def test_blanks_that_are_none_are_named(blank: str, name: str) -> None:
    [problem] = problems_of(f"control a{blank}deny")
    assert problem.name == "strange-character"
    assert name in problem.message


def test_a_byte_order_mark_is_passed_over() -> None:
    assert len(statements("\ufeffotherwise allow")) == 1


def test_nesting_is_bounded() -> None:
    assert len(statements("define d = " + "(" * DEEPEST + "x" + ")" * DEEPEST)) == 1
    assert len(statements("define d = " + "not " * DEEPEST + "x")) == 1
    assert len(statements("define d = " + " and ".join(["(x or not y)"] * DEEPEST))) == 1
    for nested in ("(" * (DEEPEST + 1) + "x", "not " * (DEEPEST + 1) + "x", "not (" * 60 + "x", "(" * 200_000):
        [problem] = problems_of(f"define d = {nested}")
        assert problem.name == "too-deep"


def test_size_is_bounded() -> None:
    [problem] = problems_of(" " * (MOST_CHARACTERS + 1))
    assert problem.name == "too-large"
    [problem] = problems_of(f"group g = {', '.join(['a'] * 400_000)}\notherwise allow")
    assert problem.name == "too-large"


def test_the_number_of_broken_statements_is_bounded() -> None:
    problems = problems_of("control\n" * (MOST_BROKEN_STATEMENTS + 50))
    assert len(problems) == MOST_BROKEN_STATEMENTS + 1
    assert problems[-1].name == "too-many-problems"


def test_messages_stay_short() -> None:
    for text in (
        "a" * 500_000,
        "define d = " + " and ".join(["x"] * 50_000) + " or y",
        f"group g = {'-' + 'é' * 9_000}",
    ):
        [problem] = problems_of(text)
        assert len(problem.message) + len(problem.help or "") < 3_000


# ---------------------------------------------------------------- memory


def test_statements_that_did_not_change_keep_their_nodes() -> None:
    texts = [f"control a{i} as b{i} deny when x >= {i} nm" for i in range(50)]
    before, _ = parse(SourceText("p.rpol", "\n".join(texts)))
    texts[20] = "-- moved\n\ncontrol changed deny"
    after, _ = parse(SourceText("p.rpol", " -- new first line\n" + "\n\n".join(texts)))
    same = [old.node is new.node for old, new in zip(before, after, strict=True)]
    assert same == [i != 20 for i in range(50)]
