"""A Word document, written with python-docx and printed by LibreOffice: the parts that reviews are made of."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from story import Block, Item, Story, runs

FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FORMATS = {
    "1.": ("decimal", "%1."),
    "i.": ("lowerRoman", "%1."),
    "(i)": ("lowerRoman", "(%1)"),
    "(a)": ("lowerLetter", "(%1)"),
}
FORMATS |= {"A.": ("upperLetter", "%1."), "1)": ("decimal", "%1)"), "I.": ("upperRoman", "%1.")}


def element(name: str, **attributes: object) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


class Paper:
    """One document under construction; `handlers` draw the directives of its story."""

    def __init__(
        self,
        story: Story,
        font: str = "Carlito",
        size: float = 11,
        ink: str = "1F3864",
        toc: dict[str, int] | None = None,
    ) -> None:
        self.story, self.font, self.ink, self.toc = story, font, ink, toc
        self.doc = Document()
        self.notes: list[str] = []
        self.handlers: dict[str, Callable[[Block], None]] = {}
        self.headings: list[tuple[int, str]] = []
        self.queue = iter(story.items)
        self.heads_from_new_page = False
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = font, Pt(size)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
        normal.paragraph_format.space_after = Pt(7)
        normal.paragraph_format.line_spacing = 1.12
        normal.element.rPr.append(element("w:lang", val="en-GB"))
        for level, points in ((1, size + 5), (2, size + 2), (3, size + 0.5)):
            style = self.doc.styles[f"Heading {level}"]
            style.font.name, style.font.size, style.font.color.rgb = font, Pt(points), RGBColor.from_string(ink)
            style.element.rPr.rFonts.attrib.clear()
            style.element.rPr.rFonts.set(qn("w:ascii"), font)
            style.element.rPr.rFonts.set(qn("w:hAnsi"), font)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(6)
        self.page(self.doc.sections[0])

    def page(self, section: Any, margin: float = 2.4) -> None:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(margin)
        section.top_margin = section.bottom_margin = Cm(2.3)

    # Words

    def add_runs(self, paragraph: Any, text: str, **font: Any) -> Any:
        for style, words in runs(text):
            if style == "note":
                self.call(paragraph, words)
                continue
            run = paragraph.add_run(words)
            run.bold = True if style == "bold" else font.get("bold")
            run.italic = True if style == "italic" else font.get("italic")
            if "size" in font:
                run.font.size = Pt(font["size"])
            if "ink" in font:
                run.font.color.rgb = RGBColor.from_string(font["ink"])
        return paragraph

    def paragraph(self, text: str, style: str | None = None, **font: Any) -> Any:
        return self.add_runs(self.doc.add_paragraph(style=style), text, **font)

    def heading(self, level: int, text: str, listed: bool = True) -> Any:
        if listed:
            self.headings.append((level, text))
        made = self.doc.add_heading(text, level)
        if level == 1 and self.heads_from_new_page and len(self.headings) > 1:
            made.paragraph_format.page_break_before = True
        return made

    def call(self, paragraph: Any, words: str) -> None:
        self.notes.append(words)
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(element("w:footnoteReference", id=len(self.notes) + 1))

    def page_break(self) -> None:
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    # Lists

    def new_list(
        self, printed: str = "1.", left: float = 1.0, hang: float = 0.8, bold: bool = False, start: int = 1
    ) -> int:
        """A Word list of its own, so that its numbering begins anew."""
        form, text = FORMATS.get(printed, ("decimal", printed))
        numbering = self.doc.part.numbering_part.element
        key = max((int(n.get(qn("w:abstractNumId"))) for n in numbering.findall(qn("w:abstractNum"))), default=0) + 1
        abstract = element("w:abstractNum", abstractNumId=key)
        level = element("w:lvl", ilvl=0)
        level.append(element("w:start", val=start))
        level.append(element("w:numFmt", val=form))
        level.append(element("w:lvlText", val=text))
        level.append(element("w:lvlJc", val="left"))
        shape = element("w:pPr")
        shape.append(element("w:ind", left=int(left * 567), hanging=int(hang * 567)))
        level.append(shape)
        if bold:
            look = element("w:rPr")
            look.append(element("w:b"))
            level.append(look)
        abstract.append(level)
        numbering.insert(0, abstract)
        number = numbering.add_num(key)
        return int(number.numId)

    def listed(self, text: str, number: int, **font: Any) -> Any:
        made = self.paragraph(text, "List Paragraph", **font)
        made.paragraph_format.left_indent = None
        made._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
        made._p.pPr.numPr.get_or_add_ilvl().val = 0
        made.paragraph_format.space_after = Pt(6)
        made._p.pPr.append(element("w:contextualSpacing", val=0))
        return made

    def bullets(self, texts: Iterable[str], left: float | None = None) -> None:
        for text in texts:
            made = self.paragraph(text, "List Bullet")
            made.paragraph_format.space_after = Pt(3)
            if left is not None:
                made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(left), Cm(-0.6)

    # Looks

    def shade(self, paragraph: Any, fill: str, edge: str | None = None) -> Any:
        shape = paragraph._p.get_or_add_pPr()
        if edge:
            border = element("w:pBdr")
            for side in ("top", "left", "bottom", "right"):
                border.append(element(f"w:{side}", val="single", sz=6, space=4, color=edge))
            shape.append(border)
        shape.append(element("w:shd", val="clear", color="auto", fill=fill))
        return paragraph

    def box(self, fill: str = "DEEAF6", edges: bool = True, width: float = 16.2) -> Any:
        """A table of one cell, which is how most Word users make a box; the cell."""
        table = self.doc.add_table(rows=1, cols=1)
        if edges:
            table.style = "Table Grid"
        cell = table.rows[0].cells[0]
        cell.width = Cm(width)
        self.fill(cell, fill)
        self.doc.add_paragraph().paragraph_format.space_after = Pt(2)
        return cell

    def fill(self, cell: Any, fill: str) -> None:
        cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=fill))

    def write(self, cell: Any, texts: Sequence[str] | str, **font: Any) -> None:
        texts = [texts] if isinstance(texts, str) else texts
        for n, text in enumerate(texts):
            paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            if text.startswith("- "):
                paragraph.style, text = self.doc.styles["List Bullet"], text[2:]
                paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.5), Cm(-0.4)
            paragraph.paragraph_format.space_after = Pt(3)
            self.add_runs(paragraph, text, **font)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Any]],
        widths: Sequence[float],
        *,
        ruled: bool = True,
        size: float = 9.5,
        fill: str = "D9E2F3",
        whole_rows: bool = False,
        repeat: bool = True,
    ) -> Any:
        table = self.doc.add_table(rows=0, cols=len(widths))
        if ruled:
            table.style = "Table Grid"
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for n, row in enumerate([head, *rows] if head else rows):
            made = table.add_row()
            is_head = bool(head) and n == 0
            for cell, words, width in zip(made.cells, row, widths, strict=True):
                cell.width = Cm(width)
                self.write(cell, words, size=size, **({"bold": True} if is_head else {}))
                if is_head and ruled:
                    self.fill(cell, fill)
            shape = made._tr.get_or_add_trPr()
            if whole_rows:
                shape.append(element("w:cantSplit"))
            if is_head and repeat:
                shape.append(element("w:tblHeader"))
        self.doc.add_paragraph().paragraph_format.space_after = Pt(4)
        return table

    def beside(self, text: str, width: float = 1.3, **font: Any) -> Any:
        """Words in a frame in the margin, level with the paragraph that follows."""
        made = self.paragraph(text, **font)
        frame = element(
            "w:framePr",
            w=int(width * 567),
            hSpace=113,
            wrap="around",
            vAnchor="text",
            hAnchor="page",
            x=int(1.0 * 567),
            y=1,
        )
        made._p.get_or_add_pPr().insert(0, frame)
        return made

    def text_box(self, text: str, width: float = 5.5, height: float = 2.2, fill: str = "FFF2CC") -> None:
        """A floating text box at the right, around which the following text runs."""
        around = self.doc.add_paragraph()
        shape = parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w10="urn:schemas-microsoft-com:office:word">'
            f'<w:pict><v:rect fillcolor="#{fill}" strokecolor="#7F7F7F" style="position:absolute;margin-left:{16.2 - width}cm;'
            f'margin-top:4pt;width:{width}cm;height:{height}cm;mso-wrap-style:square">'
            '<v:textbox><w:txbxContent><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:i/><w:sz w:val="20"/></w:rPr>'
            f'<w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox><w10:wrap type="square"/></v:rect></w:pict></w:r>'
        )
        around._p.append(shape)

    def picture(self, path: Path, width: float, caption: str) -> None:
        made = self.doc.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.keep_with_next = True
        made.add_run().add_picture(str(path), width=Cm(width))
        self.paragraph(caption, "Caption").alignment = WD_ALIGN_PARAGRAPH.CENTER

    # Sections, heads and feet

    def section(self, *, landscape: bool = False, columns: int = 1, new_page: bool = True) -> Any:
        made = self.doc.add_section(WD_SECTION.NEW_PAGE if new_page else WD_SECTION.CONTINUOUS)
        self.page(made)
        made.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        if landscape:
            made.page_width, made.page_height = Cm(29.7), Cm(21)
            made.left_margin = made.right_margin = Cm(1.6)
        for old in made._sectPr.findall(qn("w:cols")):
            made._sectPr.remove(old)
        made._sectPr.append(element("w:cols", num=columns, space=567))
        return made

    def field(self, paragraph: Any, code: str) -> None:
        for kind in ("begin", None, "end"):
            run = paragraph.add_run()
            run.font.size = Pt(8.5)
            if kind:
                run._r.append(element("w:fldChar", fldCharType=kind))
            else:
                words = OxmlElement("w:instrText")
                words.text = code
                run._r.append(words)

    def furniture(self, head: str, foot: str = "", pages: str = "Page {PAGE} of {NUMPAGES}") -> None:
        """A running head and foot on all pages but the first of the document."""
        section = self.doc.sections[0]
        section.different_first_page_header_footer = True
        if head:
            self.add_runs(section.header.paragraphs[0], head, size=8.5, ink="595959")
        below = section.footer.paragraphs[0]
        if foot:
            self.add_runs(below, foot + "\t", size=8.5, ink="595959")
        for piece in re.split(r"\{(\w+)\}", pages):
            if piece in ("PAGE", "NUMPAGES"):
                self.field(below, piece)
            else:
                self.add_runs(below, piece, size=8.5, ink="595959")

    def title_page(self, lines: Sequence[tuple[str, float, bool]], top: float = 5.0) -> None:
        for n, (text, points, bold) in enumerate(lines):
            made = self.paragraph(text, size=points, bold=bold, ink=self.ink)
            made.paragraph_format.space_before = Cm(top) if n == 0 else Pt(8)
        note = self.paragraph(
            "This review is fictional. It was written to test software. No real person, family, place, board or case is described.",
            italic=True,
            size=9.5,
        )
        note.paragraph_format.space_before = Cm(3)

    def contents(self, title: str = "Contents", levels: int = 2, width: float = 16.2) -> None:
        """A contents page; its page numbers come from an earlier printing of the same document."""
        self.page_break()
        self.paragraph(title, bold=True, size=15, ink=self.ink)
        for level, text in (self.toc or {}) and [(int(key[0]), key[2:]) for key in self.toc or {}]:
            if level <= levels:
                made = self.paragraph(f"{text}\t{(self.toc or {})[f'{level} {text}']}")
                made.paragraph_format.left_indent = Cm(0.6 * (level - 1))
                made.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
                made.paragraph_format.space_after = Pt(3)
        if not self.toc:
            for _ in range(18):
                self.doc.add_paragraph()
        self.page_break()

    # The story

    def next_item(self) -> Item:
        return next(self.queue)

    def draw(self) -> None:
        for block in self.story.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        if block.kind == "directive":
            if block.name in self.handlers:
                self.handlers[block.name](block)
            elif block.name == "pagebreak":
                self.page_break()
            elif block.name != "endlead":
                raise LookupError(f"{self.story.name}: @{block.name} has no handler")
        elif block.kind.startswith("heading"):
            self.heading(int(block.kind[-1]), block.text)
        elif block.kind == "bullets":
            self.bullets(block.parts)
        elif block.kind == "numbers":
            number = self.new_list("1.")
            for part in block.parts:
                self.listed(part, number)
        elif block.kind == "quote":
            made = self.paragraph(block.text, italic=True)
            made.paragraph_format.left_indent = made.paragraph_format.right_indent = Cm(1)
        else:
            self.paragraph(block.text)

    # The file

    def footnotes(self) -> None:
        body = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
            for n, words in enumerate(self.notes, 2)
        )
        lines = '<w:footnote w:type="{0}" w:id="{1}"><w:p><w:r><w:{0}/></w:r></w:p></w:footnote>'
        ends = lines.format("separator", 0) + lines.format("continuationSeparator", 1)
        whole = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{ends}{body}</w:footnotes>'
        package = self.doc.part.package
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, whole.encode(), package)
        self.doc.part.relate_to(part, RT.FOOTNOTES)

    def print(self, folder: Path) -> Path:
        if self.notes:
            self.footnotes()
        about = self.doc.core_properties
        about.title, about.author, about.comments = self.story.about["title"], "", "Fictional"
        source = folder / f"{self.story.name}.docx"
        self.doc.save(str(source))
        office = shutil.which("soffice") or "soffice"
        home = f"-env:UserInstallation=file://{folder}/office"
        command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return source.with_suffix(".pdf")


def hyphenate(paper: Paper) -> None:
    paper.doc.settings.element.append(element("w:autoHyphenation", val=1))
