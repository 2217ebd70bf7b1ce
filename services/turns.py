"""One run at a time: whoever writes at length holds a lock on the outputs, and the next waits for it, or says whose turn it is."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from domain.errors import CannotWork
from domain.files import save
from plan.ledger import now
from services.house import make_folder
from services.settings import Settings

LOCK, HOLDER = ".turn", ".turn-of"
WAIT_SECONDS: Final = 3600.0
"""How long a run waits for another: the longest that a scheduled run over a large corpus is expected to take."""

Waiting = Callable[[str], None]


class SomebodyElse(CannotWork):
    """Another run is at work, and did not end in the time for which this one waited."""


@contextmanager
def turn(
    settings: Settings, what: str, *, wait: float = WAIT_SECONDS, waiting: Waiting = lambda words: None
) -> Iterator[None]:
    """Within it no other run writes to these outputs, of this program or another.

    what: what this run does, for those who meet it; wait: for how many seconds it waits for another; waiting: is told, once,
    whom it waits for. The lock goes with the process, however that ends. Raises `SomebodyElse`.
    """
    folder = make_folder(settings.outputs)
    lock = FileLock(folder / LOCK)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting(f"{_holder(folder)} Waiting until that has ended.")
            lock.acquire(timeout=wait, poll_interval=0.1)
    except Timeout as error:
        raise SomebodyElse(f"{_holder(folder)} Nothing was changed. Try again in a few minutes.") from error
    try:
        save(folder / HOLDER, json.dumps({"what": what, "process": os.getpid(), "since": now()}).encode())
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def at_work(settings: Settings) -> str:
    """Which run has its turn at this moment, in words; '' where none has."""
    lock = FileLock(settings.outputs / LOCK)
    if not (settings.outputs / LOCK).exists():
        return ""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _holder(settings.outputs)
    lock.release()
    return ""


def _holder(folder: Path) -> str:
    """Who has the turn, in a sentence. It may just have ended, or not yet have said what it does."""
    try:
        said = json.loads((folder / HOLDER).read_bytes())
        since = datetime.fromisoformat(said["since"]).astimezone().strftime("%H:%M")
        return f"Throughline is already busy: {said['what']}, since {since}."
    except (OSError, ValueError, KeyError, TypeError):
        return "Throughline is already busy."
