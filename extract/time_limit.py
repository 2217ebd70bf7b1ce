"""A limit of time for a parser written in Python that a damaged file may send round in a circle."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(Exception):
    """The work within `at_most` ran past its time."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in this thread, from within the block, once `seconds` have passed.

    Works between two steps of Python: a loop within a library's C code is not interrupted.
    """
    lock, state = threading.Lock(), {"over": False, "raised": False}
    here = ctypes.c_ulong(threading.get_ident())

    def ring() -> None:
        with lock:
            if not state["over"]:
                state["raised"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(here, ctypes.py_object(OutOfTime))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            state["over"] = True
            if state["raised"]:  # it may not have arrived yet, and must not later
                ctypes.pythonapi.PyThreadState_SetAsyncExc(here, None)
        timer.cancel()
