"""Figures of several days side by side, and those that a board stated before the plan was kept here."""

import csv
import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from plan.ledger import today
from tests.cap.conftest import Cap
from tests.services import making

TODAY = today().isoformat()
REPORT = "Annual report, chapter 4"


def state(cap: Cap, day: str, *figures: str, source: str = REPORT) -> None:
    ended = cap("stated", day, *figures, "--source", source)
    assert ended.code == 0, ended.err


def test_the_table_of_an_annual_report_can_be_made(cap: Cap, plan: Path) -> None:
    assert cap("adopt", "F 3", "--quadrant", "Q2").code == 0
    state(cap, "2020-04-01", "Q1=13", "Q2=7", "Q3=21", "Q4=22")
    state(cap, "2021-01-31", "Q1=14", "Q2=6", "Q3=32", "Q4=30")
    shown = cap("counts", "--at", "2020-04-01", "--at", "2021-01-31", "--at", "2021-02-01")
    lines = [line.split() for line in shown.out.splitlines()]
    assert ["Total", "63", "82", "0"] in lines
    assert ["Professional", "curiosity", "13", "14", "0"] in lines
    assert shown.out.count(f"as stated in {REPORT}") == 2
    assert "2020-04-01*" in shown.out
    rows = [json.loads(line) for line in cap("counts", "--at", "2020-04-01", "--at", TODAY, "--json").out.splitlines()]
    assert [(row["total"], row["stated"]) for row in rows] == [(63, REPORT), (1, None)]


def test_a_later_statement_stands_and_the_earlier_is_kept(cap: Cap, plan: Path) -> None:
    state(cap, "2020-04-01", "Q1=13", "Q2=7")
    state(cap, "2020-04-01", "Q1=12", source="Corrected minutes")
    assert cap("stated").out == cap("stated", "--list").out
    assert cap("stated").out == "2020-04-01, open actions by quadrant: Q1 12. As stated in Corrected minutes\n"
    assert making.ask(plan, "SELECT count(*) FROM stated_counts") == [(3,)]
    row = json.loads(cap("counts", "--at", "2020-04-01", "--json").out)
    assert row["open"] == {"Q1": 12, "Q2": None, "Q3": None, "Q4": None}  # not stated is not none
    with sqlite3.connect(plan) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute("DELETE FROM stated_counts")


def test_issues_overlap_and_have_no_total(cap: Cap, plan: Path) -> None:
    assert "Total" not in cap("counts", "--by", "issue", "--at", TODAY, "--unit", "recommendations").out
    assert "Total" in cap("counts", "--at", TODAY, "--unit", "recommendations").out


def test_why_a_figure_has_moved(cap: Cap, plan: Path) -> None:
    shown = cap("counts", "--since", "2020-01-01")
    assert shown.code == 0, shown.err
    assert "stated" not in shown.out
    state(cap, "2020-01-01", "Q1=13")
    assert cap("counts", "--since", "2020-01-01").out.startswith(shown.out)
    assert "The board's own figures for 2020-01-01 are not included here" in cap("counts", "--since", "2020-01-01").out
    assert "new reviews A, B, C, D, F" in " ".join(shown.out.split())
    rows = [
        json.loads(line) for line in cap("counts", "--since", "2020-01-01", "--by", "issue", "--json").out.splitlines()
    ]
    assert all(sum(r["change"] for r in row["reasons"]) == row["after"] - row["before"] for row in rows)
    public = cap("counts", "--since", "2020-01-01", "--audience", "public")
    assert "new reviews" not in public.out


def test_types_of_review_are_counted(cap: Cap, plan: Path) -> None:
    assert cap("adopt", "F 3").code == 0
    rows = [json.loads(line) for line in cap("counts", "--by", "type", "--json").out.splitlines()]
    found = {(row["unit"], row["code"]): row["total"] for row in rows if row["total"]}
    assert sum(n for (unit, _), n in found.items() if unit == "recommendations") == len(making.said(plan))
    assert {key: n for key, n in found.items() if key[0] == "actions"} == {("actions", "SCR"): 1}
    assert "Serious case review" in cap("counts", "--by", "type").out


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_tables_go_into_a_file_with_their_sources(cap: Cap, plan: Path, desk: Path, ending: str) -> None:
    state(cap, "2020-04-01", "Q1=13", "Q2=7", "Q3=21")
    table, why = desk / f"table.{ending}", desk / f"why.{ending}"
    assert cap("counts", "--at", "2020-04-01", "--at", TODAY, "--out", table).out == f"Wrote {table}\n"
    assert cap("counts", "--since", "2020-01-01", "--out", why).code == 0
    rows = read(table)
    assert ["Professional curiosity", "13", "0"] in rows
    assert any(row[-1] == "0" and row[1] == "" for row in rows), "what was not stated is empty"
    assert any(f"* 2020-04-01: as stated in {REPORT}" in cell for row in rows for cell in row)
    heads = next(row for row in read(why) if "Code" in row)
    assert heads == ["Unit", "Code", "Quadrant", "Open 2020-01-01", "New reviews", f"Open {TODAY}"]
    for row in read(why)[read(why).index(heads) + 1 :]:
        assert int(row[3]) + sum(map(int, row[4:-1])) == int(row[-1])


def read(file: Path) -> list[list[str]]:
    if file.suffix == ".csv":
        return list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("of", "title"), [("quadrants", "by quadrant"), ("overdue", "Overdue"), ("issues", "by issue")]
)
def test_pictures_of_what_counts_today(cap: Cap, plan: Path, desk: Path, of: str, title: str) -> None:
    assert cap("counts", "--chart", desk / "c.svg", "--of", of).out == f"Wrote {desk / 'c.svg'}\n"
    drawn = (desk / "c.svg").read_text(encoding="utf-8")
    assert title in drawn
    assert "<desc" in drawn
    assert cap("counts", "--chart", desk / "c.png", "--of", of, "--audience", "public").code == 0
    assert (desk / "c.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("stated", "2020-04-01", "Q1=13"), "where the board stated it"),
        (("stated", "2020-04-01", "Q9=13", "--source", REPORT), "“Q9” is not one of the codes"),
        (("stated", "2020-04-01", "Q1=many", "--source", REPORT), "“Q1=many” is not a code with a figure"),
        (("stated", "2020-04-01", "Q1=1", "Q1=2", "--source", REPORT), "twice"),
        (("stated", "2020-04-01", "--source", REPORT), "No figures were given"),
        (("stated", "2999-04-01", "Q1=1", "--source", REPORT), "still to come"),
        (("stated", "April", "Q1=1", "--source", REPORT), "“April” is not a date"),
        (("stated", "2020-04-01", "A=1", "--source", REPORT, "--by", "review"), "Stated figures are by"),
        (("counts", "--at", "2020-04-01", "--as-of", "2020-04-01"), "either by --as-of"),
        (("counts", "--at", "2999-01-01"), "still to come"),
        (("counts", "--since", "2999-01-01"), "still to come"),
        (("counts", "--out", "c.csv"), "with --at or --since"),
        (("counts", "--since", "2020-01-01", "--out", "c.txt"), ".csv or .xlsx"),
        (("counts", "--chart", "c.jpg"), ".svg or .png"),
        (("counts", "--chart", "c.svg", "--since", "2020-01-01"), "today's counts"),
        (("stated", "2020-04-01", "Q1=1", "--list"), "Give either --list"),
    ],
)
@pytest.mark.usefixtures("plan")
def test_what_is_wrong_is_told(cap: Cap, words: tuple[str, ...], told: str) -> None:
    ended = cap(*words)
    assert (ended.code, told in ended.err) == (2, True), ended.err
