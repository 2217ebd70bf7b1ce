"""Files that could not be taken, kept until they are: what failed must not be forgotten with the run that said so."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlite_utils

from domain.processed import NewEdition, Processed
from domain.records import Rejected
from plan.ledger import fetch, now, transaction


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken: the reason, what to do, and when (UTC, ISO 8601)."""

    file: str
    reason: str
    message: str
    at: str

    @property
    def is_question(self) -> bool:
        """Whether it waits for a person to say what it is, rather than having failed."""
        return self.reason == NEW_EDITION


NEW_EDITION = "perhaps a new edition"


def record_refusals(db: sqlite_utils.Database, processed: Iterable[Processed]) -> None:
    """Note what became of files: those that were refused, and of earlier refusals those that have been taken since."""
    outcomes = tuple(processed)
    refused = {
        outcome.file: (str(outcome.reason) if isinstance(outcome, Rejected) else NEW_EDITION, outcome.message)
        for outcome in outcomes
        if isinstance(outcome, Rejected | NewEdition)
    }
    known = {row.file: (row.reason, row.message) for row in refusals(db)}
    taken = [outcome.file for outcome in outcomes if outcome.file in known and outcome.file not in refused]
    fresh = [(file, *said, now()) for file, said in refused.items() if known.get(file) != said]
    if not taken and not fresh:
        return
    with transaction(db) as connection:
        connection.executemany("DELETE FROM refused_files WHERE file = ?", [(file,) for file in taken])
        connection.executemany(
            """INSERT INTO refused_files (file, reason, message, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (file) DO UPDATE SET reason = excluded.reason, message = excluded.message, at = excluded.at""",
            fresh,
        )


def refusals(db: sqlite_utils.Database) -> tuple[Refused, ...]:
    """The files that were refused and have not been taken since, the latest first."""
    return tuple(
        Refused(row["file"], row["reason"], row["message"], row["at"])
        for row in fetch(db, "SELECT file, reason, message, at FROM refused_files ORDER BY at DESC, file")
    )


def forget_refusal(db: sqlite_utils.Database, file: str) -> None:
    """Take a file from the list: it was removed, or is of no interest."""
    with transaction(db) as connection:
        connection.execute("DELETE FROM refused_files WHERE file = ?", (file,))
