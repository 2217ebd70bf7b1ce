"""Tables of an arriving plan -> its rows: which column says what, under which quadrant, and what cannot be read and why.

Knows nothing of the database: what the rows would change is `plan.importing`'s.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domain.framework import Framework
from domain.states import Status
from extract.plan_files import SourceRow, SourceTable

# What the columns of a plan are called, simplified as by `_simple`; the first of each is our own.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("ref", "reference", "action ref", "action reference", "action no", "action number", "no", "ref no"),
    "review_refs": (
        "review refs", "review ref", "scr ref", "scr refs", "spr ref", "sar ref", "dhr ref", "case ref", "review", "reviews",
        "scr", "source", "source review",
    ),
    "text": ("action", "actions", "action required", "action to be taken", "agreed action", "what needs to happen"),
    "lead_agency": (
        "lead agency", "lead agencies", "lead", "lead officer", "lead agency officer", "owner", "action owner", "by whom",
        "responsible", "responsible agency", "who",
    ),
    "target_date": ("target date", "target", "due date", "due", "deadline", "by when", "when", "timescale", "timescales"),
    "progress": ("progress", "progress update", "update", "latest update", "progress to date", "progress made"),
    "status": ("status", "current status"),
    "quadrant": ("quadrant", "theme", "thematic area"),
    "worry_statement": ("worry statement", "what are we worried about", "worry"),
    "success_goal": ("success goal", "goal", "success measure", "what will success look like", "desired outcome"),
    "next_steps": ("next steps", "next step"),
    "home": ("home", "subgroup", "sub group", "strategy", "strategy or subgroup"),
    "opened": ("opened", "date opened", "start date"),
    "closed": ("closed", "date closed"),
    "achieved": ("aim achieved",),
    # What the owners fill in on the workbook of a round. The columns beside them are locked, and not read.
    "status_now": ("status now",),
    "note": ("progress note",),
    "new_target": ("new target date",),
    "reason": ("reason for a new date",),
}  # fmt: skip
RETURNED: Final = {"status_now": "status", "note": "progress", "new_target": "target_date", "reason": "reason"}
# What our own sheets say beside; nothing is lost where these are not read.
SAID_BESIDE: Final = frozenset(
    {
        "days overdue", "last progress", "answers", "first target date", "superseded by", "came from", "rag",
        "practice standards", "look at again on",
    }
)  # fmt: skip
DAYS: Final = ("target_date", "opened", "closed")
BESIDE_THE_TEXT: Final = frozenset({"lead_agency", "target_date", "progress"})
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
REFERENCE = re.compile(r"(\d{1,2})\s*[.]\s*(\d{1,4})")
# Words for a review before its letter: "Case Q", "SCR AF", "Child F".
NOUNS = re.compile(r"\b(?:cases?|child|family|adult|scrs?|sprs?|lcsprs?|cspr|sars?|dhrs?|reviews?)\b", re.I)
SAME_TITLE: Final = 0.5  # the share of words that two titles of one quadrant have in common
STATE = re.compile(r"\bPlan state (\d{1,15})\b")
UPDATE_FROM = re.compile(r"update from (.+)", re.I)


@dataclass(frozen=True, slots=True)
class ArrivingRow:
    """One action as a file has it.

    at: where it stands; values: what its columns say, by field, empty ones too; letters, to_all: the reviews it answers,
    None where no column says; agency: from whom a workbook of the round came back, "" in a whole plan.
    """

    at: str
    ref: str | None
    quadrant: str | None
    values: Mapping[str, str]
    letters: tuple[str, ...] | None = None
    to_all: bool = False
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or table that was not taken, with the reason."""

    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a file holds.

    passed: names of tables without the headings of a plan; beside: headings of columns that no field is known for;
    state: number of the last change that the plan had seen when we wrote the file, None where it is not ours; agency:
    whose workbook of a round it is, "" for a plan.
    """

    rows: tuple[ArrivingRow, ...]
    unread: tuple[Unread, ...]
    passed: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    state: int | None = None
    agency: str = ""


def arriving(tables: Sequence[SourceTable], framework: Framework, columns: Mapping[str, str] | None = None) -> Arrived:
    """The actions of a file's tables. `columns`: headings of the file's own -> names of `HEADINGS`, beside those known."""
    reader = _Reader(framework, columns or {})
    for table in tables:
        reader.read(table)
    return Arrived(
        tuple(reader.rows),
        tuple(reader.unread),
        tuple(reader.passed),
        tuple(dict.fromkeys(reader.beside)),
        reader.state,
        reader.sender,
    )


@dataclass(slots=True)
class _Reader:
    """Goes through the tables in order: columns and quadrant hold until others are announced."""

    framework: Framework
    columns: Mapping[str, str]
    rows: list[ArrivingRow] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    state: int | None = None
    sender: str = ""
    _known: dict[str, str] = field(default_factory=dict)
    _places: dict[int, str] = field(default_factory=dict)
    _width: int = 0
    _quadrant: str | None = None
    _agency: str = ""

    def __post_init__(self) -> None:
        self._known = {name: field for field, names in HEADINGS.items() for name in names}
        self._known |= {_simple(theirs): ours for theirs, ours in self.columns.items()}

    def read(self, table: SourceTable) -> None:
        # A table without headings goes on from the one before it, on the page before, when it is as wide.
        width = max(len(row.cells) for row in table.rows)
        if table.name.startswith("sheet") or width != self._width:
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
                waiting, self._places = [], found
                others = (cell for place, cell in enumerate(row.cells) if cell and place not in found)
                self.beside += [_start(cell) for cell in others if _simple(cell) not in SAID_BESIDE]
            elif self._places:
                self._row(table.name, row)
            else:
                waiting.append(row)
        if waiting:
            self.passed.append(table.name)

    def _announced(self, *words: str) -> None:
        """What stands above a table: a quadrant, the plan's state, or from whom an update came."""
        for line in words:
            if (state := STATE.search(line)) is not None:
                self.state = int(state[1])
            if (sender := UPDATE_FROM.search(line)) is not None:
                self._agency = self.sender = sender[1].strip()
            self._quadrant = self._quadrant_of(line) or self._quadrant

    def _headings(self, row: SourceRow) -> dict[int, str]:
        found: dict[int, str] = {}
        for place, cell in enumerate(row.cells):
            name = self._known.get(_simple(cell))
            if name is not None and name not in found.values():
                found[place] = name
        # "Actions" alone heads columns of figures too: what is to be done stands beside who does it, by when or how far it is.
        names = set(found.values())
        is_plan = ("ref" in names and len(names) >= 2) or ("text" in names and bool(names & BESIDE_THE_TEXT))
        return found if is_plan else {}

    def _quadrant_of(self, words: str) -> str | None:
        simple = _simple(words)
        for entry in self.framework.quadrants:
            if simple in (_simple(entry.title), entry.code.casefold(), _simple(f"{entry.code} {entry.title}")):
                return entry.code
        # Boards shorten and lengthen the titles: most of the words of one quadrant, and of no other, will do.
        shares = {
            entry.code: len(mine & set(simple.split())) / len(mine | set(simple.split()))
            for entry in self.framework.quadrants
            if (mine := set(_simple(entry.title).split()))
        }
        near = [code for code, share in shares.items() if share >= SAME_TITLE]
        return near[0] if len(near) == 1 else None

    def _row(self, table: str, row: SourceRow) -> None:
        at = f"{table}, {row.at}" if row.at != table else table
        filled = [cell for cell in row.cells if cell]
        if len(filled) == 1 and row.cells[0] and REFERENCE.fullmatch(row.cells[0]) is None:
            if not self._is_band(filled[0]):
                self.unread.append(
                    Unread(at, f"“{_start(filled[0])}” stands alone, and is no quadrant of the framework")
                )
            return
        if row.doubts:
            self.unread.append(Unread(at, "; ".join(row.doubts)))
            return
        values = {name: row.cells[place] if place < len(row.cells) else "" for place, name in self._places.items()}
        if not any(values.values()):
            self.unread.append(Unread(at, f"stands beside the plan's columns: “{_start(' '.join(filled))}”"))
            return
        try:
            self.rows.append(self._action(at, values))
        except ValueError as error:
            self.unread.append(Unread(at, str(error)))

    def _is_band(self, words: str) -> bool:
        """Whether a row that holds one cell only titles those below it, or says that there are none."""
        self._quadrant = quadrant = self._quadrant_of(words)
        return quadrant is not None or words.startswith("No action has been adopted")

    def _action(self, at: str, values: dict[str, str]) -> ArrivingRow:
        """Raises `ValueError` with what is wrong with the row."""
        ref = _reference(values.pop("ref", ""))
        said = values.pop("quadrant", "")
        quadrant = self._quadrant_of(said) if said else self._quadrant
        if said and quadrant is None:
            raise ValueError(f"“{_start(said)}” is no quadrant of the framework")
        if ref is not None:
            quadrant = self._quadrant_of_ref(ref, quadrant)
        letters, to_all = None, False
        if "review_refs" in values:
            letters, to_all = _reviews(values.pop("review_refs"))
        if RETURNED.keys() & values.keys():
            # An owner's own columns count, and what is empty there changes nothing.
            values = {ours: values[theirs] for theirs, ours in RETURNED.items() if values.get(theirs)}
            letters = None
        for name in DAYS:
            if values.get(name):
                values[name] = day_or_words(values[name])
        if values.get("status"):
            values["status"] = _status(values["status"])
        for name in ("opened", "closed"):
            if (day := values.get(name)) and not _is_day(day):
                raise ValueError(f"“{_start(day)}” is not the day on which the action was {name}")
        return ArrivingRow(at, ref, quadrant, values, letters, to_all, self._agency)

    def _quadrant_of_ref(self, ref: str, stands_under: str | None) -> str:
        numbers = {str(self.framework.quadrant_number(code)): code for code in self.framework.quadrant_codes}
        own = numbers.get(ref.partition(".")[0])
        if own is None:
            raise ValueError(f"the reference {ref} belongs to no quadrant: the framework has {len(numbers)}")
        if stands_under is not None and stands_under != own:
            raise ValueError(f"the reference {ref} belongs to {own}, and the row stands under {stands_under}")
        return own


def _simple(words: str) -> str:
    """Letters and figures alone, small, apart by single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", words.casefold().replace("'", "").replace("’", "")))


def _start(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= 60 else f"{folded[:60]}…"


def _reference(words: str) -> str | None:
    """A reference such as 2.3; None for an empty cell. Raises `ValueError` for anything else."""
    given = words.strip()
    if not given:
        return None
    found = REFERENCE.fullmatch(given.rstrip("."))
    if found is None or int(found[1]) < 1 or int(found[2]) < 1:
        raise ValueError(f"“{_start(given)}” is no reference of a plan such as 2.3")
    return f"{int(found[1])}.{int(found[2])}"


def _reviews(words: str) -> tuple[tuple[str, ...], bool]:
    """The letters of reviews and whether it answers all: "K, O", "All", "M (and All)". Raises `ValueError`."""
    letters: list[str] = []
    to_all = False
    for part in re.split(r"[\s,;&/()]+|\band\b", NOUNS.sub(" ", words)):
        if part.casefold() == "all":
            to_all = True
        elif re.fullmatch(r"[A-Z]{1,2}", part):
            letters.append(part)
        elif part:
            raise ValueError(f"“{_start(words)}” names reviews otherwise than by letters such as K, O or “All”")
    return tuple(dict.fromkeys(letters)), to_all


def _status(words: str) -> str:
    """A status as the plan knows it. Raises `ValueError`."""
    known = {_simple(status.value): status for status in Status}
    known |= {"completed": Status.COMPLETE, "ongoing": Status.IN_PROGRESS, "not started": Status.OPEN}
    found = known.get(_simple(words))
    if found is None:
        raise ValueError(f"“{_start(words)}” is no status. Choose from: {', '.join(status.value for status in Status)}")
    return found.value


def day_or_words(words: str) -> str:
    """A day as ISO where the words are one ("01/06/17", "1 June 2017", "2017-06-01"), else the words ("Ongoing").

    Days come before months, as they are written in this country. Raises `ValueError` for a day that no calendar has.
    """
    given = " ".join(words.split())
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?", given)
    figures = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", given)
    named = re.fullmatch(
        r"(?:[A-Za-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]{3,9})\.?,?[ \-](\d{4}|\d{2})", given
    )
    if iso is not None:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif figures is not None:
        parts = (_year(figures[3]), int(figures[2]), int(figures[1]))
    elif named is not None and named[2][:3].casefold() in MONTHS:
        parts = (_year(named[3]), MONTHS.index(named[2][:3].casefold()) + 1, int(named[1]))
    else:
        return given
    try:
        return date(*parts).isoformat()
    except ValueError as error:
        raise ValueError(f"“{given}” is no day of the calendar; days are written day, month, year") from error


def _year(words: str) -> int:
    return int(words) if len(words) == 4 else 2000 + int(words)


def _is_day(words: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", words) is not None


def headings_of(tables: Iterable[SourceTable]) -> Iterator[str]:
    """The first row of each table that has several filled cells: what a person maps where no heading is known."""
    for table in tables:
        for row in table.rows:
            filled = [cell for cell in row.cells if cell]
            if len(filled) >= 3:
                yield from filled
                break
