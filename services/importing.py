"""Import a plan or a returned workbook: read it in the sandbox, hold it against ours, and write what a person agrees to."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.errors import InputRejected, SandboxError, UsageError
from extract.plan_files import from_json
from extract.plan_tables import SourceTable, Unreadable
from plan.arriving import Arrived, arriving, headings_of
from plan.columns import HEADINGS
from plan.import_preview import preview
from plan.import_rows import Preview
from plan.importing import Imported, PastImport, apply, imports, undo
from plan.rounds import earlier_round
from services.backups import back_up_before
from services.house import House, is_there

READER = "extract.plan_files:read_json"
LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at: what importing it would do.

    passed: names of its tables that have no headings of a plan; beside: headings of columns that are not read; agency: whose
    workbook of a round it is; dated, published: as the person said of it; state: what the plan had seen when we wrote it, None
    where it is not ours; earlier: the day of the round that it answers, where that is not the last.
    """

    file: str
    sha256: str
    rows: tuple[Preview, ...]
    passed: tuple[str, ...]
    beside: tuple[str, ...]
    agency: str
    published: bool
    dated: date | None
    state: int | None = None
    earlier: str = ""

    @property
    def writes(self) -> bool:
        """Whether importing it would change anything; that an agency's workbook came back is kept in any case."""
        return bool(self.agency) or any(row.writes for row in self.rows)


def look(
    house: House, file: Path, *, published: bool = False, dated: date | None = None, columns: Path | None = None
) -> Looked:
    """What importing a file would do; changes nothing but that an empty plan is made where there was none.

    columns: a TOML file with a table `columns`, from the file's headings to ours. Raises `InputRejected` for a file that
    cannot be read as a plan, `UsageError` for a file that is not there.
    """
    mapped = _columns(columns)
    tables, content = read_file(house, file)
    arrived = arriving(tables, house.framework, mapped)
    if arrived.nameless:
        raise InputRejected(
            f"{file.name} has the columns of an agency's workbook, but the lines above them are gone, so that it does not say "
            "whose it is. Write “Update from” and the name of the agency into a cell above the headings, and bring it in again."
        )
    if not arrived.rows and not arrived.unread:
        raise _nothing_in(file, tables, arrived)
    rows = preview(house.plan, arrived, house.framework, published=published)
    return Looked(
        file.name,
        hashlib.sha256(content).hexdigest(),
        rows,
        arrived.passed,
        arrived.beside,
        arrived.agency,
        published,
        dated,
        arrived.state,
        earlier_round(house.plan, arrived.state) if arrived.agency else "",
    )


def _nothing_in(file: Path, tables: tuple[SourceTable, ...], arrived: Arrived) -> InputRejected:
    """Why a file brings nothing: it has the headings of a plan and no actions, or headings of its own."""
    if arrived.headed or not arrived.passed:
        return InputRejected(f"{file.name} has no actions in it, so there is nothing to import.")
    found = ", ".join(dict.fromkeys(" ".join(h.split())[:40] for h in headings_of(tables))) or "none"
    said = f"No table in {file.name} has the headings we look for. It has: {found}."
    return InputRejected(
        f'{said} Write a file such as columns.toml with the lines [columns] and "Their heading" = "action", and give it '
        "with --columns.",
        page=f"{said} Rename the columns in the file, for example to Ref, Action, Lead agency, Target date, Progress and "
        "Status, then choose it again.",
    )


def read_file(house: House, file: Path) -> tuple[tuple[SourceTable, ...], bytes]:
    """The tables of a file, read in the sandbox, and its bytes. Raises `InputRejected`, and `UsageError` where there is none."""
    if not is_there(file) or not file.is_file():
        raise UsageError(f"There is no file {file}.")
    size = file.stat().st_size
    if size > LARGEST:
        raise InputRejected(
            f"{file.name} has {size // 2**20} MB; the most is {LARGEST // 2**20} MB. Take pictures out of it."
        )
    try:
        content = file.read_bytes()
        answer = house.sandbox.call(READER, str(file.absolute()), file.name)
        assert isinstance(answer, dict)
        return from_json(answer), content
    except OSError as error:
        raise InputRejected(
            f"{file} cannot be read ({error.strerror or error}). Ask for the right to read it."
        ) from error
    except Unreadable as error:
        raise InputRejected(str(error)) from error
    except SandboxError as error:
        raise InputRejected(
            f"{file.name} could not be read: it is damaged, or too large. Save it as CSV and import that."
        ) from error


def _columns(file: Path | None) -> Mapping[str, str]:
    """A saved mapping of columns, with our fields' plain names as values. Raises `UsageError`."""
    if file is None:
        return {}
    plain = {names[0]: field for field, names in HEADINGS.items()}
    try:
        given = tomllib.loads(file.read_text("utf-8")).get("columns", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The columns cannot be read from {file}: {error}") from error
    if not isinstance(given, dict) or not given:
        raise UsageError(f'{file} needs lines such as: [columns] and below it "What we will do" = "action"')
    unknown = [str(ours) for ours in given.values() if str(ours) not in plain]
    if unknown:
        raise UsageError(f"{file} maps to {', '.join(unknown)}. The columns of a plan are: {', '.join(plain)}.")
    return {theirs: plain[str(ours)] for theirs, ours in given.items()}


def take(house: House, looked: Looked) -> Imported:
    """Write what `look` showed, in one transaction, after a backup. Raises `NotAllowed` where the plan has changed meanwhile."""
    back_up_before(house, "importing")
    return apply(
        house.plan,
        looked.rows,
        file=looked.file,
        sha256=looked.sha256,
        who=house.who,
        framework=house.framework,
        published=looked.published,
        dated=looked.dated,
        agency=looked.agency,
        state=looked.state,
    )


def take_back(house: House, number: int) -> tuple[str, ...]:
    """Undo an import by its number; gives the references of the actions that stand as before."""
    return undo(house.existing_plan(), number, who=house.who, framework=house.framework)


def past_imports(house: House) -> tuple[PastImport, ...]:
    """All imports, newest first."""
    return imports(house.existing_plan())
