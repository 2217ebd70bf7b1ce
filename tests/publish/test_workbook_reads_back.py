"""Every sheet read back with openpyxl, as a reader would find it."""

import dataclasses
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.framework import Entry, Framework
from domain.states import Audience, Rag
from publish.contents import PlanContents
from publish.sheets import LONGEST_CELL, Book, Column, Sheet, sheet_name
from publish.workbook import write_workbook

Make = Callable[..., Any]

NASTY = (
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.test","x")', "=cmd|' /C calc'!A0", "http://example.test",
    "mailto:x@example.test", "_x0041_", "<b>&amp;</b>", "0012", "1e5", "internal:Sheet2!A1", "\t=1", "{=1}", "'=1",
)  # fmt: skip


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def head(sheet: Any, title: str) -> int:
    return next(number for number, row in enumerate(rows(sheet), start=1) if title in row)


def column(sheet: Any, title: str) -> list[Any]:
    at = head(sheet, title)
    place = rows(sheet)[at - 1].index(title)
    return [row[place] for row in rows(sheet)[at:]]


def read(contents: PlanContents, folder: Path) -> Any:
    return openpyxl.load_workbook(write_workbook(contents, folder / "cap.xlsx"))


def test_the_plan_is_grouped_by_quadrant_in_the_published_columns(
    rich: Make, tmp_path: Path, framework: Framework
) -> None:
    sheet = read(rich(), tmp_path)["Composite Action Plan"]
    at = head(sheet, "Ref")
    headings = ["Ref", "Review refs", "Action", "Lead agency", "Target date", "Progress", "Status"]
    assert rows(sheet)[at - 1] == headings
    titles = [entry.title for entry in framework.quadrants]
    expected = [titles[0], "1.1", "1.2", titles[1], "2.1", titles[3], "4.1", "4.9", "4.10"]
    assert column(sheet, "Ref") == expected
    assert column(sheet, "Review refs") == [None, "K", "K, L", None, "K", None, "All", "K (and All)", "L"]
    assert column(sheet, "Target date")[1] == datetime(2026, 6, 1)
    assert column(sheet, "Target date")[4] == "Ongoing"
    assert column(sheet, "Lead agency")[4] == "Police"
    assert column(sheet, "Status")[4] == "Complete"
    assert sheet.cell(at + 2, 5).number_format == "dd/mm/yyyy"


def test_one_sheet_a_quadrant_and_the_rest(rich: Make, tmp_path: Path) -> None:
    book = read(rich(), tmp_path)
    assert [s for s in book.sheetnames if s.startswith("Q")] == [
        "Q1 Professional curiosity",
        "Q2 Information sharing and fora",
        "Q3 Collaborative working, decis",
        "Q4 Leadership ownership, accoun",
    ]
    assert [s for s in book.sheetnames if not s.startswith("Q")] == [
        "Composite Action Plan", "Action details", "Proposals", "Reviews", "Counts", "Counts over time", "About",
        "Lists",
    ]  # fmt: skip
    assert book["Lists"].sheet_state == "hidden"
    assert column(book["Q4 Leadership ownership, accoun"], "Ref") == ["4.1", "4.9", "4.10"]


def test_the_details_say_what_an_action_carries(make: Make, action: Make, framework: Framework, tmp_path: Path) -> None:
    carried = action(source="audit", rag=Rag.AMBER, standards=("1.2", "4.1"), recheck="2027-01-31")
    sheet = read(make(actions=(carried, action(ref="1.2"))), tmp_path)["Action details"]
    assert column(sheet, "Came from") == ["Multi-agency audit", None]
    assert column(sheet, "RAG") == ["Amber", None]
    assert column(sheet, "Practice standards") == [
        f"1.2 {framework.title('1.2')}; 4.1 {framework.title('4.1')}", None,
    ]  # fmt: skip
    assert column(sheet, "Look at again on")[0] == datetime(2027, 1, 31)


def test_sheets_are_set_up_for_screen_and_paper(rich: Make, tmp_path: Path) -> None:
    for sheet in read(rich(), tmp_path):
        if sheet.title == "Lists":
            continue
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows


def test_a_name_with_signs_of_its_own_is_printed_as_it_is(make: Make, tmp_path: Path) -> None:
    sheet = read(make(partnership="24/7 Health & Care &P"), tmp_path)["Composite Action Plan"]
    assert sheet.oddFooter.left.text.strip().startswith("24/7 Health && Care &&P: Composite Action Plan")
    assert int(sheet.oddFooter.left.size) == 8


def test_status_and_agency_are_chosen_from_lists(rich: Make, tmp_path: Path) -> None:
    book = read(rich(), tmp_path)
    sheet = book["Composite Action Plan"]
    at = head(sheet, "Ref")
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        for cell in rule.sqref.ranges:
            offered[(cell.min_col, cell.min_row)] = rule.formula1
    assert offered[(7, at + 2)].startswith("Lists!")
    assert offered[(4, at + 2)].startswith("Lists!")
    lists = rows(book["Lists"])
    assert [row[0] for row in lists][:7] == [
        "Statuses", "Open", "In progress", "Complete", "Assured", "Closed", "Superseded",
    ]  # fmt: skip
    assert "Business Manager" in [row[1] for row in lists]
    assert "Probation" in [row[1] for row in lists]


def test_proposals_stand_apart_with_what_the_model_said(rich: Make, tmp_path: Path, framework: Framework) -> None:
    book = read(rich(), tmp_path)
    sheet = book["Proposals"]
    assert column(sheet, "Id") == ["r-000000000009", "r-000000000010"]
    assert column(sheet, "Recommendation")[0] == "The partnership should ask for evidence that escalation is used."
    assert column(sheet, "Suggested quadrant")[0] == framework.title("Q3")
    assert column(sheet, "Unsure between")[0] == f"{framework.title('Q3')}; {framework.title('Q4')}"
    assert column(sheet, "Confirmed quadrant") == [None, None]
    assert column(sheet, "Confidence")[0] == "more likely than not, about 6 in 10"
    assert column(sheet, "Target date as printed")[1] == "Autumn 2026"
    assert column(sheet, "Near-repeat group")[1] == "g-1"
    for name in book.sheetnames:
        if name not in ("Proposals", "About"):
            assert not any("escalation is used" in str(v) for row in rows(book[name]) for v in row)


def test_a_decision_shows_as_confirmed(make: Make, proposal: Make, tmp_path: Path, framework: Framework) -> None:
    sheet = read(make(proposals=(proposal(decided=True, quadrant="Q2"),)), tmp_path)["Proposals"]
    assert column(sheet, "Confirmed quadrant") == [framework.title("Q2")]
    assert column(sheet, "Suggested quadrant") == [None]


def test_the_public_workbook_lets_nothing_slip(rich: Make, tmp_path: Path) -> None:
    file = write_workbook(rich(audience=Audience.PUBLIC, working_copy=False), tmp_path / "cap.xlsx")
    with zipfile.ZipFile(file) as package:
        everything = "\n".join(package.read(name).decode() for name in package.namelist())
    for secret in ("Proposals", "escalation is used", "Adult L", "adult-l", "hidden matter", "child-k.pdf", "Proposed",
                   "r-000000000009", "K, L", "Working copy", "quadrants-2026.1"):  # fmt: skip
        assert secret not in everything
    assert "Run a multi-agency case file audit" in everything


def test_counts_and_history_are_numbers(rich: Make, tmp_path: Path) -> None:
    book = read(rich(), tmp_path)
    assert column(book["Counts"], "Open")[1:5] == [9, 5, 17, 12]
    assert column(book["Counts over time"], "31/01/2026") == [10, 4, 19, 16, 49]


def test_the_same_contents_give_the_same_bytes(rich: Make, tmp_path: Path) -> None:
    first = write_workbook(rich(), tmp_path / "a.xlsx").read_bytes()
    time.sleep(1.1)
    assert write_workbook(rich(), tmp_path / "b.xlsx").read_bytes() == first


def test_an_empty_plan_says_so(make: Make, tmp_path: Path) -> None:
    book = read(make(), tmp_path)
    said = [v for name in book.sheetnames for row in rows(book[name]) for v in row if v]
    assert any(str(v).startswith("No action has been adopted yet.") for v in said)
    assert "No recommendation waits for a decision." in said


def test_a_thousand_actions_are_quick(make: Make, action: Make, tmp_path: Path) -> None:
    actions = tuple(action(ref=f"{1 + n % 4}.{1 + n // 4}", quadrant=f"Q{1 + n % 4}") for n in range(1000))
    started = time.perf_counter()
    sheet = read(make(actions=actions), tmp_path)["Composite Action Plan"]
    assert time.perf_counter() - started < 8
    assert sum(1 for ref in column(sheet, "Ref") if "." in str(ref)) == 1000


def test_an_action_of_an_older_framework_is_not_lost(make: Make, action: Make, tmp_path: Path) -> None:
    sheet = read(make(actions=(action(quadrant="Q9", ref="9.1"),)), tmp_path)["Composite Action Plan"]
    assert column(sheet, "Ref") == ["Q9", "9.1"]


def test_text_longer_than_a_cell_is_kept_in_parts(make: Make, action: Make, tmp_path: Path) -> None:
    text = "".join(f"{n} \U0001f9d2 " for n in range(12_000))
    book = read(make(actions=(action(text=text),)), tmp_path)
    cell = column(book["Composite Action Plan"], "Action")[1]
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert cell.endswith("the sheet “Long texts” has all of it.")
    parts = column(book["Long texts"], "Text")
    places = column(book["Long texts"], "Stands in")
    whole = [part for part, place in zip(parts, places, strict=True) if place.startswith("Composite Action Plan")]
    assert "".join(whole) == text
    assert len(whole) > 1


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_is_a_text(make: Make, action: Make, tmp_path: Path, text: str) -> None:
    sheet = read(make(actions=(action(text=text, progress=text, lead_agency=text, target_date=text),)), tmp_path)[
        "Q1 Professional curiosity"
    ]
    row = sheet[head(sheet, "Ref") + 1]
    for place in (2, 3, 4, 5):
        assert row[place].data_type == "s"
        assert row[place].hyperlink is None
        assert row[place].value.split() == text.split()


def test_what_a_workbook_cannot_hold_is_shown_not_dropped(make: Make, action: Make, tmp_path: Path) -> None:
    sheet = read(make(actions=(action(text="a\x00b\ud800c\uffff\r\nd"),)), tmp_path)["Composite Action Plan"]
    assert column(sheet, "Action")[1] == "a\ufffdb\ufffdc\ufffd\nd"


@settings(max_examples=40, deadline=None)
@given(
    start=st.sampled_from(["=", "+", "-", "@", "\t=", "\x00=", " =", "＝", ""]),
    text=st.text(st.characters(codec=None), max_size=40),
)
def test_no_text_at_all_becomes_a_formula_or_breaks_the_file(
    tmp_path_factory: pytest.TempPathFactory, start: str, text: str
) -> None:
    book = Book("t", "s", datetime(2026, 3, 31).date())
    book.add(Sheet("x", start + text, (start + text,), (Column(start + text, 10),), [(start + text,)]))
    file = tmp_path_factory.mktemp("nasty") / "x.xlsx"
    file.write_bytes(book.content())
    sheet = openpyxl.load_workbook(file)["x"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s"}


@given(st.lists(st.text(st.characters(codec=None), max_size=60), max_size=8))
def test_sheet_names_are_ones_that_excel_takes(wanted: list[str]) -> None:
    taken = {"lists"}
    names = [sheet_name(name, taken) for name in wanted]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "lists"


def test_a_framework_with_awkward_titles_is_written(make: Make, framework: Framework, tmp_path: Path) -> None:
    awkward = tuple(
        Entry(code, title)
        for code, title in (
            ("A/B", "Who? [what]: 'where'"),
            ("A B", "Who what where"),
            ("C", "x" * 200),
            ("D", "History"),
        )
    )
    contents = make(framework=dataclasses.replace(framework, quadrants=awkward))
    names = read(contents, tmp_path).sheetnames
    assert len(set(names)) == len(names)


def test_a_date_that_a_spreadsheet_cannot_hold_stays_words(make: Make, action: Make, tmp_path: Path) -> None:
    sheet = read(make(actions=(action(target_date="1066-10-14"),)), tmp_path)["Composite Action Plan"]
    assert column(sheet, "Target date")[1] == "1066-10-14"


def test_a_public_plan_without_actions_does_not_say_that_there_are_none(make: Make, tmp_path: Path) -> None:
    book = read(make(audience=Audience.PUBLIC), tmp_path)
    said = [str(v) for name in book.sheetnames for row in rows(book[name]) for v in row if v]
    assert "No action has been adopted that the public may see." in said
    assert not any(v.startswith("No action has been adopted yet") for v in said)
