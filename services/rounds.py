"""The round of updates: a workbook for each lead agency goes out, and it is known whose has come back."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from domain.errors import CannotWork, UsageError
from domain.short_names import is_short_name
from domain.states import OWED, Audience
from plan import reading
from plan.rounds import Return, record_round, returns, written_before
from publish.rounds import actions_by_agency, by_agency, file_names, write_round
from services.house import House
from services.publishing import gather


@dataclass(frozen=True, slots=True)
class Round:
    """What a round wrote: a workbook for each lead agency.

    gone: names of workbooks of an earlier round that lay in the folder and that this one does not write; kept: names of
    workbooks there that no round wrote as they are now; short: lead agencies by a short name, which may stand for several
    bodies, each with the references of its actions.
    """

    files: tuple[Path, ...]
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    short: tuple[tuple[str, tuple[str, ...]], ...] = ()


def write_the_round(house: House, folder: Path | None = None) -> Round:
    """One workbook for each lead agency, with its open actions.

    What an earlier round left in the folder is replaced, so that the folder holds this round alone; what a person put there
    stays. Raises `UsageError`, and writes nothing, where that would have to be overwritten.
    """
    contents = gather(house, Audience.PARTNERSHIP)
    place = folder or house.settings.outputs / f"round-{contents.as_of.isoformat()}"
    asked = actions_by_agency(contents)
    names = set(file_names(asked).values())
    ours, kept = _lying_in(house, place)
    if blocked := sorted(names & kept):
        raise UsageError(
            f"{place / blocked[0]} is not as a round wrote it: it may be an agency's answer. Bring it in, or move it elsewhere, then "
            "write the round again. Nothing was written."
        )
    files = write_round(contents, place)
    if files:
        record_round(house.plan, asked, who=house.who, files={file.name: _sha256(file) for file in files})
    gone = sorted(ours - names)
    for name in gone:
        _remove(place / name)
    return Round(files, tuple(gone), tuple(sorted(kept)), short_leads(house))


def _lying_in(house: House, place: Path) -> tuple[set[str], set[str]]:
    """Names of the workbooks in a folder that a round wrote and nobody has changed, and of the others."""
    lying = [file for file in place.glob("update-*.xlsx") if file.is_file()]
    known = written_before(house.plan) if lying else frozenset()
    ours = {file.name for file in lying if (file.name, _sha256(file)) in known}
    return ours, {file.name for file in lying} - ours


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _remove(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise CannotWork(
            f"{file} is of an earlier round and cannot be removed ({error.strerror or error}). Close it if it is open, and write the "
            "round again."
        ) from error


def short_leads(house: House) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Lead agencies of open actions by a short name, which may stand for several bodies, each with its references."""
    owed = [row for row in reading.actions(house.existing_plan()) if row.status in OWED]
    return tuple(
        (agency, tuple(row.ref for row in rows))
        for agency, rows in by_agency(house.framework, owed).items()
        if is_short_name(agency)
    )


def round_returns(house: House) -> tuple[Return, ...]:
    """The agencies that were asked in the last round, and when their workbooks came back."""
    return returns(house.existing_plan())
