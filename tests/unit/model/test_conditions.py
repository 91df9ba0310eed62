"""Conditions, from words to typed tests (language.md, sections 2 and 3)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem, words

from rpol.model.folder import MemoryFolder
from rpol.model.policy import AllOf, Among, AnyOf, Compared, Condition, ForceOf, Negation, OnlyAmong, Target
from rpol.model.resolve import resolve
from rpol.runtime.attribute import NONE
from rpol.syntax.nodes import AttributeStatement, DefineStatement, Holds, Name, Not, Piece, Plain
from rpol.syntax.nodes import Condition as Node
from rpol.text.source import SourceText

FILES = {
    "items.csv": "value,parent,label\n1C9,,\n1C9.a,1C9,\n1C9.a.4,1C9.a,\n1C9.b,1C9,\n2A,,\n",
    "uses.csv": "value\ncivil\nmilitary\n",
    "parties.csv": "name\nAcme\n",
    "near.csv": "name\nDE\nFR\n",
}
VOCABULARY = """
attribute item one of "items.csv" optional
attribute to country
attribute party entity
attribute partner entity optional
attribute use set of civil, military, relief
attribute kept set of "uses.csv"
attribute via set of country
attribute share percent optional
attribute node number nm optional
attribute speed number GB/s/mm2
attribute ratio number
attribute layers integer
attribute built date
attribute knows boolean
attribute warned boolean optional
group near = DE, FR
list parties from "parties.csv"
list near_list of to from "near.csv"
instrument law "Law" issued 2020-01-01
control 2A as two under law "1(1)" require license
"""


def condition(text: str) -> Condition:
    (clause,) = policy_of(VOCABULARY + f'oblige any as asked when {text} duty "d"', FILES).clauses[1:]
    return clause.condition


def wrong(text: str) -> list[tuple[str, str]]:
    return errors(VOCABULARY + f'oblige any as asked when {text} duty "d"', files=FILES)


def advice(text: str) -> str | None:
    return only_problem(VOCABULARY + f'oblige any as asked when {text} duty "d"', files=FILES).help


def among(attribute: str, *values: object, lists: tuple[str, ...] = ()) -> Among:
    return Among(attribute, frozenset(values), lists)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        # `attribute value` is true of the value and of all below it; a case holds leaves.
        ("item 1C9.a", among("item", "1C9.a.4")),
        ("item 1C9", among("item", "1C9.a.4", "1C9.b")),
        ('item "2A"', among("item", "2A")),
        ("to DE", among("to", "DE")),
        ('party "ACME  Ltd."', among("party", "acme ltd.")),
        ("use military", among("use", "military")),
        ("to not DE", Negation(among("to", "DE"))),
        ("not to DE", Negation(among("to", "DE"))),
        # `in` takes values, groups and lists.
        ("to in US, near, near_list", among("to", "US", "DE", "FR", lists=("near_list",))),
        ("to not in near", Negation(among("to", "DE", "FR"))),
        ('party in "Beta", parties', among("party", "beta", lists=("parties",))),
        ("use in civil, military", among("use", "civil", "military")),
        ("via in near", among("via", "DE", "FR")),
        # `none`: of optional attributes, and of sets, where it is the empty set.
        ("item none", among("item", NONE)),
        ("item in none, 2A", among("item", NONE, "2A")),
        ("partner none", among("partner", NONE)),
        ("share none", among("share", NONE)),
        ("warned none", among("warned", NONE)),
        ("use none", among("use", NONE)),
        ("use in none, civil", among("use", NONE, "civil")),
        ("not share none", Negation(among("share", NONE))),
        # `only`: not empty, and every member at or below one of these.
        ("use only civil, relief", OnlyAmong("use", frozenset({"civil", "relief"}))),
        ("via only near", OnlyAmong("via", frozenset({"DE", "FR"}))),
        # A boolean attribute is a condition by itself.
        ("knows", among("knows", "true")),
        ("not knows", Negation(among("knows", "true"))),
        ("warned false", among("warned", "false")),
        # Amounts, exact and in the unit of the attribute.
        ("share >= 0.1%", Compared("share", ">=", Fraction(1, 1000))),
        ("share 100%", Compared("share", "=", Fraction(1))),
        ("node <= 14 nm", Compared("node", "<=", Fraction(14))),
        ("node < 0.02 um", Compared("node", "<", Fraction(20))),
        ("speed > 1 TB/s/mm2", Compared("speed", ">", Fraction(1000))),
        ("ratio -1.5e-3", Compared("ratio", "=", Fraction(-15, 10000))),
        ("layers >= 256", Compared("layers", ">=", 256)),
        ("layers not 256", Negation(Compared("layers", "=", 256))),
        ("built < 2020-02-29", Compared("built", "<", date(2020, 2, 29).toordinal())),
        # Joined.
        ("knows and to DE and use none", AllOf((among("knows", "true"), among("to", "DE"), among("use", NONE)))),
        (
            "to DE or (knows and use none)",
            AnyOf((among("to", "DE"), AllOf((among("knows", "true"), among("use", NONE))))),
        ),
        ("knows and (to DE and use none)", AllOf((among("knows", "true"), among("to", "DE"), among("use", NONE)))),
        ("in force law", ForceOf(Target("law"))),
        ('in force law "1"', ForceOf(Target("law", ("1",), "1"))),
        ('in force law "1(1)"', ForceOf(Target("law", ("1", "1"), "1(1)"))),
    ],
)
def test_meaning(text: str, meaning: Condition) -> None:
    assert condition(text) == meaning


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("item 1C8", [("unknown-value", "1C8")]),
        ("to de", [("unknown-value", "de")]),
        ("to EU", [("unknown-value", "EU")]),
        ("to in DE, XX", [("unknown-value", "XX")]),
        ("use only civl", [("unknown-value", "civl")]),
        ("party Acme", [("unquoted-party", "Acme")]),
        ("party in Acme, parties", [("unquoted-party", "Acme")]),
        ("to near", [("needs-in", "to near")]),
        ("party not parties", [("needs-in", "party not parties")]),
        ("use in near", [("wrong-group", "near")]),
        ("to in parties", [("wrong-list", "parties")]),
        ("party in near_list", [("wrong-list", "near_list")]),
        ("via in near_list", [("wrong-list", "near_list")]),
        ("to none", [("not-optional", "none")]),
        ("knows none", [("not-optional", "none")]),
        ("to only DE", [("only-without-set", "to only DE")]),
        ("kept only civil", [("only-on-file", "kept only civil")]),
        ("to", [("not-a-condition", "to")]),
        ("near", [("wrong-kind-of-name", "near")]),
        ("law DE", [("wrong-kind-of-name", "law")]),
        ("colour red", [("unknown-name", "colour")]),
        ("item 8471", [("wrong-kind-of-value", "8471")]),
        ("to >= 3", [("wrong-kind-of-value", "3")]),
        ("node small", [("wrong-kind-of-value", "small")]),
        ("node 14nm", [("wrong-kind-of-value", "14nm")]),
        ("layers in 1C9", [("wrong-kind-of-value", "1C9")]),
        ("share >= 0.1", [("wrong-kind-of-value", "0.1")]),
        ("ratio 5%", [("wrong-kind-of-value", "5%")]),
        ("built 5", [("wrong-kind-of-value", "5")]),
        ("layers 2020-01-01", [("wrong-kind-of-value", "2020-01-01")]),
        ("node <= 14", [("wrong-unit", "14")]),
        ("node <= 14 kg", [("wrong-unit", "14 kg")]),
        ("node <= 14 furlong", [("unknown-unit", "14 furlong")]),
        ("ratio >= 1 nm", [("wrong-unit", "1 nm")]),
        ("layers >= 1 nm", [("wrong-unit", "1 nm")]),
        ("speed > 1 GB/s", [("wrong-unit", "1 GB/s")]),
        ("layers >= 2.5", [("not-whole", "2.5")]),
        ("share > 101%", [("beyond-percent", "101%")]),
        ("built 2025-02-29", [("no-such-day", "2025-02-29")]),
        ("date >= 2025-01-01", [("misplaced-date", "date")]),
        ("known_on < 2025-01-01", [("misplaced-date", "known_on")]),
        ("in force two", [("wrong-kind-of-name", "two")]),
        ("in force lax", [("unknown-name", "lax")]),
        ('in force law "2"', [("unknown-paragraph", '"2"')]),
        ('in force law "1(1)(a)"', [("unknown-paragraph", '"1(1)(a)"')]),
        ('in force law "()"', [("empty-paragraph", '"()"')]),
        ("to XX and item 1C8 and not use none", [("unknown-value", "XX"), ("unknown-value", "1C8")]),
    ],
)
def test_mistakes(text: str, found: list[tuple[str, str]]) -> None:
    assert wrong(text) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to de", "Did you mean `DE`?"),
        ("to UK", "Did you mean `GB`?"),
        ("use DE", "It is a value of `to` and `via`."),
        ("party not in parties_", 'Did you mean `parties`? Put the name of a party in quotes: `"parties_"`.'),
        ("party Acme", 'Put the name of a party in quotes: `"Acme"`.'),
        ("to not near", "Write `to not in near`."),
        ("node 14nm", "Write `14 nm`."),
        ("share >= 0.1", "Write `0.1%`."),
        ("item 8471", 'If `8471` is one of them, put it in quotes: `"8471"`.'),
        ("node <= 14", "Write `14 nm`, or a unit that converts into it."),
        ("date >= 2025-01-01", "Write a window: `effective`, `through` or `before` and a date."),
    ],
)
def test_help(text: str, expected: str) -> None:
    assert advice(text) == expected


# ---------------------------------------------------------------- defines


def test_a_define_is_written_out() -> None:
    defined = "define d = to DE or knows\n"
    assert policy_of(VOCABULARY + defined + "control any as c when not d", FILES).clauses[1].condition == Negation(
        AnyOf((among("to", "DE"), among("knows", "true")))
    )


def test_a_define_that_asks_for_the_date_is_refused_where_it_is_used_in_a_rule() -> None:
    text = VOCABULARY + "define now = date >= 2025-01-01\ndefine later = now and knows\n"
    problem = only_problem(text + "control any as c when later", files=FILES)
    assert (problem.name, words(problem.place)) == ("misplaced-date", "later")
    assert errors(text + "always allow when later", files=FILES) == []


def test_a_fact_asks_neither_for_dates_nor_for_what_is_in_force() -> None:
    text = VOCABULARY + "define applies = in force law\ndefine then = known_on >= 2025-01-01\n"
    assert errors(text + "fact knows when applies", files=FILES) == [("misplaced-in-force", "applies")]
    assert errors(text + "fact knows when in force law", files=FILES) == [("misplaced-in-force", "in force law")]
    assert errors(text + "fact then", files=FILES) == [("misplaced-date", "then")]
    assert errors(text + "fact knows when date 2025-01-01", files=FILES) == [("misplaced-date", "date")]


def test_a_paragraph_above_a_cited_one_may_be_named() -> None:
    assert wrong('in force law "1"') == []
    assert wrong('in force law "11"') == [("unknown-paragraph", '"11"')]


def test_lists_excepted_from_a_set_are_not_possible_yet() -> None:
    text = VOCABULARY + 'list bad of via from "near.csv"\ngroup g = US, bad except DE\n'
    assert errors(text + "control any as c when via in g", files=FILES) == [("list-in-except", "g")]
    assert errors(text + "control any as c when via only g", files=FILES) == [("list-in-except", "g")]
    assert errors(text + "control via g as c", files=FILES) == [("list-in-except", "via g")]


def test_nodes_nested_deeper_than_any_text_are_refused() -> None:
    node: Node = Holds(Name("knows"))
    for _ in range(20_000):
        node = Not(node)
    source = SourceText("p.rpol", "")
    pieces = (
        Piece(0, "", AttributeStatement(Name("knows"), Plain(Name("boolean")))),
        Piece(0, "", DefineStatement(Name("deep"), node)),
    )
    policy, problems = resolve([(source, pieces)], MemoryFolder({}))
    assert policy is None
    assert "too-complex" in [problem.name for problem in problems]
