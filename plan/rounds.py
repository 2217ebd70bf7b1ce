"""Rounds of updates: which agencies were asked, and whose workbooks have come back with an answer."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from plan.deciding import checked_who
from plan.import_rows import Preview, Verdict
from plan.ledger import fetch, record_event, transaction

SENT = "round sent"
CAME = "update returned"


@dataclass(frozen=True, slots=True)
class Return:
    """An agency that was asked in the last round.

    came: when its workbook last came in (UTC, ISO 8601); None: not yet. lacks: why what came is no answer, "" where it is one.
    """

    agency: str
    asked: str
    came: str | None
    lacks: str = ""

    @property
    def answered(self) -> bool:
        """Whether the agency has answered the round."""
        return self.came is not None and not self.lacks


def record_round(
    db: sqlite_utils.Database, agencies: Iterable[str], *, who: str, files: Mapping[str, str] | None = None
) -> None:
    """Note which agencies are asked for an update now. files: the sha256 of each workbook that was written, by its name."""
    after = {"agencies": list(agencies), "files": dict(files or {})}
    with transaction(db):
        record_event(db, who=checked_who(who), what=SENT, subject="round", after=after)


def written_before(db: sqlite_utils.Database) -> frozenset[tuple[str, str]]:
    """Name and sha256 of every workbook that rounds have written."""
    found = fetch(db, "SELECT after FROM events WHERE what = ?", (SENT,))
    return frozenset(file for row in found for file in json.loads(row["after"]).get("files", {}).items())


def record_return(
    db: sqlite_utils.Database,
    number: int,
    rows: Sequence[Preview],
    *,
    agency: str,
    state: int | None,
    who: str,
    at: str,
) -> None:
    """Note with an import, within its transaction, what an agency's workbook brought, so that it is known for what it counts.

    state: what the plan had seen when the workbook was written, which tells of which round it is; None where it says not.
    """
    answered = sum(bool(row.values) and (row.writes or row.verdict is Verdict.UNCHANGED) for row in rows)
    said = sum(bool(row.values or row.reasons) for row in rows)
    record_event(
        db, who=who, what=CAME, subject=f"import {number}", at=at,
        after={"agency": agency, "state": state, "said": said, "answered": answered},
    )  # fmt: skip


def returns(db: sqlite_utils.Database) -> tuple[Return, ...]:
    """The agencies of the last round, in the order in which they were asked; empty where there has been none."""
    found = fetch(db, "SELECT at, after FROM events WHERE what = ? ORDER BY id DESC LIMIT 1", (SENT,))
    if not found:
        return ()
    asked = found[0]["at"]
    came: dict[str, Return] = {}
    for row in fetch(
        db,
        """SELECT i.agency, i.at, e.after FROM imports AS i
        LEFT JOIN events AS e ON e.subject = 'import ' || i.id AND e.what = ?
        WHERE i.agency <> '' AND i.at > ? AND i.undone IS NULL ORDER BY i.id""",
        (CAME, asked),
    ):
        one = Return(row["agency"], asked, row["at"], _lacking(db, json.loads(row["after"]) if row["after"] else None))
        before = came.get(one.agency.casefold())
        # What comes after an answer, an old workbook or an empty one, does not take the answer away.
        if before is None or one.answered or not before.answered:
            came[one.agency.casefold()] = one
    agencies: list[str] = json.loads(found[0]["after"])["agencies"]
    told = {agency: came.get(agency.casefold(), Return(agency, asked, None)) for agency in agencies}
    return tuple(Return(agency, asked, one.came, one.lacks) for agency, one in told.items())


def _lacking(db: sqlite_utils.Database, brought: Mapping[str, Any] | None) -> str:
    """Why a workbook that came in is no answer to the last round; "" where it is one."""
    if brought is None:  # it came in before this was noted
        return ""
    if day := earlier_round(db, brought["state"]):
        return f"it was the workbook of the round of {day}"
    if not brought["said"]:
        return "it was empty"
    return "" if brought["answered"] else "nothing in it could be taken"


def earlier_round(db: sqlite_utils.Database, state: int | None) -> str:
    """The day (ISO) of the round in which a workbook of this state went out, where that is not the last; else "".

    Rounds of one day are one: the second only writes the workbooks anew.
    """
    sent = fetch(db, "SELECT id, at FROM events WHERE what = ? ORDER BY id", (SENT,))
    its_own = next((row["at"][:10] for row in sent if state is not None and row["id"] > state), None)
    return its_own if its_own is not None and its_own != sent[-1]["at"][:10] else ""
