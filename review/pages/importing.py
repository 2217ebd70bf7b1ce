"""Bringing in an action plan, an edited export or an agency's workbook: a preview first, then all of it or nothing."""

import secrets
import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotFound, UsageError
from domain.states import Role
from plan.import_rows import Preview, Verdict, taken_in_part
from plan.importing import PastImport
from review.access import Sent, Visit, seeing, sending
from review.once import Done, once_of
from review.rendering import go_to, render, tell
from review.uploads import forget, new_folder, save_uploads
from services import importing
from services.importing import Looked

router = APIRouter()
MOST_KEPT: Final = 20
MOST_SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The form, and the imports there have been. told: what became of a preview that was agreed to before."""

    template: ClassVar[str] = "import.html"
    title: ClassVar[str] = "Bring in a plan or an agency's update"
    past: tuple[PastImport, ...]
    told: str = ""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What importing a file would do. key: by which it is found again when the person agrees."""

    template: ClassVar[str] = "import_preview.html"
    title: ClassVar[str] = "What this file would change"
    key: str
    looked: Looked
    rows: tuple[Preview, ...]
    more: int
    numbers: tuple[tuple[str, int], ...]
    in_part: str


class Waiting:
    """Previews that somebody may still agree to, of each person their own."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[str, Looked]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, who: str, looked: Looked) -> str:
        """Keep a preview; gives its key."""
        key = secrets.token_hex(8)
        with self._lock:
            self._known[key] = (who, looked)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return key

    def take(self, who: str, key: str) -> Looked:
        """A preview of this person, once. Raises `NotFound`."""
        with self._lock:
            found = self._known.get(key)
            if found is None or found[0] != who:
                raise NotFound(
                    "This preview is not kept any more. Past imports say whether it was imported; if it was not, choose the file again."
                )
            del self._known[key]
            return found[1]


@router.get("/import")
def form(visit: Visit = seeing(Role.LEAD)) -> Response:
    """The form."""
    return render(visit, ImportPage(importing.past_imports(visit.house)))


@router.post("/import")
def look(sent: Sent = sending(Role.LEAD)) -> Response:
    """Read the file and show what it would change."""
    visit, form = sent.visit, sent.form
    folder = new_folder(visit.house.settings)
    try:
        files = save_uploads(folder, form.files("plan"))
        if len(files) > 1:
            raise UsageError("Bring in one file at a time: each has its own preview.")
        looked = importing.look(visit.house, files[0], published=form.ticked("published"), dated=form.day("dated"))
    finally:
        forget(folder)
    waiting: Waiting = visit.request.app.state.previews
    key = waiting.keep(visit.name, looked)
    told = [row for row in looked.rows if row.verdict is not Verdict.UNCHANGED]
    numbers = Counter(row.verdict for row in looked.rows)
    page = PreviewPage(
        key, looked, tuple(told[:MOST_SHOWN]), max(0, len(told) - MOST_SHOWN),
        tuple((verdict.words, numbers[verdict]) for verdict in Verdict), taken_in_part(looked.rows),
    )  # fmt: skip
    return render(visit, page)


@router.post("/import/{key}")
def take(key: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Write what the preview showed."""
    visit = sent.visit
    waiting: Waiting = visit.request.app.state.previews

    def work() -> Done:
        done = importing.take(visit.house, waiting.take(visit.name, key))
        came = f"Import {done.number}: {len(done.new)} new, {len(done.changed)} changed. It can be undone below."
        return Done("/import", came)

    done, now = once_of(visit).do(visit.name, f"import {key}", work)
    if not now:
        # The preview is gone, but what became of it is what its person wants to know.
        told = f"You have imported this already, and nothing was written twice. {done.words}"
        return render(visit, ImportPage(importing.past_imports(visit.house), told), status=404)
    tell(visit, done.words)
    return go_to(done.address)


@router.post("/imports/{number}/undo")
def undo(number: int, sent: Sent = sending(Role.LEAD)) -> Response:
    """Take an import back."""
    refs = importing.take_back(sent.visit.house, number)
    tell(
        sent.visit,
        f"Import {number} is undone: {len(refs)} action{' is' if len(refs) == 1 else 's are'} as before it.",
    )
    return go_to("/import")
