"""Passages that may be recommendations."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from domain.states import Role
from plan.possible import Passage
from review.access import Sent, Visit, seeing, sending
from review.paging import Paging, listed
from review.rendering import go_to, render, tell
from services import page_images, possible

router = APIRouter()
SIZE = 20


@dataclass(frozen=True, slots=True)
class PossiblePage:
    """All passages that wait."""

    template: ClassVar[str] = "possible.html"
    title: ClassVar[str] = "Passages that may be recommendations"
    passages: tuple[Passage, ...]
    paging: Paging


@router.get("/possible")
def waiting(visit: Visit = seeing(Role.REVIEWER), page: int = 1) -> Response:
    """Passages of all reviews."""
    shown = listed(possible.waiting(visit.house), "/possible", {}, page, SIZE)
    return render(visit, PossiblePage(tuple(shown.rows), shown.paging))


@router.get("/possible/{number}/page.png")
def picture(number: int, visit: Visit = seeing(Role.REVIEWER)) -> Response:
    """The page with the passage marked."""
    return Response(page_images.picture_of_passage(visit.house, number).png, media_type="image/png")


@router.get("/possible/{number}/mark")
def mark(number: int, visit: Visit = seeing(Role.REVIEWER)) -> Response:
    """How far down that picture the marked lines begin, as a share of its height."""
    return JSONResponse({"marked_at": page_images.picture_of_passage(visit.house, number).marked_at})


@router.post("/possible/{number}")
def decide(number: int, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Take a passage into the plan, or dismiss it."""
    if sent.form.words("do") == "take":
        row = possible.take(sent.visit.house, number)
        letter = row.review_letter
        tell(sent.visit, f"It is a recommendation of review {letter} now, and waits to be checked and decided.")
    else:
        letter = possible.dismiss(sent.visit.house, number).review_letter
        tell(sent.visit, "The passage is dismissed. The trail keeps its words.")
    onward = "/possible" if sent.form.words("from") == "list" else f"/reviews/{letter}#possible"
    return go_to(onward)
