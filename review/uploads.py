"""Files that people send: kept under names of ours until they have been dealt with, never under theirs."""

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from starlette.datastructures import UploadFile

from domain.errors import UsageError
from extract.soundness import HEAD, is_pdf
from services.house import make_folder
from services.settings import Settings

LONGEST_NAME: Final = 120
PIECE: Final = 1024 * 1024
KEPT_SIGNS: Final = " ._-‐‑‒–—’()[]&',"
KEPT_SECONDS: Final = 24 * 3600.0


def new_folder(settings: Settings) -> Path:
    """A folder of its own for the files of one form. Old ones go."""
    forget_old(settings)
    return make_folder(settings.uploads / secrets.token_hex(8))


def safe_name(given: str) -> str:
    """A name that a file may bear here, from the one it was sent under: no folders, no signs that systems take for others."""
    last = re.split(r"[\\/]", given)[-1]
    kept = "".join(c if c.isalnum() or c in KEPT_SIGNS else "-" for c in last if c.isprintable())
    stem, dot, ending = " ".join(kept.split()).rpartition(".")
    if not stem.strip(" .-") or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        stem, dot, ending = " ".join(kept.split()), "", ""
    stem = stem.strip(" .-")[:LONGEST_NAME].strip(" .-") or "file"
    # Windows takes these for devices, whatever ends the name.
    if re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", stem.split(".")[0].strip()):
        stem = f"file {stem}"
    return stem + dot + ending


def save_uploads(folder: Path, files: Iterable[UploadFile]) -> tuple[Path, ...]:
    """Write files into a folder, two of one name under two; gives where they lie. Raises `UsageError` where there is none.

    What is a PDF by its bytes bears that ending, whatever it was called: a folder of reviews is looked through by name.
    """
    out: list[Path] = []
    for file in files:
        name = safe_name(file.filename or "")
        if is_pdf(file.file.read(HEAD)) and not name.casefold().endswith(".pdf"):
            name += ".pdf"
        file.file.seek(0)
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


def forget_sent(settings: Settings, files: Iterable[Path]) -> None:
    """Remove those of the files that lie among the uploads and nowhere else that is ours."""
    for file in files:
        if file.is_relative_to(settings.uploads) and not file.is_relative_to(settings.corpus):
            with contextlib.suppress(OSError):  # what cannot be removed now goes with what is old
                file.unlink()
                file.parent.rmdir()


def forget_old(settings: Settings) -> None:
    """Remove what nobody came back to: what was reported as done is in the plan."""
    oldest = time.time() - KEPT_SECONDS
    for folder in settings.uploads.iterdir() if settings.uploads.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):  # somebody else's form swept it
            if folder.stat().st_mtime < oldest:
                forget(folder)
