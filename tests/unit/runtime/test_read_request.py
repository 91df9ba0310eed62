"""Requests as a whole: keys, dates, scenarios, what is assumed (language.md, sections 5 and 8)."""

from __future__ import annotations

from datetime import date

import pytest

from rpol.runtime.attribute import Attribute, Taxonomy
from rpol.runtime.axes import BASE, NO_LIMIT
from rpol.runtime.errors import RpolError, UnknownAttribute, UnknownValue
from rpol.runtime.read import read

ITEM = Attribute("item", "one of", taxonomy=Taxonomy(("a", "b")))
END_USER = Attribute("end_user", "entity")
BOTH = (ITEM, END_USER)


def test_a_request_needs_its_date() -> None:
    for mapping in ({}, {"date": None}, {"date": ""}):
        with pytest.raises(RpolError, match="`date`"):
            read(BOTH, (), mapping)


def test_date_known_on_and_scenario_are_keys_or_arguments() -> None:
    day = date(2025, 1, 1).toordinal()
    plain = read(BOTH, ("later",), {"date": "2025-01-01"})
    assert (plain.date, plain.known_on, plain.scenario, plain.facts) == (day, NO_LIMIT, BASE, {})
    keys = read(BOTH, ("later",), {"date": "2025-01-01", "known_on": "2025-01-02", "scenario": "later"})
    arguments = read(BOTH, ("later",), {"date": "2025-01-01"}, known_on="2025-01-02", scenario="later")
    assert (keys.known_on, keys.scenario) == (arguments.known_on, arguments.scenario) == (day + 1, "later")


def test_an_unknown_key_names_the_nearest_and_is_never_passed_over() -> None:
    with pytest.raises(UnknownAttribute, match="end_user"):
        read(BOTH, (), {"date": "2025-01-01", "end_usr": "A"})
    with pytest.raises(UnknownAttribute):
        read(BOTH, (), {"date": "2025-01-01", 5: "A"})  # type: ignore[dict-item]


def test_an_unknown_scenario_names_those_there_are() -> None:
    with pytest.raises(UnknownValue, match="later"):
        read(BOTH, ("later",), {"date": "2025-01-01"}, scenario="latr")


def test_what_is_assumed_fills_what_is_not_given_and_is_recorded() -> None:
    mapping = {"date": "2025-01-01", "item": None, "end_user": "A"}
    request = read(BOTH, (), mapping, assume={"item": "b", "end_user": "B"})
    assert request.facts == {"item": (("b",),), "end_user": (("a",),)}
    assert request.given == {"item": "b", "end_user": "A"}
    assert request.assumed == {"item": "b"}


def test_what_is_assumed_is_checked_too() -> None:
    with pytest.raises(UnknownValue, match="item"):
        read(BOTH, (), {"date": "2025-01-01"}, assume={"item": "z"})
    with pytest.raises(UnknownAttribute):
        read(BOTH, (), {"date": "2025-01-01"}, assume={"itm": "a"})


def test_a_date_may_be_assumed() -> None:
    assert read(BOTH, (), {}, assume={"date": "2025-01-01"}).date == date(2025, 1, 1).toordinal()
