"""Rows of an invented file, and how they are looked at and brought in."""

from datetime import date

import sqlite_utils

from domain.records import ActionRow
from domain.states import Audience
from plan import reading
from plan.arriving import Arrived, ArrivingRow
from plan.import_preview import preview
from plan.import_rows import Preview
from plan.importing import Imported, apply
from tests.plan.making import FRAMEWORK

WHO = "B. Unit"
SHA = "a" * 64


def row(
    ref: str | None = "2.1",
    *,
    at: str = "row 5",
    letters: tuple[str, ...] | None = ("K", "O"),
    agency: str = "",
    **values: str,
) -> ArrivingRow:
    said = {"text": "Agree one referral form.", "lead_agency": "Health/Police", "target_date": "2017-06-01", **values}
    if agency:
        return ArrivingRow(at, ref, "Q2", values, agency=agency)
    return ArrivingRow(at, ref, "Q2", said, letters)


def look(
    db: sqlite_utils.Database, *rows: ArrivingRow, state: int | None = None, published: bool = False
) -> tuple[Preview, ...]:
    return preview(db, Arrived(rows, (), state=state), FRAMEWORK, published=published)


def bring(
    db: sqlite_utils.Database,
    *rows: ArrivingRow,
    state: int | None = None,
    published: bool = False,
    agency: str = "",
) -> Imported:
    return apply(
        db, look(db, *rows, state=state, published=published), file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK,
        published=published, dated=date(2017, 1, 31), agency=agency,
    )  # fmt: skip


def action(db: sqlite_utils.Database, ref: str = "2.1", audience: Audience = Audience.PARTNERSHIP) -> ActionRow:
    return reading.action(db, ref, audience=audience)
