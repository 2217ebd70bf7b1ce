"""Backups: the plan, the models trained here and the PDFs in one file that is proved before it is relied on."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from domain.errors import CannotWork, InputRejected, UsageError
from domain.files import flush, part_in
from plan.backup import LOGS, Holds, copy_plan, holds, prove
from plan.ledger import now
from plan.schema import open_plan
from services.house import House, is_there, make_folder
from services.settings import Settings

FORMAT: Final = 1
KEPT: Final = 10  # backups that the software makes by itself; those that a person asked for are never removed
PLAN, MANIFEST = "plan.db", "backup.json"
MODELS, ORIGINALS = "models/", "originals/"
BY_HAND: Final = "by hand"
PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 1  # the flag of an entry with a password
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as its manifest tells of it. why: "by hand", "with the counts", or what it was made before; originals: whether the PDFs are in it."""

    file: Path
    made: str
    why: str
    holds: Holds
    originals: bool
    files: dict[str, str]

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return self.file.stat().st_size


def back_up(house: House, *, why: str = BY_HAND, out: Path | None = None, originals: bool = True) -> Backup:
    """Copy plan, models and, where asked, the PDFs into one file, while everything goes on; gives the backup.

    Without `out` it goes into the backups' folder, under its moment. Raises `CannotWork` where there is no plan, the plan is
    damaged or the disk refuses, `UsageError` for a name that is taken.
    """
    plan, settings = house.existing_plan(), house.settings
    target = _target(settings, out, why)
    beside = part_in(target.parent)
    try:
        with _folder(settings) as folder:
            copy = copy_plan(plan.conn, folder / PLAN)
            with closing(open_plan(copy)) as copied:
                held = prove(copied, settings.plan_file)
            made = {"format": FORMAT, "made": now(), "why": why, "holds": asdict(held), "originals": originals}
            _pack(beside, made, [(PLAN, copy), *_kept(settings, originals)])
            beside.replace(target)
    except (OSError, sqlite3.DatabaseError) as error:
        raise CannotWork(
            f"The backup {target} could not be made ({getattr(error, 'strerror', None) or error}). Make room, or name "
            "another place with --out or CAP_BACKUPS."
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    if why != BY_HAND:
        _thin_out(settings)
    return described(target)


@contextmanager
def _folder(settings: Settings) -> Iterator[Path]:
    """A folder to work in, on this computer's own disk: a database may not lie where backups may."""
    folder = part_in(settings.outputs)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def back_up_before(house: House, what: str) -> Backup | None:
    """A backup of plan and models before something that changes much; None where there is nothing yet to lose."""
    if not house.has_plan or not holds(house.plan).latest:
        return None
    return back_up(house, why=f"before {what}", originals=False)


def _target(settings: Settings, out: Path | None, why: str) -> Path:
    if out is not None:
        if out.exists():
            raise UsageError(f"There is {out} already. Give another name: a backup is never written over.")
        make_folder(out.parent, "--out")
        return out.absolute()
    folder = make_folder(settings.backup_folder, "CAP_BACKUPS")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    words = "-".join("".join(c if c.isalnum() else " " for c in why).split())
    return folder / f"plan-{stamp}-{words}.zip"


def _kept(settings: Settings, originals: bool) -> Iterator[tuple[str, Path]]:
    """What goes in beside the plan, by its name in the backup. The encoder's export is left out: it is made anew."""
    for name in ("classifier", "versions"):
        folder = settings.trained_models / name
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
                yield MODELS + file.relative_to(settings.trained_models).as_posix(), file
    if originals:
        for file in sorted(settings.originals.glob("[!.]*")):
            yield ORIGINALS + file.name, file


def _pack(target: Path, manifest: dict[str, Any], files: list[tuple[str, Path]]) -> None:
    sums: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for name, file in files:
            # A PDF is packed already, as are a model's arrays, and a plan shrinks to a third.
            packed_already = name.startswith(ORIGINALS) or name.endswith(".npz")
            how = zipfile.ZIP_STORED if packed_already else zipfile.ZIP_DEFLATED
            entry = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
            entry.compress_type, entry.external_attr = how, 0o600 << 16
            digest = hashlib.sha256()
            with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as packed:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    packed.write(chunk)
            sums[name] = digest.hexdigest()
        archive.writestr(MANIFEST, json.dumps({**manifest, "files": sums}, indent=1))
    flush(target)


def described(file: Path) -> Backup:
    """A backup by its manifest. Raises `InputRejected` for a file that is none, or of a newer software."""
    try:
        with zipfile.ZipFile(file) as archive:
            said = json.loads(archive.read(MANIFEST))
        if int(said["format"]) > FORMAT:
            raise InputRejected(f"{file} was made by a newer version of this software. Install that version.")
        return Backup(
            file, said["made"], said["why"], Holds(**said["holds"]), bool(said["originals"]), dict(said["files"])
        )
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise InputRejected(f"{file} is not a backup that can be read. Choose one that cap backup made.") from error


def backups(settings: Settings) -> tuple[Backup, ...]:
    """The backups in their folder, the newest first. What is no backup is passed over."""
    found = []
    for file in sorted(settings.backup_folder.glob("*.zip")):
        try:
            found.append(described(file))
        except InputRejected:
            continue
    return tuple(sorted(found, key=lambda backup: backup.made, reverse=True))


def _thin_out(settings: Settings) -> None:
    """Remove the oldest that were made by the software, beyond those that are kept."""
    own = [backup for backup in backups(settings) if backup.why != BY_HAND]
    for backup in own[KEPT:]:
        backup.file.unlink(missing_ok=True)


@contextmanager
def contents(settings: Settings, file: Path) -> Iterator[tuple[Path, Backup | None]]:
    """What a file to restore from holds, in a folder that goes afterwards, and the backup that it is; None for a bare plan.

    Each part of a backup is proved by its sum. Raises `InputRejected` for a file that is no backup, or is damaged.
    """
    if not is_there(file) or not file.is_file():
        raise UsageError(f"There is no file {file}. Run cap backup --list to see which backups there are.")
    with _folder(settings) as folder:
        try:
            backup = None if _is_plan(file) else described(file)
            if backup is None:
                shutil.copyfile(file, folder / PLAN)
            else:
                _unpack(backup, folder)
        except OSError as error:
            raise CannotWork(
                f"{file} could not be opened in {settings.outputs} ({error.strerror or error}). Make room there, or ask for the "
                "right to read the file. Nothing was changed."
            ) from error
        yield folder, backup


@contextmanager
def plan_of(settings: Settings, file: Path) -> Iterator[tuple[Path, frozenset[str]]]:
    """The plan within a backup, or a bare one with its log, in a folder that goes afterwards; and names of PDFs with it.

    It is as it was made, neither proved whole nor brought up to date. Raises `InputRejected` for what is no backup or is
    damaged, `OSError` where it may not be read.
    """
    with _folder(settings) as folder:
        if _is_plan(file):
            for end in ("", *LOGS):
                if (part := file.with_name(file.name + end)).exists():
                    shutil.copyfile(part, folder / (PLAN + end))
            yield folder / PLAN, frozenset()
            return
        backup = described(file)
        try:
            with zipfile.ZipFile(file) as archive:
                _unpack_one(archive, archive.getinfo(PLAN), backup, folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError) as error:
            raise InputRejected(f"{file} is damaged ({error}).") from error
        yield folder / PLAN, frozenset(name.removeprefix(ORIGINALS) for name in backup.files if ORIGINALS in name)


def _is_plan(file: Path) -> bool:
    """Whether a file is a copy of a plan by itself, as is made before an older plan is brought up to date."""
    with file.open("rb") as stream:
        return stream.read(16) == b"SQLite format 3\0"


def _unpack(backup: Backup, folder: Path) -> None:
    try:
        with zipfile.ZipFile(backup.file) as archive:
            for entry in archive.infolist():
                if entry.filename != MANIFEST:
                    _unpack_one(archive, entry, backup, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise InputRejected(f"{backup.file} is damaged ({error}). Choose another backup.") from error
    if missing := [entry for entry in backup.files if not (folder / entry).is_file()]:
        raise InputRejected(f"{backup.file} is damaged: {missing[0]} is missing. Choose another backup.")


def _unpack_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, backup: Backup, folder: Path) -> None:
    name = entry.filename
    place = (folder / name).resolve()
    known = name == PLAN or name.startswith((MODELS, ORIGINALS))
    # A backup may have been in other hands: a name in it must not lead out of the folder.
    if not known or name not in backup.files or not place.is_relative_to(folder.resolve()):
        raise ValueError(f"it holds {name}, which does not belong in a backup")
    if entry.compress_type not in PACKED or entry.flag_bits & _LOCKED:
        raise ValueError("it was re-zipped by another program")
    place.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(entry) as packed, place.open("wb") as out:
        while chunk := packed.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != backup.files[name]:
        raise ValueError(f"a file in it was changed: {name}")
