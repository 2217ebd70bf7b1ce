"""What people decide about labels, near-repeats, visibility and differences: always a new row, none overwritten."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import sqlite_utils

from domain.errors import NotAllowed, UsageError
from domain.framework import Framework
from domain.records import RecommendationRow, ReviewRow
from domain.states import RepeatVerdict, Sureness, Visibility
from plan.ledger import fetch, now, packed, record_event, today, transaction
from plan.reading import recommendation, review


def checked_who(who: str) -> str:
    """The name of the person who acts. Raises `UsageError` for an empty one: the audit trail must name somebody."""
    if not who.strip():
        raise UsageError("Say who decides this: the plan records a name with every decision.")
    return who.strip()


def checked_day(words: str, what: str) -> str:
    """An ISO day as it stands. Raises `UsageError`, naming `what`, for anything else."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise UsageError(f"“{words}” is not a date. Give {what} such as 2026-03-31.") from error
    raise UsageError(f"“{words}” is not a date. Give {what} such as 2026-03-31.")


def checked_published(words: str) -> str:
    """A date of publication as it stands: a day, a month or a year. Raises `UsageError` for one that cannot be."""
    if re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", words):
        return words
    if re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", words):
        return checked_day(words, "the day of publication")
    raise UsageError(f"“{words}” is not a date. Write it as 2026-03-31, 2026-03 or 2026.")


def decide_label(
    db: sqlite_utils.Database,
    recommendation_id: str,
    *,
    quadrant: str,
    who: str,
    framework: Framework,
    secondary: str | None = None,
    issues: Sequence[str] = (),
    areas: Sequence[str] = (),
    standards: Sequence[str] = (),
    note: str = "",
    sureness: Sureness = Sureness.SURE,
    settles: bool = False,
    at: str | None = None,
) -> RecommendationRow:
    """Record what a person says a recommendation is about; the model's suggestion stays beside it.

    sureness: how much the model makes of it; settles: it ends a disagreement between the decisions before it; at: the
    moment under which several decisions made in one go stand together (now). The same decision once more changes nothing.
    Raises `UsageError` for a code that the framework does not have, `NotFound` for an unknown recommendation.
    """
    check_codes((quadrant, *([secondary] if secondary else [])), framework.quadrant_codes, "quadrant")
    check_codes(issues, framework.issue_codes, "issue")
    check_codes(areas, framework.area_codes, "practice area")
    check_codes(standards, framework.standard_codes, "practice standard")
    person, at = checked_who(who), at or now()
    with transaction(db) as connection:
        before = recommendation(db, recommendation_id)
        (latest,) = fetch(db, "SELECT max(id) AS id FROM suggestions WHERE recommendation_id = ?", (before.id,))
        decision = (
            before.id, latest["id"], framework.version, quadrant, secondary, packed(list(dict.fromkeys(issues))),
            packed(list(dict.fromkeys(areas))), packed(list(dict.fromkeys(standards))), person, note, sureness.share,
            int(settles),
        )  # fmt: skip
        if _stands(db, before.id, decision):
            return before
        connection.execute(
            """INSERT INTO decisions (recommendation_id, suggestion_id, framework, quadrant, secondary, issues, areas,
                standards, who, note, sureness, settles, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (*decision, at),
        )
        after = recommendation(db, before.id)
        record_event(
            db, who=person, what="label decided", subject=before.id, reviews=[before.review_id], why=note, at=at,
            before=_label(before), after=_label(after),
        )  # fmt: skip
    return after


def _stands(db: sqlite_utils.Database, recommendation_id: str, decision: tuple[object, ...]) -> bool:
    """Whether a decision is the last one once more: a form may be sent again where its answer was lost.

    Not where somebody asked for a second look since, which the same label answers.
    """
    last = fetch(
        db,
        """SELECT recommendation_id, suggestion_id, framework, quadrant, secondary, issues, areas, standards, who, note,
            sureness, settles FROM standing_decisions AS d WHERE recommendation_id = :id
        AND NOT EXISTS (SELECT 1 FROM second_looks AS l WHERE l.recommendation_id = :id AND l.at >= d.at)
        AND id = (SELECT max(id) FROM standing_decisions WHERE recommendation_id = :id)""",
        {"id": recommendation_id},
    )
    return bool(last) and tuple(last[0].values()) == decision


def _label(row: RecommendationRow) -> dict[str, object]:
    return {
        "quadrant": row.quadrant, "secondary": row.secondary, "issues": list(row.issues), "areas": list(row.areas),
        "decided": row.decided,
    }  # fmt: skip


def check_codes(given: Iterable[str], known: Sequence[str], what: str) -> None:
    """Raise `UsageError` for a code that is none of `known`, naming `what` it should be."""
    for code in given:
        if code not in known:
            raise UsageError(f"“{code}” is not one of the {what}s. Choose from: {', '.join(known)}.")


def decide_repeat(
    db: sqlite_utils.Database, a: str, b: str, verdict: RepeatVerdict, who: str, *, note: str = ""
) -> tuple[str, str]:
    """Record a person's verdict on two recommendations; gives their identifiers in order.

    Groups follow when near-repeats are next sought: matching is given `plan.reading.repeat_verdicts`.
    """
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        rows = sorted((recommendation(db, a), recommendation(db, b)), key=lambda row: row.id)
        first, second = rows
        if first.id == second.id:
            raise UsageError("Both names mean one recommendation: name two to compare.")
        before = fetch(
            db, "SELECT verdict FROM repeat_decisions WHERE a = ? AND b = ? ORDER BY id DESC LIMIT 1",
            (first.id, second.id),
        )  # fmt: skip
        connection.execute(
            "INSERT INTO repeat_decisions (a, b, verdict, who, note, at) VALUES (?, ?, ?, ?, ?, ?)",
            (first.id, second.id, verdict, person, note, at),
        )
        for row, other in ((first, second), (second, first)):
            record_event(
                db, who=person, what="near-repeat decided", subject=row.id,
                reviews=[first.review_id, second.review_id], why=note, at=at,
                before={"verdict": before[0]["verdict"]} if before else None,
                after={"verdict": verdict, "with": other.id},
            )  # fmt: skip
    return first.id, second.id


def set_visibility(
    db: sqlite_utils.Database,
    review_id: int | str,
    visibility: Visibility,
    *,
    who: str,
    embargo_until: str | None = None,
    why: str = "",
) -> ReviewRow:
    """Say who may see what comes from a review (by its id or letter). An embargo needs the day of its release."""
    if visibility is Visibility.EMBARGOED and embargo_until is None:
        raise UsageError("An embargoed review needs its release date, such as 2026-03-31.")
    release = checked_day(embargo_until, "the release date") if embargo_until and visibility == "embargoed" else None
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        before = review(db, review_id, audience=None)
        if fetch(db, "SELECT 1 FROM erasures WHERE review_id = ?", (before.id,)):
            raise NotAllowed(f"Review {before.letter} was erased: there is nothing left to show to anybody.")
        if (before.visibility, before.embargo_until) == (visibility, release):
            raise NotAllowed(f"Review {before.letter} is already {visibility}.")
        connection.execute(
            "UPDATE reviews SET visibility = ?, embargo_until = ? WHERE id = ?", (str(visibility), release, before.id)
        )
        record_event(
            db, who=person, what="visibility changed", subject=f"review {before.letter}", reviews=[before.id],
            before={"visibility": str(before.visibility), "embargo_until": before.embargo_until},
            after={"visibility": str(visibility), "embargo_until": release}, why=why, at=at,
        )  # fmt: skip
        return review(db, before.id, audience=None)


def release_embargoes(db: sqlite_utils.Database, *, who: str, day: date | None = None) -> tuple[ReviewRow, ...]:
    """Publish every embargoed review whose day of release has come; gives those reviews.

    What the public sees does not wait for this: an embargo ends by its date. This puts the fact on record.
    """
    due = fetch(
        db, "SELECT id FROM reviews WHERE visibility = 'embargoed' AND embargo_until <= ? ORDER BY id",
        ((day or today()).isoformat(),),
    )  # fmt: skip
    with transaction(db):
        return tuple(
            set_visibility(db, row["id"], Visibility.PUBLISHED, who=who, why="The day of release has come.")
            for row in due
        )


def settle_difference(db: sqlite_utils.Database, recommendation_id: str, *, who: str) -> RecommendationRow:
    """Record that a person has looked at what reading the review again changed; the flag goes, the row stays."""
    person = checked_who(who)
    with transaction(db) as connection:
        row = recommendation(db, recommendation_id)
        (flag,) = fetch(db, "SELECT difference FROM recommendations WHERE id = ?", (row.id,))
        if flag["difference"] is None:
            raise NotAllowed(f"Recommendation {row.id} has no difference to settle.")
        connection.execute("UPDATE recommendations SET difference = NULL WHERE id = ?", (row.id,))
        record_event(
            db, who=person, what="difference settled", subject=row.id, reviews=[row.review_id],
            before={"difference": flag["difference"]}, after={"difference": None},
        )  # fmt: skip
    return row
