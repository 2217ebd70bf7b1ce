"""How a file of ours reaches the disk: written beside its place and renamed, so that nobody ever meets half of one.

Whoever writes something larger than bytes (a database, a folder) makes it under a name of `part_in` and renames it.
"""

import contextlib
import errno
import hashlib
import os
import platform
import secrets
import shutil
import time
from pathlib import Path

import psutil

from domain.errors import CannotWork

_PART = ".cap-{}-{}-{}.part"  # which computer, which process, which part
_HERE = hashlib.sha256(platform.node().encode()).hexdigest()[:8]
_STALE_SECONDS = 3600.0


def save(file: Path, content: bytes) -> Path:
    """Put `content` at `file`, making its folders, and give back the path. Old content stays until the new is whole.

    Raises `CannotWork`, naming the file and the remedy, where the disk refuses.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = part_in(file.parent)
        try:
            write_flushed(part, content)
            part.replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        raise CannotWork(refusal(file, error)) from error
    return file


def write_flushed(file: Path, content: bytes) -> None:
    """Write a new file where nobody looks for it yet, down to the disk. Raises OSError."""
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def flush(file: Path) -> None:
    """See that what a library wrote reaches the disk. Raises OSError."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def part_in(folder: Path) -> Path:
    """A free name in a folder for what is not whole yet, a file or a folder. What killed processes left there goes."""
    sweep(folder)
    return folder / _PART.format(_HERE, os.getpid(), secrets.token_hex(8))


def sweep(folder: Path) -> None:
    """Remove what killed processes left in a folder."""
    with contextlib.suppress(OSError):
        # A database has a journal beside it, of the same name and more.
        for part in folder.glob(_PART.format("*", "*", "*") + "*"):
            with contextlib.suppress(OSError):
                if not _in_hand(part):
                    shutil.rmtree(part) if part.is_dir() else part.unlink()


def _in_hand(part: Path) -> bool:
    """Whether the process that makes a part may still live: of another computer's, its age alone tells."""
    _, _, where, process, *_ = part.name.replace(".", "-").split("-")
    if where == _HERE and process.isdigit():
        return psutil.pid_exists(int(process))
    return time.time() - part.stat().st_mtime < _STALE_SECONDS


def refusal(file: Path, error: OSError) -> str:
    """Why the disk refused a file, in a sentence that says what to do."""
    if error.errno == errno.ENAMETOOLONG:
        return f"{file} cannot be written, because its name is too long: choose a shorter one."
    if file.is_dir():
        return f"{file} is a folder, not a file: give another name, or move the folder away."
    blocking = _file_in_the_way(file.parent)
    if blocking is not None:
        return f"{file} cannot be written, because {blocking} is a file where a folder is needed: move it or rename it."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{file} cannot be written, because the disk is full: free some space and run the command again."
    if error.errno == errno.EROFS:
        return f"{file} cannot be written, because its disk is read-only: choose another folder."
    if isinstance(error, PermissionError) and file.exists() and os.access(file.parent, os.W_OK):
        return f"{file} cannot be replaced, because it is open in Excel or another program: close it and run again."
    if isinstance(error, PermissionError):
        return f"{file} cannot be written, because the folder {file.parent} is not writable: choose another folder or ask for the right to write there."  # fmt: skip  # noqa: E501
    return f"{file} cannot be written ({error.strerror or error}): check the disk and the folder, and run again."


def _file_in_the_way(folder: Path) -> Path | None:
    return next((step for step in (folder, *folder.parents) if step.exists() and not step.is_dir()), None)
