"""Wrong passwords cost time: more with every one, for whoever sends them, and for nobody else.

What counts is the place from which they come together with the name, and that place alone. A name by itself is never
locked: whoever knows a colleague's name could keep that colleague out.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FREE_TRIES: Final = 5
FREE_TRIES_OF_A_PLACE: Final = 20
FIRST_WAIT: Final = 2.0  # seconds, doubled with every further wrong password
LONGEST_WAIT: Final = 900.0
FORGOTTEN_AFTER: Final = 3600.0
MOST_KEPT: Final = 10_000


@dataclass(slots=True)
class _Tries:
    wrong: int = 0
    last: float = 0.0


class Throttle:
    """Counts wrong passwords; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[tuple[str, str], _Tries] = {}
        self._lock = threading.Lock()

    def wait(self, place: str, name: str) -> float:
        """Seconds until a password for this name from this place is looked at; 0: at once."""
        with self._lock:
            return max(
                self._left((place, name.strip().casefold()), FREE_TRIES), self._left((place, ""), FREE_TRIES_OF_A_PLACE)
            )

    def wrong(self, place: str, name: str) -> None:
        """Count a wrong password."""
        with self._lock:
            self._forget()
            for key in ((place, name.strip().casefold()), (place, "")):
                tries = self._tries.setdefault(key, _Tries())
                tries.wrong, tries.last = tries.wrong + 1, self._clock()

    def right(self, place: str, name: str) -> None:
        """Forget the wrong ones for this name from this place. Those of the place stay: one right name excuses no others."""
        with self._lock:
            self._tries.pop((place, name.strip().casefold()), None)

    def _left(self, key: tuple[str, str], free: int) -> float:
        tries = self._tries.get(key)
        if tries is None or tries.wrong < free:
            return 0.0
        # Two to the thirtieth is beyond the longest wait in any case.
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries.wrong - free, 30))
        left: float = tries.last + wait - self._clock()
        return max(0.0, left)

    def _forget(self) -> None:
        now = self._clock()
        if len(self._tries) >= MOST_KEPT:
            oldest = sorted(self._tries, key=lambda key: self._tries[key].last)
            for key in oldest[: MOST_KEPT // 2]:
                del self._tries[key]
        for key in [key for key, tries in self._tries.items() if now - tries.last > FORGOTTEN_AFTER]:
            del self._tries[key]
