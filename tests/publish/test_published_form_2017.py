"""A plan that a board really published comes out of every format with each of its fields as it was printed."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from publish.contents import PlanContents
from publish.document import write_document_docx
from publish.exports import write_csv, write_json
from publish.workbook import write_workbook

Make = Callable[..., Any]

GOLD = Path(__file__).parents[3] / "shared/evaluation/action-plans/composite-action-plan-2017.gold.json"


@pytest.fixture
def gold() -> list[dict[str, Any]]:
    if not GOLD.exists():
        pytest.skip(f"The published plan of 2017 is not at {GOLD}.")
    rows: list[dict[str, Any]] = json.loads(GOLD.read_text(encoding="utf-8"))
    return rows


@pytest.fixture
def plan(gold: list[dict[str, Any]], make: Make, action: Make) -> PlanContents:
    actions = tuple(
        action(
            ref=row["ref"],
            quadrant=row["quadrant"],
            text=row["action"],
            lead_agency=row["lead_agency"],
            target_date=row["target_date_iso"] or row["target_date"],
            progress=row["progress"],
            review_refs=tuple(row["reviews"]),
            applies_to_all=row["applies_to_all"],
            recommendations=(),
        )
        for row in gold
    )
    contents: PlanContents = make(actions=actions, as_of=date(2017, 1, 31))
    return contents


def printed(row: dict[str, Any]) -> tuple[str, ...]:
    """A gold row with its review letters set apart alike: the print has both "K,O" and "K, O"."""
    refs = row["review_refs"].replace(", ", ",").replace(",", ", ")
    return (row["ref"], refs, row["action"], row["lead_agency"], row["progress"])


def test_workbook(plan: PlanContents, gold: list[dict[str, Any]], tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_workbook(plan, tmp_path / "p.xlsx"))["Composite Action Plan"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] and row[2] and row[0] != "Ref"]
    assert [(r[0], r[1], r[2], r[3], r[5]) for r in rows] == [printed(row) for row in gold]
    dates = [datetime.fromisoformat(row["target_date_iso"]) if row["target_date_iso"] else "Ongoing" for row in gold]
    assert [r[4] for r in rows] == dates


def test_document(plan: PlanContents, gold: list[dict[str, Any]], tmp_path: Path) -> None:
    document = docx.Document(str(write_document_docx(plan, tmp_path / "p.docx")))
    tables = [table for table in document.tables if table.rows[0].cells[0].text == "Ref"]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    assert len(tables) == 4
    assert [(r[0], r[1], r[2], r[3], r[5]) for r in rows] == [printed(row) for row in gold]


def test_csv_and_json(plan: PlanContents, gold: list[dict[str, Any]], tmp_path: Path) -> None:
    with write_csv(plan, tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    assert [(r[0], r[1], r[2], r[3], r[5]) for r in rows] == [printed(row) for row in gold]
    written = json.loads(write_json(plan, tmp_path / "p.json").read_text(encoding="utf-8"))["actions"]
    assert [a["review_refs"] for a in written] == [row["reviews"] for row in gold]
    assert [a["target_date"] for a in written] == [row["target_date_iso"] or row["target_date"] for row in gold]
