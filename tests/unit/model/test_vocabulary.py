"""Attributes and their values (language.md, section 2, "Files", and section 3, "Case")."""

from __future__ import annotations

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem, resolved, words

from rpol.runtime.attribute import Attribute, Taxonomy
from rpol.runtime.countries import COUNTRIES

RARE_EARTHS = {
    "scandium", "yttrium", "lanthanum", "cerium", "praseodymium", "neodymium", "promethium", "samarium", "europium",
    "gadolinium", "terbium", "dysprosium", "holmium", "erbium", "thulium", "ytterbium", "lutetium",
}  # fmt: skip
OTHERS = {"gallium", "germanium", "antimony", "graphite", "tungsten", "tellurium", "bismuth", "molybdenum", "indium"}


def attribute(text: str, files: dict[str, str] | None = None) -> Attribute:
    (found,) = policy_of(f"attribute {text}", files).attributes.values()
    return found


def wrong(text: str, files: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return errors(f"attribute {text}", files=files)


# ---------------------------------------------------------------- kinds


def test_kinds() -> None:
    assert attribute("a one of x, y").taxonomy == Taxonomy(("x", "y"))
    assert attribute('a one of x, "Y z"').taxonomy == Taxonomy(("x", "Y z"))
    assert attribute("a set of x, y") == Attribute("a", "set of", taxonomy=Taxonomy(("x", "y")))
    assert attribute("a country optional").taxonomy == Taxonomy(tuple(COUNTRIES))
    assert attribute("a set of country").taxonomy == Taxonomy(tuple(COUNTRIES))
    assert attribute("a boolean").taxonomy == Taxonomy(("true", "false"))
    assert attribute("a entity") == Attribute("a", "entity")
    assert attribute("a integer optional") == Attribute("a", "integer", optional=True)
    assert attribute('a number Wh/kg "How much?"') == Attribute("a", "number", unit="Wh/kg", question="How much?")
    assert attribute("a percent") == Attribute("a", "percent")
    assert attribute("a date") == Attribute("a", "date")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a contry", ("unknown-kind", "contry")),
        ("a number furlong", ("unknown-unit", "number furlong")),
        ("a number Wh/furlong", ("unknown-unit", "number Wh/furlong")),
        ("a integer nm", ("wrong-unit", "integer nm")),
        ("a percent kg", ("wrong-unit", "percent kg")),
        ("a set of x, y optional", ("optional-set", "attribute a set of x, y optional")),
        ("a set of entity", ("set-of-parties", "set of entity")),
        ("a one of x, y, x", ("duplicate-value", "x")),
        ('a one of "none", x', ("reserved-value", '"none"')),
        ('a one of " ", x', ("reserved-value", '" "')),
    ],
)
def test_mistakes(text: str, found: tuple[str, str]) -> None:
    assert wrong(text) == [found]


# ---------------------------------------------------------------- taxonomies


def test_a_taxonomy_from_a_file() -> None:
    text = "\ufefflabel,parent,ignored,value\r\nAll,,z,top\r\n Left , top ,,left\r\n,top,,right\r\n\r\n,left,,below\r\n"
    found = attribute('item one of "v/items.csv"', {"v/items.csv": text}).taxonomy
    assert found == Taxonomy(
        ("top", "left", "right", "below"),
        {"left": ("top",), "right": ("top",), "below": ("left",)},
        {"top": "All", "left": "Left"},
    )
    assert found is not None
    assert found.leaves == ("below", "right")


def test_a_value_with_several_parents_has_several_rows() -> None:
    found = attribute('item one of "i.csv"', {"i.csv": "value,parent\na,\nb,\nshared,a\nshared,b\n"}).taxonomy
    assert found is not None
    assert found.parents == {"shared": ("a", "b")}
    assert found.below["a"] == found.below["b"] == frozenset({"shared"})


def test_only_the_column_of_values_is_needed() -> None:
    assert attribute('item set of "i.csv"', {"i.csv": "value\na\nb\n"}).taxonomy == Taxonomy(("a", "b"))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("value,parent\na,b\n", [("unknown-parent", "a,b")]),
        ("value,parent\na,a\n", [("circle", "a,a")]),
        ("value,parent\na,c\nb,a\nc,b\nd,a\n", [("circle", "a,c")]),
        ("value,parent\n", [("no-values", '"i.csv"')]),
        ("", [("empty-file", '"i.csv"')]),
        ("parent,label\na,b\n", [("missing-column", "parent,label")]),
        ("value,value\na,b\n", [("duplicate-column", "value,value")]),
        ("value,parent\n,a\na,\n", [("reserved-value", ",a")]),
        ("value,parent\nnone,\n", [("reserved-value", "none,")]),
        ("value,parent\na,,x\nb\n", [("bad-row", "a,,x"), ("bad-row", "b")]),
    ],
)
def test_mistakes_in_a_taxonomy(rows: str, found: list[tuple[str, str]]) -> None:
    assert wrong('item one of "i.csv"', {"i.csv": rows}) == found


def test_a_circle_shows_its_way() -> None:
    problem = only_problem('attribute item one of "i.csv"', files={"i.csv": "value,parent\na,c\nb,a\nc,b\nd,a\n"})
    assert problem.message == "The value `a` lies below itself: `a` → `c` → `b` → `a`."
    assert [words(label.place) for label in problem.labels] == ["c,b", "b,a"]


def test_a_very_deep_taxonomy_is_refused() -> None:
    rows = "value,parent\nv0,\n" + "".join(f"v{i},v{i - 1}\n" for i in range(1, 50_000))
    assert wrong('item one of "i.csv"', {"i.csv": rows}) == [("too-complex", "v100,v99")]


# ---------------------------------------------------------------- the standard vocabulary


def test_a_policy_without_attributes_gets_the_standard_vocabulary() -> None:
    attributes = policy_of("control holmium").attributes
    assert list(attributes) == ["item", "exporter", "origin", "destination", "end_user", "end_use"]
    assert attributes["item"].taxonomy is not None
    assert set(attributes["item"].taxonomy.values) == RARE_EARTHS | OTHERS
    assert len(RARE_EARTHS) == 17
    assert attributes["exporter"].taxonomy == Taxonomy(("in_china", "abroad"))
    assert attributes["origin"].taxonomy == Taxonomy(("china", "elsewhere"))
    assert attributes["destination"].kind == "country"
    assert attributes["end_user"].kind == "entity"
    assert attributes["end_use"].kind == "set of"
    assert attributes["end_use"].taxonomy == Taxonomy(
        ("civil", "military", "wmd", "terrorism", "chip", "military_ai", "relief")
    )
    assert not any(one.optional for one in attributes.values())
    assert all(one.question for one in attributes.values())


def test_it_declares_attributes_only() -> None:
    policy = policy_of("otherwise allow")
    assert (policy.lists, policy.instruments, policy.clauses, policy.words) == ({}, {}, (), {})


def test_one_that_declares_any_gets_none_of_it() -> None:
    assert list(policy_of("attribute a one of x, y").attributes) == ["a"]
    assert errors("attribute a one of x, y\ncontrol holmium") == [("unknown-value", "holmium")]


def test_its_names_are_taken() -> None:
    problem = only_problem("group item = holmium")
    assert (problem.name, words(problem.place)) == ("duplicate-name", "item")
    assert problem.labels[0].place.source.path == "the standard vocabulary"


def test_a_policy_whose_attributes_do_not_parse_gets_none_of_it() -> None:
    policy, problems = resolved("attribute item one\ncontrol holmium", may_fail_to_parse=True)
    assert policy is None
    assert [problem for problem in problems if problem.severity == "error"] == []


def test_the_one_line_policy() -> None:
    policy = policy_of("control holmium effective 2025-11-08 deny end_use military")
    required, deny = policy.clauses
    assert (required.effect, required.implied, deny.effect, deny.implied) == ("license", True, "deny", False)
    assert deny.rests_on == (required.index,)
    assert required.windows == deny.windows
    assert [window.start for window in required.windows] == [739563]  # 2025-11-08
    assert (required.control, deny.control) == ("holmium", "holmium")
