"""Notes of progress as they are taken down: which of them is the progress that the plan shows."""

import sqlite_utils

from domain.records import ActionRow
from plan.action_rows import action_reviews
from plan.ledger import fetch, record_event


def take_down(
    db: sqlite_utils.Database, row: ActionRow, note: str, *, agency: str, day: str, who: str, why: str, at: str
) -> bool:
    """Keep a note on an action, within the caller's transaction; gives whether it is the latest by the day it tells of.

    A note of an earlier day than one that is kept already stands among the earlier ones, and in the trail.
    """
    later = fetch(
        db,
        """SELECT 1 FROM progress_notes WHERE action_id = (SELECT id FROM actions WHERE ref = ?) AND dated > ? LIMIT 1""",
        (row.ref, day),
    )
    db.conn.execute(
        """INSERT INTO progress_notes (action_id, agency, note, dated, who, at)
        VALUES ((SELECT id FROM actions WHERE ref = ?), ?, ?, ?, ?, ?)""",
        (row.ref, agency, note, day, who, at),
    )
    if later:
        record_event(
            db, who=who, what="earlier progress noted", subject=f"action {row.ref}", why=why, at=at,
            reviews=action_reviews(db, row.ref), after={"note": note, "dated": day},
        )  # fmt: skip
    return not later


def is_last_note(db: sqlite_utils.Database, ref: str, note: tuple[str, str, str, str]) -> bool:
    """Whether a note is the last one of the action once more: a form may be sent again where its answer was lost.

    note: agency, words, day and who.
    """
    last = fetch(
        db,
        """SELECT agency, note, dated, who FROM progress_notes WHERE action_id = (SELECT id FROM actions WHERE ref = ?)
        ORDER BY id DESC LIMIT 1""",
        (ref,),
    )
    return bool(last) and tuple(last[0].values()) == note
