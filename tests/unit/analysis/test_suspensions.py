"""Acts that overlap, do nothing, or never end: by hand from language.md, section 3, "In force" and "Acts"."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.policies import policy_of
from tests.unit.analysis.found import WORDS, words

from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.study import Study
from rpolc.analysis.suspensions import suspensions
from rpolc.lower.lower import lower

LAW = (
    WORDS
    + """
    instrument law "The law" issued 2025-01-10 effective 2025-02-01 through 2025-12-31
    control a as net under law
      require license under "1(1)"
      deny under "2" when use military
"""
)
FIRST = 'instrument first "The first" issued 2025-03-01 suspend law through 2025-06-30\n'


def found(text: str, files: Mapping[str, str] | None = None) -> list[Diagnostic]:
    policy = policy_of(text, files)
    return list(suspensions(Study(policy, lower(policy))))


def told(text: str, files: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return the name of each problem, and the words of its act up to the dates."""
    return [(one.name, words(one.place).split(" effective")[0].split(" through")[0]) for one in found(text, files)]


def only(text: str, files: Mapping[str, str] | None = None) -> Diagnostic:
    (problem,) = found(text, files)
    return problem


# ---------------------------------------------------------------- overlaps


def test_two_acts_on_one_instrument_on_days_in_common() -> None:
    text = LAW + FIRST + 'instrument second "The second" issued 2025-06-20 suspend law through 2025-09-30'
    problem = only(text)
    assert (problem.name, problem.severity) == ("overlapping-suspension", "warning")
    assert words(problem.place) == "suspend law through 2025-09-30"
    assert [words(label.place) for label in problem.labels] == ["suspend law through 2025-06-30"]
    assert problem.message == ("This act and an earlier one both suspend `law` from 2025-06-20 through 2025-06-30.")
    assert problem.help is not None
    assert "`effective 2025-07-01`" in problem.help


def test_an_extension_from_the_day_after_does_not_overlap() -> None:
    later = 'instrument second "The second" issued 2025-06-20 suspend law effective {} through 2025-09-30'
    assert told(LAW + FIRST + later.format("2025-07-01")) == []
    problem = only(LAW + FIRST + later.format("2025-06-30"))
    assert problem.message.endswith("`law` on 2025-06-30.")


def test_an_act_to_the_end_of_the_calendar() -> None:
    """There is no day after it on which another could start."""
    first = 'instrument first "1" issued 2025-03-01 suspend law effective 2025-06-01 through 9999-12-31\n'
    problems = found(LAW + first + 'instrument second "2" issued 2025-03-02 suspend law')
    assert [one.name for one in problems] == ["overlapping-suspension", "open-suspension"]
    assert problems[0].message.endswith("both suspend `law` from 2025-06-01 on.")
    assert problems[0].help == "Let one start on the day after the other ends."


def test_the_order_of_the_text_does_not_count() -> None:
    second = 'instrument second "The second" issued 2025-06-20 suspend law through 2025-09-30\n'
    assert words(only(LAW + second + FIRST).place) == "suspend law through 2025-09-30"


def test_a_paragraph_and_the_whole_have_the_paragraph_in_common() -> None:
    problem = only(LAW + FIRST + 'instrument second "2" issued 2025-06-20 suspend law "1" through 2025-09-30')
    assert 'suspend `law "1"` from 2025-06-20' in problem.message
    assert (
        told(
            LAW
            + 'instrument first "1" issued 2025-03-01 suspend law "2" through 2025-06-30\n'
            + 'instrument second "2" issued 2025-06-20 suspend law "1" through 2025-09-30'
        )
        == []
    )


def test_one_message_for_an_act_that_overlaps_several() -> None:
    problem = only(
        LAW
        + 'instrument first "1" issued 2025-03-01 suspend law "1" through 2025-05-31\n'
        + 'instrument second "2" issued 2025-03-02 suspend law "2" through 2025-06-30\n'
        + 'instrument third "3" issued 2025-05-31 suspend law through 2025-09-30'
    )
    assert problem.name == "overlapping-suspension"
    assert 'earlier ones both suspend `law "1"` and `law "2"` from 2025-05-31 through 2025-06-30' in problem.message
    assert [label.message for label in problem.labels] == [
        'this suspends `law "1"`, on 2025-05-31',
        'this suspends `law "2"`, from 2025-05-31 through 2025-06-30',
    ]


def test_to_repeal_what_is_suspended_is_ordinary_law() -> None:
    repeal = 'instrument end "The end" issued 2025-05-01 repeal law effective {}'
    assert told(LAW + FIRST + repeal.format("2025-06-01")) == []
    # Two repeals overlap, but the later one adds nothing.
    assert told(
        LAW
        + repeal.format("2025-06-01")
        + '\ninstrument again "Again" issued 2025-05-02 repeal law effective 2025-07-01'
    ) == [("idle-suspension", "repeal law")]


def test_acts_overlap_only_as_known_before() -> None:
    # From 1 May the first act is itself repealed as a whole, so that nothing overlaps that is known since.
    text = (
        LAW
        + FIRST
        + 'instrument second "2" issued 2025-04-01 suspend law through 2025-09-30\n'
        + 'instrument end "The end" issued 2025-05-01 repeal first effective 2025-01-01'
    )
    assert only(text).message.endswith(
        "`law` from 2025-04-01 through 2025-06-30 as known from 2025-04-01 through 2025-04-30."
    )


def test_acts_of_a_scenario_count_in_that_scenario() -> None:
    longer = 'scenario longer "Longer" suspend law effective 2025-06-30 through 2025-09-30\n'
    problem = only(LAW + FIRST + longer)
    assert problem.message.endswith("`law` under `longer` on 2025-06-30.")
    assert words(problem.place).startswith("suspend law effective 2025-06-30")
    assert told(LAW + FIRST + longer.replace("06-30", "07-01")) == []
    # Those of two scenarios never meet.
    other = 'scenario other "Other" suspend law effective 2025-07-01 through 2025-08-31\n'
    assert told(LAW + FIRST + longer.replace("06-30", "07-01") + other) == []


# ---------------------------------------------------------------- acts that do nothing


def test_an_act_under_another_does_nothing_and_is_not_told_to_overlap() -> None:
    problem = only(LAW + FIRST + 'instrument second "2" issued 2025-04-01 suspend law "2" through 2025-05-31')
    assert (problem.name, problem.severity) == ("idle-suspension", "warning")
    assert words(problem.place) == 'suspend law "2" through 2025-05-31'
    assert problem.message == (
        "This `suspend` changes nothing. On all its days, from 2025-04-01 through 2025-05-31, "
        '`law "2"` is suspended or repealed by another act already.'
    )
    assert [words(label.place) for label in problem.labels] == ["suspend law through 2025-06-30"]


def test_an_act_under_several_together() -> None:
    problem = only(
        LAW
        + FIRST
        + 'instrument second "2" issued 2025-03-01 suspend law effective 2025-07-01 through 2025-09-30\n'
        + 'instrument third "3" issued 2025-03-02 suspend law "2" effective 2025-06-01 through 2025-07-31'
    )
    assert problem.name == "idle-suspension"
    assert [label.message for label in problem.labels] == [
        "this suspends `law`, from 2025-06-01 through 2025-06-30",
        "this suspends `law`, from 2025-07-01 through 2025-07-31",
    ]


def test_one_of_two_that_do_the_same_is_told() -> None:
    same = 'instrument {} "Same" issued 2025-02-01 suspend law effective {} through 2025-06-30\n'
    assert len(found(LAW + same.format("x", "2025-03-01") + same.format("y", "2025-03-01"))) == 1
    # The law begins on 1 February, so that these two do the same; the later one is told.
    late, early = same.format("late", "2025-02-01"), same.format("early", "2025-01-15")
    for text in (late + early, early + late):
        problem = only(LAW + text)
        assert words(problem.place) == "suspend law effective 2025-02-01 through 2025-06-30"
        assert [words(one.place) for one in problem.labels] == ["suspend law effective 2025-01-15 through 2025-06-30"]


def test_an_act_that_was_known_before_the_other_does_something() -> None:
    # On 15 March only the first act was known; the second has the same days and more.
    wider = 'instrument second "2" issued 2025-04-01 suspend law effective 2025-02-01 through 2025-07-31'
    assert told(LAW + FIRST + wider) == [("overlapping-suspension", "suspend law")]


def test_an_act_on_days_when_nothing_is_in_force_anyway() -> None:
    problem = only(LAW + 'instrument n "N" issued 2025-03-01 suspend law effective 2026-01-01 through 2026-06-30')
    assert problem.message == (
        "This `suspend` changes nothing. It is at work from 2026-01-01 through 2026-06-30, and on those days nothing "
        "under `law` is in force anyway."
    )
    # One day more, and it does something.
    assert told(LAW + 'instrument n "N" issued 2025-03-01 suspend law effective 2025-12-31 through 2026-06-30') == []
    # Its clause starts later than the law does.
    late = LAW + '      prohibit under "3" effective 2025-07-01 when to home\n'
    late += 'instrument n "N" issued 2025-03-01 suspend law "3" through 2025-06-30'
    assert told(late) == [("idle-suspension", 'suspend law "3"')]


def test_days_on_which_it_is_not_in_force_or_others_do_it() -> None:
    problem = only(
        LAW
        + 'instrument first "1" issued 2025-03-01 repeal law effective 2025-11-01\n'
        + 'instrument second "2" issued 2025-03-02 suspend law effective 2025-12-01 through 2026-01-31\n'
    )
    assert "`law` is suspended or repealed by another act already" in problem.message
    problem = only(
        LAW
        + 'instrument first "1" issued 2025-03-01 suspend law effective 2025-11-01 through 2025-12-31\n'
        + 'instrument second "2" issued 2025-03-02 suspend law effective 2025-12-01 through 2026-01-31\n'
    )
    assert problem.name == "idle-suspension"
    assert "is not in force anyway, or suspended or repealed by another act already" in problem.message


def test_an_act_on_what_nothing_rests_on() -> None:
    empty = 'instrument other "The other" issued 2025-01-01\n'
    problem = only(LAW + empty + 'instrument n "N" issued 2025-03-01 suspend law, other through 2025-06-30')
    assert problem.message == (
        "This `suspend` changes nothing for `other`. "
        "No clause, list row or act stands under it, and no `in force` asks for it."
    )
    # Whoever asks for it gives it something to do; its rows, and its acts, do too.
    asks = LAW.replace("when use military", "when in force other")
    act = 'instrument n "N" issued 2025-03-01 suspend other through 2025-06-30'
    assert told(asks + empty + act) == []
    assert told(LAW + 'instrument other "O" issued 2025-01-01 suspend law through 2025-03-31\n' + act) == []
    doubt = 'instrument other "O" issued 2025-01-01 unconfirmed "Who knows."\n'
    assert told(LAW + doubt + act) == []
    listed = 'attribute who entity\nlist bad from "bad.csv"\ncontrol any prohibit when who in bad\n'
    assert told(LAW + empty + listed + act, {"bad.csv": "name,under\nAda,other\n"}) == []
    assert told(LAW + empty + listed + act, {"bad.csv": "name,under,through\nAda,other,2025-02-28\n"}) == [
        ("idle-suspension", "suspend other")
    ]


def test_a_paragraph_named_beside_its_whole() -> None:
    problem = only(LAW + 'instrument n "N" issued 2025-03-01 suspend law, law "2" through 2025-06-30')
    assert problem.name == "idle-suspension"
    assert problem.labels == ()
    assert problem.message == (
        'This `suspend` changes nothing for `law "2"`. On all its days, from 2025-03-01 through 2025-06-30, '
        "it is suspended or repealed with `law` already."
    )
    assert told(LAW + 'instrument n "N" issued 2025-03-01 suspend law "1(1)", law "2" through 2025-06-30') == []


def test_an_act_that_is_never_at_work() -> None:
    # The law of the act is repealed on all its days: the act rests.
    problem = only(
        LAW + FIRST.replace("2025-03-01", "2025-03-02") + 'instrument end "The end" issued 2025-03-01 repeal first'
    )
    assert problem.message == (
        "This `suspend` changes nothing. On all its days `first` is itself suspended or repealed, so it rests."
    )


def test_a_suspension_of_a_suspension_does_something() -> None:
    back = 'scenario back "Back" suspend first effective 2025-06-30 through 2025-06-30'
    assert told(LAW + FIRST + back) == []
    # But not on days when that one does nothing.
    assert told(LAW + FIRST + back.replace("2025-06-30", "2025-07-01")) == [("idle-suspension", "suspend first")]


def test_an_act_that_an_unconfirmed_statement_speaks_of() -> None:
    act = 'instrument n "N" issued 2025-03-01 suspend law effective 2026-01-01 through 2026-06-30'
    assert told(LAW + act) == [("idle-suspension", "suspend law")]
    doubt = ' unconfirmed "Nobody knows." effective 2025-12-01'
    assert told(LAW + act + doubt) == []
    # Named by two acts, one is enough.
    twice = act.replace("suspend", "suspend law through 2025-06-30 suspend", 1)
    assert told(LAW + twice + doubt) == [("idle-suspension", "suspend law")]


# ---------------------------------------------------------------- acts without an end


def test_a_suspension_without_an_end() -> None:
    problem = only(LAW + 'instrument n "N" issued 2025-03-01 suspend law')
    assert (problem.name, problem.severity) == ("open-suspension", "warning")
    assert problem.message == "This `suspend` has no end, nor has `n`. Is it a `repeal`?"
    assert words(problem.place) == "suspend law"
    assert problem.help is not None
    assert "`through DATE`" in problem.help
    assert "`repeal`" in problem.help


def test_a_suspension_with_an_end() -> None:
    assert told(LAW + 'instrument n "N" issued 2025-03-01 suspend law through 2025-06-30') == []
    assert told(LAW + 'instrument n "N" issued 2025-03-01 before 2025-06-30 suspend law') == []
    assert told(LAW + 'instrument n "N" issued 2025-03-01 repeal law') == []
    assert told(LAW + 'instrument n "N" issued 2025-03-01 suspend law through 9999-12-31') == []
    # Another act ends it, in the base.
    ended = LAW + 'instrument n "N" issued 2025-03-01 suspend law\n'
    end = 'instrument end "The end" issued 2025-06-01 repeal n'
    assert told(ended + end) == []
    assert told(ended + end.replace("instrument", "scenario")) == [("open-suspension", "suspend law")]


def test_a_suspension_of_a_scenario_without_an_end() -> None:
    assert told(LAW + 'scenario s "S" suspend law effective 2025-03-01') == [("open-suspension", "suspend law")]


def test_a_suspension_without_an_end_that_does_nothing_is_told_once() -> None:
    assert told(LAW + 'instrument n "N" issued 2026-03-01 suspend law') == [("idle-suspension", "suspend law")]
