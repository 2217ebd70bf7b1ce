"""What becomes of a recommendation: a new action, part of one, a reasoned no, or the Section 11 route.

Every step is checked against `plan.transitions`, and lands with its line of the audit trail in one transaction. What
happens to an action afterwards is in `plan.progress`.
"""

from datetime import date
from typing import Unpack

import sqlite_utils

from domain.errors import NotAllowed, UsageError
from domain.framework import Framework
from domain.records import ActionRow, RecommendationRow
from domain.states import Outcome
from plan.action_rows import action_reviews, snapshot
from plan.deciding import (
    checked_who,
    decide_label,
)
from plan.ledger import now, record_event, transaction
from plan.progress import Fields, new_action
from plan.reading import action, recommendation
from plan.transitions import check_live, check_outcome

CONFIRMED = "Confirmed when it was made an action."
"""What is noted with a label that no person had given before."""


def adopt(
    db: sqlite_utils.Database,
    recommendation_id: str,
    *,
    who: str,
    framework: Framework,
    quadrant: str | None = None,
    opened: date | None = None,
    why: str = "",
    **fields: Unpack[Fields],
) -> ActionRow:
    """Make a recommendation an action with a reference of its own in the confirmed quadrant.

    Without `quadrant` that of the decision is taken, or else a suggestion that is sure, which this act confirms and records
    as a decision. Text and lead agency are the recommendation's where not given; `opened`: the day from which the action
    stands (today). Raises `NotAllowed` if the recommendation has an action already or nothing was suggested, `UsageError`
    if a person must choose the quadrant.
    """
    person, at = checked_who(who), now()
    with transaction(db):
        row = recommendation(db, recommendation_id)
        check_outcome(row.id, row.outcome, Outcome.ADOPTED, row.action_refs)
        confirmed = _confirm_quadrant(db, row, quadrant, person, framework)
        ref = new_action(db, row, confirmed, fields, who=person, framework=framework, opened=opened, why=why, at=at)
        _set_outcome(db, row, Outcome.ADOPTED, person, why, at)
        _link(db, row, ref, person, at)
        return _told(db, row, ref, "recommendation adopted", person, why, at)


def accept_part(
    db: sqlite_utils.Database,
    recommendation_id: str,
    *,
    who: str,
    framework: Framework,
    reason: str,
    ref: str | None = None,
    quadrant: str | None = None,
    opened: date | None = None,
    **fields: Unpack[Fields],
) -> ActionRow:
    """Take up part of a recommendation, as a new action whose `text` says which part, or within the action `ref`.

    `reason` says what is left out and why. May be done again for another part.
    """
    person, at = checked_who(who), now()
    _need(reason, "Say which part is not accepted, and why: the plan keeps the reason.")
    with transaction(db):
        row = recommendation(db, recommendation_id)
        check_outcome(row.id, row.outcome, Outcome.ACCEPTED_IN_PART, row.action_refs)
        before = None if ref is None else _live(db, row, ref)
        if before is not None:
            target = before.ref
        else:
            _need(
                fields.get("text", ""), "Give the text of the action: the part of the recommendation that is accepted."
            )
            confirmed = _confirm_quadrant(db, row, quadrant, person, framework)
            target = new_action(
                db, row, confirmed, fields, who=person, framework=framework, opened=opened, why=reason, at=at
            )
        _set_outcome(db, row, Outcome.ACCEPTED_IN_PART, person, reason, at)
        _link(db, row, target, person, at, part=True)
        return _told(db, row, target, "recommendation accepted in part", person, reason, at, before=before)


def join(db: sqlite_utils.Database, recommendation_id: str, ref: str, *, who: str, why: str = "") -> ActionRow:
    """Let an action that covers a recommendation answer it too. One that was adopted or accepted in part stays so."""
    person, at = checked_who(who), now()
    with transaction(db):
        row = recommendation(db, recommendation_id)
        check_outcome(row.id, row.outcome, Outcome.JOINED, row.action_refs)
        before = _live(db, row, ref)
        if row.outcome not in (Outcome.ADOPTED, Outcome.ACCEPTED_IN_PART, Outcome.JOINED):
            _set_outcome(db, row, Outcome.JOINED, person, why, at)
        _link(db, row, before.ref, person, at)
        return _told(db, row, before.ref, "recommendation joined", person, why, at, before=before)


def decline(db: sqlite_utils.Database, recommendation_id: str, *, who: str, reason: str) -> RecommendationRow:
    """Decline a recommendation, with the reason that a reader may ask for later."""
    _need(reason, "Give the reason for declining: the plan keeps it with the recommendation.")
    return _without_action(db, recommendation_id, Outcome.DECLINED, "recommendation declined", who, reason)


def section11(db: sqlite_utils.Database, recommendation_id: str, *, who: str, reason: str) -> RecommendationRow:
    """Send a single-agency recommendation to the Section 11 route, where it stays tracked."""
    _need(reason, "Say why it goes to Section 11: the plan keeps the reason.")
    return _without_action(db, recommendation_id, Outcome.SECTION11, "recommendation sent to Section 11", who, reason)


def reconsider(db: sqlite_utils.Database, recommendation_id: str, *, who: str, reason: str) -> RecommendationRow:
    """Put a recommendation that was declined or sent to Section 11 before the board again, as proposed."""
    _need(reason, "Say why it is looked at again: the plan keeps the reason.")
    return _without_action(db, recommendation_id, Outcome.PROPOSED, "recommendation reconsidered", who, reason)


def _without_action(
    db: sqlite_utils.Database, recommendation_id: str, outcome: Outcome, what: str, who: str, reason: str
) -> RecommendationRow:
    person, at = checked_who(who), now()
    with transaction(db):
        row = recommendation(db, recommendation_id)
        check_outcome(row.id, row.outcome, outcome, row.action_refs)
        _set_outcome(db, row, outcome, person, reason, at)
        record_event(
            db, who=person, what=what, subject=row.id, reviews=[row.review_id], why=reason, at=at,
            before={"outcome": str(row.outcome)}, after={"outcome": str(outcome)},
        )  # fmt: skip
        return recommendation(db, row.id)


def _need(words: str, sentence: str) -> None:
    if not words.strip():
        raise UsageError(sentence)


def _confirm_quadrant(
    db: sqlite_utils.Database, row: RecommendationRow, quadrant: str | None, who: str, framework: Framework
) -> str:
    """The quadrant in which the reference will stand, as a person's decision on record.

    What an unsure model names first is nobody's choice until a person makes it, and neither is its second quadrant.
    """
    wavers = row.unsure and not row.decided
    if wavers and quadrant is None:
        raise UsageError(
            f"The model is unsure which quadrant {row.id} belongs to, and nobody has decided. Give one with --quadrant.",
            page="Choose the quadrant: the model is unsure, and nobody has decided yet.",
        )
    confirmed = quadrant or row.quadrant
    second = None if wavers or row.secondary == confirmed else row.secondary
    if confirmed is None:
        raise NotAllowed(f"Nobody has said which quadrant {row.id} belongs to. Give the quadrant with it.")
    if not row.decided or confirmed != row.quadrant:
        decide_label(
            db, row.id, quadrant=confirmed, secondary=second,
            issues=[code for code in row.issues if code in framework.issue_codes],
            areas=[code for code in row.areas if code in framework.area_codes],
            who=who, framework=framework, note=CONFIRMED,
        )  # fmt: skip
    elif confirmed not in framework.quadrant_codes:
        raise NotAllowed(f"{row.id} was labelled {confirmed} under another framework. Give a quadrant of this one.")
    return confirmed


def _live(db: sqlite_utils.Database, row: RecommendationRow, ref: str) -> ActionRow:
    found = action(db, ref)
    check_live(found.ref, found.status, found.superseded_by)
    if row.id in found.recommendations:
        raise NotAllowed(f"Action {found.ref} answers recommendation {row.id} already.")
    return found


def _set_outcome(
    db: sqlite_utils.Database, row: RecommendationRow, outcome: Outcome, who: str, reason: str, at: str
) -> None:
    db.conn.execute("UPDATE recommendations SET outcome = ? WHERE id = ?", (str(outcome), row.id))
    db.conn.execute(
        "INSERT INTO outcomes (recommendation_id, outcome, reason, who, at) VALUES (?, ?, ?, ?, ?)",
        (row.id, str(outcome), reason, who, at),
    )


def _link(
    db: sqlite_utils.Database, row: RecommendationRow, ref: str, who: str, at: str, *, part: bool = False
) -> None:
    db.conn.execute(
        """INSERT INTO action_recommendations (action_id, recommendation_id, part, added, who)
        VALUES ((SELECT id FROM actions WHERE ref = ?), ?, ?, ?, ?)""",
        (ref, row.id, int(part), at, who),
    )


def _told(
    db: sqlite_utils.Database, row: RecommendationRow, ref: str, what: str, who: str, why: str, at: str,
    before: ActionRow | None = None,
) -> ActionRow:  # fmt: skip
    """Write the step into the trail of the recommendation and of the action; gives the action as it stands now.

    before: the action as it stood, of which only what changed is told; None for a new one, which is told whole.
    """
    after = recommendation(db, row.id)
    result = action(db, ref)
    touched = [*action_reviews(db, ref), row.review_id]
    record_event(
        db, who=who, what=what, subject=row.id, reviews=touched, why=why, at=at,
        before={"outcome": str(row.outcome), "actions": list(row.action_refs)},
        after={"outcome": str(after.outcome), "actions": list(after.action_refs)},
    )  # fmt: skip
    old, new = snapshot(before) if before is not None else {}, snapshot(result)
    changed = [name for name in new if before is None or new[name] != old[name]]
    record_event(
        db, who=who, what=what, subject=f"action {ref}", reviews=touched, why=why, at=at,
        before=None if before is None else {name: old[name] for name in changed} | {"recommendation": None},
        after={name: new[name] for name in changed} | {"recommendation": row.id},
    )  # fmt: skip
    return result
