"""The meaning of the language, sentence by sentence, by hand from language.md, sections 3 and 5."""

from __future__ import annotations

import time

from tests.support.meaning import Answers, answers
from tests.support.policies import policy_of

from rpol.model.force import Calendar
from rpol.model.members import members


def outcome(policy: Answers, **facts: object) -> str:
    decision = policy(**facts)
    return decision.outcome if decision.mark is None else f"{decision.outcome} {decision.mark}"


def effects(refs: object) -> list[str]:
    return [ref.effect for ref in refs]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- the one-line policy


def test_a_control_requires_a_licence() -> None:
    policy = answers("control holmium effective 2025-11-08 deny end_use military")
    assert outcome(policy, item="holmium", end_use="civil", date="2025-11-08") == "license"
    assert outcome(policy, item="holmium", end_use="military", date="2025-11-08") == "deny"
    assert outcome(policy, item="holmium", end_use=["civil", "military"], date="2030-01-01") == "deny"
    assert outcome(policy, item="holmium", end_use="military", date="2025-11-07") == "allow not controlled"
    assert outcome(policy, item="erbium", end_use="military", date="2025-11-08") == "allow not controlled"


def test_because_names_the_subject_as_written() -> None:
    policy = answers("control holmium effective 2025-11-08 deny end_use military")
    decision = policy(item="holmium", end_use="military", date="2025-11-08")
    assert [(ref.control, ref.effect) for ref in decision.because] == [("holmium", "deny")]
    assert effects(decision.standing) == ["license", "deny"]


# ---------------------------------------------------------------- apply

WORDS = """
attribute item one of a, b, c
attribute use set of civil, military, relief
attribute to one of home, abroad
"""


def test_review_and_deny_need_a_licence_they_rest_on() -> None:
    policy = answers(WORDS + "control any as net require license when item a  deny when use military")
    assert outcome(policy, item="a", use="military", to="home") == "deny"
    assert outcome(policy, item="b", use="military", to="home") == "allow not controlled"


def test_prohibit_needs_no_licence() -> None:
    policy = answers(WORDS + "control any as ban prohibit when use military")
    assert outcome(policy, item="a", use="military", to="home") == "prohibit"
    assert outcome(policy, item="a", use="civil", to="home") == "allow not controlled"


def test_a_supplement_reaches_only_what_a_named_licence_reaches() -> None:
    policy = answers(WORDS + "control a as first\ncontrol any as second supplements first when to abroad deny")
    assert outcome(policy, item="a", use="civil", to="abroad") == "deny"
    assert outcome(policy, item="a", use="civil", to="home") == "license"
    assert outcome(policy, item="b", use="civil", to="abroad") == "allow not controlled"


def test_a_supplement_follows_its_licence_in_time() -> None:
    policy = answers(
        WORDS
        + "control a as first effective 2025-01-02\ncontrol any as second supplements first prohibit when to abroad"
    )
    assert outcome(policy, item="a", use="civil", to="abroad", date="2025-01-01") == "allow not controlled"
    assert outcome(policy, item="a", use="civil", to="abroad", date="2025-01-02") == "prohibit"


# ---------------------------------------------------------------- stand, lift

RELIEF = (
    WORDS
    + """
control a as c
  require license
  deny when use military
  exempt when use only relief, military and use relief duty "report"
"""
)


def test_exempt_lifts_the_licence_and_what_rests_on_it_falls() -> None:
    policy = answers(RELIEF)
    assert outcome(policy, item="a", use="relief", to="home") == "allow exempt"
    decision = policy(item="a", use=["relief", "military"], to="home")
    assert (decision.outcome, decision.mark) == ("allow", "exempt")
    assert effects(decision.because) == ["exempt"]
    assert [(one.clause.effect, effects(one.by)) for one in decision.lifted] == [
        ("license", ["exempt"]),
        ("deny", ["exempt"]),
    ]
    assert [(duty.text, duty.route) for duty in decision.duties] == [("report", "c")]
    assert [route.duties for route in decision.routes] == [("report",)]


def test_an_exempt_that_lifts_nothing_does_not_act() -> None:
    policy = answers(
        WORDS + 'control a as c require license when to abroad exempt when use relief duty "report"\ncontrol b as d'
    )
    decision = policy(item="a", use="relief", to="home")
    assert (decision.outcome, decision.mark) == ("allow", "not controlled")
    assert decision.duties == ()
    assert decision.standing == ()


def test_exempt_lifts_prohibit_of_its_own_control_only() -> None:
    policy = answers(
        WORDS
        + "control any as ban prohibit when to abroad exempt when use relief\ncontrol any as other prohibit when item b"
    )
    assert outcome(policy, item="a", use="relief", to="abroad") == "allow exempt"
    assert outcome(policy, item="b", use="relief", to="abroad") == "prohibit"


def test_allow_lifts_licences_but_not_review() -> None:
    policy = answers(
        WORDS + "control a as c require license review when use military allow when to home and not use military"
    )
    assert outcome(policy, item="a", use="civil", to="home") == "allow"
    assert outcome(policy, item="a", use="military", to="home") == "review"
    assert outcome(policy, item="a", use="civil", to="abroad") == "license"


def test_overrides_lifts_what_it_names_but_no_prohibit() -> None:
    policy = answers(
        WORDS
        + """
        control a as strict require license deny when use military prohibit as ban when use relief
        control a as mild overrides strict when to home require license
        """
    )
    assert outcome(policy, item="a", use="military", to="abroad") == "deny"
    assert outcome(policy, item="a", use="military", to="home") == "license"
    assert outcome(policy, item="a", use="relief", to="home") == "prohibit"


def test_a_prohibit_is_lifted_by_its_own_name() -> None:
    policy = answers(
        WORDS
        + """
        control a as strict prohibit as ban when use relief
        control a as mild when to home require license overrides ban
        """
    )
    assert outcome(policy, item="a", use="relief", to="home") == "license"
    assert outcome(policy, item="a", use="relief", to="abroad") == "prohibit"


def test_a_lifted_licence_keeps_its_review_unless_exempt_or_permitted() -> None:
    policy = answers(
        WORDS
        + """
        control a as c require license as need review when use military
        control a as d overrides need when to home require license
        """
    )
    # the licence of c is lifted by a control, not by an exempt or a permit: the review stands
    assert outcome(policy, item="a", use="military", to="home") == "review"


def test_a_written_overrides_beats_the_built_in_lifting() -> None:
    policy = answers(
        WORDS
        + """
        control a as c
          require license as base
          require license as firm when use military overrides relief_only
          exempt as relief_only when use relief
        """
    )
    assert outcome(policy, item="a", use="relief", to="home") == "allow exempt"
    # firm lifts the exempt, so that both licences stand
    decision = policy(item="a", use=["relief", "military"], to="home")
    assert decision.outcome == "license"
    assert [ref.label for ref in decision.because] == ["base", "firm"]


def test_a_permit_is_a_route_and_lets_the_denial_fall() -> None:
    policy = answers(
        WORDS
        + """
        control a as c require license deny when use military
        permit a as general when to abroad overrides c duty "keep records"
        """
    )
    decision = policy(item="a", use="military", to="abroad")
    assert (decision.outcome, decision.mark) == ("allow", "permitted")
    assert [(duty.text, duty.route) for duty in decision.duties] == [("keep records", "general")]
    assert outcome(policy, item="a", use="military", to="home") == "deny"


def test_a_permit_says_nothing_of_other_rules() -> None:
    policy = answers(
        WORDS
        + """
        control a as c
        control any as ban prohibit when use military
        permit a as general overrides c
        """
    )
    decision = policy(item="a", use="military", to="home")
    assert decision.outcome == "prohibit"
    assert [route.clause.control for route in decision.routes] == ["general"]


def test_oblige_never_decides() -> None:
    policy = answers(WORDS + 'oblige a as tell duty "declare it"')
    decision = policy(item="a", use="civil", to="home")
    assert (decision.outcome, decision.mark) == ("allow", "not controlled")
    assert [(duty.text, duty.route, duty.control) for duty in decision.duties] == [("declare it", None, "tell")]


def test_otherwise_is_marked() -> None:
    policy = answers(WORDS + "control a\notherwise review")
    assert outcome(policy, item="b", use="civil", to="home") == "review otherwise"
    assert outcome(policy, item="a", use="civil", to="home") == "license"


# ---------------------------------------------------------------- instruments

LAW = (
    WORDS
    + """
instrument law "The law" issued 2025-01-01 cite "https://example.org/law"
instrument order "The order" issued 2025-02-01
instrument pause "The pause" issued 2025-06-01 suspend law "2" effective 2025-07-01 through 2025-07-31
control a as c under law
  require license under "1"
  deny under "2" when use military
control a as d under order prohibit when to abroad
"""
)


def test_outcome_under_each_instrument_and_citations() -> None:
    decision = answers(LAW)(item="a", use="military", to="abroad", date="2025-03-01")
    assert decision.outcome == "prohibit"
    assert decision.by_instrument == {"law": "deny", "order": "prohibit"}
    assert [(one.instrument, one.paragraph, one.cite) for one in decision.citations] == [
        ("law", "1", "https://example.org/law"),
        ("law", "2", "https://example.org/law"),
        ("order", None, None),
    ]


def test_a_suspended_clause_is_shown_with_what_suspends_it() -> None:
    decision = answers(LAW)(item="a", use="military", to="home", date="2025-07-31")
    assert decision.outcome == "license"
    assert [
        (one.clause.paragraph, [(by.instrument, by.act, by.paragraph) for by in one.by]) for one in decision.suspended
    ] == [("2", [("pause", "suspend", "2")])]
    assert (decision.since, decision.through) == ("2025-07-01", "2025-07-31")


def test_since_and_through_join_days_with_the_same_decision() -> None:
    policy = answers(LAW)
    civil = policy(item="a", use="civil", to="home", date="2025-07-10")
    assert (civil.since, civil.through) == ("2025-01-01", None)
    before = policy(item="a", use="civil", to="home", date="2024-12-31")
    assert (before.outcome, before.since, before.through) == ("allow", None, "2024-12-31")
    military = policy(item="a", use="military", to="home", date="2025-08-01")
    assert (military.outcome, military.since, military.through) == ("deny", "2025-08-01", None)


def test_known_on_hides_what_was_not_issued() -> None:
    policy = answers(LAW)
    facts = {"item": "a", "use": "military", "to": "home", "date": "2025-07-15"}
    assert outcome(policy, **facts) == "license"
    assert outcome(policy, **facts, known_on="2025-05-31") == "deny"
    assert outcome(policy, **facts, known_on="2024-12-31") == "allow not controlled"


def test_scenarios_and_unconfirmed_states() -> None:
    policy = answers(
        WORDS
        + """
        instrument law "The law" issued 2025-01-01
        instrument pause "The pause" issued 2025-06-01
          suspend law effective 2025-06-01 through 2025-06-30
          unconfirmed "No act that extends it was found." effective 2025-06-30
        scenario extended "It goes on" suspend law effective 2025-07-01 through 2025-12-31
        control a as c under law
        """
    )
    last = policy(item="a", use="civil", to="home", date="2025-06-29")
    assert (last.outcome, last.unconfirmed) == ("allow", ())
    doubtful = policy(item="a", use="civil", to="home", date="2025-07-01")
    assert doubtful.outcome == "license"
    assert [(one.instrument, one.why) for one in doubtful.unconfirmed] == [
        ("pause", "No act that extends it was found.")
    ]
    assert doubtful.scenarios["extended"].outcome == "allow"
    assert doubtful.scenarios["extended"].differs
    other = policy(item="b", use="civil", to="home", date="2025-07-01")
    assert other.unconfirmed == ()
    assert not other.scenarios["extended"].differs
    assert (
        outcome(policy, item="a", use="civil", to="home", date="2025-07-01", scenario="extended")
        == "allow not controlled"
    )


# ---------------------------------------------------------------- values


def test_none_makes_every_test_but_its_own_false() -> None:
    policy = answers(
        """
        attribute share percent optional
        attribute item one of a, b
        control a as c
          require license as at_least when share >= 0.1%
          require license as less when share < 0.1%
          require license as not_at_least when not share >= 0.1%
          prohibit when share none
        """
    )
    assert [ref.label for ref in policy(item="a", share="0.1%").standing] == ["at_least"]
    assert [ref.label for ref in policy(item="a", share="0.09%").standing] == ["less", "not_at_least"]
    assert [ref.effect for ref in policy(item="a", share="none").standing] == ["license", "prohibit"]


def test_sets_hold_contain_and_exhaust() -> None:
    policy = answers(
        WORDS
        + """
        control a as c
          require license
          review when use in military, relief
          deny when use only military
          prohibit when use none
        """
    )
    assert outcome(policy, item="a", use="civil", to="home") == "license"
    assert outcome(policy, item="a", use=["civil", "relief"], to="home") == "review"
    assert outcome(policy, item="a", use=["civil", "military"], to="home") == "review"
    assert outcome(policy, item="a", use="military", to="home") == "deny"
    assert outcome(policy, item="a", use="none", to="home") == "prohibit"


def test_numbers_are_exact_and_convert() -> None:
    policy = answers(
        "attribute size number L\nattribute item one of a, b\ncontrol a as c require license when size > 0.3 m3"
    )
    assert outcome(policy, item="a", size="300 L") == "allow not controlled"
    assert outcome(policy, item="a", size="300.0000001 L") == "license"
    assert outcome(policy, item="a", size=300.5) == "license"


TREE = "value,parent,label\nmetals,,Metals\nlight,metals,\nheavy,metals,\ndy,heavy,\ntb,heavy,\nla,light,\nwood,,\n"


def test_a_value_is_true_of_all_below_it_and_an_inner_value_is_an_unknown_leaf() -> None:
    policy = answers(
        'attribute item one of "items.csv"\ncontrol heavy as c require license\ncontrol dy as d prohibit',
        {"items.csv": TREE},
    )
    assert outcome(policy, item="tb") == "license"
    assert outcome(policy, item="dy") == "prohibit"
    assert outcome(policy, item="la") == "allow not controlled"
    decision = policy(item="heavy")
    assert decision.outcome == "undetermined"
    assert decision.possible == ("license", "prohibit")
    assert [question.attribute for question in decision.ask] == ["item"]
    assert effects(decision.standing) == ["license"]
    assert effects(decision.sometimes.clauses) == ["prohibit"]
    assert policy(item="light").outcome == "allow"


# ---------------------------------------------------------------- lists

PARTIES = """
attribute item one of a, b
attribute buyer entity
instrument notice_1 "Notice 1" issued 2025-01-01
instrument notice_2 "Notice 2" issued 2025-03-01
instrument pause "The pause" issued 2025-06-01 suspend notice_1 effective 2025-06-01 through 2025-06-30
list bad from "bad.csv"
control any as ban prohibit when buyer in bad
"""
BAD = """name,under,effective,through,aliases
Acme  Corp.,notice_1,,,ACME|Acme Corporation
"Bolt, Inc.",notice_2,2025-04-01,2025-04-30,
"""


def test_rows_count_while_their_notice_is_in_force() -> None:
    policy = answers(PARTIES, {"bad.csv": BAD})
    for name in ("Acme Corp.", "acme corp.", "ACME", " acme\tcorporation ", "\uff21\uff23\uff2d\uff25"):
        assert outcome(policy, item="a", buyer=name, date="2025-01-01") == "prohibit", name
    assert outcome(policy, item="a", buyer="Acme", date="2024-12-31") == "allow not controlled"
    assert outcome(policy, item="a", buyer="Acme Co", date="2025-01-01") == "allow not controlled"
    assert outcome(policy, item="a", buyer="Acme", date="2025-06-30") == "allow not controlled"
    assert outcome(policy, item="a", buyer="Acme", date="2025-07-01") == "prohibit"
    assert [
        outcome(policy, item="a", buyer="Bolt, Inc.", date=d)[:8]
        for d in ("2025-03-31", "2025-04-01", "2025-04-30", "2025-05-01")
    ] == [
        "allow no",
        "prohibit",
        "prohibit",
        "allow no",
    ]


def test_a_matched_row_is_cited_and_a_suspended_one_shown() -> None:
    policy = answers(PARTIES, {"bad.csv": BAD})
    decision = policy(item="a", buyer="ACME", date="2025-02-01")
    assert [(one.instrument, [(row.list, row.name) for row in one.rows]) for one in decision.citations] == [
        ("notice_1", [("bad", "Acme  Corp.")])
    ]
    paused = policy(item="a", buyer="ACME", date="2025-06-15")
    assert paused.outcome == "allow"
    assert [(one.clause.control, [by.instrument for by in one.by]) for one in paused.suspended] == [("ban", ["pause"])]


OWNED = """
attribute item one of a, b
attribute buyer entity
instrument notice_1 "Notice 1" issued 2025-01-01
list bad from "bad.csv"
list held owned >= 50% by one of bad from "owners.csv"
list held_together owned >= 50% by bad together from "owners.csv"
control a as c require license as need  deny as alone when buyer in held  prohibit as added when buyer in held_together
"""
OWNERS = """owned,owner,share,effective,through
Child,Listed,50%,,
Grandchild,Child,60%,,
Mixed,Listed,30%,,
Mixed,Listed Two,20%,,
Almost,Listed,49.9%,,
Timed,Listed,80%,2025-05-01,2025-05-31
"""


def test_owned_lists_follow_chains_alone_and_together() -> None:
    files = {"bad.csv": "name,under\nListed,notice_1\nListed Two,notice_1\n", "owners.csv": OWNERS}
    policy = answers(OWNED, files)

    def labels(buyer: str, day: str = "2025-02-01") -> list[str | None]:
        return [ref.label for ref in policy(item="a", buyer=buyer, date=day).standing]

    assert labels("Child") == ["need", "alone", "added"]
    assert labels("Grandchild") == ["need", "alone", "added"]
    assert labels("Mixed") == ["need", "added"]
    assert labels("Almost") == ["need"]
    assert labels("Listed") == ["need"]
    assert labels("Timed") == ["need"]
    assert labels("Timed", "2025-05-31") == ["need", "alone", "added"]
    assert labels("Child", "2024-12-31") == ["need"]


def test_owned_lists_of_owned_lists_end_however_parties_own_one_another() -> None:
    lists = ['list l0 from "l.csv"']
    lists += [f'list l{n + 1} owned >= 50% by one of l{n} from "o.csv"' for n in range(20)]
    circle = [f"Party {(n + 1) % 8},Party {n},60%" for n in range(8)]
    policy = answers(
        'attribute buyer entity\ninstrument law "Law" issued 2020-01-01\n'
        + "\n".join(lists)
        + "\ncontrol any as ban prohibit when buyer in l20",
        {"l.csv": "name,under\nListed,law\n", "o.csv": "\n".join(["owned,owner,share", "Party 0,Listed,60%", *circle])},
    )
    decision = policy(buyer="Party 5")
    assert decision.outcome == "prohibit"
    assert [(row.list, row.name) for one in decision.citations for row in one.rows] == [("l0", "Listed")]


def test_lists_that_share_their_owners_are_each_worked_out_once() -> None:
    pairs = [(f"{side}{n}", f"l{n - 1}, r{n - 1}") for n in range(1, 30) for side in "lr"]
    lists = [f'list {name} owned >= 50% by one of {owners} from "o.csv"' for name, owners in pairs]
    policy = answers(
        'attribute buyer entity\nlist l0 from "l.csv"\nlist r0 from "l.csv"\n'
        + "\n".join(lists)
        + "\ncontrol any as ban prohibit when buyer in l29",
        {"l.csv": "name\nListed\n", "o.csv": "owned,owner,share\nListed,Listed,60%\nChild,Listed,60%\n"},
    )
    assert policy(buyer="Child").outcome == "prohibit"


def test_a_long_chain_of_owners_is_followed_quickly() -> None:
    chain = "".join(f"Party {n + 1},Party {n},60%\n" for n in range(1000))
    policy = policy_of(
        'attribute buyer entity\nlist l from "l.csv"\nlist held owned >= 50% by one of l from "o.csv"\n'
        "control any as ban prohibit when buyer in held",
        {"l.csv": "name\nListed\n", "o.csv": f"owned,owner,share\n{chain}Party 0,Listed,60%\n"},
    )
    begun = time.process_time()
    assert len(members(Calendar(policy), "held")) == 1001
    assert time.process_time() - begun < 3


# ---------------------------------------------------------------- unknown facts, several values


def test_an_unknown_fact_that_does_not_matter_is_not_asked() -> None:
    policy = answers(WORDS + "control a deny when use military")
    decision = policy(item="b")
    assert decision.outcome == "allow"
    assert decision.ask == ()
    decision = policy(item="a")
    assert decision.outcome == "undetermined"
    assert decision.possible == ("license", "deny")
    assert [question.attribute for question in decision.ask] == ["use"]


def test_several_values_are_asked_for_each_and_the_strictest_holds() -> None:
    policy = answers(WORDS + "control a deny when use military\ncontrol b as other")
    decision = policy(item=["a", "b"], use="military", to="home")
    assert decision.outcome == "deny"
    assert [ref.control for ref in decision.standing] == ["a", "a", "other"]


def test_facts_rule_out_completions() -> None:
    policy = answers(WORDS + "fact use military when item a\ncontrol a deny when use military")
    assert policy(item="a", to="home").outcome == "deny"


def test_in_force_as_a_condition() -> None:
    policy = answers(
        LAW + 'control b as e require license when in force law "2"\ncontrol b as f prohibit when not in force law'
    )
    assert outcome(policy, item="b", use="civil", to="home", date="2025-06-30") == "license"
    assert outcome(policy, item="b", use="civil", to="home", date="2025-07-15") == "allow not controlled"
    assert outcome(policy, item="b", use="civil", to="home", date="2024-07-15") == "prohibit"
