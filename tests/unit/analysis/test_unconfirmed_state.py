"""Notes on `unconfirmed` statements: by hand from language.md, section 3, "Scenarios"."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.policies import policy_of
from tests.unit.analysis.found import WORDS, words

from rpol.model.interpret import answer
from rpol.runtime.read import read
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.study import Study
from rpolc.analysis.unconfirmed import unconfirmed
from rpolc.lower.lower import lower

LAW = (
    WORDS
    + """
    instrument law "The law" issued 2025-01-10 effective 2025-02-01 through 2025-12-31
    control a as net under law
      require license under "1"
      deny under "2" when use military
"""
)
PAUSE = """
    instrument pause "The pause" issued 2025-03-01 suspend law through 2025-06-30
      unconfirmed "No act that extends it was found." effective 2025-06-30
"""


def notes(text: str, files: Mapping[str, str] | None = None) -> list[Diagnostic]:
    policy = policy_of(text, files)
    return list(unconfirmed(Study(policy, lower(policy))))


def only(text: str, files: Mapping[str, str] | None = None) -> Diagnostic:
    (note,) = notes(text, files)
    return note


def test_days_on_which_decisions_rest_on_it() -> None:
    note = only(LAW + PAUSE)
    assert (note.name, note.severity) == ("unconfirmed-state", "note")
    # Gone, nothing of the law applies; untouched, it applies as long as its window holds.
    assert note.message == (
        'It is unconfirmed whether the `require license` of `net` (law "1") and the `deny` of `net` (law "2") apply, '
        "from 2025-06-30 through 2025-12-31: No act that extends it was found."
    )
    assert words(note.place).startswith("unconfirmed")
    assert [words(label.place) for label in note.labels] == ["require license", "deny"]


def test_the_case_is_one_that_is_marked() -> None:
    text = LAW + PAUSE
    note = only(text)
    assert note.witness == {"item": "a", "date": "2025-06-30"}
    policy = policy_of(text)
    decision = answer(policy, read(tuple(policy.attributes.values()), policy.scenarios, note.witness))
    assert decision.unconfirmed


def test_many_clauses_are_counted() -> None:
    more = "".join(f'      deny under "{number}" when use civil and to home\n' for number in range(3, 1_003))
    note = only(LAW + more + PAUSE)
    assert "whether 1,002 clauses apply, from" in note.message
    assert len(note.labels) == 3


def test_a_statement_without_an_act_is_about_its_own_law() -> None:
    note = only(
        WORDS
        + 'instrument law "The law" issued 2025-01-10 unconfirmed "Is it still in force?" effective 2026-01-01\n'
        + "control a as net under law require license"
    )
    assert note.message == (
        "It is unconfirmed whether the `require license` of `net` (law) applies, from 2026-01-01 on: "
        "Is it still in force?"
    )


def test_only_what_applies_counts() -> None:
    # The deny is under other law, but rests on the licence.
    other = LAW + '      deny under other when to home\n    instrument other "Other" issued 2025-01-10\n' + PAUSE
    assert "`deny` of `net` (other) apply" in only(other).message
    # No case meets it: nothing rests on it.
    assert "`deny`" not in only(LAW + PAUSE + "fact use not military").message
    # It never applies, in the one world as in the other: the licence that it rests on asks for a day of each.
    text = (
        WORDS
        + """
    instrument law "The law" issued 2025-01-10
    control b under law require license under "1"
    control c under law require license under "2"
    control any as odd
      require license when in force law "1" and not in force law "2"
      deny when in force law "1" and use military
    instrument pause "The pause" issued 2025-03-01
      suspend law "2" through 2025-06-30
      suspend law "1" effective 2025-07-01 through 2025-07-31
      unconfirmed "Who knows." through 2025-06-30
"""
    )
    message = only(text).message
    assert 'of `b` (law "1")' in message
    assert 'of `c` (law "2")' in message
    assert "odd" not in message


def test_a_statement_on_which_nothing_rests() -> None:
    note = only(LAW + PAUSE.replace("effective 2025-06-30", "effective 2026-01-01"))
    assert note.severity == "note"
    assert note.message == (
        "No decision rests on this on its days, from 2026-01-01 on: No act that extends it was found."
    )
    assert note.labels == ()
    assert note.witness is None


def test_a_statement_that_is_never_at_work() -> None:
    note = only(LAW + PAUSE + 'instrument end "The end" issued 2025-03-01 repeal pause')
    assert note.message == (
        "This statement is at work on no day, so no decision rests on it: No act that extends it was found."
    )


def test_scenarios_with_other_days() -> None:
    longer = 'scenario longer "Longer" suspend pause effective 2025-06-30 through 2025-07-31\n'
    # It does not come into this that the scenario suspends the law itself: both worlds set that aside.
    same = 'scenario same "The same" suspend law effective 2025-07-01 through 2025-08-31\n'
    note = only(LAW + PAUSE + longer + same)
    assert "from 2025-06-30 through 2025-12-31; under `longer` from 2025-08-01 through 2025-12-31: " in note.message
    assert note.witness == {"item": "a", "date": "2025-06-30"}
    over = 'scenario over "Over" repeal pause effective 2025-01-01\n'
    assert "through 2025-12-31; under `over` on no day: " in only(LAW + PAUSE + over).message


def test_a_statement_of_a_scenario() -> None:
    plan = 'scenario plan "The plan" suspend law effective 2025-06-01 through 2025-06-30 unconfirmed "A plan."\n'
    note = only(LAW + plan)
    assert "apply, under `plan` from 2025-02-01 through 2025-12-31: A plan." in note.message
    assert note.witness == {"item": "a", "date": "2025-02-01", "scenario": "plan"}


def test_what_was_known_before() -> None:
    # Since 1 May the pause is repealed from 1 July on, and its statement rests then.
    end = 'instrument end "The end" issued 2025-05-01 repeal pause effective 2025-07-01'
    assert (
        "apply, on 2025-06-30, and from 2025-07-01 through 2025-12-31 as known from 2025-03-01 through 2025-04-30: "
        in only(LAW + PAUSE + end).message
    )


def test_rows_count_too() -> None:
    listed = """
    attribute who entity
    list bad from "bad.csv"
    instrument notice "The notice" issued 2025-01-01 unconfirmed "Is it still in force?" effective 2025-05-01
    control any as ban prohibit when who in bad
"""
    note = only(listed, {"bad.csv": "name,under,through\nAda,notice,2025-08-31\n"})
    assert note.message == (
        "It is unconfirmed whether the `prohibit` of `ban` applies, from 2025-05-01 through 2025-08-31: "
        "Is it still in force?"
    )
    assert note.witness == {"who": "Ada", "date": "2025-05-01"}


def test_a_spent_budget_is_said() -> None:
    policy = policy_of(LAW + PAUSE)
    (problem,) = unconfirmed(Study(policy, lower(policy), steps=0))
    assert (problem.name, problem.severity) == ("not-decided", "error")
    assert words(problem.place).startswith("unconfirmed")
