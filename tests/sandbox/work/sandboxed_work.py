"""What the tests run inside the sandbox: honest work and every kind of misbehaviour. Put on the path by the fixture."""

import ctypes
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_KEPT: list[bytes] = []


def echo(*values: object) -> list:
    return list(values)


def pid() -> int:
    return os.getpid()


def read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def spin_in_native_code(seconds: float) -> bool:
    """A regular expression that backtracks for ever: native code that holds the interpreter's lock."""
    del seconds
    return bool(re.match(r"(a+)+$", "a" * 60 + "b"))


def take_memory(mib: int) -> int:
    held = bytearray(mib * 1024 * 1024)
    held[::4096] = b"x" * len(held[::4096])
    return len(held)


def take_memory_slowly(mib: int) -> int:
    for _ in range(mib // 8):
        _KEPT.append(os.urandom(8 * 1024 * 1024))
        time.sleep(0.005)
    time.sleep(20)
    return len(_KEPT)


def keep_memory(mib: int) -> int:
    _KEPT.append(os.urandom(mib * 1024 * 1024))
    return len(_KEPT)


def abort() -> None:
    os.abort()


def segfault() -> None:
    ctypes.string_at(0)


def leave(code: int) -> None:
    os._exit(code)


def raise_value_error(message: str) -> None:
    raise ValueError(message)


def print_everywhere() -> str:
    for stream in (sys.stdout, sys.stderr):
        stream.write("stray words\n")
        stream.flush()
    libc = ctypes.CDLL(None)
    libc.puts(b"stray words of a native library")
    libc.fflush(None)
    os.write(1, b"\0" * 64)
    return "answer"


def flood_stderr(mib: int) -> str:
    for _ in range(mib):
        os.write(2, b"x" * 1024 * 1024)
    return "answer"


def huge_answer(mib: int) -> str:
    return "x" * (mib * 1024 * 1024)


def deep_answer(depth: int) -> list:
    answer: list = []
    for _ in range(depth):
        answer = [answer]
    return answer


def not_json() -> set:
    return {1, 2}


def forge(frame: str) -> str:
    """Write to every pipe that is open, as code that has taken the process over would."""
    for handle in range(3, 64):
        try:
            os.write(handle, bytes.fromhex(frame))
        except OSError:
            continue
    time.sleep(20)
    return "never"


def write_outside(path: str) -> bool:
    Path(path).write_text("x", encoding="utf-8")
    return True


def write_inside() -> str:
    Path("left-behind.txt").write_text("x", encoding="utf-8")
    Path(tempfile.mkdtemp(), "deeper.txt").write_text("x", encoding="utf-8")
    Path(os.devnull).write_text("x", encoding="utf-8")
    return str(Path.cwd())


def write_much(mib: int) -> int:
    with Path("much").open("wb") as file:
        for _ in range(mib):
            file.write(b"x" * 1024 * 1024)
    return mib


def list_inside() -> list:
    return [path.name for path in Path.cwd().iterdir()]


def environment() -> dict:
    return dict(os.environ)


def standard_input() -> str:
    return sys.stdin.read()


def core_limit() -> list:
    return list(resource.getrlimit(resource.RLIMIT_CORE))


def connect_from_python(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        return True


def connect_from_native_code(port: int) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    address = socket.AF_INET.to_bytes(2, sys.byteorder) + port.to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
    return libc.connect(handle, address, len(address)) == 0


def child_outlives_call() -> int:
    return subprocess.Popen(["sleep", "60"]).pid


def signal_parent() -> bool:
    os.kill(os.getppid(), signal.SIGUSR1)
    return True


def _private() -> str:
    return "must not be called"


class NotAFunction:
    """A class is not one of the functions that may be called."""
