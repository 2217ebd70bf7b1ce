"""An existing action plan's file (xlsx, csv, docx, PDF) -> tables of words, each row with its place. Runs in the sandbox.

What the columns mean is not known here: `plan.arriving` says that. Formulas are never computed, macros never run.
"""

import csv
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils.exceptions import InvalidFileException

from extract.document import Document
from extract.hyphens import join_lines, printed_hyphens
from extract.layout import Cell, Line, Table
from extract.opening import Opened, open_review

KINDS = (".xlsx", ".xlsm", ".csv", ".docx", ".pdf")
MOST_ROWS = 20_000  # a national plan has some thousands; more is another kind of workbook
MOST_COLUMNS = 200
EMPTY_ROWS = 200_000  # formatted but empty rows that are passed over before the rest is given up
LONGEST = 100_000  # characters of a cell
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office writes for the older formats, and around a password
TEXTS_OF_WORD = {qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")}


class Unreadable(Exception):
    """A file from which no table can be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row: where it stands ("row 7", "page 3"), its cells as words, dates as ISO days; doubts: cells that cannot be trusted."""

    at: str
    cells: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table or sheet: its name, the lines that stand before it, and its rows."""

    name: str
    rows: tuple[SourceRow, ...]
    before: tuple[str, ...] = ()


def read_json(file: str, name: str) -> dict[str, Any]:
    """`{"tables": [...]}`, or `{"refused": message}` where nothing can be taken; for the sandbox."""
    try:
        tables = read_tables(Path(file), name)
    except Unreadable as error:
        return {"refused": str(error)}
    return {"tables": [asdict(table) for table in tables]}


def read_tables(file: Path, name: str) -> tuple[SourceTable, ...]:
    """Every table of a file, in order. `name`: as the person knows it. Raises `Unreadable`."""
    ending = Path(name).suffix.casefold()
    if ending not in KINDS:
        raise Unreadable(f"{name} is none of the kinds of file that can be imported: {', '.join(KINDS)}.")
    with file.open("rb") as stream:
        start = stream.read(8)
    if not start:
        raise Unreadable(f"{name} is empty. Ask for the file again.")
    if start == OLD_OFFICE:
        raise Unreadable(
            f"{name} is protected by a password or in an old format. Save it without a password as {ending} of today."
        )
    match ending:
        case ".csv":
            tables: Iterable[SourceTable] = _from_csv(file, name)
        case ".docx":
            tables = _from_word(file, name)
        case ".pdf":
            tables = _from_pdf(file, name)
        case _:
            tables = _from_workbook(file, name)
    found = tuple(table for table in tables if table.rows)
    if not found:
        raise Unreadable(f"{name} holds no table. A plan is a table with one row for each action.")
    return found


def from_json(answer: dict[str, Any]) -> tuple[SourceTable, ...]:
    """The tables of what `read_json` gave. Raises `Unreadable` with its message where it refused the file."""
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    return tuple(
        SourceTable(
            table["name"],
            tuple(SourceRow(row["at"], tuple(row["cells"]), tuple(row["doubts"])) for row in table["rows"]),
            tuple(table["before"]),
        )
        for table in answer["tables"]
    )


def _too_many(name: str) -> Unreadable:
    return Unreadable(
        f"{name} has more than {MOST_ROWS:,} rows, too many for an action plan. Take out what is not one."
    )


# ------------------------------------------------------------------------------------------------ workbooks


def _from_workbook(file: Path, name: str) -> Iterator[SourceTable]:
    try:
        values = openpyxl.load_workbook(file, read_only=True, data_only=True)
        written = openpyxl.load_workbook(file, read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        raise Unreadable(f"{name} is no workbook that can be opened. Save it anew as .xlsx.") from error
    for sheet in values.worksheets:
        rows: list[SourceRow] = []
        pairs = zip(sheet.iter_rows(), written[sheet.title].iter_rows(), strict=False)
        for number, (row, formulas) in enumerate(pairs, start=1):
            cells = tuple(_shown(cell) for cell in row[:MOST_COLUMNS])
            doubts = tuple(
                f"{letter} holds a formula whose result is not kept in the file"
                for letter, cell, formula in _lettered(row, formulas)
                if formula.data_type == "f" and cell.value is None
            )
            if any(cells) or doubts:
                rows.append(SourceRow(f"row {number}", cells, doubts))
            if len(rows) > MOST_ROWS:
                raise _too_many(name)
            if number - len(rows) > EMPTY_ROWS:
                break
        yield SourceTable(f"sheet “{sheet.title}”", tuple(rows))


def _lettered(row: Sequence[SheetCell], formulas: Sequence[SheetCell]) -> Iterator[tuple[str, SheetCell, SheetCell]]:
    for place, (cell, formula) in enumerate(zip(row, formulas, strict=False)):
        yield f"column {openpyxl.utils.get_column_letter(place + 1)}", cell, formula


def _shown(cell: SheetCell) -> str:
    """A cell's value as a person sees it: dates as ISO days, 4.10 as "4.10" where the cell shows two decimals."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        decimals = str(cell.number_format or "").partition(".")[2]
        if decimals and set(decimals) == {"0"}:
            return f"{value:.{len(decimals)}f}"
        return str(int(value)) if value.is_integer() else repr(value)
    return _folded(str(value))


def _folded(words: str) -> str:
    """Words with the white space within each line folded, and no empty lines at either end."""
    lines = (" ".join(line.split()) for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()[:LONGEST]


# ------------------------------------------------------------------------------------------------ csv


def _from_csv(file: Path, name: str) -> Iterator[SourceTable]:
    text = _decoded(file.read_bytes())
    if "\0" in text:
        raise Unreadable(f"{name} is no CSV file. Save it anew from the spreadsheet as CSV.")
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    rows: list[SourceRow] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), dialect), start=1):
            if any(cell.strip() for cell in cells):
                rows.append(SourceRow(f"row {number}", tuple(_folded(cell) for cell in cells[:MOST_COLUMNS])))
            if len(rows) > MOST_ROWS:
                raise _too_many(name)
    except csv.Error as error:
        raise Unreadable(f"{name} is no CSV file that can be read ({error}). Save it anew as CSV.") from error
    yield SourceTable(name, tuple(rows))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes on Windows in this country.
        return content.decode("cp1252", "replace")


# ------------------------------------------------------------------------------------------------ Word


def _from_word(file: Path, name: str) -> Iterator[SourceTable]:
    try:
        document = docx.Document(str(file))
    except (
        OpcError,
        ValueError,
        KeyError,
        zipfile.BadZipFile,
        OSError,
        SyntaxError,
        AttributeError,
        TypeError,
    ) as error:
        raise Unreadable(f"{name} is no Word document that can be opened. Save it anew as .docx.") from error
    before: list[str] = []
    number = 0
    for block in document.element.body.iterchildren():
        if block.tag == qn("w:p"):
            before.append(_paragraph(block))
        elif block.tag == qn("w:tbl"):
            number += 1
            rows = tuple(_word_rows(block, name))
            yield SourceTable(f"table {number}", rows, tuple(words for words in before if words))
            before = []


def _word_rows(table: BaseOxmlElement, name: str) -> Iterator[SourceRow]:
    kept: SourceRow | None = None
    for number, row in enumerate(table.iterchildren(qn("w:tr")), start=1):
        if number > MOST_ROWS:
            raise _too_many(name)
        cells: list[str] = []
        doubts: list[str] = []
        goes_on = False
        for cell in row.iterchildren(qn("w:tc")):
            if cell.find(qn("w:tbl")) is not None:
                doubts.append(f"column {len(cells) + 1} holds a table of its own")
            properties = cell.tcPr
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            merged = properties.find(qn("w:vMerge")) if properties is not None else None
            follows = merged is not None and merged.get(qn("w:val")) != "restart"
            goes_on |= follows and not cells
            words = "\n".join(filter(None, (_paragraph(p) for p in cell.iterchildren(qn("w:p")))))
            cells.append("" if follows else words)
            wide = span.get(qn("w:val"), "1") if span is not None else "1"
            cells += [""] * (min(int(wide), MOST_COLUMNS) - 1 if wide.isdigit() else 0)
        found = SourceRow(f"row {number}", tuple(cells[:MOST_COLUMNS]), tuple(doubts))
        if goes_on and kept is not None:
            kept = _joined(kept, found, lambda a, b: f"{a}\n{b}")
            continue
        if kept is not None:
            yield kept
        kept = found
    if kept is not None:
        yield kept


def _paragraph(paragraph: BaseOxmlElement) -> str:
    parts = []
    for node in paragraph.iter(*TEXTS_OF_WORD):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        else:
            parts.append(" " if node.tag == qn("w:tab") else "\n")
    return _folded("".join(parts))


def _joined(row: SourceRow, rest: SourceRow, join: Callable[[str, str], str]) -> SourceRow:
    """A row with what another adds to its cells."""
    width = max(len(row.cells), len(rest.cells))
    pairs = zip(_widened(row.cells, width), _widened(rest.cells, width), strict=True)
    cells = tuple(join(a, b) if a and b else a or b for a, b in pairs)
    return SourceRow(row.at, cells, row.doubts + rest.doubts)


def _widened(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


# ------------------------------------------------------------------------------------------------ PDF


def _from_pdf(file: Path, name: str) -> Iterable[SourceTable]:
    with tempfile.TemporaryDirectory() as folder:
        opened = open_review(file, Path(folder))
        if not isinstance(opened, Opened):
            raise Unreadable(f"{name} is no PDF that can be opened, or has a password. Save it anew without one.")
        with opened.document as document:
            return _pdf_tables(document, name)


def _pdf_tables(document: Document, name: str) -> list[SourceTable]:
    pages = [document.page(number) for number in range(1, len(document) + 1)]
    hyphens = printed_hyphens([line for page in pages for line in page.lines])

    def words(cell: Cell | None) -> str:
        return join_lines([line.text for line in cell.lines], hyphens) if cell is not None else ""

    tables: list[SourceTable] = []
    for page in pages:
        for place, table in enumerate(document.tables(page)):
            rows = [SourceRow(f"page {page.number}", tuple(words(cell) for cell in row)) for row in table.rows]
            rows = [row for row in rows if any(row.cells)]
            last = tables[-1] if tables else None
            if place == 0 and rows and last is not None and last.rows and _goes_on(last.rows[-1], rows[0]):
                rest = rows.pop(0)
                whole = _joined(last.rows[-1], rest, lambda a, b: join_lines([a, b], hyphens))
                tables[-1] = SourceTable(last.name, (*last.rows[:-1], whole), last.before)
            if not rows:
                continue  # all of it went on from the page before, and the next page may go on from it again
            if sum(len(t.rows) for t in tables) + len(rows) > MOST_ROWS:
                raise _too_many(name)
            tables.append(SourceTable(f"page {page.number}", tuple(rows), _above(page.lines, table)))
    return tables


def _goes_on(last: SourceRow, first: SourceRow) -> bool:
    """Whether a page's first row is the rest of the row before: as wide, and without a reference of its own."""
    return len(first.cells) == len(last.cells) > 1 and not first.cells[0] and any(first.cells[1:])


def _above(lines: Sequence[Line], table: Table) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.bottom <= table.top + 1)
