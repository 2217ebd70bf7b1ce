"""An arriving plan held against ours: what importing would change, row by row. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import sqlite_utils

from domain.framework import Framework
from domain.records import ActionRow
from domain.states import Audience, Status
from plan.arriving import Arrived, ArrivingRow, Unread, quadrants
from plan.import_comparison import Comparison
from plan.import_rows import NAMES, SEVERAL, Preview, Verdict, achieved, folded
from plan.ledger import fetch
from plan.rows import action_rows
from plan.transitions import ENDED
from plan.visibility import sight


def preview(
    db: sqlite_utils.Database, arrived: Arrived, framework: Framework, *, published: bool = False
) -> tuple[Preview, ...]:
    """What importing would do, action by action in the file's order, what cannot be read last; changes nothing.

    published: the file is a published plan, so that its actions may be shown to the public.
    """
    merged, doubled = _merged(arrived.rows)
    held = {row.ref: row for row in action_rows(db, sight(None))}
    seen, public = (
        {row.ref for row in action_rows(db, sight(audience))} for audience in (Audience.PARTNERSHIP, Audience.PUBLIC)
    )
    alike = Alike(held.values())
    for row in merged:
        if row.ref in held:
            alike.taken(held[row.ref])
    out = []
    for row in merged:
        known = held.get(row.ref) if row.ref else alike.next(row)
        if known is None:
            out.append(_without_a_place(row) if row.agency else _new(row, alike, framework))
            continue
        shown = Comparison(db, row, known, framework, arrived.state).preview(
            published=published, public=known.ref in public
        )
        out.append(shown if known.ref in seen or shown.verdict is Verdict.UNCHANGED else _hidden(shown))
    out += [Preview(u.at, None, None, Verdict.UNREADABLE, reasons=(u.reason,)) for u in (*doubled, *arrived.unread)]
    return tuple(out)


class Alike:
    """The plan's actions by quadrant and words: each stands for one row without a reference.

    What has been closed is asked for anew, unless the row says that it is closed.
    """

    def __init__(self, held: Iterable[ActionRow]) -> None:
        self._free: dict[tuple[str | None, str], list[ActionRow]] = {}
        self._live: dict[tuple[str | None, str], list[str]] = {}
        for row in held:
            key = (row.quadrant, folded(row.text))
            if row.status is not Status.SUPERSEDED:
                self._free.setdefault(key, []).append(row)
            if row.status not in ENDED:
                self._live.setdefault(key, []).append(row.ref)

    def taken(self, known: ActionRow) -> None:
        """Leave out an action that a row of the file names by its reference."""
        free = self._free.get((known.quadrant, folded(known.text)), [])
        if known in free:
            free.remove(known)

    def next(self, row: ArrivingRow) -> ActionRow | None:
        """The next action that says what a row says, in its quadrant, and that no row before it stands for."""
        free = self._free.get((row.quadrant, folded(row.values.get("text", ""))), [])
        closed = row.values.get("status") == Status.CLOSED
        found = next((known for known in free if closed or known.status is not Status.CLOSED), None)
        if found is not None:
            free.remove(found)
        return found

    def refs(self, quadrant: str | None, text: str) -> tuple[str, ...]:
        """All actions of a quadrant that say this and have not been closed."""
        return tuple(self._live.get((quadrant, folded(text)), ()))


def _merged(arrived: Sequence[ArrivingRow]) -> tuple[list[ArrivingRow], list[Unread]]:
    """Rows of one reference as one: a workbook has each action on several sheets.

    Two rows of one table with one reference are two actions, and neither can be taken.
    """
    times: dict[tuple[str, str], int] = {}
    for row in arrived:
        if row.ref:
            place = (_table(row.at), row.ref)
            times[place] = times.get(place, 0) + 1
    merged: dict[str, ArrivingRow] = {}
    doubled: list[Unread] = []
    for number, row in enumerate(arrived):
        if row.ref and times[_table(row.at), row.ref] > 1:
            hint = " (a spreadsheet drops the 0 of 4.10 unless the cell is text)" if row.at.startswith("sheet") else ""
            doubled.append(Unread(row.at, f"the reference {row.ref} is there more than once{hint}"))
            continue
        key = row.ref or f"row {number}"
        merged[key] = _both(merged[key], row) if key in merged else row
    return list(merged.values()), doubled


def _table(at: str) -> str:
    # Only sheets of a workbook say an action again; the tables of a document are one plan in parts.
    return at.partition(", row")[0] if at.startswith("sheet") else ""


def _both(a: ArrivingRow, b: ArrivingRow) -> ArrivingRow:
    values = dict(a.values)
    for name, value in b.values.items():
        said = values.get(name, value).split(SEVERAL)
        values[name] = SEVERAL.join(said if value in said else [*said, value])
    letters = a.letters if b.letters is None else tuple(dict.fromkeys([*(a.letters or ()), *b.letters]))
    doubts = tuple(dict.fromkeys((*a.doubts, *b.doubts)))
    return replace(
        a,
        values=values,
        letters=letters,
        to_all=a.to_all or b.to_all,
        beside={**a.beside, **b.beside},
        doubts=doubts,
        no_day=a.no_day or b.no_day,
    )


def _hidden(shown: Preview) -> Preview:
    """What is said of an action that nobody may see: nothing of it is shown, and nothing is taken for it."""
    reason = (
        "the action is hidden, because its review was withdrawn, so it takes no updates; if it should, make the review a draft "
        "again and import the file once more"
    )
    return Preview(shown.at, shown.ref, shown.quadrant, Verdict.UNREADABLE, reasons=(reason,), agency=shown.agency)


def _without_a_place(row: ArrivingRow) -> Preview:
    """A row of an agency's workbook that tells of no action of the plan."""
    what = f"there is no action {row.ref} in the plan" if row.ref else "the row has no reference"
    reason = (
        f"{what}, and an agency's workbook cannot add an action: put the note beside the reference that it is about, or have "
        "a new action added to the plan"
    )
    return Preview(row.at, row.ref, None, Verdict.UNREADABLE, reasons=(reason,), agency=row.agency)


def _new(row: ArrivingRow, alike: Alike, framework: Framework) -> Preview:
    reasons: list[str] = []
    same = alike.refs(row.quadrant, row.values["text"]) if row.values.get("text") else ()
    if row.ref and same:
        reasons.append(f"action {', '.join(same)} already says this under another reference; use that reference")
    values = {name: value for name, value in row.values.items() if value}
    several = [NAMES.get(name, name) for name, value in values.items() if SEVERAL in value]
    if several:
        reasons.append(f"its sheets differ in {', '.join(several)}")
    if not values.get("text"):
        reasons.append(
            f"there is no action {row.ref} in the plan, and the row has no words for a new one"
            if row.ref
            else "it has neither a reference nor the words of an action"
        )
    if row.quadrant is None:
        reasons.append(
            f"the quadrant is missing: add a reference such as 2.3, or a column Quadrant with one of: {quadrants(framework)}"
        )
    if row.no_day:
        reasons.append(row.no_day)
    if not several:
        reasons += _cannot_begin(Status(values.get("status", Status.OPEN)), values)
    verdict = Verdict.UNREADABLE if reasons else Verdict.NEW
    return Preview(
        row.at, row.ref, row.quadrant, verdict, (), (*reasons, *row.doubts), () if reasons else row.letters or (), row.to_all,
        row.agency, tuple(values.items()), same,
    )  # fmt: skip


def _cannot_begin(status: Status, values: Mapping[str, str]) -> list[str]:
    """Why no action can come in with this status."""
    if status is Status.SUPERSEDED:
        return ["it is superseded, and the file does not say by which action"]
    if status is Status.CLOSED and achieved(values) is None:
        return ["it is closed: say in a column “Aim achieved” (Yes or No) whether it achieved its aim"]
    return []


def state(db: sqlite_utils.Database) -> int:
    """Number of the last change that the plan has seen: what we write carries it, so that edits can be told apart."""
    (row,) = fetch(db, "SELECT coalesce(max(id), 0) AS id FROM events")
    return int(row["id"])
