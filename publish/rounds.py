"""The round: a workbook for each lead agency, with its open actions and empty cells to fill in and send back."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from domain.files import save
from domain.framework import Framework
from domain.records import ActionRow
from domain.states import OWED, TOLD
from publish import wording
from publish.contents import PlanContents, in_order
from publish.sheets import Book, Cell, Column, Sheet

NOBODY = "No lead agency"
"""Stands for the agency of actions that name none, so that they are chased too."""

RETURN_HEADINGS = ("Status now", "Progress note", "New target date", "Reason for a new date")
"""The columns that an owner fills in."""

_COLUMNS = (
    Column("Ref", 6), Column("Review refs", 11), Column("Action", 48), Column("Lead agency", 18),
    Column("Target date", 12), Column("Days overdue", 9), Column("Status", 12), Column("Last progress", 38),
    Column(RETURN_HEADINGS[0], 14, choices="Status", strict=True, entry="text"),
    Column(RETURN_HEADINGS[1], 42, entry="text"), Column(RETURN_HEADINGS[2], 13, entry="date"),
    Column(RETURN_HEADINGS[3], 28, entry="text"),
)  # fmt: skip


def write_round(contents: PlanContents, folder: Path) -> tuple[Path, ...]:
    """Write one xlsx workbook for each lead agency with open actions into `folder`; gives their paths, by agency.

    An action led by "Health/Police" stands in both workbooks. Raises `CannotWork` where they cannot be written.
    """
    asked = actions_by_agency(contents)
    names = file_names(asked)
    return tuple(save(folder / names[agency], _workbook(contents, agency, asked[agency])) for agency in asked)


def file_names(agencies: Iterable[str]) -> dict[str, str]:
    """The name of the workbook for each agency."""
    taken: set[str] = set()
    return {agency: _file_name(agency, taken) for agency in agencies}


def actions_by_agency(contents: PlanContents) -> dict[str, tuple[ActionRow, ...]]:
    """The actions that are still owed, for each agency that leads them, alone or with others; in alphabetical order."""
    return by_agency(contents.framework, (row for row in in_order(contents.actions) if row.status in OWED))


def by_agency(framework: Framework, actions: Iterable[ActionRow]) -> dict[str, tuple[ActionRow, ...]]:
    """Actions in their order, for each agency that leads them; in alphabetical order of the agencies."""
    names: dict[str, str] = {}
    owed: dict[str, list[ActionRow]] = {}
    for action in actions:
        for agency in lead_agencies(framework, action):
            key = _alike(agency)
            names.setdefault(key, agency)
            owed.setdefault(key, []).append(action)
    return {names[key]: tuple(owed[key]) for key in sorted(owed)}


def lead_agencies(framework: Framework, action: ActionRow) -> tuple[str, ...]:
    """The agencies that lead an action, one by one: "Health/Police" names two. `NOBODY` where it names none."""
    parts = (wording.one_line(part) for part in re.split(r"[/;]", action.lead_agency))
    named = {_alike(agency): agency for agency in (wording.agency_words(framework, p) for p in parts) if agency}
    return tuple(named.values()) or (NOBODY,)


def _alike(agency: str) -> str:
    """An agency's name as it is told from others: "Childrens Services" and "Children’s services" are one."""
    return re.sub(r"[’'‘]", "", agency.casefold())


def _workbook(contents: PlanContents, agency: str, actions: tuple[ActionRow, ...]) -> bytes:
    title = f"Composite Action Plan: update from {agency}"
    day = wording.long_date(contents.as_of)
    book = Book(title, f"Round of {day}", contents.as_of, footer=f"{contents.partnership}: {title}. {day}")
    book.choices("Status", (wording.sentence_case(status.value) for status in TOLD))
    asked = wording.count(len(actions), "open action")
    book.add(
        Sheet(
            name="Update",
            title=title,
            lines=(
                f"{contents.partnership}. {asked}, as of {day}."
                + (f" Plan state {contents.state}." if contents.state is not None else ""),
                "Please fill in the pale yellow cells and send this file back. An empty cell changes nothing.",
            ),
            columns=_COLUMNS,
            rows=tuple(_cells(contents, action) for action in actions),
            protected=True,
        )
    )
    book.add(
        Sheet(
            name="How to fill this in",
            title="How to fill this in",
            lines=(),
            columns=(Column("Subject", 26), Column("What to know", 100)),
            rows=(
                ("Agency", agency),
                ("As of", contents.as_of),
                (RETURN_HEADINGS[0], "Choose from the list. Complete: you have done it, and others check it next."),
                (RETURN_HEADINGS[1], "What has been done since the last progress, and what difference it made."),
                (RETURN_HEADINGS[2], "Only if the date has to move: a date such as 31/03/2027, or the word Ongoing."),
                (RETURN_HEADINGS[3], "Why it has to move. The first date is kept beside the new one."),
                ("Shared actions", "Where agencies lead together, each is asked and each note is kept under its name."),
                ("The other cells", "They are locked against slips, without a password. Changes there are not read."),
            ),
        )
    )  # fmt: skip
    return book.content()


def _cells(contents: PlanContents, action: ActionRow) -> tuple[Cell, ...]:
    return (
        action.ref,
        wording.review_refs(action),
        action.text,
        wording.agency_words(contents.framework, action.lead_agency),
        wording.day_or_words(action.target_date),
        contents.overdue(action) or None,
        wording.sentence_case(action.status.value),
        action.progress,
        *(None,) * len(RETURN_HEADINGS),
    )


def _file_name(agency: str, taken: set[str]) -> str:
    """A plain name that every system takes: what an agency is called is a stranger's text, never a path."""
    plain = unicodedata.normalize("NFKD", agency).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "agency"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return f"update-{name}.xlsx"
