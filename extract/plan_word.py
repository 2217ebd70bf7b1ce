"""Word documents of action plans -> tables of words, as they stand with every tracked change accepted."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from extract.plan_tables import MOST_COLUMNS, MOST_ROWS, SourceRow, SourceTable, Unreadable, folded, made_row, too_many

# What Word puts around parts of a document without being one: content controls (date pickers, drop-downs), insertions.
AROUND = {
    qn("w:sdt"),
    qn("w:sdtContent"),
    qn("w:customXml"),
    qn("w:ins"),
    qn("w:moveTo"),
    qn("w:smartTag"),
    qn("w:hyperlink"),
}
# What is no longer there, or stands there twice: a text box is kept once more for older programs.
GONE = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
NOT_WORD = (OpcError, ValueError, KeyError, zipfile.BadZipFile, OSError, SyntaxError, AttributeError, TypeError)


def from_word(file: Path, name: str) -> Iterator[SourceTable]:
    """Every table of a document, with the paragraphs before it. Raises `Unreadable`."""
    try:
        document = docx.Document(str(file))
    except NOT_WORD as error:
        raise Unreadable(f"{name} is no Word document that can be opened. Save it anew as .docx.") from error
    before: list[str] = []
    number = 0
    for block in _children(document.element.body, qn("w:p"), qn("w:tbl")):
        if block.tag == qn("w:p"):
            before.append(_paragraph(block))
        else:
            number += 1
            yield SourceTable(f"table {number}", tuple(_rows(block, name)), tuple(words for words in before if words))
            before = []


def _children(element: BaseOxmlElement, *tags: str) -> Iterator[BaseOxmlElement]:
    """The parts of an element with these tags, in order, within content controls too."""
    for child in element.iterchildren():
        if child.tag in tags:
            yield child
        elif child.tag in AROUND:
            yield from _children(child, *tags)


def _rows(table: BaseOxmlElement, name: str) -> Iterator[SourceRow]:
    above: tuple[str, ...] = ()
    for number, row in enumerate(_children(table, qn("w:tr")), start=1):
        if number > MOST_ROWS:
            raise too_many(name)
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        cells: list[str] = [""] * _number(row, "w:trPr", "w:gridBefore", 0)
        doubts: list[str] = []
        merged: list[int] = []
        for cell in _children(row, qn("w:tc")):
            place = len(cells)
            if cell.find(f".//{qn('w:tbl')}") is not None:
                doubts.append(f"column {place + 1} holds a table of its own")
            if _goes_on(cell):
                merged.append(place)
                cells.append(above[place] if place < len(above) else "")
            else:
                cells.append("\n".join(filter(None, map(_paragraph, _children(cell, qn("w:p"))))))
            cells += [""] * (_number(cell, "w:tcPr", "w:gridSpan", 1) - 1)
        above = tuple(cells)
        yield made_row(f"row {number}", cells, doubts, merged)


def _goes_on(cell: BaseOxmlElement) -> bool:
    """Whether a cell is one with that above it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _number(element: BaseOxmlElement, properties: str, name: str, absent: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    words = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(words), MOST_COLUMNS) if words.isdigit() else absent


def _paragraph(paragraph: BaseOxmlElement) -> str:
    return folded("".join(_words(paragraph)))


def _words(element: BaseOxmlElement) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in GONE:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:tab") and element.tag == qn("w:r"):
            yield " "
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        else:
            yield from _words(child)
