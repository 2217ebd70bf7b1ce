"""The flows themselves: what is tried again, what passes through Prefect, and what each leaves behind."""

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest

import flows.ingest
import flows.train
from domain.errors import ArtefactError, CannotWork, PlanError
from domain.processed import Ingested, Processed
from domain.states import Visibility
from flows.ingest import ingest, ingest_reviews
from flows.refresh import refresh_counts
from flows.settings import orchestrated
from flows.train import train_here
from plan.deciding import set_visibility
from plan.ledger import today
from services import ingestion
from services.settings import Settings
from services.training import Trained
from tests.services import making


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """Settings over a corpus with one review and no plan yet."""
    making.copied(tmp_path / "corpus", making.JUNIPER)
    return making.settings(tmp_path / "outputs", tmp_path / "corpus")


def states(s: Settings) -> list[str]:
    lines = (s.outputs / "prefect" / "flow-runs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["type"] for line in lines]


class Failing:
    """Stands for a step that fails some times before it works."""

    def __init__(self, error: Exception, times: int) -> None:
        self.error, self.left, self.tried = error, times, 0

    def __call__(self, *given: object, **more: object) -> Processed:
        self.tried += 1
        if self.left:
            self.left -= 1
            raise self.error
        return ingestion.enter(*given, **more)  # type: ignore[arg-type]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between tries."""
    monkeypatch.setattr(flows.ingest, "enter_review", flows.ingest.enter_review.with_options(retry_delay_seconds=0))


def test_a_plan_that_another_program_holds_is_tried_again(
    here: Settings, at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Failing(PlanError("Another program is writing to the plan."), times=2)
    monkeypatch.setattr(flows.ingest, "enter", step)
    report, _ = ingest(here, sorted(here.corpus.iterdir()))
    assert step.tried == 3
    assert [type(p) for p in report.processed] == [Ingested]
    assert states(here) == ["PENDING", "RUNNING", "COMPLETED"]


@pytest.mark.parametrize(
    ("error", "tries"),
    [(PlanError("held for ever"), 3), (ArtefactError("no model"), 1), (ValueError("a fault of ours"), 1)],
)
def test_what_another_try_cannot_mend_is_told_as_it_is(
    here: Settings, at_once: None, monkeypatch: pytest.MonkeyPatch, error: Exception, tries: int
) -> None:
    step = Failing(error, times=9)
    monkeypatch.setattr(flows.ingest, "enter", step)
    with pytest.raises(type(error), match=str(error)):
        ingest(here, sorted(here.corpus.iterdir()))
    assert step.tried == tries
    assert states(here)[-1] == "FAILED"
    monkeypatch.undo()
    assert flows.ingest._works == {}


def test_prefect_is_told_identifiers_and_no_word_of_a_review(plan: Path) -> None:
    corpus = making.copied(plan.parent / "corpus", making.CHILD_F)
    s = making.settings(plan.parent / "fresh", corpus)
    ingest(s, sorted(corpus.iterdir()))
    kept = "".join(file.read_text(encoding="utf-8") for file in (s.outputs / "prefect").iterdir() if file.is_file())
    assert "ingest run-" in kept
    texts = [text for _, text, _ in making.said(s.plan_file)]
    assert texts
    for words in (*texts, "Child F", making.CHILD_F, "Wexmere", "Sampleworth"):
        assert words not in kept


def test_the_plan_knows_the_run(here: Settings) -> None:
    ingest(here, sorted(here.corpus.iterdir()))
    ((identifier, kind, outcome, detail, started, finished),) = making.ask(
        here.plan_file, "SELECT id, kind, outcome, detail, started, finished FROM runs"
    )
    assert identifier.startswith("run-")
    assert (kind, outcome, json.loads(detail)) == ("ingest", "done", {"Ingested": 1})
    assert started < finished


def test_progress_is_told_file_by_file(here: Settings) -> None:
    making.copied(here.corpus, making.ROWAN)
    told: list[tuple[str, int, int]] = []
    ingest(here, sorted(here.corpus.iterdir()), advance=lambda *step: told.append(step))
    assert told == [(making.JUNIPER, 0, 2), (making.ROWAN, 1, 2), ("done", 2, 2)]


def test_the_working_copy_is_written_again_when_the_plan_has_moved(plan: Path) -> None:
    s = making.settings(plan, making.copied(plan.parent / "corpus", making.CHILD_F))
    book = plan / "composite-action-plan.xlsx"
    before = book.stat().st_mtime_ns
    ingest(s, sorted(s.corpus.iterdir()))
    assert book.stat().st_mtime_ns == before, "nothing has happened since"
    with making.house(plan) as house:
        set_visibility(house.plan, "F", Visibility.PUBLISHED, who="x")
    report, _ = ingest(s, sorted(s.corpus.iterdir()))
    assert book.stat().st_mtime_ns > before
    assert str(book) in report.outputs


def from_environment(s: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("corpus", "outputs", "models", "trained"):
        monkeypatch.setenv(f"CAP_{name.upper()}", str(getattr(s, name)))


def test_a_deployment_runs_the_flows_by_their_settings_alone(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from_environment(here, monkeypatch)
    with orchestrated(here.outputs):
        ingest_reviews()
        refresh_counts()
    assert making.ask(here.plan_file, "SELECT file FROM reviews") == [(making.JUNIPER,)]
    assert making.ask(here.plan_file, "SELECT count(DISTINCT day) FROM counts") == [(1,)]


def test_a_deployment_over_the_samples_fills_the_demo(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = making.some_samples(here.outputs.parent / "samples", "spr-juniper.pdf", "dhr-hazel.pdf")
    from_environment(here.model_copy(update={"corpus": samples}), monkeypatch)
    with orchestrated(here.outputs):
        ingest_reviews()
    assert not here.plan_file.exists()
    assert making.ask(here.outputs / "demo" / "cap.db", "SELECT reference, visibility FROM reviews ORDER BY 1") == [
        ("Hazel", "embargoed"),
        ("Juniper", "draft"),
    ]
    assert making.ask(here.outputs / "demo" / "cap.db", "SELECT count(*) FROM actions") == [(14,)]


def test_the_refresh_ends_embargoes_and_keeps_the_days_counts(
    plan: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with making.house(plan) as house:
        for letter, days in (("F", -1), ("B", 300)):
            day = (today() + timedelta(days=days)).isoformat()
            set_visibility(house.plan, letter, Visibility.EMBARGOED, who="x", embargo_until=day)
    from_environment(making.settings(plan), monkeypatch)
    with caplog.at_level(logging.INFO, "prefect"), orchestrated(plan):
        refresh_counts()
    assert "embargoes released: 1" in caplog.text
    assert making.ask(
        plan / "cap.db", "SELECT letter, visibility FROM reviews WHERE letter IN ('B', 'F') ORDER BY 1"
    ) == [
        ("B", "embargoed"),
        ("F", "published"),
    ]
    ((who,),) = making.ask(
        plan / "cap.db", "SELECT who FROM events WHERE what = 'visibility changed' AND who LIKE 'run-%'"
    )
    assert who
    assert making.ask(plan / "cap.db", "SELECT count(*) FROM counts WHERE day = ?", today().isoformat()) > [(0,)]


def test_training_gives_what_it_came_to(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    result = Trained("classifier-0", 3, 1, (), None, True, here.outputs)
    given: list[object] = []

    def learn(house: object, *, force: str | None) -> Trained:
        given.append(force)
        return result

    monkeypatch.setattr(flows.train, "train_model", learn)
    assert train_here(here, force="because") is result
    assert given == ["because"]
    assert flows.train._lessons == {}


def test_training_that_fails_tells_why(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def learn(house: object, *, force: str | None) -> Trained:
        raise CannotWork("There are 2 examples of Q1.")

    monkeypatch.setattr(flows.train, "train_model", learn)
    with pytest.raises(CannotWork, match="2 examples"):
        train_here(here)
