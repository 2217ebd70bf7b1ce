"""Tables of an arriving plan -> its rows: which column says what, under which quadrant, and what cannot be read and why.

Knows nothing of the database: what the rows would change is `plan.importing`'s.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from domain.dates import day_or_words
from domain.framework import Framework
from domain.states import TOLD, Status
from extract.plan_tables import SourceRow, SourceTable, headings, simple
from plan.arriving_words import (
    NUMBER,
    REFERENCE,
    closed_in_vain,
    is_day,
    not_too_long,
    rag_of,
    reference,
    reviews,
    start,
    status_of,
    that_can_be,
)
from plan.columns import BESIDE, BESIDE_THE_TEXT, DAYS, HEADINGS, RETURNED, SHOWN, UNEDITED

SAME_TITLE: Final = 0.5  # the share of words that two titles of one quadrant have in common
STATE = re.compile(r"\bPlan state (\d{1,15})\b")
UPDATE_FROM = re.compile(r"update from (.+)", re.I)


@dataclass(frozen=True, slots=True)
class ArrivingRow:
    """One action as a file has it.

    at: where it stands; values: what its columns say, by field, empty ones too; letters, to_all: the reviews it answers,
    None where no column says; agency: from whom a workbook of the round came back, "" in a whole plan; beside: what a
    sheet of ours says in columns that no import changes, and an agency's workbook in the cells that are not the
    agency's; doubts: cells that say nothing the plan could take; no_day: why the target date of a sheet of ours is no date,
    which matters only where somebody has written it there.
    """

    at: str
    ref: str | None
    quadrant: str | None
    values: Mapping[str, str]
    letters: tuple[str, ...] | None = None
    to_all: bool = False
    agency: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    no_day: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or table that was not taken, with the reason."""

    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a file holds.

    passed: names of tables without the headings of a plan; headed: whether any table has them;
    beside: headings of columns that no field is known for;
    state: number of the last change that the plan had seen when we wrote the file, None where it is not ours; agency:
    whose workbook of a round it is, "" for a plan; nameless: it has the columns of such a workbook, and does not say whose.
    """

    rows: tuple[ArrivingRow, ...]
    unread: tuple[Unread, ...]
    passed: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    state: int | None = None
    agency: str = ""
    headed: bool = True
    nameless: bool = False


def arriving(tables: Sequence[SourceTable], framework: Framework, columns: Mapping[str, str] | None = None) -> Arrived:
    """The actions of a file's tables. `columns`: headings of the file's own -> names of `HEADINGS`, beside those known."""
    reader = _Reader(framework, columns or {}, _filled_in_by(tables))
    parts = [reader.read(table) for table in tables]
    states = [part.state for part in parts if part.state is not None]
    # A sheet that somebody added to a workbook of ours is no part of the plan.
    ours = [part for part in parts if part.headed and (not states or part.state is not None or not part.is_sheet)]
    return Arrived(
        tuple(row for part in ours for row in part.rows),
        tuple(unread for part in ours for unread in part.unread),
        tuple(part.name for part in parts if part not in ours),
        tuple(dict.fromkeys(heading for part in ours for heading in part.beside)),
        # Sheets of two exports in one workbook: what has changed since the older is asked.
        min(states, default=None),
        reader.sender,
        headed=bool(ours),
        nameless=reader.nameless,
    )


def _filled_in_by(tables: Sequence[SourceTable]) -> str:
    """The agency that the second sheet of a round's workbook names; "" where there is none."""
    how_to = (row.cells for table in tables if "how to fill this in" in table.name.casefold() for row in table.rows)
    return next((cells[1] for cells in how_to if len(cells) > 1 and simple(cells[0]) == "agency"), "")


@dataclass(slots=True)
class _Part:
    """What one table held. headed: whether it has the headings of a plan, its own or those of the table before."""

    name: str
    rows: list[ArrivingRow] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    headed: bool = False
    state: int | None = None

    @property
    def is_sheet(self) -> bool:
        return self.name.startswith("sheet")


@dataclass(slots=True)
class _Reader:
    """Goes through the tables in order: columns and quadrant hold until others are announced."""

    framework: Framework
    columns: Mapping[str, str]
    filled_in_by: str = ""
    sender: str = ""
    nameless: bool = False
    _known: dict[str, str] = field(default_factory=dict)
    _head: tuple[str, ...] = ()
    _places: dict[int, str] = field(default_factory=dict)
    _width: int = 0
    _quadrant: str | None = None
    _agency: str = ""
    _counted: bool = False
    _given: str = ""
    _part: _Part = field(default_factory=lambda: _Part(""))

    def __post_init__(self) -> None:
        self._known = {name: field for field, names in HEADINGS.items() for name in names}
        self._known |= {simple(theirs): ours for theirs, ours in self.columns.items()}

    def read(self, table: SourceTable) -> _Part:
        """What a table holds."""
        part = self._part = _Part(table.name)
        width = max(len(row.cells) for row in table.rows)
        if part.is_sheet or width != self._width or not self._may_go_on(table):
            self._places, self._quadrant, self._agency = {}, None, ""
        self._width = width
        for line in table.before:
            self._announced(line)
        waiting: list[SourceRow] = []
        for row in table.rows:
            found = self._headings(row)
            if found:
                for above in waiting:
                    self._announced(*filter(None, above.cells))
                waiting, self._places, self._head = [], found, row.cells
                part.headed = True
                self._name_sender()
                self._name_others(row)
                self._name_numbers(table)
            elif self._places:
                part.headed = True
                self._row(row)
            else:
                waiting.append(row)
        return part

    def _may_go_on(self, table: SourceTable) -> bool:
        """Whether a table without headings can be the rest of the one before it: its rows begin as those of a plan do."""
        ref = next((place for place, name in self._places.items() if name == "ref"), None)
        first = table.rows[0].cells
        kind = NUMBER if self._counted else REFERENCE
        begins = ref is None or ref >= len(first) or not first[ref] or kind.fullmatch(first[ref]) is not None
        # In a document something stands between two tables of their own; above a table of a PDF stands the running head.
        return begins and (table.name.startswith("page") or not table.before)

    @property
    def _is_ours(self) -> bool:
        """Whether we wrote the table that is read."""
        return self._part.state is not None or bool(self._agency)

    def _name_sender(self) -> None:
        """Where the lines above the headings of a round's workbook are gone, its other sheet may still say whose it is."""
        if set(RETURNED) <= set(self._places.values()) and not self._agency:
            self._agency = self.sender = self.filled_in_by
            self.nameless = self.nameless or not self._agency

    def _name_numbers(self, table: SourceTable) -> None:
        """Note whether the rows are merely counted, 1, 2, 3: such numbers are the file's own and say no quadrant."""
        place = next((place for place, name in self._places.items() if name == "ref"), None)
        cells = [row.cells[place] for row in table.rows if place is not None and place < len(row.cells)]
        numbers = [cell for cell in cells if NUMBER.fullmatch(cell)]
        self._counted = (
            bool(numbers) and not self._is_ours and not any(REFERENCE.fullmatch(cell.rstrip(".")) for cell in cells)
        )
        if self._counted and place is not None:
            self._part.beside.append(f"{start(self._head[place])} (the file's own numbers, such as {numbers[0]})")

    def _name_others(self, heads: SourceRow) -> None:
        """Note the headings of columns that are not read, so that nobody thinks they were."""
        for place, cell in enumerate(heads.cells):
            known = simple(cell) in UNEDITED or (simple(cell) in BESIDE and self._is_ours)
            if cell and place not in self._places and not known:
                self._part.beside.append(start(cell))

    def _announced(self, *words: str) -> None:
        """What stands above a table: a quadrant, the plan's state, or from whom an update came."""
        for line in words:
            if (state := STATE.search(line)) is not None:
                self._part.state = int(state[1])
            if (sender := UPDATE_FROM.search(line)) is not None:
                self._agency = self.sender = sender[1].strip()
            self._quadrant = self._quadrant_of(line) or self._quadrant

    def _headings(self, row: SourceRow) -> dict[int, str]:
        found = headings(row, self._known)
        # "Actions" alone heads columns of figures too: what is to be done stands beside who does it, by when or how far it is.
        names = set(found.values())
        is_plan = ("ref" in names and len(names) >= 2) or ("text" in names and bool(names & BESIDE_THE_TEXT))
        return found if is_plan else {}

    def _quadrant_of(self, words: str) -> str | None:
        plain = simple(words)
        for entry in self.framework.quadrants:
            if plain in (simple(entry.title), entry.code.casefold(), simple(f"{entry.code} {entry.title}")):
                return entry.code
        # Boards shorten and lengthen the titles: most of the words of one quadrant, and of no other, will do.
        shares = {
            entry.code: len(mine & set(plain.split())) / len(mine | set(plain.split()))
            for entry in self.framework.quadrants
            if (mine := set(simple(entry.title).split()))
        }
        near = [code for code, share in shares.items() if share >= SAME_TITLE]
        return near[0] if len(near) == 1 else None

    def _row(self, row: SourceRow) -> None:
        part = self._part
        at = f"{part.name}, {row.at}" if row.at != part.name else part.name
        filled = [cell for cell in row.cells if cell]
        if len(filled) == 1 and REFERENCE.fullmatch(filled[0]) is None:
            if not self._is_band(filled[0]):
                part.unread.append(Unread(at, f"“{start(filled[0])}” is alone in its row, and is not a quadrant"))
            return
        if row.doubts:
            part.unread.append(Unread(at, "; ".join(row.doubts)))
            return
        values = {name: row.cells[place] if place < len(row.cells) else "" for place, name in self._places.items()}
        self._name_unheaded(row)
        if not any(values.values()):
            part.unread.append(Unread(at, f"stands beside the plan's columns: “{start(' '.join(filled))}”"))
            return
        ref = values.get("ref", "")
        try:
            self._take(at, row, values)
        except ValueError as error:
            named = f"{ref}: " if ref and ref not in str(error) else ""
            part.unread.append(Unread(at, f"{named}{error}"))

    def _name_unheaded(self, row: SourceRow) -> None:
        for place, cell in enumerate(row.cells):
            headed = place in self._places or bool(self._head[place : place + 1] and self._head[place])
            if cell and not headed:
                self._part.beside.append(f"column {place + 1}, which has no heading")

    def _is_band(self, words: str) -> bool:
        """Whether a row that holds one cell only titles those below it, or says that there are none."""
        self._quadrant = quadrant = self._quadrant_of(words)
        return quadrant is not None or words.startswith("No action has been adopted")

    def _take(self, at: str, row: SourceRow, values: dict[str, str]) -> None:
        """Add the row to the actions, or what it says to the action above. Raises `ValueError` with what is wrong with it."""
        part = self._part
        own = {name for place, name in self._places.items() if place not in row.merged}
        if "ref" in values and "ref" not in own and part.rows and values["ref"] == self._given:
            if "target_date" in own and values.get("target_date") and part.rows[-1].values.get("target_date"):
                raise ValueError("shares its reference with the row above and has a date of its own: unmerge the cells")
            part.rows[-1] = self._with_rest(part.rows[-1], {name: values[name] for name in own})
            return
        if part.name.startswith("page") and "ref" in values and not values["ref"]:
            raise ValueError("has no reference; it may be the rest of the row before it")
        given = values.get("ref", "")
        part.rows.append(self._action(at, row, values))
        self._given = given

    def _with_rest(self, action: ArrivingRow, rest: dict[str, str]) -> ArrivingRow:
        """An action with what stands in further rows beside its one cell for the reference."""
        values = dict(action.values)
        for name, words in rest.items():
            if words and name in values:
                values[name] = f"{values[name]}\n{words}" if values[name] else self._value(name, words)
        return replace(action, values=values)

    def _action(self, at: str, row: SourceRow, values: dict[str, str]) -> ArrivingRow:
        """Raises `ValueError` with what is wrong with the row."""
        given = values.pop("ref", "")
        ref = None if self._counted and NUMBER.fullmatch(given) else reference(given)
        said = values.pop("quadrant", "")
        quadrant = self._quadrant_of(said) if said else self._quadrant
        if said and quadrant is None:
            raise ValueError(f"“{start(said)}” is not a quadrant. Choose from: {quadrants(self.framework)}")
        if ref is not None:
            quadrant = self._quadrant_of_ref(ref, quadrant)
        letters, to_all = None, False
        beside: dict[str, str] = {}
        if self._agency:
            # An owner's own columns count, and what is empty there changes nothing. The rest is looked at for slips.
            beside = self._shown(row, values)
            values = {ours: values[theirs] for theirs, ours in RETURNED.items() if values.get(theirs)}
        else:
            if "review_refs" in values:
                letters, to_all = reviews(values.pop("review_refs"))
            # In a plan of elsewhere the same headings are other words for what every plan has.
            extra = {ours: values.pop(theirs, "") for theirs, ours in RETURNED.items()}
            values |= {ours: words for ours, words in extra.items() if words and not values.get(ours)}
            beside = self._said_beside(row)
        values, doubts, no_day = self._read(values)
        return ArrivingRow(at, ref, quadrant, values, letters, to_all, self._agency, beside, doubts, no_day)

    def _read(self, values: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...], str]:
        """What the cells of a row say, what of it nobody can take, and why its target date is none. Raises `ValueError`."""
        read, doubts, no_day = dict(values), list[str](), ""
        for name, words in values.items():
            try:
                read[name] = self._value(name, words)
            except ValueError as error:
                if name == "target_date" and self._part.state is not None and not self._agency:
                    no_day = str(error)
                elif name == "rag":
                    doubts.append(f"RAG: {error}")
                    read[name] = ""
                else:
                    raise
        if self._part.state is None and (doubt := closed_in_vain(values.get("closed", ""), read.get("status", ""))):
            doubts.append(doubt)
            read["closed"] = ""
        return read, tuple(doubts), no_day

    def _shown(self, row: SourceRow, values: Mapping[str, str]) -> dict[str, str]:
        """What an agency's workbook says in cells that are not the agency's; empty ones say nothing."""
        # A day moves on: whether somebody has edited it can be told only where it is known what the workbook said.
        names = (*SHOWN, "target_date") if self._part.state is not None else SHOWN
        said = {name: values.get(name, "") for name in names} | self._said_beside(row)
        return {name: words for name, words in said.items() if words}

    def _said_beside(self, row: SourceRow) -> dict[str, str]:
        """What a sheet of ours says in columns that no import changes."""
        if self._part.state is None:
            return {}
        found = {BESIDE[plain]: place for place, cell in enumerate(self._head) if (plain := simple(cell)) in BESIDE}
        return {name: row.cells[place] if place < len(row.cells) else "" for name, place in found.items()}

    def _value(self, name: str, words: str) -> str:
        """What a cell says, as the plan has it. Raises `ValueError`."""
        if not words:
            return ""
        if name in DAYS:
            day = day_or_words(words)
            if name in ("opened", "closed") and not is_day(day):
                raise ValueError(f"“{start(day)}” is not the day on which the action was {name}")
            return that_can_be(name, day)
        not_too_long(name, words)
        if name == "status":
            return status_of(words, TOLD if self._agency else tuple(Status))
        return rag_of(words) if name == "rag" else words

    def _quadrant_of_ref(self, ref: str, stands_under: str | None) -> str:
        numbers = {str(self.framework.quadrant_number(code)): code for code in self.framework.quadrant_codes}
        own = numbers.get(ref.partition(".")[0])
        if own is None:
            raise ValueError(f"{ref} has no quadrant: references begin with 1 to {len(numbers)}")
        if stands_under is not None and stands_under != own:
            raise ValueError(f"the reference {ref} belongs to {own}, but the row is listed under {stands_under}")
        return own


def quadrants(framework: Framework) -> str:
    """The quadrants with their titles, for a sentence that asks for one."""
    return "; ".join(f"{entry.code} {entry.title}" for entry in framework.quadrants)


def headings_of(tables: Iterable[SourceTable]) -> Iterator[str]:
    """The first row of each table that has several filled cells: what a person maps where no heading is known."""
    for table in tables:
        for row in table.rows:
            filled = [cell for cell in row.cells if cell]
            if len(filled) >= 3:
                yield from filled
                break
