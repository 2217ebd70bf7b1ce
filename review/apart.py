"""Work in a process of its own, so that it cannot hold up the pages: `python -m review.apart`, started by `Apart`.

The work, which is the application's own and no stranger's, comes pickled through standard input. What it says goes back, pickled,
through what was standard output: how far it is, and at last what it came to or in which words it was refused. Standard input
stays open for as long as the application lives; when it closes the work ends too, so that nothing outlives a killed server.
"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from domain.errors import CapError
from flows.children import end_process
from review.heavy import Advance
from review.sentences import on_a_page

END_SECONDS: Final = 5.0
NICE: Final = 10
"""By how much the work stands back where the processors are few: pages are waited for, work is not."""

Work = Callable[[Advance], Any]


@dataclass(frozen=True, slots=True)
class Advanced:
    """How far the work is."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the work could not be done, in the words of a page."""

    words: str


@dataclass(frozen=True, slots=True)
class Came:
    """What the work came to."""

    result: Any


Said = Advanced | Refused | Came


class Apart:
    """Work that runs in a process of its own from the start on."""

    def __init__(self, work: Work) -> None:
        # Pickled first: what cannot be sent must not leave a process behind.
        order = pickle.dumps(work)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "review.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
            # Ctrl+C at the terminal is for the server, which then ends this in its order.
            start_new_session=True,
        )
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it ended at once: `said` ends without a result
            self._process.stdin.write(order)
            self._process.stdin.flush()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def said(self) -> Iterator[Said]:
        """What the work says until its process ends; without `Refused` or `Came` at the end, it failed."""
        assert self._process.stdout is not None
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):  # it was ended, perhaps in mid-sentence
            while True:
                yield pickle.load(self._process.stdout)

    def end(self) -> None:
        """End the process where it still runs, and all that it started."""
        end_process(self._process, END_SECONDS)
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()


def main() -> None:
    """Do the work that comes through standard input."""
    to = _answers()
    work: Work = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    # So that folders for the time being are removed on the way out.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    if hasattr(os, "nice"):
        os.nice(NICE)
    speaking = threading.Lock()

    def say(said: Said) -> None:
        with speaking:
            pickle.dump(said, to)
            to.flush()

    try:
        said: Said = Came(work(lambda what, done, total: say(Advanced(what, done, total))))
    except CapError as error:
        said = Refused(on_a_page(error))
    say(said)


def _answers() -> IO[bytes]:
    """What was standard output, for our answers alone: what libraries print there goes to standard error."""
    to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return to


def _end_with_the_server() -> None:
    # Past Python's own buffer, whose lock a thread that waits would keep while the program ends.
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    # Under this name, and not as __main__, so that what is said is of the classes that the server knows.
    from review.apart import main as under_its_name

    under_its_name()
