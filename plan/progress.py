"""The life of an action: how it is made, updated, moved to another quadrant, completed, assured and closed."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

import sqlite_utils

from domain.errors import NotAllowed, UsageError
from domain.framework import Framework
from domain.language import leads_in
from domain.records import ActionRow, RecommendationRow
from domain.states import Rag, Status
from plan.deciding import check_codes, checked_day, checked_who
from plan.inserts import full_text
from plan.ledger import fetch, now, record_event, today, transaction
from plan.reading import action
from plan.transitions import check_live, check_status


class Fields(TypedDict, total=False):
    """What people write on an action. `target_date` is an ISO day or words such as "Ongoing".

    rag: red, amber or green, "" for none; standards: codes of practice standards, which replace those that stand;
    released: the public may see it as far as its reviews go.
    """

    text: str
    lead_agency: str
    target_date: str
    worry_statement: str
    success_goal: str
    next_steps: str
    home: str
    applies_to_all: bool
    rag: str
    standards: tuple[str, ...]
    released: bool


def new_action(
    db: sqlite_utils.Database,
    row: RecommendationRow,
    quadrant: str,
    fields: Fields,
    *,
    who: str,
    framework: Framework,
    opened: date | None,
    why: str,
    at: str,
) -> str:
    """Insert an action for a recommendation, within the caller's transaction; gives its new reference."""
    words = full_text(row.text, row.lead_in)
    text = fields.get("text", "").strip() or words
    lead = fields.get("lead_agency") or row.addressee or " / ".join(framework.title(code) for code in row.agencies)
    target = checked_target(fields.get("target_date") or row.target_date)
    ref = _insert(
        db, quadrant, framework, at=at,
        columns={
            "text": text, "text_from": row.id if text == words else None, "lead_agency": lead, "target_date": target,
            "original_target_date": target, "worry_statement": fields.get("worry_statement", ""),
            "success_goal": fields.get("success_goal", ""), "next_steps": fields.get("next_steps", ""),
            "home": fields.get("home", ""), "applies_to_all": int(fields.get("applies_to_all", False)),
            "opened": (opened or today()).isoformat(), "rag": checked_rag(fields.get("rag", "")),
            "released": int(fields.get("released", True)),
        },
    )  # fmt: skip
    set_standards(db, ref, checked_standards(fields.get("standards", ()), framework))
    _set_agencies(db, ref, leads_in(lead, framework) or row.agencies)
    _note_standing(db, ref, who, why, at)
    return ref


def update_action(
    db: sqlite_utils.Database,
    ref: str,
    *,
    who: str,
    framework: Framework,
    why: str = "",
    progress: str | None = None,
    agency: str = "",
    dated: date | None = None,
    **fields: Unpack[Fields],
) -> ActionRow:
    """Change what an action says; what is not given stays.

    `progress` becomes a note of its own, of `agency` and as of `dated` (today), and the progress that the plan shows.
    Moving a target date needs `why`: the old one is kept with the reason. Raises `NotAllowed` for an action that has
    ended, `UsageError` if nothing would change or a word is none of those that may stand there.
    """
    person, at = checked_who(who), now()
    with transaction(db):
        before = action(db, ref)
        check_live(before.ref, before.status, before.superseded_by)
        changes = _changes(before, fields)
        standards = checked_standards(fields.get("standards", before.standards), framework, before.standards)
        if "target_date" in changes and before.target_date and not why.strip():
            raise UsageError(f"Say why the target date of action {before.ref} moves: the plan keeps every reason.")
        if progress is not None:
            changes["progress"] = progress
            db.conn.execute(
                """INSERT INTO progress_notes (action_id, agency, note, dated, who, at)
                VALUES ((SELECT id FROM actions WHERE ref = ?), ?, ?, ?, ?, ?)""",
                (before.ref, agency, progress, (dated or today()).isoformat(), person, at),
            )
        if not changes and standards == before.standards:
            raise UsageError(f"Nothing was given that would change action {before.ref}.")
        if changes:
            _apply(db, before.ref, changes)
        if standards != before.standards:
            set_standards(db, before.ref, standards)
        if "lead_agency" in changes:
            _set_agencies(db, before.ref, leads_in(str(changes["lead_agency"]), framework))
        if "target_date" in changes:
            _note_standing(db, before.ref, person, why, at)
        return _told(db, before, "action updated", person, why, at)


def _changes(before: ActionRow, fields: Fields) -> dict[str, object]:
    """Columns and new values of those fields that differ from what stands."""
    changes: dict[str, object] = {}
    for name, value in fields.items():
        if name == "standards":
            continue  # they have a table of their own
        given: object = value
        if name == "target_date":
            given = checked_target(str(value))
        elif name == "rag":
            given = checked_rag(str(value))
        if given != getattr(before, name):
            changes[name] = given
    if "text" in changes:
        if not str(changes["text"]).strip():
            raise UsageError(f"Action {before.ref} needs a text: it says what is to be done.")
        # Words that a person wrote are the plan's own, no longer those of a review.
        changes["text_from"] = None
    if "target_date" in changes and before.original_target_date is None:
        changes["original_target_date"] = changes["target_date"]
    return changes


def set_status(
    db: sqlite_utils.Database,
    ref: str,
    status: Status,
    *,
    who: str,
    why: str = "",
    on: date | None = None,
    recheck: date | None = None,
) -> ActionRow:
    """Move an action on: in progress, complete (says its owner), assured (says the audit group), or taken up again.

    on: the day from which it is so (today); recheck: the day on which an assured action is looked at again. `close` and
    `supersede` end an action.
    """
    person, at = checked_who(who), now()
    if status in (Status.CLOSED, Status.SUPERSEDED):
        way = "say whether it achieved its aim" if status is Status.CLOSED else "name its new quadrant"
        raise UsageError(f"An action cannot simply be set to {status}: {way}, which has a step of its own.")
    if recheck is not None and status is not Status.ASSURED:
        raise UsageError(f"Only what is assured is looked at again: {status} has no day for that.")
    with transaction(db):
        before = action(db, ref)
        check_status(before.ref, before.status, status, before.superseded_by)
        if before.status is Status.CLOSED and not why.strip():
            raise UsageError(f"Say why action {before.ref} is taken up again: the plan keeps the reason.")
        day = (on or today()).isoformat()
        changes: dict[str, object] = {"status": str(status), "closed": None, "achieved": None}
        if status is Status.COMPLETE:
            changes["completed"] = day
        elif status is Status.ASSURED:
            changes |= {"assured": day, "recheck": _later_than(day, recheck)}
        else:
            changes |= {"completed": None, "assured": None}
        _apply(db, before.ref, changes)
        _note_standing(db, before.ref, person, why, at)
        return _told(db, before, f"action {status}", person, why, at)


def set_recheck(
    db: sqlite_utils.Database, ref: str, recheck: date, *, who: str, why: str = "", on: date | None = None
) -> ActionRow:
    """Say when an action that is assured already is looked at again; `on`: the day on which this was said (today).

    Raises `NotAllowed` for an action that is not assured.
    """
    person, at = checked_who(who), now()
    with transaction(db):
        before = action(db, ref)
        if before.status is not Status.ASSURED:
            raise NotAllowed(
                f"Action {before.ref} is {before.status}: only what is assured is looked at again. "
                f"Say that it is assured first: cap progress {before.ref} --status assured --recheck {recheck}"
            )
        _apply(db, before.ref, {"recheck": _later_than((on or today()).isoformat(), recheck)})
        return _told(db, before, "action updated", person, why, at)


def _later_than(day: str, recheck: date | None) -> str | None:
    if recheck is not None and recheck.isoformat() <= day:
        raise UsageError(f"An action that is assured on {day} is looked at again later than that, not on {recheck}.")
    return recheck.isoformat() if recheck else None


def close(
    db: sqlite_utils.Database, ref: str, *, who: str, achieved: bool, why: str, on: date | None = None
) -> ActionRow:
    """Close an action and say whether its aim was achieved, with the reason; `on`: the day of closure (today)."""
    person, at = checked_who(who), now()
    if not why.strip():
        raise UsageError("Say on what grounds the action is closed: the plan keeps the reason.")
    with transaction(db):
        before = action(db, ref)
        check_status(before.ref, before.status, Status.CLOSED, before.superseded_by)
        day = (on or today()).isoformat()
        _apply(db, before.ref, {"status": str(Status.CLOSED), "closed": day, "achieved": int(achieved)})
        _note_standing(db, before.ref, person, why, at)
        return _told(db, before, "action closed", person, why, at)


def supersede(
    db: sqlite_utils.Database,
    ref: str,
    *,
    quadrant: str,
    who: str,
    why: str,
    framework: Framework,
    on: date | None = None,
    **fields: Unpack[Fields],
) -> ActionRow:
    """Replace an action by a new one, in another quadrant or in other words; gives the new one.

    It answers the same recommendations and takes over what is not given. The old reference stays, superseded.
    """
    person, at = checked_who(who), now()
    if not why.strip():
        raise UsageError("Say why the action is superseded: the plan keeps the reason.")
    if quadrant not in framework.quadrant_codes:
        raise UsageError(f"{quadrant} is not a quadrant. Choose from: {', '.join(framework.quadrant_codes)}.")
    with transaction(db) as connection:
        before = action(db, ref)
        check_status(before.ref, before.status, Status.SUPERSEDED, before.superseded_by)
        (old,) = fetch(db, "SELECT * FROM actions WHERE ref = ?", (before.ref,))
        day = (on or today()).isoformat()
        kept = {
            name: old[name]
            for name in (
                "text", "text_from", "lead_agency", "target_date", "original_target_date", "progress",
                "worry_statement", "success_goal", "next_steps", "home", "applies_to_all", "released", "rag", "source",
            )
        }  # fmt: skip
        changes = _changes(before, fields)
        successor = _insert(db, quadrant, framework, columns={**kept, **changes, "opened": day}, at=at)
        for table, columns in (
            ("action_recommendations", "recommendation_id, part"), ("action_reviews", "review_id"),
            ("action_letters", "letter"), ("action_standards", "standard"),
        ):  # fmt: skip
            extra, values = (", added, who", ", :at, :who") if table == "action_recommendations" else ("", "")
            connection.execute(
                f"""INSERT INTO {table} (action_id, {columns}{extra})
                SELECT (SELECT id FROM actions WHERE ref = :new), {columns}{values}
                FROM {table} WHERE action_id = :old""",
                {"new": successor, "old": old["id"], "at": at, "who": person},
            )
        _set_agencies(db, successor, _agencies_of(db, before.ref))
        if "standards" in fields:
            set_standards(db, successor, checked_standards(fields["standards"], framework, before.standards))
        if "lead_agency" in changes:
            _set_agencies(db, successor, leads_in(str(changes["lead_agency"]), framework))
        _note_standing(db, successor, person, why, at)
        ended: dict[str, object] = {
            "status": str(Status.SUPERSEDED),
            "superseded_by": successor,
            "closed": day,
            "achieved": None,
        }
        _apply(db, before.ref, ended)
        _note_standing(db, before.ref, person, why, at)
        _told(db, before, "action superseded", person, why, at)
        result = action(db, successor)
        record_event(
            db, who=person, what="action opened", subject=f"action {successor}", reviews=action_reviews(db, successor),
            why=why, at=at, after={**snapshot(result), "instead_of": before.ref},
        )  # fmt: skip
        return result


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
        _apply(db, ref, {**columns, "undone": None, "superseded_by": None, "text_from": None})
        given = ref
    else:
        given = _insert(db, quadrant, framework, columns=columns, at=at, ref=ref)
    _set_agencies(db, given, leads_in(str(columns["lead_agency"]), framework))
    _note_standing(db, given, who, why, at)
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
) -> None:
    """Set columns of an action, within the caller's transaction, and note where it stands now."""
    _apply(db, ref, columns)
    if "lead_agency" in columns:
        _set_agencies(db, ref, leads_in(str(columns["lead_agency"]), framework))
    if {"target_date", "status"} & columns.keys():
        _note_standing(db, ref, who, why, at)


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


def _insert(
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
        db.conn.execute(
            """INSERT INTO reference_numbers (quadrant_number, last) VALUES (:number, :last)
            ON CONFLICT (quadrant_number) DO UPDATE SET last = max(last, :last)""",
            {"number": number, "last": row["last"]},
        )
    ref = f"{number}.{row['last']}"
    given = {
        "ref": ref, "quadrant": quadrant, "quadrant_number": number, "sequence": row["last"], "added": at, **columns,
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in given)
    db.conn.execute(f"INSERT INTO actions ({', '.join(given)}) VALUES ({marks})", given)
    return ref


def _apply(db: sqlite_utils.Database, ref: str, changes: dict[str, object]) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    db.conn.execute(f"UPDATE actions SET {assignments} WHERE ref = :of_ref", {**changes, "of_ref": ref})


def _set_agencies(db: sqlite_utils.Database, ref: str, agencies: tuple[str, ...]) -> None:
    (row,) = fetch(db, "SELECT id FROM actions WHERE ref = ?", (ref,))
    db.conn.execute("DELETE FROM action_agencies WHERE action_id = ?", (row["id"],))
    db.conn.executemany(
        "INSERT INTO action_agencies (action_id, agency, position) VALUES (?, ?, ?)",
        [(row["id"], agency, position) for position, agency in enumerate(agencies)],
    )


def _agencies_of(db: sqlite_utils.Database, ref: str) -> tuple[str, ...]:
    found = fetch(
        db,
        "SELECT agency FROM action_agencies WHERE action_id = (SELECT id FROM actions WHERE ref = ?) ORDER BY position",
        (ref,),
    )
    return tuple(row["agency"] for row in found)


def _note_standing(db: sqlite_utils.Database, ref: str, who: str, why: str, at: str) -> None:
    """Add where the action stands now to its history, from which the plan is counted as of any day."""
    db.conn.execute(
        """INSERT INTO action_history (action_id, status, target_date, why, who, at)
        SELECT id, status, target_date, ?, ?, ? FROM actions WHERE ref = ?""",
        (why, who, at, ref),
    )


def checked_standards(codes: Iterable[str], framework: Framework, standing: Iterable[str] = ()) -> tuple[str, ...]:
    """Codes of practice standards, in order; those `standing` may stay, though an older framework knew them.

    Raises `UsageError` for a code that the framework does not have.
    """
    given = set(codes)
    check_codes(sorted(given.difference(standing)), framework.standard_codes, "practice standard")
    return tuple(sorted(given))


def set_standards(db: sqlite_utils.Database, ref: str, codes: tuple[str, ...]) -> None:
    """Let an action carry these practice standards and no others, within the caller's transaction."""
    (row,) = fetch(db, "SELECT id FROM actions WHERE ref = ?", (ref,))
    db.conn.execute("DELETE FROM action_standards WHERE action_id = ?", (row["id"],))
    db.conn.executemany(
        "INSERT INTO action_standards (action_id, standard) VALUES (?, ?)",
        [(row["id"], code) for code in codes],
    )


def checked_rag(word: str) -> Rag:
    """How an action goes, from a person's word. Raises `UsageError` for one that says nothing of it."""
    try:
        return Rag(word.strip().casefold())
    except ValueError as error:
        raise UsageError(f"{word} does not say how an action goes. Choose from: red, amber, green.") from error


def checked_target(words: str | None) -> str | None:
    """A target date as it is kept: an ISO day where it looks like one, else the words; `UsageError` for no day."""
    given = " ".join((words or "").split())
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        return checked_day(given, "a target date")
    return given or None


def _told(db: sqlite_utils.Database, before: ActionRow, what: str, who: str, why: str, at: str) -> ActionRow:
    after = action(db, before.ref)
    old, new = snapshot(before), snapshot(after)
    changed = [name for name in new if new[name] != old[name]]
    record_event(
        db, who=who, what=what, subject=f"action {before.ref}", reviews=action_reviews(db, before.ref), why=why, at=at,
        before={name: old[name] for name in changed}, after={name: new[name] for name in changed},
    )  # fmt: skip
    return after
