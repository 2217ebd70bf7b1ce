"""A paper as a Word document, in our own form or a council's; the same paper gives the same bytes."""

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as WordSection
from docx.section import _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from publish.letterhead import FOOT_STYLE, TABLE_STYLE, open_letterhead
from publish.paper import Paper, Section, Table
from publish.wording import clean, one_line

_MARGIN = 15
_DEEP = RGBColor(0x1D, 0x4E, 0x6B)
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def docx_bytes(paper: Paper) -> bytes:
    """The paper as docx: real headings, tables whose headings repeat on every page, British English.

    In the form of the paper's template where it has one. Raises `CannotWork` where that cannot be used.
    """
    if paper.template is None:
        document = Document()
        _style(document, paper)
    else:
        document = open_letterhead(paper.template)
    _set_up(document, paper)
    document.add_heading(one_line(paper.title), level=0)
    document.add_paragraph(one_line(paper.subtitle), style="Subtitle")
    if paper.warning:
        document.add_paragraph().add_run(clean(paper.warning)).bold = True
    for sentence in paper.introduction:
        document.add_paragraph(clean(sentence))
    for section in paper.sections:
        _add_section(document, section, paper.size[0] - 2 * _MARGIN)
    stream = io.BytesIO()
    document.save(stream)
    return _undated(stream.getvalue())


def _set_up(document: WordDocument, paper: Paper) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT if paper.portrait else WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = map(Mm, paper.size)
    page.left_margin = page.right_margin = Mm(_MARGIN)
    about = document.core_properties
    about.title, about.author, about.language = one_line(paper.title)[:255], one_line(paper.organisation)[:255], "en-GB"
    about.comments, about.last_modified_by, about.keywords, about.subject, about.category = "", "", "", "", ""
    about.created = about.modified = datetime.combine(paper.created, time())
    about.revision = 1
    for foot in _feet(page):
        line = foot.paragraphs[0] if _is_blank(foot) else foot.add_paragraph()
        line.style = document.styles[FOOT_STYLE]
        line.add_run(f"{one_line(paper.footer)}. Page ")
        _add_page_number(line)


def _feet(page: WordSection) -> list[_Footer]:
    """The feet that are printed: that of the first page too where a template has one of its own."""
    feet = [page.footer]
    if page.different_first_page_header_footer:
        feet.append(page.first_page_footer)
    return feet


def _is_blank(foot: _Footer) -> bool:
    return len(foot.paragraphs) == 1 and not foot.tables and len(foot.paragraphs[0]._p) == 0


def _style(document: WordDocument, paper: Paper) -> None:
    """The house's own form: what a council changes in Word when it makes a template of its own."""
    page = document.sections[0]
    page.top_margin = page.bottom_margin = Mm(_MARGIN)
    foot_style = document.styles.add_style(FOOT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    foot_style.base_style = document.styles["Footer"]
    # One page is set closer than a plan of many.
    sizes = (9.5, 20, 10, 13) if paper.portrait else (10, 22, 11, 14)
    for name, size in zip(("Normal", "Title", "Subtitle", "Heading 1", FOOT_STYLE), (*sizes, 8), strict=True):
        font = document.styles[name].font
        font.name, font.size = "Calibri", Pt(size)
        if name not in ("Normal", FOOT_STYLE):
            font.color.rgb = _DEEP
            # The theme's typeface would win over the name just given.
            fonts = document.styles[name].element.rPr.rFonts
            for key in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[key]
    if paper.portrait:
        page.footer_distance = Mm(8)
        for name, before, after in (("Normal", 0, 3), ("Title", 0, 4), ("Subtitle", 0, 3), ("Heading 1", 7, 3)):
            spacing = document.styles[name].paragraph_format
            spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.0
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:val"), "en-GB")
    _add_table_style(document, 8.5 if paper.portrait else 9)


def _add_table_style(document: WordDocument, size: float) -> None:
    """A table style whose first row is the dark heading, so that a council restyles every table in one place."""
    style = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Table Grid"]
    style.font.size = Pt(size)
    head = parse_xml(
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_DEEP}"/></w:tcPr></w:tblStylePr>'
    )
    style.element.append(parse_xml(f'<w:pPr {nsdecls("w")}><w:spacing w:after="0"/></w:pPr>'))
    # In the order that Word's schema asks for: paragraph before letters.
    letters = style.element.find(qn("w:rPr"))
    letters.addprevious(style.element.find(qn("w:pPr")))
    style.element.append(head)


def _add_section(document: WordDocument, section: Section, across: float) -> None:
    heading = document.add_heading(one_line(section.heading), level=1)
    heading.paragraph_format.page_break_before = section.page_break
    for sentence in section.paragraphs:
        said = document.add_paragraph(clean(sentence))
        said.paragraph_format.keep_with_next = section.table is not None
    if section.table is not None:
        _add_table(document, section.table, across)


def _add_table(document: WordDocument, table: Table, across: float) -> None:
    grid = document.add_table(rows=0, cols=len(table.headings), style=TABLE_STYLE)
    grid.autofit = False
    _describe(grid._tbl, table.caption)
    share = across / sum(table.widths)
    widths = [Mm(round(width * share, 1)) for width in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    kept_whole = (True, *table.kept_whole())
    for number, (texts, whole) in enumerate(zip((table.headings, *table.rows), kept_whole, strict=True)):
        row = grid.add_row()
        properties = row._tr.get_or_add_trPr()
        if whole:
            properties.append(_flag("w:cantSplit"))
        if number == 0:
            properties.append(_flag("w:tblHeader"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _fill(cell, text)


def _fill(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].add_run(clean(text))


def _flag(tag: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    element.set(qn("w:val"), "true")
    return element


def _describe(grid: BaseOxmlElement, caption: str) -> None:
    """The alternative text that a screen reader gives for the table."""
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), one_line(caption))
    grid.tblPr.append(element)


def _add_page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            field = OxmlElement("w:instrText")
            field.text = "PAGE"
            run._r.append(field)


def _undated(content: bytes) -> bytes:
    """The same package with the hour of its making left out of every member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept:
        for member in given.infolist():
            kept.writestr(
                zipfile.ZipInfo(member.filename, _EARLIEST), given.read(member), compress_type=zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()
