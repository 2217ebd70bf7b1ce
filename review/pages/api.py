"""The plan as JSON for other programs: the same data as the pages, for reading alone, described by OpenAPI."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from domain.records import ActionRow, CountRow, RecommendationRow, ReviewRow
from domain.states import Outcome, Role, Status, Visibility
from plan import reading
from plan.counts import Basis, By
from plan.filters import Filters
from plan.overview import how_many
from review.access import Visit, seeing
from services.publishing import counted
from services.searching import Narrowed, find, more_like

router = APIRouter(prefix="/api/v1")
MOST = 500
VERSION = "1"

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many to give at most")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over first")]


class Problem(BaseModel):
    """What went wrong, in a sentence."""

    error: str


class Review(BaseModel):
    """A review."""

    letter: str
    review_type: str
    reference: str | None
    title: str | None
    publisher: str | None
    lead_reviewer: str | None
    published: str | None
    pages: int
    visibility: Visibility
    embargo_until: str | None
    recommendations: int
    partial: bool


class Recommendation(BaseModel):
    """A recommendation, with its current label and what became of it."""

    id: str
    review: str
    number: str | None
    text: str
    lead_in: str | None
    page: int
    section: str
    kind: str
    addressee: str | None
    agencies: list[str]
    single_agency: bool
    quadrant: str | None
    secondary: str | None
    issues: list[str]
    areas: list[str]
    decided: bool
    unsure: bool
    confidence: float | None
    outcome: Outcome
    actions: list[str]


class Action(BaseModel):
    """A row of the Composite Action Plan."""

    ref: str
    quadrant: str
    review_refs: list[str]
    applies_to_all: bool
    action: str
    lead_agency: str
    target_date: str | None
    original_target_date: str | None
    status: Status
    rag: str
    progress: str
    worry_statement: str
    success_goal: str
    next_steps: str
    home: str
    standards: list[str]
    recommendations: list[str]
    opened: str
    completed: str | None
    assured: str | None
    recheck: str | None
    closed: str | None
    achieved: bool | None
    superseded_by: str | None


class Count(BaseModel):
    """One figure of the thematic counts."""

    by: str
    code: str
    title: str
    unit: str
    total: int
    open: int
    closed: int
    overdue: int


class Hit(BaseModel):
    """A recommendation that was found, and its actions."""

    recommendation: Recommendation
    passage: str
    why: str
    very_words: bool
    actions: list[Action]
    repeats: list[str]


class Reviews(BaseModel):
    """Reviews, and how many there are in all."""

    total: int
    reviews: list[Review]


class Recommendations(BaseModel):
    """Recommendations, and how many there are in all."""

    total: int
    recommendations: list[Recommendation]


class Actions(BaseModel):
    """Actions, and how many there are in all."""

    total: int
    actions: list[Action]


class Counts(BaseModel):
    """Counts of one dimension as of today."""

    by: str
    basis: str
    counts: list[Count]


class Hits(BaseModel):
    """What was found. said: that the query is a name in the plan, or that its words stand nowhere."""

    hits: list[Hit]
    said: list[str] = []


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words}
    for status, words in (
        (400, "A filter that is not known"), (401, "No token, or one that holds no more"),
        (403, "The token's person may not see this"), (404, "There is none, or none that may be seen"),
        (422, "A parameter of the wrong kind"), (503, "The plan cannot be read just now"),
    )
}  # fmt: skip


def shown_review(row: ReviewRow) -> Review:
    """A review as the API gives it."""
    return Review.model_validate({name: getattr(row, name) for name in Review.model_fields})


def shown_recommendation(row: RecommendationRow) -> Recommendation:
    """A recommendation as the API gives it."""
    given = asdict(row) | {"review": row.review_letter, "actions": list(row.action_refs)}
    return Recommendation.model_validate({name: given[name] for name in Recommendation.model_fields})


def shown_action(row: ActionRow) -> Action:
    """An action as the API gives it."""
    given = asdict(row) | {"action": row.text}
    return Action.model_validate({name: given[name] for name in Action.model_fields})


def _count(row: CountRow) -> Count:
    return Count.model_validate({name: getattr(row, name) for name in Count.model_fields})


@router.get("/reviews", responses=PROBLEMS)
def reviews(visit: Visit = seeing(Role.VIEWER), limit: Limit = 100, offset: Offset = 0) -> Reviews:
    """Reviews that may be seen, in the order in which they came."""
    rows = reading.reviews(visit.house.existing_plan(), audience=visit.audience)
    return Reviews(total=len(rows), reviews=[shown_review(row) for row in rows[offset : offset + limit]])


@router.get("/reviews/{letter}", responses=PROBLEMS)
def review(letter: str, visit: Visit = seeing(Role.VIEWER)) -> Review:
    """One review by its letter."""
    return shown_review(reading.review(visit.house.existing_plan(), letter.upper(), audience=visit.audience))


@router.get("/recommendations", responses=PROBLEMS)
def recommendations(
    visit: Visit = seeing(Role.VIEWER), quadrant: str | None = None, issue: str | None = None, area: str | None = None,
    agency: str | None = None, status: str | None = None, review: str | None = None, year: str | None = None,
    limit: Limit = 100, offset: Offset = 0,
) -> Recommendations:  # fmt: skip
    """Recommendations that may be seen, in the order of their reviews."""
    plan = visit.house.existing_plan()
    within = None if review is None else reading.review(plan, review.upper(), audience=visit.audience).id
    filters = Filters(quadrant=quadrant, issue=issue, area=area, agency=agency, status=status, review=within, year=year)
    rows = reading.recommendations(plan, audience=visit.audience, filters=filters, limit=limit, offset=offset)
    total = how_many(plan, filters, audience=visit.audience)
    return Recommendations(total=total, recommendations=[shown_recommendation(row) for row in rows])


@router.get("/recommendations/{identifier}", responses=PROBLEMS)
def recommendation(identifier: str, visit: Visit = seeing(Role.VIEWER)) -> Recommendation:
    """One recommendation by its identifier."""
    row = reading.recommendation(visit.house.existing_plan(), identifier, audience=visit.audience)
    return shown_recommendation(row)


@router.get("/actions", responses=PROBLEMS)
def actions(
    visit: Visit = seeing(Role.VIEWER), quadrant: str | None = None, status: Status | None = None,
    limit: Limit = 100, offset: Offset = 0,
) -> Actions:  # fmt: skip
    """Actions that may be seen, by reference."""
    rows = reading.actions(
        visit.house.existing_plan(), audience=visit.audience, quadrant=quadrant,
        statuses=(status,) if status is not None else (),
    )  # fmt: skip
    return Actions(total=len(rows), actions=[shown_action(row) for row in rows[offset : offset + limit]])


@router.get("/actions/{ref}", responses=PROBLEMS)
def action(ref: str, visit: Visit = seeing(Role.VIEWER)) -> Action:
    """One action by its reference."""
    return shown_action(reading.action(visit.house.existing_plan(), ref, audience=visit.audience))


@router.get("/counts", responses=PROBLEMS)
def counts(visit: Visit = seeing(Role.VIEWER), by: By = "quadrant", basis: Basis = "known") -> Counts:
    """The thematic counts as of today."""
    rows = counted(visit.house, by, visit.audience, as_of=None, basis=basis)
    return Counts(by=by, basis=basis, counts=[_count(row) for row in rows])


@router.get("/search", responses=PROBLEMS)
def search(
    q: Annotated[str, Query(min_length=1, max_length=5000, description="Words, a question or a draft")],
    visit: Visit = seeing(Role.VIEWER), quadrant: str | None = None, issue: str | None = None,
    area: str | None = None, agency: str | None = None, status: str | None = None, review: str | None = None,
    review_type: str | None = None, year: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many to give at most")] = 10,
) -> Hits:  # fmt: skip
    """Recommendations by name, by words and by meaning, the best first."""
    if not q.strip():
        return Hits(hits=[])
    narrowed = Narrowed(
        quadrant=quadrant, issue=issue, area=area, agency=agency, status=status, review=review,
        review_type=review_type, year=year,
    )  # fmt: skip
    found = find(visit.house, q, limit=limit, narrowed=narrowed, audience=visit.audience)
    return Hits(
        hits=[
            Hit(
                recommendation=shown_recommendation(hit.recommendation), passage=hit.passage, why=hit.why, very_words=hit.very_words,
                actions=[shown_action(one) for one in hit.actions], repeats=[one.id for one in hit.repeats],
            )
            for hit in found.hits
        ],
        said=list(found.said),
    )  # fmt: skip


@router.get("/recommendations/{identifier}/similar", responses=PROBLEMS)
def similar(
    identifier: str, visit: Visit = seeing(Role.VIEWER),
    limit: Annotated[int, Query(ge=1, le=100, description="How many to give at most")] = 10,
) -> Recommendations:  # fmt: skip
    """Recommendations like one of the plan, the likest first."""
    found = more_like(visit.house, identifier, limit=limit, audience=visit.audience)
    rows = [shown_recommendation(hit.recommendation) for hit in found]
    return Recommendations(total=len(rows), recommendations=rows)


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request, visit: Visit = seeing(Role.VIEWER)) -> Response:
    """The description of every address here."""
    return JSONResponse(schema(request))


def schema(request: Request) -> dict[str, Any]:
    """The OpenAPI description of the addresses of this module, and of nothing else."""
    described: dict[str, Any] = get_openapi(
        title="Throughline", version=VERSION, routes=router.routes,
        description="The Composite Action Plan for reading: reviews, recommendations, actions, counts and search.",
    )  # fmt: skip
    described.setdefault("components", {})["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"token": []}]
    return described
