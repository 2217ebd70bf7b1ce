"""A run may end at any moment: what was reported as done is there, nothing is half there, and a rerun does the rest."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import flows.ingest
from domain.processed import Ingested
from flows.ingest import ingest
from services import ingestion
from tests.services import making

SEED = 20260101
KILLS = 4


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CAP_", "PREFECT_"))}
    return {
        **kept,
        "PYTHONPATH": str(making.PROJECT),
        "CAP_CORPUS": str(folder / "corpus"),
        "CAP_OUTPUTS": str(folder / "outputs"),
        "CAP_MODELS": str(making.models()),
        "CAP_TRAINED": str(making.trained()),
    }


def started(folder: Path, errors: Path) -> subprocess.Popen[bytes]:
    with errors.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", "cap.main", "run"],
            cwd=folder,
            env=environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=stream,
            start_new_session=True,
        )


def check_whole(file: Path) -> set[str]:
    """Names of the reviews in the plan, each with all of its recommendations, or none of it."""
    if not file.exists():
        return set()
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    if not making.ask(file, "SELECT 1 FROM sqlite_master WHERE name = 'reviews'"):
        return set()
    counts = "SELECT v.file, count(r.id) FROM reviews AS v LEFT JOIN recommendations AS r ON r.review_id = v.id GROUP BY v.id"
    whole = dict(making.ask(making.ingested() / "cap.db", counts))
    held = dict(making.ask(file, counts))
    assert held == {name: whole[name] for name in held}
    return set(held)


def reported_done(errors: Path) -> set[str]:
    """Names of the files that the run had finished when it ended: all that it named before the last."""
    named = re.findall(r"^\[\d/\d\] (.+)$", errors.read_text(encoding="utf-8"), re.MULTILINE)
    return set(named[:-1])


@pytest.mark.slow
def test_kill_9_at_any_moment_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    making.copied(tmp_path / "corpus")
    file, errors = tmp_path / "outputs" / "cap.db", tmp_path / "errors"
    moments = random.Random(SEED)
    done: set[str] = set()
    killed = 0
    for _ in range(KILLS):
        process = started(tmp_path, errors)
        # From the moment at which the work begins, which is what a loaded machine delays most.
        until = time.monotonic() + 30
        while "[0/" not in errors.read_text(encoding="utf-8") and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(moments.uniform(0.0, 1.2))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.wait(timeout=30)
        done |= reported_done(errors)
        assert done <= check_whole(file), f"seed {SEED}"
    assert killed, "no run was caught at work: the moments are too late"
    assert started(tmp_path, errors).wait(timeout=120) == 0, errors.read_text(encoding="utf-8")
    assert making.said(file) == making.said(making.ingested() / "cap.db")
    assert not list((tmp_path / "outputs" / "readings").iterdir())
    assert len(list((tmp_path / "outputs" / "originals").glob("*.pdf"))) == 5


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("at", [1, 3])
def test_a_failure_between_reading_and_entering_leaves_the_rest_to_a_rerun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, error: type[BaseException]
) -> None:
    s = making.settings(tmp_path / "outputs", making.copied(tmp_path / "corpus"))
    files = sorted(s.corpus.iterdir())
    entered: list[str] = []

    def enter(house: object, arrival: object, *given: object, **more: object) -> object:
        if len(entered) == at - 1:
            raise error("the power went")
        entered.append(arrival.name)  # type: ignore[attr-defined]
        return ingestion.enter(house, arrival, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(flows.ingest, "enter", enter)
    with pytest.raises(error):
        ingest(s, files)
    assert check_whole(s.plan_file) == set(entered)
    monkeypatch.undo()
    making.keep_warm(monkeypatch)
    report, _ = ingest(s, files)
    assert sum(isinstance(p, Ingested) for p in report.processed) == 5 - len(entered)
    assert making.said(s.plan_file) == making.said(making.ingested() / "cap.db")
    assert not list(s.readings.iterdir())


def test_a_failure_while_entering_leaves_no_half_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a review is written in one transaction: what fails at its very end undoes its beginning."""
    s = making.settings(tmp_path / "outputs", making.copied(tmp_path / "corpus", making.CHILD_F, making.JUNIPER))
    files = sorted(s.corpus.iterdir())
    ingest(s, files[:1])
    before = making.said(s.plan_file)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk went")

    monkeypatch.setattr("plan.writing.record_event", fail)
    with pytest.raises(RuntimeError):
        ingest(s, files)
    assert making.said(s.plan_file) == before
    assert check_whole(s.plan_file) == {files[0].name}


def test_near_repeats_that_a_run_did_not_come_to_are_sought_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    s = making.settings(tmp_path / "outputs", making.copied(tmp_path / "corpus"))
    files = sorted(s.corpus.iterdir())

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(flows.ingest, "settle", fail)
    with pytest.raises(RuntimeError):
        ingest(s, files)
    grouped = "SELECT id, group_id FROM recommendations ORDER BY id"
    assert {group for _, group in making.ask(s.plan_file, grouped)} == {None}
    assert making.ask(s.plan_file, "SELECT count(*) FROM repeats_due") == [(5,)]
    monkeypatch.undo()
    making.keep_warm(monkeypatch)
    report, _ = ingest(s, files)
    assert not any(isinstance(p, Ingested) for p in report.processed), "nothing is new to it"
    assert making.ask(s.plan_file, grouped) == making.ask(making.ingested() / "cap.db", grouped)
    assert making.ask(s.plan_file, "SELECT count(*) FROM repeats_due") == [(0,)]
