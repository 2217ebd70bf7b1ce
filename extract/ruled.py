"""Ruled tables of a page: what the table finder sees, made whole by the rules and shades that it cannot use.

The finder asks for a rule on all four sides of a cell. Many tables have rules below their rows only, and the shaded heads, or the
shade of every other row, are all that shows where columns begin: then it sees the shaded rows alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.aside import quarter_of
from extract.column_heads import cells_of, roles_of
from extract.layout import Cell, Line, Page, Rung, Table, Word
from extract.reading_order import make_line

ALIGNED = 3.0  # points: edges so close together are one
COVERED = 0.9  # of a table's width: rules and sides of shades that make up as much at one height part its rows
MOST_SHADED = (
    2  # rows that follow one another with a shade, where others have none: the heads, and what goes on below them
)
THIN = 3.0  # points: between two rules so close together stands no row
FEWEST_FILLED = 2  # columns with words, in a row that no rule closes in on all sides
NEXT_LINE = 1.0  # in sizes of the type: white between the lines of one row is less
NEAR = 2.0  # in sizes of the type: words stand no farther below the rule over them, and heads no farther above what they head

Sides = tuple[float, float, float, float]
Found = Sequence[Sequence[Sides | None]]
"""The rows of a table as the finder sees them: the sides (x0, top, x1, bottom) of each cell, None where there is none."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns of a table begin and the last one ends, and the sides of its cells, row by row."""

    edges: tuple[float, ...]
    rows: tuple[tuple[Sides | None, ...], ...]

    @property
    def top(self) -> float:
        return min(cell[1] for row in self.rows for cell in row if cell)

    @property
    def bottom(self) -> float:
        return max(cell[3] for row in self.rows for cell in row if cell)

    def fits(self, other: "_Grid") -> bool:
        """Whether another table has the same columns."""
        same = len(self.edges) == len(other.edges)
        return same and all(abs(a - b) < ALIGNED for a, b in zip(self.edges, other.edges, strict=True))


def levels(rungs: Sequence[Rung], x0: float, x1: float) -> list[float]:
    """The heights, from the top, at which rules and the sides of shades run across a table from `x0` to `x1`."""
    groups: list[list[Rung]] = []
    for rung in sorted(rung for rung in rungs if rung[1] < x1 and rung[2] > x0):
        if groups and rung[0] - groups[-1][0][0] < ALIGNED:
            groups[-1].append(rung)
        else:
            groups.append([rung])
    return [
        sum(height for height, _, _ in group) / len(group)
        for group in groups
        if _covered(group, x0, x1) >= COVERED * (x1 - x0)
    ]


def _covered(rungs: Sequence[Rung], x0: float, x1: float) -> float:
    covered, end = 0.0, x0
    for _, left, right in sorted(rungs, key=lambda rung: rung[1]):
        covered += max(0.0, min(right, x1) - max(left, end))
        end = max(end, right)
    return covered


def tables_of(page: Page, found: Sequence[Found], above: Table | None = None) -> tuple[Table, ...]:
    """The tables of a page with its own lines sorted into their cells.

    `above`: the table with which the page before ended. If this page has rules below its rows only, they are those of its rows.
    """
    grids = [_grid(rows) for rows in found if rows]
    joined: list[_Grid] = []
    for grid in sorted(grids, key=lambda g: g.top):
        between = _between(page, joined[-1], grid) if joined else None
        if between is None:
            joined.append(grid)
        else:
            joined[-1] = replace(joined[-1], rows=(*joined[-1].rows, *between, *grid.rows))
    zebra = len(joined) < len(grids)
    ends = [min((g.top for g in joined if g.top >= grid.bottom - ALIGNED), default=page.height) for grid in joined]
    whole = [
        _with_rows_below(page, _with_rows_above(page, grid), end, zebra=zebra)
        for grid, end in zip(joined, ends, strict=True)
    ]
    if above is not None and len(above.edges) > FEWEST_FILLED:
        whole = _going_on(page, above, whole)
    return tuple(_table(page, grid) for grid in whole)


def _grid(rows: Found) -> _Grid:
    widest = max(rows, key=lambda row: sum(cell is not None for cell in row))
    sides = [cell for cell in widest if cell is not None]
    return _Grid((*(cell[0] for cell in sides), sides[-1][2]), tuple(tuple(row) for row in rows))


# ------------------------------------------------------------------------------------------------ rows that were not seen


def _words_between(page: Page, top: float, bottom: float) -> list[Word]:
    return [w for line in page.lines for w in line.words if top < (w.top + w.bottom) / 2 < bottom]


def _filled(words: Sequence[Word], edges: Sequence[float]) -> int:
    """In how many columns words stand; 0 where one of them crosses an edge or stands beside the table."""
    columns = set()
    for word in words:
        inside = [i for i, (a, b) in enumerate(pairwise(edges)) if a - ALIGNED < word.x0 and word.x1 < b + ALIGNED]
        if not inside:
            return 0
        columns.add(inside[0])
    return len(columns)


def _row(edges: Sequence[float], top: float, bottom: float) -> tuple[Sides | None, ...]:
    return tuple((left, top, right, bottom) for left, right in pairwise(edges))


def _spanning(edges: Sequence[float], top: float, bottom: float) -> tuple[Sides | None, ...]:
    """A row with one cell over all columns: the name of an agency over the rows below it."""
    return ((edges[0], top, edges[-1], bottom), *(None for _ in edges[2:]))


def _rows_down(
    page: Page, edges: Sequence[float], heights: Sequence[float], *, rest: bool
) -> list[tuple[Sides | None, ...]]:
    """Rows between heights that follow one another, as far as their words keep to the columns.

    A row with words in one column only is one if another follows, or, with `rest`, if it is the first: what the page before left over.
    """
    out: list[tuple[Sides | None, ...]] = []
    waiting: list[tuple[Sides | None, ...]] = []
    for top, bottom in pairwise(heights):
        words = _words_between(page, top, bottom)
        if bottom - top < THIN or not words:
            continue
        if min(w.top for w in words) - top > NEAR * words[0].size:
            break  # a heading below the table, with a rule below it
        filled = _filled(words, edges)
        if filled >= FEWEST_FILLED or (filled and rest and not out and not waiting):
            out += [*waiting, _row(edges, top, bottom)]
            waiting = []
        elif filled == 0 and (waiting or not _is_one_line(words, edges)):
            break
        else:
            waiting.append(_row(edges, top, bottom) if filled else _spanning(edges, top, bottom))
    return out


def _is_one_line(words: Sequence[Word], edges: Sequence[float]) -> bool:
    """Whether words make up one line that keeps within a table."""
    within = all(edges[0] - ALIGNED < w.x0 and w.x1 < edges[-1] + ALIGNED for w in words)
    return within and max(w.top for w in words) - min(w.top for w in words) < words[0].size / 2


def _between(page: Page, above: _Grid, below: _Grid) -> list[tuple[Sides | None, ...]] | None:
    """The rows between two parts of one table, such as every other row, which has no shade; None where they are two tables."""
    if not above.fits(below) or below.top < above.bottom - ALIGNED or _names_columns(page, below):
        return None
    if below.top - above.bottom < THIN:
        return []
    edges = above.edges
    inner = [y for y in levels(page.rungs, edges[0], edges[-1]) if above.bottom + THIN < y < below.top - THIN]
    heights = [above.bottom, *inner, below.top]
    rows = [(a, b, words) for a, b in pairwise(heights) if (words := _words_between(page, a, b))]
    if not rows or any(_filled(words, edges) < FEWEST_FILLED for _, _, words in rows):
        return None
    return [_row(edges, a, b) for a, b, _ in rows]


def _names_columns(page: Page, grid: _Grid) -> bool:
    """Whether a table begins with the names of its columns, and so does not go on with the one above it."""
    cells = [cell for cell in grid.rows[0] if cell]
    words = _words_between(page, min(cell[1] for cell in cells), max(cell[3] for cell in cells))
    return bool(words) and _is_head(words)


def _is_head(words: Sequence[Word]) -> bool:
    ordered = sorted(words, key=lambda w: w.x0)
    return sum(role is not None for role in roles_of(cells_of(ordered))) >= FEWEST_FILLED


def _with_rows_above(page: Page, grid: _Grid) -> _Grid:
    """The table with its row of heads, where that has no shade and the rows below it have."""
    if _names_columns(page, grid):
        return grid
    edges = grid.edges
    above = sorted((n for n in page.lines if n.bottom <= grid.top + 1), key=lambda n: -n.bottom)
    if not above or grid.top - above[0].bottom > NEAR * above[0].size:
        return grid
    row = [n for n in above if above[0].top - n.bottom < 0 or n is above[0]]
    words = [w for n in row for w in n.words]
    if not _is_head(words) or _filled(words, edges) < FEWEST_FILLED:
        return grid
    top = min(n.top for n in row) - 1
    return replace(grid, rows=(_row(edges, top, grid.top), *grid.rows))


def _with_rows_below(page: Page, grid: _Grid, end: float, *, zebra: bool) -> _Grid:
    """The table with the rows below it that have rules above and below only, or, where every other row is shaded, its last one.

    `end`: where the next table begins, or the page ends. What stands between the last rule and that is no row.
    """
    edges = grid.edges
    # A table with all its rules has no more rows.
    if len(edges) <= FEWEST_FILLED or (len(grid.rows) > MOST_SHADED and not zebra):
        return grid
    inner = [y for y in levels(page.rungs, edges[0], edges[-1]) if grid.bottom + THIN < y < end - THIN]
    heights = [grid.bottom, *inner]
    rows = _rows_down(page, edges, heights, rest=len(grid.rows) == 1)
    grid = replace(grid, rows=(*grid.rows, *rows))
    last = _last_row(page, grid) if zebra and not rows else None
    return replace(grid, rows=(*grid.rows, last)) if last else grid


def _last_row(page: Page, grid: _Grid) -> tuple[Sides | None, ...] | None:
    """The row below the last shaded one."""
    bottom = grid.bottom
    words: list[Word] = []
    for line in sorted((n for n in page.lines if n.top > grid.bottom - 2), key=lambda n: n.top):
        if line.top - bottom > NEXT_LINE * line.size:
            break
        words += line.words
        bottom = max(bottom, line.bottom)
    if _filled(words, grid.edges) < FEWEST_FILLED:
        return None
    return _row(grid.edges, grid.bottom, bottom + 1)


def _going_on(page: Page, above: Table, grids: list[_Grid]) -> list[_Grid]:
    """The tables of a page on which a table of the page before goes on, with the rows that have no upright rules at its top."""
    own = _Grid(above.edges, ())
    first = next((i for i, grid in enumerate(grids) if grid.fits(own)), None)
    top = min((n.top for n in page.lines), default=0.0) - 2
    end = grids[first].top if first is not None else page.height
    inner = [y for y in levels(page.rungs, own.edges[0], own.edges[-1]) if top + THIN < y < end - THIN]
    heights = sorted([top, *_below_heads(page), *inner, *([end] if first is not None else [])])
    if end < top + THIN or any(grid.top < end and i != first for i, grid in enumerate(grids)):
        return grids
    rows = _rows_down(page, own.edges, heights, rest=True)
    if not rows:
        return grids
    if first is None:
        return [replace(own, rows=tuple(rows)), *grids]
    bottom = max(cell[3] for cell in rows[-1] if cell)
    if end - bottom > THIN and _words_between(page, bottom, end):
        return grids
    grids[first] = replace(grids[first], rows=(*rows, *grids[first].rows))
    return grids


def _below_heads(page: Page) -> list[float]:
    """The height below the first row of a page, if it names the columns again."""
    first = min(page.lines, key=lambda n: n.top)
    row = [n for n in page.lines if n.top < (first.top + first.bottom) / 2]
    return [max(n.bottom for n in row) + 1] if _is_head([w for n in row for w in n.words]) else []


# ------------------------------------------------------------------------------------------------ words in their cells


def _table(page: Page, grid: _Grid) -> Table:
    cells = [cell for row in grid.rows for cell in row if cell]
    rows = tuple(tuple(None if cell is None else Cell(_inside(page, cell)) for cell in row) for row in grid.rows)
    return Table(
        page.number,
        min(cell[0] for cell in cells),
        grid.top,
        max(cell[2] for cell in cells),
        grid.bottom,
        rows,
        grid.edges,
    )


def _inside(page: Page, cell: Sides) -> tuple[Line, ...]:
    return tuple(_lines_inside(page, cell)) or _turned_inside(page, cell)


def _lines_inside(page: Page, cell: Sides) -> Iterator[Line]:
    x0, top, x1, bottom = cell
    for line in page.lines:
        if not top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1:
            continue
        words = tuple(w for w in line.words if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1)
        if words:
            yield make_line(page.number, words)


def _turned_inside(page: Page, cell: Sides) -> tuple[Line, ...]:
    """What stands on its side in a cell without other words: the head of a narrow column, or an agency beside many rows."""
    x0, top, x1, bottom = cell
    words = tuple(w for w in page.aside if x0 <= w.x0 and w.x1 <= x1 and top <= w.top and w.bottom <= bottom)
    if not words or any(quarter_of(w.turn) is None for w in words):
        return ()
    # In the order of the file: their places do not tell in which order they are read.
    return (replace(make_line(page.number, words), words=words, text=" ".join(w.text for w in words)),)
