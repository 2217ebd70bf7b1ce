"""Which recommendations a query wants, as SQL conditions in named parameters; who may see them is `visibility`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a list of recommendations; None: any.

    quadrant, issue, area, agency: codes of the framework, of the current label; status: what became of it (an
    `Outcome`) or where one of its actions stands (a `Status`); difference: what reading the review again changed;
    review: the id of a review; group: the id of a group of near-repeats; review_type: of its review; year: in which
    its review was published, four digits; single_agency: asked of one agency alone.
    """

    quadrant: str | None = None
    issue: str | None = None
    area: str | None = None
    agency: str | None = None
    status: str | None = None
    review: int | None = None
    unsure: bool | None = None
    decided: bool | None = None
    difference: str | None = None
    group: str | None = None
    review_type: str | None = None
    year: str | None = None
    single_agency: bool | None = None

    @property
    def params(self) -> dict[str, str | int | None]:
        """Named parameters of the condition; harmless where the condition does not use them."""
        return {
            "want_quadrant": self.quadrant, "want_issue": self.issue, "want_area": self.area,
            "want_agency": self.agency, "want_status": self.status, "want_review": self.review,
            "want_unsure": self.unsure, "want_decided": self.decided, "want_difference": self.difference,
            "want_group": self.group, "want_type": self.review_type, "want_year": self.year,
            "want_single": self.single_agency,
        }  # fmt: skip

    def condition(self, actions_seen: str) -> str:
        """Condition over `r` (recommendations), `v` (its review) and `l` (current_labels).

        `actions_seen`: the condition on a row of actions under `fa`, so that a hidden action's state finds nothing.
        """
        parts = {
            "want_quadrant": "l.quadrant = :want_quadrant",
            "want_issue": ":want_issue IN (SELECT value FROM json_each(l.issues))",
            "want_area": ":want_area IN (SELECT value FROM json_each(l.areas))",
            "want_agency": "EXISTS (SELECT 1 FROM recommendation_agencies AS f "
            "WHERE f.recommendation_id = r.id AND f.agency = :want_agency)",
            "want_status": "(r.outcome = :want_status OR EXISTS (SELECT 1 FROM action_recommendations AS f "
            "JOIN actions AS fa ON fa.id = f.action_id WHERE f.recommendation_id = r.id "
            f"AND fa.status = :want_status AND {actions_seen}))",
            "want_review": "r.review_id = :want_review",
            "want_unsure": "l.unsure = :want_unsure",
            "want_decided": "l.decided = :want_decided",
            "want_difference": "r.difference = :want_difference",
            "want_group": "r.group_id = :want_group",
            "want_type": "v.review_type = :want_type",
            "want_year": "substr(v.published, 1, 4) = :want_year",
            "want_single": "r.single_agency = :want_single",
        }
        wanted = [sql for name, sql in parts.items() if self.params[name] is not None]
        return " AND ".join(wanted) if wanted else "1"
