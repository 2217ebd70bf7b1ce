"""Copies of the plan: made while others write, proved by opening, and put back in one step."""

import contextlib
import glob
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils

from domain.errors import PlanError
from domain.files import flush, part_in
from plan.ledger import fetch, packed, record_event

LOGS = ("-wal", "-shm")
"""What ends the names of files that belong to a plan while it is open."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What a plan holds, by which a person knows one copy from another. latest: the moment of its last change, '' where none."""

    reviews: int
    recommendations: int
    decisions: int
    actions: int
    latest: str


def copy_plan(connection: sqlite3.Connection, target: Path) -> Path:
    """Copy a plan as it stands at this moment, whoever writes to it meanwhile; gives the file, which appears when whole.

    Raises OSError where the disk refuses, sqlite3.DatabaseError where the plan cannot be read or copied.
    """
    unfinished = part_in(target.parent)
    try:
        with contextlib.closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        flush(unfinished)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return target


def aside(file: Path, why: str) -> Path:
    """The name beside a plan's file for a copy that is set aside: "before-" a step or "damaged", with the moment."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return file.with_name(f"{file.stem}.{why}-{stamp}{file.suffix}")


def set_aside(file: Path) -> tuple[Path, ...]:
    """Whole plans that lie beside a plan's file under names that `aside` gave, with their logs."""
    stem, ending = glob.escape(file.stem), glob.escape(file.suffix)
    return tuple(sorted(
        found for why in ("before", "damaged") for log in ("", *LOGS) for found in file.parent.glob(f"{stem}.{why}-*{ending}{log}")
    ))  # fmt: skip


def prove(database: sqlite_utils.Database, file: Path) -> Holds:
    """What a copy holds, once it has been found sound throughout. Raises `PlanError` where it is not.

    `file` is what the error names: where the copy came from.
    """
    try:
        (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        loose = database.execute("PRAGMA foreign_key_check").fetchone()
        if verdict != "ok" or loose is not None:
            what = verdict if verdict != "ok" else "some records point to nothing"
            raise PlanError(f"The plan in {file} is damaged ({what}).")
        return holds(database)
    except sqlite3.DatabaseError as error:
        raise PlanError(f"The plan in {file} is damaged ({error}).") from error


def holds(database: sqlite_utils.Database) -> Holds:
    """What a plan holds now."""
    (row,) = fetch(
        database,
        """SELECT (SELECT count(*) FROM reviews) AS reviews, (SELECT count(*) FROM recommendations) AS recommendations,
        (SELECT count(*) FROM decisions) AS decisions, (SELECT count(*) FROM actions) AS actions,
        coalesce((SELECT at FROM events ORDER BY id DESC LIMIT 1), '') AS latest""",
    )
    return Holds(**row)


def erased_since(current: sqlite_utils.Database, copy: sqlite_utils.Database) -> tuple[str, ...]:
    """Letters of the reviews that are erased in the plan and whose words stand in a copy."""
    gone = fetch(current, "SELECT v.first_sha256 AS sha, v.letter FROM reviews AS v JOIN erasures ON review_id = v.id")
    there = {
        row["sha"]
        for row in fetch(
            copy, "SELECT first_sha256 AS sha FROM reviews WHERE id NOT IN (SELECT review_id FROM erasures)"
        )
    }
    return tuple(row["letter"] for row in gone if row["sha"] in there)


def holds_words_of(file: Path, hashes: Sequence[str]) -> bool:
    """Whether a plan, of whatever version, has the words of a review that was read from files of one of these sha256.

    Raises `sqlite3.DatabaseError` for a file that is no plan, or one that is damaged.
    """
    with contextlib.closing(sqlite3.connect(file)) as connection:
        found = connection.execute(
            """SELECT 1 FROM editions WHERE sha256 IN (SELECT value FROM json_each(?))
            AND review_id NOT IN (SELECT review_id FROM erasures) LIMIT 1""",
            (packed(list(hashes)),),
        )
        return found.fetchone() is not None


def put_back(database: sqlite_utils.Database, copy: sqlite_utils.Database, *, who: str, why: str, made: str) -> None:
    """Let the plan be what a copy is, in one step: whoever has it open meets the old or the new, and never half of one.

    The audit trail goes on from the copy's with the fact that it was put back. Raises `PlanError` where another program
    holds the plan, or the disk refuses.
    """
    try:
        # First in the copy, so that there is no moment at which the plan has gone back and does not say so.
        record_event(copy, who=who, what="plan restored", subject="plan", why=why, after={"made": made})
        copy.conn.backup(database.conn)
    except sqlite3.DatabaseError as error:
        busy = "locked" in str(error) or "busy" in str(error)
        what = "Another program is using the plan: stop cap serve and cap schedule" if busy else f"It failed ({error})"
        raise PlanError(f"Nothing was restored. {what}, then try again.") from error


def missing_originals(database: sqlite_utils.Database, kept: Sequence[str]) -> tuple[str, ...]:
    """Letters of the reviews that came as a file whose original is not among `kept` (sha256); erased ones are left out."""
    rows = fetch(
        database,
        """SELECT sha256, letter FROM reviews WHERE file <> 'entered by hand'
        AND id NOT IN (SELECT review_id FROM erasures) ORDER BY id""",
    )
    known = set(kept)
    return tuple(row["letter"] for row in rows if row["sha256"] not in known)
