"""Documents in the form of a council's own Word file."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from domain.errors import CannotWork
from publish.document import write_document_docx
from publish.letterhead import FOOT_STYLE

Make = Callable[..., Any]
GREEN = RGBColor(0x00, 0x66, 0x33)


def restyled(file: Path, *, secret: str = "") -> Path:
    """What a council does in Word: other letters and colours, a head with its name; what the file said is still in it."""
    document = docx.Document(str(file))
    document.styles["Heading 1"].font.color.rgb = GREEN
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Plan Table"].font.size = Pt(8)
    document.sections[0].header.paragraphs[0].text = "Borough of Elmcastle"
    if secret:
        document.add_paragraph(secret)
        document.core_properties.keywords = secret
        document.add_comment(document.paragraphs[0].runs, text=secret, author=secret)
    document.save(str(file))
    return file


def test_an_export_restyled_in_word_is_the_template_of_the_next(rich: Make, tmp_path: Path) -> None:
    template = restyled(write_document_docx(rich(), tmp_path / "template.docx"))
    document = docx.Document(str(write_document_docx(rich(template=template), tmp_path / "plan.docx")))
    assert document.styles["Heading 1"].font.color.rgb == GREEN
    assert document.styles["Normal"].font.name == "Georgia"
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Borough of Elmcastle"
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    plain = docx.Document(str(write_document_docx(rich(), tmp_path / "plain.docx")))
    assert [p.text for p in document.paragraphs] == [p.text for p in plain.paragraphs]
    assert [len(t.rows) for t in document.tables] == [len(t.rows) for t in plain.tables]
    # The heading row of a table takes its dark ground from the style, so that one change restyles all of them.
    assert all(table.style.name == "Plan Table" for table in document.tables)


def test_nothing_that_a_template_said_is_published_with_the_plan(rich: Make, tmp_path: Path) -> None:
    secret = "Wren was not seen alone"
    template = restyled(write_document_docx(rich(), tmp_path / "template.docx"), secret=secret)
    assert secret.encode() in b"".join(parts(template).values())
    written = write_document_docx(rich(template=template), tmp_path / "plan.docx")
    assert not [name for name, content in parts(written).items() if secret.encode() in content]


def test_the_foot_says_how_this_export_stands_and_no_earlier_one(rich: Make, tmp_path: Path) -> None:
    template = write_document_docx(rich(partnership="Elmcastle before"), tmp_path / "template.docx")
    again = write_document_docx(rich(template=template, partnership="Elmcastle now"), tmp_path / "again.docx")
    (foot,) = [p for p in docx.Document(str(again)).sections[0].footer.paragraphs if p.style.name == FOOT_STYLE]
    assert "Elmcastle now" in foot.text
    assert "before" not in foot._p.xml


def test_a_foot_of_the_councils_own_stays_above_ours(rich: Make, tmp_path: Path) -> None:
    template = write_document_docx(rich(), tmp_path / "template.docx")
    document = docx.Document(str(template))
    section = document.sections[0]
    section.footer.add_paragraph("Town Hall, Elmcastle")
    section.different_first_page_header_footer = True
    section.first_page_footer.paragraphs[0].text = "First page"
    document.save(str(template))
    section = docx.Document(str(write_document_docx(rich(template=template), tmp_path / "plan.docx"))).sections[0]
    for foot, own in ((section.footer, "Town Hall, Elmcastle"), (section.first_page_footer, "First page")):
        assert own in [p.text for p in foot.paragraphs]
        assert foot.paragraphs[-1].style.name == FOOT_STYLE
        assert foot.paragraphs[-1]._p.findall(f".//{qn('w:instrText')}")


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "cannot be read"), (b"not a document", "not a Word document"), (b"", "not a Word document")],
)
def test_a_file_that_is_no_template_is_refused(rich: Make, tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "letterhead.docx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotWork, match=says) as refused:
        write_document_docx(rich(template=file), tmp_path / "plan.docx")
    assert "letterhead.docx" in str(refused.value)
    assert not (tmp_path / "plan.docx").exists()


def test_a_document_without_our_styles_says_how_to_make_a_template(rich: Make, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "bare.docx"))
    with pytest.raises(
        CannotWork, match=r"lacks the styles Plan Table, Plan Footer\. Export the plan as docx, restyle"
    ):
        write_document_docx(rich(template=tmp_path / "bare.docx"), tmp_path / "plan.docx")


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}
