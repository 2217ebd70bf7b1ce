"""Training as a Prefect flow. The flow passes a run's name; house and result are looked up in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prefect import flow, get_run_logger, task

from domain.errors import CannotWork
from flows.settings import orchestrated
from flows.unattended import unattended
from services.house import House
from services.ingestion import new_run
from services.settings import Settings
from services.training import Trained, train_model
from services.turns import Waiting, turn
from services.unattended import JOBS


@dataclass
class Lesson:
    """What one run trains with, and what it came to."""

    settings: Settings
    force: str | None = None
    result: Trained | None = None


_lessons: dict[str, Lesson] = {}


@task(name="train and compare")
def train_and_compare(run: str) -> None:
    """Train a candidate, hold it against the live model and promote it if it is not worse."""
    lesson = _lessons[run]
    with House(lesson.settings) as house:
        lesson.result = train_model(house, force=lesson.force)


@flow(name="train classifier", flow_run_name="train {run}", validate_parameters=False)
def train_classifier(run: str = "") -> None:
    """Learn from examples and decisions. Without a run of this process's own, with the settings as they are."""
    if run:
        _train(run)
        return
    with unattended("model") as (settings, report):
        run = new_run()
        with _learning(run, Lesson(settings)) as lesson:
            _train(run)
            if lesson.result is not None:
                in_use = "is in use" if lesson.result.promoted else "is not better and was only kept"
                report.words = f"{lesson.result.version} {in_use}"


def _train(run: str) -> None:
    train_and_compare(run)
    result = _lessons[run].result
    if result is not None:
        get_run_logger().info("%s, promoted: %s", result.version, result.promoted)


@contextmanager
def _learning(run: str, lesson: Lesson) -> Iterator[Lesson]:
    _lessons[run] = lesson
    try:
        yield lesson
    finally:
        del _lessons[run]


def train_here(settings: Settings, *, force: str | None = None, waiting: Waiting = lambda words: None) -> Trained:
    """Run the flow in this process; gives what it came to. waiting: is told where another run is at work."""
    run = new_run()
    with (
        turn(settings, JOBS["model"], waiting=waiting),
        _learning(run, Lesson(settings, force)) as lesson,
        orchestrated(settings.outputs),
    ):
        train_classifier(run)
    if lesson.result is None:
        raise CannotWork("Training ended without a model. Look into prefect/flows.log in the outputs folder.")
    return lesson.result
