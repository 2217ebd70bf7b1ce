"""A warm house, and a plan of five real reviews to change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.house import House
from tests.services import making


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    making.keep_warm(monkeypatch)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Outputs with a plan of the five reviews."""
    return making.copy_of_plan(tmp_path / "outputs")


@pytest.fixture
def house(plan: Path) -> Iterator[House]:
    with making.house(plan) as house:
        yield house
