"""One review with everything of it, and what people say about it as a whole."""

from dataclasses import dataclass

from domain.records import Event, RecommendationRow, ReviewRow
from domain.states import Audience
from plan import particulars, reading, trail
from plan.filters import Filters
from plan.possible import Passage, passages
from services.house import House


@dataclass(frozen=True, slots=True)
class WholeReview:
    """A review with what the audience may see of it. The public is shown neither passages nor history."""

    review: ReviewRow
    recommendations: tuple[RecommendationRow, ...]
    possible: tuple[Passage, ...] = ()
    history: tuple[Event, ...] = ()


def whole_review(house: House, letter: str, audience: Audience = Audience.PARTNERSHIP) -> WholeReview:
    """A review with everything of it. Raises `NotFound` where there is none that the audience sees."""
    plan = house.existing_plan()
    row = reading.review(plan, letter.upper(), audience=audience)
    found = reading.recommendations(plan, audience=audience, filters=Filters(review=row.id))
    if audience is Audience.PUBLIC:
        return WholeReview(row, found)
    return WholeReview(row, found, passages(plan, row.id), trail.events(plan, subject=f"review {row.letter}"))


def correct_particulars(house: House, letter: str, **given: str | None) -> ReviewRow:
    """Correct what a review says about itself; what is not given stays."""
    return particulars.set_particulars(
        house.existing_plan(), letter.upper(), given, who=house.who, framework=house.framework
    )
