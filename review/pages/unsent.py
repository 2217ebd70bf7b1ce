"""A form that could not be taken because its person had been signed out: shown to them again, to be sent after all."""

from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotFound
from domain.states import Role
from plan.import_rows import field_name
from review.access import Sent, Visit, seeing, sending
from review.once import FIELD
from review.rendering import go_to, render, tell
from review.unsent import UnsentForms

router = APIRouter()
MACHINERY: Final = (FIELD, "do", "from", "number")
"""Fields that say what a form does, rather than what a person typed."""


@dataclass(frozen=True, slots=True)
class UnsentPage:
    """What was typed, by the names of its fields. fields: all of the form, as they are sent again."""

    template: ClassVar[str] = "unsent.html"
    title: ClassVar[str] = "Not saved yet"
    key: str
    address: str
    came_from: str
    typed: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]


@router.get("/unsent/{key}")
def unsent(key: str, visit: Visit = seeing(Role.VIEWER)) -> Response:
    """What was typed."""
    found = _forms(visit).of(visit.name, key)
    if found is None:
        raise NotFound("Nothing that you typed is kept here any more.")
    typed = tuple(
        (field_name(name), value)
        for name, value in found.fields
        if value and name not in MACHINERY and not name.startswith("seen_")
    )
    return render(visit, UnsentPage(key, found.address, found.page, typed, found.fields))


@router.post("/unsent/{key}/forget")
def forget(key: str, sent: Sent = sending(Role.VIEWER)) -> Response:
    """Drop what was typed."""
    _forms(sent.visit).forget(sent.visit.name, key)
    tell(sent.visit, "What you had typed is dropped.")
    return go_to("/")


def _forms(visit: Visit) -> UnsentForms:
    forms: UnsentForms = visit.request.app.state.unsent
    return forms
