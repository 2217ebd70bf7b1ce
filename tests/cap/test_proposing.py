"""`cap propose`: what an audit or an inspection asks enters the plan from a table, or typed in, with its type."""

from pathlib import Path

import openpyxl
import pytest

from tests.cap.conftest import Cap
from tests.services import making

AUDIT = ("--type", "audit", "--title", "Audit of strategy discussions")
ROWS = [
    ["Audit of strategy discussions", None, None, None],
    ["No", "Recommendation", "Lead agency", "Target date"],
    ["1", "Police should record every strategy discussion within one day.", "Police", "31/03/2027"],
    ["2", "The partnership should audit again within a year.", None, "Ongoing"],
    ["3", "Done", None, None],
]  # fmt: skip


@pytest.fixture
def table(desk: Path) -> Path:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(desk / "audit.xlsx")
    return desk / "audit.xlsx"


def test_a_table_enters_as_proposals_with_its_type(cap: Cap, table: Path) -> None:
    done = cap("propose", table, *AUDIT, "--published", "2026-11")
    assert done.code == 0, done.err
    assert "2 recommendations to decide on" in done.out
    assert "row 5: “Done” is no recommendation" in done.err
    held = making.ask(
        table.parent / "outputs" / "cap.db",
        """SELECT r.number, r.section, r.target_date, r.single_agency, r.outcome, v.review_type, v.published, v.visibility
        FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id ORDER BY r.ordinal""",
    )
    assert held == [
        ("1", "sheet “Sheet”, row 3", "31/03/2027", 1, "proposed", "audit", "2026-11", "draft"),
        ("2", "sheet “Sheet”, row 4", "Ongoing", 0, "proposed", "audit", "2026-11", "draft"),
    ]
    assert list((table.parent / "outputs" / "originals").glob("*.xlsx"))
    assert "has these already" in cap("propose", table, *AUDIT).out
    assert "within one day" in cap("search", "police record strategy discussion").out
    assert cap("erase", "A", "--why", "It was a trial.", "--yes").code == 0
    assert not list((table.parent / "outputs" / "originals").glob("*.xlsx"))


def test_what_of_a_table_is_not_read_is_said_with_the_reason(cap: Cap, desk: Path) -> None:
    (desk / "audit.csv").write_text(
        "No,Recommendation,Date,Target date,Cost\n"
        "1,Police should record every strategy discussion.,2026-01-31,2026-13-01,9\n"
        "2,Supervision,2026-01-31,2026-12-01,9\n"
        "3,Audit of thresholds,2026-01-31,31/02/2027,9\n",
        encoding="utf-8",
    )
    said = cap("propose", "audit.csv", *AUDIT).err
    assert "Columns that are not read: Date, Cost. Those that are: Recommendation" in said
    assert "“Supervision” is no recommendation: it has fewer than three words" in said
    for day in ("2026-13-01", "31/02/2027"):
        assert f"“{day}”" in said.partition("no day of the calendar")[2]
    assert "2026-12-01" not in said


def test_what_is_typed_in_can_be_adopted(cap: Cap, desk: Path) -> None:
    words = (
        "--text",
        "The partnership should publish its escalation protocol.",
        "--text",
        "Police should train call handlers.",
    )
    said = ("propose", "--type", "inspection", "--title", "Joint inspection", *words)
    assert "2 recommendations" in cap(*said).out
    assert "already" in cap(*said).out
    adopted = cap("adopt", "A 2", "--quadrant", "Q4")
    assert "4.1" in adopted.out
    assert "Police" in adopted.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--type", "rumour", "--title", "T", "--text", "The board should act."), "is not a type of review"),
        (AUDIT, "Name a file"), ((*AUDIT, "--text", " "), "Give the words"), ((*AUDIT, "nowhere.xlsx"), "no file"),
        ((*AUDIT, "--text", "The board should act.", "--published", "2026-13-45"), "is not a date"),
        *(
            ((*AUDIT, "--text", "The board should act.", "--published", day), "is not a date")
            for day in ("May", "2026-13", "1-2", "26", "2026-99-1")
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("desk")
def test_what_is_wrong_is_told(cap: Cap, words: tuple[str, ...], told: str) -> None:
    ended = cap("propose", *words)
    assert (ended.code, told in ended.err) == (2, True), ended.err


def test_a_table_without_recommendations_is_refused(cap: Cap, desk: Path) -> None:
    (desk / "t.csv").write_text("Ref,Action\n1.1,Act on it\n", encoding="utf-8")
    ended = cap("propose", "t.csv", *AUDIT)
    assert (ended.code, "heading Recommendation" in ended.err) == (1, True)
