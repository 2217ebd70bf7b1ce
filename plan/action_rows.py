"""The rows of an action: how they are inserted and changed, and what the trail keeps of it.

Whether a step is allowed is not asked here: `plan.progress` and `plan.importing` do, and all of this happens within
their transactions.
"""

from collections.abc import Iterable, Mapping

import sqlite_utils

from domain.framework import Framework
from domain.language import leads_in
from domain.records import ActionRow
from plan.ledger import fetch, record_event
from plan.reading import action


def new_imported_action(
    db: sqlite_utils.Database,
    quadrant: str,
    ref: str | None,
    columns: dict[str, object],
    *,
    who: str,
    framework: Framework,
    why: str,
    at: str,
) -> str:
    """Insert an action of an imported plan, within the caller's transaction, under the reference that it bears there.

    ref: None for the next free one. An action whose import was undone takes its reference up again. Gives the reference.
    """
    undone = [] if ref is None else fetch(db, "SELECT id FROM actions WHERE ref = ? AND undone IS NOT NULL", (ref,))
    if ref is not None and undone:
        # Nothing of what the undone import left: not its dates, and not the letters that others added to it.
        blank: dict[str, object] = dict.fromkeys(
            ("superseded_by", "text_from", "completed", "assured", "closed", "achieved", "recheck", "undone")
        )
        set_columns(db, ref, {**blank, "rag": "", "source": "", **columns})
        for table in ("action_letters", "action_standards"):
            db.conn.execute(f"DELETE FROM {table} WHERE action_id = ?", (undone[0]["id"],))
        given = ref
    else:
        given = insert_action(db, quadrant, framework, columns=columns, at=at, ref=ref)
    set_agencies(db, given, leads_in(str(columns["lead_agency"]), framework))
    note_standing(db, given, who, why, at, _from_day(columns, str(columns["opened"])))
    return given


def change_as_imported(
    db: sqlite_utils.Database,
    ref: str,
    columns: dict[str, object],
    *,
    who: str,
    framework: Framework,
    why: str,
    at: str,
    on: str,
) -> None:
    """Set columns of an action, within the caller's transaction, and note where it stands now.

    on: the ISO day from which it stands so, where the columns do not say another.
    """
    set_columns(db, ref, columns)
    if "lead_agency" in columns:
        set_agencies(db, ref, leads_in(str(columns["lead_agency"]), framework))
    if {"target_date", "status"} & columns.keys():
        note_standing(db, ref, who, why, at, _from_day(columns, on))


def _from_day(columns: Mapping[str, object], otherwise: str) -> str:
    """The day from which an action has the status that its columns give it."""
    ended = ("closed", "assured", "completed")
    return next((str(columns[name]) for name in ended if columns.get(name)), otherwise)


def action_reviews(db: sqlite_utils.Database, ref: str) -> list[int]:
    """Identifiers of all the reviews that an action answers, hidden ones too: for the trail, never to be shown."""
    found = fetch(
        db,
        "SELECT review_id FROM action_review_links WHERE action_id = (SELECT id FROM actions WHERE ref = ?)",
        (ref,),
    )
    return [row["review_id"] for row in found]


def snapshot(row: ActionRow) -> dict[str, object]:
    """What the trail keeps of an action: everything that people can change."""
    return {
        "ref": row.ref, "text": row.text, "lead_agency": row.lead_agency, "target_date": row.target_date,
        "status": str(row.status), "progress": row.progress, "worry_statement": row.worry_statement,
        "success_goal": row.success_goal, "next_steps": row.next_steps, "home": row.home,
        "applies_to_all": row.applies_to_all, "superseded_by": row.superseded_by, "closed": row.closed,
        "achieved": row.achieved, "rag": str(row.rag), "recheck": row.recheck, "standards": list(row.standards),
        "source": row.source, "released": row.released,
    }  # fmt: skip


def insert_action(
    db: sqlite_utils.Database,
    quadrant: str,
    framework: Framework,
    *,
    columns: dict[str, object],
    at: str,
    ref: str | None = None,
) -> str:
    """`ref`: one that the plan does not have, from a plan that came from elsewhere; None for the next one."""
    number = framework.quadrant_number(quadrant)
    if ref is None:
        (row,) = fetch(
            db,
            """INSERT INTO reference_numbers (quadrant_number, last) VALUES (?, 1)
            ON CONFLICT (quadrant_number) DO UPDATE SET last = last + 1 RETURNING last""",
            (number,),
        )
    else:
        row = {"last": int(ref.partition(".")[2])}
        reserve(db, [ref])
    ref = f"{number}.{row['last']}"
    given = {
        "ref": ref, "quadrant": quadrant, "quadrant_number": number, "sequence": row["last"], "added": at, **columns,
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in given)
    db.conn.execute(f"INSERT INTO actions ({', '.join(given)}) VALUES ({marks})", given)
    return ref


def reserve(db: sqlite_utils.Database, refs: Iterable[str]) -> None:
    """Keep references that a file prints from being given to other actions."""
    db.conn.executemany(
        """INSERT INTO reference_numbers (quadrant_number, last) VALUES (?, ?)
        ON CONFLICT (quadrant_number) DO UPDATE SET last = max(last, excluded.last)""",
        [tuple(map(int, ref.split("."))) for ref in refs],
    )


def set_columns(db: sqlite_utils.Database, ref: str, changes: dict[str, object]) -> None:
    """Give columns of an action new values."""
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    db.conn.execute(f"UPDATE actions SET {assignments} WHERE ref = :of_ref", {**changes, "of_ref": ref})


def set_agencies(db: sqlite_utils.Database, ref: str, agencies: tuple[str, ...]) -> None:
    """Let these agencies, by their codes, lead an action and no others."""
    (row,) = fetch(db, "SELECT id FROM actions WHERE ref = ?", (ref,))
    db.conn.execute("DELETE FROM action_agencies WHERE action_id = ?", (row["id"],))
    db.conn.executemany(
        "INSERT INTO action_agencies (action_id, agency, position) VALUES (?, ?, ?)",
        [(row["id"], agency, position) for position, agency in enumerate(agencies)],
    )


def agencies_of(db: sqlite_utils.Database, ref: str) -> tuple[str, ...]:
    """Codes of the agencies that lead an action."""
    found = fetch(
        db,
        "SELECT agency FROM action_agencies WHERE action_id = (SELECT id FROM actions WHERE ref = ?) ORDER BY position",
        (ref,),
    )
    return tuple(row["agency"] for row in found)


def note_standing(db: sqlite_utils.Database, ref: str, who: str, why: str, at: str, on: str) -> None:
    """Add where the action stands now to its history, from which the plan is counted as of any day.

    on: the ISO day from which it stands so, which may be earlier than `at`, when it was entered.
    """
    db.conn.execute(
        """INSERT INTO action_history (action_id, status, target_date, why, who, at, dated)
        SELECT id, status, target_date, ?, ?, ?, ? FROM actions WHERE ref = ?""",
        (why, who, at, on, ref),
    )


def set_standards(db: sqlite_utils.Database, ref: str, codes: tuple[str, ...]) -> None:
    """Let an action carry these practice standards and no others, within the caller's transaction."""
    (row,) = fetch(db, "SELECT id FROM actions WHERE ref = ?", (ref,))
    db.conn.execute("DELETE FROM action_standards WHERE action_id = ?", (row["id"],))
    db.conn.executemany(
        "INSERT INTO action_standards (action_id, standard) VALUES (?, ?)",
        [(row["id"], code) for code in codes],
    )


def told(db: sqlite_utils.Database, before: ActionRow, what: str, who: str, why: str, at: str) -> ActionRow:
    """Write what has changed of an action into the trail; gives the action as it stands now."""
    after = action(db, before.ref)
    old, new = snapshot(before), snapshot(after)
    changed = [name for name in new if new[name] != old[name]]
    record_event(
        db, who=who, what=what, subject=f"action {before.ref}", reviews=action_reviews(db, before.ref), why=why, at=at,
        before={name: old[name] for name in changed}, after={name: new[name] for name in changed},
    )  # fmt: skip
    return after
