"""One run at a time: a second waits, or says whose turn it is; a lock ends with its process."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from domain.errors import CannotWork
from flows.ingest import ingest
from services.settings import Settings
from services.turns import SomebodyElse, at_work, turn
from tests.services import making

HOLDER = """
import sys, time
from pathlib import Path
from services.settings import Settings
from services.turns import turn
with turn(Settings(outputs=Path(sys.argv[1])), "a long piece of work"):
    print("mine", flush=True)
    time.sleep(120)
"""


@pytest.fixture
def s(tmp_path: Path) -> Settings:
    return making.settings(tmp_path / "outputs")


def held_by_another(outputs: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(outputs)],
        cwd=making.PROJECT,
        env={name: value for name, value in os.environ.items() if not name.startswith("CAP_")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    return process


def test_a_run_names_the_one_that_has_its_turn_and_goes_on_when_that_is_killed(s: Settings) -> None:
    process = held_by_another(s.outputs)
    said: list[str] = []
    try:
        assert "a long piece of work" in at_work(s)
        with pytest.raises(
            SomebodyElse, match=r"already busy: a long piece of work, since \d\d:\d\d\. .* in a few minutes"
        ):
            with turn(s, "mine", wait=0.2, waiting=said.append):
                pass
        assert len(said) == 1
        assert said[0].endswith("Waiting until that has ended.")
        process.send_signal(signal.SIGKILL)
        with turn(s, "mine", wait=60):
            assert at_work(s)
    finally:
        process.kill()
        process.wait()
    assert at_work(s) == ""


def test_a_run_waits_for_another_and_then_does_its_work(s: Settings) -> None:
    making.copied(s.corpus, making.JUNIPER)
    said: list[str] = []
    held = threading.Event()

    def hold() -> None:
        with turn(s, "something else"):
            held.set()
            while not said:
                time.sleep(0.01)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    report, _ = ingest(s, sorted(s.corpus.iterdir()), waiting=said.append)
    other.join()
    assert len(report.processed) == 1
    assert "something else" in said[0]


def test_a_turn_ends_with_an_error_too(s: Settings) -> None:
    with pytest.raises(RuntimeError), turn(s, "mine"):
        raise RuntimeError("the power went")
    assert at_work(s) == ""


def test_where_the_outputs_cannot_be_written_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file")
    with pytest.raises(CannotWork, match="cannot be written"), turn(making.settings(tmp_path / "outputs"), "mine"):
        pass
