"""Imports of plans: what a preview showed, written in one transaction, and taken back as one.

An action that came in with an import that is undone is seen by nobody, and keeps its reference: the same plan imported
again takes it up again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlite_utils

from domain.errors import NotAllowed, NotFound, UsageError
from domain.framework import Framework
from domain.states import Status
from plan.action_rows import action_reviews, change_as_imported, new_imported_action, reserve, snapshot
from plan.days import happened_or_today
from plan.deciding import checked_who
from plan.import_preview import Alike
from plan.import_rows import TEXTS, Change, Preview, Verdict, achieved
from plan.ledger import fetch, now, packed, record_event, transaction
from plan.reading import action
from plan.rounds import record_return
from plan.rows import action_rows
from plan.telling import last_words, together, told_before
from plan.visibility import sight

FIXED = ("id", "ref", "quadrant", "quadrant_number", "sequence", "added")
"""Columns of an action that nothing changes."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: its number, which undoes it, and the references that it made and changed."""

    number: int
    new: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import as the plan remembers it. undone: when it was taken back, None where it stands."""

    number: int
    file: str
    who: str
    at: str
    new: int
    changed: int
    undone: str | None


@dataclass(frozen=True, slots=True)
class _Step:
    """What all writes of one import share. dated: the day of which the file tells."""

    db: sqlite_utils.Database
    file: str
    who: str
    at: str
    framework: Framework
    dated: str
    published: bool = False

    @property
    def why(self) -> str:
        return f"imported from {self.file}"


def apply(
    db: sqlite_utils.Database,
    rows: Sequence[Preview],
    *,
    file: str,
    sha256: str,
    who: str,
    framework: Framework,
    published: bool = False,
    dated: date | None = None,
    agency: str = "",
    state: int | None = None,
) -> Imported:
    """Write what a preview showed, all of it or nothing; rows that would change nothing are passed over.

    dated: the day of which the file tells; new actions without a day of their own stand from then (today); agency: whose
    workbook of a round it is, which is noted even if it changes nothing; state: what the plan had seen when we wrote the file.
    Raises `UsageError` where a plan would
    change nothing, `NotAllowed` where the plan has changed since the preview.
    """
    step = _Step(
        db,
        file,
        checked_who(who),
        now(),
        framework,
        happened_or_today(dated, "The day at which the file is correct"),
        published,
    )
    # Those with a reference first: the next free number is known only when all of them stand.
    writing = sorted((row for row in rows if row.writes), key=lambda row: row.ref is None)
    if not writing and not agency:
        raise UsageError(f"There is nothing in {file} that the plan does not have already.")
    new: list[str] = []
    changed: list[str] = []
    with transaction(db) as connection:
        cursor = connection.execute(
            "INSERT INTO imports (file, agency, sha256, who, at) VALUES (?, ?, ?, ?, ?)",
            (file, agency, sha256, step.who, step.at),
        )
        number = cursor.lastrowid
        assert number is not None
        alike = Alike(action_rows(db, sight(None)))
        if any(
            row.alike != alike.refs(row.quadrant, dict(row.values).get("text", ""))
            for row in writing
            if _is_unnamed(row)
        ):
            raise _moved("that says the same")
        # A row that cannot be taken today may be mended and come again under its reference.
        reserve(db, (row.ref for row in rows if row.ref))
        for row in writing:
            ref, before, notes = _make(step, row) if row.verdict is Verdict.NEW else _change(step, row)
            letters = _add_letters(db, ref, row.letters)
            (new if before is None else changed).append(ref)
            _tell(step, ref, before, letters, number)
            connection.execute(
                """INSERT INTO import_changes (import_id, action_id, before, after, notes, letters)
                VALUES (?, (SELECT id FROM actions WHERE ref = ?), ?, ?, ?, ?)""",
                (
                    number, ref, None if before is None else packed(before), packed(_columns(db, ref)), packed(notes),
                    packed(letters),
                ),
            )  # fmt: skip
        if agency:
            record_return(db, number, rows, agency=agency, state=state, who=step.who, at=step.at)
    return Imported(number, tuple(new), tuple(changed))


def _make(step: _Step, row: Preview) -> tuple[str, None, list[int]]:
    assert row.quadrant is not None
    if row.ref is not None and fetch(step.db, "SELECT 1 FROM actions WHERE ref = ? AND undone IS NULL", (row.ref,)):
        raise _moved(row.ref)
    values = dict(row.values)
    day = values.get("opened") or step.dated
    columns: dict[str, Any] = {name: values.get(name, "") for name in TEXTS}
    columns |= {
        "target_date": values.get("target_date"), "original_target_date": values.get("target_date"), "opened": day,
        "applies_to_all": int(row.to_all), "released": int(step.published), "rag": values.get("rag", ""),
        **_status_columns(Status(values.get("status", Status.OPEN)), values, day),
    }  # fmt: skip
    ref = new_imported_action(
        step.db, row.quadrant, row.ref, columns, who=step.who, framework=step.framework, why=step.why, at=step.at
    )
    return ref, None, _note(step, ref, row.agency, values.get("progress", ""))


def _change(step: _Step, row: Preview) -> tuple[str, dict[str, Any], list[int]]:
    assert row.ref is not None
    before, notes, why = _columns(step.db, row.ref), list[int](), step.why
    try:
        stood = snapshot(action(step.db, row.ref))
    except NotFound as error:  # its review was withdrawn meanwhile
        raise _moved(row.ref) from error
    columns: dict[str, Any] = {}
    for change in row.changes:
        says = stood.get(change.field, change.before)
        if _is_note(row, change):
            says = told_before(step.db, row.ref, row.agency, str(stood["progress"]))
        if change.field not in ("applies_to_all", "released") and str(says or "") != change.before:
            raise _moved(row.ref)
        if _is_note(row, change):
            notes = _note(step, row.ref, row.agency, change.after)
            columns["progress"] = together(last_words(step.db, row.ref)) or change.after
        else:
            columns |= _changed_columns(step, change, dict(row.values), before)
        if change.field == "target_date":
            why = change.why or why
    if "progress" in columns and not row.agency and columns["progress"]:
        notes = _note(step, row.ref, "", columns["progress"])
    if columns:
        change_as_imported(
            step.db, row.ref, columns, who=step.who, framework=step.framework, why=why, at=step.at, on=step.dated
        )
    return row.ref, before, notes


def _is_unnamed(row: Preview) -> bool:
    """Whether a row makes an action that has no reference in the file: another may have brought the same words meanwhile."""
    return row.verdict is Verdict.NEW and row.ref is None


def _moved(ref: str) -> NotAllowed:
    return NotAllowed(f"Action {ref} changed since the preview, so nothing was imported. Import again.")


def _is_note(row: Preview, change: Change) -> bool:
    """Whether a change is what an agency tells of its own progress."""
    return change.field == "progress" and bool(row.agency)


def _changed_columns(
    step: _Step, change: Change, values: Mapping[str, str], before: Mapping[str, Any]
) -> dict[str, Any]:
    match change.field:
        case "released" | "applies_to_all":
            return {change.field: 1}
        case "status":
            return _status_columns(Status(change.after), values, step.dated)
        case "target_date":
            first = before["original_target_date"] or change.after or None
            return {"target_date": change.after or None, "original_target_date": first}
        case "text":
            # Words that a person wrote are the plan's own, no longer those of a review.
            return {"text": change.after, "text_from": None}
    return {change.field: change.after}


def _status_columns(status: Status, values: Mapping[str, str], day: str) -> dict[str, Any]:
    columns: dict[str, Any] = {"status": str(status), "closed": None, "achieved": None}
    match status:
        case Status.COMPLETE:
            columns["completed"] = values.get("closed") or day
        case Status.ASSURED:
            columns["assured"] = values.get("closed") or day
        case Status.CLOSED:
            columns |= {"closed": values.get("closed") or day, "achieved": int(bool(achieved(values)))}
        case _:
            columns |= {"completed": None, "assured": None}
    return columns


def _note(step: _Step, ref: str, agency: str, note: str) -> list[int]:
    if not note:
        return []
    cursor = step.db.conn.execute(
        """INSERT INTO progress_notes (action_id, agency, note, dated, who, at)
        VALUES ((SELECT id FROM actions WHERE ref = ?), ?, ?, ?, ?, ?)""",
        (ref, agency, note, step.dated, step.who, step.at),
    )
    assert cursor.lastrowid is not None
    return [cursor.lastrowid]


def _add_letters(db: sqlite_utils.Database, ref: str, letters: Sequence[str]) -> list[str]:
    added = []
    for letter in letters:
        cursor = db.conn.execute(
            "INSERT INTO action_letters (action_id, letter) SELECT id, ? FROM actions WHERE ref = ? ON CONFLICT DO NOTHING",
            (letter, ref),
        )
        added += [letter] * cursor.rowcount
    return added


def _columns(db: sqlite_utils.Database, ref: str) -> dict[str, Any]:
    """All that an import can change of an action, as columns."""
    (row,) = fetch(db, "SELECT * FROM actions WHERE ref = ?", (ref,))
    return {name: value for name, value in row.items() if name not in FIXED}


def _tell(step: _Step, ref: str, before: dict[str, Any] | None, letters: Sequence[str], number: int) -> None:
    after = _columns(step.db, ref)
    changed = {name: value for name, value in after.items() if before is None or before[name] != value}
    record_event(
        step.db, who=step.who, what="action opened" if before is None else "action updated", subject=f"action {ref}",
        reviews=action_reviews(step.db, ref), why=f"{step.why} (import {number})", at=step.at,
        before=None if before is None else {name: before[name] for name in changed},
        after={**changed, **({"review_refs": list(letters)} if letters else {})},
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ undoing


def undo(db: sqlite_utils.Database, number: int, *, who: str, framework: Framework) -> tuple[str, ...]:
    """Take an import back, all of it or nothing; gives the references of the actions that stand as before.

    Raises `NotFound` for an import that the plan does not know, `NotAllowed` for one that was undone already, or where
    some of its actions have changed since.
    """
    person, at = checked_who(who), now()
    with transaction(db) as connection:
        found = fetch(db, "SELECT * FROM imports WHERE id = ?", (number,))
        if not found:
            said = f"There is no import {number}."
            raise NotFound(
                f"{said} cap import --list shows them.",
                page=f"{said} Past imports are listed under Bring in a plan or an agency's update.",
            )
        if found[0]["undone"] is not None:
            raise NotAllowed(f"Import {number} ({found[0]['file']}) was undone already, by {found[0]['undone_by']}.")
        changes = fetch(
            db, "SELECT c.*, a.ref FROM import_changes AS c JOIN actions AS a ON a.id = c.action_id WHERE import_id = ?",
            (number,),
        )  # fmt: skip
        moved = [row["ref"] for row in changes if _columns(db, row["ref"]) != json.loads(row["after"])]
        moved += [row["ref"] for row in changes if _went_on(db, row, found[0]["at"])]
        if moved:
            raise NotAllowed(
                f"Import {number} cannot be undone as a whole: {', '.join(dict.fromkeys(moved))} changed after it. "
                "Correct those actions one by one."
            )
        for row in changes:
            _take_back(db, row, found[0], person, framework, at)
        connection.execute("UPDATE imports SET undone = ?, undone_by = ? WHERE id = ?", (at, person, number))
    return tuple(row["ref"] for row in changes)


def _went_on(db: sqlite_utils.Database, row: Mapping[str, Any], at: str) -> bool:
    """Whether people have tied something to an action since its import.

    A note, a later import; and to an action that came in with it a recommendation, evidence or a practice standard.
    """
    later = """SELECT 1 FROM progress_notes WHERE action_id = :id AND at > :at
        UNION SELECT 1 FROM import_changes AS c JOIN imports AS i ON i.id = c.import_id
        WHERE c.action_id = :id AND i.id > :import AND i.undone IS NULL"""
    tied = """ UNION SELECT 1 FROM action_recommendations WHERE action_id = :id
        UNION SELECT 1 FROM action_evidence WHERE action_id = :id
        UNION SELECT 1 FROM action_standards WHERE action_id = :id"""
    values = {"id": row["action_id"], "at": at, "import": row["import_id"]}
    return bool(fetch(db, later if row["before"] else later + tied, values))


def _take_back(
    db: sqlite_utils.Database, row: Mapping[str, Any], step: Mapping[str, Any], who: str, framework: Framework, at: str
) -> None:
    """`step`: the import that is undone."""
    ref, after = row["ref"], json.loads(row["after"])
    before = json.loads(row["before"]) if row["before"] else {**after, "undone": at}
    db.conn.execute("DELETE FROM progress_notes WHERE id IN (SELECT value FROM json_each(?))", (row["notes"],))
    db.conn.execute(
        "DELETE FROM action_letters WHERE action_id = ? AND letter IN (SELECT value FROM json_each(?))",
        (row["action_id"], row["letters"]),
    )
    changed = {name: value for name, value in before.items() if after[name] != value}
    why = f"import {step['id']} undone"
    if changed:  # an import may have added letters of reviews only
        # What is taken back never was: it stands as before from the day from which the import had it otherwise.
        noted = fetch(
            db, "SELECT dated FROM action_history WHERE action_id = ? AND at = ?", (row["action_id"], step["at"])
        )
        day = noted[0]["dated"] if noted else at[:10]
        change_as_imported(db, ref, changed, who=who, framework=framework, why=why, at=at, on=day)
    record_event(
        db, who=who, what="import undone", subject=f"action {ref}", reviews=action_reviews(db, ref), why=why, at=at,
        before={name: after[name] for name in changed}, after=changed,
    )  # fmt: skip


def imports(db: sqlite_utils.Database) -> tuple[PastImport, ...]:
    """All imports, newest first."""
    found = fetch(
        db,
        """SELECT i.id, i.file, i.who, i.at, i.undone, count(c.action_id) - count(c.before) AS new, count(c.before) AS changed
        FROM imports AS i LEFT JOIN import_changes AS c ON c.import_id = i.id GROUP BY i.id ORDER BY i.id DESC""",
    )
    return tuple(PastImport(r["id"], r["file"], r["who"], r["at"], r["new"], r["changed"], r["undone"]) for r in found)
