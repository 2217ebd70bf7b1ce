"""How the jobs of the schedule went: kept, told once, tried again where that can help."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.errors import ArtefactError, CannotWork, PlanError
from services.clock import clock_behind, clock_words
from services.health import examine
from services.settings import Settings
from services.trouble import schedule_troubles, troubles
from services.unattended import RETRIES, note_fault, note_well, noted, only_schedule, schedule, standing, standings
from tests.services import making


@pytest.fixture
def s(tmp_path: Path) -> Settings:
    return making.settings(tmp_path / "outputs")


def fails(s: Settings, error: Exception, job: str = "counts") -> None:
    with pytest.raises(type(error)), noted(s, job):
        raise error


def test_a_job_that_went_well_says_what_it_came_to(s: Settings) -> None:
    assert standings(s) == ()
    with noted(s, "reviews") as report:
        kept = standing(s, "reviews")
        assert kept is not None
        assert kept.state == "running"
        report.words = "3 taken in"
    kept = standing(s, "reviews")
    assert kept is not None
    assert (kept.state, kept.words, kept.failures, kept.due_again) == ("done", "3 taken in", 0, None)
    assert schedule_troubles(s) == ()


def test_failures_are_counted_from_the_first_and_end_with_a_success(s: Settings) -> None:
    fails(s, PlanError("The disk is full."))
    first = standing(s, "counts")
    fails(s, PlanError("The disk is full."))
    second = standing(s, "counts")
    assert first is not None
    assert second is not None
    assert (first.failures, second.failures) == (1, 2)
    assert second.since == first.since
    assert second.due_again == datetime.fromisoformat(second.ended) + RETRIES[1]
    (words,) = schedule_troubles(s)
    assert "The disk is full." in words
    with noted(s, "counts"):
        pass
    assert schedule_troubles(s) == ()


def test_it_is_tried_again_a_few_times_and_then_left_to_a_person(s: Settings) -> None:
    for _ in RETRIES:
        fails(s, CannotWork("The folder is gone."))
        kept = standing(s, "counts")
        assert kept is not None
        assert kept.due_again is not None
    fails(s, CannotWork("The folder is gone."))
    kept = standing(s, "counts")
    assert kept is not None
    assert kept.due_again is None
    assert kept.failed


def test_what_is_the_same_however_often_it_is_tried_is_not_tried_again(s: Settings) -> None:
    fails(s, ArtefactError("The model does not fit."), "model")
    kept = standing(s, "model")
    assert kept is not None
    assert kept.due_again is None


def test_an_error_that_nobody_foresaw_tells_its_kind_and_no_words(s: Settings) -> None:
    fails(s, ValueError("the words of a review"))
    kept = standing(s, "counts")
    assert kept is not None
    assert "ValueError" in kept.words
    assert "review" not in kept.words


def test_a_job_whose_process_was_killed_has_failed(s: Settings) -> None:
    killed = subprocess.run(
        [
            sys.executable, "-c",
            "import os, signal, sys\nfrom pathlib import Path\nfrom services.settings import Settings\n"
            "from services.unattended import noted\n"
            "with noted(Settings(outputs=Path(sys.argv[1])), 'reviews'): os.kill(os.getpid(), signal.SIGKILL)",
            str(s.outputs),
        ],
        cwd=making.PROJECT,
    )  # fmt: skip
    assert killed.returncode == -9
    kept = standing(s, "reviews")
    assert kept is not None
    assert kept.failed
    assert kept.due_again == datetime.fromisoformat(kept.begun) + RETRIES[0]
    assert "cut short" in kept.words


def test_what_goes_on_all_the_time_is_told_when_it_changes_and_not_again(s: Settings) -> None:
    assert note_fault(s, "corpus", "There is no folder X.")
    assert not note_fault(s, "corpus", "There is no folder X.")
    assert note_fault(s, "corpus", "The folder X cannot be read.")
    kept = standing(s, "corpus")
    assert kept is not None
    assert kept.due_again is None, "it is looked at all the time anyway"
    assert note_well(s, "corpus")
    assert not note_well(s, "corpus")


def test_a_record_that_cannot_be_read_is_no_record(s: Settings) -> None:
    fails(s, CannotWork("x"))
    (s.outputs / "schedule" / "counts.json").write_text("{")
    assert standing(s, "counts") is None


def test_one_schedule_keeps_one_set_of_outputs(s: Settings) -> None:
    assert schedule(s) == (None, False)
    with only_schedule(s, "http://127.0.0.1:4200"):
        kept, runs = schedule(s)
        assert kept is not None
        assert runs
        with pytest.raises(CannotWork, match="running already"), only_schedule(s, "http://127.0.0.1:4201"):
            pass
    kept, runs = schedule(s)
    assert kept is not None
    assert kept.ended
    assert not runs
    assert schedule_troubles(s) == ()


def test_a_schedule_that_nobody_stopped_is_missed(s: Settings) -> None:
    with only_schedule(s, "http://127.0.0.1:4200"):
        pass
    file = s.outputs / "schedule" / "schedule.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "ended": ""}))
    (words,) = schedule_troubles(s)
    assert "cap schedule" in words
    s.corpus.mkdir()
    with making.house(s.outputs) as house:
        found = {finding.what: finding for finding in examine(house)}
    assert not found["Schedule"].well


def test_a_clock_that_was_set_back_is_told_and_nothing_is_lost(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with making.house(plan) as house:
        assert clock_behind(house) == ""
        early = (datetime.now().astimezone() - timedelta(days=3)).isoformat(timespec="microseconds")
        monkeypatch.setattr("services.clock.now", lambda: early)
        latest = clock_behind(house)
        assert latest
        assert "Correct the clock" in clock_words(latest)
        assert any("Correct the clock" in words for words in troubles(house))


def test_each_try_waits_longer_than_the_one_before(s: Settings) -> None:
    waits = []
    for _ in RETRIES:
        fails(s, CannotWork("x"))
        kept = standing(s, "counts")
        assert kept is not None
        assert kept.due_again is not None
        waits.append(kept.due_again - datetime.fromisoformat(kept.ended))
    assert waits == sorted(set(waits))
