"""Names: one name space, what is taken, what is near (language.md, section 2, "Names")."""

from __future__ import annotations

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem, resolved, words

from rpol.model.policy import AllOf, Among, AnyOf, Negation

COLOURS = "attribute colour one of red, green, blue\nattribute party entity\n"


def test_order_of_statements_and_files_does_not_matter() -> None:
    forward = "attribute a one of x, y\n", "group g = x\n", "define d = a in g\n", "control any as c when d\n"
    one, none_found = resolved(*forward)
    other, _ = resolved(*reversed(forward))
    assert one is not None
    assert other is not None
    assert [problem for problem in none_found if problem.severity == "error"] == []
    assert one.clauses == other.clauses


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("attribute name one of x, y", "group name = red"),
        ("define name = colour red", 'list name from "l.csv"'),
        ('instrument name "i" issued 2020-01-01', 'scenario name "s"'),
        ("control red as name", "permit blue as name"),
        ("control red as name", 'oblige blue as name duty "d"'),
        ("control red as c require license as name", "group name = blue"),
        ("control red as c require license as name", "control blue as name"),
    ],
)
def test_all_names_share_one_space(first: str, second: str) -> None:
    problem = only_problem(f"{COLOURS}{first}\n{second}\n", files={"l.csv": "name\nAcme\n"})
    assert problem.name == "duplicate-name"
    assert words(problem.place) == "name"
    assert [words(label.place) for label in problem.labels] == ["name"]
    assert problem.place is not None
    assert problem.labels[0].place.start < problem.place.start


def test_use_of_a_name_declared_twice_is_not_reported_again() -> None:
    assert errors(COLOURS + 'group g = red group g = "Acme" control any when colour in g or party in g') == [
        ("duplicate-name", "g")
    ]


@pytest.mark.parametrize("name", ["date", "known_on", "timezone", "assume", "strictest"])
def test_taken_names(name: str) -> None:
    assert errors(f"{COLOURS}group {name} = red\ncontrol any when colour in {name}") == [("taken-name", name)]


@pytest.mark.parametrize("statement", ["group red = green", 'list blue from "l.csv"'])
def test_no_group_or_list_bears_the_name_of_a_value(statement: str) -> None:
    found = errors(COLOURS + statement, files={"l.csv": "name\nAcme\n"})
    assert found == [("name-of-value", statement.split()[1])]


def test_other_names_may_be_those_of_values() -> None:
    policy = policy_of(COLOURS + "control red as red\ncontrol blue overrides red require license")
    assert [clause.overrides for clause in policy.clauses] == [(), (0,)]


def test_unknown_names_offer_the_nearest() -> None:
    problem = only_problem(COLOURS + "define bright = colour red\ncontrol any when colur red and bright")
    assert (problem.name, words(problem.place)) == ("unknown-name", "colur")
    assert problem.help == "Did you mean `colour`?"
    assert problem.fix is not None
    assert [text for _, text in problem.fix.edits] == ["colour"]


def test_a_name_of_the_wrong_kind_says_what_it_is() -> None:
    problem = only_problem(COLOURS + "group warm = red\ncontrol blue as c under warm")
    assert problem.name == "wrong-kind-of-name"
    assert problem.message == "`warm` is a group; an instrument or a scenario must stand here."
    assert [words(label.place) for label in problem.labels] == ["warm"]


def test_all_problems_of_all_files_are_reported_in_their_order() -> None:
    assert errors(
        COLOURS + "control any when colour rde",
        "group g = grene\ncontrol any as c when colour in g",
        "control blue under nowhere",
    ) == [("unknown-value", "rde"), ("unknown-name", "grene"), ("unknown-name", "nowhere")]


def test_what_uses_a_statement_that_did_not_parse_is_not_reported() -> None:
    text = """
    attribute colour one of red green
    group g = red except
    define d = colour
    list l from lists
    instrument i "x" issued yesterday
    control red as c when when
      require license as limb
    control any as other under i "1" overrides c, limb supplements g when d and colour in l
      require license
    """
    assert errors(text, may_fail_to_parse=True) == []


def test_what_uses_a_declaration_with_a_mistake_is_not_reported() -> None:
    text = """
    attribute colour one of "missing.csv"
    group g = dark, 1X
    define d = unknown_word
    list l of colour from "missing.csv"
    control any when colour red or colour in g, l or d
    control red as c
    """
    assert errors(text) == [("missing-file", '"missing.csv"'), ("unknown-name", "unknown_word")]


# ---------------------------------------------------------------- groups


def condition_of(text: str) -> object:
    return policy_of(text).clauses[-1].condition


def test_a_group_stands_for_its_members() -> None:
    written = condition_of(COLOURS + "control any when colour in red, green")
    grouped = condition_of(COLOURS + "group inner = green\ngroup warm = red, inner\ncontrol any when colour in warm")
    assert grouped == written


def test_except_takes_members_away() -> None:
    assert condition_of(
        COLOURS + "group all = red, green, blue\ngroup cold = all except red\ncontrol any when colour in cold"
    ) == condition_of(COLOURS + "control any when colour in green, blue")


def test_except_takes_a_value_and_all_below_it() -> None:
    files = {"items.csv": "value,parent,label\na,,\na.1,a,\na.2,a,\na.2.x,a.2,\nb,,\n"}
    text = 'attribute item one of "items.csv"\ngroup g = a, b except a.2\ncontrol any when item in g'
    (clause,) = policy_of(text, files).clauses
    assert clause.condition.values == frozenset({"a.1", "b"})  # type: ignore[union-attr]


def test_a_quoted_member_is_a_value_never_a_group() -> None:
    assert errors(COLOURS + 'group g = red\ngroup h = "g", red') == [("mixed-group", "h")]


def test_every_member_is_checked_though_nothing_uses_the_group() -> None:
    assert errors(COLOURS + "group g = red, pink") == [("unknown-name", "pink")]
    assert errors(COLOURS + "define d = colour red\ngroup g = red, d") == [("wrong-kind-of-name", "d")]


def test_members_must_have_something_in_common() -> None:
    text = "attribute a one of x, y\nattribute b one of z, w\ngroup g = x, z\ncontrol any when a in g"
    assert errors(text) == [("mixed-group", "g")]


def test_a_group_may_be_read_for_every_attribute_that_has_its_values() -> None:
    text = "attribute from country\nattribute to country\ngroup near = DE, FR\n"
    policy = policy_of(text.replace("from", "origin") + "control any when origin in near and to not in near")
    values = frozenset({"DE", "FR"})
    assert policy.words == {"origin": (("near", values),), "to": (("near", values),)}


def test_groups_of_rules_are_written_out_behind_overrides() -> None:
    text = """
    control red as c_red
    control green as c_green
    control blue as c_blue
    group some = c_red, c_green
    group all = some, c_blue except c_green
    permit any as pass overrides all
    """
    assert policy_of(COLOURS + text).clauses[-1].overrides == (0, 2)


def test_a_group_of_values_is_no_name_of_rules_and_the_other_way() -> None:
    text = COLOURS + "group warm = red\ncontrol red as c\ngroup rules = c\n"
    assert errors(text + "permit any overrides warm") == [("wrong-group", "warm")]
    assert errors(text + "control any when colour in rules") == [("wrong-group", "rules")]
    assert errors(text + "control rules") == [("wrong-subject", "rules")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("group g = g", "g"),
        ("group g = h\ngroup h = red, i\ngroup i = g", "g"),
        ("define d = not d", "d"),
        ("define d = colour red and e\ndefine e = d or colour blue", "d"),
    ],
)
def test_circles_are_reported_once(text: str, place: str) -> None:
    assert errors(COLOURS + text + "\ncontrol any as c when colour in g" * ("group" in text)) == [("circle", place)]


def test_a_group_with_except_and_a_list_keeps_the_days_of_the_list() -> None:
    text = (
        'list l from "l.csv"\nlist gone from "gone.csv"\ngroup g = l, "Beta" except gone\ncontrol any when party in g'
    )
    files = {"l.csv": "name\nAcme\n", "gone.csv": "name\nAcme\n"}
    held = Among("party", frozenset({"beta"}), ("l",))
    assert policy_of(COLOURS + text, files).clauses[0].condition == AnyOf(
        (
            Among("party", frozenset()),
            AllOf((held, Negation(Among("party", frozenset(), ("gone",))))),
        )
    )


# ---------------------------------------------------------------- bounds


def test_defines_that_double_are_refused_quickly() -> None:
    doubling = "define d0 = colour red\n" + "".join(f"define d{i} = d{i - 1} or not d{i - 1}\n" for i in range(1, 60))
    assert errors(COLOURS + doubling + "control any when d59") == [("too-complex", "d12 or not d12")]


def test_defines_nested_very_deep_are_refused() -> None:
    deep = "define d0 = colour red\n" + "".join(f"define d{i} = not d{i - 1}\n" for i in range(1, 3000))
    assert [name for name, _ in errors(COLOURS + deep + "control any when d2999")] == ["too-complex"]


def test_groups_nested_very_deep_are_fine() -> None:
    deep = "group g0 = red\n" + "".join(f"group g{i} = g{i - 1}, g{i - 1}\n" for i in range(1, 3000))
    assert errors(COLOURS + deep + "control any when colour in g2999") == []
