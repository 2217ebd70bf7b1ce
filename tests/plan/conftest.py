"""A plan to work on, and the maker of invented reviews."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from tests.plan.making import Maker, new_plan


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    return tmp_path / "cap.db"


@pytest.fixture
def db(plan_file: Path) -> Iterator[sqlite_utils.Database]:
    database = new_plan(plan_file)
    yield database
    database.close()
