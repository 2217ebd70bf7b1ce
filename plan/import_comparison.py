"""One action of an arriving plan beside ours: what was edited, and what of that can be taken. Reads only.

Where we wrote the file, the audit trail tells what it said then: a cell that still says so was not edited, and one that
was edited while the plan changed too is a conflict, which is shown and left for a person. Where a file is not ours, every
difference counts as its change.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

import sqlite_utils

from domain.dates import day_or_words
from domain.framework import Framework
from domain.records import ActionRow
from domain.states import Status
from plan.action_rows import snapshot
from plan.arriving import ArrivingRow
from plan.arriving_words import letters_in
from plan.columns import DAYS
from plan.import_rows import (
    COMPARED,
    NAMES,
    NEVER_EMPTY,
    SAME_ACTION,
    SEVERAL,
    Change,
    Preview,
    Verdict,
    achieved,
    folded,
    short,
)
from plan.ledger import fetch, packed
from plan.telling import last_words, together, told_before, told_in_later_workbook
from plan.transitions import ENDED, STATUS_STEPS

DATED = frozenset({*DAYS, "original_target_date", "recheck"})
OWN_CELLS = {"progress": "Progress note", "status": "Status now", "target_date": "New target date"}
"""Where in its workbook an agency says what it has typed into a cell that is not its own."""


class Comparison:
    """One action of the file beside the plan's: what was edited, and what of that can be taken."""

    def __init__(
        self, db: sqlite_utils.Database, row: ArrivingRow, known: ActionRow, framework: Framework, state: int | None
    ) -> None:
        self._db, self._row, self._known, self._framework, self._state = db, row, known, framework, state
        self._stood = snapshot(known)
        self._earlier = _since(db, known.ref, state)
        self._changes: list[Change] = []
        self._reasons: list[str] = []
        self._conflict = False

    def preview(self, *, published: bool, public: bool) -> Preview:
        """What importing the row would change. published: the file is a published plan; public: the public sees the action."""
        row, known = self._row, self._known
        if reason := self._is_not_for_it():
            return Preview(row.at, known.ref, known.quadrant, Verdict.CONFLICT, reasons=(reason,), agency=row.agency)
        if row.no_day and any(
            _is_no_day(cell) and not self._stands("target_date", cell) for cell in self._cells("target_date")
        ):
            return Preview(
                row.at, known.ref, known.quadrant, Verdict.UNREADABLE, reasons=(row.no_day,), agency=row.agency
            )
        for name in COMPARED:
            if name in row.values:
                self._compare(name, self._cells(name))
        letters = self._letters()
        if row.to_all and not known.applies_to_all:
            self._changes.append(Change("applies_to_all", "", "All"))
        if known.status in ENDED and not any(c.field == "status" for c in self._changes):
            letters = self._as_it_ended(letters)
        self._tell_beside()
        if published and not known.released:
            self._changes.append(Change("released", "the partnership", "the public too"))
        return Preview(
            row.at, known.ref, known.quadrant, self._verdict(letters), tuple(self._changes),
            (*self._reasons, *row.doubts), letters, row.to_all, row.agency, tuple(row.values.items()),
            public=public,
        )  # fmt: skip

    def _cells(self, name: str) -> list[str]:
        """What the sheets of the file say of a field, each thing once."""
        return self._row.values[name].split(SEVERAL)

    def _as_it_ended(self, letters: tuple[str, ...]) -> tuple[str, ...]:
        """An action that has ended stays as it is; gives the letters that are added all the same: none."""
        what = [change.name for change in self._changes] + (["review refs"] if letters else [])
        if what:
            self._reasons.append(f"{', '.join(what)}: the action is {self._known.status} and stays as it is")
        self._changes.clear()
        return ()

    def _is_not_for_it(self) -> str:
        """Why the row cannot be about the action of its reference; "" where it can."""
        if self._is_another():
            return f"the plan has another action under this reference: “{short(self._known.text)}”"
        if self._row.agency and not self._is_led_by(self._row.agency):
            return (
                f"{self._row.agency} does not lead this action ({self._known.lead_agency}); whoever leads it is asked"
            )
        return ""

    def _is_led_by(self, agency: str) -> bool:
        """Whether an agency leads the action, alone or with others, or nobody does."""
        parts = [folded(part) for part in re.split(r"[/;]", self._known.lead_agency) if part.strip()]
        titles = [self._framework.title(part) for part in parts if part in self._framework.agency_codes]
        return not parts or agency.casefold() in {name.casefold() for name in (*parts, *titles)}

    def _tell_beside(self) -> None:
        """Say of edits in cells from which nothing is taken that they were not."""
        changing = {change.field for change in self._changes}
        for name, said in self._row.beside.items():
            if name in ("closed", "achieved") and "status" in changing:
                continue
            if not self._stands(name, said):
                self._reasons.append(self._ignored(name, said))

    def _stands(self, name: str, said: str) -> bool:
        """Whether a cell says what the plan says of a field, or what it said when the file was written."""
        if name == "review_refs":
            # Others may have been joined to the action since; nobody else adds one in an agency's workbook.
            return set(letters_in(said)) <= {*self._known.review_refs, "ALL"}
        stands = [self._printed(name, self._stood.get(name, getattr(self._known, name)))]
        if name in self._earlier:
            stands.append(self._printed(name, self._earlier[name][0]))
        return any(self._reads(name, said) == self._reads(name, words) for words in stands)

    def _ignored(self, name: str, said: str) -> str:
        """What is said of an edit from which nothing is taken."""
        label = NAMES.get(name, name)
        if not self._row.agency:
            return (
                f"{label}: “{short(said)}” is ignored, since imports do not change this column; see the action itself"
            )
        label = "last progress" if name == "progress" else label
        where = f"write it under “{OWN_CELLS[name]}”" if name in OWN_CELLS else "see the action itself"
        return f"{label}: “{short(said)}” is ignored, since an agency's workbook does not change this column; {where}"

    def _printed(self, name: str, value: object) -> str:
        """What our own sheets print for a field."""
        if name == "achieved":
            return "" if value is None else "Yes" if value else "No"
        if name in ("source", "lead_agency"):
            known = (*(e.code for e in self._framework.review_types), *self._framework.agency_codes)
            return self._framework.title(str(value)) if value in known else str(value or "")
        if name == "standards":
            return " ".join(value) if isinstance(value, (tuple, list)) else ""
        return str(value or "")

    @staticmethod
    def _reads(name: str, words: str) -> str:
        """Words as they are compared: of practice standards the codes alone."""
        if name == "standards":
            return " ".join(sorted(re.findall(r"\b\d\.\d{1,2}\b", words)))
        if name in DATED:
            return _day(words)
        return folded(words).casefold()

    def _is_another(self) -> bool:
        """Whether a file that is not ours means another action by this reference: few of the words are the same."""
        said = self._row.values.get("text", "")
        if self._state is not None or not said:
            return False
        theirs, ours = ({*folded(text).casefold().split()} for text in (said, self._known.text))
        return len(theirs & ours) < SAME_ACTION * min(len(theirs), len(ours))

    def _verdict(self, letters: tuple[str, ...]) -> Verdict:
        if self._conflict:
            return Verdict.CONFLICT
        if self._changes or letters:
            return Verdict.CHANGED
        return Verdict.UNREADABLE if self._reasons else Verdict.UNCHANGED

    def _compare(self, name: str, cells: Sequence[str]) -> None:
        now_says = self._says(name)
        base = self._base(name, now_says)
        said = [cell for cell in self._edited(cells, name, base) if not self._same(name, cell, now_says)]
        if not said:
            return
        label, after = NAMES.get(name, name), said[0]
        if len(said) > 1:
            self._reasons.append(f"{label}: the sheets say different things, “{short(said[0])}” and “{short(said[1])}”")
            self._conflict = True
        elif not after and name in NEVER_EMPTY:
            self._reasons.append(f"{label} cannot be empty")
        elif self._is_note(name) and now_says and self._is_overtaken():
            self._reasons.append(
                f"{label}: this older workbook says “{short(after)}”; a later one from {self._row.agency} said “{short(now_says)}”"
            )
            self._conflict = True
        elif not self._same(name, base, now_says):
            self._reasons.append(
                f"{label}: the file says “{short(after)}”; since it was written the plan has changed to “{short(now_says)}”"
            )
            self._conflict = True
        elif name == "status" and (reason := self._no_step(Status(after))):
            self._reasons.append(reason)
        else:
            self._changes.append(self._change(name, now_says, after))

    def _change(self, name: str, now_says: str, after: str) -> Change:
        """A change; of progress that an agency tells also what the plan shows, where others have told of theirs."""
        others = last_words(self._db, self._known.ref) if self._is_note(name) else {}
        told = {**others, self._row.agency: after}
        if len(told) < 2:
            return Change(name, now_says, after, self._row.values.get("reason", ""))
        return Change(name, now_says, after, shown=(self._known.progress, together(told)))

    def _is_overtaken(self) -> bool:
        """Whether the agency has told more of this action in a workbook that is newer than this one."""
        return told_in_later_workbook(self._db, self._known.ref, self._row.agency, self._state)

    def _base(self, name: str, now_says: str) -> str:
        """What the plan said when the file was written.

        What an agency changed itself since counts as said then, unless it did so in a later workbook.
        """
        if name not in self._earlier or self._is_note(name):
            return now_says
        value, agency, state = self._earlier[name]
        its_own = bool(self._row.agency) and agency == self._row.agency
        is_later = state is not None and self._state is not None and state > self._state
        return now_says if its_own and not is_later else str(value or "")

    def _is_note(self, name: str) -> bool:
        """Whether a field is what an agency tells of its own progress, which nobody else changes."""
        return name == "progress" and bool(self._row.agency)

    def _says(self, name: str) -> str:
        """What the plan says now; of progress that an agency tells, what that agency told last."""
        if self._is_note(name):
            return told_before(self._db, self._known.ref, self._row.agency, self._known.progress)
        return str(self._stood[name] or "")

    def _edited(self, cells: Sequence[str], name: str, base: str) -> list[str]:
        """The cells that somebody has written in. In a file that is not ours an empty cell tells nothing."""
        if self._state is None or self._row.agency:
            return [cell for cell in cells if cell]
        return [cell for cell in cells if not self._same(name, cell, base)]

    def _same(self, name: str, a: str, b: str) -> bool:
        if name == "lead_agency":
            a, b = (self._framework.title(w) if w in self._framework.agency_codes else w for w in (a, b))
        if name in DAYS:
            return _day(a) == _day(b)
        return a.strip() == b.strip() if name == "status" else folded(a) == folded(b)

    def _letters(self) -> tuple[str, ...]:
        """Letters of reviews that the file adds; one that it leaves out is told of, and stays."""
        given, known = self._row.letters, self._known.review_refs
        if given is None:
            return ()
        gone = [letter for letter in known if letter not in given]
        if gone and not _withdrawn(self._db, gone):
            self._reasons.append(
                f"review refs: {', '.join(gone)} stays, since reviews cannot be removed from an action by an import"
            )
        return tuple(letter for letter in given if letter not in known)

    def _no_step(self, wanted: Status) -> str:
        """Why the action cannot be given this status by a file; "" where it can."""
        now = self._known.status
        if wanted is Status.SUPERSEDED:
            return "status: an import cannot supersede an action; open the action itself and supersede it"
        if wanted not in STATUS_STEPS[now]:
            possible = ", ".join(sorted(STATUS_STEPS[now])) or "nothing else"
            return f"status: the action is {now}, so it cannot become {wanted}; from here it can become: {possible}"
        if wanted is Status.CLOSED and achieved(self._row.values) is None:
            return "status: say in a column “Aim achieved” (Yes or No) whether the aim was achieved, or close the action itself"
        return ""


def _withdrawn(db: sqlite_utils.Database, letters: Sequence[str]) -> bool:
    """Whether all these letters are those of reviews that were withdrawn: a file that we wrote cannot have them."""
    found = fetch(
        db, "SELECT letter FROM reviews WHERE visibility = 'withdrawn' AND letter IN (SELECT value FROM json_each(?))",
        (packed(list(letters)),),
    )  # fmt: skip
    return {row["letter"] for row in found} >= set(letters)


def _day(words: str) -> str:
    """A day however it is written, so that one day is no edit of itself; other words as they are."""
    return folded(words) if _is_no_day(words) else day_or_words(words)


def _is_no_day(words: str) -> bool:
    """Whether words look like a day and are none."""
    try:
        day_or_words(words)
    except ValueError:
        return True
    return False


def _since(db: sqlite_utils.Database, ref: str, state: int | None) -> dict[str, tuple[Any, str, int | None]]:
    """The fields that have changed since the event `state`: what they said then, whose return changed them last, and its state."""
    if state is None:
        return {}
    found = fetch(
        db,
        """SELECT e.before, coalesce(i.agency, '') AS agency, json_extract(r.after, '$.state') AS state FROM events AS e
        LEFT JOIN imports AS i ON e.why LIKE '%(import ' || i.id || ')'
        LEFT JOIN events AS r ON r.subject = 'import ' || i.id AND r.what = 'update returned'
        WHERE e.subject = ? AND e.id > ? AND e.before IS NOT NULL ORDER BY e.id""",
        (f"action {ref}", state),
    )
    earlier: dict[str, tuple[Any, str, int | None]] = {}
    for row in found:
        before = json.loads(row["before"])
        for name, value in before.items() if isinstance(before, dict) else ():
            earlier[name] = (earlier[name][0] if name in earlier else value, row["agency"], row["state"])
    return earlier
