"""What rests on what and what lifts what (language.md, section 3, "Apply, stand, lift")."""

from __future__ import annotations

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem

from rpol.model.policy import Policy

VOCABULARY = """
attribute item one of a, b, d
attribute use set of civil, military, relief
instrument law "Law" issued 2020-01-01
instrument other "Other" issued 2020-01-01
"""


def policy(text: str) -> Policy:
    return policy_of(VOCABULARY + text)


def wrong(text: str) -> list[tuple[str, str]]:
    return errors(VOCABULARY + text)


def name(found: Policy, index: int) -> str:
    """Return a short name of a clause: its label, or its control and effect."""
    clause = found.clauses[index]
    return clause.label or f"{clause.control}.{clause.effect}"


def lifts(text: str) -> dict[str, list[str]]:
    """Return what each clause that lifts something lifts."""
    found = policy(text)
    return {name(found, one.index): [name(found, i) for i in one.lifts] for one in found.clauses if one.lifts}


def rests(text: str) -> dict[str, list[str]]:
    """Return what each clause that rests on something rests on."""
    found = policy(text)
    return {name(found, one.index): [name(found, i) for i in one.rests_on] for one in found.clauses if one.rests_on}


# ---------------------------------------------------------------- the four friendly words


def test_exempt_lifts_licences_and_prohibitions_of_its_own_control() -> None:
    text = """
    control a as c
      require license
      prohibit as ban when use military
      review use civil
      deny use relief
      exempt as carve when use only relief
    control a as untouched
    """
    assert lifts(text) == {"carve": ["c.license", "ban"]}
    assert rests(text) == {"c.review": ["c.license"], "c.deny": ["c.license"]}


def test_allow_lifts_licences_of_its_own_control() -> None:
    text = "control a as c require license prohibit use military review use civil allow as free when use relief"
    assert lifts(text) == {"free": ["c.license"]}


def test_permit_lifts_only_what_it_names() -> None:
    text = "control a as c require license\ncontrol b as e require license\npermit any as p overrides e\npermit a as q"
    assert lifts(text) == {"p.permit": ["e.license"]}


def test_overrides_names_what_is_set_aside() -> None:
    text = """
    control a as c
      require license
      review as limb when use civil
      prohibit as ban when use military
    control a as other_control under other require license overrides c
    control b as by_label require license overrides limb
    control b as by_law require license overrides other
    """
    assert lifts(text) == {
        # Every clause of the control but a prohibit.
        "other_control.license": ["c.license", "limb"],
        "by_label.license": ["limb"],
        "by_law.license": ["other_control.license"],
    }


def test_a_prohibit_is_lifted_only_by_its_own_name() -> None:
    text = "control any as c under law prohibit as ban when use military\n"
    assert lifts(text + "permit a as p overrides c, law") == {}
    assert lifts(text + "permit a as p overrides ban") == {"p.permit": ["ban"]}
    assert lifts(text + "group bans = ban\npermit a as p overrides bans") == {"p.permit": ["ban"]}


def test_overrides_reaches_permits_obliges_and_exempts() -> None:
    text = """
    permit a as p under law
    oblige a as o under law duty "d"
    control b as c under law require license exempt as e when use only relief
    control a as last require license overrides law
    """
    assert lifts(text)["last.license"] == ["p.permit", "o.oblige", "c.license", "e"]
    assert lifts(text.replace("overrides law", "overrides p, o"))["last.license"] == ["p.permit", "o.oblige"]


def test_an_override_before_the_first_effect_is_one_of_every_clause() -> None:
    text = "control a as c overrides e require license deny use military\ncontrol b as e require license"
    assert lifts(text) == {"c.license": ["e.license"], "c.deny": ["e.license"]}
    found = policy(text)
    assert [clause.overrides for clause in found.clauses] == [(2,), (2,), ()]


# ---------------------------------------------------------------- the control in which it stands


def test_the_name_of_a_control_or_instrument_never_reaches_the_control_in_which_it_stands() -> None:
    text = """
    control a as c under law require license as limb deny as no when use military overrides c, law
    control b as e under law require license
    """
    assert lifts(text) == {"no": ["e.license"]}


def test_a_label_reaches_its_own_control() -> None:
    text = "control a as c require license as limb deny as no when use military overrides limb"
    assert lifts(text) == {"no": ["limb"]}


def test_no_clause_lifts_itself() -> None:
    text = "control a as c overrides limb require license as limb deny as no when use military"
    assert lifts(text) == {"no": ["limb"]}
    assert lifts("permit a as p overrides p, law\ncontrol a as c under law require license") == {
        "p.permit": ["c.license"]
    }


def test_a_written_override_beats_the_built_in_lifting_the_other_way() -> None:
    text = """
    control a as c
      require license as weak
      require license as strong when use military overrides carve
      exempt as carve when use relief
    """
    assert lifts(text) == {"strong": ["carve"], "carve": ["weak"]}
    assert lifts(text.replace("exempt", "allow")) == {"strong": ["carve"], "carve": ["weak"]}


# ---------------------------------------------------------------- supplements


def test_a_supplement_rests_on_the_licences_it_supplements_and_on_its_own() -> None:
    text = """
    control a as first require license as one_limb require license as two_limb when use civil
    control b as second under law
    control any as extra supplements first, law
      require license as own when use relief
      deny as no when use military
      prohibit as never_so when use civil
    """
    assert rests(text) == {"no": ["one_limb", "two_limb", "second.license", "own"]}
    found = policy(text)
    reached = {name(found, one.index): one.reached_through for one in found.clauses}
    assert reached == {
        "one_limb": None,
        "two_limb": None,
        "second.license": None,
        "own": (0, 1, 2),
        "no": (0, 1, 2),
        "never_so": (0, 1, 2),
    }


def test_groups_and_labels_may_be_supplemented() -> None:
    text = "control a as first require license as limb\ngroup dual = first\n"
    for named in ("dual", "limb", "first"):
        assert rests(text + f"control any as extra supplements {named} deny") == {"extra.deny": ["limb"]}


def test_permits_and_obliges_may_supplement() -> None:
    text = 'control a as c\npermit any as p supplements c\noblige any as o supplements c duty "d"'
    assert [one.reached_through for one in policy(text).clauses] == [None, (0,), (0,)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("control any as e supplements ban deny", [("supplements-nothing", "ban")]),
        ("control any as e under law supplements law deny", [("supplements-nothing", "law")]),
        ("control any as e supplements p deny", [("wrong-kind-of-name", "p")]),
        ("control any as e supplements nothing deny", [("unknown-name", "nothing")]),
        ("control any as e supplements item deny", [("wrong-kind-of-name", "item")]),
        ("control any as e supplements e deny", [("circle-of-supplements", "e")]),
        ("control any as e supplements limb deny require license as limb", [("circle-of-supplements", "limb")]),
        (
            "control any as e supplements f require license\ncontrol any as f supplements e require license",
            [("circle-of-supplements", "f")],
        ),
        (
            "control any as e under law supplements other require license\n"
            "control any as f under other supplements law require license",
            [("circle-of-supplements", "other")],
        ),
    ],
)
def test_mistakes_in_supplements(text: str, found: list[tuple[str, str]]) -> None:
    assert wrong("control a as ban prohibit\npermit a as p\n" + text) == found


def test_a_control_that_supplements_an_instrument_it_cites_is_no_circle() -> None:
    text = "control a as c under law\ncontrol any as extra under law supplements law deny"
    assert rests(text) == {"extra.deny": ["c.license"]}


# ---------------------------------------------------------------- circles


def test_overrides_form_no_circle() -> None:
    problem = only_problem(
        VOCABULARY + "control a as c require license overrides e\ncontrol b as e require license overrides c"
    )
    assert problem.name == "circle-of-overrides"
    assert "`license of c` → `license of e` → `license of c`" in problem.message


def test_a_circle_is_counted_from_clause_to_clause() -> None:
    text = """
    control a as c require license as c1 overrides e1 deny as c2 when use military
    control b as e require license as e1 review as e2 when use civil overrides c2
    """
    assert wrong(text) == []


def test_falling_counts_in_circles() -> None:
    # The exempt lets the deny fall, and the deny lifts the exempt.
    text = "control a as c require license deny as no when use military overrides carve exempt as carve when use relief"
    assert wrong(text) == [("circle-of-overrides", "deny")]
    # So does a permit that lifts the licence on which a supplement rests.
    text = "control a as c\ncontrol any as x supplements c deny as no overrides p\npermit any as p overrides c"
    assert [found for found, _ in wrong(text)] == ["circle-of-overrides"]
    # A control that lifts the licence does not let what rests on it fall.
    text = "control a as c\ncontrol any as x supplements c deny as no overrides e\ncontrol b as e overrides c"
    assert wrong(text) == []


def test_the_order_puts_each_clause_after_all_that_may_lift_it_or_let_it_fall() -> None:
    found = policy(
        """
        control a as c
          require license
          deny use military
          exempt use relief
        control any as x supplements c review as look
        permit b as p overrides c, last
        control b as last require license overrides p_label
        control d as e require license as p_label exempt use only civil
        """
    )
    place = {index: position for position, index in enumerate(found.order)}
    assert sorted(found.order) == [clause.index for clause in found.clauses]
    for clause in found.clauses:
        for lifted in clause.lifts:
            assert place[clause.index] < place[lifted]
            if clause.effect in ("exempt", "permit"):
                for other in found.clauses:
                    assert lifted not in other.rests_on or place[clause.index] < place[other.index]


def test_unknown_names_in_overrides() -> None:
    assert wrong("control a as c require license overrides d_") == [("unknown-name", "d_")]
    assert wrong("control a as c require license overrides item") == [("wrong-kind-of-name", "item")]


def test_many_overrides_are_counted_once_for_each_name() -> None:
    controls = "".join(f"control a as c{i} under law require license\n" for i in range(500))
    permits = "".join(f"permit a as p{i} overrides law\n" for i in range(200))
    assert sum(len(one.lifts) for one in policy(controls + permits).clauses) == 500 * 200
