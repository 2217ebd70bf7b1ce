"""Figures that take long to compute, kept until the plan changes."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from plan.ledger import today
from plan.overview import shown, standing
from review.access import Visit

T = TypeVar("T")
MOST_KEPT: Final = 200
SLOW: Final = 0.3  # seconds: what took longer may be a little old where a page says so
A_LITTLE: Final = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class _Kept:
    mark: Hashable
    shown: Hashable
    value: Any
    cost: float
    made: float


class Memory:
    """Remembers values under a key for as long as the plan and the day are the same; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def recall(
        self, visit: Visit, key: Hashable, make: Callable[[], T], *, mark: Hashable = None, lately: bool = False
    ) -> T:
        """The value under a key for what this person may see, made where it is not known or the plan has changed.

        mark: what stands for the plan where a value does not depend on all of it; lately: a value that takes long to
        make may be up to a minute old, but is made anew at once when a review is shown to others than before.
        """
        plan = visit.house.existing_plan()
        now = (standing(plan), today()) if mark is None else mark
        seen = (shown(plan), today())
        whole = (visit.audience, key)
        with self._lock:
            known = self._known.get(whole)
        if known is not None and (known.mark == now or (lately and self._is_good_enough(known, seen))):
            value: T = known.value
            return value
        begun = self._clock()
        value = make()
        ended = self._clock()
        with self._lock:
            self._known[whole] = _Kept(now, seen, value, ended - begun, ended)
            self._known.move_to_end(whole)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return value

    def _is_good_enough(self, known: _Kept, seen: Hashable) -> bool:
        return known.shown == seen and known.cost > SLOW and self._clock() - known.made < A_LITTLE


def recall(visit: Visit, key: Hashable, make: Callable[[], T], *, mark: Hashable = None, lately: bool = False) -> T:
    """`Memory.recall` of the application that serves this visit."""
    memory: Memory = visit.request.app.state.memory
    return memory.recall(visit, key, make, mark=mark, lately=lately)
