"""Words that are not known, and what leads from them to the right one."""

from __future__ import annotations

import pytest

from rpol import RpolError
from rpol.runtime.attribute import Attribute, Taxonomy
from rpol.runtime.countries import COUNTRIES
from rpol.runtime.read import read

DESTINATION = Attribute("destination", "country", taxonomy=Taxonomy(tuple(COUNTRIES)))
ITEM = Attribute("item", "one of", taxonomy=Taxonomy(("a", "b")))


@pytest.mark.parametrize(
    ("written", "meant"), [("Germany", "DE"), ("germany", "DE"), ("Germny", "DE"), ("UK", "GB"), ("de", "DE")]
)
def test_a_country_by_its_name_leads_to_its_code(written: str, meant: str) -> None:
    with pytest.raises(RpolError, match=rf"\b{meant}\b"):
        read([DESTINATION], [], {"date": "2025-01-01", "destination": written})


def test_an_assumed_value_is_checked_also_where_the_fact_is_given() -> None:
    with pytest.raises(RpolError, match="zz"):
        read([ITEM], [], {"date": "2025-01-01", "item": "a"}, assume={"item": "zz"})
    with pytest.raises(RpolError, match="itme"):
        read([ITEM], [], {"date": "2025-01-01", "item": "a"}, assume={"itme": "a"})


def test_a_given_fact_is_not_recorded_as_assumed() -> None:
    request = read([ITEM], [], {"date": "2025-01-01", "item": "a"}, assume={"item": "b"})
    assert request.facts == {"item": (("a",),)}
    assert request.assumed == {}
