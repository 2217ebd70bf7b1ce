"""Heavy work is done in a process of its own: pages stay quick, one training at a time, and nothing outlives the server."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from fastapi import FastAPI

from domain.errors import CannotWork
from domain.records import Rejected
from domain.states import Reason, Role
from review.heavy import Advance, Training
from review.jobs import UNEXPECTED, Job, Jobs
from tests.review.conftest import Person, words
from tests.review.test_reviews_that_come_in import ended
from tests.services import making

People = Callable[[Role | None], Person]
REFUSED = Rejected("a.pdf", Reason.EMPTY, "It is empty.")


@dataclass(frozen=True)
class Tells:
    """Work that says in which process it is done."""

    folder: Path

    def __call__(self, advance: Advance) -> tuple[Rejected, ...]:
        advance("Halfway", 1, 2)
        sys.stdout.write("a library prints\n")
        sys.stdout.flush()
        (self.folder / "pid").write_text(str(os.getpid()))
        return (REFUSED,)


@dataclass(frozen=True)
class Refuses:
    """Work that cannot be done."""

    def __call__(self, advance: Advance) -> tuple[Rejected, ...]:
        raise CannotWork("The disk is full. Run: cap doctor", page="The disk is full. Ask for room.")


@dataclass(frozen=True)
class Dies:
    """Work whose process the system ends."""

    def __call__(self, advance: Advance) -> tuple[Rejected, ...]:
        os._exit(9)


@dataclass(frozen=True)
class Stays:
    """Work that does not end by itself."""

    folder: Path

    def __call__(self, advance: Advance) -> tuple[Rejected, ...]:
        begun = self.folder / "begun"
        begun.with_suffix(".part").write_text(str(os.getpid()))
        begun.with_suffix(".part").rename(begun)
        time.sleep(600)
        return ()


def until(happens: Callable[[], object]) -> None:
    for _ in range(600):
        if happens():
            return
        time.sleep(0.05)
    raise AssertionError("it does not happen")


def over(job: Job) -> Job:
    until(lambda: job.over)
    return job


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


def test_work_is_done_elsewhere_and_what_it_came_to_is_carried_back(jobs: Jobs, tmp_path: Path) -> None:
    ends: list[str] = []
    job = over(
        jobs.start("reviews", "Ana", Tells(tmp_path), paths=(tmp_path / "a.pdf",), after=lambda: ends.append(""))
    )
    assert (job.state, job.processed, job.problem, ends) == ("done", (REFUSED,), "", [""])
    assert job.paths == {"a.pdf": tmp_path / "a.pdf"}
    assert int((tmp_path / "pid").read_text()) != os.getpid()


def test_a_refusal_is_carried_back_and_a_death_said_and_the_next_is_done(jobs: Jobs, tmp_path: Path) -> None:
    first, second, third = (
        over(jobs.start("model", "Ana", work)) for work in (Refuses(), Dies(), Tells(tmp_path))
    )  # fmt: skip
    assert (first.state, first.problem) == ("failed", "The disk is full. Ask for room.")
    assert (second.state, second.problem) == ("failed", UNEXPECTED["model"])
    assert third.state == "done"


def test_a_second_press_starts_no_second_training(
    people: People, app: FastAPI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("review.pages.model.Training", lambda settings: Stays(tmp_path))
    lead, other = people(Role.LEAD), people(Role.ADMINISTRATOR)
    first = lead.send("/model/train", follow=False).headers["location"]
    again = other.send("/model/train", follow=False).headers["location"]
    assert again == first
    said = words(other.get(again))
    assert "being trained already, since" in said and "started by A lead" in said
    assert len(app.state.jobs.running()) == 1
    # Pages are served meanwhile, and stopping the application ends the work.
    until((tmp_path / "begun").exists)
    assert lead.get("/actions").status_code == 200
    child = int((tmp_path / "begun").read_text())
    app.state.jobs.close()
    assert not psutil.pid_exists(child)


def test_work_ends_with_a_server_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom review.jobs import Jobs\n"
        "from tests.review.test_work_apart import Stays\n"
        "Jobs().start('model', 'Ana', Stays(Path(sys.argv[1])))\ntime.sleep(600)"
    )
    paths = os.pathsep.join(entry for entry in sys.path if entry)
    server = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], env={**os.environ, "PYTHONPATH": paths})
    try:
        until((tmp_path / "begun").exists)
    finally:
        server.kill()
        server.wait()
    child = int((tmp_path / "begun").read_text())
    until(lambda: not psutil.pid_exists(child))


@pytest.mark.slow
def test_a_model_is_trained_beside_the_pages(people: People, app: FastAPI, plan: Path) -> None:
    settings = making.settings(plan, plan.parent / "corpus", models=making.small_models())
    lead = people(Role.LEAD)
    job = app.state.jobs.start("model", "A lead", Training(settings))
    said = words(ended(lead, f"/jobs/{job.id}"))
    assert "learnt from" in said and "The one in use stays" in said
