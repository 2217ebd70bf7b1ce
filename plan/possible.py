"""Passages that read like recommendations where none was announced: a person takes or dismisses each."""

import hashlib
from dataclasses import dataclass

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.errors import NotAllowed, NotFound
from domain.framework import Framework
from domain.identity import content_key
from domain.records import Box, Classification, ExtractedRecommendation, RecommendationRow
from domain.states import Audience
from plan.deciding import checked_who
from plan.inserts import insert_recommendations, insert_suggestions, unpacked_boxes
from plan.ledger import fetch, now, record_event, transaction
from plan.reading import recommendation
from plan.vectors import save_embeddings
from plan.visibility import sight


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its place, and why it might be a recommendation; `id` is its number in the plan."""

    id: int
    review_id: int
    review_letter: str
    text: str
    page: int
    section: str
    why: str
    boxes: tuple[Box, ...]


def passages(
    db: sqlite_utils.Database, review_id: int | None = None, *, audience: Audience = Audience.PARTNERSHIP
) -> tuple[Passage, ...]:
    """Passages that wait for a person, of one review or of all, likeliest first within a review."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT p.*, v.letter FROM possible AS p JOIN reviews AS v ON v.id = p.review_id
        WHERE p.standing = 'open' AND (:review IS NULL OR p.review_id = :review) AND {seen.reviews("v")}
        ORDER BY p.review_id, p.score DESC, p.page, p.id""",
        {"review": review_id, **seen.params},
    )
    return tuple(
        Passage(
            row["id"], row["review_id"], row["letter"], row["text"], row["page"], row["section"], row["why"],
            unpacked_boxes(row["boxes"]),
        )
        for row in found
    )  # fmt: skip


def passage(db: sqlite_utils.Database, number: int) -> Passage:
    """A passage that waits. Raises `NotFound` where there is none, or somebody has decided already."""
    found = [p for p in passages(db) if p.id == number]
    if not found:
        raise NotFound("This passage waits no longer: somebody has taken or dismissed it.")
    return found[0]


def dismiss(db: sqlite_utils.Database, number: int, *, who: str, why: str = "") -> Passage:
    """Say that a passage is no recommendation."""
    person = checked_who(who)
    with transaction(db) as connection:
        chosen = passage(db, number)
        connection.execute("UPDATE possible SET standing = 'dismissed' WHERE id = ?", (number,))
        record_event(
            db, who=person, what="possible recommendation dismissed", subject=f"review {chosen.review_letter}",
            reviews=[chosen.review_id], why=why, before={"text": chosen.text, "page": chosen.page},
        )  # fmt: skip
    return chosen


def take(
    db: sqlite_utils.Database,
    number: int,
    recommendation_found: ExtractedRecommendation,
    suggested: Classification,
    vector: NDArray[np.float32],
    *,
    encoder: str,
    framework: Framework,
    who: str,
    run: str,
) -> RecommendationRow:
    """Make a passage a recommendation of its review, proposed like any other; gives it.

    recommendation_found: the passage with who must act, as reading it found. Raises `NotFound`, `NotAllowed`.
    """
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        chosen = passage(db, number)
        (review,) = fetch(db, "SELECT first_sha256 FROM reviews WHERE id = ?", (chosen.review_id,))
        identifier = _identifier(review["first_sha256"], chosen)
        if fetch(db, "SELECT 1 FROM recommendations WHERE id = ?", (identifier,)):
            raise NotAllowed("This passage is a recommendation of the review already.")
        (last,) = fetch(
            db, "SELECT coalesce(max(ordinal), 0) AS n FROM recommendations WHERE review_id = ?", (chosen.review_id,)
        )
        insert_recommendations(
            connection, chosen.review_id, [(identifier, last["n"] + 1, recommendation_found)], at=at, run=run
        )
        insert_suggestions(connection, [(identifier, suggested)], framework, at=at, run=run)
        save_embeddings(db, [content_key(recommendation_found.text)], vector, encoder)
        connection.execute("UPDATE possible SET standing = 'taken' WHERE id = ?", (number,))
        record_event(
            db, who=person, what="possible recommendation taken", subject=identifier, reviews=[chosen.review_id], at=at,
            after={"text": chosen.text, "page": chosen.page},
        )  # fmt: skip
    return recommendation(db, identifier)


def _identifier(sha256: str, chosen: Passage) -> str:
    """From the review's first edition and the passage's place, as that of any recommendation is."""
    place = chosen.boxes[0] if chosen.boxes else None
    where = f"{place.top:.0f}" if place is not None else str(chosen.id)
    return "r-" + hashlib.sha256(f"{sha256}:{chosen.page}:possible:{where}".encode()).hexdigest()[:12]
