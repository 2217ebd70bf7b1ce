"""PDFs put together by hand, byte by byte, so that each part of them can be made wrong."""

import zlib
from collections.abc import Mapping
from typing import NamedTuple

MIB = 1 << 20


class Hostile(NamedTuple):
    """A file that means harm. `ends`: how reading it may end, of "extracted", "partial" and "refused"."""

    name: str
    content: bytes
    ends: frozenset[str]


READ = frozenset({"extracted", "partial"})
REFUSED = frozenset({"refused"})
ANY = READ | REFUSED

ASKS = (
    "The partnership should agree one protocol for families who move between areas and publish it by the spring.",
    "The police should notify the school on the next working day of every incident at which a child was present.",
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
RESOURCES = b"<</Font<</F1 4 0 R>>>>"


def shown(*lines: str, size: int = 11, top: int = 780) -> bytes:
    """Drawing instructions that print lines one below the other."""
    return b"\n".join(
        b"BT /F1 %d Tf 50 %d Td (%s) Tj ET" % (size, top - 16 * i, line.encode("latin-1", "replace"))
        for i, line in enumerate(lines)
    )


def wrapped(text: str, width: int = 88) -> list[str]:
    """A sentence in lines."""
    lines = [""]
    for word in text.split():
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if len(lines[-1]) + len(word) < width else [lines[-1], word]
    return lines


TEXT = shown(
    "Recommendations", "", *(line for i, ask in enumerate(ASKS, 1) for line in wrapped(f"Recommendation {i}: {ask}"))
)
"""A page's instructions: a heading and two recommendations."""


def stream(data: bytes, entries: bytes = b"", *, length: bytes | None = None) -> bytes:
    """A part that holds data."""
    told = b"%d" % len(data) if length is None else length
    return b"<<%s/Length %s>>\nstream\n%s\nendstream" % (entries, told, data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    """A part that holds data in compressed form."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + entries)


def parts(page: bytes = b"", content: bytes | None = None, resources: bytes = RESOURCES) -> dict[int, bytes]:
    """The parts of a document of one page: 1 its root, 2 the list of pages, 3 the page, 4 its font, 5 its instructions."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources%s%s>>" % (resources, page),
        4: FONT,
        5: stream(TEXT if content is None else content),
    }


def pdf(
    found: Mapping[int, bytes], *, trailer: bytes = b"/Root 1 0 R", header: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
) -> bytes:
    """Parts as a file with a table that leads to each."""
    out, places = bytearray(header), {}
    for number, part in found.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return bytes(out) + table(places, trailer, len(out))


def table(places: Mapping[int, int], trailer: bytes, at: int) -> bytes:
    """The table of parts, which will stand at place `at`."""
    rows = [b"xref\n0 1\n0000000000 65535 f \n"]
    rows += [b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items()]
    size = max(places, default=0) + 1
    return b"".join(rows) + b"trailer\n<<%s/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, size, at)


def with_parts(
    more: Mapping[int, bytes], *, page: bytes = b"", content: bytes | None = None, resources: bytes = RESOURCES
) -> bytes:
    """A document of one page, with parts added or put in the place of others."""
    return pdf({**parts(page, content, resources), **more})


def bomb(megabytes: int, unit: bytes = bytes(1024)) -> bytes:
    """Compressed data, about a thousandth of what it inflates to; `unit` is repeated (a power of two long, at most a MiB)."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(unit * (MIB // len(unit))) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush() + b"\0\0\0\1"
