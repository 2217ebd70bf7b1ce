"""What comparing recommendations with each other has found, so that a run compares only what is new or has changed."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping

import sqlite_utils

from domain.records import Repeat
from plan.inserts import unpacked_words
from plan.ledger import fetch, packed, transaction

COLUMNS = "a, b, score, similarity, shared, only_a, only_b"
"""A scored pair as it is stored: `repeats` and `likenesses` have the same columns."""


def compared(db: sqlite_utils.Database) -> dict[str, str]:
    """The mark under which each recommendation was last compared with all others that have one, by its identifier."""
    return {row["recommendation_id"]: row["mark"] for row in fetch(db, "SELECT * FROM compared")}


def likenesses(db: sqlite_utils.Database, among: Collection[str]) -> list[Repeat]:
    """The pairs that were found among these recommendations when they were compared, in their order."""
    return [
        Repeat(
            row["a"], row["b"], row["score"], row["similarity"],
            unpacked_words(row["shared"]), unpacked_words(row["only_a"]), unpacked_words(row["only_b"]),
        )
        for row in fetch(db, f"SELECT {COLUMNS} FROM likenesses ORDER BY a, b")
        if row["a"] in among and row["b"] in among
    ]  # fmt: skip


def save_comparisons(
    db: sqlite_utils.Database, marks: Mapping[str, str], *, fresh: Collection[str], found: Iterable[Repeat]
) -> None:
    """Note that the recommendations of `marks`, and no others, have all been compared with each other.

    fresh: those that were compared now, with all; found: their pairs. Whatever was compared meanwhile by another program
    and is none of these counts as not compared, and is compared again next time.
    """
    with transaction(db) as connection:
        gone = packed(sorted(compared(db).keys() - marks.keys() | set(fresh)))
        connection.execute("DELETE FROM compared WHERE recommendation_id IN (SELECT value FROM json_each(?))", (gone,))
        for side in ("a", "b"):
            connection.execute(f"DELETE FROM likenesses WHERE {side} IN (SELECT value FROM json_each(?))", (gone,))
        connection.executemany(
            "INSERT INTO compared (recommendation_id, mark) VALUES (?, ?)"
            " ON CONFLICT (recommendation_id) DO UPDATE SET mark = excluded.mark WHERE mark <> excluded.mark",
            sorted(marks.items()),
        )
        insert_pairs(connection, "likenesses", found)


def insert_pairs(connection: sqlite3.Connection, table: str, pairs: Iterable[Repeat]) -> None:
    """Enter scored pairs into `repeats` or `likenesses`, the smaller identifier first; of one pair, the last."""
    ordered: dict[tuple[str, str], tuple[object, ...]] = {}
    for pair in pairs:
        straight = pair.a < pair.b
        a, b = (pair.a, pair.b) if straight else (pair.b, pair.a)
        only_a, only_b = (pair.only_a, pair.only_b) if straight else (pair.only_b, pair.only_a)
        ordered[a, b] = (
            a, b, float(pair.score), float(pair.similarity),
            packed(list(pair.shared)), packed(list(only_a)), packed(list(only_b)),
        )  # fmt: skip
    connection.executemany(f"INSERT INTO {table} ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", list(ordered.values()))
