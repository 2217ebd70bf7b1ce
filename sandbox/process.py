"""One worker process seen from the parent: started, asked, watched, killed."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from domain.errors import SandboxError
from sandbox.folders import Folder
from sandbox.memory import resident
from sandbox.outcomes import Crashed, Facts, TookTooLong, TookTooMuch
from sandbox.protocol import JSON, MIB, FrameError, Options, decode, encode, read_frame, write_frame

START_SECONDS = 120.0
"""How long a worker may take to import its modules on a slow and busy machine."""

_TICK = 0.05
_STDERR_KEPT = 4096
_KEPT_VARIABLES = (
    "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "WINDIR",
    "TESSDATA_PREFIX", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS",
)  # fmt: skip
_SIGNS_OF_MEMORY = ("MemoryError", "bad_alloc", "annot allocate memory", "ut of memory", "emory allocation")


class WorkerProcess:
    """A worker with its pipes, its folder and the threads that read from it. Used by one thread at a time."""

    def __init__(
        self,
        *,
        packages: Sequence[str],
        preload: Sequence[str],
        memory: int,
        file_size: int,
        answer: int,
        limit_address_space: bool = True,
    ) -> None:
        self._folder = Folder()
        self._memory = memory
        self._answer_limit = answer
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._stderr: deque[bytes] = deque()
        self._calls = 0
        self._resident_at_start = 0
        self._ready = False
        self._killed = False
        self.standing: tuple[str, ...] = ()
        self.clean = True
        options = Options(
            parent=os.getpid(),
            folder=str(self._folder.path),
            packages=tuple(packages),
            preload=tuple(preload),
            memory=memory,
            file_size=file_size,
            answer=answer,
            limit_address_space=limit_address_space,
        )
        try:
            self._popen = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", "sandbox.worker", options.to_json()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self._folder.path,
                env=_environment(self._folder.path),
                start_new_session=True,
            )
        except OSError:
            self._folder.remove()
            raise
        assert self._popen.stdout is not None
        assert self._popen.stderr is not None
        threading.Thread(target=self._read_answers, args=(self._popen.stdout,), daemon=True).start()
        threading.Thread(target=self._read_stderr, args=(self._popen.stderr,), daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._popen.pid

    @property
    def running(self) -> bool:
        """Whether the process still lives."""
        return self._popen.poll() is None

    def wait_ready(self) -> None:
        """Wait until the preloaded modules are imported. Raises SandboxError where that fails."""
        if self._ready:
            return
        self.clean = False
        answer = self._receive("start", START_SECONDS, time.monotonic())
        self.standing = tuple(map(str, _list(answer.get("ready"))))
        self._resident_at_start = resident(self.pid)
        self._ready = self.clean = True

    def call(self, function: str, arguments: Sequence[JSON], seconds: float) -> JSON:
        """The value of a function. Raises SandboxError, after which the process is dead and `clean` is False."""
        self.wait_ready()
        self.clean = False
        self._calls += 1
        began = time.monotonic()
        request: dict[str, JSON] = {
            "call": self._calls,
            "function": function,
            "arguments": list(arguments),
            "seconds": seconds,
        }
        threading.Thread(target=self._send, args=(encode(request),), daemon=True).start()
        answer = self._receive(function, seconds, began)
        if answer.get("call") != self._calls or "value" not in answer:
            raise self._crashed(Facts(function, "ProtocolError", "not the answer to this call"))
        self._folder.empty()
        # A worker that has kept much of its allowance would refuse the next file what the first one had.
        grown = resident(self.pid) - self._resident_at_start
        self.clean = grown < self._memory // 4
        return answer["value"]

    def kill(self) -> None:
        """End the process and everything in its group, now. Safe to call twice and from another thread."""
        self.clean = False
        if self._killed:  # its number may be another's by now
            return
        self._killed = True
        if sys.platform == "win32":
            self._popen.kill()
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)

    def remove(self) -> None:
        """Kill the process, wait for its end and remove its folder."""
        self.kill()
        self._popen.wait()
        assert self._popen.stdin is not None
        with contextlib.suppress(OSError):
            self._popen.stdin.close()
        self._folder.remove()

    # ------------------------------------------------------------------------------------------- the two pipes

    def _send(self, frame: bytes) -> None:
        """Write in a thread of its own: a worker that does not read must not hold the caller past its time."""
        assert self._popen.stdin is not None
        with contextlib.suppress(OSError, ValueError):  # the worker is gone; the reader notices
            write_frame(self._popen.stdin, frame)

    def _read_answers(self, pipe: IO[bytes]) -> None:
        """Hand on each frame; None at the end or at the first that is not one."""
        try:
            while (frame := read_frame(pipe, self._answer_limit)) is not None:
                self._answers.put(frame)
        except (FrameError, OSError, ValueError):
            self._stderr.append(b"the answer was over its limit or cut short\n")
        self._answers.put(None)

    def _read_stderr(self, pipe: IO[bytes]) -> None:
        """Keep the last that the process wrote there."""
        kept = 0
        while chunk := os.read(pipe.fileno(), _STDERR_KEPT):
            self._stderr.append(chunk)
            kept += len(chunk)
            while kept - len(self._stderr[0]) >= _STDERR_KEPT:
                kept -= len(self._stderr.popleft())
        pipe.close()

    # ------------------------------------------------------------------------------------------- waiting

    def _receive(self, function: str, seconds: float, began: float) -> dict[str, JSON]:
        """The next answer within `seconds` of `began` (monotonic), watching the memory meanwhile."""
        while True:
            left = began + seconds - time.monotonic()
            if left <= 0:
                self.kill()
                raise TookTooLong(seconds, self._facts(function, began))
            try:
                frame = self._answers.get(timeout=min(left, _TICK))
            except queue.Empty:
                self._watch(function, began)
                continue
            return self._open(frame, function, seconds, began)

    def _watch(self, function: str, began: float) -> None:
        """Kill the process when it holds too much: the only limit of memory where there is no RLIMIT_AS."""
        if self._ready and resident(self.pid) > max(self._memory, self._resident_at_start + self._memory // 2):
            self.kill()
            raise TookTooMuch(self._memory, self._facts(function, began))
        if self._popen.poll() is not None and self._answers.empty():
            # Something that the worker started may hold the pipe open after it.
            self._answers.put(None)

    def _open(self, frame: bytes | None, function: str, seconds: float, began: float) -> dict[str, JSON]:
        """The message in a frame, or the exception that it or its absence stands for."""
        if frame is None:
            raise self._dead(function, seconds, began)
        try:
            answer = decode(frame)
        except FrameError as error:
            raise self._crashed(self._facts(function, began, "ProtocolError", str(error))) from error
        if "error" not in answer:
            return answer
        kind, detail = str(answer["error"]), str(answer.get("detail", ""))
        facts = self._facts(function, began, kind, detail)
        if kind == "TimeoutError":
            self.kill()
            raise TookTooLong(seconds, facts)
        if kind == "MemoryError" or any(sign in detail or sign in facts.stderr for sign in _SIGNS_OF_MEMORY):
            self.kill()
            raise TookTooMuch(self._memory, facts)
        raise self._crashed(facts)

    def _dead(self, function: str, seconds: float, began: float) -> SandboxError:
        """Why the process ended without an answer, as well as can be told from outside."""
        killed_by_us = self._killed
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=1)
        self.kill()
        code = self._popen.returncode or 0
        kind = "Closed" if killed_by_us else _signal_name(code) if code < 0 else ""
        facts = self._facts(function, began, kind)
        if kind == "SIGXCPU":
            return TookTooLong(seconds, facts)
        if any(sign in facts.stderr for sign in _SIGNS_OF_MEMORY) or kind == "SIGKILL":  # the kernel's, not ours
            return TookTooMuch(self._memory, facts)
        return Crashed(facts)

    def _crashed(self, facts: Facts) -> Crashed:
        """Kill the process and say why."""
        self.kill()
        return Crashed(facts)

    def _facts(self, function: str, began: float, kind: str = "", detail: str = "") -> Facts:
        """What is known now; gives the last words on standard error a moment to arrive."""
        if kind:
            time.sleep(_TICK / 5)
        stderr = b"".join(tuple(self._stderr))[-_STDERR_KEPT:].decode("utf-8", "replace")
        return Facts(function, kind, detail, stderr, time.monotonic() - began)


def _environment(folder: Path) -> Mapping[str, str]:
    """What a worker inherits: where programs and our modules lie, how text is encoded, and a home of its own."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    home = str(folder)
    paths = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)
    return {
        **kept,
        **dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), home),
        "PYTHONPATH": paths,
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _signal_name(code: int) -> str:
    """The name of the signal that a negative return code stands for."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _list(value: JSON) -> list[JSON]:
    """A list out of a message, empty where something else came."""
    return list(value) if isinstance(value, list) else []


DEFAULT_MEMORY = 1024 * MIB
DEFAULT_FILE_SIZE = 256 * MIB
DEFAULT_ANSWER = 64 * MIB
