"""Decisions in sentences, from decisions made by hand."""

from __future__ import annotations

from textwrap import dedent

from rpol.runtime.decision import (
    Citation,
    ClauseRef,
    Decision,
    Details,
    DutyRef,
    Lifted,
    NoteRef,
    Question,
    Route,
    RowRef,
    ScenarioView,
    Sometimes,
    Suspended,
    SuspensionRef,
    Unconfirmed,
)
from rpolc.report.decision import describe

TITLES = {"law": "Export Law", "pause": "Suspension of 2026", "extended": "It goes on"}
LICENCE = ClauseRef(0, "magnets", None, "license", "law", "1(1)", "https://example.org/law")
REFUSAL = ClauseRef(1, "magnets", "to_soldiers", "deny", "law", "2", "https://example.org/law")
RELIEF = ClauseRef(2, "magnets", "relief", "exempt", "law", "5", "https://example.org/law")
PERMIT = ClauseRef(3, "general_licence", None, "permit", None, None, None)


def said(decision: Decision, width: int = 100) -> list[str]:
    return describe(decision, TITLES, width=width).splitlines()


def drawing(text: str) -> list[str]:
    return dedent(text).strip("\n").splitlines()


def test_a_whole_decision_reads_from_the_outcome_to_the_digest() -> None:
    decision = Decision(
        "deny",
        (REFUSAL,),
        Details(
            standing=(LICENCE, REFUSAL),
            citations=(Citation("law", "2", None, (RowRef("banned", "Acme Ltd", "law"),)),),
            by_instrument={"law": "deny", "none": "license"},
            notes=(NoteRef("a presumption", "law", "magnets"),),
            duties=(DutyRef("report it", "law", "magnets"),),
            since="2025-11-08",
            through="2026-11-10",
            facts={"item": "magnet", "end_use": ["civil", "military"], "made_there": True},
            date="2025-12-01",
            digest="abc",
        ),
    )
    assert said(decision) == drawing(
        """
        Licence refused in principle.

        Asked        For 1 December 2025: item magnet; end_use civil, military; made_there yes.
        Because      Control magnets (to_soldiers) refuses a licence in principle, under "Export Law" (law),
                       paragraph 2.
                     https://example.org/law
        Listed       "Acme Ltd" counts for the list banned, under "Export Law" (law).
        Besides      Control magnets requires a licence, under "Export Law" (law), paragraph 1(1).
        By source    "Export Law" (law): licence refused in principle.
                     Without an instrument: licence required.
        Duties       law: report it.
        Notes        law: a presumption.
        Since        This has been so since 8 November 2025 and with what is given stays so through 10
                       November 2026.
        Policy       Digest abc
                     As read from the policy; not legal advice.
        """
    )


def test_what_made_it_free_and_what_is_set_aside_is_told_with_the_routes() -> None:
    decision = Decision(
        "allow",
        (RELIEF,),
        Details(
            mark="exempt",
            standing=(RELIEF, PERMIT),
            lifted=(Lifted(LICENCE, (RELIEF, PERMIT)),),
            routes=(Route(RELIEF, ("report in 10 days",)), Route(PERMIT, ())),
            duties=(DutyRef("report in 10 days", "law", "magnets", "relief"),),
            date="2025-12-01",
        ),
    )
    text = " ".join(" ".join(said(decision)).split())
    assert text.startswith("Free. ")
    assert 'Control magnets (relief) exempts it, under "Export Law" (law), paragraph 5.' in text
    assert "An exemption makes it so." in text
    assert (
        "The licence requirement of control magnets (law, paragraph 1(1)), by the exemption of control magnets "
        "(relief) (law, paragraph 5) and permit general_licence." in text
    )
    assert (
        'The exemption of control magnets (relief), under "Export Law" (law), paragraph 5. Its duties: report in'
        in text
    )
    assert "Only on the route relief: law: report in 10 days." in text


def test_what_is_suspended_uncertain_or_otherwise_in_a_scenario_is_told() -> None:
    decision = Decision(
        "allow",
        (),
        Details(
            mark="not controlled",
            suspended=(Suspended(LICENCE, (SuspensionRef("pause", "suspend", "law", "1"),)),),
            unconfirmed=(Unconfirmed("pause", "No act that extends it was found."),),
            scenarios={"extended": ScenarioView("license", None, True), "same": ScenarioView("allow", None, False)},
            date="2026-02-01",
            known_on="2026-01-01",
            assumed={"act": "export"},
            scenario="extended",
        ),
    )
    text = " ".join(" ".join(said(decision)).split())
    assert 'would apply, but "Suspension of 2026" (pause) suspends law, paragraph 1.' in text
    assert '"Suspension of 2026" (pause) is unconfirmed: No act that extends it was found.' in text
    assert 'In the scenario "It goes on" (extended): licence required.' in text
    assert "scenario same" not in text and "(same)" not in text
    assert "As known on 1 January 2026." in text
    assert "Assumed, not given: act export." in text
    assert "the policy does not control it" in text


def test_an_open_question_tells_what_may_be_and_what_to_say() -> None:
    decision = Decision(
        "undetermined",
        (),
        Details(
            possible=("allow", "license", "deny"),
            ask=(Question("end_use", "What is it for?"), Question("origin", None)),
            sometimes=Sometimes((LICENCE,), (DutyRef("report", None, "magnets"),), ("exempt", "otherwise")),
            date="2025-12-01",
        ),
    )
    assert said(decision)[:10] == drawing(
        """
        Not determined by what is known.

        Asked        For 1 December 2025: nothing else is given.
        Possible     Free, licence required or licence refused in principle.
        To settle it end_use: What is it for?
                     Say what origin is.
        Since        The outcome is the same on every day.
        Sometimes    For some values of what is not given, and not for others:
                     Control magnets requires a licence, under "Export Law" (law), paragraph 1(1).
                     A duty under magnets: report.
        """
    )


def test_an_open_end_is_an_open_end() -> None:
    def since(first: str | None, last: str | None) -> str:
        decision = Decision("allow", (), Details(date="2025-12-01", since=first, through=last))
        return next(line[13:] for line in said(decision, width=200) if line.startswith("Since"))

    assert since(None, None) == "The outcome is the same on every day."
    assert since("2025-11-08", None) == "This has been so since 8 November 2025 and stays so until changed."
    assert (
        since(None, "2025-11-07")
        == "The outcome has always been the same and with what is given stays so through 7 November 2025."
    )


def test_lines_keep_to_the_width_and_addresses_stay_whole() -> None:
    decision = Decision("deny", (REFUSAL,), Details(date="2025-12-01", digest="0" * 64))
    for width in (60, 80, 120):
        long = [line for line in said(decision, width) if len(line) > width]
        assert all(" " not in line.strip() for line in long)
    assert any(line.strip() == "https://example.org/law" for line in said(decision, 20))


def test_characters_that_steer_a_terminal_are_replaced() -> None:
    decision = Decision("allow", (), Details(date="2025-12-01", facts={"end_user": "A\x1b[2J\u202eB\r\n"}))
    text = describe(decision, {}, width=100)
    assert "\x1b" not in text and "\u202e" not in text and "\r" not in text
