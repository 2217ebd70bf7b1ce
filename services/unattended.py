"""What the schedule does while nobody looks, and how it went: a small file for each job, which pages and cap doctor read."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import psutil
from filelock import FileLock, Timeout

from domain.errors import ArtefactError, CannotWork, CapError, EncoderError, FrameworkError, NewerDatabase, UsageError
from domain.files import save
from plan.ledger import now
from services.house import is_there, make_folder
from services.settings import Settings

JOBS: Final = {
    "reviews": "reading new reviews into the plan",
    "counts": "bringing the counts up to date",
    "model": "training the model on new decisions",
    "corpus": "looking into the PDF folder",
    "server": "running the automatic jobs",
}
"""The jobs of the schedule, and what each does in words."""
RETRIES: Final = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=6))
"""After how long a job that failed is tried again: after the last of them it waits for a person, or for its next turn."""
_HOPELESS: Final = (UsageError, ArtefactError, FrameworkError, EncoderError, NewerDatabase)
"""What is the same however often it is tried."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands. Moments are UTC, ISO 8601, '' where there is none.

    state: "running", "done" or "failed"; process: that runs it; words: what it came to, or why it failed, for a person; since: of
    when the first of its failures without a success between them is; failures: how many; again: whether trying again can help.
    """

    job: str
    state: str
    process: int
    begun: str
    ended: str = ""
    words: str = ""
    since: str = ""
    failures: int = 0
    again: bool = False

    @property
    def failed(self) -> bool:
        """Whether its last run failed."""
        return self.state == "failed"

    @property
    def due_again(self) -> datetime | None:
        """When it is tried again; None where it did not fail, or trying again cannot help."""
        if not self.failed or not self.again or not 0 < self.failures <= len(RETRIES):
            return None
        return datetime.fromisoformat(self.ended) + RETRIES[self.failures - 1]


class Report:
    """What a job has to say when it ends; empty until it says something."""

    words = ""


@contextmanager
def noted(settings: Settings, job: str) -> Iterator[Report]:
    """Within it a job runs; how it began and ended is kept. What it raises is kept as a sentence, and raised on."""
    before = standing(settings, job)
    begun = Standing(job, "running", os.getpid(), now())
    if before is not None and before.failed:
        begun = replace(begun, since=before.since, failures=before.failures)
    _keep(settings, begun)
    report = Report()
    try:
        yield report
    except BaseException as error:
        # Where the disk is full this cannot be kept either; the error itself is then all that is known.
        with suppress(CannotWork):
            _keep(settings, _failed(begun, _sentence(error), again=not isinstance(error, _HOPELESS)))
        raise
    _keep(settings, Standing(job, "done", os.getpid(), begun.begun, now(), report.words))


def note_fault(settings: Settings, job: str, words: str) -> bool:
    """Keep what is wrong with something that goes on all the time; whether that is news."""
    before = standing(settings, job)
    if before is not None and before.failed and before.words == words:
        return False
    running = Standing(job, "running", os.getpid(), now(), since=before.since if before else "")
    with suppress(CannotWork):
        _keep(settings, _failed(running, words, again=False))
    return True


def note_well(settings: Settings, job: str) -> bool:
    """Keep that something that goes on all the time goes on; whether that is news."""
    before = standing(settings, job)
    if before is None or not before.failed:
        return False
    _keep(settings, Standing(job, "done", os.getpid(), now(), now()))
    return True


def standing(settings: Settings, job: str) -> Standing | None:
    """How a job stands; None where it never ran. One whose process ended without a word has failed."""
    try:
        kept = Standing(**json.loads(_file(settings, job).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    if kept.state == "running" and not psutil.pid_exists(kept.process):
        words = "It was cut short: the computer was switched off, or the program was stopped or ran out of memory."
        return _failed(kept, words, again=True, at=kept.begun)
    return kept


def standings(settings: Settings) -> tuple[Standing, ...]:
    """How each job stands that ever ran."""
    return tuple(found for job in JOBS if (found := standing(settings, job)) is not None)


def _failed(running: Standing, words: str, *, again: bool, at: str = "") -> Standing:
    ended = at or now()
    return replace(
        running, state="failed", ended=ended, words=words, since=running.since or ended, failures=running.failures + 1,
        again=again,
    )  # fmt: skip


def _sentence(error: BaseException) -> str:
    """Why a job failed. The words of an error that nobody foresaw may quote from a review: its kind alone is told."""
    if isinstance(error, CapError):
        return str(error)
    return f"Something unexpected went wrong ({type(error).__name__}; details: prefect/flows.log)."


def _folder(settings: Settings) -> Path:
    return settings.outputs / "schedule"


def _file(settings: Settings, name: str) -> Path:
    return _folder(settings) / f"{name}.json"


def _keep(settings: Settings, kept: Standing) -> None:
    save(_file(settings, kept.job), json.dumps(asdict(kept)).encode())


# --------------------------------------------------------------------------------------------- the schedule itself


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule itself. begun, ended: when it was started and stopped (UTC, ISO 8601); address: of Prefect's pages."""

    begun: str
    address: str
    ended: str = ""


@contextmanager
def only_schedule(settings: Settings, address: str) -> Iterator[None]:
    """Within it this process keeps the schedule of these outputs. Raises `CannotWork` where another does."""
    lock = FileLock(make_folder(_folder(settings)) / ".running")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise CannotWork("The schedule is running already. Stop it first: two would do everything twice.") from error
    try:
        kept = Schedule(now(), address)
        save(_file(settings, "schedule"), json.dumps(asdict(kept)).encode())
        yield
        save(_file(settings, "schedule"), json.dumps(asdict(replace(kept, ended=now()))).encode())
    finally:
        lock.release()


def schedule(settings: Settings) -> tuple[Schedule | None, bool]:
    """The schedule that was last started, None where there never was one, and whether it runs at this moment."""
    lock = _folder(settings) / ".running"
    if not is_there(lock):
        return None, False
    try:
        kept = Schedule(**json.loads(_file(settings, "schedule").read_bytes()))
    except (OSError, ValueError, TypeError):
        kept = None
    probe = FileLock(lock)
    try:
        probe.acquire(timeout=0)
    except Timeout:
        return kept, True
    probe.release()
    return kept, False
