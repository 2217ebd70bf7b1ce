"""What every change of the plan goes through: a transaction that ends whole or not at all, a clock, the audit trail."""

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlite_utils

from domain.errors import PlanError

Params = Sequence[Any] | Mapping[str, Any]

LEAST_FREE = 256 * 1024
"""Bytes without which SQLite cannot do anything with a plan."""
BLANKED = "[erased]"


def now() -> str:
    """The present moment in UTC, ISO 8601 to the microsecond: "2026-11-21T03:09:36.120000+00:00"."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def today() -> date:
    """The present day in UTC, as every timestamp of the plan is."""
    return datetime.now(UTC).date()


def packed(value: object) -> str:
    """A value as compact JSON, the form in which lists and evidence are stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@contextlib.contextmanager
def transaction(db: sqlite_utils.Database) -> Generator[sqlite3.Connection]:
    """All or nothing. Takes the writer's place at once, so that two writers never meet half-way; may be nested.

    Raises `PlanError` where another program holds the plan, the disk is full, or the file cannot be written.
    """
    connection = db.conn
    if connection.in_transaction:
        # A step that fails inside a longer transaction is undone by itself, whether or not the caller goes on.
        connection.execute("SAVEPOINT step")
        try:
            yield connection
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK TO step")
                connection.execute("RELEASE step")
            raise
        connection.execute("RELEASE step")
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            # Some errors, a full disk among them, have ended the transaction already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise PlanError(_sentence(error, _folder_of(connection))) from error


def is_full(error: sqlite3.Error, folder: Path) -> bool:
    """Whether an error means that the disk is full. Where there is no room even for SQLite's own index it says only that a disk failed."""
    words = str(error)
    return ("disk" in words and "full" in words) or ("I/O" in words and shutil.disk_usage(folder).free < LEAST_FREE)


def _sentence(error: sqlite3.DatabaseError, folder: Path) -> str:
    words = str(error)
    if "locked" in words or "busy" in words:
        return (
            "Another program is writing to the plan. Wait until it has finished, then try again; nothing was changed."
        )
    if is_full(error, folder):
        return "The disk is full, so nothing was changed. Free some space and try again."
    if "readonly" in words:
        return "The plan is read-only, so nothing was changed. Ask for write access to its file and folder."
    if "I/O" in words:
        return "The disk failed, and nothing was changed. Check the disk, then run `cap doctor`."
    return (
        "Your change could not be saved, and nothing was changed. Tell whoever looks after Throughline (details: "
        f"{words}). To check the database, run `cap doctor`."
    )


def _folder_of(connection: sqlite3.Connection) -> Path:
    """Where the plan that is open lies."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2]).parent


def fetch(db: sqlite_utils.Database, sql: str, params: Params = ()) -> list[dict[str, Any]]:
    """Rows of a query as dictionaries. Raises `PlanError` if the database cannot be read."""
    try:
        cursor = db.conn.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise PlanError("Another program holds the plan. Wait until it has finished, then try again.") from error
        if is_full(error, _folder_of(db.conn)):
            raise PlanError(
                "The disk is full, so that the plan cannot be read. Free some space and try again."
            ) from error
        raise
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise PlanError(f"The plan cannot be read ({error}). Restore the last backup with `cap restore`.") from error


def record_event(
    db: sqlite_utils.Database,
    *,
    who: str,
    what: str,
    subject: str,
    reviews: Iterable[int] = (),
    before: object = None,
    after: object = None,
    why: str = "",
    run: str | None = None,
    at: str | None = None,
) -> None:
    """Add a line to the audit trail. `reviews`: all those that it tells of, whose visibility and erasure govern it."""
    cursor = db.conn.execute(
        "INSERT INTO events (at, who, what, subject, before, after, why, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            at or now(), who, what, subject,
            None if before is None else packed(before), None if after is None else packed(after), why, run,
        ),
    )  # fmt: skip
    db.conn.executemany(
        "INSERT INTO event_reviews (event_id, review_id) VALUES (?, ?)",
        [(cursor.lastrowid, review) for review in sorted(set(reviews))],
    )
