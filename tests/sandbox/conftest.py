from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.pool import Sandbox

WORK = Path(__file__).parent / "work"


@pytest.fixture
def work_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(WORK)


@pytest.fixture
def sandbox(work_on_path: None) -> Iterator[Sandbox]:
    with Sandbox(seconds=20, packages=("sandboxed_work",)) as made:
        yield made
