"""A recommendation's words mended against its page: what was printed stays beside them."""

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.errors import UsageError
from domain.framework import Framework
from domain.identity import content_key, full_text
from domain.records import Classification, RecommendationRow
from domain.states import Audience
from plan.deciding import checked_who
from plan.inserts import insert_suggestions
from plan.ledger import fetch, now, record_event, transaction
from plan.reading import recommendation
from plan.vectors import save_embeddings

LONGEST = 20_000  # characters


def mended_words(given: str, row: RecommendationRow) -> str:
    """Words as they are kept: white space folded, as all text is. Raises `UsageError` where nothing is mended."""
    words = " ".join(given.split())
    if not words:
        raise UsageError("A recommendation has words: copy them from the page.")
    if len(words) > LONGEST:
        raise UsageError(f"At most {LONGEST} characters: copy the recommendation alone.")
    if words == row.text:
        raise UsageError("These are the words that the plan has already.")
    return words


def mend(
    db: sqlite_utils.Database,
    named: str,
    words: str,
    suggested: Classification,
    vector: NDArray[np.float32],
    *,
    encoder: str,
    framework: Framework,
    who: str,
    why: str,
    run: str,
) -> RecommendationRow:
    """Give a recommendation the words that stand on its page, with what a model says of them; gives it as it is then.

    The words as they were read are kept; giving them back undoes the mending. vector: of the mended words, shape
    (1, dimension). Near-repeats are the caller's to seek anew.
    """
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        before = recommendation(db, named)
        text = mended_words(words, before)
        was = printed(db, before.id, audience=None)
        key = content_key(full_text(text, before.lead_in))
        connection.execute(
            "UPDATE recommendations SET text = ?, printed = ?, content_key = ? WHERE id = ?",
            (text, None if text == was else was, key, before.id),
        )
        insert_suggestions(connection, [(before.id, suggested)], framework, at=at, run=run)
        save_embeddings(db, [key], vector, encoder)
        record_event(
            db, who=person, what="words mended", subject=before.id, reviews=[before.review_id], why=why, at=at,
            before={"text": before.text}, after={"text": text},
        )  # fmt: skip
        return recommendation(db, before.id)


def printed(db: sqlite_utils.Database, named: str, *, audience: Audience | None = Audience.PARTNERSHIP) -> str:
    """The words of a recommendation as they were read, mended or not."""
    row = recommendation(db, named, audience=audience)
    (found,) = fetch(db, "SELECT coalesce(printed, text) AS words FROM recommendations WHERE id = ?", (row.id,))
    return str(found["words"])
