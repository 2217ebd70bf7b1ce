"""Tables that no ruling line shows: a row of column heads, and the white strips between the columns below it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.column_heads import CELL_GAP, cells_of, roles_of
from extract.layout import Cell, Line, Rung, Table, Word
from extract.reading_order import make_line
from extract.ruled import levels

SHOWN_BY = 12  # rows below the heads from which the white strips are measured
ROW_GAP = 1.35  # in usual steps from line to line: a wider gap parts two rows of the table
FAR_BELOW = 60.0  # points: what stands so far below the last row is no row of the table, but the foot of the page

FEWEST_RULED = 3  # rows below the head between rules: fewer may be all rows, and what stands below the table
MOST_LINES_OF_HEADS = 3
ALIGNED = 3.0  # points: marks that begin so close together stand in one column
_MARK = re.compile(r"(?:\d{1,2}|[A-Z])[.)]?")  # what numbers a row


@dataclass(frozen=True, slots=True)
class _Row:
    """The words that stand on one baseline of a page, left to right, and the lines that they come from."""

    page: int
    top: float
    bottom: float
    words: tuple[Word, ...]


def find_unruled(lines: Sequence[Line], rungs: Mapping[int, Sequence[Rung]] | None = None) -> list[Table]:
    """Tables among a section's lines, one for each page that they run over; the first row of each first one is its head.

    `rungs`: the level edges that each page draws: rules between rows tell these apart, though none stands between columns.
    """
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
            tables.extend(_tables(rows[at:end], edges, roles_of(heads), rungs or {}))
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


def _unheaded(rows: Sequence[_Row]) -> tuple[float, float] | None:
    """The sides of a column of consecutive numbers or letters which no head names; None where there is none."""
    words = [w for row in rows for w in row.words]
    marks = [w for w in words if _MARK.fullmatch(w.text)]
    # "Team B" is a name: its letter is not set off from the word before.
    joined = {b for row in rows for a, b in pairwise(row.words) if b.x0 - a.x1 < CELL_GAP * b.size}
    for first in marks:
        column = [w for w in marks if abs(w.x0 - first.x0) < ALIGNED and w not in joined]
        if not column:
            continue
        left, right = min(w.x0 for w in column), max(w.x1 for w in column)
        values = [int(w.text.strip(".)")) if w.text[0].isdigit() else ord(w.text[0]) for w in column]
        alone = all(w in column or w.x1 < left or w.x0 > right for w in words)
        if len(column) >= 2 and alone and all(b == a + 1 for a, b in pairwise(values)):
            return left - 1, right + 1
    return None


def _with_unheaded(edges: Sequence[float], sides: tuple[float, float], rows: Sequence[_Row]) -> tuple[list[float], int]:
    """The edges of columns with those of an unheaded one put in, and its place among the columns."""
    after = min((w.x0 for row in rows for w in row.words if w.x0 > sides[1]), default=sides[1])
    before = any(w.x1 < sides[0] for row in rows for w in row.words)
    out = sorted([*(e for e in edges if not sides[0] - ALIGNED < e < after), *(sides if before else sides[1:])])
    return out, sum(e <= sides[0] for e in out)


def _tables(
    rows: Sequence[_Row], edges: Sequence[float], roles: Sequence[str | None], rungs: Mapping[int, Sequence[Rung]]
) -> list[Table]:
    numbers = roles.index("number") if "number" in roles else None
    sides = _unheaded(rows[1:]) if numbers is None else None
    if sides is not None:
        edges, numbers = _with_unheaded(edges, sides, rows)
    out = []
    ruled = _ruled_records(rows, edges, numbers, rungs)
    for page in sorted({row.page for row in rows}):
        here = [row for row in rows if row.page == page]
        records = ruled[page] if ruled else _records(here, edges, numbers)
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
                numbers=numbers if sides is not None else None,
            )
        )
    return out


def _ruled_records(
    rows: Sequence[_Row], edges: Sequence[float], numbers: int | None, rungs: Mapping[int, Sequence[Rung]]
) -> dict[int, list[list[_Row]]]:
    """Lines -> rows of the table, page by page, where rules or shades part them; nothing where these part something else.

    They do if they are more than those round the head and at the end, run through no line, and leave each number its own row.
    """
    x0, x1 = min(w.x0 for row in rows for w in row.words), max(w.x1 for row in rows for w in row.words)
    heights = {page: levels(found, x0, x1) for page, found in rungs.items() if any(row.page == page for row in rows)}
    records: dict[tuple[int, int], list[_Row]] = {}
    for row in rows:
        above = [y for y in heights.get(row.page, ()) if y < (row.top + row.bottom) / 2]
        records.setdefault((row.page, len(above)), []).append(row)
    heads = [record for record in records.values() if _heads(record[0]) is not None]
    below = [record for record in records.values() if record not in heads]
    numbered = [sum(_opens(row, edges, numbers) for row in r) for r in below] if numbers is not None else []
    if len(below) < FEWEST_RULED or max(numbered, default=0) > 1 or not all(heights.get(row.page) for row in rows):
        return {}
    if any(len(head) > MOST_LINES_OF_HEADS for head in heads):
        return {}
    return {page: [r for (p, _), r in records.items() if p == page] for page in sorted({p for p, _ in records})}


def _records(rows: Sequence[_Row], edges: Sequence[float], numbers: int | None) -> list[list[_Row]]:
    """Lines -> rows of the table: parted at wider gaps, or, where gaps do not tell rows apart, at printed numbers."""
    steps = sorted(b.top - a.top for a, b in pairwise(rows))
    usual = steps[len(steps) // 3] if steps else 0.0
    by_gap: list[list[_Row]] = []
    for row in rows:
        if by_gap and row.top - by_gap[-1][-1].top <= ROW_GAP * usual and _heads(by_gap[-1][0]) is None:
            by_gap[-1].append(row)
        else:
            by_gap.append([row])
    below = by_gap[1:] if _heads(by_gap[0][0]) is not None else by_gap
    if numbers is None or _numbers_fit(below, edges, numbers):
        return by_gap
    by_number: list[list[_Row]] = []
    for row in rows:
        if not by_number or _opens(row, edges, numbers) or _heads(by_number[-1][0]) is not None:
            by_number.append([row])
        else:
            by_number[-1].append(row)
    return by_number


def _numbers_fit(records: Sequence[Sequence[_Row]], edges: Sequence[float], numbers: int) -> bool:
    """Whether no record holds two numbers, and numbers stand either at the top of their records or all in the middle."""
    places = [[i for i, row in enumerate(record) if _opens(row, edges, numbers)] for record in records]
    lower = sum(1 for found in places if found and found[0] > 0)
    return all(len(found) <= 1 for found in places) and (lower == 0 or (lower > 1 and lower * 2 > len(places)))


def _opens(row: _Row, edges: Sequence[float], numbers: int) -> bool:
    """Whether a row bears a number in the column of numbers."""
    words = _words_in(row, edges, numbers)
    return bool(words) and (any(c.isdigit() for c in words[0].text) or _MARK.fullmatch(words[0].text) is not None)


def _words_in(row: _Row, edges: Sequence[float], column: int) -> list[Word]:
    low = edges[column - 1] if column else float("-inf")
    high = edges[column] if column < len(edges) else float("inf")
    return [w for w in row.words if low <= (w.x0 + w.x1) / 2 < high]


def _cell(page: int, record: Sequence[_Row], column: int, edges: Sequence[float]) -> Cell:
    rows = (_words_in(row, edges, column) for row in record)
    return Cell(tuple(make_line(page, words) for words in rows if words))
