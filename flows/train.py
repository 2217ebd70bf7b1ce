"""Training as a Prefect flow. The flow passes a run's name; house and result are looked up in this process."""

from dataclasses import dataclass

from prefect import flow, get_run_logger, task

from domain.errors import CannotWork
from flows.settings import orchestrated
from services.house import House
from services.ingestion import new_run
from services.settings import Settings, load_settings
from services.training import Trained, train_model


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
    run = run or new_run()
    lesson = _lessons.setdefault(run, Lesson(load_settings()))
    train_and_compare(run)
    if lesson.result is not None:
        get_run_logger().info("%s, promoted: %s", lesson.result.version, lesson.result.promoted)


def train_here(settings: Settings, *, force: str | None = None) -> Trained:
    """Run the flow in this process; gives what it came to."""
    run = new_run()
    lesson = _lessons[run] = Lesson(settings, force)
    try:
        with orchestrated(settings.outputs):
            train_classifier(run)
    finally:
        del _lessons[run]
    if lesson.result is None:
        raise CannotWork("Training ended without a model. Look into prefect/flows.log in the outputs folder.")
    return lesson.result
