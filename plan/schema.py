"""Opening the plan: checks, settings and migrations. The only place that runs DDL."""

import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import sqlite_utils

from domain.errors import NewerDatabase, PlanError
from plan.backup import aside, copy_plan
from plan.drives import is_remote
from plan.ledger import is_full, now
from plan.migrations import MIGRATIONS

BUSY_SECONDS = 15.0
ASK_AGAIN_SECONDS = 0.02
WHOLE_CHECK_BYTES = 16 * 2**20
LEDGER = "CREATE TABLE plan_migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT"


def open_plan(file: Path, *, wait_seconds: float = BUSY_SECONDS, any_thread: bool = False) -> sqlite_utils.Database:
    """Open the plan in `file`, making or migrating it first where needed; the caller closes it.

    `wait_seconds`: how long a statement waits for another program that is writing; `any_thread`: several threads may
    use it, one after another. An older plan is copied beside itself before it is migrated. Raises `NewerDatabase` for a
    plan of a newer version, which is left as it is, and `PlanError` for anything else that cannot be opened and
    written as a plan.
    """
    return open_with(file, MIGRATIONS, wait_seconds=wait_seconds, any_thread=any_thread)


def open_with(
    file: Path,
    migrations: Sequence[tuple[str, str]],
    *,
    wait_seconds: float = BUSY_SECONDS,
    any_thread: bool = False,
) -> sqlite_utils.Database:
    """`open_plan` with a list of migrations of the caller's: how a plan of an older or newer version comes about."""
    _check_place(file)
    connection = sqlite3.connect(file, timeout=wait_seconds, isolation_level=None, check_same_thread=not any_thread)
    try:
        database = sqlite_utils.Database(connection)
        pending = _pending(database, file, migrations)
        _settle(database, file, wait_seconds)
        if pending:
            copy_before_migrating(database, file, pending[0])
            _migrate(database, migrations)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _explained(error, file) from error
    except BaseException:
        connection.close()
        raise
    return database


def applied(database: sqlite_utils.Database) -> tuple[str, ...]:
    """Names of the migrations that this plan has had, in order; empty for a new file."""
    if not database["plan_migrations"].exists():
        return ()
    return tuple(name for (name,) in database.execute("SELECT name FROM plan_migrations ORDER BY rowid"))


def copy_before_migrating(database: sqlite_utils.Database, file: Path, step: str) -> Path | None:
    """Copy an existing plan beside itself, named after the step that is about to change it; None for a new plan."""
    if not applied(database):
        return None
    return copy_plan(database.conn, aside(file, f"before-{step.split()[0]}"))


def _check_place(file: Path) -> None:
    if file.is_dir():
        raise PlanError(f"{file} is a folder, not a database. Set CAP_DATABASE to a file such as {file / 'cap.db'}.")
    if not file.parent.is_dir():
        raise PlanError(f"The folder {file.parent} does not exist. Create it, or set CAP_OUTPUTS to one that does.")
    if is_remote(file.parent):
        raise PlanError(
            f"{file.parent} lies on a network drive, where a database is not safe: two computers could spoil it. Set CAP_OUTPUTS "
            "to a folder on this computer's own disk. The PDF folder, and backups (CAP_BACKUPS), may lie on the network."
        )
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise PlanError(
            f"The folder {file.parent} is read-only, so the plan cannot be kept there. Ask for write access."
        )
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise PlanError(
            f"The database {file} is read-only. Ask for write access to it, or set CAP_DATABASE to another."
        )


def _pending(database: sqlite_utils.Database, file: Path, migrations: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Names of the steps still to be run; reads only, so that what is refused stays untouched."""
    known = [name for name, _ in migrations]
    tables = set(database.table_names())
    if tables and "plan_migrations" not in tables:
        raise PlanError(f"{file} is a database of another program. Set CAP_DATABASE to the plan's own file.")
    had = applied(database)
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if set(had) - set(known) or version > len(known):
        raise NewerDatabase(
            f"The plan {file} was written by a newer version of this software, and was left as it is. "
            "Install that version to open it."
        )
    if had and file.stat().st_size <= WHOLE_CHECK_BYTES:
        # A small plan is checked whole; for a large one that would cost seconds at every start.
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    return tuple(known[len(had) :])


def _settle(database: sqlite_utils.Database, file: Path, wait_seconds: float) -> None:
    mode = _write_ahead(database, wait_seconds)
    if mode != "wal":
        raise PlanError(f"The database {file} lies on a drive that cannot keep it safely. Move it to a local disk.")
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        database.execute(f"PRAGMA {pragma}")


def _write_ahead(database: sqlite_utils.Database, wait_seconds: float) -> str:
    """Ask for the write-ahead log; gives the mode that it came to.

    SQLite does not wait for another program that changes the mode of a new plan at the same moment: it is asked again.
    """
    end = time.monotonic() + wait_seconds
    while True:
        try:
            (mode,) = database.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= end:
                raise
            time.sleep(ASK_AGAIN_SECONDS)
        else:
            return str(mode)


def _migrate(database: sqlite_utils.Database, migrations: Sequence[tuple[str, str]]) -> None:
    """Run what is due: of a plan that exists step by step, of a new one all at once, so that it is never there by half."""
    if applied(database):
        for position in range(1, len(migrations) + 1):
            _migrate_in_one_go(database, migrations, position, position)
    else:
        _migrate_in_one_go(database, migrations, 1, len(migrations))


def _migrate_in_one_go(
    database: sqlite_utils.Database, migrations: Sequence[tuple[str, str]], first: int, last: int
) -> None:
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        for position in range(first, last + 1):
            name, statements = migrations[position - 1]
            # Asked again under the lock: another process may have migrated while this one waited.
            if name in applied(database):
                continue
            if position == 1:
                database.execute(LEDGER)
            database.executescript(statements)
            database.execute("INSERT INTO plan_migrations (name, applied) VALUES (?, ?)", [name, now()])
            database.execute(f"PRAGMA user_version = {position}")
    except BaseException:
        database.conn.execute("ROLLBACK")
        raise
    database.conn.execute("COMMIT")


def _explained(error: sqlite3.DatabaseError, file: Path) -> PlanError:
    words = str(error)
    if "not a database" in words:
        return PlanError(f"{file} is not a database. Set CAP_DATABASE to the plan's own file, or move this one away.")
    if "locked" in words or "busy" in words:
        return PlanError(f"Another program is writing to the plan {file}. Wait until it has finished, then try again.")
    if "readonly" in words or "read-only" in words or "unable to open" in words:
        return PlanError(f"The database {file} cannot be written. Ask for write access to it and to its folder.")
    if is_full(error, file.parent):
        return PlanError(f"The disk is full, so the plan {file} cannot be written. Free some space and try again.")
    if "I/O" in words:
        return PlanError(f"The disk failed while the plan {file} was opened ({words}). Check the disk and try again.")
    return PlanError(f"The database {file} is damaged ({words}). Restore the last backup with `cap restore`.")
