"""Listed names that are nearly a given one."""

from __future__ import annotations

from pathlib import Path

import pytest

import rpolc
from rpolc.screen.near import DEFAULT_SCORE, NearNames

POLICY = """\
attribute end_user entity
attribute importer entity
attribute item one of metal, magnet
list banned from "banned.csv"
list watched from "watched.csv"
list unused from "banned.csv"
list held owned >= 50% by one of banned from "owned.csv"
control any as ban when end_user in banned, held prohibit
control any as watch when importer in watched prohibit
"""
BANNED = """\
name,aliases
"Skydio, Inc.",
Acme Rockets Limited,Rocket Works of Acme
Lockheed Martin,
Bär & Söhne GmbH,
华为技术有限公司,
"""
WATCHED = "name\nZenith Optics Co. Ltd.\n"
OWNED = "owned,owner,share\nAcme Daughter Metals,Acme Rockets Limited,60%\n"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> NearNames:
    folder = tmp_path_factory.mktemp("policy")
    for name, text in (("p.rpol", POLICY), ("banned.csv", BANNED), ("watched.csv", WATCHED), ("owned.csv", OWNED)):
        (folder / name).write_text(text, encoding="utf-8")
    return NearNames(rpolc.compile(Path(folder)).contents, DEFAULT_SCORE)


def _names(names: NearNames, given: object, attribute: str = "end_user") -> list[str]:
    return [near.name for near in names.near({attribute: given})]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Skydio Inc.", "Skydio, Inc."),
        ("SKYDIO", "Skydio, Inc."),
        ("Acme Rocket Limited", "Acme Rockets Limited"),
        ("Rockets Acme Ltd", "Acme Rockets Limited"),
        ("Acme Rockets GmbH", "Acme Rockets Limited"),
        ("Lockheed-Martin Corp", "Lockheed Martin"),
        ("LockheedMartin Corp.", "Lockheed Martin"),
        ("Sky-Dio, Incorporated", "Skydio, Inc."),
        ("Sky Dio", "Skydio, Inc."),
        ("Acme-Rockets-Ltd", "Acme Rockets Limited"),
        ("AcmeRocket Limited", "Acme Rockets Limited"),
        ("Lockheed Martin Aeronautics Company", "Lockheed Martin"),
        ("Baer & Soehne", None),
        ("Bar und Sohne", None),
        ("Bar & Sohne", "Bär & Söhne GmbH"),
        ("华为技术有限公司深圳", "华为技术有限公司"),
    ],
)
def test_likely_spellings_are_found(names: NearNames, given: str, name: str | None) -> None:
    assert (name in _names(names, given)) is (name is not None)


@pytest.mark.parametrize("given", ["Nobody Ltd", "Metals Trading Co", "Inc.", "A", "..", "", "  ", "none", None, 7])
def test_unlike_names_and_what_is_no_name_are_not(names: NearNames, given: object) -> None:
    assert _names(names, given) == []


def test_a_name_that_matches_exactly_is_not_nearly_itself(names: NearNames) -> None:
    assert _names(names, "skydio,  INC.") == []
    assert _names(names, "ROCKET WORKS OF ACME") == []


def test_an_alias_leads_to_the_name_of_its_row(names: NearNames) -> None:
    assert _names(names, "Rocket Works Acme") == ["Acme Rockets Limited"]


def test_owned_parties_are_listed_too(names: NearNames) -> None:
    (near,) = names.near({"end_user": "Acme Daughter Metal"})
    assert (near.list, near.attribute, near.given) == ("held", "end_user", "Acme Daughter Metal")


def test_only_the_lists_that_a_clause_asks_of_the_attribute_count(names: NearNames) -> None:
    assert _names(names, "Zenith Optic Co.", "importer") == ["Zenith Optics Co. Ltd."]
    assert _names(names, "Zenith Optic Co.", "end_user") == []
    assert {near.list for near in names.near({"end_user": "Skydio Inc."})} == {"banned"}


def test_each_of_several_names_is_looked_for(names: NearNames) -> None:
    found = names.near({"end_user": ["Skydio Inc.", "Nobody", "Acme Rocket Ltd"], "importer": "Zenith Optic"})
    assert [(near.attribute, near.given) for near in found] == [
        ("end_user", "Skydio Inc."),
        ("end_user", "Acme Rocket Ltd"),
        ("importer", "Zenith Optic"),
    ]


def test_scores_lie_between_the_least_and_100_and_the_best_is_first(names: NearNames) -> None:
    scores = [near.score for near in names.near({"end_user": "Lockheed Martin Skydio"})]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 2
    assert all(DEFAULT_SCORE <= score <= 100 for score in scores)


def test_a_name_of_any_length_is_answered_at_once(names: NearNames) -> None:
    assert _names(names, "x" * 1_000_000) == []
    assert _names(names, "a " * 500_000) == []
