"""Files of action plans, as people have them: what is read from them, and what is refused and how."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import typst
from docx.oxml import OxmlElement

from extract.plan_files import read_json, read_tables
from extract.plan_tables import LONGEST, MOST_COLUMNS, MOST_ROWS, Unreadable

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


def test_a_cell_of_word_that_is_merged_downwards_repeats_its_words_and_says_so(tmp_path: Path) -> None:
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
    assert [(row.cells, row.merged) for row in read.rows[1:]] == [
        (("1.1", "First part", "Police"), ()), (("1.1", "second part", "Health"), (0,)),
    ]  # fmt: skip


def test_a_table_within_a_cell_is_told_and_not_dropped(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 0).text = "1.1"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "hidden words"
    document.save(str(tmp_path / "p.docx"))
    (read,) = read_tables(tmp_path / "p.docx", "p.docx")
    assert read.rows[1].doubts == ("column 2 holds a table of its own",)


def test_cells_merged_down_a_sheet_repeat_their_words(tmp_path: Path) -> None:
    file = workbook(tmp_path / "p.xlsx", HEAD, ["1.1", "One", "Police"], ["1.2", "Two", None], ["1.3", "Three", None])
    book = openpyxl.load_workbook(file)
    book.active.merge_cells("C2:C4")
    book.save(file)
    (table,) = read_tables(file, file.name)
    assert [(row.cells[2], row.merged) for row in table.rows[1:]] == [
        ("Police", ()),
        ("Police", (2,)),
        ("Police", (2,)),
    ]


@pytest.mark.parametrize("extent", ["A1", "A1:C2", "A1:B3"])
def test_a_wrong_extent_loses_nothing(tmp_path: Path, extent: str) -> None:
    file = workbook(tmp_path / "p.xlsx", HEAD, ["1.1", "One", "Police"], ["1.2", "Two", "Health"])
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(wrong, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith("sheet1.xml"):
                assert b'ref="A1:C3"' in content
                content = content.replace(b'ref="A1:C3"', f'ref="{extent}"'.encode())
            after.writestr(name, content)
    (table,) = read_tables(wrong, wrong.name)
    assert [row.cells for row in table.rows[1:]] == [("1.1", "One", "Police"), ("1.2", "Two", "Health")]


def test_what_a_sheet_cannot_say_is_a_doubt(tmp_path: Path) -> None:
    file = workbook(tmp_path / "p.xlsx", HEAD, ["1.1", "#REF!", "Police"])
    book = openpyxl.load_workbook(file)
    book.active["B2"].data_type = "e"
    book.active["A3"] = "1.3"
    book.active.cell(3, MOST_COLUMNS + 1, "beyond")
    book.create_sheet("Old").sheet_state = "hidden"
    book["Old"].append(HEAD)
    book.save(file)
    plan, old = read_tables(file, file.name)
    assert [row.doubts for row in plan.rows[1:]] == [
        ("column B holds the error #REF!",), (f"it has more than {MOST_COLUMNS} columns",),
    ]  # fmt: skip
    assert old.name == "sheet “Old” (hidden)"
    (tmp_path / "p.csv").write_text(f"Ref,Action,Lead\n1.1,{'x' * (LONGEST + 1)},Police\n")
    ((_, long),) = [table.rows for table in read_tables(tmp_path / "p.csv", "p.csv")]
    assert long.doubts == ("column 2 holds more than 100,000 characters",)


def test_quotes_and_apostrophes_in_csv_are_as_spreadsheets_write_them(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(
        'Ref,Action,Lead,By when\n2.1,"Line one\nline ""two"" said, he",Police,Ongoing\n'
        "2.2,'Safe' handover with the child's school,Health,Ongoing\n2.3,'=Do this,Police,Ongoing\n"
    )
    (table,) = read_tables(file, file.name)
    assert [row.cells for row in table.rows[1:]] == [
        ("2.1", 'Line one\nline "two" said, he', "Police", "Ongoing"),
        ("2.2", "'Safe' handover with the child's school", "Health", "Ongoing"),
        ("2.3", "=Do this", "Police", "Ongoing"),
    ]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def in_control(element: Any) -> Any:
    """Put an element into a content control, as a date picker or drop-down of Word has it."""
    around, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    element.addprevious(around)
    around.append(content)
    content.append(element)
    return around


@pytest.mark.parametrize("part", ["table", "row", "cell", "paragraph", "words"])
def test_content_controls_of_word_move_and_hide_nothing(tmp_path: Path, part: str) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (HEAD, ["1.1", "Act", "Police"]), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    cell = table.cell(1, 1)
    in_control({
        "table": table._tbl, "row": table.rows[1]._tr, "cell": cell._tc, "paragraph": cell.paragraphs[0]._p,
        "words": cell.paragraphs[0].runs[0]._r,
    }[part])  # fmt: skip
    document.save(str(tmp_path / "p.docx"))
    (read,) = read_tables(tmp_path / "p.docx", "p.docx")
    assert [row.cells for row in read.rows] == [tuple(HEAD), ("1.1", "Act", "Police")]


def test_word_is_read_as_it_stands_with_its_changes_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, (["Ref", "Action"], ["1.1", "Act"], ["1.2", "Gone"]), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    properties = table.rows[2]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:del"))
    moved = OxmlElement("w:moveFrom")
    run = table.cell(1, 1).paragraphs[0].add_run(" elsewhere")._r
    run.addprevious(moved)
    moved.append(run)
    before = OxmlElement("w:gridBefore")
    before.set(f"{{{WORD}}}val", "1")
    document.save(str(tmp_path / "p.docx"))
    (read,) = read_tables(tmp_path / "p.docx", "p.docx")
    assert [row.cells for row in read.rows] == [("Ref", "Action"), ("1.1", "Act")]
    first = table.rows[1]._tr
    first.get_or_add_trPr().append(before)
    first.remove(table.cell(1, 0)._tc)
    document.save(str(tmp_path / "p.docx"))
    (read,) = read_tables(tmp_path / "p.docx", "p.docx")
    assert read.rows[1].cells == ("", "Act")


def test_a_pdf_with_its_headings_on_each_page_has_its_split_rows_made_whole(tmp_path: Path) -> None:
    rows = [
        ("1.1", "Write guidance.", "Police"),
        ("1.2", "Act on it. " * 260, "Health"),
        ("1.3", "Train staff.", "Police"),
    ]
    cells = ", ".join(f"[{cell.strip()}]" for row in rows for cell in row)
    source = f"""#set page(width: 300pt, height: 260pt, margin: 30pt)
#table(columns: (40pt, 1fr, 60pt), table.header([Ref], [Action], [Lead agency]), {cells})"""
    (tmp_path / "p.pdf").write_bytes(typst.compile(source.encode()))
    tables = read_tables(tmp_path / "p.pdf", "p.pdf")
    assert len({row.at for table in tables for row in table.rows}) > 1
    found = [row.cells for table in tables for row in table.rows]
    assert found == [tuple(HEAD), *((ref, " ".join(text.split()), lead) for ref, text, lead in rows)]
