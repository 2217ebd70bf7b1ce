"""The published document, read back from Word and from PDF."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.framework import Framework
from domain.states import Audience, Status
from publish.contents import PlanContents
from publish.document import plan_paper, write_document_docx, write_document_pdf
from publish.paper import Paper, Section, Table
from publish.pdf import pdf_bytes
from publish.word import docx_bytes

Make = Callable[..., Any]

MARKUP = (
    "#panic() $x^2$ *bold* _it_ `raw` <label> @cite //x /* \\n [a] = Heading "
    '#read("/etc/passwd") \u201cq\u201d ~ -- ---'
)


def pdf_text(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    pages = (page.get_textpage().get_text_bounded() for page in document)
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def docx_text(file: Path) -> str:
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_word_has_a_table_a_quadrant_with_repeated_headings(rich: Make, tmp_path: Path, framework: Framework) -> None:
    document = docx.Document(str(write_document_docx(rich(), tmp_path / "d.docx")))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [framework.name, *(entry.title for entry in framework.quadrants), "Annex: proposals"]
    columns = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    published = ["Ref", "Review refs", "Action", "Lead agency", "Target date", "Progress"]
    assert columns.count(published) == 3  # Q3 has nothing outstanding
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    refs = [row.cells[0].text for table in document.tables[1:4] for row in table.rows[1:]]
    assert refs == ["1.1", "1.2", "2.1", "4.1", "4.10"]  # 4.9 is closed
    assert document.core_properties.title == "Composite Action Plan, March 2026"
    assert document.core_properties.language == "en-GB"


@pytest.mark.parametrize("write", [write_document_docx, write_document_pdf])
def test_the_document_says_how_each_action_stands_and_what_is_overdue(
    make: Make, action: Make, tmp_path: Path, write: Make
) -> None:
    actions = (
        action(status=Status.COMPLETE),
        action(ref="1.2", status=Status.ASSURED),
        action(ref="1.3", target_date="2026-01-31"),
        action(ref="1.4", status=Status.OPEN, target_date="Ongoing"),
        action(ref="1.5", status=Status.COMPLETE, target_date="2026-01-31"),
        action(ref="2.1", quadrant="Q2"),
    )
    file = write(make(actions=actions), tmp_path / "d")
    text = pdf_text(file) if write is write_document_pdf else docx_text(file)
    assert "Open: 1.4. In progress: 1.3. Complete: 1.1, 1.5. Assured: 1.2." in text
    assert "Overdue: 1.3 since 31/01/2026." in text
    assert "In progress: 2.1." in text
    assert "None of them is overdue." in text


def test_the_word_file_keeps_to_the_order_of_its_format(rich: Make, tmp_path: Path) -> None:
    document = docx.Document(str(write_document_docx(rich(), tmp_path / "d.docx")))
    for properties in document.element.iter(qn("w:tblPr")):
        tags = [child.tag for child in properties]
        assert tags.index(qn("w:tblCaption")) == len(tags) - 1
        assert tags.count(qn("w:tblLayout")) == 1


def test_the_pdf_is_tagged_and_says_the_same(rich: Make, tmp_path: Path) -> None:
    file = write_document_pdf(rich(), tmp_path / "d.pdf")
    text = pdf_text(file)
    for words in ("Composite Action Plan, March 2026", "Run a multi-agency case file audit of pre-birth work.",
                  "01/02/2026", "K, L", "Ongoing", "Annex: proposals", "Working copy of the partnership"):  # fmt: skip
        assert words in text
    assert "Set a core standard for supervision." not in text
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en-GB"
        assert pdf.pages[0].mediabox[2] > pdf.pages[0].mediabox[3]
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("write", [write_document_docx, write_document_pdf])
def test_the_public_document_has_neither_proposals_nor_hidden_letters(rich: Make, tmp_path: Path, write: Make) -> None:
    file = write(rich(audience=Audience.PUBLIC, working_copy=False), tmp_path / "d")
    text = pdf_text(file) if write is write_document_pdf else docx_text(file)
    for secret in ("Annex", "escalation is used", "Adult L", "hidden matter", "K, L", "Proposed", "Working copy"):
        assert secret not in text
    assert "For publication, as of 31 March 2026" in text


@pytest.mark.parametrize("write", [write_document_docx, write_document_pdf])
def test_the_same_contents_give_the_same_bytes(rich: Make, tmp_path: Path, write: Make) -> None:
    first = write(rich(), tmp_path / "a").read_bytes()
    time.sleep(2.1)  # what a zip's clock can tell apart
    assert write(rich(), tmp_path / "b").read_bytes() == first


@pytest.mark.parametrize("write", [write_document_docx, write_document_pdf])
def test_an_empty_plan_says_so(make: Make, tmp_path: Path, write: Make) -> None:
    file = write(make(), tmp_path / "d")
    text = pdf_text(file) if write is write_document_pdf else docx_text(file)
    assert text.count("No action is outstanding here.") == 4
    assert "No recommendation waits for a decision." in text
    assert "0 outstanding actions" in text


def test_no_text_is_markup_in_the_pdf(make: Make, action: Make, tmp_path: Path) -> None:
    file = write_document_pdf(
        make(partnership=MARKUP, actions=(action(text=MARKUP, progress=MARKUP),)), tmp_path / "d.pdf"
    )
    text = pdf_text(file)
    assert '#read("/etc/passwd")' in text
    assert "$x^2$ *bold* _it_ `raw` <label> @cite //x /*" in text


def test_signs_without_a_font_do_not_stop_the_pdf(make: Make, action: Make, tmp_path: Path) -> None:
    file = write_document_pdf(make(actions=(action(text="Ask \ue123 \U000e0041 twice"),)), tmp_path / "d.pdf")
    assert "twice" in pdf_text(file)
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked


@pytest.mark.parametrize("write", [write_document_docx, write_document_pdf])
def test_very_long_and_unholdable_text(make: Make, action: Make, tmp_path: Path, write: Make) -> None:
    long = "word " * 20_000 + "\x00\x1f\ud800 the end"
    file = write(make(actions=(action(text=long),)), tmp_path / "d")
    text = pdf_text(file) if write is write_document_pdf else docx_text(file)
    assert "the end" in text
    assert text.count("word") >= 20_000


def test_a_thousand_actions_are_quick(make: Make, action: Make, tmp_path: Path) -> None:
    actions = tuple(action(ref=f"{1 + n % 4}.{1 + n // 4}", quadrant=f"Q{1 + n % 4}") for n in range(1000))
    contents: PlanContents = make(actions=actions)
    started = time.perf_counter()
    write_document_docx(contents, tmp_path / "d.docx")
    write_document_pdf(contents, tmp_path / "d.pdf")
    assert time.perf_counter() - started < 20
    assert "4.250" in pdf_text(tmp_path / "d.pdf")


def test_a_long_annex_says_how_much_of_it_is_printed(make: Make, proposal: Make) -> None:
    waiting = tuple(proposal(id=f"r-{n:012}") for n in range(501))
    annex = plan_paper(make(proposals=waiting)).sections[-1]
    assert annex.table is not None
    assert len(annex.table.rows) == 500
    assert annex.paragraphs[-1] == "Here are the first 500 of 501; the workbook has them all."
    assert len(plan_paper(make(proposals=waiting[:500])).sections[-1].paragraphs) == 1


def test_superseded_and_closed_actions_are_not_in_the_document(make: Make, action: Make) -> None:
    done = tuple(action(ref=f"1.{n}", status=s) for n, s in enumerate((Status.SUPERSEDED, Status.CLOSED)))
    assert all(section.table is None for section in plan_paper(make(actions=done)).sections)


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_any_text_makes_a_document(text: str) -> None:
    table = Table(text, (text, text), (1.0, 2.0), ((text, text),))
    paper = Paper(text or "x", text, text, date(2026, 3, 31), text, (text,), (Section(text, (text,), table),), text)
    assert pypdfium2.PdfDocument(pdf_bytes(paper))
    with zipfile.ZipFile(io.BytesIO(docx_bytes(paper))) as package:
        assert package.testzip() is None
    docx.Document(io.BytesIO(docx_bytes(paper)))
