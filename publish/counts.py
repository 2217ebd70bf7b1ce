"""The thematic counts as tables: for the terminal, for a spreadsheet, and the board's table of several dates."""

from collections.abc import Iterable
from pathlib import Path

from domain.files import save
from domain.records import CountRow
from publish import wording
from publish.contents import PlanContents
from publish.delimited import csv_bytes

Value = str | int

COUNT_HEADINGS = ("Code", "Title", "Unit", "Total", "Open", "Closed", "Overdue", "Proposed")
"""What a table of counts shows; the last column is for the partnership alone."""


def write_counts_csv(contents: PlanContents, file: Path) -> Path:
    """Write every count, one a line, with its dimension, unit, basis and day. Raises `CannotWork`."""
    headings = COUNT_HEADINGS if not contents.for_public else COUNT_HEADINGS[:-1]
    rows: list[tuple[Value, ...]] = [("As of", "Basis", "By", *headings)]
    for row in contents.counts:
        rows.append((contents.as_of.isoformat(), contents.basis, row.by, *count_cells(contents, row)))
    return save(file, csv_bytes(rows))


def count_cells(contents: PlanContents, row: CountRow) -> tuple[Value, ...]:
    """One count under `COUNT_HEADINGS`, without the proposals where the public reads it."""
    cells: tuple[Value, ...] = (row.code, row.title, row.unit, row.total, row.open, row.closed, row.overdue)
    return cells if contents.for_public else (*cells, row.proposed)


def counts_table(contents: PlanContents) -> tuple[tuple[str, ...], ...]:
    """The counts by quadrant as words, headings first, with a total a unit."""
    headings = ("Quadrant", *(COUNT_HEADINGS[2:] if not contents.for_public else COUNT_HEADINGS[2:-1]))
    table: list[tuple[str, ...]] = [headings]
    for unit in dict.fromkeys(row.unit for row in contents.counts_by("quadrant")):
        rows = contents.counts_by("quadrant", unit)
        for row in (*rows, wording.total_row(rows)):
            table.append(tuple(wording.one_line(str(cell)) for cell in count_cells(contents, row)[1:]))
    return tuple(table)


def history_table(contents: PlanContents, unit: str | None = None) -> tuple[tuple[Value, ...], ...]:
    """Open counts by quadrant with a column a snapshot and a row of totals, as boards print it; headings first.

    unit: "actions" or "recommendations"; where it is left out, the board's figure. A quadrant that a snapshot lacks
    has an empty cell there, which is not the same as none open.
    """
    shown = unit or contents.unit_to_show()
    snapshots = [(day, {row.code: row.open for row in rows if row.unit == shown}) for day, rows in contents.history]
    titles = quadrant_titles(contents, [row for _, rows in contents.history for row in rows if row.unit == shown])
    table: list[tuple[Value, ...]] = [("Quadrant", *(wording.printed_date(day) for day, _ in snapshots))]
    table += [(title, *(figures.get(code, "") for _, figures in snapshots)) for code, title in titles.items()]
    table.append(("Total", *(sum(figures.values()) if figures else "" for _, figures in snapshots)))
    return tuple(table)


def quadrant_titles(contents: PlanContents, rows: Iterable[CountRow]) -> dict[str, str]:
    """Titles by code: the framework's quadrants in order, then others that `rows` count (no quadrant; older ones)."""
    titles = {entry.code: entry.title for entry in contents.framework.quadrants}
    return titles | {row.code: row.title for row in rows if row.code not in titles}
