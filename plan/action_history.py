"""What an action has gone through: where it stood, what its agencies told, and the evidence laid beside it."""

from dataclasses import dataclass

import sqlite_utils

from domain.dates import as_read
from domain.states import Audience, Status
from plan.ledger import fetch
from plan.visibility import sight

PARTNERSHIP = Audience.PARTNERSHIP


@dataclass(frozen=True, slots=True)
class Stood:
    """One step of an action: its status and target date from `at` on, who changed it and why."""

    status: Status
    target_date: str | None
    why: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note of progress on an action. agency: whose it is, "" for the partnership's own; dated: the ISO day it tells of."""

    agency: str
    note: str
    dated: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that an action was done: a link or the name of a file, and what it shows.

    number: its place with the action, from 1, by which it is struck out; struck: when it was (UTC), by whom and why, or
    None where it stands.
    """

    number: int
    link: str
    what: str
    who: str
    at: str
    struck: str | None = None
    struck_by: str | None = None
    struck_why: str | None = None


def action_steps(db: sqlite_utils.Database, ref: str, *, audience: Audience | None = PARTNERSHIP) -> tuple[Stood, ...]:
    """Where an action stood over time, oldest first: a changed target date is a slip, with its reason.

    The public is told neither reasons nor names: they are the partnership's own words, and may name files and people.
    """
    told = audience is not Audience.PUBLIC
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT h.* FROM action_history AS h JOIN actions AS a ON a.id = h.action_id
        WHERE a.ref = :ref AND {seen.actions("a")} ORDER BY h.id""",
        {"ref": ref, **seen.params},
    )
    return tuple(
        Stood(
            Status(row["status"]),
            as_read(row["target_date"]),
            row["why"] if told else "",
            row["who"] if told else "",
            row["at"],
        )
        for row in found
    )


def closings(db: sqlite_utils.Database) -> dict[str, str]:
    """When (UTC, ISO 8601) the closing of each action that is closed was entered, by its reference.

    Not of those that were closed when they came in, as much of an imported plan is: they ended before it was ours.
    """
    entered: dict[str, str] = {}
    stood: dict[str, str] = {}
    for row in fetch(
        db,
        f"""SELECT a.ref, h.status, h.at FROM action_history AS h JOIN actions AS a ON a.id = h.action_id
        WHERE a.status = 'closed' AND {sight(PARTNERSHIP).actions("a")} ORDER BY h.id""",
        sight(PARTNERSHIP).params,
    ):
        before = stood.get(row["ref"], "closed")
        stood[row["ref"]] = row["status"]
        if row["status"] != "closed":
            entered.pop(row["ref"], None)
        elif before != "closed":
            entered[row["ref"]] = row["at"]
    return entered


def progress_notes(db: sqlite_utils.Database, ref: str) -> tuple[Note, ...]:
    """Every note of progress on an action, by the day it tells of, oldest first: for the partnership alone."""
    seen = sight(PARTNERSHIP)
    found = fetch(
        db,
        f"""SELECT n.* FROM progress_notes AS n JOIN actions AS a ON a.id = n.action_id
        WHERE a.ref = :ref AND {seen.actions("a")} ORDER BY n.dated, n.id""",
        {"ref": ref.strip(), **seen.params},
    )
    return tuple(Note(row["agency"], row["note"], row["dated"], row["who"], row["at"]) for row in found)


def evidence(db: sqlite_utils.Database, ref: str) -> tuple[Evidence, ...]:
    """The evidence of an action in the order in which it came, what was struck out too: for the partnership alone."""
    seen = sight(PARTNERSHIP)
    found = fetch(
        db,
        f"""SELECT e.* FROM action_evidence AS e JOIN actions AS a ON a.id = e.action_id
        WHERE a.ref = :ref AND {seen.actions("a")} ORDER BY e.id""",
        {"ref": ref.strip(), **seen.params},
    )
    return tuple(
        Evidence(
            number, row["link"], row["what"], row["who"], row["at"], row["struck"], row["struck_by"], row["struck_why"]
        )
        for number, row in enumerate(found, start=1)
    )
