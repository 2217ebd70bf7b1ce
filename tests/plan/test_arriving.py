"""Tables of words -> the rows of a plan: headings, quadrants, references, dates, and reasons for what cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import day_or_words
from domain.framework import load_framework
from extract.plan_tables import SourceRow, SourceTable
from plan.arriving import Arrived, arriving
from plan.columns import HEADINGS

FRAMEWORK = load_framework()
HEAD = ("Ref", "SCR Ref", "Action", "Lead agency", "Target date", "Progress")
ROW = ("2.1", "K, O", "Agree one referral form.", "Health", "01/06/17", "Drafted.")


def table(*rows: tuple[str, ...], name: str = "table 1", before: tuple[str, ...] = ()) -> SourceTable:
    return SourceTable(name, tuple(SourceRow(f"row {n}", row) for n, row in enumerate(rows, start=1)), before)


def read(*tables: SourceTable, columns: dict[str, str] | None = None) -> Arrived:
    return arriving(tables, FRAMEWORK, columns)


def test_a_row_in_the_published_columns() -> None:
    (row,) = read(table(HEAD, ROW)).rows
    assert (row.ref, row.quadrant, row.letters, row.to_all) == ("2.1", "Q2", ("K", "O"), False)
    assert row.values == {
        "text": "Agree one referral form.", "lead_agency": "Health", "target_date": "2017-06-01", "progress": "Drafted.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "letters", "to_all"),
    [
        ("D, L", ("D", "L"), False), ("K,O,P,Q,R", ("K", "O", "P", "Q", "R"), False), ("All", (), True),
        ("M (and All)", ("M",), True), ("", (), False), ("AA & B", ("AA", "B"), False), ("Case Q; SCR AF", ("Q", "AF"), False),
    ],
)  # fmt: skip
def test_reviews_by_letter(words: str, letters: tuple[str, ...], to_all: bool) -> None:
    (row,) = read(table(HEAD, ("2.1", words, *ROW[2:]))).rows
    assert (row.letters, row.to_all) == (letters, to_all)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("01/06/17", "2017-06-01"), ("1/12/2017", "2017-12-01"), ("2017-06-01", "2017-06-01"),
        ("2017-06-01 00:00:00", "2017-06-01"), ("1 June 2017", "2017-06-01"), ("1st Sept 2017", "2017-09-01"),
        ("Friday, 3 March 2017", "2017-03-03"), ("03-Mar-17", "2017-03-03"), ("01.06.2017", "2017-06-01"),
        ("Ongoing", "Ongoing"), ("June 2017", "June 2017"), ("Within 3 months", "Within 3 months"), ("", ""),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(words: str, kept: str) -> None:
    assert day_or_words(words) == kept


@pytest.mark.parametrize("words", ["31/02/2017", "12/13/2017", "2017-13-01", "31 June 2017"])
def test_a_day_that_no_calendar_has_is_told_and_not_guessed(words: str) -> None:
    (unread,) = read(table(HEAD, (*ROW[:4], words, ROW[5]))).unread
    assert words in unread.reason


def test_a_quadrant_may_be_announced_above_in_a_row_or_in_a_column() -> None:
    bare = ("Action", "Lead agency", "Target date")
    row = ("Agree one form.", "Health", "Ongoing")
    above = read(table(bare, row, before=("Professional Curiosity",)))
    within = read(table(("Professional curiosity", "", ""), bare, row))
    column = read(table((*bare, "Theme"), (*row, "Q1")))
    assert [r.quadrant for a in (above, within, column) for r in a.rows] == ["Q1", "Q1", "Q1"]


def test_titles_of_quadrants_may_be_worded_a_little_differently() -> None:
    rows = read(table(HEAD, ("Fora for discussion and information-sharing", "", "", "", "", ""), ROW))
    assert not rows.unread
    assert rows.rows[0].quadrant == "Q2"


def test_columns_hold_for_a_table_that_goes_on_over_the_page_and_not_for_another_sheet() -> None:
    first, rest = table(HEAD, ROW, name="page 1"), table(("2.2", *ROW[1:]), name="page 2")
    assert [row.ref for row in read(first, rest).rows] == ["2.1", "2.2"]
    sheets = table(HEAD, ROW, name="sheet “A”"), table(("2.2", *ROW[1:]), name="sheet “B”")
    arrived = read(*sheets)
    assert [row.ref for row in arrived.rows] == ["2.1"]
    assert arrived.passed == ("sheet “B”",)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("A7", *ROW[1:]), "is not a reference"),
        (("9.1", *ROW[1:]), "has no quadrant: references begin with 1 to 4"),
        (("2.1", "the Smith review", *ROW[2:]), "does not name reviews by letters"),
        (("A note to nobody", "", "", "", "", ""), "is alone in its row"),
    ],
)
def test_what_cannot_be_read_is_told_by_row(row: tuple[str, ...], told: str) -> None:
    arrived = read(table(HEAD, row, ROW))
    (unread,) = arrived.unread
    assert told in unread.reason
    assert unread.at == "table 1, row 2"
    assert [r.ref for r in arrived.rows] == ["2.1"]


def test_a_reference_under_another_quadrant_is_told() -> None:
    (unread,) = read(table(("Professional curiosity", "", "", "", "", ""), HEAD, ROW)).unread
    assert "belongs to Q2, but the row is listed under Q1" in unread.reason


def test_figures_headed_by_actions_are_no_plan() -> None:
    arrived = read(table(("Quadrant", "Actions", "Open"), ("Professional curiosity", "12", "4")))
    assert (arrived.rows, arrived.passed) == ((), ("table 1",))


def test_other_headings_are_mapped() -> None:
    named = table(("Nr", "Was getan wird", "Who", "By"), ("2.1", "Agree one form.", "Health", "1 June 2017"))
    assert not read(named).rows
    (row,) = read(named, columns={"Nr": "ref", "Was getan wird": "text", "By": "target_date"}).rows
    assert row.values == {"text": "Agree one form.", "lead_agency": "Health", "target_date": "2017-06-01"}


def test_a_workbook_of_the_round_says_who_sent_it_and_only_the_entry_cells_count() -> None:
    head = (
        "Ref",
        "Action",
        "Target date",
        "Status",
        "Status now",
        "Progress note",
        "New target date",
        "Reason for a new date",
    )
    sent = table(
        ("Composite Action Plan: update from Health", *[""] * 7), ("Plan state 41.", *[""] * 7), head,
        ("2.1", "Slipped by accident", "01/01/30", "Open", "", "Form agreed.", "", ""), name="sheet “Update”",
    )  # fmt: skip
    arrived = read(sent)
    (row,) = arrived.rows
    assert (arrived.state, arrived.agency, row.agency) == (41, "Health", "Health")
    assert row.values == {"progress": "Form agreed."}


ROUND = (
    "Ref",
    "Action",
    "Target date",
    "Last progress",
    "Status now",
    "Progress note",
    "New target date",
    "Reason for a new date",
)
FILLED = ("2.1", "Agree one form.", "01/01/30", "Drafted.", "", "Form agreed.", "", "")


def test_what_an_agency_types_into_cells_that_are_not_its_own_is_looked_at() -> None:
    above = (("Composite Action Plan: update from Health", *[""] * 7), ("Plan state 41.", *[""] * 7))
    (row,) = read(table(*above, ROUND, FILLED, name="sheet “Update”")).rows
    assert row.beside == {"text": "Agree one form.", "target_date": "01/01/30", "progress": "Drafted."}


def test_a_workbook_of_the_round_without_its_title_is_known_by_its_other_sheet_or_refused() -> None:
    update = table(ROUND, FILLED, name="sheet “Update”")
    how_to = table(("Subject", "What to know"), ("Agency", "Health"), name="sheet “How to fill this in”")
    arrived = read(update, how_to)
    assert (arrived.agency, arrived.nameless, arrived.rows[0].values) == ("Health", False, {"progress": "Form agreed."})
    assert arrived.beside == ()
    assert read(update).nameless


@pytest.mark.parametrize("words", ["done", "closed", "assured"])
def test_an_agency_is_told_the_statuses_that_it_may_give(words: str) -> None:
    above = ("Composite Action Plan: update from Health", *[""] * 7)
    (unread,) = read(table(above, ROUND, (*FILLED[:4], words, *FILLED[5:]))).unread
    assert unread.reason.endswith("Choose from: open, in progress, complete")


def test_rows_that_are_merely_counted_have_no_reference() -> None:
    heads = ("No", "Action", "Lead agency", "Theme")
    rows = (
        ("1", "Train staff.", "Health", "Q1"),
        ("2.", "Write guidance.", "Police", "Leadership"),
        ("", "Audit.", "All", "Q4"),
    )
    arrived = read(table(heads, *rows))
    assert [(row.ref, row.quadrant) for row in arrived.rows] == [(None, "Q1"), (None, "Q4")]
    assert arrived.beside == ("No (the file's own numbers, such as 1)",)
    (unread,) = arrived.unread
    assert "“Leadership” is not a quadrant. Choose from: Q1 Professional curiosity; Q2 " in unread.reason
    pages = read(table(heads, rows[0], name="page 1"), table(("2", *rows[0][1:]), name="page 2"))
    assert len(pages.rows) == 2


def test_a_number_among_references_is_a_slip_and_what_to_write_is_said() -> None:
    (unread,) = read(table(HEAD, ROW, ("3", *ROW[1:]))).unread
    assert "“3” is not a reference such as 2.3: write the number of the quadrant, a full stop" in unread.reason


def test_columns_that_are_not_read_are_named() -> None:
    arrived = read(table((*HEAD, "Comments", "Days overdue"), (*ROW, "Well done", "3")))
    assert arrived.beside == ("Comments",)


def test_several_rows_beside_one_cell_for_the_reference_are_one_action() -> None:
    rows = (
        ("1.1", "First part", "Police", ""),
        ("1.1", "second part", "Health", ""),
        ("1.1", "third", "", "1 June 2027"),
    )
    source = SourceTable(
        "table 1",
        (
            SourceRow("row 1", ("Ref", "Action", "Lead agency", "Target date")),
            SourceRow("row 2", rows[0]),
            *(SourceRow(f"row {n}", row, merged=(0,)) for n, row in enumerate(rows[1:], start=3)),
        ),
    )
    (row,) = read(source).rows
    assert (row.ref, row.values["text"], row.values["lead_agency"], row.values["target_date"]) == (
        "1.1", "First part\nsecond part\nthird", "Police\nHealth", "2027-06-01",
    )  # fmt: skip
    own_day = SourceRow("row 6", ("1.1", "Another action", "Health", "1 July 2027"), merged=(0,))
    arrived = read(SourceTable("table 1", (*source.rows, own_day)))
    assert len(arrived.rows) == 1
    assert "1.1" in arrived.unread[0].reason or "date of its own" in arrived.unread[0].reason


def test_a_sheet_that_somebody_added_to_our_workbook_is_passed_over() -> None:
    ours = table(("Plan state 7.", *[""] * 5), HEAD, ROW, name="sheet “Plan”")
    notes = table(("Ref", "Action", "Comments"), ("2.1", "Discuss with the chair", ""), name="sheet “My notes”")
    arrived = read(ours, notes)
    assert (arrived.state, arrived.passed) == (7, ("sheet “My notes”",))
    assert [row.values["text"] for row in arrived.rows] == [ROW[2]]


def test_headings_of_the_round_are_other_words_in_a_plan_of_elsewhere() -> None:
    head = ("Ref", "Action", "Lead agency", "Target date", "Progress note", "Status now")
    (row,) = read(table(head, ("2.5", "Agree one form.", "Health", "01/06/27", "Drafted.", "Complete"))).rows
    assert row.values == {
        "text": "Agree one form.", "lead_agency": "Health", "target_date": "2027-06-01", "progress": "Drafted.",
        "status": "complete",
    }  # fmt: skip


def test_columns_without_a_heading_are_named_and_so_are_ours_in_a_plan_of_elsewhere() -> None:
    arrived = read(table((*HEAD, "", "Practice standards"), (*ROW, "Bob", "1.2")))
    assert arrived.beside == ("Practice standards", "column 7, which has no heading")


def test_a_table_of_another_kind_does_not_go_on_from_the_plan() -> None:
    plan = table(HEAD, ROW, name="table 1")
    costs = table(("Item", "Cost", "Who", "When", "Why", "Note"), ("3.1", "K", "Coffee", "", "", ""), name="table 2")
    assert [row.ref for row in read(plan, costs).rows] == ["2.1"]
    after_words = table(("3.1", "K", "Coffee", "", "", ""), name="table 2", before=("Costs of the meeting",))
    assert [row.ref for row in read(plan, after_words).rows] == ["2.1"]


def test_the_rest_of_a_row_of_a_pdf_is_no_action_of_its_own() -> None:
    page = table(HEAD, ROW, ("", "", "which nobody owns", "", "", "Two cells."), name="page 2")
    arrived = read(page)
    assert [row.ref for row in arrived.rows] == ["2.1"]
    assert "rest of the row before" in arrived.unread[0].reason


def test_a_quadrant_may_stand_in_any_column_of_its_row() -> None:
    (row,) = read(table(HEAD, ("", "Professional curiosity", "", "", "", ""), ("", *ROW[1:]))).rows
    assert row.quadrant == "Q1"


@pytest.mark.parametrize("words", ["42887", "2017-13-45"])
def test_a_number_where_a_day_should_be_is_told_with_its_reference(words: str) -> None:
    (unread,) = read(table(HEAD, (*ROW[:4], words, ROW[5]))).unread
    assert unread.reason.startswith("2.1: ")


def test_an_unknown_rag_word_costs_no_row() -> None:
    (row,) = read(table((*HEAD, "RAG"), (*ROW, "Blue"))).rows
    assert row.values["rag"] == ""
    assert "Blue" in row.doubts[0]


CELLS = st.one_of(
    st.sampled_from([name for names in HEADINGS.values() for name in names]),
    st.sampled_from(["2.1", "Q1", "All", "K, O", "01/06/17", "Ongoing", "", "Complete", "Plan state 7", "=1+1"]),
    st.text(max_size=12),
)


@given(st.lists(st.lists(st.lists(CELLS, min_size=1, max_size=8), min_size=1, max_size=6), max_size=3))
def test_nothing_makes_it_fail_and_no_row_gets_lost(tables: list[list[list[str]]]) -> None:
    given_tables = [table(*map(tuple, rows), name=f"table {n}") for n, rows in enumerate(tables)]
    arrived = read(*given_tables)
    for row in arrived.rows:
        assert row.quadrant is None or row.quadrant in FRAMEWORK.quadrant_codes
        assert row.at
    assert all(unread.reason for unread in arrived.unread)
    assert len(arrived.rows) + len(arrived.unread) <= sum(len(t.rows) for t in given_tables)


def test_headings_as_boards_write_them() -> None:
    heads = ("Ref", "SCR Ref", "Recommendation / Action", "Lead agency", "Target date", "Progress", "BRAG")
    (row,) = read(table(heads, (*ROW, "Amber"))).rows
    assert (row.values["text"], row.values["rag"]) == ("Agree one referral form.", "amber")
