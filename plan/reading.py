"""Named questions to the plan, answered in records.

Every question that may leave the room takes an `audience`; the partnership's working copy is the default, and None (the
keeper) is for finding a review again whatever its visibility.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlite_utils

from domain.errors import NotFound
from domain.identity import full_text
from domain.records import (
    ActionRow,
    Box,
    Classification,
    RecommendationRow,
    Repeat,
    ReviewRow,
)
from domain.states import Audience, Outcome, RepeatVerdict, Status
from plan import rows
from plan.filters import Filters
from plan.inserts import edition_key, unpacked_boxes, unpacked_words
from plan.ledger import fetch, packed
from plan.visibility import sight

PARTNERSHIP = Audience.PARTNERSHIP
SHORTEST_PREFIX = 4
FIRST_WORDS = 8  # by which people tell recommendations of one number apart
_PLACE = re.compile(r"([A-Za-z]+)[\s,:/]+(?:recommendations?\s+)?(\S+)", re.IGNORECASE)
_TOGETHER = re.compile(r"([A-Za-z]{1,3})([0-9]\S*)")  # "K3", as people write it who do not know our form


@dataclass(frozen=True, slots=True)
class Asks:
    """Every recommendation as matching needs it, in parallel tuples: identifier, words, agencies, review."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    agencies: tuple[tuple[str, ...], ...]
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a recommendation is printed: the PDF, the pages that it runs over and those that print it again, its boxes.

    sha256: of the PDF; of_review: how many pages that has.
    """

    sha256: str
    pages: tuple[int, ...]
    also_on: tuple[int, ...]
    boxes: tuple[Box, ...]
    of_review: int


@dataclass(frozen=True, slots=True)
class Became:
    """One step of what became of a recommendation: outcome, reason, who and when (UTC, ISO 8601)."""

    outcome: Outcome
    reason: str
    who: str
    at: str


# ------------------------------------------------------------------------------------------------ reviews


def review_by_sha(db: sqlite_utils.Database, sha256: str) -> ReviewRow | None:
    """The review that had this content in any of its editions, whatever its visibility; None where there is none."""
    found = fetch(
        db, f"{rows.REVIEW} WHERE v.id = (SELECT review_id FROM editions WHERE sha256 = ?)", (sha256.lower(),)
    )
    return rows.review_row(found[0]) if found else None


def review_by_edition(db: sqlite_utils.Database, reference: str | None, publisher: str | None) -> ReviewRow | None:
    """The review with this reference and publisher (case and spaces aside), whatever its visibility; or None."""
    key = edition_key(reference, publisher)
    found = fetch(db, f"{rows.REVIEW} WHERE v.edition_key = ? ORDER BY v.id LIMIT 1", (key,))
    return rows.review_row(found[0]) if found else None


def letters_of_file(db: sqlite_utils.Database, file: str, *, but: int) -> tuple[str, ...]:
    """Letters of the reviews that came from a file of this name, whatever their visibility; `but` that one, by its id."""
    found = fetch(db, "SELECT letter FROM reviews WHERE file = ? AND id <> ? ORDER BY id", (file, but))
    return tuple(row["letter"] for row in found)


def reviews(
    db: sqlite_utils.Database,
    *,
    audience: Audience | None = PARTNERSHIP,
    day: date | None = None,
    letters: Sequence[str] | None = None,
) -> tuple[ReviewRow, ...]:
    """The reviews that an audience sees on a day, in the order in which they came; only those of `letters` where given."""
    seen = sight(audience, day)
    named = "" if letters is None else f"AND v.letter {rows.IN_LIST}"
    found = fetch(
        db,
        f"{rows.REVIEW} WHERE {seen.reviews('v')} {named} ORDER BY v.id",
        {**seen.params, "listed": packed(list(letters or ()))},
    )
    return tuple(rows.review_row(row) for row in found)


def review(
    db: sqlite_utils.Database, named: int | str, *, audience: Audience | None = PARTNERSHIP, day: date | None = None
) -> ReviewRow:
    """One review by its id or its letter. Raises `NotFound` where there is none that the audience sees."""
    seen = sight(audience, day)
    by = "v.id = :named" if isinstance(named, int) else "v.letter = upper(:named)"
    found = fetch(db, f"{rows.REVIEW} WHERE {by} AND {seen.reviews('v')}", {"named": named, **seen.params})
    if not found:
        raise no_review(named)
    return rows.review_row(found[0])


def no_review(named: int | str) -> NotFound:
    """What to say where there is no review of a name that somebody may see."""
    said = f"Review {named} is not in the plan, or you may not see it (it may be withdrawn)."
    return NotFound(
        f"{said} `cap counts --by review` lists those there are.", page=f"{said} See Reviews for those there are."
    )


# ------------------------------------------------------------------------------------------------ recommendations


def recommendations(
    db: sqlite_utils.Database,
    *,
    audience: Audience | None = PARTNERSHIP,
    filters: Filters | None = None,
    day: date | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[RecommendationRow, ...]:
    """The recommendations that an audience sees, narrowed by `filters`, in the order of their reviews."""
    return rows.recommendation_rows(
        db, sight(audience, day), filters=filters, limit=-1 if limit is None else limit, offset=offset
    )


def recommendations_by_id(
    db: sqlite_utils.Database,
    identifiers: Sequence[str],
    *,
    audience: Audience | None = PARTNERSHIP,
    filters: Filters | None = None,
) -> tuple[RecommendationRow, ...]:
    """Those of these recommendations that an audience sees and `filters` want, in the order of their reviews."""
    return rows.recommendation_rows(db, sight(audience), filters=filters, ids=identifiers)


def recommendation(
    db: sqlite_utils.Database, named: str, *, audience: Audience | None = PARTNERSHIP, day: date | None = None
) -> RecommendationRow:
    """One recommendation by its identifier, the beginning of it, or its review's letter and number ("K 3").

    Raises `NotFound` where none is meant, or more than one.
    """
    found = recommendation_ids_named(db, named, audience=audience, day=day)
    row = rows.recommendation_rows(db, sight(audience, day), ids=found)
    if len(row) > 1:
        raise NotFound(_several(named, row))
    if not row:
        said = f"Recommendation {named} is not in the plan, or you may not see it (its review may be withdrawn)."
        raise NotFound(
            f"{said} Give an identifier such as r-9f2c4e1a0b7d, or a review's letter and the number, such as "
            '"K 3"; `cap search` shows both.',
            page=f"{said} Search past recommendations at the top of the page.",
        )
    return row[0]


def _several(named: str, found: Sequence[RecommendationRow]) -> str:
    """What to say where a name could mean several: all of them, each with the place and the words to know it by."""
    listed = "; ".join(
        f"{row.id} (page {row.page}, “{' '.join(full_text(row.text, row.lead_in).split()[:FIRST_WORDS])} …”)"
        for row in found
    )
    one = found[0]
    if not one.id.startswith(f"r-{named.strip().casefold().removeprefix('r-')}"):
        what = f"Review {one.review_letter} has {len(found)} recommendations numbered {one.number}."
    else:
        what = f"{named} is the beginning of {len(found)} identifiers."
    return f"{what} Use the identifier of the one you mean: {listed}."


def recommendation_ids_named(
    db: sqlite_utils.Database, named: str, *, audience: Audience | None, day: date | None = None
) -> tuple[str, ...]:
    """Identifiers of all the recommendations that a name could mean to this audience, in order."""
    seen = sight(audience, day)
    words = named.strip()

    def those(condition: str, **params: str) -> tuple[str, ...]:
        found = fetch(
            db,
            f"""SELECT r.id FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
            WHERE {condition} AND {seen.reviews("v")} ORDER BY r.id LIMIT 50""",
            {**params, **seen.params},
        )
        return tuple(row["id"] for row in found)

    place = _PLACE.fullmatch(words) or _TOGETHER.fullmatch(words)
    if place:
        by_place = those(
            "v.letter = :letter AND lower(r.number) = :number", letter=place[1].upper(), number=place[2].casefold()
        )
        if by_place:
            return by_place
    start = words.casefold().removeprefix("r-")
    if len(start) < SHORTEST_PREFIX or re.search(r"[^0-9a-f]", start):
        return ()
    # A range, unlike LIKE, uses the index of identifiers.
    return those("r.id >= :low AND r.id < :high", low=f"r-{start}", high=f"r-{start}~")


def is_place(named: str) -> bool:
    """Whether a name has the form of a review's letter and a number ("K 3", "K3"), whatever the plan has."""
    words = named.strip()
    return bool(_PLACE.fullmatch(words) or _TOGETHER.fullmatch(words))


def place(db: sqlite_utils.Database, named: str, *, audience: Audience | None = PARTNERSHIP) -> Place:
    """Where a recommendation is printed. Raises `NotFound` where there is none that the audience sees."""
    row = recommendation(db, named, audience=audience)
    (found,) = fetch(
        db,
        """SELECT v.sha256, v.pages AS of_review, r.pages, r.also_on, r.boxes FROM recommendations AS r
        JOIN reviews AS v ON v.id = r.review_id WHERE r.id = ?""",
        (row.id,),
    )
    pages = sorted({row.page, *json.loads(found["pages"])})
    return Place(
        found["sha256"], tuple(pages), tuple(json.loads(found["also_on"])), unpacked_boxes(found["boxes"]),
        found["of_review"],
    )  # fmt: skip


def suggestion(
    db: sqlite_utils.Database,
    recommendation_id: str,
    *,
    audience: Audience | None = PARTNERSHIP,
) -> Classification | None:
    """The model's latest suggestion with its evidence; None where no model has looked, or the review is not seen."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT s.* FROM suggestions AS s JOIN recommendations AS r ON r.id = s.recommendation_id
        JOIN reviews AS v ON v.id = r.review_id WHERE s.recommendation_id = :id AND {seen.reviews("v")}
        ORDER BY s.id DESC LIMIT 1""",
        {"id": recommendation_id, **seen.params},
    )
    if not found:
        return None
    texts = {
        row["id"]: full_text(row["text"], row["lead_in"])
        for row in fetch(
            db,
            f"""SELECT r.id, r.text, r.lead_in FROM json_each(:nearest) AS n
            JOIN recommendations AS r ON r.id = json_extract(n.value, '$[0]') JOIN reviews AS v ON v.id = r.review_id
            WHERE {seen.reviews("v")}""",
            {"nearest": found[0]["nearest"], **seen.params},
        )
    }
    return rows.classification(found[0], texts)


def outcomes(
    db: sqlite_utils.Database, recommendation_id: str, *, audience: Audience | None = PARTNERSHIP
) -> tuple[Became, ...]:
    """What became of a recommendation, step by step with reasons, oldest first."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT o.* FROM outcomes AS o JOIN recommendations AS r ON r.id = o.recommendation_id
        JOIN reviews AS v ON v.id = r.review_id WHERE o.recommendation_id = :id AND {seen.reviews("v")}
        ORDER BY o.id""",
        {"id": recommendation_id, **seen.params},
    )
    return tuple(Became(Outcome(row["outcome"]), row["reason"], row["who"], row["at"]) for row in found)


def asks(db: sqlite_utils.Database) -> Asks:
    """Every recommendation of every review that is not withdrawn, for matching; never shown as it is."""
    seen = sight(PARTNERSHIP)
    found = fetch(
        db,
        f"""SELECT r.id, r.review_id, r.text, r.lead_in, (
            SELECT group_concat(agency, ' ') FROM (SELECT agency FROM recommendation_agencies
                WHERE recommendation_id = r.id ORDER BY position)) AS agencies
        FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        WHERE {seen.reviews("v")} ORDER BY r.key""",
        seen.params,
    )
    return Asks(
        ids=tuple(row["id"] for row in found),
        texts=tuple(full_text(row["text"], row["lead_in"]) for row in found),
        agencies=tuple(tuple((row["agencies"] or "").split()) for row in found),
        reviews=tuple(f"review {row['review_id']}" for row in found),
    )


# ------------------------------------------------------------------------------------------------ near-repeats


def repeats(
    db: sqlite_utils.Database, recommendation_id: str, *, audience: Audience | None = PARTNERSHIP
) -> tuple[Repeat, ...]:
    """The near-repeats of a recommendation with their evidence, likeliest first; the audience sees both sides."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT p.* FROM repeats AS p
        JOIN recommendations AS ra ON ra.id = p.a JOIN reviews AS va ON va.id = ra.review_id
        JOIN recommendations AS rb ON rb.id = p.b JOIN reviews AS vb ON vb.id = rb.review_id
        WHERE :id IN (p.a, p.b) AND {seen.reviews("va")} AND {seen.reviews("vb")} ORDER BY p.score DESC, p.a, p.b""",
        {"id": recommendation_id, **seen.params},
    )
    return tuple(
        Repeat(
            row["a"], row["b"], row["score"], row["similarity"], unpacked_words(row["shared"]),
            unpacked_words(row["only_a"]), unpacked_words(row["only_b"]),
        )
        for row in found
    )  # fmt: skip


def repeat_verdicts(db: sqlite_utils.Database) -> dict[tuple[str, str], RepeatVerdict]:
    """The latest verdict of a person on each pair, keyed by the two identifiers in order."""
    found = fetch(db, "SELECT a, b, verdict FROM repeat_decisions ORDER BY id")
    return {(row["a"], row["b"]): RepeatVerdict(row["verdict"]) for row in found}


# ------------------------------------------------------------------------------------------------ actions


def actions(
    db: sqlite_utils.Database,
    *,
    audience: Audience | None = PARTNERSHIP,
    statuses: tuple[Status, ...] = (),
    quadrant: str | None = None,
    day: date | None = None,
) -> tuple[ActionRow, ...]:
    """The actions that an audience sees, by reference; of these statuses and this quadrant where given."""
    conditions, params = ["1"], dict[str, Any]()
    if statuses:
        names = {f"status_{n}": str(status) for n, status in enumerate(statuses)}
        conditions.append(f"a.status IN ({', '.join(':' + name for name in names)})")
        params |= names
    if quadrant is not None:
        conditions.append("a.quadrant = :in_quadrant")
        params["in_quadrant"] = quadrant
    return rows.action_rows(db, sight(audience, day), condition=" AND ".join(conditions), params=params)


def action(
    db: sqlite_utils.Database, ref: str, *, audience: Audience | None = PARTNERSHIP, day: date | None = None
) -> ActionRow:
    """One action by its reference. Raises `NotFound` where there is none that the audience sees."""
    found = rows.action_rows(db, sight(audience, day), condition="a.ref = :ref", params={"ref": ref.strip()})
    if not found:
        said = f"Action {ref} is not in the plan, or you may not see it (its review may be withdrawn)."
        raise NotFound(
            f"{said} References look like 2.3; `cap export` lists them.",
            page=f"{said} See Action plan for the references there are.",
        )
    return found[0]
