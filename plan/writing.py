"""Records into rows: a review with all that belongs to it enters in one transaction, or not at all."""

import re
from collections.abc import Sequence
from itertools import count

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.errors import NotAllowed, UsageError
from domain.framework import Framework
from domain.identity import content_key, full_text, recommendation_ids
from domain.records import Classification, Extraction, Particulars, ReviewRow
from domain.states import Visibility
from plan.grouping import note_due
from plan.inserts import edition_key, insert_possible, insert_recommendations, insert_suggestions
from plan.ledger import fetch, now, packed, record_event, transaction
from plan.reading import review, review_by_sha
from plan.vectors import save_embeddings

# A reference that is a word for a review and one or two capitals ("Case Q", "SCR AF", "K") has its own letter.
OWN_LETTER = re.compile(r"(?:(?:case|child|family|adult|scr|spr|lcspr|cspr|sar|dhr|review)\W+)*([A-Z]{1,2})\W*", re.I)


def add_review(
    db: sqlite_utils.Database,
    extraction: Extraction,
    classifications: Sequence[Classification],
    vectors: NDArray[np.float32],
    *,
    encoder: str,
    framework: Framework,
    run: str,
    visibility: Visibility = Visibility.DRAFT,
    embargo_until: str | None = None,
) -> ReviewRow:
    """Enter a review: its particulars, recommendations, suggestions and embeddings, in one transaction.

    `classifications` and `vectors` (shape (recommendations, dimensions)) go with the recommendations in order; a vector
    is that of `domain.identity.full_text`. It is noted that near-repeats are to be sought for it. Raises `NotAllowed` if the
    plan holds this content already, `UsageError` for an embargo without a date, `PlanError` if the plan cannot be written.
    """
    if not len(extraction.recommendations) == len(classifications) == len(vectors):
        raise ValueError("recommendations, classifications and vectors differ in number")
    if visibility is Visibility.EMBARGOED and embargo_until is None:
        raise UsageError("An embargoed review needs the day of its release, such as 2026-03-31.")
    at = now()
    identifiers = recommendation_ids(extraction.sha256, extraction.recommendations)
    with transaction(db) as connection:
        known = review_by_sha(db, extraction.sha256)
        if known is not None:
            raise NotAllowed(f"{extraction.file} is in the plan already, as review {known.letter} ({known.file}).")
        record_run_start(db, run, "ingest")
        review_id = _insert_review(db, extraction, visibility, embargo_until, at=at, run=run)
        insert_recommendations(
            connection,
            review_id,
            list(zip(identifiers, count(1), extraction.recommendations)),
            at=at,
            run=run,
        )
        insert_suggestions(connection, zip(identifiers, classifications, strict=True), framework, at=at, run=run)
        insert_possible(connection, review_id, extraction.possible, at=at)
        keys = [content_key(full_text(r.text, r.lead_in)) for r in extraction.recommendations]
        if keys:
            save_embeddings(db, keys, vectors, encoder)
        note_due(db, review_id)
        added = review(db, review_id, audience=None)
        record_event(
            db, who=run, what="review added", subject=f"review {added.letter}", reviews=[review_id], run=run, at=at,
            after={
                "file": added.file, "sha256": added.sha256, "reference": added.reference, "type": added.review_type,
                "visibility": str(visibility), "recommendations": len(identifiers),
                "possible": len(extraction.possible),
            },
        )  # fmt: skip
    return added


def _insert_review(
    db: sqlite_utils.Database,
    extraction: Extraction,
    visibility: Visibility,
    embargo_until: str | None,
    *,
    at: str,
    run: str,
) -> int:
    particulars = extraction.particulars
    sha256 = extraction.sha256
    cursor = db.conn.execute(
        """INSERT INTO reviews (letter, sha256, first_sha256, file, review_type, reference, title, publisher,
            lead_reviewer, edition_key, published, pages, visibility, embargo_until, partial, warnings, added, run)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            _letter(db, particulars), sha256, sha256, extraction.file, particulars.review_type, particulars.case_ref,
            particulars.title, particulars.publisher, particulars.lead_reviewer,
            edition_key(particulars.case_ref, particulars.publisher), particulars.published,
            int(extraction.pages), str(visibility), embargo_until, int(extraction.partial),
            packed(list(extraction.warnings)), at, run,
        ),
    )  # fmt: skip
    review_id = cursor.lastrowid
    assert review_id is not None
    db.conn.execute(
        "INSERT INTO editions (sha256, review_id, file, read_at, run) VALUES (?, ?, ?, ?, ?)",
        (sha256, review_id, extraction.file, at, run),
    )
    return review_id


def _letter(db: sqlite_utils.Database, particulars: Particulars) -> str:
    """The review's short reference: its case's own letter where it has one that is free, else the next free of A, B…AA.

    Partnerships name cases by letters, and the published plan speaks of "Case Q": readers should find Q under Q.
    """
    own = OWN_LETTER.fullmatch((particulars.case_ref or "").strip())
    if own and own[1].isupper() and not _taken(db, own[1]):
        return own[1]
    while True:
        (row,) = fetch(
            db,
            """INSERT INTO letters_given (one, last) VALUES (1, 1)
            ON CONFLICT (one) DO UPDATE SET last = last + 1 RETURNING last""",
        )
        letter = _letters(row["last"])
        # A letter that an imported plan prints is the name of another review, which may still come.
        if not _taken(db, letter) and not fetch(db, "SELECT 1 FROM action_letters WHERE letter = ?", (letter,)):
            return _letters(row["last"])


def _taken(db: sqlite_utils.Database, letter: str) -> bool:
    return bool(fetch(db, "SELECT 1 FROM reviews WHERE letter = ?", (letter,)))


def _letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def add_suggestions(
    db: sqlite_utils.Database,
    suggested: Sequence[tuple[str, Classification]],
    *,
    framework: Framework,
    run: str,
) -> None:
    """Enter new suggestions for recommendations by identifier. Earlier ones stay, and so does what people decided."""
    with transaction(db) as connection:
        insert_suggestions(connection, suggested, framework, at=now(), run=run)


def record_run_start(db: sqlite_utils.Database, run: str, kind: str, *, who: str = "") -> None:
    """Note that a run has begun, by whom, "" for nobody; a run that is known already is left as it is."""
    with transaction(db) as connection:
        connection.execute(
            "INSERT INTO runs (id, kind, started, who) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (run, kind, now(), who),
        )


def record_run_finish(
    db: sqlite_utils.Database, run: str, outcome: str, detail: dict[str, int | float | str] | None = None
) -> None:
    """Note how a run ended, with its figures (never texts)."""
    with transaction(db) as connection:
        connection.execute(
            "UPDATE runs SET finished = ?, outcome = ?, detail = ? WHERE id = ?",
            (now(), outcome, packed(detail or {}), run),
        )
