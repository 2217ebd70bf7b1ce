"""The board's table of several dates: a row a theme, a column a day, and totals, each figure with where it comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.records import CountRow

APART = ("quadrant", "status")
"""Dimensions whose rows do not overlap, so that their sum is a total."""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """Open figures of one day by code. stated: where a board stated them; "" where the plan counted them."""

    day: date
    figures: Mapping[str, int]
    stated: str = ""


@dataclass(frozen=True, slots=True)
class OverTime:
    """The table: titles by code in the framework's order, and a column for each day, in the order given."""

    by: str
    unit: str
    basis: str
    titles: Mapping[str, str]
    columns: tuple[DayColumn, ...]

    def figure(self, code: str, column: DayColumn) -> int | None:
        """The figure of a code on a day; None where a statement does not have it, which is not nothing."""
        return column.figures.get(code, None if column.stated else 0)

    def total(self, column: DayColumn) -> int | None:
        """The sum of a day; None where the rows overlap and a sum would count things twice."""
        return sum(column.figures.values()) if self.by in APART else None


def over_time(
    by: str,
    unit: str,
    basis: str,
    counted: Sequence[tuple[date, Iterable[CountRow]]],
    stated: Mapping[date, tuple[Mapping[str, int], str]],
) -> OverTime:
    """The table of the days in `counted`; where a board stated a day's figures (and their source), these stand for it.

    Rows that no day has anything in are left out where the framework does not name them.
    """
    titles: dict[str, str] = {}
    columns = []
    for day, rows in counted:
        own = {row.code: row for row in rows if row.by == by and row.unit == unit}
        titles |= {code: row.title for code, row in own.items()}
        figures, source = stated.get(day, ({code: row.open for code, row in own.items()}, ""))
        columns.append(DayColumn(day, figures, source))
    return OverTime(by, unit, basis, titles, tuple(columns))


def table_of(table: OverTime) -> list[tuple[str | int, ...]]:
    """The table, headings first, with nothing in a cell where nothing was stated.

    A stated column bears an asterisk, and its source stands in `sources`.
    """
    heads = (table.by.capitalize(), *(f"{c.day.isoformat()}{'*' if c.stated else ''}" for c in table.columns))
    rows: list[tuple[str | int, ...]] = [heads]
    for code, title in table.titles.items():
        rows.append((title, *(_cell(table.figure(code, c)) for c in table.columns)))
    if table.by in APART:
        rows.append(("Total", *(_cell(table.total(c)) for c in table.columns)))
    return rows


def sources(table: OverTime) -> list[str]:
    """A line for each column that a board stated."""
    return [f"* {c.day.isoformat()}: as stated in {c.stated}" for c in table.columns if c.stated]


def _cell(figure: int | None) -> str | int:
    return "" if figure is None else figure
