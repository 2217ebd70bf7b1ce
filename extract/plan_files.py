"""An existing action plan's file (xlsx, csv, docx, PDF) -> tables of words, each row with its place. Runs in the sandbox.

What the columns mean is not known here: `plan.arriving` says that.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from extract.plan_pdf import from_pdf
from extract.plan_sheets import from_csv, from_workbook
from extract.plan_tables import SourceRow, SourceTable, Unreadable
from extract.plan_word import from_word

READERS: Final[dict[str, Callable[[Path, str], Iterable[SourceTable]]]] = {
    ".xlsx": from_workbook,
    ".xlsm": from_workbook,
    ".csv": from_csv,
    ".docx": from_word,
    ".pdf": from_pdf,
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office writes for the older formats, and around a password


def read_json(file: str, name: str) -> dict[str, Any]:
    """`{"tables": [...]}`, or `{"refused": message}` where nothing can be taken; for the sandbox."""
    try:
        tables = read_tables(Path(file), name)
    except Unreadable as error:
        return {"refused": str(error)}
    return {"tables": [asdict(table) for table in tables]}


def read_tables(file: Path, name: str) -> tuple[SourceTable, ...]:
    """Every table of a file, in order. `name`: as the person knows it. Raises `Unreadable`."""
    ending = Path(name).suffix.casefold()
    if ending not in READERS:
        raise Unreadable(f"{name} is none of the kinds of file that can be imported: {', '.join(READERS)}.")
    with file.open("rb") as stream:
        start = stream.read(8)
    if not start:
        raise Unreadable(f"{name} is empty. Ask for the file again.")
    if start == OLD_OFFICE:
        raise Unreadable(
            f"{name} is protected by a password or in an old format. Save it without a password as a current {ending} file."
        )
    found = tuple(table for table in READERS[ending](file, name) if table.rows)
    if not found:
        raise Unreadable(f"{name} holds no table. A plan is a table with one row for each action.")
    return found


def from_json(answer: dict[str, Any]) -> tuple[SourceTable, ...]:
    """The tables of what `read_json` gave. Raises `Unreadable` with its message where it refused the file."""
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    return tuple(
        SourceTable(
            table["name"],
            tuple(
                SourceRow(row["at"], tuple(row["cells"]), tuple(row["doubts"]), tuple(row["merged"]))
                for row in table["rows"]
            ),
            tuple(table["before"]),
        )
        for table in answer["tables"]
    )
