"""Records packed into columns and back, and rows entered in bulk: what entering and re-reading a review share."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from domain.framework import Framework
from domain.identity import content_key, full_text
from domain.records import Box, Classification, ExtractedRecommendation, PossibleRecommendation, Scored
from plan.ledger import packed

PARTICULARS = ("review_type", "reference", "title", "publisher", "lead_reviewer", "published")
RECOMMENDATION_COLUMNS = (
    "id", "review_id", "ordinal", "number", "text", "lead_in", "page", "pages", "also_on", "section", "kind",
    "addressee", "heading_names", "single_agency", "target_date", "boxes", "content_key", "difference", "added", "run",
)  # fmt: skip


def edition_key(reference: str | None, publisher: str | None) -> str | None:
    """What the editions of one review share: its reference and publisher, case and spaces aside; None: not known."""
    if not reference or not publisher:
        return None
    return packed([" ".join(words.split()).casefold() for words in (reference, publisher)])


def packed_boxes(boxes: Iterable[Box]) -> str:
    """Boxes as JSON: a list of [page, x0, top, x1, bottom]."""
    return packed([[box.page, box.x0, box.top, box.x1, box.bottom] for box in boxes])


def unpacked_boxes(text: str) -> tuple[Box, ...]:
    """The inverse of `packed_boxes`."""
    return tuple(Box(*parts) for parts in json.loads(text))


def unpacked_words(text: str) -> tuple[str, ...]:
    """A stored JSON list of words or codes."""
    return tuple(json.loads(text))


def printed_columns(recommendation: ExtractedRecommendation) -> dict[str, object]:
    """The columns that hold what is printed; reading a review again may change these and no others."""
    return {
        "number": recommendation.number,
        "text": recommendation.text,
        "lead_in": recommendation.lead_in,
        "page": int(recommendation.page),
        "pages": packed([int(page) for page in recommendation.pages]),
        "also_on": packed([int(page) for page in recommendation.also_on]),
        "section": recommendation.section,
        "kind": str(recommendation.kind),
        "addressee": recommendation.addressee,
        "heading_names": recommendation.heading_names,
        "single_agency": int(recommendation.single_agency),
        "target_date": recommendation.target_date,
        "boxes": packed_boxes(recommendation.boxes),
        "content_key": content_key(full_text(recommendation.text, recommendation.lead_in)),
    }


def insert_recommendations(
    connection: sqlite3.Connection,
    review_id: int,
    entries: Sequence[tuple[str, int, ExtractedRecommendation]],
    *,
    at: str,
    run: str,
    difference: str | None = None,
) -> None:
    """Enter recommendations in bulk: each with its identifier and its place (from 1) in the review."""
    marks = ", ".join(f":{column}" for column in RECOMMENDATION_COLUMNS)
    connection.executemany(
        f"INSERT INTO recommendations ({', '.join(RECOMMENDATION_COLUMNS)}) VALUES ({marks})",
        [
            {
                "id": identifier, "review_id": review_id, "ordinal": ordinal, "difference": difference,
                "added": at, "run": run, **printed_columns(recommendation),
            }
            for identifier, ordinal, recommendation in entries
        ],
    )  # fmt: skip
    insert_agencies(connection, [(identifier, recommendation.agencies) for identifier, _, recommendation in entries])
    connection.executemany(
        "INSERT INTO outcomes (recommendation_id, outcome, reason, who, at) VALUES (?, 'proposed', '', ?, ?)",
        [(identifier, run, at) for identifier, _, _ in entries],
    )


def packed_addressing(addressee: str | None, agencies: Iterable[str], single_agency: bool) -> str:
    """Whom a recommendation addresses, as JSON."""
    told = {"addressee": addressee, "agencies": list(dict.fromkeys(agencies)), "single_agency": bool(single_agency)}
    return packed(told)


def insert_agencies(connection: sqlite3.Connection, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Enter who must act on each recommendation, in the order in which they are named."""
    connection.executemany(
        "INSERT INTO recommendation_agencies (recommendation_id, agency, position) VALUES (?, ?, ?)",
        [
            (identifier, agency, position)
            for identifier, agencies in entries
            for position, agency in enumerate(dict.fromkeys(agencies))
        ],
    )


def insert_suggestions(
    connection: sqlite3.Connection,
    entries: Iterable[tuple[str, Classification]],
    framework: Framework,
    *,
    at: str,
    run: str,
) -> None:
    """Enter what a model suggests for each recommendation; earlier suggestions stay."""
    connection.executemany(
        """INSERT INTO suggestions (recommendation_id, model, framework, quadrant, secondary, confidence, unsure,
            why_unsure, between_codes, issues, areas, standards, scores, nearest, at, run)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [_suggestion(identifier, suggested, framework, at, run) for identifier, suggested in entries],
    )


def _suggestion(
    identifier: str, suggested: Classification, framework: Framework, at: str, run: str
) -> tuple[object, ...]:
    scores = {
        "quadrants": _pairs(suggested.scores), "issues": _pairs(suggested.issues), "areas": _pairs(suggested.areas),
        "standards": _pairs(suggested.standards), "words": _pairs(suggested.words),
    }  # fmt: skip
    # The words of another review's recommendation are not copied here: they are looked up when shown, to those who may.
    nearest = [
        [n.id, n.text if n.origin == "example" else "", n.quadrant, float(n.similarity), n.origin]
        for n in suggested.nearest
    ]
    return (
        identifier, suggested.model, framework.version, suggested.quadrant, suggested.secondary,
        min(1.0, max(0.0, float(suggested.confidence))), int(suggested.unsure), suggested.why_unsure,
        packed(list(suggested.between)), _codes(suggested.issues), _codes(suggested.areas), _codes(suggested.standards),
        packed(scores), packed(nearest), at, run,
    )  # fmt: skip


def _pairs(scored: Iterable[Scored]) -> list[list[object]]:
    return [[s.code, float(s.score)] for s in scored]


def _codes(scored: Iterable[Scored]) -> str:
    return packed([s.code for s in scored])


def insert_possible(
    connection: sqlite3.Connection, review_id: int, passages: Iterable[PossibleRecommendation], *, at: str
) -> None:
    """Enter passages that a person has to take or dismiss."""
    connection.executemany(
        "INSERT INTO possible (review_id, text, page, section, why, boxes, score, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(review_id, p.text, int(p.page), p.section, p.why, packed_boxes(p.boxes), p.score, at) for p in passages],
    )
