"""Recommendations that wait for the board: adopt, join, accept in part, decline or send on."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import Response

from domain.records import ActionRow, RecommendationRow
from domain.states import Cover, Outcome, Role
from plan import reading
from plan.filters import Filters
from plan.overview import how_many, letters_with
from review.access import Sent, Visit, seeing, sending
from review.memory import recall
from review.pages.recommendations import covers_of, joinable
from review.paging import Paging, listed, paging
from review.rendering import go_to, render, tell
from services.covering import Covered, covered
from services.differences import Differing, differences, looked_at

router = APIRouter()
SIZE = 15
MOST_HELD_AGAINST = 5_000


@dataclass(frozen=True, slots=True)
class DecidePage:
    """What waits, with what the plan seems to have for it."""

    template: ClassVar[str] = "decide.html"
    title: ClassVar[str] = "Decide"
    rows: tuple[RecommendationRow, ...]
    covers: dict[str, Covered]
    joinable: tuple[ActionRow, ...]
    paging: Paging
    show: str
    review: str
    letters: tuple[str, ...]
    total: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """Recommendations that reading their review again changed."""

    template: ClassVar[str] = "differences.html"
    title: ClassVar[str] = "Read differently from before"
    rows: tuple[Differing, ...]


@router.get("/decide")
def decide(visit: Visit = seeing(Role.REVIEWER), show: str = "", review: str = "", page: int = 1) -> Response:
    """The list, review by review."""
    plan = visit.house.existing_plan()
    if show == "differences":
        return render(visit, DifferencesPage(differences(visit.house)))
    within = None if not review else reading.review(plan, review.upper()).id
    filters = Filters(status=Outcome.PROPOSED, review=within)
    total = recall(visit, ("how many", filters), lambda: how_many(plan, filters))
    kept = {"show": show, "review": review}
    problem = ""
    if show in ("covered", "new") and total > MOST_HELD_AGAINST:
        problem = f"Choose a review too: holding {total} recommendations against the plan at once takes too long."
        show = ""
    if show in ("covered", "new"):
        held = recall(visit, ("covered", review), lambda: covered(visit.house, review=review or None))
        wanted = [one.recommendation for one in held if (one.verdict is Cover.NEW) is (show == "new")]
        shown = listed(wanted, "/decide", kept, page, SIZE)
        rows, where = tuple(shown.rows), shown.paging
    else:
        where = paging("/decide", kept, total, page, SIZE)
        rows = reading.recommendations(plan, filters=filters, limit=SIZE, offset=max(0, where.first - 1))
    identifiers = [row.id for row in rows]
    found = DecidePage(
        rows=rows,
        covers=covers_of(visit, identifiers),
        joinable=joinable(visit),
        paging=where, show=show, review=review,
        letters=recall(visit, "letters that wait", lambda: letters_with(plan, Outcome.PROPOSED)), total=total, problem=problem,
    )  # fmt: skip
    return render(visit, found)


@router.post("/differences/{identifier}")
def settle(identifier: str, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Say that a difference has been looked at."""
    looked_at(sent.visit.house, identifier)
    tell(sent.visit, "It is noted that you have looked at it.")
    return go_to("/decide?show=differences")
