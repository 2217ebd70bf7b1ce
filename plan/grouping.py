"""Groups of near-repeats kept in the plan under identities that stay."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence

import sqlite_utils

from domain.records import RepeatGroup
from plan.comparisons import insert_pairs
from plan.ledger import fetch, now, packed, transaction


def save_groups(
    db: sqlite_utils.Database, groups: Sequence[RepeatGroup], *, at: str | None = None
) -> dict[str, tuple[str, ...]]:
    """Store groups of near-repeats, which are all there are, with their evidence; gives the members of each by its identity.

    A group keeps its identity by its members: of new groups that share members with an old one, that with the most of them
    takes it over, and where several become one, the identity with the most members lives on. An emptied group is retired and
    its identity is never given again.
    """
    moment = at or now()
    with transaction(db) as connection:
        before = _members_now(db)
        identities = _identities(groups, before)
        saved: dict[str, tuple[str, ...]] = {}
        for position, group in enumerate(groups):
            saved[identities.get(position) or _new_identity(db, group, saved)] = group.members
        _store_members(connection, saved, before, moment)
        connection.execute("DELETE FROM repeats")
        insert_pairs(connection, "repeats", (pair for group in groups for pair in group.pairs))
        connection.execute("DELETE FROM repeats_due")
    return saved


def note_due(db: sqlite_utils.Database, review_id: int) -> None:
    """Remember that near-repeats are to be sought for a review, until groups over everything are saved."""
    with transaction(db) as connection:
        connection.execute("INSERT INTO repeats_due (review_id) VALUES (?) ON CONFLICT DO NOTHING", (review_id,))


def is_due(db: sqlite_utils.Database) -> bool:
    """Whether near-repeats are to be sought for any review."""
    return bool(fetch(db, "SELECT 1 FROM repeats_due LIMIT 1"))


def said_before(db: sqlite_utils.Database) -> dict[int, int]:
    """How many recommendations of each review ask what an earlier one of the plan asks already, by the review's id."""
    found = fetch(
        db,
        """SELECT review_id, count(*) AS n FROM (
            SELECT review_id, row_number() OVER (PARTITION BY group_id ORDER BY review_id, ordinal) AS place
            FROM recommendations WHERE group_id IS NOT NULL
        ) WHERE place > 1 GROUP BY review_id""",
    )
    return {row["review_id"]: row["n"] for row in found}


def _members_now(db: sqlite_utils.Database) -> dict[str, str]:
    """The group of every recommendation that stands in one."""
    found = fetch(db, "SELECT id, group_id FROM recommendations WHERE group_id IS NOT NULL")
    return {row["id"]: row["group_id"] for row in found}


def _identities(groups: Sequence[RepeatGroup], before: dict[str, str]) -> dict[int, str]:
    """Which old identity each new group takes over, by position: most shared members first, each identity once."""
    shared = [
        (count, identity, position)
        for position, group in enumerate(groups)
        for identity, count in Counter(before[m] for m in group.members if m in before).items()
    ]
    kept: dict[int, str] = {}
    given: set[str] = set()
    for _, identity, position in sorted(shared, key=lambda s: (-s[0], s[1], s[2])):
        if position not in kept and identity not in given:
            kept[position] = identity
            given.add(identity)
    return kept


def _new_identity(db: sqlite_utils.Database, group: RepeatGroup, saved: Mapping[str, object]) -> str:
    """An identity from the members themselves, so that the same plan is built twice alike."""
    seed = ",".join(sorted(group.members))
    attempt = 0
    while True:
        identity = "g-" + hashlib.sha256(f"{seed}#{attempt}".encode()).hexdigest()[:12]
        if identity not in saved and not fetch(db, "SELECT 1 FROM repeat_groups WHERE id = ?", (identity,)):
            return identity
        attempt += 1


def _store_members(
    connection: sqlite3.Connection,
    saved: dict[str, tuple[str, ...]],
    before: dict[str, str],
    moment: str,
) -> None:
    connection.executemany(
        "INSERT INTO repeat_groups (id, added) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET retired = NULL",
        [(identity, moment) for identity in saved],
    )
    after = {member: identity for identity, members in saved.items() for member in members}
    connection.executemany(
        "UPDATE recommendations SET group_id = ? WHERE id = ?",
        [
            (after.get(member), member)
            for member in sorted({*before, *after})
            if after.get(member) != before.get(member)
        ],
    )
    connection.execute(
        """UPDATE repeat_groups SET retired = ? WHERE id IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM recommendations WHERE group_id = repeat_groups.id)""",
        (moment, packed(sorted(set(before.values())))),
    )
