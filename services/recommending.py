"""One recommendation with everything that the plan has of it."""

from dataclasses import dataclass

from domain.records import ActionRow, Classification, Event, RecommendationRow, Repeat
from domain.states import Audience
from plan import checking, reading, trail
from plan.checking import Said
from plan.filters import Filters
from plan.reading import Became, Place
from services.house import House


@dataclass(frozen=True, slots=True)
class WholeRecommendation:
    """A recommendation with what an audience may see of it.

    group: its near-repeats; pairs: the evidence for them; actions: those that answer it. The public is shown neither suggestions nor history.
    """

    row: RecommendationRow
    place: Place
    became: tuple[Became, ...]
    actions: tuple[ActionRow, ...]
    group: tuple[RecommendationRow, ...]
    pairs: tuple[Repeat, ...]
    suggestion: Classification | None = None
    said: tuple[Said, ...] = ()
    history: tuple[Event, ...] = ()


def whole_recommendation(house: House, named: str, audience: Audience = Audience.PARTNERSHIP) -> WholeRecommendation:
    """A recommendation with everything of it. Raises `NotFound` where there is none that the audience sees."""
    plan = house.existing_plan()
    row = reading.recommendation(plan, named, audience=audience)
    group = (
        ()
        if row.group_id is None
        else reading.recommendations(plan, audience=audience, filters=Filters(group=row.group_id))
    )
    others = tuple(one for one in group if one.id != row.id)
    ids = {one.id for one in others}
    pairs = tuple(p for p in reading.repeats(plan, row.id, audience=audience) if {p.a, p.b} & ids)
    actions = tuple(reading.action(plan, ref, audience=audience) for ref in row.action_refs)
    place = reading.place(plan, row.id, audience=audience)
    if audience is Audience.PUBLIC:
        return WholeRecommendation(row, place, (), actions, others, pairs)
    return WholeRecommendation(
        row,
        place,
        reading.outcomes(plan, row.id, audience=audience),
        actions,
        others,
        pairs,
        suggestion=reading.suggestion(plan, row.id, audience=audience),
        said=checking.said_of(plan, row.id, audience=audience),
        history=trail.events(plan, subject=row.id),
    )
