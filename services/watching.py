"""Which files of a folder have come to rest, and which of those nobody has taken yet. Looks at names, sizes and dates only."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from services.intake import files_in

SETTLE_SECONDS: Final = 5.0
"""For how long a file must stay as it is before it is read. By our own clock: those of network drives go their own way."""

Look = Mapping[Path, tuple[int, int]]
"""Size in bytes and date of change (nanoseconds) of each file, by its path."""


def look(corpus: Path) -> Look:
    """The documents in a corpus as they are now. Raises `CannotWork` where it cannot be read."""
    return looked_at(files_in(corpus))


def looked_at(files: Sequence[Path]) -> Look:
    """These files as they are now; one that is gone meanwhile is left out."""
    found: dict[Path, tuple[int, int]] = {}
    for file in files:
        with suppress(OSError):
            status = file.stat()
            found[file] = (status.st_size, status.st_mtime_ns)
    return found


def at_rest(files: Sequence[Path], seconds: float = SETTLE_SECONDS) -> tuple[Path, ...]:
    """Those of these files that do not change while one waits; the others are still being copied."""
    before = looked_at(files)
    time.sleep(seconds)
    after = looked_at(files)
    return tuple(file for file in files if before.get(file) == after.get(file))


class Watch:
    """Follows a folder from look to look. What it was shown first counts as new: it may have come while nobody watched."""

    def __init__(self, settle: float = SETTLE_SECONDS) -> None:
        self._settle = settle
        self._since: dict[Path, tuple[tuple[int, int], float]] = {}
        self._taken: dict[Path, tuple[int, int]] = {}

    def settled(self, now: Look, moment: float) -> Look:
        """Files that have not changed for long enough and were not taken as they are; `moment`: seconds, of any clock."""
        self._since = {
            file: kept if (kept := self._since.get(file)) is not None and kept[0] == state else (state, moment)
            for file, state in now.items()
        }
        self._taken = {file: state for file, state in self._taken.items() if file in now}
        return {
            file: state
            for file, (state, since) in self._since.items()
            if moment - since >= self._settle and self._taken.get(file) != state
        }

    def take(self, files: Look) -> None:
        """These have been seen to, as they were."""
        self._taken.update(files)
