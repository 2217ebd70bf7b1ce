"""Forms that do something once, however often they are sent: twice by a double click, or again after Back.

Each carries a token of its own. What the first sending came to is kept until the application ends, and told to the others, which
wait for the first where it is still at work.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from starlette.responses import Response

from review.access import Sent, Visit
from review.rendering import go_to, tell

FIELD: Final = "once"
MOST_KEPT: Final = 5_000
LONGEST_TOKEN: Final = 64
AGAIN: Final = "This form had been sent already, and nothing was done twice."


@dataclass(frozen=True, slots=True)
class Done:
    """What a form came to: where it leads, and what is said there."""

    address: str
    words: str


@dataclass(slots=True)
class _Sending:
    lock: threading.Lock = field(default_factory=threading.Lock)
    done: Done | None = None


class Once:
    """What forms came to, by the person who sent them and their token."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], _Sending] = OrderedDict()
        self._lock = threading.Lock()

    def do(self, who: str, token: str, work: Callable[[], Done]) -> tuple[Done, bool]:
        """What a form came to, and whether that was done just now. Work that raises may be tried again."""
        with self._lock:
            sending = self._known.setdefault((who, token), _Sending())
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        with sending.lock:
            if sending.done is not None:
                return sending.done, False
            sending.done = work()
            return sending.done, True

    def done(self, who: str, token: str) -> Done | None:
        """What a form came to; None where it was not sent yet."""
        sending = self._known.get((who, token))
        return sending.done if sending is not None else None


def done_with(visit: Visit, token: str) -> Done | None:
    """What a person's form with this token came to; None where it was not sent yet."""
    return once_of(visit).done(visit.name, token)


def once_of(visit: Visit) -> Once:
    """Where the application keeps what forms came to."""
    once: Once = visit.request.app.state.once
    return once


def only_once(sent: Sent, work: Callable[[], Done]) -> Response:
    """Do what a form asks unless it was done already, and lead to what came of it.

    A form without a token, which none of our pages has, is taken as often as it is sent.
    """
    visit, token, button = sent.visit, sent.form.words(FIELD)[:LONGEST_TOKEN], sent.form.words("do")
    # Another button of the same form asks for something else.
    key = f"{token} {button}" if button else token
    done, now = once_of(visit).do(visit.name, key, work) if token else (work(), True)
    tell(visit, done.words if now else f"{AGAIN} {done.words}")
    return go_to(done.address)
