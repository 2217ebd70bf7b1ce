"""Rows of the database made into the records of `domain`: the queries that whole records need, each in one place."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import sqlite_utils

from domain.dates import as_read
from domain.identity import is_software
from domain.records import ActionRow, Classification, Event, Nearest, RecommendationRow, ReviewRow, Scored
from domain.states import Kind, Outcome, Rag, Status, Visibility
from plan.filters import Filters
from plan.ledger import fetch, packed
from plan.visibility import Sight

REVIEW = """SELECT v.*, (SELECT count(*) FROM recommendations AS r WHERE r.review_id = v.id) AS recommendations
FROM reviews AS v"""
IN_LIST = "IN (SELECT value FROM json_each(:listed))"
WITHOUT = "r.key NOT IN (SELECT rowid FROM recommendations_fts WHERE recommendations_fts MATCH :without)"


def review_row(row: Mapping[str, Any]) -> ReviewRow:
    """A row of `REVIEW` as a record."""
    return ReviewRow(
        id=row["id"], sha256=row["sha256"], file=row["file"], review_type=row["review_type"],
        reference=row["reference"], title=row["title"], publisher=row["publisher"], lead_reviewer=row["lead_reviewer"],
        published=row["published"], pages=row["pages"], visibility=Visibility(row["visibility"]),
        embargo_until=row["embargo_until"], letter=row["letter"], added=row["added"],
        recommendations=row["recommendations"], partial=bool(row["partial"]),
        warnings=tuple(json.loads(row["warnings"])),
    )  # fmt: skip


def recommendation_rows(
    db: sqlite_utils.Database,
    seen: Sight,
    *,
    filters: Filters | None = None,
    ids: Iterable[str] | None = None,
    limit: int = -1,
    offset: int = 0,
    newest: bool = False,
    without: str = "",
) -> tuple[RecommendationRow, ...]:
    """Recommendations that are seen and wanted, in the order of their reviews; only those in `ids` where given.

    newest: the review that was published last comes first; without: those that the index finds by this are left out.
    """
    wanted = filters or Filters()
    conditions = [seen.reviews("v"), wanted.condition(seen.actions("fa"))]
    params: dict[str, Any] = {**seen.params, **wanted.params, "limit": limit, "offset": offset}
    if ids is not None:
        conditions.append(f"r.id {IN_LIST}")
        params["listed"] = packed(list(ids))
    if without:
        conditions.append(WITHOUT)
        params["without"] = without
    order = "coalesce(v.published, v.added) DESC, r.review_id DESC" if newest else "r.review_id"
    # A group is shown only where another of its members is seen too: its mere name would tell of a hidden review.
    found = fetch(
        db,
        f"""SELECT r.*, v.letter, v.reference, v.file, v.visibility, v.published AS review_published,
            l.quadrant, l.secondary, l.issues, l.areas, l.confidence, l.unsure, l.decided,
            CASE WHEN r.group_id IS NOT NULL AND EXISTS (
                SELECT 1 FROM recommendations AS other JOIN reviews AS ov ON ov.id = other.review_id
                WHERE other.group_id = r.group_id AND other.id <> r.id AND {seen.reviews("ov")}
            ) THEN r.group_id END AS seen_group
        FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        JOIN current_labels AS l ON l.recommendation_id = r.id
        WHERE {" AND ".join(conditions)} ORDER BY {order}, r.ordinal LIMIT :limit OFFSET :offset""",
        params,
    )
    identifiers = [row["id"] for row in found]
    agencies = _agencies(db, identifiers)
    refs = _refs(db, seen, identifiers)
    return tuple(_recommendation_row(row, agencies[row["id"]], refs[row["id"]]) for row in found)


def _recommendation_row(row: Mapping[str, Any], agencies: list[str], refs: list[str]) -> RecommendationRow:
    return RecommendationRow(
        id=row["id"], review_id=row["review_id"], review_letter=row["letter"], review_reference=row["reference"],
        review_file=row["file"], number=row["number"], text=row["text"], lead_in=row["lead_in"], page=row["page"],
        section=row["section"], kind=Kind(row["kind"]), addressee=row["addressee"], agencies=tuple(agencies),
        single_agency=bool(row["single_agency"]), target_date=row["target_date"], outcome=Outcome(row["outcome"]),
        quadrant=row["quadrant"], secondary=row["secondary"], issues=tuple(json.loads(row["issues"])),
        areas=tuple(json.loads(row["areas"])), confidence=row["confidence"], unsure=bool(row["unsure"]),
        decided=bool(row["decided"]), group_id=row["seen_group"], action_refs=tuple(refs),
        visibility=Visibility(row["visibility"]), published=row["review_published"],
    )  # fmt: skip


def _agencies(db: sqlite_utils.Database, identifiers: list[str]) -> dict[str, list[str]]:
    agencies: dict[str, list[str]] = defaultdict(list)
    for row in fetch(
        db,
        f"SELECT recommendation_id, agency FROM recommendation_agencies WHERE recommendation_id {IN_LIST} "
        "ORDER BY recommendation_id, position",
        {"listed": packed(identifiers)},
    ):
        agencies[row["recommendation_id"]].append(row["agency"])
    return agencies


def _refs(db: sqlite_utils.Database, seen: Sight, identifiers: list[str]) -> dict[str, list[str]]:
    refs: dict[str, list[str]] = defaultdict(list)
    for row in fetch(
        db,
        f"""SELECT link.recommendation_id, a.ref FROM action_recommendations AS link
        JOIN actions AS a ON a.id = link.action_id
        WHERE link.recommendation_id {IN_LIST} AND {seen.actions("a")} ORDER BY a.quadrant_number, a.sequence""",
        {"listed": packed(identifiers), **seen.params},
    ):
        refs[row["recommendation_id"]].append(row["ref"])
    return refs


def action_rows(
    db: sqlite_utils.Database, seen: Sight, *, condition: str = "1", params: Mapping[str, Any] | None = None
) -> tuple[ActionRow, ...]:
    """Actions that are seen and meet `condition` over `a` (actions), in the order of their references.

    Reviews and recommendations that are not seen are left out of them, and so is the reference of a hidden successor.
    """
    given: dict[str, Any] = {**seen.params, **(params or {})}
    found = fetch(
        db,
        f"""SELECT a.*, CASE WHEN EXISTS (SELECT 1 FROM actions AS next
            WHERE next.ref = a.superseded_by AND {seen.actions("next")}) THEN a.superseded_by END AS seen_successor
        FROM actions AS a WHERE {seen.actions("a")} AND {condition} ORDER BY a.quadrant_number, a.sequence""",
        given,
    )
    listed = {"listed": packed([row["id"] for row in found]), **seen.params}
    letters: dict[int, list[str]] = defaultdict(list)
    printed: dict[int, list[str]] = defaultdict(list)
    for row in fetch(
        db,
        f"""SELECT action_id, letter, printed FROM (
            SELECT links.action_id, v.letter, 0 AS printed FROM action_review_links AS links
            JOIN reviews AS v ON v.id = links.review_id
            WHERE links.action_id {IN_LIST} AND {seen.reviews("v")}
            UNION
            SELECT p.action_id, p.letter, 1 FROM action_letters AS p
            WHERE p.action_id {IN_LIST} AND NOT EXISTS (SELECT 1 FROM reviews WHERE letter = p.letter)
        ) ORDER BY length(letter), letter""",
        listed,
    ):
        letters[row["action_id"]].append(row["letter"])
        if row["printed"]:
            printed[row["action_id"]].append(row["letter"])
    answered: dict[int, list[str]] = defaultdict(list)
    for row in fetch(
        db,
        f"""SELECT link.action_id, link.recommendation_id FROM action_recommendations AS link
        JOIN recommendations AS r ON r.id = link.recommendation_id JOIN reviews AS v ON v.id = r.review_id
        WHERE link.action_id {IN_LIST} AND {seen.reviews("v")} ORDER BY r.review_id, r.ordinal""",
        listed,
    ):
        answered[row["action_id"]].append(row["recommendation_id"])
    standards: dict[int, list[str]] = defaultdict(list)
    for row in fetch(
        db, f"SELECT action_id, standard FROM action_standards WHERE action_id {IN_LIST} ORDER BY standard", listed
    ):
        standards[row["action_id"]].append(row["standard"])
    return tuple(
        _action_row(row, letters[row["id"]], printed[row["id"]], answered[row["id"]], standards[row["id"]])
        for row in found
    )


def _action_row(
    row: Mapping[str, Any], letters: list[str], printed: list[str], answered: list[str], standards: list[str]
) -> ActionRow:
    return ActionRow(
        ref=row["ref"], quadrant=row["quadrant"], text=row["text"], lead_agency=row["lead_agency"],
        target_date=as_read(row["target_date"]), original_target_date=as_read(row["original_target_date"]),
        status=Status(row["status"]),
        progress=row["progress"], worry_statement=row["worry_statement"], success_goal=row["success_goal"],
        next_steps=row["next_steps"], home=row["home"], superseded_by=row["seen_successor"],
        review_refs=tuple(letters), applies_to_all=bool(row["applies_to_all"]), recommendations=tuple(answered),
        opened=row["opened"], closed=row["closed"], completed=row["completed"], assured=row["assured"],
        achieved=None if row["achieved"] is None else bool(row["achieved"]), printed_refs=tuple(printed),
        rag=Rag(row["rag"]), recheck=row["recheck"], standards=tuple(standards), source=row["source"],
        released=bool(row["released"]),
    )  # fmt: skip


def event_row(row: Mapping[str, Any]) -> Event:
    """A row of events as a record."""
    return Event(
        at=row["at"], who=row["who"], what=row["what"], subject=row["subject"], before=row["before"],
        after=row["after"], why=row["why"], by_software=row["who"] == row["run"] or is_software(row["who"]),
        asked_by=row["asked_by"] or "",
    )  # fmt: skip


def classification(row: Mapping[str, Any], texts: Mapping[str, str]) -> Classification:
    """A row of suggestions as a record.

    `texts`: the words of those recommendations among its nearest examples that the reader may see; the others go.
    """
    scores = json.loads(row["scores"])
    nearest = [Nearest(*parts) for parts in json.loads(row["nearest"])]
    return Classification(
        quadrant=row["quadrant"], secondary=row["secondary"], confidence=row["confidence"], unsure=bool(row["unsure"]),
        between=tuple(json.loads(row["between_codes"])),
        scores=_scored(scores["quadrants"]), issues=_scored(scores["issues"]), areas=_scored(scores["areas"]),
        standards=_scored(scores["standards"]),
        nearest=tuple(
            Nearest(n.id, texts.get(n.id, n.text), n.quadrant, n.similarity, n.origin)
            for n in nearest
            if n.origin == "example" or n.id in texts
        ),
        words=_scored(scores["words"]), model=row["model"], why_unsure=row["why_unsure"],
    )  # fmt: skip


def _scored(pairs: Iterable[tuple[str, float]]) -> tuple[Scored, ...]:
    return tuple(Scored(code, score) for code, score in pairs)
