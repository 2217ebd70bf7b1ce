"""Figures that a board stated in the past, kept and shown as stated: never mixed with what the plan counts itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlite_utils

from domain.errors import UsageError
from plan.counts import DIMENSIONS, By
from plan.deciding import checked_who
from plan.ledger import fetch, now, record_event, today, transaction

UNITS = ("actions", "recommendations")


@dataclass(frozen=True, slots=True)
class Stated:
    """The figures of one day as a board stated them: by code of the dimension `by`. source: where they stand."""

    day: date
    by: str
    unit: str
    figures: Mapping[str, int]
    source: str


def state_figures(
    db: sqlite_utils.Database,
    day: date,
    figures: Mapping[str, int],
    *,
    by: By,
    unit: str,
    source: str,
    codes: tuple[str, ...],
    who: str,
) -> None:
    """Enter what a board stated for a day: a figure for each code, which must be among `codes`.

    A later statement for the same day, dimension and unit stands in the place of the earlier, which is kept. Raises
    `UsageError` for an unknown code, unit or dimension, a figure below nothing, a day to come or no source.
    """
    person = checked_who(who)
    if by not in DIMENSIONS or unit not in UNITS:
        raise UsageError(f"Figures are by one of {', '.join(DIMENSIONS)}, of {' or '.join(UNITS)}.")
    unknown = [code for code in figures if code not in codes]
    if unknown or not figures:
        raise UsageError(
            (f"“{'”, “'.join(unknown)}” is not one of the codes. " if unknown else "No figures were given. ")
            + f"Give figures such as {codes[0]}=12 for: {', '.join(codes)}."
        )
    if min(figures.values()) < 0:
        raise UsageError("A stated figure cannot be less than nothing.")
    if day > today():
        raise UsageError(f"{day} is still to come: only what was stated for a day that has been can be entered.")
    if not source.strip():
        raise UsageError("Say where the board stated it, for example --source “Annual report 2020-21, chapter 4”.")
    at = now()
    with transaction(db) as connection:
        (last,) = fetch(db, "SELECT coalesce(max(statement), 0) AS number FROM stated_counts")
        connection.executemany(
            """INSERT INTO stated_counts (statement, day, dimension, code, unit, open, source, who, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                (last["number"] + 1, day.isoformat(), by, code, unit, figure, source, person, at)
                for code, figure in figures.items()
            ],
        )
        record_event(
            db, who=person, what="figures stated", subject=f"counts {day.isoformat()}", why=source, at=at,
            after={"by": by, "unit": unit, "open": dict(figures)},
        )  # fmt: skip


def stated(db: sqlite_utils.Database, *, by: str | None = None, unit: str | None = None) -> tuple[Stated, ...]:
    """The statements that stand, by day: of one dimension or unit where given."""
    found = fetch(
        db,
        """SELECT s.* FROM stated_counts AS s WHERE statement = (
            SELECT max(statement) FROM stated_counts WHERE day = s.day AND dimension = s.dimension AND unit = s.unit
        ) AND (:by IS NULL OR dimension = :by) AND (:unit IS NULL OR unit = :unit) ORDER BY day, dimension, unit, rowid""",
        {"by": by, "unit": unit},
    )
    statements: dict[int, Stated] = {}
    for row in found:
        known = statements.get(row["statement"])
        figures = {**(known.figures if known else {}), row["code"]: row["open"]}
        statements[row["statement"]] = Stated(
            date.fromisoformat(row["day"]), row["dimension"], row["unit"], figures, row["source"]
        )
    return tuple(statements.values())
