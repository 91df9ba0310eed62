"""The policy of the checkout: its folder, what check says of it, and its table."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.policies.reading import POLICIES

from rpol.runtime.table import Table
from rpolc.pipeline import Checked, check, table_of


@pytest.fixture(scope="session")
def folder() -> Path:
    return POLICIES


@pytest.fixture(scope="session")
def checked() -> Checked:
    return check(POLICIES)


@pytest.fixture(scope="session")
def table(checked: Checked) -> Table:
    return table_of(checked)
