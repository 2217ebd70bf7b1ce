"""Figures that take long to compute, kept until the plan changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from plan.ledger import today
from plan.overview import standing
from review.access import Visit

T = TypeVar("T")
MOST_KEPT: Final = 200


class Memory:
    """Remembers values under a key for as long as the plan and the day are the same."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, visit: Visit, key: Hashable, make: Callable[[], T], mark: Hashable = None) -> T:
        """The value under a key for what this person may see, made where it is not known or the plan has changed.

        mark: what stands for the plan where a value does not depend on all of it.
        """
        if mark is None:
            mark = (standing(visit.house.existing_plan()), today())
        whole = (visit.audience, key)
        with self._lock:
            known = self._known.get(whole)
        if known is not None and known[0] == mark:
            value: T = known[1]
            return value
        value = make()
        with self._lock:
            self._known[whole] = (mark, value)
            self._known.move_to_end(whole)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return value


def recall(visit: Visit, key: Hashable, make: Callable[[], T], mark: Hashable = None) -> T:
    """`Memory.recall` of the application that serves this visit."""
    memory: Memory = visit.request.app.state.memory
    return memory.recall(visit, key, make, mark)
