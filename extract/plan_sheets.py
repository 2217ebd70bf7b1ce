"""Workbooks and CSV files of action plans -> tables of words. Formulas are never computed, macros never run."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError, iterparse

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from extract.plan_tables import MOST_ROWS, SourceRow, SourceTable, Unreadable, as_wide, folded, made_row, too_many

DELIMITERS = (",", ";", "\t")
LOOKED_AT = 50  # rows by which a delimiter is told
A_ROW = 3  # cells that a row of a plan has at least
MERGED = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
Merged = dict[int, list[tuple[int, int]]]
"""For each row its places (from 0) that are merged with one above, with the number of the row that has the words."""


def from_workbook(file: Path, name: str) -> Iterator[SourceTable]:
    """Every sheet of a workbook, hidden ones too, which are named so. Raises `Unreadable`."""
    try:
        values = openpyxl.load_workbook(file, read_only=True, data_only=True)
        written = openpyxl.load_workbook(file, read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        raise Unreadable(f"{name} is no workbook that can be opened. Save it anew as .xlsx.") from error
    for sheet in values.worksheets:
        formulas = written[sheet.title]
        # Some programs write a wrong extent into the file, and what lies beyond it would be lost.
        sheet.reset_dimensions()
        formulas.reset_dimensions()
        merged = _merged_down(file, sheet._worksheet_path)  # the name of its part is given nowhere else
        tops = {top for places in merged.values() for _, top in places}
        rows: list[SourceRow] = []
        shown: dict[int, tuple[str, ...]] = {}
        for number, (row, sources) in enumerate(zip(sheet.iter_rows(), formulas.iter_rows(), strict=False), start=1):
            cells = _with_merged([_shown(cell) for cell in row], merged.get(number, ()), shown)
            if number in tops:
                shown[number] = cells
            doubts = _doubts(row, sources)
            if any(cells) or doubts:
                rows.append(made_row(f"row {number}", cells, doubts, [place for place, _ in merged.get(number, ())]))
            if len(rows) > MOST_ROWS:
                raise too_many(name)
        hidden = "" if sheet.sheet_state == "visible" else " (hidden)"
        yield SourceTable(f"sheet “{sheet.title}”{hidden}", as_wide(rows))


def _merged_down(file: Path, part: str) -> Merged:
    found: Merged = {}
    try:
        with zipfile.ZipFile(file) as archive, archive.open(part.lstrip("/")) as stream:
            for _, element in iterparse(stream):
                if element.tag == MERGED:
                    left, top, _, bottom = range_boundaries(element.get("ref", ""))
                    for row in range(top + 1, min(bottom, top + MOST_ROWS) + 1):
                        found.setdefault(row, []).append((left - 1, top))
                element.clear()
    except (ParseError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("The workbook is damaged. Save it anew as .xlsx.") from error
    return found


def _with_merged(
    cells: list[str], merged: Sequence[tuple[int, int]], shown: dict[int, tuple[str, ...]]
) -> tuple[str, ...]:
    """The cells of a row with the words of merged cells repeated. `shown`: rows that others are merged with."""
    for place, top in merged:
        source = shown.get(top, ())
        cells += [""] * (place + 1 - len(cells))
        cells[place] = cells[place] or (source[place] if place < len(source) else "")
    return tuple(cells)


def _doubts(row: Sequence[Cell], formulas: Sequence[Cell]) -> tuple[str, ...]:
    """Cells of which nobody can say what they hold: formulas without a result, and errors."""
    told = []
    for place, (cell, formula) in enumerate(zip(row, formulas, strict=False), start=1):
        if formula.data_type == "f" and cell.value is None:
            told.append(f"column {get_column_letter(place)} holds a formula whose result is not kept in the file")
        elif cell.data_type == "e":
            told.append(f"column {get_column_letter(place)} holds the error {cell.value}")
    return tuple(told)


def _shown(cell: Cell) -> str:
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
    return folded(str(value))


def from_csv(file: Path, name: str) -> Iterator[SourceTable]:
    """The one table of a CSV file. Raises `Unreadable`."""
    text = _decoded(file.read_bytes())
    if "\0" in text:
        raise Unreadable(f"{name} is no CSV file. Save it anew from the spreadsheet as CSV.")
    rows: list[SourceRow] = []
    try:
        for number, cells in enumerate(_parsed(text, _delimiter(text)), start=1):
            if any(cell.strip() for cell in cells):
                rows.append(made_row(f"row {number}", [_unguarded(folded(cell)) for cell in cells]))
            if len(rows) > MOST_ROWS:
                raise too_many(name)
    except csv.Error as error:
        raise Unreadable(f"{name} is no CSV file that can be read ({error}). Save it anew as CSV.") from error
    yield SourceTable(name, tuple(rows))


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    # Quotes are as every spreadsheet writes them. Guessing them from the text takes an apostrophe for one.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The delimiter under which most of the first rows have as many cells as a plan."""

    def rows(delimiter: str) -> int:
        parsed = zip(range(LOOKED_AT), _parsed(text, delimiter), strict=False)
        return sum(sum(map(bool, cells)) >= A_ROW for _, cells in parsed)

    return max(DELIMITERS, key=rows)


def _unguarded(cell: str) -> str:
    """Without the apostrophe that is put before what a spreadsheet would take for a formula, in our exports too."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes on Windows in this country.
        return content.decode("cp1252", "replace")
