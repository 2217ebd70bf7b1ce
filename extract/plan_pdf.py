"""PDFs of action plans -> tables of words, with rows that go on over pages made whole."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from extract.document import Document
from extract.hyphens import join_lines, printed_hyphens
from extract.layout import Cell, Line, Table
from extract.opening import Opened, open_review
from extract.plan_tables import MOST_ROWS, SourceRow, SourceTable, Unreadable, joined, made_row, too_many

HEAD_ROWS = 2  # a band that names a quadrant, and the headings


def from_pdf(file: Path, name: str) -> list[SourceTable]:
    """Every ruled table of a PDF, page by page. Raises `Unreadable`."""
    with tempfile.TemporaryDirectory() as folder:
        opened = open_review(file, Path(folder))
        if not isinstance(opened, Opened):
            raise Unreadable(f"{name} is no PDF that can be opened, or has a password. Save it anew without one.")
        with opened.document as document:
            return _tables(document, name)


def _tables(document: Document, name: str) -> list[SourceTable]:
    pages = [document.page(number) for number in range(1, len(document) + 1)]
    hyphens = printed_hyphens([line for page in pages for line in page.lines])

    def words(cell: Cell | None) -> str:
        return join_lines([line.text for line in cell.lines], hyphens) if cell is not None else ""

    tables: list[SourceTable] = []
    heads: set[tuple[str, ...]] = set()
    for page in pages:
        for place, table in enumerate(document.tables(page)):
            rows = [made_row(f"page {page.number}", tuple(words(cell) for cell in row)) for row in table.rows]
            rows = _without_repeated([row for row in rows if any(row.cells)], heads)
            last = tables[-1] if tables else None
            if place == 0 and rows and last is not None and _goes_on(last.rows[-1], rows[0]):
                rest = rows.pop(0)
                whole = joined(last.rows[-1], rest, lambda a, b: join_lines([a, b], hyphens))
                tables[-1] = SourceTable(last.name, (*last.rows[:-1], whole), last.before)
            if not rows:
                continue  # all of it went on from the page before, and the next page may go on from it again
            if sum(len(t.rows) for t in tables) + len(rows) > MOST_ROWS:
                raise too_many(name)
            tables.append(SourceTable(f"page {page.number}", tuple(rows), _above(page.lines, table)))
    return tables


def _without_repeated(rows: list[SourceRow], heads: set[tuple[str, ...]]) -> list[SourceRow]:
    """The rows after headings that are printed on each page again. `heads`: first rows so far, to which these are added."""
    first = [row.cells for row in rows[:HEAD_ROWS]]
    while len(rows) > 1 and rows[0].cells in heads:
        rows = rows[1:]
    heads.update(first)
    return rows


def _goes_on(last: SourceRow, first: SourceRow) -> bool:
    """Whether a page's first row is the rest of the row before: as wide, and without a reference of its own."""
    return len(first.cells) == len(last.cells) > 1 and not first.cells[0] and any(first.cells[1:])


def _above(lines: Sequence[Line], table: Table) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.bottom <= table.top + 1)
