"""Files of action plans, as people have them: what is read from them, and what is refused and how."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from extract.plan_files import MOST_ROWS, Unreadable, read_json, read_tables

HEAD = ["Ref", "Action", "Lead agency"]


def workbook(file: Path, *rows: list[object], sheet: str = "Plan") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(file)
    return file


def refused(file: Path) -> str:
    with pytest.raises(Unreadable) as error:
        read_tables(file, file.name)
    assert read_json(str(file), file.name) == {"refused": str(error.value)}
    return str(error.value)


def test_dates_are_dates_and_figures_as_they_are_shown(tmp_path: Path) -> None:
    file = workbook(tmp_path / "p.xlsx", ["a", datetime(2017, 6, 1), date(2017, 6, 2), 4.1, 4.1, 7, True, "  x \n y "])
    book = openpyxl.load_workbook(file)
    book.active["E1"].number_format = "0.00"
    book.save(file)
    ((table,),) = [read_tables(file, file.name)]
    assert table.rows[0].cells == ("a", "2017-06-01", "2017-06-02", "4.1", "4.10", "7", "Yes", "x\ny")


def test_a_formula_is_never_computed_and_where_it_has_no_result_it_is_told(tmp_path: Path) -> None:
    file = workbook(tmp_path / "p.xlsx", HEAD, ["1.1", "=HYPERLINK(1)", "Police"])
    (table,) = read_tables(file, file.name)
    assert table.rows[1].cells == ("1.1", "", "Police")
    assert table.rows[1].doubts == ("column B holds a formula whose result is not kept in the file",)


def test_merged_cells_count_once(tmp_path: Path) -> None:
    file = workbook(tmp_path / "p.xlsx", ["Professional curiosity", None, None], HEAD, ["1.1", "Act", "Police"])
    book = openpyxl.load_workbook(file)
    book.active.merge_cells("A1:C1")
    book.save(file)
    (table,) = read_tables(file, file.name)
    assert table.rows[0].cells == ("Professional curiosity", "", "")


def test_a_hundred_thousand_rows_are_refused_with_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("Ref,Action\n" + "1.1,Act\n" * 100_000)
    assert f"{MOST_ROWS:,} rows" in refused(file)


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".pdf"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (b"<html><body>Sign in</body></html>" * 20, "opened"),
        (b"PK\x03\x04" + b"\0" * 200, "opened"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, ending: str, content: bytes, told: str) -> None:
    file = tmp_path / f"plan{ending}"
    file.write_bytes(content)
    assert told in refused(file)


def test_other_kinds_are_refused_with_those_that_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "plan.odt"
    file.write_bytes(b"PK")
    assert ".xlsx" in refused(file)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_spreadsheets_write_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(
        [HEAD, ["1.1", "Boards’ “action”,\nin two lines", "Police; health"]]
    )
    file = tmp_path / "plan.csv"
    file.write_bytes(text.getvalue().encode(encoding))
    (table,) = read_tables(file, file.name)
    assert table.rows[1].cells == ("1.1", "Boards’ “action”,\nin two lines", "Police; health")


def test_a_row_of_word_that_is_merged_downwards_is_one_row(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Professional curiosity")
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows, (HEAD, ["1.1", "First part", "Police"], ["", "second part", "Health"]), strict=True
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(tmp_path / "p.docx"))
    (read,) = read_tables(tmp_path / "p.docx", "p.docx")
    assert read.before == ("Professional curiosity",)
    assert [row.cells for row in read.rows] == [tuple(HEAD), ("1.1", "First part\nsecond part", "Police\nHealth")]


def test_a_table_within_a_cell_is_told_and_not_dropped(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 0).text = "1.1"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "hidden words"
    document.save(str(tmp_path / "p.docx"))
    (read,) = read_tables(tmp_path / "p.docx", "p.docx")
    assert read.rows[1].doubts == ("column 2 holds a table of its own",)
