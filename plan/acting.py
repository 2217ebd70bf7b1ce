"""Actions that answer no recommendation, and the evidence that an action carries.

Audits, inspections, scrutiny and Section 11 bring actions with them, and a board has wishes of its own. They stand in the
plan beside the others, with references of the same series.
"""

from collections.abc import Sequence
from datetime import date
from typing import Unpack

import sqlite_utils

from domain.errors import NotAllowed, NotFound, UsageError
from domain.framework import Framework
from domain.records import ActionRow
from plan.action_history import Evidence, evidence
from plan.action_rows import action_reviews, new_imported_action, set_standards, snapshot
from plan.days import happened_or_today, likely_target
from plan.deciding import check_codes, checked_who
from plan.ledger import fetch, now, record_event, transaction
from plan.lengths import check_lengths
from plan.progress import OPENED, Fields, checked_rag, checked_standards, checked_target
from plan.reading import action, no_review


def add_action(
    db: sqlite_utils.Database,
    *,
    quadrant: str,
    who: str,
    framework: Framework,
    source: str = "",
    review_letters: Sequence[str] = (),
    opened: date | None = None,
    why: str = "",
    **fields: Unpack[Fields],
) -> ActionRow:
    """Put an action into the plan that answers no recommendation; gives it with its new reference.

    It needs `text`, as it has no recommendation to take its words from, and the public sees it only where `released` is
    given. source: the type of review that it came from, "" for none; review_letters: reviews that it answers all the same;
    opened: the day from which it stands (today). Raises `UsageError` for a quadrant, a source, a standard or a RAG word
    that is none, for no text, and for a letter that the plan does not know.
    """
    person, at = checked_who(who), now()
    words = " ".join(fields.get("text", "").split())
    check_lengths(fields)
    if not words:
        raise UsageError("An action needs a text: say what is to be done.")
    check_codes([quadrant], framework.quadrant_codes, "quadrant")
    check_codes([source] if source else [], [entry.code for entry in framework.review_types], "source")
    standards = checked_standards(fields.get("standards", ()), framework)
    target = likely_target(checked_target(fields.get("target_date")))
    columns: dict[str, object] = {
        "text": words, "lead_agency": fields.get("lead_agency", "").strip(), "target_date": target,
        "original_target_date": target, "worry_statement": fields.get("worry_statement", ""),
        "success_goal": fields.get("success_goal", ""), "next_steps": fields.get("next_steps", ""),
        "home": fields.get("home", ""), "applies_to_all": int(fields.get("applies_to_all", False)),
        "rag": checked_rag(fields.get("rag", "")), "released": int(fields.get("released", False)), "source": source,
        "opened": happened_or_today(opened, OPENED),
    }  # fmt: skip
    with transaction(db):
        ref = new_imported_action(db, quadrant, None, columns, who=person, framework=framework, why=why, at=at)
        set_standards(db, ref, standards)
        for letter in dict.fromkeys(letter.strip().upper() for letter in review_letters):
            _name_review(db, ref, letter)
        result = action(db, ref)
        record_event(
            db, who=person, what="action opened", subject=f"action {ref}", reviews=action_reviews(db, ref), why=why,
            at=at, after={**snapshot(result), "review_refs": list(result.review_refs)},
        )  # fmt: skip
        return result


def _name_review(db: sqlite_utils.Database, ref: str, letter: str) -> None:
    """Link an action to a review of the plan, or to one that the plan knows only by the letter that a file printed."""
    known = fetch(db, "SELECT id FROM reviews WHERE letter = ? AND visibility <> 'withdrawn'", (letter,))
    if known:
        db.conn.execute(
            "INSERT INTO action_reviews (action_id, review_id) SELECT id, ? FROM actions WHERE ref = ?",
            (known[0]["id"], ref),
        )
    elif fetch(
        db,
        """SELECT 1 FROM action_letters WHERE letter = :letter
        AND NOT EXISTS (SELECT 1 FROM reviews WHERE letter = :letter)""",
        {"letter": letter},
    ):
        db.conn.execute(
            "INSERT INTO action_letters (action_id, letter) SELECT id, ? FROM actions WHERE ref = ?", (letter, ref)
        )
    else:
        raise UsageError(str(missing := no_review(letter)), page=missing.page)


def add_evidence(db: sqlite_utils.Database, ref: str, *, link: str, shows: str, who: str) -> Evidence:
    """Lay evidence beside an action, whatever its status: a link or the name of a file, and what it shows.

    Raises `UsageError` where either is empty, or the same link stands there already.
    """
    person, at = checked_who(who), now()
    where, what = " ".join(link.split()), " ".join(shows.split())
    if not where:
        raise UsageError("Name the evidence: a link, or the name of the file in which it is kept.")
    if not what:
        raise UsageError("Say in a few words what the evidence shows: who reads the plan later has only these words.")
    with transaction(db) as connection:
        row = action(db, ref)
        if any(one.link == where and one.struck is None for one in evidence(db, row.ref)):
            raise UsageError(
                f"{where} is already listed with action {row.ref}. To change what is said about it, strike it out first."
            )
        connection.execute(
            """INSERT INTO action_evidence (action_id, link, what, who, at)
            VALUES ((SELECT id FROM actions WHERE ref = ?), ?, ?, ?, ?)""",
            (row.ref, where, what, person, at),
        )
        added = evidence(db, row.ref)[-1]
        record_event(
            db, who=person, what="evidence added", subject=f"action {row.ref}", reviews=action_reviews(db, row.ref),
            at=at, after={"evidence": added.number, "link": where, "what": what},
        )  # fmt: skip
        return added


def strike_evidence(db: sqlite_utils.Database, ref: str, number: int, *, who: str, why: str) -> Evidence:
    """Strike out one piece of evidence by its number with the action; it stays to be read, with the reason.

    Raises `NotFound` where there is none of that number, `NotAllowed` where it was struck out already, `UsageError`
    without a reason.
    """
    person, at = checked_who(who), now()
    if not why.strip():
        raise UsageError("Say why the evidence is struck out: the plan keeps the reason.")
    with transaction(db) as connection:
        row = action(db, ref)
        before = next((one for one in evidence(db, row.ref) if one.number == number), None)
        if before is None:
            said = f"Action {row.ref} has no evidence {number}."
            raise NotFound(f"{said} `cap action show {row.ref}` lists what it has.", page=f"{said} Its page lists it.")
        if before.struck is not None:
            raise NotAllowed(f"Evidence {number} of action {row.ref} was struck out already, by {before.struck_by}.")
        connection.execute(
            """UPDATE action_evidence SET struck = :at, struck_by = :who, struck_why = :why WHERE id = (
                SELECT id FROM action_evidence WHERE action_id = (SELECT id FROM actions WHERE ref = :ref)
                ORDER BY id LIMIT 1 OFFSET :before)""",
            {"at": at, "who": person, "why": why, "ref": row.ref, "before": number - 1},
        )
        what = {"evidence": number, "link": before.link, "what": before.what}
        record_event(
            db, who=person, what="evidence struck out", subject=f"action {row.ref}", why=why, at=at,
            reviews=action_reviews(db, row.ref), before={**what, "struck": None}, after={**what, "struck": at},
        )  # fmt: skip
        return evidence(db, row.ref)[number - 1]
