"""The plan for other programs: CSV in the published columns, and JSON that keeps to `plan.schema.json`."""

import json
from pathlib import Path
from typing import Any

from domain.files import save
from domain.records import ActionRow, CountRow, RecommendationRow, ReviewRow
from publish import wording
from publish.contents import PlanContents
from publish.delimited import csv_bytes

SCHEMA = Path(__file__).with_name("plan.schema.json")
"""The JSON Schema of what `write_json` writes."""

Json = dict[str, Any]


def write_csv(contents: PlanContents, file: Path) -> Path:
    """Write the adopted actions in the published columns, with their status, as CSV. Raises `CannotWork`."""
    rows = [wording.plan_cells(contents, action) for action in _actions(contents)]
    return save(file, csv_bytes([wording.COLUMNS, *rows]))


def write_overdue_csv(contents: PlanContents, file: Path) -> Path:
    """Write the actions whose target date has passed, the longest overdue first, as CSV. Raises `CannotWork`."""
    late = sorted((a for a in contents.outstanding if contents.overdue(a)), key=contents.overdue, reverse=True)
    rows = [(*wording.plan_cells(contents, action), contents.overdue(action)) for action in late]
    return save(file, csv_bytes([(*wording.COLUMNS, "Days overdue"), *rows]))


def write_json(contents: PlanContents, file: Path) -> Path:
    """Write actions, reviews and counts as JSON; for the partnership also its proposals, apart. Raises `CannotWork`."""
    text = json.dumps(plan_json(contents), ensure_ascii=False, indent=2)
    # A lone half of a character pair cannot be written as UTF-8.
    return save(file, (text + "\n").encode("utf-8", "replace"))


def plan_json(contents: PlanContents) -> Json:
    """What `write_json` writes, as plain values."""
    known = {recommendation.id: recommendation for recommendation in contents.recommendations}
    whole: Json = {
        "about": {
            "partnership": contents.partnership,
            "audience": contents.audience.value,
            "as_of": contents.as_of.isoformat(),
            "working_copy": contents.working_copy,
            "framework": {"name": contents.framework.name, "version": contents.framework.version},
            **({"note": wording.EARLIER} if contents.earlier else {}),
        },
        "actions": [_action(action, known) for action in _actions(contents)],
        "reviews": [_review(review, contents.for_public) for review in contents.reviews],
        "counts": _counts(contents),
    }
    if not contents.for_public:
        whole["proposals"] = [_proposal(proposal) for proposal in contents.proposals]
    return whole


def _actions(contents: PlanContents) -> list[ActionRow]:
    codes = dict.fromkeys((*contents.framework.quadrant_codes, *(action.quadrant for action in contents.actions)))
    return [action for code in codes for action in contents.actions_of(code)]


def _action(action: ActionRow, known: dict[str, RecommendationRow]) -> Json:
    return {
        "ref": action.ref,
        "quadrant": action.quadrant,
        "review_refs": list(action.review_refs),
        "applies_to_all": action.applies_to_all,
        "action": action.text,
        "lead_agency": action.lead_agency,
        "target_date": action.target_date,
        "status": action.status.value,
        "progress": action.progress,
        "worry_statement": action.worry_statement,
        "success_goal": action.success_goal,
        "next_steps": action.next_steps,
        "home": action.home,
        "source": action.source,
        "rag": action.rag.value,
        "standards": list(action.standards),
        "recheck": action.recheck,
        "recommendations": [_source(known[identifier]) for identifier in action.recommendations if identifier in known],
    }


def _source(row: RecommendationRow) -> Json:
    return {
        "id": row.id,
        "review_ref": row.review_letter,
        "number": row.number,
        "page": row.page,
        "lead_in": row.lead_in,
        "text": row.text,
    }


def _proposal(row: RecommendationRow) -> Json:
    return _source(row) | {
        "kind": row.kind.value,
        "quadrant": row.quadrant,
        "secondary": row.secondary,
        "issues": list(row.issues),
        "areas": list(row.areas),
        "confidence": row.confidence,
        "unsure": row.unsure,
        "decided": row.decided,
        "addressee": row.addressee,
        "agencies": list(row.agencies),
        "target_date": row.target_date,
        "repeats": row.group_id,
    }


def _review(review: ReviewRow, public: bool) -> Json:
    shown: Json = {
        "ref": review.letter,
        "reference": review.reference,
        "title": review.title,
        "review_type": review.review_type,
        "publisher": review.publisher,
        "lead_reviewer": review.lead_reviewer,
        "published": review.published,
        "pages": review.pages,
        "recommendations": review.recommendations,
    }
    if not public:
        shown |= {
            "file": review.file,
            "sha256": review.sha256,
            "visibility": review.visibility.value,
            "embargo_until": review.embargo_until,
        }
    return shown


def _counts(contents: PlanContents) -> Json:
    public = contents.for_public
    by: dict[str, list[Json]] = {}
    for row in contents.counts:
        by.setdefault(row.by, []).append(_count(row, public))
    return {
        "as_of": contents.as_of.isoformat(),
        "basis": contents.basis,
        "by": by,
        "history": [{"as_of": day, "by_quadrant": [_count(r, public) for r in rows]} for day, rows in contents.history],
    }


def _count(row: CountRow, public: bool) -> Json:
    count: Json = {
        "code": row.code,
        "title": row.title,
        "unit": row.unit,
        "total": row.total,
        "open": row.open,
        "closed": row.closed,
        "overdue": row.overdue,
    }
    return count if public else count | {"proposed": row.proposed}
