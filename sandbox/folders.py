"""The private folder of a worker: locked while its owner lives, swept up later if the owner was killed."""

import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = "throughline-sandbox-"  # ours alone: what bears it and is not locked is swept
_YOUNG_SECONDS = 60


class Folder:
    """A new folder under the system's temporary one; `path` is where. The lock on it ends with this process."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._handle = _locked(self.path)

    def empty(self) -> None:
        """Leave nothing of one file for the next."""
        for path in self.path.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def remove(self) -> None:
        """Take it away with what it holds. Safe to call twice."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def sweep() -> None:
    """Remove the folders of processes that were killed. One that was made just now may not have its lock yet."""
    if sys.platform == "win32":
        return
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime < _YOUNG_SECONDS:
                continue
            handle = _locked(path)
            if handle is not None:
                shutil.rmtree(path, ignore_errors=True)
                os.close(handle)


def _locked(path: Path) -> int | None:
    """A handle that holds the lock on a folder, None where another process holds it or there are no such locks."""
    if sys.platform == "win32":
        return None
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
