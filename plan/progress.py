"""The life of an action: how it is made, updated, moved to another quadrant, completed, assured and closed."""

from collections.abc import Iterable
from datetime import date
from typing import Final, TypedDict, Unpack

import sqlite_utils

from domain.dates import as_read, day_or_words
from domain.errors import NotAllowed, UsageError
from domain.framework import Framework
from domain.identity import full_text
from domain.language import leads_in
from domain.records import ActionRow, RecommendationRow
from domain.short_names import in_full, is_short_for
from domain.states import Rag, Status
from plan.action_rows import (
    action_reviews,
    agencies_of,
    insert_action,
    note_standing,
    set_agencies,
    set_columns,
    set_standards,
    snapshot,
    told,
)
from plan.days import happened_or_today, likely_target
from plan.deciding import check_codes, checked_who
from plan.ledger import fetch, now, record_event, today, transaction
from plan.lengths import check_lengths
from plan.notes import is_last_note, take_down
from plan.reading import action
from plan.transitions import check_live, check_status

UPDATED: Final = "The date of this update"
OPENED: Final = "The day from which an action stands"


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
    check_lengths(fields)
    words = full_text(row.text, row.lead_in)
    text = fields.get("text", "").strip() or words
    lead = fields.get("lead_agency") or _lead_of(db, row) or " / ".join(framework.title(code) for code in row.agencies)
    # What a review prints is history and taken as it stands: nobody here could mend it. What a person gives is meant, also nothing.
    given = likely_target(checked_target(fields.get("target_date")))
    target = given if "target_date" in fields else as_read(row.target_date)
    ref = insert_action(
        db, quadrant, framework, at=at,
        columns={
            "text": text, "text_from": row.id if text == words else None, "lead_agency": lead, "target_date": target,
            "original_target_date": target, "worry_statement": fields.get("worry_statement", ""),
            "success_goal": fields.get("success_goal", ""), "next_steps": fields.get("next_steps", ""),
            "home": fields.get("home", ""), "applies_to_all": int(fields.get("applies_to_all", False)),
            "opened": happened_or_today(opened, OPENED), "rag": checked_rag(fields.get("rag", "")),
            "released": int(fields.get("released", True)),
        },
    )  # fmt: skip
    set_standards(db, ref, checked_standards(fields.get("standards", ()), framework))
    set_agencies(db, ref, leads_in(lead, framework) or row.agencies)
    note_standing(db, ref, who, why, at, (opened or today()).isoformat())
    return ref


def _lead_of(db: sqlite_utils.Database, row: RecommendationRow) -> str | None:
    """Whom a recommendation addresses; by its full name where the review has it, in a heading or as its publisher."""
    (printed,) = fetch(
        db,
        """SELECT r.heading_names AS heading, v.publisher FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        WHERE r.id = ?""",
        (row.id,),
    )
    addressee = row.addressee or ""
    if printed["heading"] and is_short_for(addressee, printed["heading"]):
        return str(printed["heading"])
    return in_full(addressee, printed["publisher"]) or row.addressee


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

    `progress` becomes a note of its own, of `agency` and as of `dated` (today), and the progress that the plan shows,
    unless there is a note of a later day already: then it takes its place among the earlier ones. Moving a target date
    needs `why`: the old one is kept with the reason. Raises `NotAllowed` for an action that has ended, `UsageError` if
    nothing would change or a word is none of those that may stand there.
    """
    person, at = checked_who(who), now()
    with transaction(db):
        before = action(db, ref)
        check_live(before.ref, before.status, before.superseded_by)
        changes = _changes(before, fields)
        standards = checked_standards(fields.get("standards", before.standards), framework, before.standards)
        if "target_date" in changes and before.target_date and not why.strip():
            raise UsageError(f"Say why the target date of action {before.ref} moves: the plan keeps every reason.")
        day = happened_or_today(dated, UPDATED)
        check_lengths({"progress": progress})
        noted = False
        if progress is not None and not is_last_note(db, before.ref, (agency, progress, day, person)):
            noted = True
            if take_down(db, before, progress, agency=agency, day=day, who=person, why=why, at=at):
                changes["progress"] = progress
        if not changes and standards == before.standards:
            if noted:
                return before
            raise UsageError(f"Nothing was given that would change action {before.ref}.")
        if changes:
            set_columns(db, before.ref, changes)
        if standards != before.standards:
            set_standards(db, before.ref, standards)
        if "lead_agency" in changes:
            set_agencies(db, before.ref, leads_in(str(changes["lead_agency"]), framework))
        if "target_date" in changes:
            note_standing(db, before.ref, person, why, at, today().isoformat())
        return told(db, before, "action updated", person, why, at)


def _changes(before: ActionRow, fields: Fields) -> dict[str, object]:
    """Columns and new values of those fields that differ from what stands."""
    changes: dict[str, object] = {}
    for name, value in fields.items():
        if name == "standards":
            continue  # they have a table of their own
        given: object = value
        if name == "target_date":
            given = checked_target(str(value))
            # What stands was let in once, and may be sent along with what is to change.
            given = given if given == before.target_date else likely_target(given)
        elif name == "rag":
            given = checked_rag(str(value))
        if given != getattr(before, name):
            changes[name] = given
    check_lengths(changes)
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
        raise UsageError(
            "To close an action, use cap close and say whether its aim was achieved. To supersede it, use cap supersede.",
            page="To close an action, use Close it on its page and say whether its aim was achieved. To supersede it, use "
            "Supersede it.",
        )
    if recheck is not None and status is not Status.ASSURED:
        raise UsageError(
            f"A date to look at an action again can only be set with the status assured, not with {status}."
        )
    with transaction(db):
        before = action(db, ref)
        check_status(before.ref, before.status, status, before.superseded_by)
        if before.status is Status.CLOSED and not why.strip():
            raise UsageError(f"Say why action {before.ref} is taken up again: the plan keeps the reason.")
        day = happened_or_today(on, UPDATED)
        changes: dict[str, object] = {"status": str(status), "closed": None, "achieved": None}
        if status is Status.COMPLETE:
            changes["completed"] = day
        elif status is Status.ASSURED:
            changes |= {"assured": day, "recheck": _later_than(day, recheck)}
        else:
            changes |= {"completed": None, "assured": None}
        set_columns(db, before.ref, changes)
        note_standing(db, before.ref, person, why, at, day)
        return told(db, before, f"action {status}", person, why, at)


def set_recheck(
    db: sqlite_utils.Database, ref: str, recheck: date, *, who: str, why: str = "", on: date | None = None
) -> ActionRow:
    """Say when an action that is assured already is looked at again; `on`: the day on which this was said (today).

    Raises `NotAllowed` for an action that is not assured.
    """
    person, at = checked_who(who), now()
    with transaction(db):
        before = action(db, ref)
        check_live(before.ref, before.status, before.superseded_by)
        if before.status is not Status.ASSURED:
            raise _not_assured(before, recheck)
        set_columns(db, before.ref, {"recheck": _later_than((on or today()).isoformat(), recheck)})
        return told(db, before, "action updated", person, why, at)


def _not_assured(before: ActionRow, recheck: date) -> NotAllowed:
    """Why an action has no day to be looked at again, and the steps by which it gets one from where it stands."""
    said = f"Action {before.ref} is {before.status}. A date to look at it again can only be set once it is assured."
    command = f"cap progress {before.ref} --status"
    last = f"{command} assured --recheck {recheck}"
    if before.status is Status.COMPLETE:
        return NotAllowed(
            f"{said} Say that it is: {last}", page=f"{said} Choose the status Assured together with the date."
        )
    return NotAllowed(
        f"{said} Steps: first complete, then assured: {command} complete, then {last}",
        page=f"{said} Set its status to Complete first, then to Assured together with the date.",
    )


def _later_than(day: str, recheck: date | None) -> str | None:
    if recheck is not None and recheck.isoformat() <= day:
        raise UsageError(f"The date to look at the action again must be later than {day}, so it cannot be {recheck}.")
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
        day = happened_or_today(on, "The day on which the action was closed")
        set_columns(db, before.ref, {"status": str(Status.CLOSED), "closed": day, "achieved": int(achieved)})
        note_standing(db, before.ref, person, why, at, day)
        return told(db, before, "action closed", person, why, at)


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

    It answers the same recommendations and takes over what is not given, but for the progress, which is the old one's: it
    says where that is. The old reference stays, superseded.
    """
    person, at = checked_who(who), now()
    if not why.strip():
        raise UsageError("Say why the action is superseded: the plan keeps the reason.")
    if quadrant not in framework.quadrant_codes:
        raise UsageError(f"“{quadrant}” is not a quadrant. Choose from: {', '.join(framework.quadrant_codes)}.")
    with transaction(db) as connection:
        before = action(db, ref)
        check_status(before.ref, before.status, Status.SUPERSEDED, before.superseded_by)
        (old,) = fetch(db, "SELECT * FROM actions WHERE ref = ?", (before.ref,))
        day = happened_or_today(on, "The day on which the action was superseded")
        kept = {
            name: old[name]
            for name in (
                "text", "text_from", "lead_agency", "target_date", "original_target_date",
                "worry_statement", "success_goal", "next_steps", "home", "applies_to_all", "released", "rag", "source",
            )
        }  # fmt: skip
        kept["progress"] = f"See action {before.ref}, which this one replaces." if before.progress else ""
        changes = _changes(before, fields)
        successor = insert_action(db, quadrant, framework, columns={**kept, **changes, "opened": day}, at=at)
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
        set_agencies(db, successor, agencies_of(db, before.ref))
        if "standards" in fields:
            set_standards(db, successor, checked_standards(fields["standards"], framework, before.standards))
        if "lead_agency" in changes:
            set_agencies(db, successor, leads_in(str(changes["lead_agency"]), framework))
        note_standing(db, successor, person, why, at, day)
        ended: dict[str, object] = {
            "status": str(Status.SUPERSEDED),
            "superseded_by": successor,
            "closed": day,
            "achieved": None,
        }
        set_columns(db, before.ref, ended)
        note_standing(db, before.ref, person, why, at, day)
        told(db, before, "action superseded", person, why, at)
        result = action(db, successor)
        record_event(
            db, who=person, what="action opened", subject=f"action {successor}", reviews=action_reviews(db, successor),
            why=why, at=at, after={**snapshot(result), "instead_of": before.ref},
        )  # fmt: skip
        return result


def checked_standards(codes: Iterable[str], framework: Framework, standing: Iterable[str] = ()) -> tuple[str, ...]:
    """Codes of practice standards, in order; those `standing` may stay, though an older framework knew them.

    Raises `UsageError` for a code that the framework does not have.
    """
    given = set(codes)
    check_codes(sorted(given.difference(standing)), framework.standard_codes, "practice standard")
    return tuple(sorted(given))


def checked_rag(word: str) -> Rag:
    """How an action goes, from a person's word. Raises `UsageError` for one that says nothing of it."""
    try:
        return Rag(word.strip().casefold())
    except ValueError as error:
        raise UsageError(f"“{word}” is not a RAG rating. Choose from: red, amber, green.") from error


def checked_target(words: str | None) -> str | None:
    """A target date as it is kept: an ISO day where the words are one, as an import reads them, else the words.

    Raises `UsageError` for what looks like a day and is none.
    """
    try:
        return day_or_words(words or "") or None
    except ValueError as error:
        given = " ".join((words or "").split())
        raise UsageError(
            f"“{given}” is not a date. Give a target date such as 31/03/2027, or words such as Ongoing."
        ) from error
