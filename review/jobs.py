"""What takes longer than a page may: reviews that are read, a model that learns. One after another, in the background.

The plan has one writer; a second job waits for the first. What a job came to is kept until the application ends; what it
did is in the plan.
"""

import logging
import queue
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from domain.errors import CapError
from domain.records import Processed
from review.sentences import on_a_page
from services.settings import Settings
from services.training import Trained

MOST_KEPT: Final = 50
UNEXPECTED: Final = {
    "reviews": "Something unexpected went wrong. The files already reported as done are in the plan. Add the others again; if it "
    "fails again, tell whoever looks after Throughline.",
    "model": "Something unexpected went wrong, and the model in use stays. Try again; if it fails again, tell whoever looks after "
    "Throughline.",
}
_log = logging.getLogger("throughline.web")


@dataclass(slots=True)
class Job:
    """One piece of work and how it goes.

    kind: "reviews" or "model"; names: files as their owner knows them; stage: what is being done, in words; done, total:
    how far; state: "waiting", "running", "done" or "failed"; problem: why it failed, in a person's words.
    """

    id: str
    kind: str
    who: str
    begun: str
    names: tuple[str, ...] = ()
    stage: str = "Waiting for its turn"
    done: int = 0
    total: int = 0
    state: str = "waiting"
    problem: str = ""
    processed: tuple[Processed, ...] = ()
    trained: Trained | None = None
    paths: dict[str, Path] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")

    def advance(self, what: str, done: int, total: int) -> None:
        """Note how far it is."""
        self.stage, self.done, self.total = what, done, total


class Jobs:
    """The work in the background: one thread that takes one job after another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._waiting: queue.SimpleQueue[tuple[Job, Callable[[Job], None]] | None] = queue.SimpleQueue()
        self._jobs: dict[str, Job] = {}
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def get(self, identifier: str) -> Job | None:
        """A job by its identifier; None where the application knows it no more."""
        return self._jobs.get(identifier)

    def running(self) -> tuple[Job, ...]:
        """Jobs that are not over, in their order."""
        return tuple(job for job in self._jobs.values() if not job.over)

    def start(self, kind: str, who: str, work: Callable[[Job], None], *, names: tuple[str, ...] = ()) -> Job:
        """Have something done; gives the job at once."""
        job = Job(secrets.token_hex(8), kind, who, datetime.now(UTC).isoformat(timespec="seconds"), names)
        with self._lock:
            self._jobs[job.id] = job
            for old in [j.id for j in self._jobs.values() if j.over][: max(0, len(self._jobs) - MOST_KEPT)]:
                del self._jobs[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
        self._waiting.put((job, work))
        return job

    def close(self) -> None:
        """Take no more jobs, and wait for the one that is running: nothing is left half-done."""
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (order := self._waiting.get()) is not None:
            job, work = order
            job.state = "running"
            try:
                work(job)
            except CapError as error:
                job.state, job.problem = "failed", on_a_page(error)
            except Exception:  # noqa: BLE001  a job must not end the thread that all later ones wait for; it is logged whole
                _log.exception("job %s failed", job.id)
                job.state, job.problem = (
                    "failed",
                    UNEXPECTED[job.kind],
                )
            else:
                job.state = "done"
