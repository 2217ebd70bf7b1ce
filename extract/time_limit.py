"""A limit of time for work written in Python that a hostile file may send round in a circle."""

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AGAIN = 0.5  # seconds: a library may have caught the exception with all others, and gone on


class OutOfTime(Exception):
    """The work within `at_most` ran past its time."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in this thread, from within the block, once `seconds` have passed, and again until it is heard.

    Works between two steps of Python: a loop within a library's C code is not interrupted.
    """
    if math.isinf(seconds):
        yield
        return
    if seconds <= 0:
        raise OutOfTime
    lock, over = threading.Lock(), threading.Event()
    here = ctypes.c_ulong(threading.get_ident())

    def ring() -> None:
        wait = seconds
        while not over.wait(wait):
            with lock:
                if not over.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(here, ctypes.py_object(OutOfTime))
            wait = AGAIN

    bell = threading.Thread(target=ring, daemon=True)
    bell.start()
    try:
        try:
            yield
        finally:
            over.set()
    finally:  # where the bell rang in between
        with lock:
            over.set()
            # It may not have arrived yet, and must not later.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(here, None)
        bell.join()
