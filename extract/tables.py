"""Tables of recommendations and action plans -> items.

Rows that split over a page are joined; the other columns fill fields.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.states import Kind
from extract import asks, formats
from extract.column_heads import COLUMNS
from extract.draft import Item
from extract.layout import Cell, Line, Table
from extract.paragraphs import Marker, Paragraph, label_number, marker_of

FEWEST_ROWS = 2  # of a table that names none of its columns
_NUMBER = re.compile(r"(?:R(?:ec\.?)?\s?)?\d{1,2}(?:\.\d{1,2})?[.):]?", re.IGNORECASE)
LONGEST_BAND = 14  # words of a row that heads those below it

Row = Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what; None where no column does."""

    text: int
    number: int | None = None
    agency: int | None = None
    date: int | None = None


@dataclass(frozen=True, slots=True)
class TableItems:
    """What the tables of a section yielded, and the tables that they used (the rest of the section is read as paragraphs).

    describing: tables that only say more of the item above them.
    """

    items: tuple[Item, ...]
    used: tuple[Table, ...]
    describing: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What the items of a table share: kind, announcing heading, and a heading that names who must act."""

    kind: Kind
    section: str
    heading: str | None


def read_tables(tables: Sequence[Table], place_of: Callable[[Table], Place], *, actions_too: bool = True) -> TableItems:
    """Items of the tables that are tables of recommendations, in order; `place_of`: what the items of a table share.

    A table without a head continues the one before. `actions_too`: a column of actions counts where none is headed
    "Recommendation".
    """
    items: list[Item] = []
    used: list[Table] = []
    describing: list[Table] = []
    columns: Columns | None = None
    width = 0
    before: tuple[Table, str | None, str | None] | None = None  # the last table, the heading over it, and its last band
    for table in tables:
        place = place_of(table)
        over = place.heading
        if before and _goes_on(before[0], table) and over == before[1]:
            place = replace(place, heading=before[2])
        last = place.heading
        if _describes(table):
            describing.append(table)
            continue
        head = _head(table, place.section, actions_too=actions_too)
        if head is None and _is_form(table):
            items.append(_from_form(table, place))
        elif head is not None:
            columns, width = head[0], len(table.rows[0])
            last = _add_rows(items, table.rows[head[1] :], columns, place)
        elif columns is not None and len(table.rows[0]) == width:
            last = _add_rows(items, table.rows, columns, place)
        elif columns is None and actions_too and (guessed := _without_heads(table)):
            last = _add_rows(items, table.rows, guessed, place)
        else:
            continue
        before = (table, over, last)
        used.append(table)
    asking = (i for i in items if i.paragraphs and not _asks_nothing(" ".join(line.text for line in i.lines())))
    return TableItems(tuple(asking), tuple(used), tuple(describing))


def described(items: Sequence[Item], describing: Sequence[Table]) -> bool:
    """Whether each such table stands below an item of its own; one may go on over the end of a page."""
    owners = [_above(items, table) for table in describing]
    shared = any(
        a is b and one.page == other.page for (a, one), (b, other) in pairwise(zip(owners, describing, strict=True))
    )
    return None not in owners and not shared


def keep_dates(items: Sequence[Item], describing: Sequence[Table]) -> None:
    """Give each item the date that the table below it names."""
    for table in describing:
        owner = _above(items, table)
        dates = (row[1] for row in table.rows if row[1] is not None and _role_of_name(row) == "date")
        if owner and owner.target_date is None and (date := next(dates, None)):
            owner.target_date = date.text.strip() or None


def _above(items: Sequence[Item], table: Table) -> Item | None:
    before = [i for i in items if (i.lines()[0].page, i.lines()[0].top) < (table.page, table.top)]
    return before[-1] if before else None


def _goes_on(table: Table, following: Table) -> bool:
    """Whether a table on the next page may be the rest of one: it has as many columns."""
    return following.page == table.page + 1 and len(following.rows[0]) == len(table.rows[0])


def _head(table: Table, section: str, *, actions_too: bool) -> tuple[Columns, int] | None:
    """The columns, and the index of the first row below the head; None where none of the first three rows names one.

    The column may also bear the words that announced the section: "What works well | Areas for improvement". A head may take
    two rows ("Action plan" over "Action", "Lead", "Date"): what one row leaves open the other may fill.
    """
    for index, row in enumerate(table.rows[:3]):
        roles = _roles(row)
        named = next(
            (i for i, cell in enumerate(row) if cell is not None and cell.text.strip() == section.strip()), None
        )
        text = roles.get("text", named if named is not None else roles.get("action") if actions_too else None)
        if text is None or len(row) < 2 or (text not in (roles.get("text"), named) and len(roles) < 2):
            continue
        end = index + 1
        for other, last in ((index - 1, end), (index + 1, index + 2)):
            more = _roles(table.rows[other]) if 0 <= other < len(table.rows) else {}
            fresh = {role: column for role, column in more.items() if role not in roles and column != text}
            if fresh:
                roles, end = {**fresh, **roles}, max(end, last)
        number = roles.get("number", table.numbers)
        if number is None:
            number = _unnamed_numbers(table.rows[end:], text)
        return Columns(text, number, roles.get("agency"), roles.get("date")), end
    return None


def _unnamed_numbers(rows: Sequence[Row], text: int) -> int | None:
    """The first column, where it stands before the text and holds nothing but numbers, whatever its head is."""
    first = [found for row in rows if text > 0 and (found := _cell_text(row, 0))]
    return 0 if len(first) >= FEWEST_ROWS and all(map(_NUMBER.fullmatch, first)) else None


def _without_heads(table: Table) -> Columns | None:
    """The columns of a table that names none: a number in every row, and beside it what asks for something.

    So set, in a section of recommendations, rows are recommendations; whatever else they hold is left alone.
    """
    rows = [row for row in table.rows if any(cell is not None and cell.text.strip() for cell in row)]
    if (
        len(rows) < FEWEST_ROWS
        or min(map(len, rows)) < 2
        or not all(_NUMBER.fullmatch(_cell_text(row, 0)) for row in rows)
    ):
        return None
    for column in range(1, min(map(len, rows))):
        if all(asks.is_directive(_cell_text(row, column)) for row in rows):
            return Columns(column, 0)
    return None


def _roles(row: Row) -> dict[str, int]:
    """Which column of a row of heads bears the name of which role."""
    roles: dict[str, int] = {}
    for column, cell in enumerate(row):
        for role, pattern in COLUMNS.items():
            if role not in roles and any(pattern.match(text) for text in _head_texts(cell)):
                roles[role] = column
    return roles


def _head_texts(cell: Cell | None) -> list[str]:
    """A head as printed, and with words that were divided at a line's end made whole ("Recommend-" "ation")."""
    text = re.sub(r"[\s:*]+$", "", cell.text.strip()) if cell else ""
    return [text, re.sub(r"(?<=[a-z])-? (?=[a-z])", "", text), re.sub(r"(?<=[a-z])- (?=[a-z])", "", text)]


def _is_form(table: Table) -> bool:
    """A small table of names and values for one recommendation: "Recommendation 3 | text", "Lead agency | name"."""
    pairs = [row for row in table.rows if len(row) >= 2 and row[0] is not None and row[-1] is not None]
    if not pairs or len(pairs) < len(table.rows) - 1:
        return False
    texts = [_role_of_name(row) for row in pairs]
    others = [role for role in texts if role not in ("text", None)]
    return texts.count("text") == 1 and texts[0] in ("text", "number") and len(others) >= 1


def _describes(table: Table) -> bool:
    """Whether a table of names and values says more of a recommendation that stands above it: its outcome, lead, and date."""
    pairs = [row for row in table.rows if len(row) == 2 and row[0] is not None and row[1] is not None]
    if len(pairs) < max(2, len(table.rows) - 1):
        return False
    names = [row[0].text.strip() for row in pairs if row[0]]
    told = sum(formats.AFTER_ITEM.match(f"{name.rstrip(' :')}:") is not None for name in names)
    asked = any(_role_of_name(row) in ("text", "number") for row in pairs)
    return not asked and told >= 2 and told >= len(names) - 2


def _role_of_name(row: Row) -> str | None:
    name = row[0].text.strip().rstrip(" :") if row[0] else ""
    if (m := formats.LABEL.match(name)) and not m["rest"]:
        return "text"
    return next((role for role, pattern in COLUMNS.items() if pattern.match(name)), None)


def _from_form(table: Table, place: Place) -> Item:
    item = Item(place.kind, place.section, heading=place.heading)
    for row in table.rows:
        value = row[-1] if len(row) >= 2 else None
        if value is None:
            continue
        role = _role_of_name(row)
        if role == "text":
            name = _cell_text(row, 0)
            item.number = item.number or (_plain_number(name) if any(c.isdigit() for c in name) else None)
            item.paragraphs.extend(_paragraphs(value))
        elif role == "number":
            item.number = _plain_number(value.text)
        elif role == "agency":
            item.addressee = value.text.strip() or None
        elif role == "date":
            item.target_date = value.text.strip() or None
    return item


def _add_rows(items: list[Item], rows: Sequence[Row], columns: Columns, place: Place) -> str | None:
    """Add what the rows ask for; returns the heading under which the last of them stands."""
    first = True
    above: Row = ()
    for row in rows:
        band = _band(row)
        if band is not None:
            place = replace(place, heading=band)
            continue
        cell = row[columns.text] if columns.text < len(row) else None
        if cell is None or not cell.lines:
            continue
        goes_on = first and items and _is_continuation(row, columns)
        if goes_on and not items[-1].paragraphs:
            continue  # the rest of words that ask for nothing
        if not goes_on and _asks_nothing(cell.text):
            items.append(Item(place.kind, place.section))
        elif goes_on:
            rest = _rest_and_listed(items[-1], cell)
            items[-1].paragraphs.extend(_paragraphs(Cell(rest)) if rest else [])
            items[-1].addressee = _gone_on(items[-1].addressee, _cell_text(row, columns.agency))
            items[-1].target_date = _gone_on(items[-1].target_date, _cell_text(row, columns.date))
            if len(rest) < len(cell.lines):
                new = Cell(cell.lines[len(rest) :])
                items.extend(_from_row(row, part, columns, place) for part in _listed(new, row, columns, fewest=1))
        else:
            row = _with_spanning(row, above, columns)
            items.extend(_from_row(row, part, columns, place) for part in _listed(cell, row, columns))
        first, above = False, row
    return place.heading


def _gone_on(before: str | None, rest: str) -> str | None:
    """The words of a cell with those that stand of it on the next page; a name that is printed there once more counts once."""
    return before if rest and before and rest in before else f"{before or ''} {rest}".strip() or None


# A row with a finding from which nothing follows, or nothing new.
_NONE_HERE = re.compile(
    r"(?:see (?:also )?|covered by |no (?:further |other |specific |separate |additional )*)recommendations?\b|none\b|n/?a\b",
    re.IGNORECASE,
)


def _asks_nothing(words: str) -> bool:
    """Whether a cell of the column of recommendations says that there is none."""
    if _NONE_HERE.match(words.strip()):
        return True
    return asks.makes_none(words) and not re.search(r"\b(?:should|must|shall|ought)\b", words)


def _with_spanning(row: Row, above: Row, columns: Columns) -> Row:
    """The row with the owner and the date of the row above where one cell stands over both.

    An agency's name to the left of what is asked heads a group of rows, and is mostly printed on the first of them only.
    """
    groups = columns.agency is not None and columns.agency < columns.text

    def is_spanned(column: int, cell: Cell | None) -> bool:
        if column >= len(above) or column not in (columns.agency, columns.date):
            return False
        return cell is None or (groups and column == columns.agency and not cell.text.strip())

    return [above[column] if is_spanned(column, cell) else cell for column, cell in enumerate(row)]


def _band(row: Row) -> str | None:
    """The words of a row that has a single cell over all columns: the agency or theme of the rows below it."""
    filled = [cell for cell in row if cell is not None and cell.text.strip()]
    spans = sum(cell is None for cell in row)
    if len(filled) != 1 or filled[0] is not row[0] or spans < max(1, len(row) - 2):
        return None
    text = filled[0].text.strip()
    return text if len(text.split()) <= LONGEST_BAND and not asks.says_duty(text) else None


def _rest_and_listed(item: Item, cell: Cell) -> tuple[Line, ...]:
    """The lines with which the next page's part of a cell goes on with an item, up to the next bullet if bullets are items."""
    first = item.paragraphs[0] if item.paragraphs else None
    if first is None or item.number is not None or first.marker is not Marker.BULLET:
        return cell.lines
    starts = (i for i, line in enumerate(cell.lines) if marker_of(line)[0] is Marker.BULLET)
    return cell.lines[: next(starts, len(cell.lines))]


def _listed(cell: Cell, row: Row, columns: Columns, fewest: int = 2) -> list[Cell]:
    """One cell for each item: a row without a number of its own may list all that one agency is asked to do."""
    if columns.number is not None and _cell_text(row, columns.number):
        return [cell]
    kinds = [marker_of(line)[0] for line in cell.lines]
    for marker in (Marker.LABEL, Marker.NUMBER, Marker.DECIMAL, Marker.LETTER, Marker.BULLET):
        if kinds[0] is marker and kinds.count(marker) >= fewest:
            starts = [i for i, kind in enumerate(kinds) if kind is marker]
            return [Cell(cell.lines[a:b]) for a, b in zip(starts, [*starts[1:], len(kinds)], strict=True)]
    return [cell]


def _from_row(row: Row, cell: Cell, columns: Columns, place: Place) -> Item:
    number: str | None = _plain_number(_cell_text(row, columns.number)) or None
    paragraphs = _paragraphs(cell)
    marker, printed, skip, noun = marker_of(cell.lines[0])
    if marker in (Marker.LABEL, Marker.NUMBER, Marker.DECIMAL, Marker.LETTER):
        paragraphs[0] = Paragraph(paragraphs[0].lines, marker, printed, skip, noun=noun)
        number = number or printed
    elif number is None and (coded := formats.CODED.match(cell.lines[0].text)) and coded["stop"]:
        number = coded["number"]  # "SA1. Supervisors to ..." in a cell
        paragraphs[0] = Paragraph(paragraphs[0].lines, Marker.NUMBER, number, coded.start("rest"))
    elif number is None and (printed := _bold_number(cell.lines[0])):
        paragraphs[0] = Paragraph(paragraphs[0].lines, Marker.NUMBER, printed, len(printed) + 1)
        number = printed
    item = Item(place.kind, place.section, number, None, paragraphs, place.heading, cell=True)
    item.addressee = _cell_text(row, columns.agency) or None
    item.target_date = _cell_text(row, columns.date) or None
    return item


def _bold_number(line: Line) -> str | None:
    """A number set in bold before text that is not: "1a The trust should ..."."""
    first, *rest = line.words
    stands_out = first.bold and bool(rest) and not rest[0].bold
    return first.text if stands_out and re.fullmatch(r"\d{1,2}[a-z]?", first.text) else None


def _plain_number(text: str) -> str:
    """A printed number without its noun and closing punctuation: "Recommendation 3." gives "3", "R3" stays."""
    found = formats.LABEL.match(text.strip())
    return label_number(found) if found else text.strip().rstrip(".):")


def _is_continuation(row: Row, columns: Columns) -> bool:
    """Whether the first row on a page goes on from the last: it has no number, or, where no column numbers, no owner."""
    if columns.number is not None:
        return not _cell_text(row, columns.number)
    cell = row[columns.text]
    starts_small = cell is not None and bool(cell.lines) and cell.lines[0].text[:1].islower()
    others = [c for c in (columns.agency, columns.date) if c is not None]
    return starts_small or (bool(others) and not any(_cell_text(row, c) for c in others))


def _cell_text(row: Row, column: int | None) -> str:
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
