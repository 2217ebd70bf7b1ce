"""Whatever stands in a workbook: a preview writes nothing, importing lands once, and undoing restores every column."""

import random
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import sqlite_utils

from domain.errors import CapError
from domain.framework import load_framework
from domain.states import Audience
from extract.plan_files import read_tables
from extract.plan_tables import SourceTable, Unreadable
from plan import reading
from plan.arriving import arriving
from plan.columns import HEADINGS
from plan.counts import counts
from plan.import_preview import preview
from plan.import_rows import Verdict
from plan.importing import apply, undo
from tests.plan.making import contents, new_plan

FRAMEWORK = load_framework()
CELLS = (
    None, "", "Act on it", "Write guidance for all", "2.1", "1.2", 1.1, 4.1, "K, O", "All", "M (and All)", "Case Q", "01/06/17",
    datetime(2027, 1, 2), "Ongoing", "Open", "Complete", "Closed", "Yes", "No", "Superseded", "in progress", "assured", "=1+1",
    "+1", "@x", "Police", "Health/NSCB", "Q1", "Professional curiosity", "Plan state 3", "Update from Health", "x" * 300,
    "31/02/2020", True, 7,
)  # fmt: skip
PUBLISHED = ["Ref", "Review refs", "Action", "Lead agency", "Target date", "Progress", "Status", "Aim achieved"]
RETURNED = ["Ref", "Action", "Status now", "Progress note", "New target date"]
NAMES = [name for names in HEADINGS.values() for name in names]


def tables(random_: random.Random, file: Path) -> tuple[SourceTable, ...]:
    """The tables of a workbook of random cells under likely headings."""
    book = openpyxl.Workbook()
    for number in range(random_.randint(1, 2)):
        sheet = book.active if number == 0 else book.create_sheet(f"Sheet {number}")
        for _ in range(random_.randint(0, 2)):
            sheet.append([random_.choice(CELLS) for _ in range(3)])
        sheet.append(random_.choice([PUBLISHED, RETURNED, random_.sample(NAMES, 6)]))
        for _ in range(random_.randint(0, 6)):
            first = random_.choice([f"1.{random_.randint(1, 5)}", "2.1", None, random_.choice(CELLS)])
            words = random_.choice([f"Do {random_.randint(1, 3)} things about it", random_.choice(CELLS)])
            sheet.append([first, "K", words, *(random_.choice(CELLS) for _ in range(5))])
    book.save(file)
    return read_tables(file, file.name)


def everything(db: sqlite_utils.Database) -> tuple[object, ...]:
    """What people see of the plan's actions, by audience, and its counts."""
    return (*(reading.actions(db, audience=audience) for audience in Audience), counts(db, FRAMEWORK))


@pytest.mark.parametrize("seed", range(12))
def test_a_random_workbook(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    db = new_plan(tmp_path / "cap.db")
    for _ in range(4):
        try:
            read = tables(chance, tmp_path / "plan.xlsx")
        except Unreadable:
            continue
        arrived, published = arriving(read, FRAMEWORK), chance.random() < 0.3
        held = contents(db)
        shown = preview(db, arrived, FRAMEWORK, published=published)
        assert contents(db) == held
        columns = {row[0]: row for row in db.execute("SELECT ref, * FROM actions")}
        seen = everything(db)
        try:
            done = apply(
                db, shown, file="plan.xlsx", sha256="a" * 64, who="B. Unit", framework=FRAMEWORK, published=published,
                agency=arrived.agency,
            )  # fmt: skip
        except CapError:
            assert contents(db) == held
            continue
        again = preview(db, arrived, FRAMEWORK, published=published)
        assert not [row for row in again if row.verdict is Verdict.NEW]
        assert arrived.state is not None or not [row for row in again if row.writes]
        if chance.random() < 0.6:
            undo(db, done.number, who="B. Unit", framework=FRAMEWORK)
            after = {row[0]: row for row in db.execute("SELECT ref, * FROM actions")}
            assert {ref: after[ref] for ref in columns} == columns
            assert everything(db) == seen
