"""Our own sample reports, each changed in one way of many: seeded, so that a failure can be had again."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
_TOKEN = re.compile(
    rb"/[A-Za-z][A-Za-z0-9]*|\b\d+ 0 R\b|\b\d+(?:\.\d+)?\b|<<|>>|\[|\]|\bendobj\b|\bobj\b|\bstream\b|\bendstream\b"
)
_WORDS = (b"/Kids", b"/Count", b"/Parent", b"/Length", b"/Type", b"/Page", b"/Pages", b"/Filter", b"/FlateDecode", b"/W", b"/Index", b"/Prev",
          b"/Root", b"/Contents", b"/Resources", b"/Font", b"/XObject", b"/Widths", b"/MediaBox", b"null", b"true", b"-1", b"0", b"4294967296",
          b"1e99", b"1 0 R", b"2 0 R", b"3 0 R", b"9999 0 R", b"<<", b">>", b"[", b"]", b"()", b"endobj", b"stream", b"endstream")  # fmt: skip


@cache
def sources() -> tuple[tuple[str, bytes], ...]:
    """Names and bytes of the samples and of the reports of the tests."""
    files = sorted([*ROOT.glob("corpus/samples/*.pdf"), *ROOT.glob("tests/extract/reviews/*.pdf")])
    return tuple((file.stem, file.read_bytes()) for file in files)


def mutations(count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """`count` mutations: the kind of change, what was changed how, and the file after it."""
    for at in range(count):
        chance = Random(f"{seed} {at}")
        name, content = chance.choice(sources())
        kind, change = list(CHANGES.items())[at % len(CHANGES)]
        yield kind, f"{name}, seed {seed} {at}", change(content, chance)


def flipped(content: bytes, chance: Random) -> bytes:
    """Bits turned over anywhere."""
    out = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 20, 100, 1000))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def random_bytes(content: bytes, chance: Random) -> bytes:
    """A block of noise."""
    start, length = chance.randrange(len(content)), chance.choice((4, 50, 500, 5000))
    return content[:start] + chance.randbytes(length) + content[start + length :]


def swapped(content: bytes, chance: Random) -> bytes:
    """Two blocks that have changed places."""
    a, b, c, d = sorted(chance.randrange(len(content)) for _ in range(4))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


def deleted(content: bytes, chance: Random) -> bytes:
    """A block lost."""
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 10, 100, 2000, 20_000)) :]


def doubled(content: bytes, chance: Random) -> bytes:
    """A block that stands there several times."""
    start, length = chance.randrange(len(content)), chance.choice((10, 300, 5000))
    return (
        content[: start + length]
        + content[start : start + length] * chance.choice((1, 3, 50))
        + content[start + length :]
    )


def cut(content: bytes, chance: Random) -> bytes:
    """The end lost."""
    return content[: chance.randrange(1, len(content))]


def zeroed(content: bytes, chance: Random) -> bytes:
    """A block of zeros."""
    start, length = chance.randrange(len(content)), chance.choice((10, 512, 4096, 40_000))
    return content[:start] + bytes(min(length, len(content) - start)) + content[start + length :]


def fuzzed(content: bytes, chance: Random) -> bytes:
    """Words of the language of PDF put in the place of others."""
    places = [m.span() for m in _TOKEN.finditer(content)]
    out, chosen = content, sorted(chance.sample(places, min(len(places), chance.choice((1, 3, 10, 40)))), reverse=True)
    for start, end in chosen:
        out = out[:start] + chance.choice(_WORDS) + out[end:]
    return out


def numbers_changed(content: bytes, chance: Random) -> bytes:
    """Numbers made huge, negative or nothing, at equal length where that can be, so that what follows stays in its place."""
    places = [m.span() for m in re.finditer(rb"\b\d+\b", content)]
    out = bytearray(content)
    for start, end in chance.sample(places, min(len(places), chance.choice((1, 5, 30)))):
        size = end - start
        out[start:end] = chance.choice((b"9" * size, b"0" * size, b"-" + b"1" * (size - 1) if size > 1 else b"7"))
    return bytes(out)


def joined(content: bytes, chance: Random) -> bytes:
    """The beginning of one file and the end of another."""
    other = chance.choice(sources())[1]
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


def line_ends(content: bytes, chance: Random) -> bytes:
    """Line ends as a transfer in text mode changes them."""
    old, new = chance.choice(((b"\n", b"\r\n"), (b"\r\n", b"\n"), (b"\n", b"\r"), (b"\x1a", b""), (b"\0", b" ")))
    return content.replace(old, new)


CHANGES: dict[str, Callable[[bytes, Random], bytes]] = {
    "bits flipped": flipped, "a block of noise": random_bytes, "blocks swapped": swapped, "a block deleted": deleted,
    "a block doubled": doubled, "cut": cut, "a block of zeros": zeroed, "words fuzzed": fuzzed, "numbers changed": numbers_changed,
    "two files joined": joined, "line ends changed": line_ends,
}  # fmt: skip
