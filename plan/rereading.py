"""A review read anew: old and new recommendations are matched, and what people decided carries over."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.errors import NotAllowed
from domain.framework import Framework
from domain.identity import content_key, full_text, recommendation_ids
from domain.records import Classification, ExtractedRecommendation, Extraction
from plan.erasing import is_erased
from plan.grouping import note_due
from plan.inserts import (
    PARTICULARS,
    edition_key,
    insert_agencies,
    insert_possible,
    insert_recommendations,
    insert_suggestions,
    packed_addressing,
    printed_columns,
)
from plan.ledger import fetch, now, packed, record_event, transaction
from plan.reading import review, review_by_sha
from plan.vectors import save_embeddings

# Shared words of two readings of one recommendation, 0 to 1: enough alone, and enough where number and page agree too.
SAME_WORDS = 0.6
SAME_WORDS_IN_PLACE = 0.3


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a review again came to: identifiers of recommendations, in the order of the review.

    missing: those that the new reading did not find; they stay, with all that was decided, flagged for a reviewer.
    """

    kept: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]


def reread_review(
    db: sqlite_utils.Database,
    review_id: int,
    extraction: Extraction,
    classifications: Sequence[Classification],
    vectors: NDArray[np.float32],
    *,
    encoder: str,
    framework: Framework,
    run: str,
) -> Reread:
    """Take over a new reading of a review, of the same content or of a new edition, in one transaction.

    Recommendations are matched by their words, helped by number and page. Identifiers, decisions, outcomes and actions
    stay; words that change are kept among the earlier readings. Arguments as for `plan.writing.add_review`; near-repeats
    are noted as due, and are the caller's to save, in the same `transaction` if wished. Raises
    `NotFound` for an unknown review, `NotAllowed` if another review holds this content.
    """
    if not len(extraction.recommendations) == len(classifications) == len(vectors):
        raise ValueError("recommendations, classifications and vectors differ in number")
    at = now()
    with transaction(db) as connection:
        current = review(db, review_id, audience=None)
        if is_erased(db, current.id):
            raise NotAllowed(f"Review {current.letter} was erased, so it is not read again.")
        holder = review_by_sha(db, extraction.sha256)
        if holder is not None and holder.id != review_id:
            raise NotAllowed(f"{extraction.file} is in the plan already, as review {holder.letter} ({holder.file}).")
        connection.execute(
            "INSERT INTO runs (id, kind, started) VALUES (?, 'reread', ?) ON CONFLICT DO NOTHING", (run, at)
        )
        old = fetch(db, "SELECT * FROM recommendations WHERE review_id = ? ORDER BY ordinal, key", (review_id,))
        identifiers = _identifiers(db, review_id, old, extraction.recommendations)
        result = _store(connection, review_id, old, identifiers, extraction.recommendations, at=at, run=run)
        fresh = {*result.added, *result.changed} | _other_model(db, review_id, classifications)
        suggested = [(i, c) for i, c in zip(identifiers, classifications, strict=True) if i in fresh]
        insert_suggestions(connection, suggested, framework, at=at, run=run)
        _store_particulars(connection, review_id, extraction, at=at, run=run)
        keys = [content_key(full_text(r.text, r.lead_in)) for r in extraction.recommendations]
        if keys:
            save_embeddings(db, keys, vectors, encoder)
        note_due(db, review_id)
        record_event(
            db, who=run, what="review read again", subject=f"review {current.letter}", reviews=[review_id], run=run,
            at=at, before={"sha256": current.sha256, "recommendations": current.recommendations},
            after={
                "sha256": extraction.sha256, "kept": len(result.kept), "added": list(result.added),
                "changed": list(result.changed), "missing": list(result.missing),
            },
        )  # fmt: skip
    return result


def _words(text: str) -> Counter[str]:
    return Counter("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _printed(row: dict[str, Any]) -> str:
    """The words as they were read, whatever a person has mended since."""
    return str(row["text"] if row["printed"] is None else row["printed"])


def _alike(a: Counter[str], b: Counter[str]) -> float:
    """Share of words that two texts have in common, 0 to 1, each counted as often as it stands (Dice)."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def _matches(old: Sequence[dict[str, Any]], new: Sequence[ExtractedRecommendation]) -> dict[int, int]:
    """Which old row each new recommendation is, by positions: the likeliest pairs first, each side once."""
    old_words = [_words(_printed(row)) for row in old]
    candidates = []
    for j, recommendation in enumerate(new):
        words = _words(recommendation.text)
        for i, row in enumerate(old):
            alike = _alike(old_words[i], words)
            number = row["number"] is not None and row["number"] == recommendation.number
            near = abs(row["page"] - recommendation.page) <= 1
            if alike >= SAME_WORDS or (alike >= SAME_WORDS_IN_PLACE and number and near):
                candidates.append((-(alike + 0.2 * number + 0.1 * near), abs(i - j), i, j))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if j not in found and i not in taken:
            found[j] = i
            taken.add(i)
    return found


def _identifiers(
    db: sqlite_utils.Database,
    review_id: int,
    old: Sequence[dict[str, Any]],
    new: Sequence[ExtractedRecommendation],
) -> tuple[str, ...]:
    """The identifier of each new recommendation: its old one where it is matched, else a free one of its page."""
    (first,) = fetch(db, "SELECT first_sha256 FROM reviews WHERE id = ?", (review_id,))
    found = _matches(old, new)
    used = {row["id"] for row in old}
    identifiers = []
    for j, recommendation in enumerate(new):
        if j in found:
            identifiers.append(str(old[found[j]]["id"]))
            continue
        # The place on the page goes on after those that the first edition gave out.
        places = recommendation_ids(first["first_sha256"], (recommendation,) * (len(used) + 1))
        identifier = next(place for place in places if place not in used)
        used.add(identifier)
        identifiers.append(identifier)
    return tuple(identifiers)


def _store(
    connection: sqlite3.Connection,
    review_id: int,
    old: Sequence[dict[str, Any]],
    identifiers: Sequence[str],
    new: Sequence[ExtractedRecommendation],
    *,
    at: str,
    run: str,
) -> Reread:
    before = {row["id"]: row for row in old}
    kept: list[str] = []
    changed: list[str] = []
    added: list[str] = []
    for ordinal, (identifier, recommendation) in enumerate(zip(identifiers, new, strict=True), start=1):
        if identifier not in before:
            added.append(identifier)
            entry = (identifier, ordinal, recommendation)
            insert_recommendations(connection, review_id, [entry], at=at, run=run, difference="added")
            continue
        row = before[identifier]
        reworded = _printed(row) != recommendation.text or any(
            row[name] != getattr(recommendation, name) for name in ("lead_in", "number")
        )
        (changed if reworded else kept).append(identifier)
        if reworded:
            _keep_earlier(connection, row, at=at, run=run)
        _update(connection, row, ordinal, recommendation, "changed" if reworded else _settled(row))
    missing = [row["id"] for row in old if row["id"] not in set(identifiers)]
    connection.executemany(
        "UPDATE recommendations SET difference = 'missing', ordinal = ? WHERE id = ?",
        [(len(new) + n, identifier) for n, identifier in enumerate(missing, start=1)],
    )
    return Reread(tuple(kept), tuple(added), tuple(changed), tuple(missing))


def _settled(row: dict[str, Any]) -> str | None:
    """A recommendation that is found again is missing no more; any other difference waits for its reviewer."""
    return None if row["difference"] == "missing" else row["difference"]


def _keep_earlier(connection: sqlite3.Connection, row: dict[str, Any], *, at: str, run: str) -> None:
    connection.execute(
        """INSERT INTO earlier_readings (recommendation_id, number, text, lead_in, page, section, replaced_at, run)
        VALUES (:id, :number, :text, :lead_in, :page, :section, :at, :by)""",
        {**row, "at": at, "by": run},
    )


def _update(
    connection: sqlite3.Connection,
    row: dict[str, Any],
    ordinal: int,
    recommendation: ExtractedRecommendation,
    difference: str | None,
) -> None:
    identifier = row["id"]
    columns: dict[str, object] = {**printed_columns(recommendation), "printed": None}
    if row["printed"] is not None and row["printed"] == recommendation.text:
        # The page says what it said: what a person made of it stays.
        columns |= {"text": row["text"], "printed": row["printed"], "content_key": row["content_key"]}
    read = packed_addressing(recommendation.addressee, recommendation.agencies, recommendation.single_agency)
    by_hand = row["addressing_read"] is not None and read != _addressing(connection, row)
    if by_hand:
        columns |= {"addressee": row["addressee"], "single_agency": row["single_agency"]}
    columns["addressing_read"] = read if by_hand else None
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    connection.execute(
        f"UPDATE recommendations SET {assignments}, ordinal = :ordinal, difference = :difference WHERE id = :id",
        {**columns, "ordinal": ordinal, "difference": difference, "id": identifier},
    )
    if not by_hand:
        connection.execute("DELETE FROM recommendation_agencies WHERE recommendation_id = ?", (identifier,))
        insert_agencies(connection, [(identifier, recommendation.agencies)])


def _addressing(connection: sqlite3.Connection, row: dict[str, Any]) -> str:
    """Whom a recommendation addresses now."""
    found = connection.execute(
        "SELECT agency FROM recommendation_agencies WHERE recommendation_id = ? ORDER BY position", (row["id"],)
    )
    return packed_addressing(row["addressee"], [agency for (agency,) in found], row["single_agency"])


def _other_model(db: sqlite_utils.Database, review_id: int, classifications: Iterable[Classification]) -> set[str]:
    """Identifiers whose latest suggestion is by another model than the one that looked now."""
    now_looking = [classification.model for classification in classifications][:1]
    found = fetch(
        db,
        """SELECT r.id FROM recommendations AS r WHERE r.review_id = :review AND (
            SELECT model FROM suggestions WHERE recommendation_id = r.id ORDER BY id DESC LIMIT 1
        ) NOT IN (SELECT value FROM json_each(:models))""",
        {"review": review_id, "models": packed(now_looking)},
    )
    return {row["id"] for row in found}


def _unless_corrected(name: str) -> str:
    """Assignment of a particular from its parameter, unless that is not stated or a person has corrected the old one."""
    corrected = f"'{name}' IN (SELECT value FROM json_each(reviews.corrected))"
    return f"{name} = CASE WHEN {corrected} THEN {name} ELSE coalesce(:{name}, {name}) END"


def _store_particulars(
    connection: sqlite3.Connection, review_id: int, extraction: Extraction, *, at: str, run: str
) -> None:
    particulars = extraction.particulars
    # What the new reading does not state is kept from the old one, and so is what a person has corrected.
    connection.execute(
        f"""UPDATE reviews SET sha256 = :sha256, file = :file, pages = :pages, partial = :partial, warnings = :warnings,
            {", ".join(_unless_corrected(name) for name in PARTICULARS)}
        WHERE id = :id""",
        {
            "id": review_id, "sha256": extraction.sha256, "file": extraction.file,
            "pages": int(extraction.pages), "partial": int(extraction.partial),
            "warnings": packed(list(extraction.warnings)),
            "review_type": None if particulars.review_type == "other" else particulars.review_type,
            "reference": particulars.case_ref, "title": particulars.title, "publisher": particulars.publisher,
            "lead_reviewer": particulars.lead_reviewer, "published": particulars.published,
        },
    )  # fmt: skip
    (known,) = connection.execute("SELECT reference, publisher FROM reviews WHERE id = ?", (review_id,)).fetchall()
    connection.execute("UPDATE reviews SET edition_key = ? WHERE id = ?", (edition_key(*known), review_id))
    connection.execute(
        "INSERT INTO editions (sha256, review_id, file, read_at, run) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (extraction.sha256, review_id, extraction.file, at, run),
    )
    connection.execute("DELETE FROM possible WHERE review_id = ? AND standing = 'open'", (review_id,))
    decided = {text for (text,) in connection.execute("SELECT text FROM possible WHERE review_id = ?", (review_id,))}
    insert_possible(connection, review_id, [p for p in extraction.possible if p.text not in decided], at=at)
