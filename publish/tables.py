"""A table of figures as a file of its own: CSV for other programs, a workbook for people."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from domain.errors import UsageError
from domain.files import save
from publish.delimited import csv_bytes
from publish.sheets import Book, Column, Sheet

Value = str | int


def write_table(
    file: Path, title: str, lines: Sequence[str], table: Sequence[Sequence[Value]], notes: Sequence[str], made: date
) -> Path:
    """Write a table, headings first, as its ending says: .csv or .xlsx; gives back the file.

    lines: said above it, in a workbook alone; notes: said wherever the figures go, in CSV under the table. Raises
    `UsageError` for another ending, `CannotWork` where the file cannot be written.
    """
    match file.suffix.casefold():
        case ".csv":
            return save(file, csv_bytes([*table, *((note,) for note in notes)]))
        case ".xlsx":
            return save(file, _workbook(title, (*lines, *notes), table, made))
    raise UsageError(f"Let the name of {file.name} end in .csv or .xlsx, so that the kind of table is known.")


def _workbook(title: str, lines: tuple[str, ...], table: Sequence[Sequence[Value]], made: date) -> bytes:
    heads, *rows = table
    book = Book(title=title, subject=title, created=made, footer=title)
    columns = tuple(Column(str(head), _width(head, at, rows)) for at, head in enumerate(heads))
    book.add(Sheet(name="Counts", title=title, lines=lines, columns=columns, rows=rows))
    return book.content()


def _width(head: Value, at: int, rows: Sequence[Sequence[Value]]) -> float:
    return float(min(54, max(10, len(str(head)) + 2, *(len(str(row[at])) + 2 for row in rows))))
