"""`cap schedule` as it is used: a real Prefect server and runner, files that come as files come, programs that are killed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from services.settings import Settings
from services.trouble import schedule_troubles
from services.unattended import schedule, standing
from tests.flows.test_crash_safety import environment
from tests.services import making

PATIENCE = 150.0
"""Seconds for what takes a few on a computer with nothing else to do."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: str, holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.3)
    pytest.fail(f"waited in vain: {what}")


class Kept:
    """A schedule that runs over a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(corpus=folder / "corpus", outputs=folder / "outputs")
        self.settings.corpus.mkdir()
        self.port = free_port()
        self.words = folder / "words"
        with self.words.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cap.main", "schedule"],
                cwd=folder,
                env={**environment(folder), "CAP_PREFECT_PORT": str(self.port), "CAP_REFRESH": "30 7 * * 2"},
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

    def children(self, *named: str) -> list[psutil.Process]:
        """The programs that it keeps going, by what they are called with."""
        found = []
        for process in psutil.Process(self.process.pid).children(recursive=False):
            line = " ".join(process.cmdline())
            if "flows.minded" in line and all(name in line for name in named):
                found.append(process)
        return found

    def reviews(self) -> set[str]:
        """Names of the files that are in the plan, and whose counts were published."""
        if not self.settings.plan_file.exists():
            return set()
        kept = standing(self.settings, "reviews")
        if kept is None or kept.state != "done":
            return set()
        return {name for (name,) in making.ask(self.settings.plan_file, "SELECT file FROM reviews")}

    def told(self, path: str, **body: object) -> list[dict[str, object]]:
        """What Prefect's server answers."""
        answer = httpx.post(f"http://127.0.0.1:{self.port}/api/{path}", json=body, timeout=30)
        return list(answer.raise_for_status().json())


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    for process in psutil.Process(made.process.pid).children(recursive=True) if made.process.poll() is None else []:
        process.kill()
    made.process.kill()
    made.process.wait()


@pytest.mark.slow
def test_files_are_taken_in_as_they_come_and_what_is_killed_is_started_again(kept: Kept) -> None:
    source, corpus = making.reviews(), kept.settings.corpus
    making.copied(corpus, making.JUNIPER)  # it came while nobody watched
    until("the first file is taken in", lambda: kept.reviews() == {making.JUNIPER})

    # Prefect's server knows the jobs, the clock by which one of them goes, and the run that there was.
    deployments = kept.told("deployments/filter")
    assert {d["name"] for d in deployments} == {"corpus", "regularly", "when enough was decided"}
    (clock,) = [s["schedule"] for d in deployments for s in d["schedules"]]  # type: ignore[attr-defined]
    assert (clock["cron"], clock["timezone"]) == ("30 7 * * 2", "Europe/London")
    runs = kept.told("flow_runs/filter", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}})
    assert [run["name"] for run in runs] != []
    assert httpx.get(f"http://127.0.0.1:{kept.port}/", timeout=30).is_success, "its pages are there"

    # A file that arrives slowly, and another name for one that is known: one review more, and it is whole.
    content = (source / making.MR_T).read_bytes()
    slow = corpus / making.MR_T
    slow.write_bytes(content[: len(content) // 2])
    time.sleep(1.5)
    with slow.open("ab") as stream:
        stream.write(content[len(content) // 2 :])
    (corpus / making.JUNIPER).rename(corpus / "renamed.pdf")
    until("the slow file is taken in", lambda: kept.reviews() == {making.JUNIPER, making.MR_T})
    found = "SELECT count(*) FROM recommendations JOIN reviews ON reviews.id = review_id WHERE file = ?"
    assert making.ask(kept.settings.plan_file, found, making.MR_T) == making.ask(
        making.ingested() / "cap.db", found, making.MR_T
    )

    # The server and the runner are killed: both come back, and the next file is taken in.
    for child in (*kept.children("prefect", "server"), *kept.children("flows.serving")):
        child.send_signal(signal.SIGKILL)
    making.copied(corpus, making.ROWAN)
    until("a file is taken in after both were killed", lambda: making.ROWAN in kept.reviews())
    assert schedule_troubles(kept.settings) == ()

    # It ends when it is told to, with everything that it started.
    started = kept.children()
    assert len(started) == 2
    kept.process.send_signal(signal.SIGTERM)
    assert kept.process.wait(90) == 0
    assert psutil.wait_procs(started, timeout=30)[1] == []
    known, runs_now = schedule(kept.settings)
    assert known is not None
    assert known.ended
    assert not runs_now
    words = kept.words.read_text(encoding="utf-8")
    assert "Traceback" not in words
    assert re.search(rf"shown at http://127\.0\.0\.1:{kept.port}\.", words)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="nothing kills so hard on Windows")
def test_a_schedule_that_is_killed_takes_its_programs_with_it_and_is_missed(kept: Kept) -> None:
    until("its programs run", lambda: kept.process.poll() is None and len(kept.children()) == 1)
    started = kept.children()
    kept.process.kill()
    kept.process.wait()
    assert psutil.wait_procs(started, timeout=60)[1] == []
    assert any("cap schedule" in words for words in schedule_troubles(kept.settings))


def test_a_configured_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "cap.main", "schedule"],
        cwd=tmp_path,
        env={**environment(tmp_path), "PREFECT_API_URL": "http://127.0.0.1:9/api"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 3
    assert "The Prefect server at http://127.0.0.1:9/api does not answer." in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("CAP_REFRESH", "every monday"), ("CAP_REFRESH", "0 25 * * 1"), ("CAP_TIMEZONE", "Europe/Londinium")],
)
def test_times_that_are_none_are_said_before_anything_starts(tmp_path: Path, name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cap.main", "schedule"],
        cwd=tmp_path,
        env={**environment(tmp_path), name: value},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert f"{name} cannot be {value!r}: write it like" in done.stderr
    assert value in done.stderr
    assert not (tmp_path / "outputs" / "schedule").exists()
