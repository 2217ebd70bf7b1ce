"""Work in steps, done in a copy of this process: a step that hangs or kills it costs that step, and not the whole.

`in_a_copy` runs a function in a fork. The function says with `enter` which step it begins. Where a step takes too long, or ends
the copy in a crash, for want of memory or in an exception, the function is run again in another copy, in which `enter` answers
for that step that it is to be left out. With `offer` the function says what shall be answered if what follows fails.

Where there is no copy (no limit of time, or a system without a cheap fork), every step is taken and nothing is caught.
"""

import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

from sandbox import deadline
from sandbox.confine import die_with
from sandbox.protocol import JSON, FrameError, decode, encode, read_frame, write_frame

MOST_LEFT_OUT = 4  # steps; a file that needs more is given up
SHARE_OF_A_STEP = 0.2  # of the time of the whole call: what a step may take
SHARE_OF_ALL = 0.93  # of the same: what is not done by then is not waited for
_FRAME = 1 << 30
_LATE = "TimeoutError"


Answer = dict[str, Any]


class StepFailed(Exception):
    """The work failed in a step, and there is nothing to answer with: `kind` is an exception's or a signal's name."""

    def __init__(self, step: str, kind: str) -> None:
        super().__init__(f"{kind} in the step: {step}" if step else f"{kind} before any step")
        self.step, self.kind = step, kind


@dataclass(slots=True)
class _Copy:
    """What is known of the copy that runs; in the copy itself, where it reports to and what it leaves out."""

    to: IO[bytes] | None = None
    left_out: set[str] = field(default_factory=set)


_HERE = _Copy()


def enter(step: str, *, patient: bool = False) -> bool:
    """Say which step begins; False where it is to be left out. A `patient` step may take all the time there is."""
    if step in _HERE.left_out:
        return False
    if _HERE.to is not None:
        write_frame(_HERE.to, encode({"step": step, "patient": patient}))
    return True


def offer(value: Callable[[], Answer]) -> None:
    """Say what shall be answered if what follows fails; asked for only where it may be needed."""
    if _HERE.to is not None:
        write_frame(_HERE.to, encode({"offer": value()}))


def in_a_copy(work: Callable[[], Answer]) -> Answer:
    """The answer of `work`. Raises StepFailed, MemoryError or TimeoutError where it fails in one step twice or too often."""
    if sys.platform != "linux" or deadline.left() == float("inf"):
        return work()
    left_out: set[str] = set()
    while True:
        try:
            return _run(work, left_out)
        except StepFailed as failed:
            again = failed.step and failed.step not in left_out and len(left_out) < MOST_LEFT_OUT
            if again and deadline.left(SHARE_OF_ALL) > 0:
                left_out.add(failed.step)
            elif failed.kind == "MemoryError":
                raise MemoryError(str(failed)) from failed
            elif failed.kind == _LATE:
                raise TimeoutError(str(failed)) from failed
            else:
                raise


def _run(work: Callable[[], Answer], left_out: set[str]) -> Answer:
    """Run the work in one copy: its answer, or what it offered. Raises StepFailed."""
    coming, going = os.pipe()
    parent = os.getpid()
    copy = os.fork()
    if copy == 0:
        os.close(coming)
        _serve(work, left_out, going, parent)
    os.close(going)
    try:
        return _follow(copy, coming)
    finally:
        os.close(coming)


def _serve(work: Callable[[], Answer], left_out: set[str], going: int, parent: int) -> None:
    """In the copy: do the work, answer, and end without any of the parent's clearing up."""
    try:
        die_with(parent)
        with os.fdopen(going, "wb") as pipe:
            _HERE.to, _HERE.left_out = pipe, left_out
            try:
                answer = {"value": work()}
            except BaseException as error:
                traceback.print_exc()
                write_frame(pipe, encode({"error": type(error).__name__}))
                raise
            write_frame(pipe, encode(answer))
    finally:
        os._exit(0)


@dataclass(frozen=True, slots=True)
class _Pipe:
    """The end of a pipe from which just as much is read as is asked for, so that `select` tells of all the rest."""

    number: int

    def read(self, size: int) -> bytes:
        """`size` bytes, fewer where the other end was closed."""
        out = b""
        while len(out) < size and (piece := os.read(self.number, size - len(out))):
            out += piece
        return out


def _follow(copy: int, coming: int) -> Answer:
    """Read what the copy says until it ends or takes too long."""
    step, kind, patient = "", "", False
    offered: Answer | None = None
    try:
        while True:
            wait = deadline.left(SHARE_OF_ALL) if patient else min(_allowed(), deadline.left(SHARE_OF_ALL))
            if not select.select([coming], [], [], max(wait, 0.0))[0]:
                kind = _LATE
                break
            frame = read_frame(_Pipe(coming), _FRAME)
            if frame is None:
                os.waitid(os.P_PID, copy, os.WEXITED | os.WNOWAIT)
                break
            said = decode(frame)
            if "value" in said:
                return _answer(said["value"])
            if "offer" in said:
                offered = _answer(said["offer"])
            elif "error" in said:
                kind = str(said["error"])
            else:
                step, patient = str(said["step"]), bool(said["patient"])
    except FrameError:
        kind = "FrameError"
    finally:
        status = _end(copy)
    if offered is not None:
        return offered
    raise StepFailed(step, kind or (signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "Ended"))


def _answer(value: JSON) -> Answer:
    """What the copy answers. Raises FrameError where it is no object."""
    if not isinstance(value, dict):
        raise FrameError("not an object")
    return value


def _allowed() -> float:
    """Seconds that an ordinary step may take."""
    return SHARE_OF_A_STEP * (deadline.left(1.0) - deadline.left(0.0))


def _end(copy: int) -> int:
    """End a copy, if it has not ended, and wait until it has; how it ended."""
    ended, status = os.waitpid(copy, os.WNOHANG)
    if ended == 0:
        os.kill(copy, signal.SIGKILL)
        status = os.waitpid(copy, 0)[1]
    return status
