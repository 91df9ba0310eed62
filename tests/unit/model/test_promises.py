"""Facts, promises, examples, cover and otherwise (language.md, section 3, "Facts" and "Promises")."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem, resolved, warnings

from rpol.model.policy import AllOf, Among, AnyOf, Compared, Example, Fact, Negation, Promise, Reason, Target

VOCABULARY = """
attribute item one of a, b
attribute knows boolean
attribute use set of civil, military
attribute to country
attribute weight integer
instrument law "Law" issued 2020-01-01
scenario later "Later" suspend law
control a as c under law "1" when knows
  require license
  deny under "2(1)" as no when use military
control b as e require license
define known = known_on < 2025-01-01
"""
KNOWS = Among("knows", frozenset({"true"}))


def wrong(text: str) -> list[tuple[str, str]]:
    return errors(VOCABULARY + text)


def example(text: str) -> Example:
    (found,) = policy_of(VOCABULARY + text).examples
    return found


# ---------------------------------------------------------------- facts


def test_a_fact_with_when_holds_where_the_other_does_not() -> None:
    alone, conditional = policy_of(VOCABULARY + "fact not (knows and item b)\nfact knows -- why\n  when item a").facts
    assert alone == Fact(
        Negation(AllOf((KNOWS, Among("item", frozenset({"b"}))))), "not (knows and item b)", alone.place
    )
    assert conditional == Fact(
        AnyOf((Negation(Among("item", frozenset({"a"}))), KNOWS)), "knows when item a", conditional.place
    )


# ---------------------------------------------------------------- promises


def test_promises() -> None:
    text = (
        "always deny or stricter when knows and date >= 2025-01-01\nalways license when knows\nnever allow when known"
    )
    first, second, third = policy_of(VOCABULARY + text).promises
    dated = AllOf((KNOWS, Compared("date", ">=", date(2025, 1, 1).toordinal())))
    assert first == Promise("always", "deny", True, dated, False, first.place)
    assert second == Promise("always", "license", False, KNOWS, False, second.place)
    early = Compared("known_on", "<", date(2025, 1, 1).toordinal())
    assert third == Promise("never", "allow", False, early, True, third.place)


# ---------------------------------------------------------------- examples


def test_an_example() -> None:
    found = example('example "x" -- a comment\n  given knows and known_on 2025-01-01   and item a\n  expect license')
    assert (found.title, found.scenario, found.expect, found.reasons) == ("x", None, "license", ())
    assert found.names_known_on
    assert found.text == 'example "x" given knows and known_on 2025-01-01 and item a expect license'
    assert example('example "x" under later given knows expect undetermined').scenario == "later"


@pytest.mark.parametrize(
    ("because", "reason"),
    [
        ("law", Reason("law", False, Target("law"), (0, 1))),
        ('law "2"', Reason('law "2"', False, Target("law", ("2",)), (1,))),
        ("c", Reason("c", False, None, (0, 1))),
        ("no", Reason("no", False, None, (1,))),
        ('c "1"', Reason('c "1"', False, None, (0,))),
        ("suspended law", Reason("suspended law", True, Target("law"), (0, 1))),
        ('suspended law "2(1)"', Reason('suspended law "2(1)"', True, Target("law", ("2", "1")), (1,))),
        ("suspended c", Reason("suspended c", True, None, (0, 1))),
    ],
)
def test_reasons(because: str, reason: Reason) -> None:
    assert example(f'example "x" given knows expect deny because {because}').reasons == (reason,)


def test_several_reasons() -> None:
    found = example('example "x" given knows expect deny because law, suspended e, no')
    assert [reason.text for reason in found.reasons] == ["law", "suspended e", "no"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('example "x" under law given knows expect deny', [("wrong-kind-of-name", "law")]),
        ('example "x" under last given knows expect deny', [("unknown-name", "last")]),
        ('example "x" given item c expect deny', [("unknown-value", "c")]),
        ('example "x" given knows expect deny because lax', [("unknown-name", "lax")]),
        ('example "x" given knows expect deny because item', [("wrong-kind-of-name", "item")]),
        ('example "x" given knows expect deny because law "3"', [("unknown-paragraph", '"3"')]),
        ('example "x" given knows expect deny because suspended law "1(1)"', [("unknown-paragraph", '"1(1)"')]),
        ('example "x" given knows expect deny because e "1"', [("unknown-paragraph", '"1"')]),
        ('example "x" given knows expect deny because law "-"', [("empty-paragraph", '"-"')]),
        ('always deny when in force law "3"', [("unknown-paragraph", '"3"')]),
        ("never deny when itme a", [("unknown-name", "itme")]),
        ("cover item, weight", [("cannot-cover", "weight")]),
        ("cover knows", [("cannot-cover", "knows")]),
        ("cover itme", [("unknown-name", "itme")]),
        ("cover law", [("wrong-kind-of-name", "law")]),
        ("otherwise allow otherwise deny", [("repeated-otherwise", "otherwise deny")]),
    ],
)
def test_mistakes(text: str, found: list[tuple[str, str]]) -> None:
    assert wrong(text) == found


def test_a_mistake_in_a_promise_leaves_the_rest_readable() -> None:
    text = (
        VOCABULARY + 'never deny when itme a\nexample "x" given itme a expect deny\ncover itme\nnever deny when knows'
    )
    policy, problems = resolved(text)
    assert [problem.name for problem in problems if problem.severity == "error"] == ["unknown-name"] * 3
    assert policy is not None
    assert (len(policy.promises), policy.examples, policy.covered) == (1, (), ())


def test_a_mistake_on_which_decisions_turn_leaves_no_policy() -> None:
    for text in ("group g = nothing", "define d = itme a", "control itme a", 'instrument x "X"', "fact itme a"):
        assert resolved(VOCABULARY + text)[0] is None


def test_a_promise_that_does_not_parse_leaves_the_rest_readable() -> None:
    policy, _ = resolved(VOCABULARY + "never deny when when\notherwise allow", may_fail_to_parse=True)
    assert policy is not None
    assert policy.otherwise == "allow"
    policy, _ = resolved(VOCABULARY + "control a as a_ when when\notherwise allow", may_fail_to_parse=True)
    assert policy is None


def test_otherwise_may_be_left_out() -> None:
    assert policy_of(VOCABULARY).otherwise is None
    assert policy_of(VOCABULARY + "otherwise prohibit").otherwise == "prohibit"


# ---------------------------------------------------------------- warnings


def test_names_that_nothing_uses_are_warned_of() -> None:
    text = """
    attribute item one of a, b
    attribute party entity
    group unused_group = a
    group used_group = b
    define unused_define = item a
    define used_define = item in used_group
    list unused_list from "l.csv"
    list used_list from "l.csv"
    instrument unused_law "x" issued 2020-01-01
    instrument cited_law "x" issued 2020-01-01
    instrument acting "x" issued 2020-01-01 suspend acted_on
    instrument acted_on "x" issued 2020-01-01
    instrument doubted "x" issued 2020-01-01 unconfirmed "why"
    instrument noticed "x" issued 2020-01-01
    scenario unused_scenario "x"
    control a as c under cited_law when used_define and party in used_list
    """
    assert warnings(text, files={"l.csv": "name,under\nAcme,noticed\n"}) == [
        ("unused-name", "unused_group"),
        ("unused-name", "unused_define"),
        ("unused-name", "unused_list"),
        ("unused-name", "unused_law"),
    ]


def test_clauses_without_a_source_are_warned_of() -> None:
    text = """
    attribute item one of a, b
    instrument law "Law" issued 2020-01-01
    control a as cited under law require license
    control a as uncited require license deny item b
    control b as partly require license under law  deny item b
    permit b
    oblige b duty "d"
    """
    assert warnings(text) == [("uncited-clause", word) for word in ("a", "deny", "b", "b")]


def test_a_control_that_supplements_and_says_nothing_is_warned_of() -> None:
    found = warnings("control gallium as c require license\ncontrol graphite as e supplements c")
    assert ("empty-control", "graphite") in found


def uncovered(text: str) -> list[str]:
    """Return the messages about values of `to` or `kind` that nothing covers."""
    vocabulary = """
    attribute kind one of "kinds.csv"
    attribute use set of civil, military
    attribute to country
    """
    files = {"kinds.csv": "value,parent\nx,\nx1,x\nx2,x\ny,\nz,\n", "l.csv": "name\ny\n"}
    _, problems = resolved(vocabulary + text, files=files)
    assert [problem for problem in problems if problem.severity == "error"] == []
    return [problem.message for problem in problems if problem.name == "uncovered-value"]


def test_covered_values_that_no_control_or_permit_names_are_warned_of() -> None:
    named = 'list l of kind from "l.csv"\ngroup g = z\ncontrol x as c\n'
    everything = "permit any as p when kind in l and kind not in g"
    assert uncovered(f"cover kind\n{named}{everything}") == []
    assert uncovered(f"cover kind\n{named}") == ["No control or permit names 2 values of `kind`: `y` and `z`."]
    assert uncovered("cover kind\ncontrol any as c when not kind x1 require license") == [
        "No control or permit names 3 values of `kind`: `x2`, `y` and `z`."
    ]
    assert uncovered('cover kind\noblige any when kind in x, y duty "d"\ncontrol z as c') == [
        "No control or permit names 3 values of `kind`: `x1`, `x2` and `y`."
    ]
    assert uncovered("cover use\ncontrol any as c when use only civil") == [
        "No control or permit names one value of `use`: `military`."
    ]
    assert uncovered("cover to\ncontrol any as c when to not in CN")[0].startswith(
        "No control or permit names 248 values of `to`: `AD`"
    )


def test_an_error_leaves_no_warning_about_cover() -> None:
    assert only_problem(VOCABULARY + "cover item\ncontrol zz").name == "unknown-value"
