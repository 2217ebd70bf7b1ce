"""`kill -9` at counted points of every kind of work, as benchmarks/kills.py does at many more; and what killed runs left open once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from classify.encoder import export_encoder
from domain.errors import PlanError, UsageError
from domain.files import part_in
from domain.records import Rejected
from domain.states import Reason
from learning import artefacts
from plan import reading, trail
from plan.migrations import MIGRATIONS
from plan.schema import open_plan, open_with
from plan.teaching import model_on_record, unchecked
from services import deciding, versions
from services.house import House
from services.keeping import forget_stale_readings, keep_reading
from services.training import train_model
from tests.services import making

SEED, KILLS = 20260101, 10


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills groups of processes")
def test_kill_9_at_counted_points_of_all_work_loses_nothing(tmp_path: Path) -> None:
    encoder = making.trained() / "encoder"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CAP_", "PREFECT_"))}
    ended = subprocess.run(
        [
            sys.executable, "benchmarks/kills.py", "--kills", str(KILLS), "--seed", str(SEED), "--counted",
            "--encoder", str(encoder), "--home", str(tmp_path),
        ],
        cwd=making.PROJECT, env=kept, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-3000:]


@pytest.fixture
def few(plan: Path, tmp_path: Path) -> Iterator[House]:
    with making.house_that_learns(plan, tmp_path) as house:
        yield house


def end(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def promoted(house: House) -> list[str]:
    return [event.subject for event in trail.events(house.plan, audience=None) if event.what == "model promoted"]


@pytest.mark.parametrize("step", ["_record", "relabel"])
def test_a_training_that_ended_after_its_model_went_live_is_finished_by_the_next(
    few: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    before = few.classifier.version
    with monkeypatch.context() as patch:
        patch.setattr(versions, step, end)
        with pytest.raises(KeyboardInterrupt):
            train_model(few, force="a reason")
    few.forget_model()
    live = few.classifier.version
    assert live != before
    assert not train_model(few, force="a reason").promoted, "it is live already"
    assert promoted(few) == [live]
    (event,) = [event for event in trail.events(few.plan, audience=None) if event.what == "model promoted"]
    assert (event.before, event.after, event.why) == (f'"{before}"', f'"{live}"', "a reason")
    assert {row.model for row in unchecked(few.plan)} == {live}


def test_a_model_that_was_brought_back_without_a_record_is_put_on_record(
    few: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    before = few.classifier.version
    train_model(few, force="a reason")
    with monkeypatch.context() as patch:
        patch.setattr(versions, "_record", end)
        with pytest.raises(KeyboardInterrupt):
            versions.bring_back(few, before, why="it missed fathers")
    few.forget_model()
    assert versions.bring_back(few, before, why="it missed fathers").live
    assert model_on_record(few.plan) == before
    with pytest.raises(UsageError):
        versions.bring_back(few, before, why="once more")


def test_new_suggestions_are_all_there_or_none(few: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    with monkeypatch.context() as patch:
        patch.setattr("services.relabelling.record_run_finish", end)
        with pytest.raises(KeyboardInterrupt):
            train_model(few, force="a reason")
    few.forget_model()
    assert few.classifier.version not in {row.model for row in unchecked(few.plan)}
    train_model(few, force="a reason")
    relabelled = "SELECT outcome FROM runs WHERE kind = 'relabel'"
    assert making.ask(few.settings.plan_file, relabelled) == [("done",)]


def test_what_killed_processes_left_half_made_goes_and_what_is_in_hand_stays(tmp_path: Path) -> None:
    """A model, the export of the encoder, a copy of the plan with its journal: all are made beside their places alike."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, in_hand = (part_in(tmp_path) for _ in range(2))
    left = left.with_name(left.name.replace(f"-{os.getpid()}-", f"-{gone.pid}-"))
    for folder in (left, in_hand):
        folder.mkdir()
        (folder / "model.json").write_text("{", encoding="utf-8")
    (tmp_path / f"{left.name}-journal").touch()
    export_encoder(tmp_path)
    (home,) = {file.name for file in tmp_path.iterdir()} - {in_hand.name}
    left.mkdir()
    assert export_encoder(tmp_path) == tmp_path / home, "it is there already, and what was left goes all the same"
    assert {file.name for file in tmp_path.iterdir()} == {in_hand.name, home}


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="two folders change places on these systems only")
def test_a_model_is_replaced_in_one_step(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert artefacts._exchanged(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old" / "new").exists() and (tmp_path / "new" / "old").exists()
    assert not artefacts._exchanged(tmp_path / "none", tmp_path / "old")


def test_the_reading_of_a_review_that_was_entered_does_not_stay(house: House) -> None:
    """A run that was killed between entering a review and dropping its reading leaves it to the next."""
    known = reading.reviews(house.plan)[0].sha256
    for name in (known, "0" * 64):
        keep_reading(house, name, Rejected("a.pdf", Reason.DAMAGED, "a.pdf is damaged."))
    forget_stale_readings(house)
    assert [file.stem for file in house.settings.readings.iterdir()] == ["0" * 64]


@pytest.mark.parametrize("steps", [1, 9])
def test_a_new_plan_is_made_in_one_step(tmp_path: Path, steps: int) -> None:
    """Half of one would look like an older plan to the next run, which would copy it beside itself before going on."""
    broken = [*MIGRATIONS[:steps], ("interrupted", "SELECT nothing"), *MIGRATIONS[steps:]]
    with pytest.raises(PlanError):
        open_with(tmp_path / "cap.db", broken)
    open_plan(tmp_path / "cap.db").close()
    assert not list(tmp_path.glob("cap.before-*"))


def test_a_note_that_is_sent_again_because_its_answer_was_lost_is_there_once(house: House) -> None:
    ref = deciding.adopt(house, "F 1", quadrant="Q2", why="").ref

    def noted(words: str) -> None:
        deciding.progress_of(house, ref, status=None, note=words, target_date=None, why="", on=None)

    noted("Guidance is drafted")
    with pytest.raises(UsageError):
        noted("Guidance is drafted")
    noted("Guidance is out")
    noted("Guidance is drafted")
    notes = making.ask(house.settings.plan_file, "SELECT note FROM progress_notes ORDER BY id")
    assert notes == [("Guidance is drafted",), ("Guidance is out",), ("Guidance is drafted",)]
