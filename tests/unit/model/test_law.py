"""Instruments, acts, windows and paragraphs (language.md, section 3, "In force", "Acts", "Scenarios")."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem, words

from rpol.model.policy import Act, Doubt, Instrument, Target, Window

BASE = """
attribute item one of a, b
instrument law "Law" issued 2020-01-01 effective 2020-06-01
control a as c under law "1(1)" require license
"""


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def law(text: str, name: str = "x") -> Instrument:
    return policy_of(BASE + text).instruments[name]


def wrong(text: str) -> list[tuple[str, str]]:
    return errors(BASE + text)


# ---------------------------------------------------------------- instruments


def test_an_instrument_starts_on_its_effective_day_or_else_when_issued() -> None:
    assert law('instrument x "X" issued 2021-01-01').window == Window(day("2021-01-01"), None)
    effective = law('instrument x "X" issued 2021-01-01 effective 2021-02-01')
    assert (effective.issued, effective.window) == (day("2021-01-01"), Window(day("2021-02-01"), None))
    backdated = law('instrument x "X" effective 2020-12-01 issued 2021-01-01')
    assert backdated.window == Window(day("2020-12-01"), None)


def test_through_is_the_last_day_and_before_the_first_day_out() -> None:
    through = law('instrument x "X" issued 2021-01-01 through 2021-12-31')
    before = law('instrument x "X" issued 2021-01-01 before 2022-01-01')
    assert through.window == before.window == Window(day("2021-01-01"), day("2022-01-01"))
    assert law('instrument x "X" issued 2021-01-01 through 9999-12-31').window.end == date.max.toordinal() + 1
    one_day = law('instrument x "X" issued 2021-01-01 through 2021-01-01').window
    assert one_day == Window(day("2021-01-01"), day("2021-01-02"))


def test_a_scenario_needs_no_dates() -> None:
    scenario = law('scenario x "X" suspend law')
    assert (scenario.scenario, scenario.issued, scenario.window) == (True, None, Window())
    assert policy_of(BASE + 'scenario x "X"').scenarios == ("x",)


def test_what_adds_up_adds_up() -> None:
    found = law(
        'instrument x "Long " "title" issued 2021-01-01 note "first" cite "http://a" cite "http://b"\n'
        '  suspend law "1" note "of the act" note "another"'
    )
    assert found.title == "Long title"
    assert found.cite == "http://a http://b"
    assert found.notes == ("first", "of the act", "another")
    assert law('instrument x "X" issued 2021-01-01').cite is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('instrument x "X"', [("missing-issued", "x")]),
        ('instrument x "X" effective 2021-01-01', [("missing-issued", "x")]),
        ('instrument x "X" issued 2021-02-29', [("no-such-day", "2021-02-29")]),
        ('instrument x "X" issued 0000-01-01', [("no-such-day", "0000-01-01")]),
        ('instrument x "X" issued 2021-01-01 issued 2021-01-02', [("repeated-word", "issued 2021-01-02")]),
        (
            'instrument x "X" issued 2021-01-01 through 2022-01-01 before 2022-01-01',
            [("repeated-word", "before 2022-01-01")],
        ),
        (
            'instrument x "X" issued 2021-01-01 effective 2022-01-01 effective 2022-01-01',
            [("repeated-word", "effective 2022-01-01")],
        ),
        (
            'instrument x "X" issued 2021-01-01 effective 2022-01-02 through 2022-01-01',
            [("backward-window", "through 2022-01-01")],
        ),
        (
            'instrument x "X" issued 2021-01-01 effective 2022-01-01 before 2022-01-01',
            [("backward-window", "before 2022-01-01")],
        ),
        ('instrument x "X" issued 2021-01-01 before 2020-01-01', [("backward-window", "before 2020-01-01")]),
    ],
)
def test_mistakes_in_an_instrument(text: str, found: list[tuple[str, str]]) -> None:
    assert wrong(text) == found


def test_a_repeated_word_shows_the_first() -> None:
    problem = only_problem(BASE + 'instrument x "X" issued 2021-01-01 issued 2021-01-02')
    assert problem.message == "Here stands `issued` for the second time; it may stand once."
    assert [words(label.place) for label in problem.labels] == ["issued 2021-01-01"]


# ---------------------------------------------------------------- acts


def test_acts_keep_their_own_window_only() -> None:
    found = law(
        'instrument x "X" issued 2021-01-01 through 2030-12-31\n'
        '  suspend law, law "1" effective 2021-02-01 through 2021-12-31\n'
        "  repeal law before 2025-01-01\n"
        '  unconfirmed "why" "not" effective 2022-01-01'
    )
    targets = (Target("law"), Target("law", ("1",), "1"))
    assert found.acts == (
        Act("suspend", targets, Window(day("2021-02-01"), day("2022-01-01")), found.acts[0].place),
        Act("repeal", (Target("law"),), Window(None, day("2025-01-01")), found.acts[1].place),
    )
    assert found.doubts == (Doubt("whynot", Window(day("2022-01-01"), None), found.doubts[0].place),)


def test_an_act_may_work_before_its_instrument_begins_and_after_it_ends() -> None:
    assert wrong('instrument x "X" issued 2021-01-01 through 2021-12-31 suspend law effective 2020-01-01') == []
    assert wrong('instrument x "X" issued 2021-01-01 suspend law effective 2020-01-01 through 2020-02-01') == []


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ("suspend lax", [("unknown-name", "lax")]),
        ("suspend c", [("wrong-kind-of-name", "c")]),
        ("suspend later", [("wrong-kind-of-name", "later")]),
        ('repeal law "2"', [("unknown-paragraph", '"2"')]),
        ('repeal law "-"', [("empty-paragraph", '"-"')]),
        ("suspend law effective 2021-01-02 before 2021-01-02", [("backward-window", "before 2021-01-02")]),
        ("suspend law through 2020-12-31", [("backward-window", "through 2020-12-31")]),
        ('unconfirmed "w" effective 2021-02-01 effective 2021-02-01', [("repeated-word", "effective 2021-02-01")]),
        ('unconfirmed "w" through 2020-01-01', [("backward-window", "through 2020-01-01")]),
        ("suspend x", [("circle-of-acts", "suspend x")]),
    ],
)
def test_mistakes_in_an_act(act: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f'scenario later "L"\ninstrument x "X" issued 2021-01-01 {act}') == found


def test_acts_name_instruments_not_scenarios() -> None:
    problem = only_problem(BASE + 'scenario one_more "S"\ninstrument x "X" issued 2021-01-01 suspend one_more')
    assert problem.message == "`one_more` is a scenario; an instrument must stand here."


def test_acts_form_no_circle_counted_by_instrument() -> None:
    problem = only_problem(
        BASE + 'instrument x "X" issued 2021-01-01 suspend y "1" effective 2021-01-01 before 2022-01-01\n'
        'instrument y "Y" issued 2021-01-01 repeal x effective 2025-01-01\n'
        'control b as d under y "1" require license'
    )
    assert problem.name == "circle-of-acts"
    assert problem.message.endswith(": `x` → `y` → `x`.")


def test_a_chain_of_acts_has_an_end() -> None:
    def chain(length: int) -> str:
        acts = [f'instrument i{n} "I" issued 2021-01-01 suspend i{n - 1}' for n in range(1, length + 1)]
        return "\n".join(['instrument i0 "I" issued 2021-01-01', *acts])

    assert wrong(chain(50)) == []
    assert wrong(chain(5000)) == [("too-complex", "suspend i50")]


def test_a_suspension_of_a_suspension_is_no_circle() -> None:
    text = 'instrument x "X" issued 2021-01-01 suspend law\nscenario y "Y" suspend x'
    assert wrong(text) == []


# ---------------------------------------------------------------- paragraphs


@pytest.mark.parametrize(("named", "known"), [("1", True), ("1.1", True), ("11", False), ("I", False), ("1(2)", False)])
def test_a_paragraph_is_a_path(named: str, known: bool) -> None:
    found = wrong(f'instrument x "X" issued 2021-01-01 suspend law "{named}"')
    assert found == ([] if known else [("unknown-paragraph", f'"{named}"')])


def test_runs_of_letters_digits_and_underscores() -> None:
    text = BASE + 'control b as d under law "§ 4_a(ii) 第1条"'
    assert policy_of(text).clauses[-1].path == ("4_a", "ii", "第1条")


def test_an_unknown_paragraph_shows_those_that_are_cited() -> None:
    problem = only_problem(BASE + 'instrument x "X" issued 2021-01-01 suspend law "2"')
    assert problem.message == "No clause cites `2` of `law`, or anything below it."
    assert problem.help == "Clauses cite `1(1)`."


def test_every_kind_of_clause_cites() -> None:
    cited = (
        'control b as i under law "2"\npermit b under law "3"\noblige b under law "4" duty "d"\n'
        'control b as e require license under law exempt under law "5" when item b\n'
    )
    acts = "".join(f'instrument x{n} "X" issued 2021-01-01 suspend law "{n}"\n' for n in range(1, 6))
    assert wrong(cited + acts) == []


def test_paragraphs_are_not_missed_where_a_rule_did_not_parse() -> None:
    text = BASE + 'control b as d under law "2" when\ninstrument x "X" issued 2021-01-01 suspend law "2"'
    assert errors(text, may_fail_to_parse=True) == []


# ---------------------------------------------------------------- a start before the instrument's


@pytest.mark.parametrize(
    ("rule", "early"),
    [
        ("control b under law effective 2020-05-31", True),
        ("control b under law effective 2020-06-01", False),
        ("permit b under law effective 2020-05-31", True),
        ('oblige b under law effective 2020-05-31 duty "d"', True),
        ("control b under law require license effective 2020-05-31", True),
        ("control b require license under law effective 2020-05-31", True),
        ("control b effective 2020-05-31 require license under law", False),
        ("control b under old require license effective 2019-01-01", False),
        ("control b under old require license under law effective 2019-01-01", True),
        ("control b under open effective 2000-01-01", False),
        ("control b effective 2000-01-01", False),
    ],
)
def test_a_start_before_the_instruments(rule: str, early: bool) -> None:
    found = wrong(f'instrument old "Old" issued 2010-01-01\nscenario open "O"\n{rule}')
    assert [name for name, _ in found] == (["start-before-instrument"] if early else [])
