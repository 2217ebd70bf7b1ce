"""All that a publication takes from the plan: as it stands, or as it stood at the end of an earlier day.

What stood is put together from what was recorded until then. Outcomes, labels, links, statuses and target dates have
histories of their own, the same that the counts rest on; the rest of an action is taken back, change by change, by the
audit trail. What reviews say, whom they address, and who may see them is always today's.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlite_utils

from domain.records import ActionRow, RecommendationRow, ReviewRow
from domain.states import Audience, Rag, Status
from plan import reading
from plan.holdings import HeldAction, HeldRecommendation, end_of, held, labels_then
from plan.ledger import BLANKED, fetch
from plan.visibility import sight

_TEXTS = ("text", "lead_agency", "progress", "worry_statement", "success_goal", "next_steps", "home")
_OTHERS = ("applies_to_all", "achieved", "rag", "recheck", "standards", "source", "released")
_UNKNOWN: dict[str, Any] = {**dict.fromkeys(_TEXTS, BLANKED), "rag": "", "recheck": None, "standards": []}
"""What is told of a change whose words went with an erased review: that something stood there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Actions, recommendations and reviews as one audience sees them. state: number of the last change that is in them."""

    actions: tuple[ActionRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    reviews: tuple[ReviewRow, ...]
    state: int


def as_it_stands(db: sqlite_utils.Database, *, audience: Audience) -> Standing:
    """The plan as it is now."""
    return Standing(
        reading.actions(db, audience=audience), reading.recommendations(db, audience=audience),
        reading.reviews(db, audience=audience), _state(db, "1", {}),
    )  # fmt: skip


def as_it_stood(db: sqlite_utils.Database, day: date, *, audience: Audience) -> Standing:
    """The plan as it was at the end of a day, as far as it was entered by then; near-repeats are left out."""
    end, seen, now = {"end": end_of(day)}, sight(audience), as_it_stands(db, audience=audience)
    recommendations, actions = held(db, seen, day, known=True)
    refs = {row["id"]: row["ref"] for row in fetch(db, "SELECT id, ref FROM actions")}
    ids = {ref: number for number, ref in refs.items()}
    later, steps = _changed_since(db, day), _steps_until(db, day)
    labels = {row["id"]: row for row in labels_then(db, seen, day)}
    entered = {row.id: row for row in now.recommendations if row.id in recommendations}
    return Standing(
        tuple(
            _action(
                row, actions[ids[row.ref]], later.get(row.ref, _Later()), steps[ids[row.ref]],
                {r: recommendations[r] for r in row.recommendations if ids[row.ref] in _answers(recommendations.get(r))},
            )
            for row in now.actions
            if ids[row.ref] in actions
        ),
        tuple(
            _recommendation(row, recommendations[row.id], labels[row.id], refs) for row in entered.values()
        ),
        tuple(
            replace(review, recommendations=sum(row.review_id == review.id for row in entered.values()))
            for review in now.reviews
            if review.added <= end["end"]
        ),
        _state(db, "at <= :end", end),
    )  # fmt: skip


def had_begun(db: sqlite_utils.Database, day: date) -> bool:
    """Whether anything had been entered in the plan by the end of a day."""
    found = fetch(
        db,
        """SELECT EXISTS (SELECT 1 FROM reviews WHERE added <= :end)
        OR EXISTS (SELECT 1 FROM action_history WHERE at <= :end) AS begun""",
        {"end": end_of(day)},
    )
    return bool(found[0]["begun"])


def _state(db: sqlite_utils.Database, condition: str, params: Mapping[str, Any]) -> int:
    (row,) = fetch(db, f"SELECT coalesce(max(id), 0) AS id FROM events WHERE {condition}", params)
    return int(row["id"])


def _answers(row: HeldRecommendation | None) -> tuple[int, ...]:
    return row.actions if row else ()


# ------------------------------------------------------------------------------------------------ actions


@dataclass(slots=True)
class _Later:
    """What has changed of an action since: how it was before, by field, and letters of reviews that an import added."""

    before: dict[str, Any] = field(default_factory=dict)
    letters: set[str] = field(default_factory=set)


def _changed_since(db: sqlite_utils.Database, day: date) -> dict[str, _Later]:
    """By the reference of each action that has changed since."""
    later: dict[str, _Later] = defaultdict(_Later)
    for row in fetch(
        db,
        """SELECT subject, what, before, after, why FROM events WHERE subject LIKE 'action %' AND at > :end
        ORDER BY id DESC""",
        {"end": end_of(day)},
    ):
        one = later[row["subject"].removeprefix("action ")]
        if row["before"] is not None:
            # From the newest back: what was so before the oldest of them is what stands in the end.
            one.before |= json.loads(row["before"])
            one.letters.update(json.loads(row["after"] or "{}").get("review_refs", ()))
        elif row["why"] == BLANKED and row["what"].startswith(("action", "import")):
            one.before |= _UNKNOWN
    return dict(later)


def _steps_until(db: sqlite_utils.Database, day: date) -> dict[int, list[tuple[Status, str]]]:
    """The steps of every action until the end of a day, oldest first: its status and from which day it was so."""
    steps: dict[int, list[tuple[Status, str]]] = defaultdict(list)
    for row in fetch(
        db, "SELECT action_id, status, dated FROM action_history WHERE at <= :end ORDER BY id", {"end": end_of(day)}
    ):
        steps[row["action_id"]].append((Status(row["status"]), row["dated"]))
    return steps


def _action(
    row: ActionRow,
    stood: HeldAction,
    later: _Later,
    steps: Iterable[tuple[Status, str]],
    answered: Mapping[str, HeldRecommendation],
) -> ActionRow:
    values = {name: later.before[name] for name in (*_TEXTS, *_OTHERS) if name in later.before}
    for name in ("applies_to_all", "released"):
        if name in values:
            values[name] = bool(values[name])
    if "standards" in values:
        values["standards"] = tuple(values["standards"])
    if "rag" in values:
        values["rag"] = Rag(values["rag"])
    days = _days(steps)
    closed = stood.status is Status.CLOSED
    achieved = values.pop("achieved", row.achieved)
    by_answer = {r.letter for r in answered.values()}
    letters = tuple(
        ref for ref in row.review_refs if ref in stood.letters and (ref in by_answer or ref not in later.letters)
    )
    values["recheck"] = values.get("recheck", row.recheck) if stood.status is Status.ASSURED else None
    return replace(
        row,
        **values,
        status=stood.status,
        target_date=stood.target_date,
        original_target_date=row.original_target_date if stood.target_date else None,
        superseded_by=row.superseded_by if stood.status is Status.SUPERSEDED else None,
        closed=days.get(stood.status) if stood.status in (Status.CLOSED, Status.SUPERSEDED) else None,
        achieved=bool(achieved) if closed and achieved is not None else None,
        completed=days.get(Status.COMPLETE),
        assured=days.get(Status.ASSURED),
        review_refs=letters,
        printed_refs=tuple(ref for ref in row.printed_refs if ref in letters),
        recommendations=tuple(answered),
    )


def _days(steps: Iterable[tuple[Status, str]]) -> dict[Status, str]:
    """From which day an action was what it had become; whoever takes it up again begins anew."""
    days: dict[Status, str] = {}
    before = None
    for status, dated in steps:
        if status in (Status.OPEN, Status.IN_PROGRESS):
            days.clear()
        elif status is not before:  # a target date that moved leaves the status, and its day, as it was
            days[status] = dated
        before = status
    return days


# ------------------------------------------------------------------------------------------------ recommendations


def _recommendation(
    row: RecommendationRow, stood: HeldRecommendation, label: Mapping[str, Any], refs: Mapping[int, str]
) -> RecommendationRow:
    answering = {refs[number] for number in stood.actions}
    return replace(
        row,
        outcome=stood.outcome,
        quadrant=label["quadrant"],
        secondary=label["secondary"],
        issues=stood.issues,
        areas=stood.areas,
        confidence=label["confidence"],
        unsure=bool(label["unsure"]),
        decided=bool(label["decided"]),
        group_id=None,
        action_refs=tuple(ref for ref in row.action_refs if ref in answering),
    )
