"""Apply, stand, lift and the rest of a decision, from tables written by hand (language.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.unit.runtime.worlds import Sketch, Vocabulary, day, one_of, party, set_of

from rpol.runtime.contents import Act, Doubt, Fact, Listing, Row
from rpol.runtime.decision import ClauseRef, Decision, RowRef, SuspensionRef
from rpol.runtime.errors import ImpossibleCase
from rpol.runtime.table import Table

ITEM = one_of("item", ["a"], ["b"], ["c"])
USE = set_of("use", ["military"], ["relief"], ["civil"])
BUYER = party("buyer", ["acme", "acme llc"], ["globex"])
VOCABULARY = Vocabulary(
    (ITEM[0], USE[0], BUYER[0]), (ITEM[1], *USE[1], BUYER[1]), ("2025-01-01", "2025-06-01"), ("longer",)
)
BOX = VOCABULARY.box
EVERYWHERE = BOX()
MILITARY = BOX(use={"military": True})
RELIEF = BOX(use={"relief": True})


def effects(refs: Iterable[ClauseRef]) -> list[str]:
    return [ref.effect for ref in refs]


def decide(
    table: Table,
    item: object = "a",
    use: object = "civil",
    buyer: str = "someone",
    date: str = "2025-03-01",
    scenario: str | None = None,
) -> Decision:
    return table.decide({"item": item, "use": use, "buyer": buyer, "date": date}, scenario=scenario)


# ---------------------------------------------------------------- apply


def test_a_deny_applies_only_where_a_licence_it_rests_on_does() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a"]))
    sketch.clause("deny", MILITARY, rests_on=[licence])
    table = Table(sketch.contents())
    assert decide(table, use="military").outcome == "deny"
    assert decide(table, item="b", use="military").mark == "not controlled"


def test_a_supplement_reaches_what_a_licence_reaches_itself_reached_through_another() -> None:
    sketch = Sketch(VOCABULARY)
    first = sketch.clause("license", BOX(item=["a"]), control="first")
    second = sketch.clause("license", MILITARY, control="second", reached_through=[first])
    sketch.clause("prohibit", RELIEF, control="third", reached_through=[second])
    table = Table(sketch.contents())
    assert decide(table, use=["military", "relief"]).outcome == "prohibit"
    assert decide(table, use="relief").outcome == "license"
    assert decide(table, item="b", use=["military", "relief"]).mark == "not controlled"


# ---------------------------------------------------------------- stand, lift


def test_an_exempt_lets_a_deny_fall_and_acts() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a"]), instrument="law", paragraph="1", duties=["apply"])
    sketch.clause("deny", MILITARY, rests_on=[licence], instrument="law", paragraph="2")
    sketch.clause("exempt", RELIEF, lifts=[licence], instrument="law", paragraph="5", duties=["report"], label="aid")
    table = Table(sketch.contents(instruments=["law"]))
    decision = decide(table, use=["military", "relief"])
    assert (decision.outcome, decision.mark, effects(decision.because)) == ("allow", "exempt", ["exempt"])
    assert [(one.clause.effect, effects(one.by)) for one in decision.lifted] == [
        ("license", ["exempt"]),
        ("deny", ["exempt"]),
    ]
    assert [(duty.text, duty.route) for duty in decision.duties] == [("report", "aid")]
    assert [(route.clause.label, route.duties) for route in decision.routes] == [("aid", ("report",))]
    assert [(cited.instrument, cited.paragraph, cited.cite) for cited in decision.citations] == [
        ("law", "5", "https://law/law")
    ]
    assert decision.by_instrument == {}


def test_an_exempt_without_anything_to_lift_does_not_act() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a"]))
    sketch.clause("exempt", RELIEF, lifts=[licence], duties=["report"])
    decision = decide(Table(sketch.contents(otherwise="review")), item="b", use="relief")
    assert (decision.outcome, decision.mark) == ("review", "otherwise")
    assert (decision.standing, decision.duties, decision.routes) == ((), (), ())


def test_a_deny_that_rests_on_a_second_licence_does_not_fall() -> None:
    sketch = Sketch(VOCABULARY)
    one = sketch.clause("license", BOX(item=["a"]), control="one")
    other = sketch.clause("license", BOX(item=["a"]), control="other")
    sketch.clause("deny", MILITARY, rests_on=[one, other])
    sketch.clause("exempt", RELIEF, lifts=[one])
    assert decide(Table(sketch.contents()), use=["military", "relief"]).outcome == "deny"


def test_an_allow_lifts_the_licence_but_lets_no_deny_fall() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a"]))
    sketch.clause("deny", MILITARY, rests_on=[licence])
    sketch.clause("allow", BOX(item=["a"], use={"military": False}), lifts=[licence])
    table = Table(sketch.contents())
    decision = decide(table, use="civil")
    assert (decision.outcome, decision.mark, effects(decision.because)) == ("allow", None, ["allow"])
    assert decide(table, use="military").outcome == "deny"


def test_a_lifted_exempt_lifts_nothing() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", EVERYWHERE)
    exempt = sketch.clause("exempt", RELIEF, lifts=[licence])
    sketch.clause("license", MILITARY, control="overriding", lifts=[exempt])
    table = Table(sketch.contents(order=[2, 1, 0]))
    assert decide(table, use="relief").outcome == "allow"
    decision = decide(table, use=["relief", "military"])
    assert decision.outcome == "license"
    assert [(one.clause.effect, [ref.control for ref in one.by]) for one in decision.lifted] == [
        ("exempt", ["overriding"])
    ]


def test_permits_are_routes_and_an_oblige_decides_nothing() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a"]), control="rare")
    sketch.clause("permit", RELIEF, control="general", lifts=[licence], duties=["keep papers"], notes=["see form 7"])
    sketch.clause("oblige", EVERYWHERE, control="tell", duties=["tell the next"])
    table = Table(sketch.contents(otherwise="license"))
    decision = decide(table, use="relief")
    assert (decision.outcome, decision.mark, effects(decision.because)) == ("allow", "permitted", ["permit"])
    assert [(duty.text, duty.route) for duty in decision.duties] == [
        ("keep papers", "general"),
        ("tell the next", None),
    ]
    assert [note.text for note in decision.notes] == ["see form 7"]
    assert decide(table, item="b").mark == "otherwise"
    assert decide(table, item="b", use="relief").mark == "permitted"


def test_the_strictest_under_each_instrument() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", EVERYWHERE, instrument="one")
    sketch.clause("review", MILITARY, rests_on=[licence], instrument="one")
    sketch.clause("license", EVERYWHERE, instrument="other")
    sketch.clause("prohibit", RELIEF)
    table = Table(sketch.contents(instruments=["one", "other"]))
    assert decide(table, use="military").by_instrument == {"one": "review", "other": "license"}
    assert decide(table, use="relief").by_instrument == {"none": "prohibit", "one": "license", "other": "license"}


# ---------------------------------------------------------------- several values


def test_an_exempt_under_one_code_does_not_free_the_other() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a", "b"]))
    sketch.clause("exempt", BOX(item=["a"]), lifts=[licence], duties=["report"])
    decision = decide(Table(sketch.contents()), item=["a", "b"])
    assert (decision.outcome, decision.mark, effects(decision.because)) == ("license", None, ["license"])
    assert effects(decision.standing) == ["license", "exempt"]
    assert [one.clause.effect for one in decision.lifted] == ["license"]


def test_the_mark_of_several_values_is_the_weightiest_of_those_that_set_the_outcome() -> None:
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a"]))
    sketch.clause("exempt", BOX(item=["a"]), lifts=[licence])
    decision = decide(Table(sketch.contents()), item=["a", "c"])
    assert (decision.outcome, decision.mark) == ("allow", "exempt")


# ---------------------------------------------------------------- suspensions, rows, doubts, scenarios


def suspended_table() -> Table:
    """A buyer in a list whose notice is suspended until June, and on in the scenario; the suspension is doubted."""
    sketch = Sketch(VOCABULARY)
    bare = BOX(buyer=["acme"])
    real = BOX(buyer=["acme"], date=("2025-06-01", None), scenario=[""])
    ban = sketch.clause(
        "prohibit", real, bare=[bare], control="ban", instrument="law", paragraph="1", lists=[("buyer", "bad")]
    )
    sketch.clause("license", EVERYWHERE, control="base", instrument="law", paragraph="2")
    at_work = sketch.region(BOX(date=(None, "2025-06-01")), BOX(scenario=["longer"]))
    counts = sketch.region(BOX(date=("2025-06-01", None), scenario=[""]))
    act = Act(SuspensionRef("truce", "suspend", "notice", None), at_work)
    rows = [Row("bad", "ACME", "notice", counts, (0,)), Row("bad", "Acme LLC", "notice", counts, (0,))]
    listing = Listing("bad", None, (("acme", (0,)), ("acme llc", (1,))))
    always = sketch.region(EVERYWHERE)
    gone, touched = list(sketch.real), list(sketch.real)
    gone[ban], touched[ban] = sketch.region(), sketch.region(bare)
    doubt = Doubt("truce", "nobody knows", always, tuple(gone), tuple(touched))
    return Table(
        sketch.contents(acts=[act], rows=rows, lists=[listing], doubts=[doubt], instruments=["law", "notice", "truce"])
    )


def test_what_is_suspended_and_by_what() -> None:
    decision = decide(suspended_table(), buyer="acme")
    assert decision.outcome == "license"
    assert [
        (one.clause.control, [(by.instrument, by.act, by.target) for by in one.by]) for one in decision.suspended
    ] == [("ban", [("truce", "suspend", "notice")])]
    assert decide(suspended_table(), buyer="other").suspended == ()
    assert decide(suspended_table(), buyer="acme", date="2025-06-01").suspended == ()


def test_the_rows_that_matched_are_cited_with_their_notice() -> None:
    decision = decide(suspended_table(), buyer="Acme  LLC", date="2025-06-01")
    row = RowRef("bad", "Acme LLC", "notice")
    assert [(cited.instrument, cited.paragraph, cited.rows) for cited in decision.citations] == [
        ("law", "1", (row,)),
        ("law", "2", ()),
        ("notice", None, (row,)),
    ]


def test_since_and_through_are_the_ends_of_the_run() -> None:
    table = suspended_table()
    assert (decide(table, buyer="acme").since, decide(table, buyer="acme").through) == (None, "2025-05-31")
    later = decide(table, buyer="acme", date="2025-12-01")
    assert (later.since, later.through) == ("2025-06-01", None)
    assert (decide(table).since, decide(table).through) == (None, None)


def test_scenarios_are_shown_for_the_base_only() -> None:
    table = suspended_table()
    (view,) = decide(table, buyer="acme", date="2025-06-01").scenarios.values()
    assert (view.outcome, view.mark, view.differs) == ("license", None, True)
    assert not decide(table, buyer="other", date="2025-06-01").scenarios["longer"].differs
    chosen = decide(table, buyer="acme", date="2025-06-01", scenario="longer")
    assert (chosen.outcome, chosen.scenario, dict(chosen.scenarios)) == ("license", "longer", {})


def test_a_decision_is_unconfirmed_where_other_clauses_would_apply() -> None:
    table = suspended_table()
    assert [one.why for one in decide(table, buyer="acme").unconfirmed] == ["nobody knows"]
    assert decide(table, buyer="other").unconfirmed == ()


def test_an_unknown_buyer_makes_it_unconfirmed_if_one_completion_is() -> None:
    decision = suspended_table().decide(item="a", use="civil", date="2025-03-01")
    assert decision.outcome == "license"
    assert [one.why for one in decision.unconfirmed] == ["nobody knows"]
    assert decision.suspended == ()


def test_rows_of_two_names_of_one_class_are_not_shared_when_the_name_is_open() -> None:
    # A fact leaves only the two listed names; each has its own row, so no row is sure.
    sketch = Sketch(VOCABULARY)
    sketch.clause("prohibit", BOX(buyer=["acme"]), instrument="law", paragraph="1", lists=[("buyer", "bad")])
    broken = sketch.region(BOX(buyer=["someone", "globex"]))
    always = sketch.region(EVERYWHERE)
    rows = [Row("bad", "ACME", "notice", always, ()), Row("bad", "Acme LLC", "notice", always, ())]
    listing = Listing("bad", None, (("acme", (0,)), ("acme llc", (1,))))
    table = Table(
        sketch.contents(facts=[Fact("buyer in bad", broken)], rows=rows, lists=[listing], instruments=["law", "notice"])
    )
    decision = table.decide(item="a", use="civil", date="2025-03-01")
    assert decision.outcome == "prohibit"
    assert [(cited.instrument, cited.rows) for cited in decision.citations] == [("law", ())]


# ---------------------------------------------------------------- facts


def with_fact() -> Table:
    """`fact item a when use military`: a military use of anything else does not exist."""
    sketch = Sketch(VOCABULARY)
    sketch.clause("license", BOX(item=["a"]))
    sketch.clause("prohibit", BOX(item=["b"]))
    broken = sketch.region(BOX(item=["b", "c"], use={"military": True}))
    return Table(sketch.contents(facts=[Fact("item a when use military", broken)]))


def test_a_case_that_breaks_a_fact_is_an_error_that_names_it() -> None:
    for item in ("b", ["b", "c"]):
        with pytest.raises(ImpossibleCase, match="item a when use military"):
            decide(with_fact(), item=item, use="military")


def test_facts_narrow_what_is_unknown() -> None:
    decision = with_fact().decide(use="military", date="2025-03-01")
    assert (decision.outcome, decision.possible) == ("license", ("license",))


def test_of_several_values_those_that_cannot_be_do_not_count() -> None:
    assert decide(with_fact(), item=["a", "b"], use="military").outcome == "license"


def test_a_scenario_differs_where_it_has_cases_that_the_base_has_not() -> None:
    # The fact rules item b out in the base alone. No clause speaks of it, so nothing else can differ.
    sketch = Sketch(VOCABULARY)
    broken = sketch.region(BOX(item=["b"], scenario=[""]))
    table = Table(sketch.contents(facts=[Fact("item not b", broken)]))
    assert table.decide(date="2025-03-01").scenarios["longer"].differs
    assert not table.decide(item="a", date="2025-03-01").scenarios["longer"].differs


# ---------------------------------------------------------------- questions


def test_the_question_that_leaves_fewest_outcomes_at_worst_comes_first() -> None:
    # Item b and c leave one outcome each and item a two; a use leaves up to three.
    sketch = Sketch(VOCABULARY)
    licence = sketch.clause("license", BOX(item=["a"]))
    sketch.clause("deny", BOX(item=["a"], use={"military": True}), rests_on=[licence])
    sketch.clause("prohibit", BOX(item=["b"]))
    swapped = Vocabulary((USE[0], ITEM[0], BUYER[0]), VOCABULARY.axes, VOCABULARY.days, VOCABULARY.scenarios)
    contents = Sketch(swapped, sketch.regions, sketch.clauses, sketch.real, sketch.bare).contents()
    decision = Table(contents).decide(date="2025-03-01")
    assert decision.possible == ("allow", "license", "deny", "prohibit")
    assert [question.attribute for question in decision.ask] == ["item", "use"]


def test_a_fact_that_ties_two_attributes_makes_one_question_enough() -> None:
    # The use is military exactly where the item is a: to know either is to know both.
    sketch = Sketch(VOCABULARY)
    sketch.clause("license", BOX(item=["a"]))
    broken = sketch.region(BOX(item=["a"], use={"military": False}), BOX(item=["b", "c"], use={"military": True}))
    table = Table(sketch.contents(facts=[Fact("tied", broken)]))
    decision = table.decide(date="2025-03-01")
    assert decision.possible == ("allow", "license")
    assert [question.attribute for question in decision.ask] == ["item"]


def test_days_are_bounded() -> None:
    assert day("0001-01-01") == 1
    table = suspended_table()
    for date in ("0001-01-01", "9999-12-31"):
        assert decide(table, date=date).outcome == "license"
