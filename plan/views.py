"""Lists as people narrowed and sorted them, kept under a name of each person's own."""

from dataclasses import dataclass

import sqlite_utils

from domain.errors import UsageError
from plan.ledger import fetch, now, transaction

KEPT = ("/actions", "/search", "/recommendations", "/themes")
MOST = 50


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list under a name; `address` is where it is, within the application."""

    id: int
    name: str
    address: str


def saved_views(db: sqlite_utils.Database, who: str, page: str = "/") -> tuple[SavedView, ...]:
    """A person's views, by name; those of one page alone where it is given."""
    found = fetch(db, "SELECT id, name, address FROM saved_views WHERE who = ? ORDER BY name COLLATE NOCASE", (who,))
    return tuple(SavedView(**row) for row in found if row["address"].startswith(page))


def save_view(db: sqlite_utils.Database, who: str, name: str, address: str) -> None:
    """Keep a list under a name; another of that name gives way. Raises `UsageError` for what is no list of ours."""
    said = " ".join(name.split())
    if not said or len(said) > 60:
        raise UsageError("Give the view a name, of at most 60 characters.")
    path = address.partition("?")[0]
    if path not in KEPT or len(address) > 2000 or not address.isprintable():
        raise UsageError("This list cannot be kept under a name.")
    with transaction(db) as connection:
        if len(saved_views(db, who)) >= MOST:
            raise UsageError(f"{MOST} views are kept already. Remove one first.")
        connection.execute(
            """INSERT INTO saved_views (who, name, address, added) VALUES (?, ?, ?, ?)
            ON CONFLICT (who, name) DO UPDATE SET address = excluded.address""",
            (who, said, address, now()),
        )


def forget_view(db: sqlite_utils.Database, who: str, number: int) -> None:
    """Remove a view of one's own."""
    with transaction(db) as connection:
        connection.execute("DELETE FROM saved_views WHERE who = ? AND id = ?", (who, number))
