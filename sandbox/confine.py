"""What a worker gives up before it meets a stranger's file. Called inside the worker, once, before any thread starts.

What holds, and where:

- Every platform: no socket but a local one can be made from Python. That is a seam and no wall: it stops our libraries
  from fetching what a document names, and not code that a document has smuggled in.
- Linux with user namespaces: the worker has a network of its own with nothing on it, whatever runs in it.
- Linux from 5.13 (Landlock): it can write, make and remove files in its own folder only; from 6.7 it cannot bind or
  connect TCP; from 6.12 it cannot signal processes outside. Reading is not restricted.
- POSIX: no core dumps, files of limited size, limited processor time; on Linux a limited address space.

Each wall that the machine does not have is left out; `confine` says which stand.
"""

import ctypes
import os
import signal
import socket
import struct
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446  # the same on every architecture
_WRITE_FILE = 1 << 1
_CHANGES = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))  # remove and make files, folders, links, sockets
_REFER, _TRUNCATE = 1 << 13, 1 << 14


def confine(folder: Path) -> list[str]:
    """Close the doors that this machine has; says which: "python sockets", "network namespace", "landlock"."""
    standing = ["python sockets"]
    socket.socket = _LocalSocket  # type: ignore[misc]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if _own_network(libc):
            standing.append("network namespace")
        if _landlock(libc, folder):
            standing.append("landlock")
    return standing


def die_with(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends. Linux only; elsewhere the closed pipe."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if sys.platform != "win32" and os.getppid() != parent:
        raise SystemExit("the parent process is gone")


def limit_resources(memory: int, file_size: int, *, address_space: bool) -> None:
    """Set the limits that stand for the life of the process.

    `memory`: what it and a copy of it may hold together; what both hold now counts twice, and at least half is left for work.
    """
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, file_size)
    if address_space and sys.platform == "linux":
        pages, held = map(int, Path("/proc/self/statm").read_text(encoding="ascii").split()[:2])
        page = resource.getpagesize()
        _lower(resource.RLIMIT_AS, pages * page + max(memory - 2 * held * page, memory // 2))


def limit_processor(seconds: float) -> None:
    """Allow this call `seconds` on every core before the kernel ends the process: for the day the parent is stopped."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime + (seconds + 1) * (os.cpu_count() or 1)) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = allowed if hard == resource.RLIM_INFINITY else min(allowed, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


class _LocalSocket(socket.socket):
    """Stands where `socket.socket` stood; one that leads out of the machine cannot be made."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        if family != getattr(socket, "AF_UNIX", None):
            raise PermissionError("the network is closed to work on a document")
        super().__init__(family, type, proto, fileno)


def _lower(which: int, limit: int) -> None:
    """Set a limit for good; one that is lower already stays."""
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(which, (limit, limit))


def _own_network(libc: ctypes.CDLL) -> bool:
    """Move into a network with nothing on it, which needs a user namespace where we are not root.

    A child tries it first: there is no way back from a namespace in which our user could not be mapped.
    """
    trial = os.fork()
    if trial == 0:
        os._exit(0 if _unshare(libc) else 1)
    return os.waitpid(trial, 0)[1] == 0 and _unshare(libc)


def _unshare(libc: ctypes.CDLL) -> bool:
    """Leave the network, and keep our user and group under their own numbers."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    process = Path("/proc/self")
    try:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            (process / name).write_text(text, encoding="ascii")
    except OSError:
        return False
    return True


def _landlock(libc: ctypes.CDLL, folder: Path) -> bool:
    """Refuse changes to files outside `folder`, and TCP and foreign signals where the kernel can."""
    abi = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if abi < 1:
        return False
    changes = _CHANGES | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)
    network, scopes = (0b11 if abi >= 4 else 0), (0b11 if abi >= 6 else 0)
    attributes = struct.pack("QQQ", changes, network, scopes)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    _allow(libc, ruleset, folder, changes)
    _allow(libc, ruleset, Path(os.devnull), _WRITE_FILE)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    restricted: int = libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0)
    os.close(ruleset)
    return restricted == 0


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    """Add one path beneath which `rights` stay."""
    handle = os.open(path, os.O_RDONLY)
    libc.syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, handle), 0)
    os.close(handle)
