"""Files that people send: kept under names of ours until they have been dealt with, never under theirs."""

import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from starlette.datastructures import UploadFile

from domain.errors import UsageError
from services.house import make_folder
from services.settings import Settings

FOLDER: Final = "uploads"
LONGEST_NAME: Final = 120
PIECE: Final = 1024 * 1024
KEPT_SECONDS: Final = 24 * 3600.0


def folder_of(settings: Settings) -> Path:
    """Where files lie that were sent and wait."""
    return settings.outputs / FOLDER


def new_folder(settings: Settings) -> Path:
    """A folder of its own for the files of one form."""
    return make_folder(folder_of(settings) / secrets.token_hex(8))


def safe_name(given: str, ending: str) -> str:
    """A name that a file may bear here, from the one it was sent under: no folders, no signs that systems take for others.

    The ending is ours: what a file is, its content says.
    """
    last = re.split(r"[\\/]", given)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", last)
    kept = "".join(c if c.isalnum() or c in " ._-()[]&'," else "-" for c in stem if c.isprintable())
    kept = " ".join(kept.split()).strip(" .-")[:LONGEST_NAME].strip(" .-") or "report"
    # Windows takes these for devices, whatever ends the name.
    if re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", kept.split(".")[0].strip()):
        kept = f"file {kept}"
    return kept + ending


def save_uploads(folder: Path, files: Iterable[UploadFile], endings: tuple[str, ...]) -> tuple[Path, ...]:
    """Write files into a folder, two of one name under two; gives where they lie. Raises `UsageError` where there is none."""
    out: list[Path] = []
    for file in files:
        given = file.filename or "report"
        ending = Path(given).suffix.casefold()
        name = safe_name(given, ending if ending in endings else endings[0])
        target, number = folder / name, 1
        while target.exists():
            number += 1
            target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        with target.open("wb") as to:
            shutil.copyfileobj(file.file, to, PIECE)
        out.append(target)
    if not out:
        raise UsageError("Choose at least one file.")
    return tuple(out)


def forget(folder: Path) -> None:
    """Remove what was sent with one form."""
    shutil.rmtree(folder, ignore_errors=True)


def forget_old(settings: Settings) -> None:
    """Remove what an application that ended before left behind: what was reported as done is in the plan."""
    oldest = time.time() - KEPT_SECONDS
    kept = folder_of(settings)
    for folder in kept.iterdir() if kept.is_dir() else ():
        if folder.stat().st_mtime < oldest:
            forget(folder)
