"""Whether a folder lies on a drive of this computer or on one that it reaches over a network.

SQLite's write-ahead log keeps its index in memory that the programs share, which programs on two computers cannot do,
and file locks over a network are often only pretended: https://sqlite.org/wal.html, https://sqlite.org/howtocorrupt.html.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

import psutil

REMOTE: Final = frozenset(
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "webdav", "davfs", "ceph",
        "glusterfs", "lustre", "gpfs", "beegfs", "ocfs2", "gfs2", "sshfs", "rclone", "s3fs", "gcsfuse", "davfs2",
    }
)  # fmt: skip
"""Types of file systems, as systems name them, that other computers may write to at the same time."""


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on a network drive, as far as the system says."""
    return _is_remote(os.path.realpath(folder))


@lru_cache(maxsize=64)
def _is_remote(real: str) -> bool:
    if real.startswith("\\\\"):  # a Windows share by its own name
        return True
    inside = [p for p in psutil.disk_partitions(all=True) if _holds(p.mountpoint, real)]
    if not inside:
        return False
    # Of drives mounted over one another at one place the last is the one that is seen.
    found = max(enumerate(inside), key=lambda numbered: (len(numbered[1].mountpoint), numbered[0]))[1]
    kind = found.fstype.casefold().removeprefix("fuse.").removeprefix("fuse-")
    return kind in REMOTE or "remote" in found.opts.split(",")


def _holds(mounted: str, path: str) -> bool:
    place, inside = os.path.normcase(mounted).rstrip("\\/"), os.path.normcase(path)
    return inside == place or inside.startswith(place + os.sep)
