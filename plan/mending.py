"""A recommendation's words, or whom it addresses, mended against its page: what was read stays beside them."""

import json
from dataclasses import dataclass

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.errors import UsageError
from domain.framework import Framework
from domain.identity import content_key, full_text
from domain.records import Classification, RecommendationRow
from domain.states import Audience
from plan.deciding import checked_who
from plan.inserts import insert_agencies, insert_suggestions, packed_addressing
from plan.ledger import fetch, now, record_event, transaction
from plan.reading import recommendation
from plan.vectors import save_embeddings

LONGEST = 20_000  # characters
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Addressing:
    """Whom a recommendation addresses: in words, by the framework's codes, and whether it asks something of one body alone."""

    addressee: str | None
    agencies: tuple[str, ...]
    single_agency: bool


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


def address(
    db: sqlite_utils.Database, named: str, told: Addressing, *, framework: Framework, who: str, why: str
) -> RecommendationRow:
    """Say whom a recommendation addresses; gives it as it is then. Near-repeats are the caller's to seek anew.

    What was read is kept; giving that back undoes the correction. Raises `UsageError` for an agency that the framework does
    not know, for more words than a name has, and where nothing would change.
    """
    person, at = checked_who(who), now()
    words = " ".join((told.addressee or "").split()) or None
    if words is not None and len(words) > LONGEST_NAME:
        raise UsageError(f"At most {LONGEST_NAME} characters: copy from the page whom it addresses, and nothing more.")
    unknown = [code for code in told.agencies if code not in framework.agency_codes]
    if unknown:
        raise UsageError(f"“{unknown[0]}” is not an agency. Choose from: {', '.join(framework.agency_codes)}.")
    with transaction(db) as connection:
        before = recommendation(db, named)
        # In the order of the report, those that a person has added after them.
        agencies = sorted(told.agencies, key=lambda code: (*before.agencies, *told.agencies).index(code))
        now_told = packed_addressing(words, agencies, told.single_agency)
        was_told = packed_addressing(before.addressee, before.agencies, before.single_agency)
        if now_told == was_told:
            raise UsageError("This is whom the plan says it addresses already.")
        read = _as_read(db, before)
        connection.execute(
            "UPDATE recommendations SET addressee = ?, single_agency = ?, addressing_read = ? WHERE id = ?",
            (words, int(told.single_agency), None if now_told == read else read, before.id),
        )
        connection.execute("DELETE FROM recommendation_agencies WHERE recommendation_id = ?", (before.id,))
        insert_agencies(connection, [(before.id, agencies)])
        record_event(
            db, who=person, what="addressee corrected", subject=before.id, reviews=[before.review_id], why=why, at=at,
            before=json.loads(was_told), after=json.loads(now_told),
        )  # fmt: skip
        return recommendation(db, before.id)


def addressed_as_read(
    db: sqlite_utils.Database, named: str, *, audience: Audience | None = Audience.PARTNERSHIP
) -> Addressing | None:
    """Whom a recommendation addresses as it was read, where a person has corrected that."""
    row = recommendation(db, named, audience=audience)
    read = _as_read(db, row)
    if read == packed_addressing(row.addressee, row.agencies, row.single_agency):
        return None
    told = json.loads(read)
    return Addressing(told["addressee"], tuple(told["agencies"]), told["single_agency"])


def _as_read(db: sqlite_utils.Database, row: RecommendationRow) -> str:
    (found,) = fetch(db, "SELECT addressing_read AS told FROM recommendations WHERE id = ?", (row.id,))
    return str(found["told"] or packed_addressing(row.addressee, row.agencies, row.single_agency))
