"""The first page: what needs a person, how the plan stands, what came last."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import Response

from domain.records import CountRow, ReviewRow
from domain.states import Audience, Role
from plan import reading
from plan.counts import counts, history
from plan.ledger import today
from plan.overview import Needs, needs
from plan.refusals import Refused, refusals
from review.access import Visit, seeing
from review.jobs import Job, Jobs
from review.memory import recall
from review.rendering import render
from review.sentences import without_commands
from services.intake import is_samples
from services.trouble import troubles_on_home

router = APIRouter()
LATEST = 6
TREND_POINTS = 12
NOT_TO_DECIDE: Final = {"proposed": 0, "overdue": 0, "rechecks": 0, "drafts": 0}
"""What waits for leads alone: nobody else may decide on recommendations, note progress or show a review to others."""


@dataclass(frozen=True, slots=True)
class QuadrantCard:
    """A quadrant's open actions and recommendations, and how the open ones went over the last snapshots."""

    code: str
    title: str
    actions: CountRow
    recommendations: CountRow
    since: str
    change: int | None
    trend: tuple[int, ...]

    @property
    def points(self) -> str:
        """The trend as points of a line, 100 wide and 28 high."""
        if len(self.trend) < 2:
            return ""
        top = max(max(self.trend), 1)
        step = 100 / (len(self.trend) - 1)
        return " ".join(f"{n * step:.1f},{26 - 24 * value / top:.1f}" for n, value in enumerate(self.trend))


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One kind of thing that waits for a person: how many, where to see to it, and in words for that many."""

    count: int
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """What needs me, the quadrants, the latest reviews, files that failed, and what went wrong while nobody looked.

    decides: the person may decide what becomes of recommendations and actions.
    """

    template: ClassVar[str] = "home.html"
    title: ClassVar[str] = "Home"
    needs: Needs
    quadrants: tuple[QuadrantCard, ...]
    latest: tuple[ReviewRow, ...]
    refused: tuple[Refused, ...]
    running: tuple[Job, ...]
    troubles: tuple[str, ...]
    without_accounts: bool
    empty: bool
    fictional: bool
    decides: bool = True

    @property
    def waiting(self) -> tuple[WaitingLine, ...]:
        """Everything that waits for this person, each with its figure; empty where nothing does."""
        needs = self.needs if self.decides else replace(self.needs, **NOT_TO_DECIDE)
        lines = (
            (len(self.refused), "#refused", "file could not be taken", "files could not be taken"),
            (needs.second_looks, "/labels?show=second", "label that a colleague is unsure about", "labels that colleagues are unsure about"),
            (needs.unchecked, "/labels", "label to check", "labels to check"),
            (needs.possible, "/possible", "passage that may be a recommendation", "passages that may be recommendations"),
            (needs.proposed, "/decide", "recommendation to decide on", "recommendations to decide on"),
            (needs.groups, "/repeats?show=waiting", "group of near-repeats to answer", "groups of near-repeats to answer"),
            (needs.differences, "/decide?show=differences", "recommendation changed by a new reading", "recommendations changed by a new reading"),
            (needs.overdue, "/actions?show=overdue", "overdue action", "overdue actions"),
            (needs.rechecks, "/actions?show=recheck", "assured action to look at again", "assured actions to look at again"),
            (
                needs.drafts, "/reviews?visibility=draft", "review that is a draft: nobody has said who may see it",
                "reviews that are drafts: nobody has said who may see them",
            ),
        )  # fmt: skip
        return tuple(
            WaitingLine(count, address, one if count == 1 else several)
            for count, address, one, several in lines
            if count
        )


@router.get("/")
def home(visit: Visit = seeing(Role.VIEWER)) -> Response:
    """The first page."""
    plan, jobs = visit.house.existing_plan(), visit.request.app.state.jobs
    assert isinstance(jobs, Jobs)
    partnership = visit.audience is Audience.PARTNERSHIP
    reviews = recall(visit, "reviews", lambda: reading.reviews(plan, audience=visit.audience))
    page = HomePage(
        needs=recall(visit, "needs", lambda: needs(plan, audience=visit.audience), lately=True),
        quadrants=recall(visit, "home quadrants", lambda: _quadrants(visit), lately=True),
        latest=tuple(reversed(reviews))[:LATEST],
        refused=refusals(plan) if partnership else (),
        running=jobs.running() if partnership else (),
        troubles=_troubles(visit) if partnership else (),
        without_accounts=not visit.signed_in,
        empty=not reviews,
        fictional=is_samples(visit.house.settings.corpus),
        decides=visit.may(Role.LEAD),
    )
    return render(visit, page)


def _troubles(visit: Visit) -> tuple[str, ...]:
    return tuple(without_commands(words, fault=True) for words in troubles_on_home(visit.house))


def _quadrants(visit: Visit) -> tuple[QuadrantCard, ...]:
    plan, framework = visit.house.existing_plan(), visit.house.framework
    rows = {(row.unit, row.code): row for row in counts(plan, framework, audience=visit.audience)}
    kept = history(plan, audience=visit.audience)[-TREND_POINTS:]
    cards = []
    for code in framework.quadrant_codes:
        actions = rows["actions", code]
        trend = tuple(
            next((row.open for row in counted if row.unit == "actions" and row.code == code), 0) for _, counted in kept
        )
        earlier = [(day, value) for (day, _), value in zip(kept, trend, strict=True) if day < today().isoformat()]
        cards.append(
            QuadrantCard(
                code, framework.title(code), actions, rows["recommendations", code],
                since=earlier[-1][0] if earlier else "",
                change=actions.open - earlier[-1][1] if earlier else None,
                trend=(*(value for _, value in earlier), actions.open),
            )
        )  # fmt: skip
    return tuple(cards)
