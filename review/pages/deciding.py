"""Recommendations that wait for the board: adopt, join, accept in part, decline or send on."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from domain.records import ActionRow, RecommendationRow
from domain.states import Cover, Outcome, Role
from plan import reading
from plan.deciding import settle_difference
from plan.filters import Filters
from review.access import Sent, Visit, seeing, sending
from review.memory import recall
from review.pages.recommendations import LIVE
from review.paging import Paging, listed
from review.rendering import render, tell
from services.covering import Covered, covered

router = APIRouter()
SEE_OTHER = 303
SIZE = 15
KINDS_OF_DIFFERENCE = ("changed", "missing", "added")


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


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """Recommendations that reading their review again changed."""

    template: ClassVar[str] = "differences.html"
    title: ClassVar[str] = "Read differently from before"
    rows: tuple[tuple[str, RecommendationRow], ...]


@router.get("/decide")
def decide(visit: Visit = seeing(Role.REVIEWER), show: str = "", review: str = "", page: int = 1) -> Response:
    """The list, review by review."""
    plan = visit.house.existing_plan()
    if show == "differences":
        rows = [
            (kind, row)
            for kind in KINDS_OF_DIFFERENCE
            for row in reading.recommendations(plan, filters=Filters(difference=kind))
        ]
        return render(visit, DifferencesPage(tuple(rows)))
    waiting = recall(visit, "proposed", lambda: reading.recommendations(plan, filters=Filters(status=Outcome.PROPOSED)))
    wanted = [row for row in waiting if not review or row.review_letter == review]
    if show in ("covered", "new"):
        # What every one of them stands to is worked out for this alone: a national plan takes seconds for it.
        held = recall(visit, "covered", lambda: {one.recommendation.id: one for one in covered(visit.house)})
        wanted = [row for row in wanted if (held[row.id].verdict is Cover.NEW) is (show == "new")]
    shown = listed(wanted, "/decide", {"show": show, "review": review}, page, SIZE)
    identifiers = [row.id for row in shown.rows]
    found = DecidePage(
        rows=tuple(shown.rows),
        covers=recall(
            visit, ("covers", *identifiers),
            lambda: {one.recommendation.id: one for one in covered(visit.house, only=identifiers)},
        ),
        joinable=reading.actions(plan, statuses=LIVE) if visit.may(Role.LEAD) else (),
        paging=shown.paging, show=show, review=review,
        letters=tuple(dict.fromkeys(row.review_letter for row in waiting)), total=len(waiting),
    )  # fmt: skip
    return render(visit, found)


@router.post("/differences/{identifier}")
def settle(identifier: str, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Say that a difference has been looked at."""
    settle_difference(sent.visit.house.existing_plan(), identifier, who=sent.visit.name)
    tell(sent.visit, "It is noted that you have looked at it.")
    return RedirectResponse("/decide?show=differences", SEE_OTHER)
