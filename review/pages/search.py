"""Have we asked for this before, and what became of it?"""

from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotFound, UsageError
from domain.overdue import days_overdue
from domain.records import RecommendationRow, SearchHit
from domain.states import Outcome, Role, Status
from plan import reading
from plan.ledger import today
from plan.views import SavedView, saved_views
from review.access import Visit, seeing
from review.rendering import render
from review.sentences import on_a_page
from services.searching import Found, Narrowed, Part, find, in_parts, more_like

router = APIRouter()
SHOWN: Final = 15
MOST: Final = 100
NARROWED: Final = (
    "quadrant",
    "issue",
    "area",
    "agency",
    "status",
    "review",
    "review_type",
    "year",
)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked and what was found.

    more: the address that shows further ones, empty where there are none; said, action: as `Found` has them.
    """

    template: ClassVar[str] = "search.html"
    words: str
    like: RecommendationRow | None
    chosen: dict[str, str]
    hits: tuple[SearchHit, ...]
    parts: tuple[Part, ...]
    asked: bool
    more: str
    views: tuple[SavedView, ...]
    address: str
    said: tuple[str, ...] = ()
    action: str = ""
    problem: str = ""
    statuses: tuple[str, ...] = (*Outcome, *Status)

    @property
    def overdue(self) -> frozenset[str]:
        """References of the actions shown that are overdue today."""
        shown = (action for hit in self.hits for action in hit.actions)
        return frozenset(a.ref for a in shown if days_overdue(a.status, a.target_date, today()))

    @property
    def title(self) -> str:
        """What was asked, so that a bookmark tells."""
        if self.like is not None:
            return f"More like {self.like.review_letter} {self.like.number or ''}".strip()
        return f"Search: {self.words}" if self.words else "Search past recommendations"


@router.get("/search")
def search(
    visit: Visit = seeing(Role.VIEWER), q: str = "", like: str = "", quadrant: str = "", issue: str = "",
    area: str = "", agency: str = "", status: str = "", review: str = "", review_type: str = "", year: str = "",
    limit: int = SHOWN,
) -> Response:  # fmt: skip
    """The search; its address holds everything, so that it can be kept and sent."""
    given = dict(zip(NARROWED, (quadrant, issue, area, agency, status, review, review_type, year), strict=True))
    chosen = {name: value.strip() for name, value in given.items()}
    count = min(max(limit, 1), MOST)
    seen = None if not like else reading.recommendation(visit.house.existing_plan(), like, audience=visit.audience)
    narrowed = Narrowed(
        quadrant=chosen["quadrant"] or None, issue=chosen["issue"] or None, area=chosen["area"] or None,
        agency=chosen["agency"] or None, status=chosen["status"] or None, review=chosen["review"] or None,
        review_type=chosen["review_type"] or None, year=chosen["year"] or None,
    )  # fmt: skip
    asked = bool(q.strip() or seen or any(chosen.values()))
    found = Found()
    problem = ""
    try:
        if seen is not None:
            found = Found(more_like(visit.house, seen.id, limit=count + 1, narrowed=narrowed, audience=visit.audience))
        elif asked:
            found = find(visit.house, q, limit=count + 1, narrowed=narrowed, audience=visit.audience)
    except (UsageError, NotFound) as error:
        problem = on_a_page(error)
    kept = {"q": q, "like": like, **chosen, "limit": str(min(MOST, 2 * count + 1))}
    more = "/search?" + urlencode({k: v for k, v in kept.items() if v}) if len(found.hits) > count < MOST else ""
    views = saved_views(visit.house.existing_plan(), visit.name, "/search")
    here = "/search?" + urlencode({k: v for k, v in (kept | {"limit": ""}).items() if v})
    hits = found.hits[:count]
    parts = in_parts(q if seen is None else "", hits, more=bool(more))
    return render(
        visit,
        SearchPage(q, seen, chosen, hits, parts, asked, more, views, here, found.said, found.action, problem=problem),
    )
