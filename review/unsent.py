"""What people typed into forms that could not be taken because they had been signed out: kept for them, in memory alone.

Whose a form is, is told by the word that it carries, which only the pages of one session have. What was typed is shown to that
person alone, once they are signed in again.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request

MOST_WORDS: Final = 10_000  # sessions' words that are remembered
MOST_KEPT: Final = 50
MOST_OF_ONE: Final = 5  # forms of one person
KEPT_SECONDS: Final = 12 * 3600.0
LONGEST: Final = 200_000  # characters of one form
PASSWORD: Final = "password"
FIELD: Final = "unsent"  # carries the key of a form that is sent after all
ADDRESS: Final = "/unsent/"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not taken: whose, to which address it went, from which page, its fields without the session's word."""

    who: str
    address: str
    page: str
    fields: tuple[tuple[str, str], ...]
    at: float


class UnsentForms:
    """Forms that could not be taken, by a key; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._kept: OrderedDict[str, Unsent] = OrderedDict()
        self._lock = threading.Lock()

    def belongs(self, form_word: str, who: str) -> None:
        """Remember whose the forms with this word are."""
        if self._owners.get(form_word) == who:
            return
        with self._lock:
            self._owners[form_word] = who
            while len(self._owners) > MOST_WORDS:
                self._owners.popitem(last=False)

    def owner(self, form_word: str) -> str | None:
        """Whose a form with this word is; None where that is not known."""
        return self._owners.get(form_word)

    def keep(self, who: str, address: str, page: str, fields: tuple[tuple[str, str], ...]) -> str:
        """Keep a form for a person; gives its key, or '' where there is too much of it."""
        if sum(len(name) + len(value) for name, value in fields) > LONGEST:
            return ""
        key = secrets.token_urlsafe(12)
        with self._lock:
            self._sweep()
            theirs = [known for known, form in self._kept.items() if form.who == who]
            for old in theirs[: max(0, len(theirs) - MOST_OF_ONE + 1)]:
                del self._kept[old]
            self._kept[key] = Unsent(who, address, page, fields, self._clock())
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return key

    def known(self, key: str) -> bool:
        """Whether there is a form under a key."""
        return key in self._kept

    def of(self, who: str, key: str) -> Unsent | None:
        """A form of this person; None where there is none."""
        with self._lock:
            self._sweep()
            found = self._kept.get(key)
        return found if found is not None and found.who == who else None

    def forget(self, who: str, key: str) -> None:
        """Drop a form of this person."""
        with self._lock:
            if key in self._kept and self._kept[key].who == who:
                del self._kept[key]

    def _sweep(self) -> None:
        oldest = self._clock() - KEPT_SECONDS
        for key in [key for key, form in self._kept.items() if form.at < oldest]:
            del self._kept[key]


def keep_what_was_typed(request: Request, data: FormData, form_word: str, *, owner: str | None = None) -> str:
    """Keep a form for the person whose session it was made for; gives where they find it, '' where that cannot be.

    form_word: the name of the field with the session's word; owner: keep it only if it is this person's. One with a password is
    not kept: it would be shown.
    """
    unsent: UnsentForms = request.app.state.unsent
    who = unsent.owner(str(data.get(form_word, "")))
    if who is None or (owner is not None and who != owner) or PASSWORD in data:
        return ""
    fields = tuple(
        (name, value) for name, value in data.multi_items() if isinstance(value, str) and name not in (form_word, FIELD)
    )
    key = unsent.keep(who, request.url.path, page_of(request), fields)
    return ADDRESS + key if key else ""


def page_of(request: Request) -> str:
    """The page of ours from which a form was sent; Home where the browser does not say."""
    parts = urlsplit(request.headers.get("referer", ""))
    if parts.netloc != request.headers.get("host", "") or not parts.path.startswith("/"):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")
