"""What parent and worker say to each other: frames of JSON with a length in front, and the options of a worker.

Only plain JSON crosses, never pickle: after it has parsed a stranger's PDF the worker may be in a stranger's hands, and
what it says is data of the wrong kind at worst.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import IO, Protocol

MIB = 1024 * 1024

JSON = None | bool | int | float | str | Sequence["JSON"] | Mapping[str, "JSON"]
"""What crosses: texts, numbers, lists and objects of them."""

_LENGTH = 8


class FrameError(ValueError):
    """What came through the pipe is not a whole frame within the limit."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a worker is told when it starts.

    parent: the process that it must not outlive; folder: the only place it may write to; packages: whose functions it
    may run; preload: modules imported before the first call; memory, file_size, answer: limits in bytes.
    """

    parent: int
    folder: str
    packages: tuple[str, ...]
    preload: tuple[str, ...]
    memory: int
    file_size: int
    answer: int
    limit_address_space: bool

    def to_json(self) -> str:
        """The options as one argument of a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Options":
        """The options as `to_json` wrote them."""
        fields = json.loads(text)
        return cls(**{**fields, "packages": tuple(fields["packages"]), "preload": tuple(fields["preload"])})


def encode(message: Mapping[str, JSON]) -> bytes:
    """A message as JSON in ASCII: half a surrogate pair out of a broken PDF survives as its escape."""
    return json.dumps(message).encode("ascii")


def decode(frame: bytes) -> dict[str, JSON]:
    """The message in a frame. Raises FrameError where it is not an object in JSON, or nested past all reason."""
    try:
        message = json.loads(frame)
    except (ValueError, RecursionError) as error:
        raise FrameError("not JSON") from error
    if not isinstance(message, dict):
        raise FrameError("not an object")
    return message


def write_frame(pipe: IO[bytes], frame: bytes) -> None:
    """Send one frame whole."""
    pipe.write(len(frame).to_bytes(_LENGTH, "big") + frame)
    pipe.flush()


class Readable(Protocol):
    """What frames are read from. `read` gives fewer bytes than are asked for at the end alone."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        ...


def read_frame(pipe: Readable, limit: int) -> bytes | None:
    """The next frame, or None at the end of the stream. Raises FrameError past `limit` bytes or when cut short."""
    head = pipe.read(_LENGTH)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or length > limit:
        raise FrameError(f"a frame of {length} bytes")
    frame = pipe.read(length)
    if len(frame) < length:
        raise FrameError("a frame cut short")
    return frame
