"""What the plan held on a day, for the counts: recommendations and actions as they stood, seen by one audience."""

import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlite_utils

from domain.states import Outcome, Status
from plan.ledger import fetch
from plan.visibility import Sight


@dataclass(frozen=True, slots=True)
class HeldRecommendation:
    """A recommendation as it stood: outcome, label, who must act, its review's letter and the ids of its actions.

    type: that of its review; framework: the version under which the label was given, "" where that is not known.
    """

    outcome: Outcome
    quadrant: str
    issues: tuple[str, ...]
    areas: tuple[str, ...]
    agencies: tuple[str, ...]
    letter: str
    actions: tuple[int, ...]
    type: str = ""
    framework: str = ""

    def codes(self, by: str) -> tuple[str, ...]:
        """Its codes in a dimension of the counts; "none" where it has none."""
        return _codes(self, by, (self.letter,), (self.type,)) or (str(self.outcome),)


@dataclass(frozen=True, slots=True)
class HeldAction:
    """An action as it stood; issues, areas, letters and types of review are those of what it answered.

    Where it answered nothing its type is what people said it came from, if they did.
    """

    status: Status
    target_date: str | None
    quadrant: str
    issues: tuple[str, ...]
    areas: tuple[str, ...]
    agencies: tuple[str, ...]
    letters: tuple[str, ...]
    types: tuple[str, ...] = ()

    def codes(self, by: str) -> tuple[str, ...]:
        """Its codes in a dimension of the counts; "none" where it has none."""
        return _codes(self, by, self.letters, self.types) or (str(self.status),)


def _codes(
    held: HeldRecommendation | HeldAction, by: str, letters: tuple[str, ...], types: tuple[str, ...]
) -> tuple[str, ...]:
    """The codes of what both have in common; nothing where `by` is what became of it."""
    none = ("none",)
    match by:
        case "quadrant":
            return (held.quadrant,)
        case "issue":
            return held.issues or none
        case "area":
            return held.areas or none
        case "agency":
            return held.agencies or none
        case "review":
            return letters or none
        case "type":
            return types or none
    return ()


def held(
    db: sqlite_utils.Database, seen: Sight, day: date, *, known: bool
) -> tuple[dict[str, HeldRecommendation], dict[int, HeldAction]]:
    """Recommendations by identifier and actions by row id, as of the end of `day`, on the basis known or effective."""
    params: dict[str, Any] = {**seen.params, "end": end_of(day), "day": day.isoformat()}
    labels = labels_then(db, seen, day) if known else _labels_now(db, seen, params)
    agencies = _grouped(fetch(db, "SELECT recommendation_id AS of, agency AS code FROM recommendation_agencies"))
    standing = _standing(db, seen, params, known=known)
    links = _links(db, seen, params, known=known)
    answered = _grouped({"of": r, "code": a} for a, r in links if a in standing)
    recommendations = {
        row["id"]: HeldRecommendation(
            Outcome(row["outcome"]), row["quadrant"] or "none", tuple(json.loads(row["issues"] or "[]")),
            tuple(json.loads(row["areas"] or "[]")), tuple(agencies.get(row["id"], ())), row["letter"],
            tuple(answered.get(row["id"], ())), row["review_type"], row["framework"] or "",
        )
        for row in labels
        if known or effective_day(row["published"], row["added"]) <= day
    }  # fmt: skip
    answers: dict[int, list[HeldRecommendation]] = defaultdict(list)
    for action_id, recommendation_id in links:
        if recommendation_id in recommendations:
            answers[action_id].append(recommendations[recommendation_id])
    leads = _grouped(fetch(db, "SELECT action_id AS of, agency AS code FROM action_agencies"))
    printed = fetch(
        db,
        f"""SELECT n.action_id AS of, v.letter AS code, v.review_type AS type FROM action_reviews AS n
        JOIN reviews AS v ON v.id = n.review_id WHERE {seen.reviews("v")}
        UNION
        SELECT p.action_id, p.letter, v.review_type FROM action_letters AS p
        LEFT JOIN reviews AS v ON v.letter = p.letter WHERE v.id IS NULL OR {seen.reviews("v")}""",
        params,
    )
    named = _grouped(printed)
    types = _grouped({"of": row["of"], "code": row["type"]} for row in printed if row["type"])
    actions = {
        row["id"]: HeldAction(
            Status(row["status"]), row["target_date"], row["quadrant"],
            _once(code for r in answers[row["id"]] for code in r.issues),
            _once(code for r in answers[row["id"]] for code in r.areas), tuple(leads.get(row["id"], ())),
            _once([*(r.letter for r in answers[row["id"]]), *named.get(row["id"], ())]),
            _once([*(r.type for r in answers[row["id"]]), *types.get(row["id"], ())])
            or _once([row["source"]] if row["source"] else []),
        )
        for row in standing.values()
    }  # fmt: skip
    return recommendations, actions


def end_of(day: date) -> str:
    """What all timestamps of a day sort before: they are UTC and ISO 8601."""
    return f"{day.isoformat()}T99"


def effective_day(published: str | None, added: str) -> date:
    """The day from which a review counts: when it was published, as far as that is known, and no later than it came in.

    A year or month alone counts from its last day: before that nobody can say that it was out.
    """
    came = date.fromisoformat(added[:10])
    parts = [int(part) for part in (published or "").split("-") if part]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        return min(came, date(parts[0], parts[1], monthrange(parts[0], parts[1])[1]))
    return min(came, date(parts[0], 12, 31)) if parts else came


def labels_then(db: sqlite_utils.Database, seen: Sight, day: date) -> list[dict[str, Any]]:
    """Every recommendation that had been entered by the end of `day`, its outcome and its label as they then stood."""
    return fetch(
        db,
        f"""SELECT r.id, o.outcome, v.letter, v.review_type, v.published, v.added,
            coalesce(d.quadrant, s.quadrant) AS quadrant, coalesce(d.issues, s.issues) AS issues,
            coalesce(d.areas, s.areas) AS areas, coalesce(d.framework, s.framework) AS framework,
            CASE WHEN d.id IS NULL THEN s.secondary ELSE d.secondary END AS secondary, s.confidence,
            CASE WHEN d.id IS NULL THEN coalesce(s.unsure, 1) ELSE 0 END AS unsure, d.id IS NOT NULL AS decided
        FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        JOIN outcomes AS o ON o.id = (SELECT max(id) FROM outcomes WHERE recommendation_id = r.id AND at <= :end)
        LEFT JOIN suggestions AS s
            ON s.id = (SELECT max(id) FROM suggestions WHERE recommendation_id = r.id AND at <= :end)
        LEFT JOIN decisions AS d ON d.id = (SELECT max(id) FROM decisions AS made
            WHERE recommendation_id = r.id AND at <= :end AND NOT EXISTS (
                SELECT 1 FROM withdrawn_decisions AS gone WHERE gone.decision_id = made.id AND gone.at <= :end))
        WHERE r.added <= :end AND {seen.reviews("v")}""",
        {**seen.params, "end": end_of(day)},
    )


def _labels_now(db: sqlite_utils.Database, seen: Sight, params: dict[str, Any]) -> list[dict[str, Any]]:
    return fetch(
        db,
        f"""SELECT r.id, r.outcome, v.letter, v.review_type, v.published, v.added, l.quadrant, l.issues, l.areas,
            '' AS framework
        FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        JOIN current_labels AS l ON l.recommendation_id = r.id WHERE {seen.reviews("v")}""",
        params,
    )


def _standing(
    db: sqlite_utils.Database, seen: Sight, params: dict[str, Any], *, known: bool
) -> dict[int, dict[str, Any]]:
    if known:
        found = fetch(
            db,
            f"""SELECT a.id, a.quadrant, a.source, h.status, h.target_date FROM actions AS a JOIN action_history AS h
            ON h.id = (SELECT max(id) FROM action_history WHERE action_id = a.id AND at <= :end)
            WHERE {seen.actions("a")}""",
            params,
        )
    else:
        steps: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for step in fetch(db, "SELECT action_id, status, dated FROM action_history ORDER BY id"):
            steps[step["action_id"]].append((step["status"], step["dated"]))
        found = [
            {**row, "status": _effective_status(steps[row["id"]], params["day"])}
            for row in fetch(db, f"SELECT a.* FROM actions AS a WHERE a.opened <= :day AND {seen.actions('a')}", params)
        ]
    return {row["id"]: row for row in found}


def _effective_status(steps: Sequence[tuple[str, str]], day: str) -> str:
    """Where an action stood on a day: what was entered last of all that was so by then.

    Before the first of its steps it was in progress, or open where that is the first.
    """
    reached = [status for status, dated in steps if dated <= day]
    if reached:
        return reached[-1]
    return str(Status.OPEN if steps[0][0] == Status.OPEN else Status.IN_PROGRESS)


def _links(db: sqlite_utils.Database, seen: Sight, params: dict[str, Any], *, known: bool) -> list[tuple[int, str]]:
    entered = "link.added <= :end" if known else "1"
    found = fetch(
        db,
        f"""SELECT link.action_id, link.recommendation_id FROM action_recommendations AS link
        JOIN recommendations AS r ON r.id = link.recommendation_id JOIN reviews AS v ON v.id = r.review_id
        WHERE {entered} AND {seen.reviews("v")} ORDER BY link.action_id, r.review_id, r.ordinal""",
        params,
    )
    return [(row["action_id"], row["recommendation_id"]) for row in found]


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row["of"]].append(row["code"])
    return dict(grouped)


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
