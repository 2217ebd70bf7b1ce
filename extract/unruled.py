"""Tables that no ruling line shows: a row of column heads, and the white strips between the columns below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.column_heads import cells_of, roles_of
from extract.layout import Cell, Line, Table, Word
from extract.reading_order import make_line

SHOWN_BY = 12  # rows below the heads from which the white strips are measured
ROW_GAP = 1.35  # in usual steps from line to line: a wider gap parts two rows of the table
FAR_BELOW = 60.0  # points: what stands so far below the last row is no row of the table, but the foot of the page


@dataclass(frozen=True, slots=True)
class _Row:
    """The words that stand on one baseline of a page, left to right, and the lines that they come from."""

    page: int
    top: float
    bottom: float
    words: tuple[Word, ...]


def find_unruled(lines: Sequence[Line]) -> list[Table]:
    """Tables among a section's lines, one for each page that they run over; the first row of each first one is its head."""
    rows = _rows(lines)
    tables: list[Table] = []
    at = 0
    while at < len(rows):
        heads = _heads(rows[at])
        if heads is None:
            at += 1
            continue
        edges = _edges(heads, rows[at + 1 : at + 1 + SHOWN_BY])
        end = _end(rows, at + 1, edges)
        if end - at >= 2:
            tables.extend(_tables(rows[at:end], edges, numbered="number" in roles_of(heads)))
        at = max(end, at + 1)
    return tables


def _rows(lines: Sequence[Line]) -> list[_Row]:
    out: list[list[Line]] = []
    for line in sorted(lines, key=lambda n: (n.page, (n.top + n.bottom) / 2)):
        before = out[-1][-1] if out else None
        middle = (line.top + line.bottom) / 2
        if before is not None and before.page == line.page and before.top < middle < before.bottom:
            out[-1].append(line)
        else:
            out.append([line])
    return [
        _Row(
            group[0].page,
            min(n.top for n in group),
            max(n.bottom for n in group),
            tuple(sorted((w for n in group for w in n.words), key=lambda w: w.x0)),
        )
        for group in out
    ]


def _heads(row: _Row) -> list[list[Word]] | None:
    """The column heads of a row: it must name the recommendation and at least one other column."""
    cells = cells_of(row.words)
    roles = set(roles_of(cells)) - {None}
    return cells if "text" in roles and len(roles) >= 2 else None


def _edges(heads: Sequence[Sequence[Word]], below: Sequence[_Row]) -> list[float]:
    """Where one column ends and the next begins, in points: the place between two heads that the fewest words cross.

    Among equals the rightmost, since columns are mostly set flush left under their heads.
    """
    words = [w for row in below for w in row.words]
    edges = []
    for left, right in pairwise(heads):
        low, high = left[0].x0 + 1, right[0].x0 - 1
        places = [high, *(w.x0 - 1 for w in words if low < w.x0 - 1 < high)]
        edges.append(min(places, key=lambda x: (sum(w.x0 < x < w.x1 for w in words), -x)))
    return edges


def _end(rows: Sequence[_Row], first: int, edges: Sequence[float]) -> int:
    """The first row that belongs to running text: its words cross the edges of columns."""
    for index in range(first, len(rows)):
        if _heads(rows[index]) is not None and rows[index].page == rows[index - 1].page:
            return index
        if rows[index].page == rows[index - 1].page and rows[index].top - rows[index - 1].bottom > FAR_BELOW:
            return index
        if any(w.x0 < x < w.x1 for w in rows[index].words for x in edges):
            return index
    return len(rows)


def _tables(rows: Sequence[_Row], edges: Sequence[float], *, numbered: bool) -> list[Table]:
    out = []
    for page in sorted({row.page for row in rows}):
        here = [row for row in rows if row.page == page]
        records = _records(here, edges, numbered=numbered)
        out.append(
            Table(
                page,
                min(w.x0 for row in here for w in row.words),
                here[0].top,
                max(w.x1 for row in here for w in row.words),
                here[-1].bottom,
                tuple(
                    tuple(_cell(page, record, column, edges) for column in range(len(edges) + 1)) for record in records
                ),
            )
        )
    return out


def _records(rows: Sequence[_Row], edges: Sequence[float], *, numbered: bool) -> list[list[_Row]]:
    """Lines -> rows of the table: parted at wider gaps, or, where gaps do not tell rows apart, at printed numbers."""
    steps = sorted(b.top - a.top for a, b in pairwise(rows))
    usual = steps[len(steps) // 3] if steps else 0.0
    by_gap: list[list[_Row]] = []
    for row in rows:
        if by_gap and row.top - by_gap[-1][-1].top <= ROW_GAP * usual and _heads(by_gap[-1][0]) is None:
            by_gap[-1].append(row)
        else:
            by_gap.append([row])
    if not numbered or _numbers_fit(by_gap[1:], edges):
        return by_gap
    by_number: list[list[_Row]] = []
    for row in rows:
        if not by_number or _opens(row, edges) or _heads(by_number[-1][0]) is not None:
            by_number.append([row])
        else:
            by_number[-1].append(row)
    return by_number


def _numbers_fit(records: Sequence[Sequence[_Row]], edges: Sequence[float]) -> bool:
    """Whether no record holds two numbers, and numbers stand either at the top of their records or all in the middle."""
    places = [[i for i, row in enumerate(record) if _opens(row, edges)] for record in records]
    lower = sum(1 for found in places if found and found[0] > 0)
    return all(len(found) <= 1 for found in places) and (lower == 0 or (lower > 1 and lower * 2 > len(places)))


def _opens(row: _Row, edges: Sequence[float]) -> bool:
    first = row.words[0]
    return (first.x0 + first.x1) / 2 < edges[0] and any(c.isdigit() for c in first.text)


def _cell(page: int, record: Sequence[_Row], column: int, edges: Sequence[float]) -> Cell:
    low = edges[column - 1] if column else float("-inf")
    high = edges[column] if column < len(edges) else float("inf")
    lines = []
    for row in record:
        words = [w for w in row.words if low <= (w.x0 + w.x1) / 2 < high]
        if words:
            lines.append(make_line(page, words))
    return Cell(tuple(lines))
