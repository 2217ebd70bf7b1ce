"""Rounds of updates: which agencies were asked, and whose workbooks have come back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import sqlite_utils

from plan.deciding import checked_who
from plan.ledger import fetch, record_event, transaction

SENT = "round sent"


@dataclass(frozen=True, slots=True)
class Return:
    """An agency that was asked in the last round. came: when its workbook last came in (UTC, ISO 8601); None: not yet."""

    agency: str
    asked: str
    came: str | None


def record_round(db: sqlite_utils.Database, agencies: Iterable[str], *, who: str) -> None:
    """Note which agencies are asked for an update now."""
    with transaction(db):
        record_event(db, who=checked_who(who), what=SENT, subject="round", after={"agencies": list(agencies)})


def returns(db: sqlite_utils.Database) -> tuple[Return, ...]:
    """The agencies of the last round, in the order in which they were asked; empty where there has been none."""
    found = fetch(db, "SELECT at, after FROM events WHERE what = ? ORDER BY id DESC LIMIT 1", (SENT,))
    if not found:
        return ()
    asked = found[0]["at"]
    came = {
        row["agency"].casefold(): row["at"]
        for row in fetch(
            db,
            "SELECT agency, max(at) AS at FROM imports WHERE agency <> '' AND at > ? AND undone IS NULL GROUP BY agency",
            (asked,),
        )
    }
    agencies = json.loads(found[0]["after"])["agencies"]
    return tuple(Return(agency, asked, came.get(agency.casefold())) for agency in agencies)
