"""Differences in words: which regions, and which case is shown of each."""

from __future__ import annotations

from tests.support.policies import policy_of

from rpolc.difference.changes import differences
from rpolc.difference.sides import version_of
from rpolc.difference.telling import ToldDifference, tell

STEPS = 10_000
WORDS = """
attribute item  one of a, b, c, d
attribute to    one of home, abroad
attribute share percent
"""


def told(old: str, new: str) -> ToldDifference:
    before, after = (version_of(name, policy_of(WORDS + text)) for name, text in (("old", old), ("new", new)))
    return tell(before, after, differences(before.contents, after.contents, STEPS))


def witnesses(found: ToldDifference) -> list[dict[str, object]]:
    return [dict(region.witness) for change in found.changes for _, region in change.regions]


def test_a_case_tells_what_the_region_tells_and_no_more() -> None:
    found = told("control a as net require license when to home", "control a as net prohibit when to home")
    assert witnesses(found) == [{"item": "a", "to": "home", "date": "2025-01-01"}]


def test_a_case_tells_also_what_its_duties_turn_on() -> None:
    """The outcome changes wherever the item is a, but only what goes home is to be reported."""
    duty = '\noblige a when to home duty "report"'
    found = told("control a as net require license", "control a as net prohibit" + duty)
    (change,) = found.changes
    ((changed, region),) = change.regions
    assert region.text == "item a"
    goes_home = region.witness["to"] == "home"
    assert [text for text, _, _ in changed.details.duties_new] == (["report"] if goes_home else [])


def test_a_case_is_possible() -> None:
    """There is no a with a share of 5% or less, so that the case must be one of b, or have a larger share."""
    fact = "fact share > 5% when item a\n"
    rule = "control a, b as net {} when share <= 8%"
    found = told(fact + rule.format("require license"), fact + rule.format("prohibit"))
    assert found.changes
    for case in witnesses(found):
        assert case["item"] in ("a", "b")
        assert case["item"] == "b" or str(case["share"]) in ("6%", "7%", "8%")


def test_what_only_one_version_has_cases_of_is_told_exactly() -> None:
    """Of a nothing is possible in the old version, of shares of 30% and more nothing in the new one."""
    found = told("fact not item a\ncontrol c as net", "fact share < 30%\ncontrol c as net")
    old, new = ([region.text for region in side] for side in found.possible_in_one)
    assert old == ["item not a and share >= 30%"]
    assert new == ["item a and share < 30%"]
