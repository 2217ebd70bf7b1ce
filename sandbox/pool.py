"""A pool of worker processes, started ahead, reused while healthy, replaced in the background when not."""

import atexit
import queue
import threading
from collections.abc import Sequence
from enum import Enum, auto
from types import TracebackType
from typing import Self

from domain.errors import SandboxError, UsageError
from sandbox.folders import sweep
from sandbox.process import DEFAULT_ANSWER, DEFAULT_FILE_SIZE, DEFAULT_MEMORY, WorkerProcess
from sandbox.protocol import JSON

_LOOK_AGAIN = 0.5


class _Order(Enum):
    """What the keeper may be asked besides replacing a process."""

    ANOTHER = auto()
    END = auto()


class Sandbox:
    """Runs functions of ours, by name, in processes with limits.

    packages: whose functions may run; workers: how many at once; seconds: the limit of time of a call (wall clock, from
    the moment a worker takes it); memory: bytes that a worker may hold while it is at work, its imports included;
    preload: modules that each worker imports before its first call.

    Use it as a context manager, or `start` and `close` it. `call` may be used by any number of threads. The processes
    are no children of multiprocessing's, so daemonic processes (Dask's workers) may have them too.
    """

    def __init__(
        self,
        *,
        packages: Sequence[str],
        workers: int = 1,
        seconds: float = 20.0,
        memory: int = DEFAULT_MEMORY,
        preload: Sequence[str] = (),
        limit_address_space: bool = True,
    ) -> None:
        if workers < 1 or seconds <= 0 or memory <= 0:
            raise UsageError("A sandbox needs at least one worker and limits of time and memory above nothing.")
        self._workers = workers
        self._seconds = seconds
        self._memory = memory
        self._preload = tuple(preload)
        self._packages = tuple(packages)
        self._limit_address_space = limit_address_space
        self._lock = threading.Lock()
        self._free: queue.SimpleQueue[WorkerProcess | OSError] = queue.SimpleQueue()
        self._alive: set[WorkerProcess] = set()
        self._wanted: queue.SimpleQueue[WorkerProcess | _Order] = queue.SimpleQueue()
        self._keeper: threading.Thread | None = None
        self._closed = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the processes and return at once; they import their modules meanwhile. Safe to call twice."""
        with self._lock:
            if self._closed:
                raise UsageError("This sandbox has been closed. Make a new one.")
            if self._keeper is None:
                # One thread starts every process and lives as long as they do: Linux ends a process that asked to die
                # with its parent when the *thread* that started it ends, and callers' threads come and go.
                self._keeper = threading.Thread(target=self._keep, name="sandbox", daemon=True)
                self._keeper.start()
                atexit.register(self.close)

    def call(self, function: str, *arguments: JSON, seconds: float | None = None) -> JSON:
        """The value of a function named as "package.module:name", of JSON values, as a JSON value.

        Waits for a free worker without limit, then at most `seconds` (the sandbox's own limit when None).
        Raises SandboxTimeout, SandboxMemory or SandboxCrash (with `.facts`), and UsageError for a function that is not
        of the allowed packages or a closed sandbox. The call after a failed one meets a fresh process.
        """
        if function.partition(":")[0].partition(".")[0] not in self._packages:
            raise UsageError(f"The sandbox runs only functions of {', '.join(self._packages)}, not {function}.")
        self.start()
        process = self._take()
        try:
            return process.call(function, arguments, self._seconds if seconds is None else seconds)
        finally:
            self._give_back(process)

    def pids(self) -> tuple[int, ...]:
        """The processes of now, free and busy."""
        with self._lock:
            return tuple(process.pid for process in self._alive)

    def close(self) -> None:
        """Kill every process, busy ones too, and remove their folders. Safe to call twice."""
        with self._lock:
            self._closed = True
            keeper, self._keeper = self._keeper, None
            alive = tuple(self._alive)
        for process in alive:
            process.kill()
        if keeper is not None:
            self._wanted.put(_Order.END)
            keeper.join()
            atexit.unregister(self.close)

    # ------------------------------------------------------------------------------------------- the keeper's thread

    def _keep(self) -> None:
        """Start the first processes, then replace each that is handed in, until told to end."""
        for _ in range(self._workers):
            self._spawn()
        sweep()
        while (order := self._wanted.get()) is not _Order.END:
            if isinstance(order, WorkerProcess):
                self._discard(order)
            self._spawn()
        with self._lock:
            alive = tuple(self._alive)
        for process in alive:
            self._discard(process)

    def _spawn(self) -> None:
        """Add one process; where the system refuses, the next caller is told and another start is tried after it."""
        if self._closed:
            return
        try:
            process = WorkerProcess(
                packages=self._packages,
                preload=self._preload,
                memory=self._memory,
                file_size=DEFAULT_FILE_SIZE,
                answer=DEFAULT_ANSWER,
                limit_address_space=self._limit_address_space,
            )
        except OSError as error:
            self._free.put(error)
            return
        with self._lock:
            self._alive.add(process)
        self._free.put(process)

    def _discard(self, process: WorkerProcess) -> None:
        """End a process and forget it."""
        process.remove()
        with self._lock:
            self._alive.discard(process)

    # ------------------------------------------------------------------------------------------- callers' threads

    def _take(self) -> WorkerProcess:
        """A process that no one else uses."""
        while True:
            if self._closed:
                raise UsageError("This sandbox has been closed. Make a new one.")
            try:
                found = self._free.get(timeout=_LOOK_AGAIN)
            except queue.Empty:
                continue
            if isinstance(found, WorkerProcess) and found.running:
                return found
            if isinstance(found, WorkerProcess):  # it ended while it had nothing to do: no fault of this file
                self._wanted.put(found)
                continue
            self._wanted.put(_Order.ANOTHER)
            raise SandboxError("The computer could not start another process. Close other programs and try again.")

    def _give_back(self, process: WorkerProcess) -> None:
        """Offer a healthy process to the next call; have any other replaced."""
        if process.clean:
            self._free.put(process)
        else:
            process.kill()
            self._wanted.put(process)
