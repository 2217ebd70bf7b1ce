"""What needs a person, in figures: counted in the database, so that a plan of any size answers at once."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlite_utils

from domain.overdue import days_overdue
from domain.states import Audience, Outcome, Status
from plan.filters import Filters
from plan.ledger import fetch, packed, today
from plan.repeat_answers import waiting_groups
from plan.visibility import Sight, sight


@dataclass(frozen=True, slots=True)
class Needs:
    """How much waits for people.

    unchecked: labels nobody has decided; checked: those somebody has; unsure: of the unchecked, where the model wavers;
    proposed: recommendations without an outcome; possible: passages to take or dismiss; second_looks: labels that
    somebody asked another to look at; groups: of near-repeats, about which nobody has answered everything yet; overdue: actions past their date;
    rechecks: assured actions whose day to be looked at again has come; differences: changed by reading again;
    drafts: reviews that nobody has shown to others yet.
    """

    unchecked: int
    checked: int
    unsure: int
    proposed: int
    possible: int
    second_looks: int
    groups: int
    overdue: int
    rechecks: int
    differences: int
    drafts: int


def needs(db: sqlite_utils.Database, *, audience: Audience = Audience.PARTNERSHIP) -> Needs:
    """What waits, as an audience may know it."""
    seen = sight(audience)
    params = {**seen.params, "today": today().isoformat()}
    inside = f"JOIN reviews AS v ON v.id = r.review_id WHERE {seen.reviews('v')}"
    decided = "EXISTS (SELECT 1 FROM standing_decisions AS d WHERE d.recommendation_id = r.id)"
    (row,) = fetch(
        db,
        f"""SELECT
        (SELECT count(*) FROM recommendations AS r {inside} AND NOT {decided}) AS unchecked,
        (SELECT count(*) FROM recommendations AS r {inside} AND {decided}) AS checked,
        (SELECT count(*) FROM recommendations AS r {inside} AND NOT {decided} AND coalesce((SELECT unsure FROM
            suggestions WHERE recommendation_id = r.id ORDER BY id DESC LIMIT 1), 1)) AS unsure,
        (SELECT count(*) FROM recommendations AS r {inside} AND r.outcome = 'proposed') AS proposed,
        (SELECT count(*) FROM possible AS r {inside} AND r.standing = 'open') AS possible,
        (SELECT count(DISTINCT l.recommendation_id) FROM second_looks AS l
            JOIN recommendations AS r ON r.id = l.recommendation_id {inside}
            AND NOT EXISTS (SELECT 1 FROM standing_decisions AS d
                WHERE d.recommendation_id = r.id AND d.at > l.at)) AS second_looks,
        (SELECT count(*) FROM actions AS a WHERE {seen.actions("a")} AND a.recheck <= :today) AS rechecks,
        (SELECT count(*) FROM recommendations AS r {inside} AND r.difference IS NOT NULL) AS differences,
        (SELECT count(*) FROM reviews AS v WHERE v.visibility = 'draft' AND {seen.reviews("v")}) AS drafts""",
        params,
    )
    return Needs(
        **{name: int(value) for name, value in row.items()},
        groups=len(waiting_groups(db, audience=audience)),
        overdue=_overdue(db, seen),
    )


def _overdue(db: sqlite_utils.Database, seen: Sight) -> int:
    """How many actions are overdue, by the rule that lists and counts go by; each date is read once."""
    found = fetch(
        db,
        f"""SELECT a.status, a.target_date, count(*) AS n FROM actions AS a
        WHERE {seen.actions("a")} AND a.target_date IS NOT NULL GROUP BY a.status, a.target_date""",
        seen.params,
    )
    day = today()
    return sum(row["n"] for row in found if days_overdue(Status(row["status"]), row["target_date"], day))


def standing(db: sqlite_utils.Database) -> tuple[int, ...]:
    """A mark that differs whenever the plan has changed or gone back: what was computed under the same mark holds still."""
    (row,) = fetch(
        db,
        """SELECT (SELECT coalesce(max(id), 0) FROM events) AS e,
        coalesce((SELECT at FROM events ORDER BY id DESC LIMIT 1), '') AS a, (SELECT coalesce(max(id), 0) FROM suggestions) AS s,
        (SELECT count(*) FROM counts) AS c, (SELECT coalesce(max(rowid), 0) FROM stated_counts) AS t,
        (SELECT coalesce(max(at), '') FROM refused_files) AS f, (SELECT count(*) FROM refused_files) AS n""",
    )
    return (*row.values(),)


def shown(db: sqlite_utils.Database) -> tuple[object, ...]:
    """A mark that differs whenever a review is shown to others than before, or another has come."""
    found = fetch(
        db,
        """SELECT visibility, count(*) AS n, max(id) AS last, sum(id) AS ids FROM reviews
        GROUP BY visibility ORDER BY visibility""",
    )
    return tuple(tuple(row.values()) for row in found)


def suggested(db: sqlite_utils.Database) -> tuple[int, ...]:
    """A mark that differs whenever there are other suggestions, or decisions were taken back, or reviews are shown otherwise."""
    (row,) = fetch(
        db,
        """SELECT (SELECT coalesce(max(id), 0) FROM suggestions) AS s, (SELECT count(*) FROM withdrawn_decisions) AS w,
        (SELECT count(*) FROM reviews WHERE visibility <> 'withdrawn') AS v""",
    )
    return (*row.values(),)


def undecided(db: sqlite_utils.Database, identifiers: Sequence[str]) -> frozenset[str]:
    """Which of these recommendations nobody has labelled."""
    found = fetch(
        db,
        """SELECT value AS id FROM json_each(?) WHERE NOT EXISTS (
            SELECT 1 FROM standing_decisions WHERE recommendation_id = value)""",
        (packed(list(identifiers)),),
    )
    return frozenset(row["id"] for row in found)


def how_many(db: sqlite_utils.Database, filters: Filters, *, audience: Audience = Audience.PARTNERSHIP) -> int:
    """How many recommendations an audience sees that `filters` want."""
    seen = sight(audience)
    condition = filters.condition(seen.actions("fa"))
    # Looking up the labels of every recommendation is most of the work, where they are asked for.
    labels = "JOIN current_labels AS l ON l.recommendation_id = r.id" if re.search(r"\bl\.", condition) else ""
    (row,) = fetch(
        db,
        f"""SELECT count(*) AS n FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id {labels}
        WHERE {seen.reviews("v")} AND {condition}""",
        {**seen.params, **filters.params},
    )
    return int(row["n"])


def letters_with(db: sqlite_utils.Database, outcome: Outcome) -> tuple[str, ...]:
    """Letters of the reviews that have recommendations of this outcome, in the order in which the reviews came."""
    seen = sight(Audience.PARTNERSHIP)
    found = fetch(
        db,
        f"""SELECT v.letter FROM reviews AS v WHERE {seen.reviews("v")} AND v.id IN (
            SELECT review_id FROM recommendations WHERE outcome = :outcome) ORDER BY v.id""",
        {"outcome": str(outcome), **seen.params},
    )
    return tuple(row["letter"] for row in found)


def withdrawn_letters(db: sqlite_utils.Database) -> tuple[str, ...]:
    """Letters of the reviews that were withdrawn and can be shown again, in the order in which they came.

    Nothing but the letters: what is withdrawn is shown to nobody.
    """
    found = fetch(
        db,
        """SELECT letter FROM reviews WHERE visibility = 'withdrawn' AND id NOT IN (SELECT review_id FROM erasures)
        ORDER BY id""",
    )
    return tuple(row["letter"] for row in found)


@dataclass(frozen=True, slots=True)
class Goes:
    """An action that nobody would see any more if a review were withdrawn.

    others: letters of the other reviews that it answers; it goes for all that, since its words are the withdrawn one's.
    """

    ref: str
    others: tuple[str, ...]


def hidden_with(db: sqlite_utils.Database, review_id: int) -> tuple[Goes, ...]:
    """The actions that the partnership would see no more if a review were withdrawn, by reference.

    They came from it alone, or are in its words.
    """
    seen = sight(Audience.PARTNERSHIP)
    found = fetch(
        db,
        f"""SELECT a.ref, (SELECT group_concat(letter, ' ') FROM (
            SELECT v.letter FROM action_review_links AS l JOIN reviews AS v ON v.id = l.review_id
            WHERE l.action_id = a.id AND l.review_id <> :id AND {seen.reviews("v")} ORDER BY v.id)) AS others
        FROM actions AS a WHERE {seen.actions("a")} AND (
            a.text_from IN (SELECT id FROM recommendations WHERE review_id = :id)
            OR (EXISTS (SELECT 1 FROM action_review_links AS l WHERE l.action_id = a.id AND l.review_id = :id)
                AND NOT EXISTS (SELECT 1 FROM action_review_links AS l JOIN reviews AS v ON v.id = l.review_id
                    WHERE l.action_id = a.id AND l.review_id <> :id AND {seen.reviews("v")})))
        ORDER BY a.quadrant_number, a.sequence""",
        {"id": review_id, **seen.params},
    )
    return tuple(Goes(row["ref"], tuple((row["others"] or "").split())) for row in found)


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a model last said of a recommendation, without its evidence. between: the quadrants that it wavers between."""

    quadrant: str
    between: tuple[str, ...]
    model: str


def last_suggestions(db: sqlite_utils.Database, *, audience: Audience = Audience.PARTNERSHIP) -> dict[str, Suggested]:
    """The latest suggestion for each recommendation without an outcome, by its identifier; where no model looked, none."""
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT s.recommendation_id AS id, s.quadrant, s.between_codes, s.model FROM suggestions AS s
        JOIN recommendations AS r ON r.id = s.recommendation_id JOIN reviews AS v ON v.id = r.review_id
        WHERE r.outcome = 'proposed' AND {seen.reviews("v")}
        AND s.id = (SELECT max(id) FROM suggestions WHERE recommendation_id = r.id)""",
        seen.params,
    )
    return {
        row["id"]: Suggested(row["quadrant"], tuple(json.loads(row["between_codes"])), row["model"]) for row in found
    }
