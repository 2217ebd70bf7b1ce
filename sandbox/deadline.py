"""How much of its time a call has used: asked by a function that would rather stop by itself than be killed.

Set by the worker before each call. Where nothing was set, in a process that nobody will kill, there is all the time.
"""

import math
import time

_ALLOWED = [-math.inf, math.inf]
"""When the call began (by the monotonic clock) and how many seconds it may take."""


def begin(seconds: float) -> None:
    """A call begins that may take so many seconds."""
    _ALLOWED[:] = time.monotonic(), seconds


def forget() -> None:
    """The call is over."""
    _ALLOWED[:] = -math.inf, math.inf


def left(share: float = 1.0) -> float:
    """Seconds until this share of the time of the call is used; negative where it is, infinite where nothing limits it."""
    began, seconds = _ALLOWED
    return math.inf if math.isinf(seconds) else began + share * seconds - time.monotonic()
