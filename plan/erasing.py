"""Erasing a review: its words go wherever the plan keeps them, and the fact stays that something stood there.

What stays: its letter, the numbers and places of its recommendations, their labels, what became of them, who decided and
when. Its PDFs' sha256 stay too, so that a copy that is dropped again is known for what it is and not taken in again.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlite_utils

from domain.errors import NotAllowed, UsageError
from domain.identity import content_key
from plan.deciding import checked_who
from plan.ledger import BLANKED, fetch, now, packed, record_event, transaction
from plan.reading import review


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: the review's letter, how many recommendations, and the sha256 of every PDF that was read for it.

    decisions: how many labels that people gave rested on its words: a model that learnt from them still knows them.
    """

    letter: str
    recommendations: int
    files: tuple[str, ...]
    decisions: int


def erase_review(
    db: sqlite_utils.Database,
    named: int | str,
    *,
    who: str,
    why: str,
    spare: Mapping[str, Collection[str]] | None = None,
) -> Erased:
    """Erase a review, by its id or letter, for good, in one transaction; its actions keep what people wrote of their own.

    spare: names of encoders whose vectors can be made again at any time, with the keys of those that stay; all others go.
    Raises `NotFound` for an unknown review, `NotAllowed` for one that was erased already, `UsageError` without a reason.
    """
    person, at = checked_who(who), now()
    if not why.strip():
        raise UsageError("Say why the review is erased: the reason is kept on record when the review is gone.")
    # What is overwritten is overwritten on the disk too, not only taken out of the tables.
    db.execute("PRAGMA secure_delete = ON")
    with transaction(db) as connection:
        row = review(db, named, audience=None)
        if is_erased(db, row.id):
            raise NotAllowed(f"Review {row.letter} was erased already.")
        files = files_of(db, row.id)
        connection.execute(
            "INSERT INTO erasures (review_id, who, why, at) VALUES (?, ?, ?, ?)", (row.id, person, why, at)
        )
        _blank_actions(db, row.id)
        decisions = _blank_decisions(connection, row.id)
        _blank_vectors(connection, row.id)
        connection.executemany(
            "DELETE FROM embeddings WHERE encoder = ? AND content_key NOT IN (SELECT value FROM json_each(?))",
            [(name, packed(sorted(keys))) for name, keys in (spare or {}).items()],
        )
        _blank_recommendations(db, row.id)
        _blank_review(connection, row.id, row.letter)
        connection.execute(
            """UPDATE events SET before = NULL, after = NULL, why = ?
            WHERE id IN (SELECT event_id FROM event_reviews WHERE review_id = ?)""",
            (BLANKED, row.id),
        )
        record_event(
            db, who=person, what="review erased", subject=f"review {row.letter}", reviews=[row.id], why=why, at=at,
            after={"recommendations": row.recommendations},
        )  # fmt: skip
        connection.execute("INSERT INTO recommendations_fts (recommendations_fts) VALUES ('rebuild')")
    _sweep(db)
    return Erased(row.letter, row.recommendations, files, decisions)


def files_of(db: sqlite_utils.Database, named: int | str) -> tuple[str, ...]:
    """The sha256 of every PDF that was read for a review, by its id or letter; erased ones keep theirs."""
    row = review(db, named, audience=None)
    return tuple(found["sha256"] for found in fetch(db, "SELECT sha256 FROM editions WHERE review_id = ?", (row.id,)))


def is_erased(db: sqlite_utils.Database, review_id: int) -> bool:
    """Whether a review was erased."""
    return bool(fetch(db, "SELECT 1 FROM erasures WHERE review_id = ?", (review_id,)))


def _blank_review(connection: sqlite3.Connection, review_id: int, letter: str) -> None:
    connection.execute(
        """UPDATE reviews SET file = :blank, reference = NULL, title = NULL, publisher = NULL, lead_reviewer = NULL,
        edition_key = NULL, warnings = '[]', visibility = 'withdrawn', embargo_until = NULL WHERE id = :id""",
        {"blank": BLANKED, "id": review_id},
    )
    connection.execute("UPDATE editions SET file = ? WHERE review_id = ?", (BLANKED, review_id))
    connection.execute(
        "UPDATE possible SET text = ?, section = '', boxes = '[]' WHERE review_id = ?", (BLANKED, review_id)
    )
    connection.execute("UPDATE counts SET title = ? WHERE dimension = 'review' AND code = ?", (BLANKED, letter))


def _blank_recommendations(db: sqlite_utils.Database, review_id: int) -> None:
    found = fetch(db, "SELECT id FROM recommendations WHERE review_id = ?", (review_id,))
    db.conn.executemany(
        """UPDATE recommendations SET text = ?, lead_in = NULL, section = '', addressee = NULL, heading_names = NULL, target_date = NULL,
        boxes = '[]', group_id = NULL, printed = NULL, addressing_read = NULL, content_key = ? WHERE id = ?""",
        # A key of its own: what is blank alike is not the same ask.
        [(BLANKED, content_key(f"{BLANKED} {row['id']}"), row["id"]) for row in found],
    )
    db.conn.execute(
        f"UPDATE earlier_readings SET text = ?, lead_in = NULL, section = '' WHERE {_ITS_OWN}", (BLANKED, review_id)
    )


_ITS_OWN = "recommendation_id IN (SELECT id FROM recommendations WHERE review_id = ?)"
"""Condition on rows that belong to a recommendation of the review."""


def _blank_vectors(connection: sqlite3.Connection, review_id: int) -> None:
    """Its vectors go, except those of words that another review has too, and the words that were drawn from comparisons."""
    connection.execute(
        """DELETE FROM embeddings WHERE content_key IN (SELECT content_key FROM recommendations WHERE review_id = :id)
        AND content_key NOT IN (SELECT content_key FROM recommendations WHERE review_id <> :id)""",
        {"id": review_id},
    )
    of_it = "IN (SELECT id FROM recommendations WHERE review_id = :id)"
    for pairs in ("repeats", "likenesses"):
        connection.execute(f"DELETE FROM {pairs} WHERE a {of_it} OR b {of_it}", {"id": review_id})
    connection.execute(f"DELETE FROM compared WHERE recommendation_id {of_it}", {"id": review_id})


def _blank_decisions(connection: sqlite3.Connection, review_id: int) -> int:
    """Words in what a model suggested and people noted; gives how many labels people gave."""
    connection.execute(
        f"UPDATE suggestions SET scores = json_set(scores, '$.words', json('[]')), why_unsure = '' WHERE {_ITS_OWN}",
        (review_id,),
    )
    cursor = connection.execute(f"UPDATE decisions SET note = ? WHERE {_ITS_OWN}", (BLANKED, review_id))
    decisions = cursor.rowcount
    for table in ("not_covered", "second_looks"):
        connection.execute(f"UPDATE {table} SET note = ? WHERE {_ITS_OWN}", (BLANKED, review_id))
    connection.execute(
        """UPDATE repeat_decisions SET note = :blank
        WHERE a IN (SELECT id FROM recommendations WHERE review_id = :id)
        OR b IN (SELECT id FROM recommendations WHERE review_id = :id)""",
        {"blank": BLANKED, "id": review_id},
    )
    connection.execute(f"UPDATE outcomes SET reason = ? WHERE reason <> '' AND {_ITS_OWN}", (BLANKED, review_id))
    return decisions


def _blank_actions(db: sqlite_utils.Database, review_id: int) -> None:
    """Actions whose text is the review's: blank, there and in what imports remember of them."""
    of_it = "text_from IN (SELECT id FROM recommendations WHERE review_id = ?)"
    words = {row["text"] for row in fetch(db, f"SELECT text FROM actions WHERE {of_it}", (review_id,))}
    words |= {
        " ".join(filter(None, (row["lead_in"], row["text"])))
        for row in fetch(db, "SELECT text, lead_in FROM recommendations WHERE review_id = ?", (review_id,))
    }
    db.conn.execute(
        f"UPDATE action_history SET why = ? WHERE why <> '' AND action_id IN (SELECT id FROM actions WHERE {of_it})",
        (BLANKED, review_id),
    )
    db.conn.execute(f"UPDATE actions SET text = ? WHERE {of_it}", (BLANKED, review_id))
    for row in fetch(db, "SELECT import_id, action_id, before, after FROM import_changes"):
        sides = {side: _without(row[side], words) for side in ("before", "after")}
        if sides != {side: row[side] for side in sides}:
            db.conn.execute(
                "UPDATE import_changes SET before = ?, after = ? WHERE import_id = ? AND action_id = ?",
                (sides["before"], sides["after"], row["import_id"], row["action_id"]),
            )


def _without(columns: str | None, words: set[str]) -> str | None:
    """Columns of an action as JSON, with a text that is among `words` blanked."""
    if columns is None:
        return None
    values = json.loads(columns)
    return packed({**values, "text": BLANKED}) if values.get("text") in words else columns


def _sweep(db: sqlite_utils.Database) -> None:
    """Write the plan's file anew and empty its log, so that nothing of the words stays in pages that are no longer used."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
