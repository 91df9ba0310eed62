"""Subjects, citations, windows and the implied license (language.md, sections 2 and 3)."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem, words

from rpol.model.policy import TRUE, AllOf, Among, AnyOf, Clause, Condition, Negation, Window

FILES = {"items.csv": "value,parent\n1C,\n1C.a,1C\n1C.b,1C\n2B,\n", "l.csv": "name\n1C\n", "p.csv": "name\nAcme\n"}
VOCABULARY = """
attribute item one of "items.csv"
attribute use set of civil, military
attribute origin country
attribute to country
attribute party entity
attribute weight number kg
attribute knows boolean
list some of item from "l.csv"
list parties from "p.csv"
group cs = 1C
group ours = some, 2B
instrument law "Law" issued 2020-01-01
instrument other "Other" issued 2019-01-01
"""


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def clauses(text: str) -> tuple[Clause, ...]:
    return policy_of(VOCABULARY + text, FILES).clauses


def region(text: str) -> Condition:
    (clause,) = clauses(text)
    return clause.condition


def wrong(text: str) -> list[tuple[str, str]]:
    return errors(VOCABULARY + text, files=FILES)


def advice(text: str) -> str | None:
    return only_problem(VOCABULARY + text, files=FILES).help


C_ITEMS = Among("item", frozenset({"1C.a", "1C.b"}))

# ---------------------------------------------------------------- subjects


def test_subjects() -> None:
    assert region("control 1C") == C_ITEMS
    assert region("control item 1C") == C_ITEMS
    assert region("control cs") == C_ITEMS
    assert region('control item "1C"') == C_ITEMS
    assert region("control 1C, 2B except 1C.b") == Among("item", frozenset({"1C.a", "2B"}))
    assert region("control some") == Among("item", frozenset(), ("some",))
    assert region("control ours") == Among("item", frozenset({"2B"}), ("some",))
    assert region("control military") == Among("use", frozenset({"military"}))
    assert region("control to DE, FR") == Among("to", frozenset({"DE", "FR"}))
    assert region('control party "Acme  Inc"') == Among("party", frozenset({"acme inc"}))
    assert region("control any when knows") == Among("knows", frozenset({"true"}))
    assert region("permit any") == TRUE


def test_what_is_excepted_with_a_list_keeps_its_days() -> None:
    less_some = AllOf((C_ITEMS, Negation(Among("item", frozenset(), ("some",)))))
    assert region("control 1C except some") == AnyOf((Among("item", frozenset()), less_some))


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("3D", [("unknown-value", "3D")]),
        ("1C, 3D", [("unknown-value", "3D")]),
        ("item 3D", [("unknown-value", "3D")]),
        ('"Acme"', [("unknown-value", '"Acme"')]),
        ("DE", [("ambiguous-subject", "DE")]),
        ("1C, military", [("mixed-subject", "1C, military")]),
        ("1C except military", [("mixed-subject", "1C except military")]),
        ("item military", [("unknown-value", "military")]),
        ("parties", [("wrong-subject", "parties")]),
        ("party parties", [("wrong-subject", "party parties")]),
        ("weight cs", [("wrong-subject", "weight")]),
        ("knows", [("wrong-subject", "knows")]),
        ("weight", [("wrong-subject", "weight")]),
        ("law", [("wrong-kind-of-name", "law")]),
        ("colour 1C", [("unknown-name", "colour")]),
        ("cs 1C", [("wrong-kind-of-name", "cs")]),
        ("use ours", [("wrong-group", "ours")]),
        ("item 1C except nothing", [("unknown-value", "nothing")]),
    ],
)
def test_mistakes_in_a_subject(subject: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f"control {subject} as c require license") == found


def test_help_with_a_subject() -> None:
    assert advice("control DE as c") == "Say which is meant, as in `origin DE`."
    assert advice('control "Zwick Works" as c') == 'A party is written with its attribute: `party "Zwick Works"`.'
    assert advice("control parties as c") == "Write `any … when … in parties`."
    assert advice("control 1Ca as c") == "Did you mean `1C.a`?"


# ---------------------------------------------------------------- heads


def test_what_stands_before_the_first_effect_holds_for_the_whole_control() -> None:
    text = """
    control 1C as c under law "1" effective 2021-01-01 when knows duty "keep" note "whole"
      require license duty "report" note "own"
      deny through 2022-12-31 when use military
    """
    required, deny = clauses(text)
    base = (C_ITEMS, Among("knows", frozenset({"true"})))
    assert required.condition == AllOf(base)
    assert deny.condition == AllOf((*base, Among("use", frozenset({"military"}))))
    assert required.windows == (Window(day("2021-01-01"), None),)
    assert deny.windows == (Window(day("2021-01-01"), None), Window(None, day("2023-01-01")))
    assert (required.duties, deny.duties) == (("keep", "report"), ("keep",))
    assert (required.notes, deny.notes) == (("whole", "own"), ("whole",))
    assert {(clause.instrument, clause.path, clause.control) for clause in (required, deny)} == {("law", ("1",), "c")}


def test_what_a_clause_cites_stands_in_place_of_what_the_control_cites() -> None:
    text = """
    control 1C as c under law "1"
      require license
      review under "2(a)" when knows
      deny under other when use military
      prohibit under other "3" when use civil
    """
    found = [(one.instrument, one.paragraph, one.path) for one in clauses(text)]
    assert found == [
        ("law", "1", ("1",)),
        ("law", "2(a)", ("2", "a")),
        ("other", None, None),
        ("other", "3", ("3",)),
    ]


def test_a_control_without_a_name_is_named_by_its_subject_as_written() -> None:
    text = 'control 1C, -- a comment\n   2B except  "1C.a" require license as limb  deny when knows'
    required, deny = clauses(text)
    assert required.control == deny.control == '1C, 2B except "1C.a"'
    assert (required.label, deny.label) == ("limb", None)
    assert clauses("control any when knows")[0].control == "any"
    assert clauses("control 1C as c")[0].control == "c"


def test_rules_are_numbered_and_clauses_too() -> None:
    found = clauses('control 1C deny when knows\npermit 2B\noblige any duty "d"\ncontrol 2B require license')
    assert [(one.index, one.rule, one.effect) for one in found] == [
        (0, 0, "license"),
        (1, 0, "deny"),
        (2, 1, "permit"),
        (3, 2, "oblige"),
        (4, 3, "license"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("control 1C as c as d", [("repeated-word", "as d")]),
        ("control 1C under law under other", [("repeated-word", "under other")]),
        ("control 1C when knows when not knows", [("repeated-word", "when not knows")]),
        ("control 1C require license when knows when not knows", [("repeated-word", "when not knows")]),
        ("control 1C require license deny knows when not knows", [("repeated-word", "when not knows")]),
        ("permit 1C through 2021-01-01 before 2021-01-01", [("repeated-word", "before 2021-01-01")]),
        ('control 1C require license under "1"', [("paragraph-without-instrument", 'under "1"')]),
        ("control 1C under parties", [("wrong-kind-of-name", "parties")]),
        ("control 1C under lav", [("unknown-name", "lav")]),
        ('control 1C under law "()"', [("empty-paragraph", '"()"')]),
        ("control 1C effective 2021-01-02 through 2021-01-01", [("backward-window", "through 2021-01-01")]),
        (
            "control 1C require license effective 2021-01-01 before 2021-01-01",
            [("backward-window", "before 2021-01-01")],
        ),
        ("control 1C effective 2021-13-01", [("no-such-day", "2021-13-01")]),
    ],
)
def test_mistakes_in_a_head(text: str, found: list[tuple[str, str]]) -> None:
    assert wrong(text) == found


def test_a_second_name_is_no_name_and_its_use_is_not_reported() -> None:
    text = "control 1C as c as d require license as limb as other_limb\npermit 2B overrides d, other_limb supplements d"
    assert wrong(text) == [("repeated-word", "as d"), ("repeated-word", "as other_limb")]


def test_what_is_wrong_in_a_head_is_not_reported_for_each_clause() -> None:
    text = 'control 1C under lav when kows require license under "1" deny under "2" when knows review when knows'
    assert wrong(text) == [("unknown-name", "lav"), ("unknown-name", "kows")]


# ---------------------------------------------------------------- the implied license


def effects(text: str) -> list[tuple[str, bool]]:
    return [(one.effect, one.implied) for one in clauses(text)]


def test_a_control_implies_a_license_unless_it_has_one_or_prohibits_or_supplements() -> None:
    assert effects("control 1C") == [("license", True)]
    assert effects("control 1C deny when knows") == [("license", True), ("deny", False)]
    assert effects("control 1C review when knows allow when use civil") == [
        ("license", True),
        ("review", False),
        ("allow", False),
    ]
    assert effects("control 1C require license when knows") == [("license", False)]
    assert effects("control 1C prohibit when knows exempt when use civil") == [("prohibit", False), ("exempt", False)]
    assert effects("control 1C as c\ncontrol any supplements c deny when knows") == [("license", True), ("deny", False)]


def test_an_implied_license_carries_what_its_control_carries() -> None:
    (implied, _) = clauses(
        'control 1C as c under law "1" effective 2021-01-01 when knows duty "d" note "n" overrides p\n'
        "  deny when use civil\n"
        "permit 2B as p"
    )[:2]
    assert (implied.instrument, implied.path, implied.windows) == ("law", ("1",), (Window(day("2021-01-01"), None),))
    assert (implied.duties, implied.notes, implied.overrides) == (("d",), ("n",), (2,))
    assert implied.condition == AllOf((C_ITEMS, Among("knows", frozenset({"true"}))))
    assert words(implied.place) == "1C"


@pytest.mark.parametrize(
    ("clause", "carried"),
    [
        ("deny effective 2021-01-01 when knows", "effective 2021-01-01"),
        ("review when knows deny when use military before 2030-01-01", "before 2030-01-01"),
        ('deny under "2" when knows', 'under "2"'),
        ("deny under other when knows", "under other"),
        ("allow when knows exempt through 2030-01-01 when use civil", "through 2030-01-01"),
    ],
)
def test_a_license_that_would_not_carry_what_a_clause_carries_must_be_written(clause: str, carried: str) -> None:
    assert wrong(f"control 1C under law {clause}") == [("unclear-license", carried)]
    assert wrong(f"control 1C under law require license {clause}") == []


def test_the_message_shows_how_to_write_the_license_out() -> None:
    found = advice('control 1C under law deny under "2" effective 2021-01-01 when knows')
    assert found is not None
    assert '`require license under "2" effective 2021-01-01`' in found


def test_a_license_of_everything_must_be_written() -> None:
    assert wrong("control any") == [("license-for-everything", "any")]
    assert wrong("control any as c deny when knows") == [("license-for-everything", "any")]
    assert wrong("control any require license") == []
    assert wrong("control any when knows deny use military") == []
    assert wrong("control any prohibit when knows") == []
    assert wrong("control 1C as c\ncontrol any supplements c deny when knows") == []


@pytest.mark.parametrize(
    "rule",
    [
        "control 1C exempt when knows",
        "control any exempt when knows exempt when use civil",
        "control 1C exempt effective 2021-01-01 when knows",
        "control 2B as c\ncontrol any supplements c exempt when knows",
    ],
)
def test_a_control_that_only_exempts_is_an_error(rule: str) -> None:
    assert wrong(rule) == [("only-exempts", "exempt")]


def test_an_oblige_needs_a_duty() -> None:
    assert wrong("oblige any when knows") == [("oblige-without-duty", "any")]
    assert wrong('oblige any when knows duty "d"') == []


def test_reviews_and_denials_rest_on_licences() -> None:
    assert wrong("control 1C prohibit when knows deny when use military") == [("rests-on-nothing", "deny")]
    assert wrong("control 1C prohibit when knows review when use military deny") == [
        ("rests-on-nothing", "review"),
        ("rests-on-nothing", "deny"),
    ]


def test_a_permit_and_an_oblige_are_one_clause_each() -> None:
    permit, oblige = clauses(
        'permit 1C as p under law "9" effective 2021-01-01 when knows note "n" duty "d"\n'
        'oblige 2B as o duty "first" duty "second"'
    )
    assert (permit.effect, permit.control, permit.instrument, permit.paragraph) == ("permit", "p", "law", "9")
    assert (permit.duties, permit.notes, permit.lifts) == (("d",), ("n",), ())
    assert (oblige.effect, oblige.control, oblige.duties) == ("oblige", "o", ("first", "second"))
