"""Tables of words as they are taken from the file of an action plan, and what the readers of the kinds of file share."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

MOST_ROWS = 20_000  # a national plan has some thousands; more is another kind of workbook
MOST_COLUMNS = 200
LONGEST = 100_000  # characters of a cell


class Unreadable(Exception):
    """A file from which no table can be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a table, as words.

    at: where it stands ("row 7", "page 3"); cells: dates as ISO days; doubts: why some cells cannot be trusted; merged:
    places of cells that are one with the cell above, whose words they repeat.
    """

    at: str
    cells: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    merged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table or sheet: its name, the lines that stand before it, and its rows."""

    name: str
    rows: tuple[SourceRow, ...]
    before: tuple[str, ...] = ()


def too_many(name: str) -> Unreadable:
    """The refusal of a file with more rows than a plan has."""
    return Unreadable(
        f"{name} has more than {MOST_ROWS:,} rows, too many for an action plan. Take out what is not one."
    )


def folded(words: str) -> str:
    """Words with the white space within each line folded, and no empty lines at either end."""
    lines = (" ".join(line.split()) for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()


def simple(words: str) -> str:
    """A heading as it is compared: letters and figures alone, small, apart by single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", words.casefold().replace("'", "").replace("’", "")))


def headings(row: SourceRow, known: Mapping[str, str]) -> dict[int, str]:
    """The fields that a row's cells head, by place, the first of each. `known`: simplified heading -> field."""
    found: dict[int, str] = {}
    for place, cell in enumerate(row.cells):
        field = known.get(simple(cell))
        if field is not None and field not in found.values():
            found[place] = field
    return found


def made_row(at: str, cells: Sequence[str], doubts: Sequence[str] = (), merged: Sequence[int] = ()) -> SourceRow:
    """A row within the limits; what lies beyond them is no row that can be trusted, and says so."""
    told = list(doubts)
    told += [f"column {n} holds more than {LONGEST:,} characters" for n, c in enumerate(cells, 1) if len(c) > LONGEST]
    if any(cells[MOST_COLUMNS:]):
        told.append(f"it has more than {MOST_COLUMNS} columns")
    return SourceRow(at, tuple(c[:LONGEST] for c in cells[:MOST_COLUMNS]), tuple(told), tuple(merged))


def as_wide(rows: Sequence[SourceRow]) -> tuple[SourceRow, ...]:
    """Rows with as many cells as the widest has: sheets leave out the empty ones at the end."""
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(replace(row, cells=_widened(row.cells, width)) for row in rows)


def joined(row: SourceRow, rest: SourceRow, join: Callable[[str, str], str]) -> SourceRow:
    """A row with what another adds to its cells."""
    width = max(len(row.cells), len(rest.cells))
    pairs = zip(_widened(row.cells, width), _widened(rest.cells, width), strict=True)
    cells = tuple(join(a, b) if a and b else a or b for a, b in pairs)
    return SourceRow(row.at, cells, row.doubts + rest.doubts, row.merged)


def _widened(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
