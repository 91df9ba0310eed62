"""Windows, acts and known_on, by hand from language.md, section 3, "In force" and "Acts"."""

from __future__ import annotations

from datetime import date

from rpol.model.force import Calendar, World
from rpol.model.plane import END
from rpol.model.policy import TRUE, Act, Clause, Instrument, Policy, Row, Target, Window
from rpol.text.source import Place, SourceText

HERE = Place(SourceText("p.rpol", ""), 0, 0)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def window(start: str | None = None, end: str | None = None) -> Window:
    return Window(start and day(start), end and day(end))  # type: ignore[arg-type]


def suspend(*targets: Target, start: str | None = None, end: str | None = None) -> Act:
    return Act("suspend", targets, window(start, end), HERE)


def instrument(
    name: str, issued: str | None, *acts: Act, start: str | None = None, scenario: bool = False
) -> Instrument:
    own = window(start or issued)
    return Instrument(name, name, issued and day(issued), own, None, acts, (), (), scenario, HERE)  # type: ignore[arg-type]


def clause(under: str | None, *path: str, windows: tuple[Window, ...] = ()) -> Clause:
    return Clause(
        index=0,
        rule=0,
        control="c",
        label=None,
        effect="license",
        implied=False,
        condition=TRUE,
        instrument=under,
        path=path or None,
        paragraph=".".join(path) or None,
        windows=windows,
        duties=(),
        notes=(),
        rests_on=(),
        reached_through=None,
        lifts=(),
        overrides=(),
        place=HERE,
    )


def policy(*instruments: Instrument, clauses: tuple[Clause, ...] = ()) -> Policy:
    return Policy(
        attributes={},
        instruments={one.name: one for one in instruments},
        lists={},
        clauses=clauses,
        order=(),
        facts=(),
        otherwise=None,
        promises=(),
        examples=(),
        covered=(),
        words={},
        source_digest="",
    )


def days_in_force(calendar: Calendar, one: Clause, *days: str, known_on: str | None = None) -> list[str]:
    region = calendar.clause(one)
    return [text for text in days if (day(text), END if known_on is None else day(known_on)) in region]


LAW = instrument("law", "2025-10-09", start="2025-11-08")


def test_a_clause_begins_with_its_instrument() -> None:
    calendar = Calendar(policy(LAW))
    assert days_in_force(calendar, clause("law"), "2025-11-07", "2025-11-08") == ["2025-11-08"]


def test_own_window_and_instrument_must_both_hold() -> None:
    calendar = Calendar(policy(LAW))
    later = clause("law", windows=(window("2025-12-01"), window(None, "2025-12-03")))
    days = ("2025-11-30", "2025-12-01", "2025-12-02", "2025-12-03")
    assert days_in_force(calendar, later, *days) == ["2025-12-01", "2025-12-02"]


def test_what_has_no_instrument_always_counts() -> None:
    calendar = Calendar(policy())
    assert days_in_force(calendar, clause(None), "1990-01-01", known_on="1980-01-01") == ["1990-01-01"]


def test_law_counts_only_once_issued_by_known_on() -> None:
    calendar = Calendar(policy(LAW))
    assert days_in_force(calendar, clause("law"), "2025-12-01", known_on="2025-10-08") == []
    assert days_in_force(calendar, clause("law"), "2025-12-01", known_on="2025-10-09") == ["2025-12-01"]


def test_a_suspension_reaches_its_days_only() -> None:
    pause = instrument("pause", "2025-11-07", suspend(Target("law"), end="2026-11-11"))
    calendar = Calendar(policy(LAW, pause))
    days = ("2025-11-08", "2026-11-10", "2026-11-11")
    assert days_in_force(calendar, clause("law"), *days) == ["2026-11-11"]
    # the shipper of 6 November could not know of it
    assert days_in_force(calendar, clause("law"), *days, known_on="2025-11-06") == list(days)


def test_a_paragraph_is_a_path() -> None:
    pause = instrument("pause", "2025-11-07", suspend(Target("law", ("1",))))
    calendar = Calendar(policy(LAW, pause))
    day_in_question = "2025-12-01"
    assert days_in_force(calendar, clause("law", "1", "1"), day_in_question) == []
    assert days_in_force(calendar, clause("law", "1"), day_in_question) == []
    assert days_in_force(calendar, clause("law", "10"), day_in_question) == [day_in_question]
    assert days_in_force(calendar, clause("law"), day_in_question) == [day_in_question]
    assert (day(day_in_question), END) in calendar.instrument("law")


def test_suspending_the_suspension_brings_the_law_back() -> None:
    pause = instrument("pause", "2025-11-07", suspend(Target("law"), end="2026-11-11"))
    lapse = instrument("lapse", None, suspend(Target("pause"), start="2026-11-10", end="2026-11-11"), scenario=True)
    both = policy(LAW, pause, lapse)
    days = ("2026-11-09", "2026-11-10", "2026-11-11")
    assert days_in_force(Calendar(both), clause("law"), *days) == ["2026-11-11"]
    assert days_in_force(Calendar(both, World("lapse")), clause("law"), *days) == ["2026-11-10", "2026-11-11"]


def test_an_act_reaches_back_before_its_instrument_begins() -> None:
    pause = instrument("pause", "2025-11-12", suspend(Target("law"), start="2025-11-10"))
    calendar = Calendar(policy(LAW, pause))
    assert days_in_force(calendar, clause("law"), "2025-11-09", "2025-11-10") == ["2025-11-09"]
    assert days_in_force(calendar, clause("law"), "2025-11-10", known_on="2025-11-11") == ["2025-11-10"]


def test_a_row_falls_with_its_notice_and_not_with_a_paragraph_of_it() -> None:
    row = Row("A", ("a",), "law", window(), HERE)
    whole = instrument("pause", "2025-11-20", suspend(Target("law")))
    part = instrument("pause", "2025-11-20", suspend(Target("law", ("1",))))
    point = (day("2025-12-01"), END)
    assert point not in Calendar(policy(LAW, whole)).row(row)
    assert point in Calendar(policy(LAW, part)).row(row)


def test_in_force_of_a_paragraph_asks_for_some_clause_below_it() -> None:
    pause = instrument("pause", "2025-11-20", suspend(Target("law", ("1", "1"))))
    clauses = (clause("law", "1", "1"), clause("law", "1", "2", windows=(window("2025-12-01"),)))
    calendar = Calendar(policy(LAW, pause, clauses=clauses))
    region = calendar.asked(Target("law", ("1",)))
    assert [d for d in ("2025-11-19", "2025-11-25", "2025-12-01") if (day(d), END) in region] == [
        "2025-11-19",
        "2025-12-01",
    ]


def test_worlds_of_doubt() -> None:
    pause = instrument("pause", "2025-11-07", suspend(Target("law", ("1",)), end="2026-11-11"))
    both = policy(LAW, pause)
    named = (Target("pause"), Target("law", ("1",)))
    inside, outside = clause("law", "1"), clause("law", "2")
    assert days_in_force(Calendar(both, World(gone=named)), inside, "2025-12-01", "2027-01-01") == []
    assert days_in_force(Calendar(both, World(gone=named)), outside, "2025-12-01") == ["2025-12-01"]
    assert days_in_force(Calendar(both, World(untouched=named)), inside, "2025-12-01") == ["2025-12-01"]
    assert days_in_force(Calendar(both, World(acts=False)), inside, "2025-12-01") == ["2025-12-01"]
