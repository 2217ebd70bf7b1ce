"""The last row of a ruled table whose lower rule stands on the next page, or nowhere: its words below the last rule."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.layout import Cell, Line, Table
from extract.reading_order import make_line

WIDEST_GAP = 2.5  # in sizes of the type, from one line of a row to the next
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.):]?")
FEWEST_COLUMNS = 2  # in which the row must have words, or it is a paragraph below the table


def with_open_end(table: Table, lines: Sequence[Line]) -> Table:
    """The table with the row below its last rule, where the rest of the page is such a row; else as it is.

    `lines`: those of its page, without running heads and feet.
    """
    if len(table.edges) < FEWEST_COLUMNS + 1:
        return table
    below = sorted((line for line in lines if line.top > table.bottom - 2), key=lambda n: n.top)
    if not below or not _is_row(below, table):
        return table
    cells = tuple(_cell(below, left, right) for left, right in pairwise(table.edges))
    numbers = sum(_NUMBER.fullmatch(line.text) is not None for line in cells[0].lines)
    if sum(bool(cell.lines) for cell in cells) < FEWEST_COLUMNS or numbers > 1:
        return table  # a paragraph, or several rows that no rule parts
    return replace(table, bottom=max(line.bottom for line in below), rows=(*table.rows, cells))


def _is_row(below: Sequence[Line], table: Table) -> bool:
    bottom = table.bottom
    for line in below:
        outside = line.x0 < table.x0 - 3 or line.x1 > table.x1 + 3
        crosses = any(w.x0 + 1 < edge < w.x1 - 1 for w in line.words for edge in table.edges[1:-1])
        if outside or crosses or line.top - bottom > WIDEST_GAP * line.size:
            return False
        bottom = max(bottom, line.bottom)
    return True


def _cell(lines: Sequence[Line], left: float, right: float) -> Cell:
    inside = [(line.page, tuple(w for w in line.words if left <= (w.x0 + w.x1) / 2 < right)) for line in lines]
    return Cell(tuple(make_line(page, words) for page, words in inside if words))
