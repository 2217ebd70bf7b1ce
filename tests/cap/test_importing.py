"""An existing plan comes in, an export goes round and comes back, agencies return their workbooks: as people do it."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.cap.conftest import Cap

PLANS = Path(__file__).parents[3] / "shared" / "evaluation" / "action-plans"
REAL = "composite-action-plan-2017"
HEAD = ["Ref", "SCR Ref", "Action", "Lead agency", "Target date", "Progress"]
ROWS = [
    [
        "1.1",
        "D, L",
        "Write guidance on consent for every practitioner.",
        "Board manager",
        datetime(2027, 6, 1),
        "Drafted.",
    ],
    ["2.1", "M (and All)", "Agree one referral form with GPs.", "Health/Police", "01/03/27", ""],
    ["4.1", "All", "Audit supervision in each agency.", "Board manager", "Ongoing", "Begun."],
]


def published(file: Path, rows: list[list[object]] = ROWS) -> Path:  # type: ignore[assignment]
    book = openpyxl.Workbook()
    for row in [HEAD, *rows]:
        book.active.append(row)
    book.save(file)
    return file


@pytest.fixture
def plan(desk: Path, cap: Cap) -> Iterator[sqlite3.Connection]:
    """A plan that holds the three actions, to be asked."""
    assert cap("import", published(desk / "plan.xlsx"), "--yes").code == 0
    with closing(sqlite3.connect(desk / "outputs" / "cap.db")) as connection:
        yield connection


def stands(plan: sqlite3.Connection, column: str) -> list[object]:
    return [value for (value,) in plan.execute(f'SELECT "{column}" FROM composite_action_plan')]


@pytest.mark.skipif(
    not PLANS.is_dir(), reason="the published plan of 2017 is not here: it lies in ../shared/evaluation"
)
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_published_plan_of_2017_comes_in_whole(cap: Cap, desk: Path, ending: str) -> None:
    gold = json.loads((PLANS / f"{REAL}.gold.json").read_text("utf-8"))
    shutil.copy(PLANS / f"{REAL}.{ending}", desk)
    came = cap("import", f"{REAL}.{ending}", "--yes", "--dated", "2017-01-31", "--published")
    assert came.code == 0, came.out + came.err
    assert "22 new, 0 changed, 0 unchanged, 0 conflict, 0 not taken" in came.err
    out = desk / "plan.json"
    assert cap("export", "--format", "json", "--audience", "public", "--out", out).code == 0
    held = {action["ref"]: action for action in json.loads(out.read_text("utf-8"))["actions"]}
    assert {ref: (a["quadrant"], a["review_refs"], a["applies_to_all"], a["action"], a["lead_agency"], a["target_date"], a["progress"])
            for ref, a in held.items()} == {
        g["ref"]: (
            g["quadrant"], g["reviews"], g["applies_to_all"], g["action"], g["lead_agency"],
            g["target_date_iso"] or g["target_date"], g["progress"],
        )
        for g in gold
    }  # fmt: skip
    other = "docx" if ending == "pdf" else "pdf"
    again = cap("import", PLANS / f"{REAL}.{other}", "--yes")
    assert "0 new, 0 changed, 22 unchanged" in again.err


def test_an_export_edited_in_a_spreadsheet_brings_exactly_the_edits(
    cap: Cap, desk: Path, plan: sqlite3.Connection
) -> None:
    assert cap("export", "--audience", "partnership", "--out", desk / "out.xlsx").code == 0
    unedited = cap("import", "out.xlsx", "--yes")
    assert (unedited.code, unedited.out) == (0, "")
    book = openpyxl.load_workbook(desk / "out.xlsx")
    for sheet in ("Composite Action Plan", "Q4 Leadership ownership, accoun"):
        for row in book[sheet].iter_rows():
            if row[0].value == "1.1":
                row[4].value, row[6].value = datetime(2027, 9, 1), "In progress"
            if row[0].value == "4.1" and sheet.startswith("Q4"):
                row[5].value = "Three audits done."
    book.save(desk / "edited.xlsx")
    before = plan.execute("SELECT count(*) FROM events").fetchone()
    shown = cap("import", "edited.xlsx", "--dry-run")
    assert plan.execute("SELECT count(*) FROM events").fetchone() == before
    assert "target date: “2027-06-01” -> “2027-09-01”" in shown.out
    assert "progress: “Begun.” -> “Three audits done.”" in shown.out
    assert shown.out.count("->") == 3
    asked = cap("import", "edited.xlsx")  # nobody at a terminal to say yes
    assert "--yes" in asked.err
    assert plan.execute("SELECT count(*) FROM events").fetchone() == before
    assert cap("import", "edited.xlsx", "--yes").code == 0
    assert stands(plan, "Target date") == ["2027-09-01", "2027-03-01", "Ongoing"]
    assert stands(plan, "Progress") == ["Drafted.", "", "Three audits done."]
    assert "2: edited.xlsx" in cap("import", "--list").out
    assert cap("import", "--undo", 2).code == 0
    assert stands(plan, "Target date") == ["2027-06-01", "2027-03-01", "Ongoing"]
    assert "undone" in cap("import", "--list").out


def test_what_the_plan_changed_since_the_export_is_shown_and_stays(
    cap: Cap, desk: Path, plan: sqlite3.Connection
) -> None:
    assert cap("export", "--audience", "partnership", "--out", desk / "out.xlsx").code == 0
    book = openpyxl.load_workbook(desk / "out.xlsx")
    for row in book["Composite Action Plan"].iter_rows():
        if row[0].value == "4.1":
            row[5].value = "Three audits done."
    book.save(desk / "edited.xlsx")
    assert cap("progress", "4.1", "--note", "Told at the board.").code == 0
    came = cap("import", "edited.xlsx", "--yes")
    assert came.code == 1
    assert "CONFLICT action 4.1" in came.out
    assert stands(plan, "Progress")[2] == "Told at the board."


def test_a_round_goes_out_and_comes_back_in_any_order(cap: Cap, desk: Path, plan: sqlite3.Connection) -> None:
    assert cap("round", "--returned").out.startswith("No round")
    assert cap("round", "round").code == 2
    assert cap("round", "--folder", "asked").code == 0
    for agency, note in (("police", "Form printed."), ("health", "GPs agree.")):
        book = openpyxl.load_workbook(desk / "asked" / f"update-{agency}.xlsx")
        for row in book["Update"].iter_rows():
            if row[0].value == "2.1":
                row[9].value, row[10].value, row[11].value = note, datetime(2027, 5, 1), "GPs meet in April."
        book.save(desk / f"{agency}.xlsx")
        assert cap("import", f"{agency}.xlsx", "--yes").code == 0
    assert stands(plan, "Progress")[1] == "Health: GPs agree.\nPolice: Form printed."
    assert stands(plan, "Target date")[1] == "2027-05-01"
    slips = plan.execute("SELECT why FROM action_history WHERE target_date = '2027-05-01'").fetchall()
    assert slips == [("GPs meet in April.",)]
    told = cap("round", "--returned").out
    assert "2 of 3 have come back" in told
    assert "Board manager: missing" in told


def test_headings_of_a_plan_of_elsewhere_are_mapped_by_a_file(cap: Cap, desk: Path) -> None:
    (desk / "p.csv").write_text("Nr,What we will do,Champion\n2.1,Agree one form.,Police\n", encoding="utf-8")
    refused = cap("import", "p.csv", "--yes")
    assert refused.code == 1
    assert "What we will do" in refused.err
    (desk / "columns.toml").write_text(
        '[columns]\n"Nr" = "ref"\n"What we will do" = "action"\n"Champion" = "lead agency"\n'
    )
    assert cap("import", "p.csv", "--yes", "--columns", "columns.toml").code == 0
    (desk / "columns.toml").write_text('[columns]\n"Nr" = "reference number"\n')
    assert "maps to reference number" in cap("import", "p.csv", "--columns", "columns.toml").err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "Name one file"), (("nowhere.xlsx",), 2, "There is no file"), (("--undo", "7"), 2, "no import 7"),
        (("--undo", "99999999999999999999"), 2, "--undo"),
        (("plan.xlsx", "--undo", "1"), 2, "Name one file"), (("plan.xlsx", "--dated", "May"), 2, "“May” is not a date"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("plan")
def test_what_is_wrong_is_told(cap: Cap, words: tuple[str, ...], code: int, told: str) -> None:
    ended = cap("import", *words)
    assert (ended.code, told in ended.err) == (code, True), ended.err


def test_rows_that_cannot_be_read_are_told_and_the_others_come_in(
    cap: Cap, desk: Path, plan: sqlite3.Connection
) -> None:
    bad = [
        ["2.2", "K", "=1+1", "Police", "", ""], ["2.3", "K", "Act on it.", "Police", "31/02/2027", ""],
        ["2.4", "K", "One.", "Police", "", ""], ["2.4", "K", "Two.", "Police", "", ""],
        ["2.5", "K", "Good.", "Police", "1 June 2027", ""], ["x", "K", "Bad.", "Police", "", ""],
    ]  # fmt: skip
    came = cap("import", published(desk / "bad.xlsx", bad), "--yes")  # type: ignore[arg-type]
    assert came.code == 1
    assert "1 new, 0 changed, 0 unchanged, 0 conflict, 5 not taken" in came.err
    for at in ("row 2", "row 3", "row 4", "row 5", "row 7"):
        assert f"{at}" in came.out
    assert [ref for ref in stands(plan, "Ref") if str(ref).startswith("2.")] == ["2.1", "2.5"]


def test_the_preview_as_json(cap: Cap, desk: Path) -> None:
    shown = cap("import", published(desk / "plan.xlsx"), "--dry-run", "--json")
    rows = [json.loads(line) for line in shown.out.splitlines()]
    assert [(row["ref"], row["verdict"]) for row in rows] == [("1.1", "new"), ("2.1", "new"), ("4.1", "new")]
    assert rows[0]["values"]["target_date"] == "2027-06-01"


def test_our_csv_comes_back_as_it_went_out(cap: Cap, desk: Path) -> None:
    words = ("--text", "=Do this", "--lead", "@Police", "--target", "+ Ongoing")
    assert cap("action", "add", "--quadrant", "Q2", *words).code == 0
    assert cap("export", "--audience", "partnership", "--out", desk / "out.csv").code == 0
    assert cap("import", "out.csv").out == ""


def test_details_edited_in_our_workbook_are_taken_or_told(cap: Cap, desk: Path, plan: sqlite3.Connection) -> None:
    assert cap("export", "--audience", "partnership", "--out", desk / "out.xlsx").code == 0
    book = openpyxl.load_workbook(desk / "out.xlsx")
    sheet = book["Action details"]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "Ref")
    place = {cell.value: cell.column - 1 for cell in heads}
    for row in sheet.iter_rows():
        if row[0].value == "2.1":
            row[place["RAG"]].value, row[place["Success goal"]].value = "Red", "One form is used"
            row[place["Opened"]].value = datetime(2020, 1, 1)
    book.save(desk / "edited.xlsx")
    came = cap("import", "edited.xlsx", "--yes")
    assert "RAG: “” -> “red”" in came.out
    assert "success goal: “” -> “One form is used”" in came.out
    assert "not taken: opened: “2020-01-01”" in came.out
    assert plan.execute("SELECT rag FROM actions WHERE ref = '2.1'").fetchone() == ("red",)


def test_a_workbook_of_ours_without_an_action_yet_says_so(cap: Cap, desk: Path) -> None:
    from tests.services import making

    making.copy_of_plan(desk / "outputs")
    assert cap("export", "--audience", "partnership", "--out", "ours.xlsx").code == 0
    ended = cap("import", "ours.xlsx")
    assert ended.code == 1
    assert "ours.xlsx has no actions in it, so there is nothing to import." in ended.err
    assert "headings" not in ended.err


def test_a_file_with_other_headings_says_what_it_has_and_how_they_are_matched(cap: Cap, desk: Path) -> None:
    (desk / "other.csv").write_text("What,Whose job,Until\nAudit it,Police,2027\n", encoding="utf-8")
    ended = cap("import", "other.csv")
    assert ended.code == 1
    assert "No table in other.csv has the headings we look for. It has: What, Whose job, Until." in ended.err
    assert "--columns" in ended.err


def test_rows_that_cannot_be_taken_are_not_called_unreadable(cap: Cap, desk: Path, plan: sqlite3.Connection) -> None:
    (desk / "odd.csv").write_text("Ref,Action,Lead agency\n9.1,Audit it,Police\n", encoding="utf-8")
    ended = cap("import", "odd.csv", "--dry-run")
    assert "NOT TAKEN" in ended.out and "has no quadrant: references begin with 1 to 4" in ended.out
    assert "1 not taken" in ended.err
    assert json.loads(cap("import", "odd.csv", "--dry-run", "--json").out)["verdict"] == "unreadable", (
        "as programs know it"
    )
