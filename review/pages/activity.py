"""The audit trail: who or which model did what, when and why."""

from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import Response

from domain.records import Event
from domain.states import Role
from plan import trail
from review.access import Visit, seeing
from review.paging import Paging, paging
from review.rendering import render

router = APIRouter()
SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """Events, the latest first. kinds, people: what there is to narrow by."""

    template: ClassVar[str] = "activity.html"
    title: ClassVar[str] = "Activity"
    events: tuple[Event, ...]
    paging: Paging
    chosen: dict[str, str]
    kinds: tuple[str, ...]
    people: tuple[str, ...]


@router.get("/activity")
def activity(
    visit: Visit = seeing(Role.LEAD), what: str = "", who: str = "", subject: str = "", page: int = 1
) -> Response:
    """The trail."""
    plan = visit.house.existing_plan()
    chosen = {"what": what, "who": who, "subject": subject}
    narrowed = {name: words.strip() or None for name, words in chosen.items()}
    total = trail.count_events(plan, audience=visit.audience, **narrowed)
    where = paging("/activity", chosen, total, page, SIZE)
    events = trail.events(plan, audience=visit.audience, limit=SIZE, offset=max(0, where.first - 1), **narrowed)
    kinds, people = trail.event_words(plan, audience=visit.audience)
    return render(visit, ActivityPage(events, where, chosen, kinds, people))
