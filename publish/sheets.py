"""A workbook of ours: headed, filtered, printable sheets in which a text is always a text. The only user of XlsxWriter.

The same cells give the same bytes, whenever and wherever they are written.
"""

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from publish.wording import clean, one_line

Cell = str | int | float | date | None

LONGEST_CELL = 32_767
"""How many UTF-16 units one cell can hold."""

_CHUNK = 32_000
_LISTS = "Lists"
_LONG = "Long texts"
_PAPER_WIDTH = 190
"""Characters that landscape A4 shows at a legible size; wider sheets are printed on several pages side by side."""

_LINE_POINTS = 13.2
_TALLEST = 409.0
_FIT = 1.1
"""Letters of running text in the width of one figure."""

_INK = "#1F2A37"
_DEEP = "#1D4E6B"
_PALE = "#E4EEF3"
_ENTRY = "#FFF9E3"
_LINE = "#B8C4CC"
_BASE = {"font_name": "Calibri", "font_size": 10, "font_color": _INK, "valign": "top"}
_BOXED = {**_BASE, "border": 1, "border_color": _LINE, "text_wrap": True}
_DATED = {**_BOXED, "num_format": "dd/mm/yyyy", "align": "left"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: heading, width in characters, the list its cells choose from, and whether it is filled in.

    choices: name of a list given to `Book.choices`; strict: nothing but the list is taken; entry: "text" or "date"
    where people are to write and the rest of the sheet is protected.
    """

    title: str
    width: float
    choices: str | None = None
    strict: bool = False
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A row that titles those below it, across the whole sheet."""

    title: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: name of its tab, title and lines above the headings, columns, rows; `empty` is said where none are.

    protected: people fill in the entry columns and cannot change the rest by accident (there is no password).
    """

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell] | Band]
    empty: str = "Nothing to show."
    protected: bool = False


class Book:
    """A workbook in the making; `content` gives its bytes."""

    def __init__(self, title: str, subject: str, created: date, footer: str = "") -> None:
        """Start an empty workbook with its document properties; `created` stands in them, and `footer` on print."""
        self._stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._stream, options)
        self._book.set_properties(
            {"title": _property(title), "subject": _property(subject), "created": datetime.combine(created, time())}
        )
        self._footer = one_line(footer)
        self._taken: set[str] = {_LISTS.casefold(), _LONG.casefold(), "history"}
        self._choices: dict[str, tuple[str, ...]] = {}
        self._long: list[tuple[str, str]] = []
        self._formats: dict[str, Format] = {
            name: self._book.add_format(look)
            for name, look in {
                "title": {**_BASE, "font_size": 15, "bold": True, "font_color": _DEEP},
                "line": {**_BASE, "font_color": "#4B5B66"},
                "head": {**_BOXED, "bold": True, "font_color": "#FFFFFF", "bg_color": _DEEP, "valign": "vcenter"},
                "band": {
                    **_BASE,
                    "bold": True,
                    "font_size": 11,
                    "font_color": _DEEP,
                    "bg_color": _PALE,
                    "valign": "vcenter",
                },
                "text": {**_BOXED, "num_format": "@"},
                "number": {**_BOXED, "align": "right"},
                "date": _DATED,
                "enter text": {**_BOXED, "num_format": "@", "bg_color": _ENTRY, "locked": False},
                "enter date": {**_DATED, "bg_color": _ENTRY, "locked": False},
            }.items()
        }

    def choices(self, name: str, values: Iterable[str]) -> None:
        """Name a list of words that columns can offer; give all lists before the sheets that use them."""
        self._choices[name] = tuple(dict.fromkeys(value for value in map(one_line, values) if value))

    def add(self, sheet: Sheet) -> None:
        """Add one sheet after those already there."""
        name = sheet_name(sheet.name, self._taken)
        page = self._book.add_worksheet(name)
        page.hide_gridlines(2)
        page.set_row(0, 24)
        self._write(page, 0, 0, sheet.title, "title")
        for row, line in enumerate(sheet.lines, start=1):
            self._write(page, row, 0, line, "line")
        head = len(sheet.lines) + 2
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
            self._write(page, head, at, column.title, "head")
        page.set_row(head, 30)
        last = self._rows(page, name, sheet, head + 1)
        page.freeze_panes(head + 1, 1 if len(sheet.columns) > 2 else 0)
        page.autofilter(head, 0, max(last, head), len(sheet.columns) - 1)
        page.repeat_rows(head)
        self._page_set_up(page, sum(column.width for column in sheet.columns))
        if sheet.protected:
            page.protect("", {"autofilter": True, "format_columns": True, "format_rows": True, "sort": True})

    def content(self) -> bytes:
        """Close the workbook and give its bytes. Nothing can be added afterwards."""
        if self._long:
            self._add_long_texts()
        if self._choices:
            page = self._book.add_worksheet(_LISTS)
            for at, (name, values) in enumerate(self._choices.items()):
                page.set_column(at, at, 40)
                for row, value in enumerate((name, *values)):
                    self._write(page, row, at, value, "head" if row == 0 else "text")
            page.hide()
        self._book.close()
        return self._stream.getvalue()

    def _rows(self, page: Worksheet, name: str, sheet: Sheet, first: int) -> int:
        """Write the rows and give the number of the last one; stretches between bands get the lists to choose from."""
        start = first
        for at, row in enumerate(sheet.rows, start=first):
            if isinstance(row, Band):
                self._offer(page, sheet.columns, start, at - 1)
                start = at + 1
                page.set_row(at, 20)
                for place in range(len(sheet.columns)):
                    self._write(page, at, place, None if place else row.title, "band")
                continue
            page.set_row(at, _height(sheet.columns, row))
            for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                self._cell(page, name, at, place, column, value)
        last = first + len(sheet.rows) - 1
        self._offer(page, sheet.columns, start, last)
        if not sheet.rows:
            self._write(page, first, 0, sheet.empty, "line")
        return last

    def _cell(self, page: Worksheet, name: str, row: int, place: int, column: Column, value: Cell) -> None:
        if column.entry is not None and value is None:
            page.write_blank(row, place, None, self._formats[f"enter {column.entry}"])
        elif isinstance(value, date) and value.year >= 1900:
            page.write_datetime(row, place, datetime.combine(value, time()), self._formats["date"])
        elif isinstance(value, int | float):
            page.write_number(row, place, value, self._formats["number"])
        elif isinstance(value, str) and _units(clean(value)) > LONGEST_CELL:
            self._write(page, row, place, self._put_aside(f"{name}, row {row + 1}, {column.title}", value), "text")
        else:
            self._write(page, row, place, None if value is None else str(value), "text")

    def _write(self, page: Worksheet, row: int, place: int, text: str | None, look: str) -> None:
        """A text as a text, whatever it begins with: never a formula, a link or a number."""
        if text:
            page.write_string(row, place, clean(text), self._formats[look])
        else:
            page.write_blank(row, place, None, self._formats[look])

    def _put_aside(self, where: str, text: str) -> str:
        """What no cell can hold goes in parts to a sheet of its own; the cell keeps its start and says so."""
        self._long.append((where, clean(text)))
        return f"{_head(clean(text), _CHUNK)} […] This text is too long for a cell: the sheet “{_LONG}” has all of it."

    def _add_long_texts(self) -> None:
        rows = [
            (where, part, chunk)
            for where, text in self._long
            for part, chunk in enumerate(_chunks(text), start=1)
        ]  # fmt: skip
        self._taken.discard(_LONG.casefold())
        self.add(
            Sheet(
                name=_LONG,
                title=_LONG,
                lines=("Texts that are longer than a cell can hold, in parts that follow on from each other.",),
                columns=(Column("Stands in", 40), Column("Part", 8), Column("Text", 120)),
                rows=rows,
            )
        )

    def _offer(self, page: Worksheet, columns: tuple[Column, ...], first: int, last: int) -> None:
        if last < first:
            return
        for at, column in enumerate(columns):
            rule = self._rule(column)
            if rule is not None:
                page.data_validation(first, at, last, at, rule)

    def _rule(self, column: Column) -> dict[str, object] | None:
        if column.choices is not None and self._choices.get(column.choices):
            place = list(self._choices).index(column.choices)
            letter = xlsxwriter.utility.xl_col_to_name(place)
            values = self._choices[column.choices]
            return {
                "validate": "list",
                "source": f"={_LISTS}!${letter}$2:${letter}${len(values) + 1}",
                "show_error": column.strict,
                "error_title": "Not in the list",
                "error_message": "Choose one of the words in the list.",
            }
        if column.entry == "date":
            return {
                "validate": "date",
                "criteria": ">=",
                "value": date(2000, 1, 1),
                "input_title": "A date",
                "input_message": "Such as 31/03/2027, or the word Ongoing.",
                "error_title": "Is this a date?",
                "error_message": "Write a date such as 31/03/2027, or keep the words if there is no date.",
                "error_type": "warning",
            }
        return None

    def _page_set_up(self, page: Worksheet, width: float) -> None:
        across = max(1, round(width / _PAPER_WIDTH))
        if across > 1:
            page.repeat_columns(0)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(across, 0)
        # The space keeps a name that begins with a digit apart from the size of the type.
        page.set_footer(f"&L&8 {_footer(self._footer)}&R&8 Page &P of &N")


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a spreadsheet takes: at most 31 characters, no reserved sign, unlike those `taken` (it is added)."""
    plain = one_line(re.sub(r"[\[\]:*?/\\\ufffd]", " ", clean(wanted))).strip("' ") or "Sheet"
    name = _head(plain, 31).strip("' ") or "Sheet"
    number = 2
    while name.casefold() in taken:
        ending = f" {number}"
        name = _head(plain, 31 - len(ending)).strip("' ") + ending
        number += 1
    taken.add(name.casefold())
    return name


def _height(columns: tuple[Column, ...], row: Sequence[Cell]) -> float:
    """Points for a row: not every program fits wrapped rows by itself, and hidden lines would be a silent loss."""
    lines = max(
        (
            sum(math.ceil(max(1, len(part)) / (column.width * _FIT)) for part in str(value).split("\n"))
            for column, value in zip(columns, row, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )
    return min(_TALLEST, lines * _LINE_POINTS + 4)


def _property(text: str) -> str:
    return _head(one_line(text), 255)


def _footer(text: str) -> str:
    """Text for a footer, which takes 255 signs with its codes and wants each ampersand twice."""
    longest = 220 if "&" not in text else 110
    return _head(text, longest).replace("&", "&&")


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _head(text: str, limit: int) -> str:
    """The longest start of `text` of at most `limit` UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def _chunks(text: str) -> Iterable[str]:
    while text:
        chunk = _head(text, _CHUNK)
        yield chunk
        text = text[len(chunk) :]
