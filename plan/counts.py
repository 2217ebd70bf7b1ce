"""The thematic counts: recommendations and actions as of any day on a named basis, by theme, agency, review or state.

known: what the plan held at the end of that day, by when each thing was entered (UTC). effective: what was so on that
day, by the dates of publication, opening, completion and closure that people gave, and today's labels. Visibility is
always today's: a figure never tells of a review that its reader may not see now.

What is counted, for the unit "recommendations": `proposed` is what awaits the board; `closed` what was declined or has
actions that have all ended; `open` the rest, proposals among them; `overdue` those that have an overdue action. For
"actions": `closed` is closed; `open` is every other that was not superseded, complete and assured ones included, since
only closing ends an action; `overdue` is open or in progress with a target date that has passed. A superseded action
counts nowhere but in its own row of the statuses. One thing may stand under several issues, areas, agencies, reviews or
types of review; a code "none" takes those that stand under no code, where there are any.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import sqlite_utils

from domain.errors import UsageError
from domain.framework import Framework
from domain.overdue import days_overdue
from domain.records import CountRow
from domain.states import Audience, Outcome, Status
from plan.holdings import HeldAction, HeldRecommendation, held
from plan.ledger import fetch, now, packed, today, transaction
from plan.reading import reviews
from plan.visibility import sight

By = Literal["quadrant", "issue", "area", "agency", "review", "type", "status"]
Basis = Literal["known", "effective"]
DIMENSIONS: tuple[By, ...] = ("quadrant", "issue", "area", "agency", "review", "type", "status")
RECOMMENDATIONS = "recommendations"
ACTIONS = "actions"
NONE = "none"
UNANSWERED = frozenset({Outcome.PROPOSED, Outcome.SECTION11})


@dataclass(slots=True)
class _Tally:
    """Figures of one row while they are added up."""

    figures: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("total", "open", "closed", "overdue"), 0))
    proposed: int = 0

    def add(self, state: str, *, overdue: bool, proposed: bool = False) -> None:
        self.figures["total"] += 1
        if state:
            self.figures[state] += 1
        self.figures["overdue"] += overdue
        self.proposed += proposed


def counts(
    db: sqlite_utils.Database,
    framework: Framework,
    *,
    by: By = "quadrant",
    as_of: date | None = None,
    basis: Basis = "known",
    audience: Audience = Audience.PARTNERSHIP,
) -> tuple[CountRow, ...]:
    """Rows for every code of the dimension `by` in the framework's order, first recommendations and then actions.

    Codes that the framework does not have (labels of an older one) come last. `as_of`: today where not given. Raises
    `UsageError` for an unknown dimension or basis.
    """
    return _all_counts(db, framework, (by,), as_of, basis, audience)


def actions_under(
    db: sqlite_utils.Database, by: By, code: str, *, audience: Audience = Audience.PARTNERSHIP
) -> frozenset[str]:
    """References of the actions that today's counts have in a row: by issue, area, agency and so on."""
    _, actions = held(db, sight(audience), today(), known=True)
    under = [number for number, row in actions.items() if code in row.codes(by)]
    found = fetch(db, "SELECT ref FROM actions WHERE id IN (SELECT value FROM json_each(?))", (packed(under),))
    return frozenset(row["ref"] for row in found)


def snapshot(
    db: sqlite_utils.Database,
    framework: Framework,
    day: date | None = None,
    *,
    audience: Audience = Audience.PARTNERSHIP,
) -> int:
    """Keep the counts of a day (today), by every dimension, as they are known; gives the number of rows.

    A second snapshot of one day replaces the first.
    """
    of_day = day or today()
    rows = _all_counts(db, framework, DIMENSIONS, of_day, "known", audience)
    at = now()
    with transaction(db) as connection:
        connection.execute("DELETE FROM counts WHERE day = ? AND audience = ?", (of_day.isoformat(), str(audience)))
        connection.executemany(
            """INSERT INTO counts (day, audience, dimension, code, title, unit, total, open, closed, overdue, proposed,
                framework, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                (
                    of_day.isoformat(), str(audience), row.by, row.code, row.title, row.unit, row.total, row.open,
                    row.closed, row.overdue, row.proposed, framework.version, at,
                )
                for row in rows
            ],
        )  # fmt: skip
    return len(rows)


def history(
    db: sqlite_utils.Database,
    *,
    audience: Audience = Audience.PARTNERSHIP,
    until: date | None = None,
) -> tuple[tuple[str, tuple[CountRow, ...]], ...]:
    """The snapshots kept for an audience, oldest first: each day (ISO) with its rows by quadrant."""
    found = fetch(
        db,
        """SELECT day, dimension, code, title, unit, total, open, closed, overdue, proposed FROM counts
        WHERE audience = :audience AND dimension = 'quadrant' AND day <= :until ORDER BY day, unit DESC, code""",
        {"audience": str(audience), "until": (until or today()).isoformat()},
    )
    days: dict[str, list[CountRow]] = defaultdict(list)
    for row in found:
        figures = {name: row[name] for name in ("total", "open", "closed", "overdue", "proposed")}
        days[row["day"]].append(CountRow(row["dimension"], row["code"], row["title"], row["unit"], **figures))
    return tuple((day, tuple(rows)) for day, rows in days.items())


def checked_basis(dimensions: tuple[By, ...], basis: Basis) -> None:
    """Raise `UsageError` for a dimension or basis on which nothing can be counted."""
    unknown = [by for by in dimensions if by not in DIMENSIONS]
    if unknown or basis not in ("known", "effective"):
        raise UsageError(f"Count by one of {', '.join(DIMENSIONS)}, on the basis known or effective.")


def _all_counts(
    db: sqlite_utils.Database,
    framework: Framework,
    dimensions: tuple[By, ...],
    as_of: date | None,
    basis: Basis,
    audience: Audience,
) -> tuple[CountRow, ...]:
    checked_basis(dimensions, basis)
    day = as_of or today()
    recommendations, actions = held(db, sight(audience), day, known=basis == "known")
    titles = {dimension: titles_of(db, framework, dimension, audience) for dimension in dimensions}
    rows: list[CountRow] = []
    for dimension in dimensions:
        rows += _recommendation_rows(recommendations, actions, dimension, titles[dimension], day)
        rows += _action_rows(actions, dimension, titles[dimension], day)
    return tuple(rows)


def titles_of(db: sqlite_utils.Database, framework: Framework, by: By, audience: Audience) -> dict[str, str]:
    """Titles by code of a dimension, in the framework's order; of reviews those that the audience sees."""
    match by:
        case "quadrant":
            return {entry.code: entry.title for entry in framework.quadrants}
        case "issue":
            return {entry.code: entry.title for entry in framework.issues}
        case "area":
            return {entry.code: entry.title for entry in framework.areas}
        case "agency":
            return {entry.code: entry.title for entry in framework.agencies}
        case "review":
            return {v.letter: v.reference or v.title or v.file for v in reviews(db, audience=audience)}
        case "type":
            return {entry.code: entry.title for entry in framework.review_types}
        case "status":
            return {}


def _recommendation_rows(
    recommendations: Mapping[str, HeldRecommendation],
    actions: Mapping[int, HeldAction],
    by: By,
    titles: Mapping[str, str],
    day: date,
) -> list[CountRow]:
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for row in recommendations.values():
        state = state_of_recommendation(row, actions)
        overdue = state == "open" and any(overdue_on(a, day) for a in _answers(row, actions))
        for code in row.codes(by):
            tallies[code].add(state, overdue=overdue, proposed=row.outcome is Outcome.PROPOSED)
    wanted = {str(o): str(o).capitalize() for o in Outcome} if by == "status" else titles
    return _rows(tallies, by, wanted, RECOMMENDATIONS)


def _answers(row: HeldRecommendation, actions: Mapping[int, HeldAction]) -> list[HeldAction]:
    return [actions[a] for a in row.actions if actions[a].status is not Status.SUPERSEDED]


def state_of_recommendation(row: HeldRecommendation, actions: Mapping[int, HeldAction]) -> str:
    """Whether a recommendation counts as "open" or "closed", by its outcome and the actions that answer it."""
    if row.outcome in UNANSWERED:
        return "open"
    if row.outcome is Outcome.DECLINED:
        return "closed"
    answers = _answers(row, actions)
    return "closed" if answers and all(a.status is Status.CLOSED for a in answers) else "open"


def state_of_action(row: HeldAction) -> str:
    """Whether an action counts as "open" or "closed"; "" for one that was superseded, which counts as neither."""
    if row.status is Status.SUPERSEDED:
        return ""
    return "closed" if row.status is Status.CLOSED else "open"


def _action_rows(actions: Mapping[int, HeldAction], by: By, titles: Mapping[str, str], day: date) -> list[CountRow]:
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for row in actions.values():
        state = state_of_action(row)
        if not state and by != "status":
            continue
        for code in row.codes(by):
            tallies[code].add(state, overdue=overdue_on(row, day))
    wanted = {str(s): str(s).capitalize() for s in Status} if by == "status" else titles
    return _rows(tallies, by, wanted, ACTIONS)


def overdue_on(row: HeldAction, day: date) -> bool:
    """Whether an action that is still to be carried out has a target date before `day`; words are never overdue."""
    return days_overdue(row.status, row.target_date, day) > 0


def _rows(tallies: Mapping[str, _Tally], by: By, titles: Mapping[str, str], unit: str) -> list[CountRow]:
    codes = [*titles, *sorted(code for code in tallies if code not in titles and code != NONE)]
    if NONE in tallies:
        codes.append(NONE)
    empty = _Tally()
    return [
        CountRow(
            by=by, code=code, title=titles.get(code, f"No {by}" if code == NONE else code), unit=unit,
            **tallies.get(code, empty).figures, proposed=tallies.get(code, empty).proposed,
        )
        for code in codes
    ]  # fmt: skip
