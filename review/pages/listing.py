"""Recommendations in a list, narrowed: what the counts lead to."""

from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import Response

from domain.records import RecommendationRow
from domain.states import Outcome, Role
from plan import reading
from plan.filters import Filters
from plan.overview import how_many
from review.access import Visit, seeing
from review.memory import recall
from review.paging import Paging, paging
from review.rendering import render

router = APIRouter()
SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of recommendations."""

    template: ClassVar[str] = "recommendations.html"
    title: ClassVar[str] = "Recommendations"
    rows: tuple[RecommendationRow, ...]
    paging: Paging
    chosen: dict[str, str]
    outcomes: tuple[str, ...] = tuple(Outcome)


@router.get("/recommendations")
def recommendations(
    visit: Visit = seeing(Role.VIEWER), quadrant: str = "", issue: str = "", area: str = "", agency: str = "",
    status: str = "", review: str = "", review_type: str = "", year: str = "", page: int = 1,
) -> Response:  # fmt: skip
    """The list, in the order of the reviews."""
    plan = visit.house.existing_plan()
    chosen = {
        "quadrant": quadrant, "issue": issue, "area": area, "agency": agency, "status": status, "review": review,
        "review_type": review_type, "year": year,
    }  # fmt: skip
    within = None if not review else reading.review(plan, review.upper(), audience=visit.audience).id
    filters = Filters(
        quadrant=quadrant or None, issue=issue or None, area=area or None, agency=agency or None,
        status=status or None, review=within, review_type=review_type or None, year=year or None,
    )  # fmt: skip
    total = recall(visit, ("how many", filters), lambda: how_many(plan, filters, audience=visit.audience), lately=True)
    where = paging("/recommendations", chosen, total, page, SIZE)
    rows = reading.recommendations(
        plan, audience=visit.audience, filters=filters, limit=SIZE, offset=max(0, where.first - 1)
    )
    return render(visit, ListPage(rows, where, chosen))
