"""How a file of ours reaches the disk: written beside its place and renamed, so that nobody ever meets half of one."""

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path

from domain.errors import CannotWork

_PART = ".cap-{}.part"
_STALE_SECONDS = 3600.0


def save(file: Path, content: bytes) -> Path:
    """Put `content` at `file`, making its folders, and give back the path. Old content stays until the new is whole.

    Raises `CannotWork`, naming the file and the remedy, where the disk refuses.
    """
    part = file.parent / _PART.format(secrets.token_hex(8))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _sweep(file.parent)
        try:
            with part.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        raise CannotWork(_sentence(file, error)) from error
    return file


def _sweep(folder: Path) -> None:
    """Parts that a killed run left behind; one that another process is writing now is younger."""
    for part in folder.glob(_PART.format("*")):
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _STALE_SECONDS:
                part.unlink()


def _sentence(file: Path, error: OSError) -> str:
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
