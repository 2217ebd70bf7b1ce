"""Programs that the schedule keeps going: started, started again where they end, their words in a log, ended with it."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

from flows.settings import turned_over

LONGEST_PAUSE: Final = 60.0
WELL_AFTER: Final = 60.0
END_SECONDS: Final = 30.0


def end_process(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Ask a process of ours to end, and see to it after so many seconds."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Child:
    """A Python module that runs as a program of its own until `end`.

    environment: variables on top of ours; log: where its words go, by a logger of the schedule.
    """

    def __init__(
        self, name: str, module: str, arguments: list[str], environment: Mapping[str, str], log: logging.Logger
    ) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "flows.minded", str(os.getpid()), module, *arguments]
        self._environment = environment
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._next = 0.0
        self._pause = 1.0

    @property
    def running(self) -> bool:
        """Whether it lives at this moment."""
        return self._process is not None and self._process.poll() is None

    def mind(self) -> None:
        """Start it where it does not run, after a pause that grows while it keeps ending."""
        if self.running:
            if time.monotonic() - self._started > WELL_AFTER:
                self._pause = 1.0
            return
        ended = self._process is not None
        if ended and self._next == 0.0:
            self._log.warning("%s ended; it is started again in %g seconds", self.name, self._pause)
            self._next = time.monotonic() + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        if time.monotonic() >= self._next:
            self._start()

    def end(self) -> None:
        """Ask it to end, and see to it."""
        if self._process is None or not self.running:
            return
        end_process(self._process, END_SECONDS)

    def _start(self) -> None:
        self._started, self._next = time.monotonic(), 0.0
        self._process = subprocess.Popen(
            self._command,
            env={**os.environ, **self._environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Ctrl+C at the terminal is for the schedule, which then ends these in their order.
            start_new_session=True,
        )
        assert self._process.stdout is not None
        threading.Thread(target=self._hear, args=(self._process.stdout,), daemon=True).start()

    def _hear(self, words: IO[bytes]) -> None:
        for line in words:
            self._log.info("%s: %s", self.name, line.decode("utf-8", "replace").rstrip())


def schedule_log(file: Path) -> logging.Logger:
    """The logger of the schedule: into a file that is turned over before it grows large."""
    logger = logging.getLogger("throughline.schedule")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    logger.addHandler(turned_over(file))
    return logger
