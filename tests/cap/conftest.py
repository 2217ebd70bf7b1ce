"""`cap` as a person runs it, in this process: what it printed on either stream, and how it ended."""

import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services import making


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Cap = Callable[..., Ended]


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    making.keep_warm(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a person works in, with an empty corpus; the settings point at it, as the defaults would."""
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAP_MODELS", str(making.models()))
    monkeypatch.setenv("CAP_TRAINED", str(making.trained()))
    monkeypatch.setenv("CAP_USER", "A. Tester")
    return tmp_path


@pytest.fixture
def plan(desk: Path) -> Path:
    """A plan of the five reviews, in the folder a person works in."""
    return making.copy_of_plan(desk / "outputs") / "cap.db"


@pytest.fixture
def cap(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cap:
    """Run a command. An exception that is no exit fails the test: a person would have seen a traceback."""
    from cap.main import main

    def run(*words: str | Path, stdin: str | bytes = b"") -> Ended:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "argv", ["cap", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # Typer puts its own there
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return Ended(int(end.value.code or 0), said.out, said.err)

    return run


def rows_of(out: str) -> list[list[str]]:
    """The table of reviews that a run prints, cell by cell, with its headings first."""
    lines = out.split("Reviews taken in", 1)[1].strip().splitlines()
    table = lines[: lines.index("")] if "" in lines else lines
    return [re.split(r"\s{2,}", line.strip()) for line in table]


WRITE = "Write to every referrer"


@pytest.fixture
def ref(cap: Cap, plan: Path) -> str:
    """The reference of an action that lacks nothing, in a plan of five reviews."""
    ended = cap("adopt", "F 3", "--quadrant", "Q2", "--text", WRITE, "--lead", "Police", "--target", "2027-03-31")
    assert ended.code == 0, ended.err
    return "2.1"
