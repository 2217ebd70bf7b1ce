"""Tables of recommendations and action plans -> items. Rows that split over a page are joined; other columns fill fields."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.records import Kind
from extract import formats
from extract.items import Item
from extract.layout import Cell, Line, Table
from extract.paragraphs import Marker, Paragraph, marker_of


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what; None where no column does."""

    text: int
    number: int | None = None
    agency: int | None = None
    date: int | None = None


@dataclass(frozen=True, slots=True)
class TableItems:
    """What the tables of a section yielded, and the lines they used (the rest of the section is read as paragraphs)."""

    items: tuple[Item, ...]
    used: frozenset[Line]


def read_tables(tables: Sequence[Table], kind: Kind, section: str, heading: str | None) -> TableItems:
    """Items of the tables that are tables of recommendations, in order. A table without a head continues the one before."""
    items: list[Item] = []
    used: set[Line] = set()
    columns: Columns | None = None
    width = 0
    for table in tables:
        head = _head(table)
        if head is not None:
            columns, start, width = head[0], head[1], len(table.rows[0])
        elif columns is None or len(table.rows[0]) != width:
            continue
        else:
            start = 0
        first_row = True
        for row in table.rows[start:]:
            _add_row(
                items, row, columns, kind, section, heading, continues=(first_row and head is not None) or first_row
            )
            first_row = False
        used.update(line for row in table.rows for cell in row if cell is not None for line in cell.lines)
    return TableItems(tuple(item for item in items if item.paragraphs), frozenset(used))


def _head(table: Table) -> tuple[Columns, int] | None:
    """The columns, and the index of the first row below the head; None where no row of the first three names a column."""
    for index, row in enumerate(table.rows[:3]):
        roles: dict[str, int] = {}
        for column, cell in enumerate(row):
            text = re.sub(r"[\s:*]+$", "", cell.text.strip()) if cell else ""
            for role, pattern in formats.COLUMNS.items():
                if role not in roles and pattern.match(text):
                    roles[role] = column
        if "text" in roles and len(row) >= 2:
            return Columns(roles["text"], roles.get("number"), roles.get("agency"), roles.get("date")), index + 1
    return None


def _add_row(
    items: list[Item],
    row: Sequence[Cell | None],
    columns: Columns,
    kind: Kind,
    section: str,
    heading: str | None,
    *,
    continues: bool,
) -> None:
    cell = row[columns.text] if columns.text < len(row) else None
    if cell is None or not cell.lines:
        return
    if continues and items and _is_continuation(row, columns):
        items[-1].paragraphs.extend(_paragraphs(cell))
        return
    number = _cell_text(row, columns.number) or None
    paragraphs = _paragraphs(cell)
    marker, printed, skip, noun = marker_of(cell.lines[0])
    if marker in (Marker.LABEL, Marker.NUMBER, Marker.DECIMAL):
        paragraphs[0] = Paragraph(paragraphs[0].lines, marker, printed, skip, noun=noun)
        number = number or printed
    if number is not None and (m := formats.LABEL.match(number)):
        number = m["number"]
    item = Item(kind, section, number.rstrip(".):") if number else None, None, paragraphs, heading)
    item.addressee = _cell_text(row, columns.agency) or None
    item.target_date = _cell_text(row, columns.date) or None
    items.append(item)


def _is_continuation(row: Sequence[Cell | None], columns: Columns) -> bool:
    """The first row on a page without a number (or, where no column numbers, without agency and date) goes on from the last."""
    if columns.number is not None:
        return not _cell_text(row, columns.number)
    cell = row[columns.text]
    starts_small = cell is not None and bool(cell.lines) and cell.lines[0].text[:1].islower()
    others = [c for c in (columns.agency, columns.date) if c is not None]
    return starts_small or (bool(others) and not any(_cell_text(row, c) for c in others))


def _cell_text(row: Sequence[Cell | None], column: int | None) -> str:
    if column is None or column >= len(row):
        return ""
    cell = row[column]
    return cell.text.strip() if cell is not None else ""


def _paragraphs(cell: Cell) -> list[Paragraph]:
    """A cell's lines parted at bullets and sub-items, so that their glyphs come off."""
    groups: list[list[Line]] = []
    for line in cell.lines:
        if groups and marker_of(line)[0] not in (Marker.BULLET, Marker.SUB):
            groups[-1].append(line)
        else:
            groups.append([line])
    out = []
    for group in groups:
        marker, _, skip, _ = marker_of(group[0])
        keep = marker in (Marker.BULLET, Marker.SUB)
        out.append(Paragraph(tuple(group), marker if keep else Marker.NONE, None, skip if keep else 0))
    return out


Finder = Callable[[int], tuple[Table, ...]]
