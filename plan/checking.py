"""Checking labels: taking back a slip, and asking somebody else to look."""

from dataclasses import dataclass

import sqlite_utils

from domain.errors import NotAllowed
from domain.records import RecommendationRow
from domain.states import Audience
from plan.deciding import checked_who
from plan.inserts import unpacked_words
from plan.ledger import fetch, now, record_event, transaction
from plan.reading import recommendation
from plan.visibility import sight


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a recommendation's labels, and when (UTC, ISO 8601); `withdrawn`: taken back since."""

    quadrant: str
    secondary: str | None
    issues: tuple[str, ...]
    areas: tuple[str, ...]
    standards: tuple[str, ...]
    who: str
    note: str
    at: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A request to look at the labels of a recommendation, which nobody has answered yet."""

    recommendation_id: str
    who: str
    note: str
    at: str


def said_of(
    db: sqlite_utils.Database, recommendation_id: str, *, audience: Audience | None = Audience.PARTNERSHIP
) -> tuple[Said, ...]:
    """Everything that people said of a recommendation's labels, the latest first."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT d.*, EXISTS (SELECT 1 FROM withdrawn_decisions WHERE decision_id = d.id) AS withdrawn
        FROM decisions AS d JOIN recommendations AS r ON r.id = d.recommendation_id
        JOIN reviews AS v ON v.id = r.review_id
        WHERE d.recommendation_id = :id AND {seen.reviews("v")} ORDER BY d.id DESC""",
        {"id": recommendation_id, **seen.params},
    )
    return tuple(
        Said(
            row["quadrant"], row["secondary"], unpacked_words(row["issues"]), unpacked_words(row["areas"]),
            unpacked_words(row["standards"]), row["who"], row["note"], row["at"], bool(row["withdrawn"]),
        )
        for row in found
    )  # fmt: skip


def take_back(db: sqlite_utils.Database, named: str, *, who: str) -> RecommendationRow:
    """Take back one's own latest decision on the labels of a recommendation; gives it as it stands then.

    Raises `NotAllowed` where the latest decision is somebody else's, or there is none.
    """
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        before = recommendation(db, named)
        found = fetch(
            db,
            "SELECT id, who FROM standing_decisions WHERE recommendation_id = ? ORDER BY id DESC LIMIT 1",
            (before.id,),
        )
        if not found:
            raise NotAllowed("Nobody has decided these labels, so there is nothing to take back.")
        if found[0]["who"] != person:
            raise NotAllowed(
                f"{found[0]['who']} decided these labels. Only they can take it back; you can save a new decision."
            )
        connection.execute(
            "INSERT INTO withdrawn_decisions (decision_id, who, at) VALUES (?, ?, ?)", (found[0]["id"], person, at)
        )
        after = recommendation(db, before.id)
        record_event(
            db, who=person, what="label taken back", subject=before.id, reviews=[before.review_id], at=at,
            before={"quadrant": before.quadrant, "decided": before.decided},
            after={"quadrant": after.quadrant, "decided": after.decided},
        )  # fmt: skip
    return after


def last_decided(db: sqlite_utils.Database, who: str, *, audience: Audience = Audience.PARTNERSHIP) -> str | None:
    """The recommendation whose labels a person decided last; None where there is none or somebody has decided it since."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT d.recommendation_id FROM standing_decisions AS d
        JOIN recommendations AS r ON r.id = d.recommendation_id JOIN reviews AS v ON v.id = r.review_id
        WHERE d.id = (SELECT max(id) FROM standing_decisions WHERE who = :who)
        AND d.id = (SELECT max(id) FROM standing_decisions WHERE recommendation_id = d.recommendation_id)
        AND {seen.reviews("v")}""",
        {"who": who, **seen.params},
    )
    return found[0]["recommendation_id"] if found else None


def ask_second_look(db: sqlite_utils.Database, named: str, *, who: str, note: str) -> RecommendationRow:
    """Ask somebody else to look at the labels of a recommendation."""
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        row = recommendation(db, named)
        connection.execute(
            "INSERT INTO second_looks (recommendation_id, who, note, at) VALUES (?, ?, ?, ?)",
            (row.id, person, note, at),
        )
        record_event(
            db, who=person, what="second look asked for", subject=row.id, reviews=[row.review_id], why=note, at=at
        )
    return row


def second_looks(db: sqlite_utils.Database, *, audience: Audience = Audience.PARTNERSHIP) -> tuple[SecondLook, ...]:
    """The requests that no decision has answered since, oldest first; of several for one recommendation the last."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT l.recommendation_id, l.who, l.note, l.at FROM second_looks AS l
        JOIN recommendations AS r ON r.id = l.recommendation_id JOIN reviews AS v ON v.id = r.review_id
        WHERE l.id = (SELECT max(id) FROM second_looks WHERE recommendation_id = l.recommendation_id)
        AND NOT EXISTS (SELECT 1 FROM standing_decisions AS d
            WHERE d.recommendation_id = l.recommendation_id AND d.at > l.at)
        AND {seen.reviews("v")} ORDER BY l.id""",
        seen.params,
    )
    return tuple(SecondLook(row["recommendation_id"], row["who"], row["note"], row["at"]) for row in found)


@dataclass(frozen=True, slots=True)
class Together:
    """Labels that one person confirmed in one go: when (UTC, ISO 8601), and how many of them stand."""

    at: str
    labels: int


def confirmed_together(db: sqlite_utils.Database, who: str) -> tuple[Together, ...]:
    """What a person confirmed in one go and has not taken back, the latest first."""
    found = fetch(
        db,
        """SELECT at, count(*) AS n FROM standing_decisions WHERE who = ? GROUP BY at HAVING n > 1
        ORDER BY at DESC LIMIT 5""",
        (who,),
    )
    return tuple(Together(row["at"], row["n"]) for row in found)


def of_together(db: sqlite_utils.Database, who: str, at: str) -> tuple[str, ...]:
    """Recommendations whose labels a person confirmed in one go, as far as that is still the latest word on them."""
    found = fetch(
        db,
        """SELECT d.recommendation_id FROM standing_decisions AS d WHERE d.who = ? AND d.at = ? AND d.id = (
            SELECT max(id) FROM standing_decisions WHERE recommendation_id = d.recommendation_id) ORDER BY d.id""",
        (who, at),
    )
    return tuple(row["recommendation_id"] for row in found)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often people confirmed the quadrant that the model suggested, in a month (YYYY-MM)."""

    month: str
    decisions: int
    agreed: int


def agreement(db: sqlite_utils.Database, *, months: int = 12) -> tuple[Agreement, ...]:
    """Agreement with the model over the last months that have decisions, the oldest first.

    Of each decision with the suggestion that stood when it was made; those that were taken back count for nothing.
    """
    found = fetch(
        db,
        """SELECT substr(d.at, 1, 7) AS month, count(*) AS decisions, sum(d.quadrant = s.quadrant) AS agreed
        FROM standing_decisions AS d JOIN suggestions AS s ON s.id = d.suggestion_id
        GROUP BY month ORDER BY month DESC LIMIT ?""",
        (months,),
    )
    return tuple(Agreement(row["month"], row["decisions"], row["agreed"]) for row in reversed(found))
