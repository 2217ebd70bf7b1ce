"""The process in which a stranger's file is read: `python -m sandbox.worker OPTIONS`.

Calls come in through standard input and answers go out through standard output; both are moved out of reach before
anything else happens, so that what a library prints lands in standard error and cannot be taken for an answer. A call
that ends in an exception is reported and ends the process: no state of a failed file meets the next one.
"""

import gc
import importlib
import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO

from domain.errors import UsageError
from sandbox import deadline
from sandbox.confine import confine, die_with, limit_processor, limit_resources
from sandbox.protocol import JSON, FrameError, Options, decode, encode, read_frame, write_frame

_REQUEST_LIMIT = 1 << 30
_DETAIL = 2000


def main(options: Options) -> None:
    """Serve calls until the parent closes the pipe."""
    requests, answers = _take_pipes()
    sys.excepthook = _Reporter(answers)
    standing = confine(Path(options.folder))  # before any import that starts threads: they would be left outside
    die_with(options.parent)  # after confine: a change of credentials clears it
    for module in options.preload:
        importlib.import_module(module)
    _collect_rarely()
    limit_resources(options.memory, options.file_size, address_space=options.limit_address_space)
    write_frame(answers, encode({"ready": standing}))
    while (frame := read_frame(requests, _REQUEST_LIMIT)) is not None:
        _serve(decode(frame), options, answers)


def _collect_rarely() -> None:
    """Let the collector of cycles look more rarely, and never at what is imported.

    What is imported lives as long as the process, and a page's records refer to nothing back: looking them over again and again
    takes a fiftieth of the time and finds nothing. Memory has its limit all the same.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def resolve(function: str, packages: tuple[str, ...]) -> Callable[..., JSON]:
    """The function that a name such as "extract.document:read" means, when one of `packages` defines it publicly.

    Raises UsageError for any other name.
    """
    module_name, _, name = function.partition(":")
    if module_name.partition(".")[0] not in packages or not name.isidentifier() or name.startswith("_"):
        raise UsageError(f"The sandbox runs only public functions of {', '.join(packages)}, not {function}.")
    found = getattr(importlib.import_module(module_name), name, None)
    if not inspect.isfunction(found) or found.__module__ != module_name:
        raise UsageError(f"The sandbox knows no function {function}.")
    return found


def _serve(request: dict[str, JSON], options: Options, answers: IO[bytes]) -> None:
    """Run one call and send its value."""
    number, function, arguments, seconds = (request[key] for key in ("call", "function", "arguments", "seconds"))
    assert isinstance(function, str)
    assert isinstance(arguments, list)
    assert isinstance(seconds, int | float)
    limit_processor(seconds)
    deadline.begin(seconds)
    value = resolve(function, options.packages)(*arguments)
    answer = encode({"call": number, "value": value})
    if len(answer) > options.answer:
        raise FrameError(f"an answer of {len(answer)} bytes is over the limit of {options.answer}")
    deadline.forget()
    write_frame(answers, answer)


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Keep the two pipes under private numbers; leave nothing to read and standard error to write."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


class _Reporter:
    """An excepthook that tells the parent how a call ended; the process then ends too."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers

    def __call__(self, kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        """Send the exception's type and message."""
        write_frame(self._answers, encode({"error": kind.__name__, "detail": str(error)[:_DETAIL]}))


if __name__ == "__main__":
    main(Options.from_json(sys.argv[1]))
