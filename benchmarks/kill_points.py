"""Work in a process that can be killed: it counts the calls by which something reaches the disk, and may end at one of them.

A moment of wall time seldom meets the narrow windows between two writes. So every call that makes, renames, flushes or
removes a file of the work, and every beginning and end of a transaction, is a point with a number, and a process can be
told to kill itself, with all of its group, at the point of a given number. What the process does at each moment stands in
memory that it shares with the one that started it, and is still there when it is gone.
"""

import ctypes
import mmap
import os
import signal
import sqlite3
import struct
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
BOARD = 4096
LOW = ("plan/ledger", "plan/schema", "plan/backup", "publish/files", "learning/artefacts")
"""Modules that write for others: a point is named after who asked them."""

WRITING = frozenset(("INSERT", "UPDATE", "DELETE", "REPLACE"))
ENDING = frozenset(("COMMIT", "ROLLBACK"))
_DIE_WITH_PARENT = 1  # Linux: PR_SET_PDEATHSIG


class Board:
    """How many points a process has passed, and the name of the last: in shared memory."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, BOARD)

    def write(self, count: int, name: str) -> None:
        """Note a point."""
        word = name.encode()[: BOARD - 16]
        self._memory[: 12 + len(word)] = struct.pack("<QI", count, len(word)) + word

    def read(self) -> tuple[int, str]:
        """The number and the name of the last point; 0 and "beginning" before the first."""
        count, length = struct.unpack("<QI", self._memory[:12])
        return count, self._memory[12 : 12 + length].decode("utf-8", "replace") or "beginning"


class Points:
    """Counts the points of this process from `arm` on, and kills it at one of them."""

    def __init__(self, board: Board, folder: Path, at: int | None) -> None:
        self._board, self._folder, self._at = board, str(folder), at
        self._count, self._lock = 0, threading.Lock()

    def passed(self, what: str, frame: FrameType | None) -> None:
        """One more point; at the last that was asked for, everything ends."""
        with self._lock:
            self._count += 1
            self._board.write(self._count, f"{_asker(frame)}: {what}")
            if self._count == self._at:
                os.killpg(os.getpgrp(), signal.SIGKILL)
                time.sleep(60)

    def _ours(self, given: object) -> bool:
        """Whether a path is of the work: a name relative to an open folder is, being one of a folder that goes."""
        if not isinstance(given, str | Path):
            return False
        return not Path(given).is_absolute() or str(given).startswith(self._folder)

    def _counted(self, name: str, call: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
        def counted(*given: object, **more: object) -> object:
            ours = name == "fsync" or (given and self._ours(given[0]))
            if ours:
                self.passed(f"before {name}", sys._getframe(1))
            answer = call(*given, **more)
            if ours and after:
                self.passed(f"after {name}", sys._getframe(1))
            return answer

        return counted

    def arm(self) -> None:
        """From here on, in this process, count. Not to be undone: the process is made for it."""
        for name, after in (
            ("replace", True), ("rename", True), ("fsync", False), ("unlink", False), ("remove", False), ("mkdir", False),
            ("rmdir", False),
        ):  # fmt: skip
            setattr(os, name, self._counted(name, getattr(os, name), after=after))
        connect, points = sqlite3.connect, self

        class Counting(sqlite3.Connection):
            """A connection whose transactions are points."""

            def execute(self, sql: str, *given: object) -> sqlite3.Cursor:
                word = sql.lstrip()[:9].split(" ")[0].upper()
                alone = word in WRITING and not self.in_transaction
                if word in ENDING or word == "BEGIN" or alone:
                    points.passed(f"before {word}", sys._getframe(1))
                cursor = super().execute(sql, *given)
                if word == "COMMIT" or alone:
                    points.passed(f"after {word}", sys._getframe(1))
                return cursor

            def backup(self, *given: object, **more: object) -> None:
                points.passed("before copying", sys._getframe(1))
                super().backup(*given, **more)

        def connected(file: str | Path, *given: object, **more: object) -> sqlite3.Connection:
            return connect(file, *given, **{"factory": Counting, **more})

        sqlite3.connect = connected
        sys.addaudithook(self._opening)

    def _opening(self, event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(given[1], str) and set(given[1]) & set("wxa+") and self._ours(given[0]):
            self.passed("before opening", sys._getframe(1))


def _asker(frame: FrameType | None) -> str:
    """The module and function of ours that wants something written."""
    low = ""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(str(ROOT)) and "/.venv/" not in file and "/benchmarks/" not in file:
            module = file[len(str(ROOT)) + 1 : -3]
            named = f"{module} {frame.f_code.co_name}"
            if module not in LOW:
                return named
            low = low or named
        frame = frame.f_back
    return low or "a library"


@dataclass(slots=True)
class Run:
    """A process at work. board: how far it has come; status: its exit code once it has ended, a signal's number below zero."""

    pid: int
    board: Board
    status: int | None = None

    def kill(self) -> None:
        """End it with all of its group."""
        for kill in (os.killpg, os.kill):
            try:
                kill(self.pid, signal.SIGKILL)
                return
            except ProcessLookupError:
                continue

    def over(self) -> bool:
        """Whether it has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def wait(self, seconds: float) -> int:
        """Its exit code; a signal's number below zero. It is killed, and the wait fails, after so many seconds."""
        end = time.monotonic() + seconds
        while not self.over():
            if time.monotonic() > end:
                self.kill()
                raise TimeoutError(f"the work did not end within {seconds:g} seconds; last: {self.board.read()[1]}")
            time.sleep(0.005)
        assert self.status is not None
        return self.status


def started(work: Callable[[], int], folder: Path, environment: dict[str, str], *, at: int | None = None) -> Run:
    """Begin work in a process of its own, with a group of its own, in `folder`; what it says lands in its files out and err.

    at: the number of the point at which it kills itself. The process is a copy of this one, with all that is imported,
    which must have no second thread.
    """
    board = Board()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    pid = os.fork()
    if pid:
        return Run(pid, board)
    code = 70
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        _settle(folder, environment)
        Points(board, folder, at).arm()
        code = work()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  whatever it is, it is told, and the copy of the harness must not go on
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _settle(folder: Path, environment: dict[str, str]) -> None:
    os.chdir(folder)
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    for name in [n for n in os.environ if n.startswith(("CAP_", "PREFECT_HOME"))]:
        del os.environ[name]
    os.environ.update(environment, TMPDIR=str(temporary))
    tempfile.tempdir = None
    for name, descriptor in (("out", 1), ("err", 2)):
        opened = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = Path(os.devnull).open()
    sys.stdout, sys.stderr = os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)
