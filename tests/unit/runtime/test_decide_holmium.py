"""The one-line policy `control holmium effective 2025-11-08 deny end_use military`, decided from its table."""

from __future__ import annotations

import pytest
from tests.unit.runtime.worlds import holmium

from rpol.runtime.errors import RpolError
from rpol.runtime.table import Table

TABLE = Table(holmium())


@pytest.mark.parametrize(
    ("item", "use", "date", "outcome", "mark", "since", "through"),
    [
        ("holmium", "civil", "2025-11-08", "license", None, "2025-11-08", None),
        ("holmium", "military", "2025-11-08", "deny", None, "2025-11-08", None),
        ("holmium", ["civil", "military"], "2030-01-01", "deny", None, "2025-11-08", None),
        ("holmium", "military", "2025-11-07", "allow", "not controlled", None, "2025-11-07"),
        ("erbium", "military", "2025-11-08", "allow", "not controlled", None, None),
        ("holmium", "none", "9999-12-31", "license", None, "2025-11-08", None),
    ],
)
def test_known_cases(
    item: str, use: object, date: str, outcome: str, mark: str | None, since: str | None, through: str | None
) -> None:
    decision = TABLE.decide(item=item, end_use=use, date=date)
    assert (decision.outcome, decision.mark) == (outcome, mark)
    assert (decision.since, decision.through) == (since, through)
    assert decision.possible == (outcome,)
    assert decision.ask == ()


def test_the_clauses_that_set_it_and_those_that_stand() -> None:
    decision = TABLE.decide({"item": "holmium", "end_use": "military"}, date="2025-11-08")
    assert [(ref.control, ref.effect, ref.index) for ref in decision.because] == [("holmium", "deny", 1)]
    assert [ref.effect for ref in decision.standing] == ["license", "deny"]
    assert decision.by_instrument == {"none": "deny"}
    assert decision.facts == {"item": "holmium", "end_use": ["military"]}
    assert (decision.date, decision.known_on, decision.scenario) == ("2025-11-08", None, None)
    assert decision.digest == TABLE.digest


def test_what_does_not_matter_need_not_be_known() -> None:
    decision = TABLE.decide(item="erbium", date="2025-11-08")
    assert (decision.outcome, decision.mark, decision.ask) == ("allow", "not controlled", ())
    assert TABLE.decide(end_use="military", date="2025-11-07").outcome == "allow"


def test_an_open_answer_asks_the_fewest_questions() -> None:
    decision = TABLE.decide(item="holmium", date="2025-11-08")
    assert (decision.outcome, decision.because) == ("undetermined", ())
    assert decision.possible == ("license", "deny")
    assert [question.attribute for question in decision.ask] == ["end_use"]
    assert [ref.effect for ref in decision.standing] == ["license"]
    assert [ref.effect for ref in decision.sometimes.clauses] == ["deny"]


def test_questions_that_are_equally_good_come_in_the_order_of_the_policy() -> None:
    # To know the item leaves at worst two outcomes (license, deny), to know the end use at worst two (allow and one).
    decision = TABLE.decide(date="2025-11-08")
    assert decision.possible == ("allow", "license", "deny")
    assert [question.attribute for question in decision.ask] == ["item", "end_use"]
    assert decision.sometimes.marks == ("not controlled",)
    assert TABLE.decide(end_use="civil", date="2025-11-08").possible == ("allow", "license")


def test_the_run_of_days_follows_the_outcome_alone_where_facts_are_unknown() -> None:
    decision = TABLE.decide(item="erbium", date="2025-11-08")
    assert (decision.since, decision.through) == (None, None)
    open_one = TABLE.decide(item="holmium", date="2025-11-08")
    assert (open_one.since, open_one.through) == ("2025-11-08", None)


def test_the_strictest_may_be_asked_for() -> None:
    decision = TABLE.decide(item="holmium", date="2025-11-08", strictest=True)
    assert decision.outcome == "deny"
    assert decision.possible == ("license", "deny")
    assert [question.attribute for question in decision.ask] == ["end_use"]


def test_the_strictest_says_which_clauses_would_set_it() -> None:
    decision = TABLE.decide(item="holmium", date="2025-11-08", strictest=True)
    assert [ref.effect for ref in decision.because] == ["deny"]


def test_an_inner_value_leaves_the_leaves_below_it_open() -> None:
    decision = TABLE.decide(item="rare", end_use="military", date="2025-11-08")
    assert decision.possible == ("allow", "deny")
    assert [question.attribute for question in decision.ask] == ["item"]
    assert TABLE.decide(item="rare", end_use="military", date="2025-11-07").outcome == "allow"


def test_the_strictest_of_several_values_holds() -> None:
    decision = TABLE.decide(item=["erbium", "holmium"], end_use="civil", date="2025-11-08")
    assert (decision.outcome, decision.mark) == ("license", None)
    assert [ref.effect for ref in decision.because] == ["license"]
    assert decision.facts["item"] == ["erbium", "holmium"]
    assert (decision.since, decision.through) == ("2025-11-08", None)


def test_several_values_leave_open_what_each_leaves_open() -> None:
    decision = TABLE.decide(item=["erbium", "rare"], end_use="civil", date="2025-11-08")
    assert decision.possible == ("allow", "license")
    assert [question.attribute for question in decision.ask] == ["item"]


def test_what_is_assumed_is_recorded() -> None:
    decision = TABLE.decide(item="holmium", date="2025-11-08", assume={"end_use": "civil", "item": "iron"})
    assert decision.outcome == "license"
    assert decision.assumed == {"end_use": ["civil"]}


@pytest.mark.parametrize(
    "facts",
    [
        {"item": "holmum"},
        {"itm": "holmium"},
        {"item": "holmium", "scenario": "later"},
        {"item": "erbium", "end_use": "miltary"},
    ],
)
def test_unknown_words_are_errors_also_where_they_do_not_matter(facts: dict[str, object]) -> None:
    with pytest.raises(RpolError):
        TABLE.decide({"date": "2025-11-07", **facts})
