"""What people say of actions that seem to cover a recommendation. Accepting it is joining, in `plan.actions`."""

import sqlite_utils

from domain.errors import NotAllowed
from plan.action_rows import action_reviews
from plan.deciding import checked_who
from plan.ledger import fetch, now, record_event, transaction
from plan.reading import action, recommendation


def decide_not_covered(db: sqlite_utils.Database, named: str, ref: str, *, who: str, note: str = "") -> tuple[str, str]:
    """Record that an action does not cover a recommendation; gives the recommendation's identifier and the reference.

    It is remembered for good. Raises `NotFound` for what the plan does not have, `NotAllowed` where the action answers
    the recommendation.
    """
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        row, found = recommendation(db, named), action(db, ref)
        if found.ref in row.action_refs:
            raise NotAllowed(
                f"Action {found.ref} already answers recommendation {row.id}: it was adopted or joined, and that cannot be "
                "undone. If the action is wrong, close it or supersede it."
            )
        connection.execute(
            """INSERT INTO not_covered (recommendation_id, action_id, who, note, at)
            SELECT ?, id, ?, ?, ? FROM actions WHERE ref = ?""",
            (row.id, person, note, at, found.ref),
        )
        record_event(
            db, who=person, what="not covered", subject=row.id, reviews=[row.review_id, *action_reviews(db, found.ref)], why=note, at=at,
            after={"action": found.ref},
        )  # fmt: skip
    return row.id, found.ref


def not_covered(db: sqlite_utils.Database) -> frozenset[tuple[str, str]]:
    """Recommendations and references of actions that people have said do not cover them."""
    found = fetch(
        db,
        "SELECT DISTINCT d.recommendation_id, a.ref FROM not_covered AS d JOIN actions AS a ON a.id = d.action_id",
    )
    return frozenset((row["recommendation_id"], row["ref"]) for row in found)
