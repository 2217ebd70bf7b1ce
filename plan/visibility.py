"""Who may see what: the one place that builds the SQL condition for an audience.

A condition is a piece of SQL in named parameters, to stand in a WHERE clause. None as an audience is the keeper of the
plan, who sees withdrawn reviews too; nothing made for None may leave the room.
"""

from dataclasses import dataclass
from datetime import date

from domain.states import Audience
from plan.ledger import today


@dataclass(frozen=True, slots=True)
class Sight:
    """What an audience sees on a day: conditions over reviews, actions and events, and their parameters."""

    audience: Audience | None
    day: date

    @property
    def params(self) -> dict[str, str]:
        """Named parameters of every condition of this sight; a condition need not use them."""
        return {"sight_day": self.day.isoformat()}

    def reviews(self, alias: str) -> str:
        """Condition on a row of reviews under `alias`."""
        match self.audience:
            case None:
                seen = "1"
            case Audience.PARTNERSHIP:
                seen = f"({alias}.visibility <> 'withdrawn')"
            case Audience.PUBLIC:
                seen = (
                    f"({alias}.visibility = 'published' OR "
                    f"({alias}.visibility = 'embargoed' AND {alias}.embargo_until <= :sight_day))"
                )
        return seen

    def actions(self, alias: str) -> str:
        """Condition on a row of actions under `alias`.

        An action whose every review is hidden is hidden, and so is one whose words are those of a hidden review. What
        came with an import that was undone is seen by nobody, and the public sees no import that was not released.
        """
        review = self.reviews("sight_v")
        released = f"AND {alias}.released = 1" if self.audience is Audience.PUBLIC else ""
        return f"""({alias}.undone IS NULL {released} AND
            (NOT EXISTS (SELECT 1 FROM action_review_links AS sight_l WHERE sight_l.action_id = {alias}.id)
            OR EXISTS (SELECT 1 FROM action_review_links AS sight_l JOIN reviews AS sight_v
                ON sight_v.id = sight_l.review_id WHERE sight_l.action_id = {alias}.id AND {review}))
            AND ({alias}.text_from IS NULL OR EXISTS (SELECT 1 FROM recommendations AS sight_r JOIN reviews AS sight_v
                ON sight_v.id = sight_r.review_id WHERE sight_r.id = {alias}.text_from AND {review})))"""

    def events(self, alias: str) -> str:
        """Condition on a row of events under `alias`: all the reviews it tells of must be seen.

        An event that tells of no review (a run, a count) is the partnership's own, and so is what tells of evidence or of
        an action that was not released.
        """
        told = f"SELECT 1 FROM event_reviews AS sight_e WHERE sight_e.event_id = {alias}.id"
        hidden = (
            f"SELECT 1 FROM event_reviews AS sight_e JOIN reviews AS sight_v ON sight_v.id = sight_e.review_id "
            f"WHERE sight_e.event_id = {alias}.id AND NOT {self.reviews('sight_v')}"
        )
        unreleased = "SELECT 'action ' || sight_a.ref FROM actions AS sight_a WHERE sight_a.released = 0"
        some = (
            f"EXISTS ({told}) AND {alias}.what NOT LIKE 'evidence %' AND {alias}.subject NOT IN ({unreleased})"
            if self.audience is Audience.PUBLIC
            else "1"
        )
        return f"({some} AND NOT EXISTS ({hidden}))"


def sight(audience: Audience | None, day: date | None = None) -> Sight:
    """What `audience` sees on `day` (today where none is given): embargoes end by the day."""
    return Sight(audience, day or today())
