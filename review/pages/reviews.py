"""All reviews, and one review with everything of it."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from domain.records import ReviewRow
from domain.states import Role, Visibility
from plan import reading
from plan.overview import Goes, hidden_with, withdrawn_letters
from publish.wording import going
from publish.wording import listed as listed_words
from review.access import Sent, Visit, seeing, sending
from review.memory import recall
from review.paging import Paging, listed
from review.rendering import go_to, render, tell
from services import deciding, page_images
from services.reviewing import WholeReview, correct_particulars, whole_review

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """The list of reviews, narrowed by type, visibility and words; withdrawn: letters that a lead can bring back."""

    template: ClassVar[str] = "reviews.html"
    title: ClassVar[str] = "Reviews"
    reviews: tuple[ReviewRow, ...]
    paging: Paging
    kind: str
    visibility: str
    words: str
    visibilities: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """What withdrawing a review takes from everybody, before it is done.

    alone: references of the actions that came from it alone; in_words: those in its words that answer others too.
    """

    template: ClassVar[str] = "withdraw.html"
    review: ReviewRow
    alone: tuple[str, ...]
    in_words: tuple[Goes, ...]
    why: str

    @property
    def title(self) -> str:
        """What is asked."""
        return f"Withdraw review {self.review.letter}?"


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review."""

    template: ClassVar[str] = "review.html"
    whole: WholeReview
    has_pdf: bool

    @property
    def title(self) -> str:
        """Its letter and name."""
        review = self.whole.review
        return f"Review {review.letter}: {review.reference or review.title or review.file}"

    @property
    def verdict(self) -> str:
        """Whether everything was read, in a sentence."""
        review, found = self.whole.review, len(self.whole.recommendations)
        if review.partial:
            return "Some pages could not be read. Look at the notes and at the pages themselves."
        if self.whole.possible:
            return f"{found} found; there may be more: look at the passages below."
        return (
            f"{found} found, and nothing else in it reads like a recommendation."
            if found
            else (
                "No recommendation was found. Open the report and look for yourself: some publish their recommendations in a "
                "separate document. If so, add that as well."
            )
        )


@router.get("/reviews")
def reviews(
    visit: Visit = seeing(Role.VIEWER), kind: str = "", visibility: str = "", q: str = "", page: int = 1
) -> Response:
    """The list, the latest first."""
    plan = visit.house.existing_plan()
    known = recall(visit, "reviews", lambda: reading.reviews(plan, audience=visit.audience))
    sought = q.casefold().split()
    rows = [
        row
        for row in reversed(known)
        if (not kind or row.review_type == kind)
        and (not visibility or row.visibility == visibility)
        and all(word in _words(row) for word in sought)
    ]
    shown = listed(rows, "/reviews", {"kind": kind, "visibility": visibility, "q": q}, page)
    offered = tuple(Visibility) if visit.may(Role.REVIEWER) else ()
    withdrawn = withdrawn_letters(plan) if visit.may(Role.LEAD) else ()
    return render(visit, ReviewsPage(tuple(shown.rows), shown.paging, kind, visibility, q, offered, withdrawn))


def _words(row: ReviewRow) -> str:
    parts = (row.letter, row.reference, row.title, row.publisher, row.file, row.published, row.lead_reviewer)
    return " ".join(part for part in parts if part).casefold()


@router.get("/reviews/{letter}")
def review(letter: str, visit: Visit = seeing(Role.VIEWER)) -> Response:
    """One review."""
    whole = whole_review(visit.house, letter, visit.audience)
    file = visit.house.settings.original(whole.review.sha256)
    return render(visit, ReviewPage(whole, file.is_file()))


@router.get("/reviews/{letter}/report.pdf")
def report(letter: str, visit: Visit = seeing(Role.VIEWER)) -> Response:
    """The PDF as it came, to be saved: a stranger's file is not opened within these pages."""
    file, name = page_images.original(visit.house, letter.upper(), audience=visit.audience)
    return FileResponse(file, media_type="application/pdf", filename=name, content_disposition_type="attachment")


@router.get("/reviews/{letter}/pages/{number}.png")
def page_picture(letter: str, number: int, visit: Visit = seeing(Role.VIEWER)) -> Response:
    """A page of the report."""
    picture = page_images.picture_of_page(visit.house, letter.upper(), number, audience=visit.audience)
    return Response(picture.png, media_type="image/png")


@router.post("/reviews/{letter}/particulars")
def particulars(letter: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Correct what the review says about itself."""
    names = ("review_type", "reference", "title", "publisher", "lead_reviewer", "published")
    row = correct_particulars(sent.visit.house, letter, **{name: sent.form.maybe(name) for name in names})
    tell(sent.visit, "The particulars are saved.")
    return go_to(f"/reviews/{row.letter}")


@router.post("/reviews/{letter}/visibility")
def visibility(letter: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Say who may see what comes from the review."""
    house, until = sent.visit.house, sent.form.maybe("until")
    wanted, why = sent.form.words("visibility"), sent.form.words("why")
    if wanted == Visibility.WITHDRAWN and not sent.form.ticked("sure"):
        row = reading.review(house.existing_plan(), letter)
        goes = hidden_with(house.plan, row.id)
        alone = tuple(action.ref for action in goes if not action.others)
        return render(sent.visit, WithdrawPage(row, alone, tuple(a for a in goes if a.others), why))
    row, lost = deciding.change_visibility(
        house, letter.upper(), wanted, until=until if wanted == Visibility.EMBARGOED else None, why=why
    )
    if row.visibility is Visibility.WITHDRAWN:
        tell(
            sent.visit,
            f"Review {row.letter} is withdrawn: it and its recommendations are no longer shown or counted"
            f"{', nor are these actions: ' + going(lost.by_all) if lost.by_all else ''}. "
            "You can bring it back below, under Withdrawn reviews.",
        )
        return go_to("/reviews")
    hidden = f" The public no longer sees these actions: {listed_words(lost.by_public)}." if lost.by_public else ""
    tell(sent.visit, f"Review {row.letter} is now: {row.visibility}.{hidden}")
    return go_to(f"/reviews/{row.letter}")
