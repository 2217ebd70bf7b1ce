"""What takes longer than a page may: reviews that are read, a model that learns. One after another, in the background.

The plan has one writer; a second job waits for the first. Each is done in a process of its own, since work that keeps the
processor would hold up every page. What a job came to is kept until the application ends; what it did is in the plan.
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

from domain.processed import Processed
from review.apart import Advanced, Apart, Refused, Said, Work
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
    how far; state: "waiting", "running", "done" or "failed"; problem: why it failed, in a person's words; paths: where files
    lie by their names.
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

    def hear(self, said: Said) -> None:
        """Note what the work says."""
        if isinstance(said, Advanced):
            self.stage, self.done, self.total = said.what, said.done, said.total
        elif isinstance(said, Refused):
            self.problem = said.words
        else:
            if isinstance(said.result, Trained):
                self.trained = said.result
            else:
                self.processed = said.result
            self.stage, self.done = "Done", self.total


@dataclass(frozen=True, slots=True)
class Order:
    """A job with what is to be done for it. after: is called here once it has ended, however that was."""

    job: Job
    work: Work
    after: Callable[[], None]


class Jobs:
    """The work in the background: one thread that has one job after another done, and waits for it."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._jobs: dict[str, Job] = {}
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._child: Apart | None = None
        self._closed = False

    def get(self, identifier: str) -> Job | None:
        """A job by its identifier; None where the application knows it no more."""
        return self._jobs.get(identifier)

    def running(self) -> tuple[Job, ...]:
        """Jobs that are not over, in their order."""
        return tuple(job for job in list(self._jobs.values()) if not job.over)

    def start(
        self,
        kind: str,
        who: str,
        work: Work,
        *,
        names: tuple[str, ...] = (),
        paths: tuple[Path, ...] = (),
        after: Callable[[], None] = lambda: None,
    ) -> Job:
        """Have something done; gives the job at once. work: can be pickled; paths: the files that it is about."""
        with self._lock:
            return self._start(kind, who, work, names, paths, after)

    def start_alone(self, kind: str, who: str, work: Work, *, after: Callable[[], None]) -> tuple[Job, bool]:
        """The same unless one of this kind is not over yet: then that one. Gives too whether it was started now."""
        with self._lock:
            there = next((job for job in self.running() if job.kind == kind), None)
            return (there, False) if there else (self._start(kind, who, work, (), (), after), True)

    def _start(
        self,
        kind: str,
        who: str,
        work: Work,
        names: tuple[str, ...],
        paths: tuple[Path, ...],
        after: Callable[[], None],
    ) -> Job:
        job = Job(secrets.token_hex(8), kind, who, datetime.now(UTC).isoformat(timespec="seconds"), names)
        job.paths, job.total = {path.name: path for path in paths}, len(paths)
        self._jobs[job.id] = job
        for old in [j.id for j in self._jobs.values() if j.over][: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[old]
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._thread.start()
        self._waiting.put(Order(job, work, after))
        return job

    def close(self) -> None:
        """Take no more jobs and end the one that is running.

        Whatever it was at, the plan has it whole or not at all, and the files that it had not come to are read by the next run.
        """
        with self._lock:
            self._closed = True
            child = self._child
        if child is not None:
            child.end()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (order := self._waiting.get()) is not None:
            try:
                self._have_done(order)
            except Exception:  # noqa: BLE001  a job must not end the thread that all later ones wait for; it is logged whole
                _log.exception("job %s failed", order.job.id)
                order.job.problem, order.job.state = UNEXPECTED[order.job.kind], "failed"

    def _have_done(self, order: Order) -> None:
        job = order.job
        with self._lock:
            if self._closed:
                return
            job.state = "running"
            child = self._child = Apart(order.work)
        last: Said | None = None
        try:
            for last in child.said():
                job.hear(last)
        finally:
            child.end()
            with self._lock:
                self._child = None
            order.after()
        if last is None or isinstance(last, Advanced):
            if not self._closed:
                _log.error("job %s: its process ended before the work was done", job.id)
            job.problem = UNEXPECTED[job.kind]
        job.state = "failed" if job.problem else "done"
