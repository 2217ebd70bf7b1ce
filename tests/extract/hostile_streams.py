"""Streams that inflate, and pictures that claim to be as large as a field."""

import zlib
from collections.abc import Iterator
from random import Random

from tests.extract.hostile_making import (
    ANY,
    READ,
    RESOURCES,
    TEXT,
    Hostile,
    bomb,
    packed,
    parts,
    pdf,
    stream,
    with_parts,
)


def flate_bombs(_: Random) -> Iterator[Hostile]:
    """Instructions of a page, small in the file and gigabytes when inflated."""
    for megabytes in (50, 400, 3000):
        data = stream(bomb(megabytes), b"/Filter/FlateDecode")
        yield Hostile(f"page of {megabytes} MiB of zeros", with_parts({5: data}), ANY)
    spaces = stream(bomb(600, b" " * 1024), b"/Filter/FlateDecode")
    yield Hostile("600 MiB of spaces beside the text", with_parts({6: spaces, 3: _two(b"5 0 R 6 0 R")}), ANY)
    yield Hostile("600 MiB that nothing refers to", with_parts({6: spaces}), READ)
    words = stream(bomb(200, b"BT /F1 9 Tf 9 9 Td (ab) Tj ET\n  "), b"/Filter/FlateDecode")
    yield Hostile("200 MiB of words", with_parts({5: words}), ANY)


def _two(contents: bytes) -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[%s]/Resources%s>>" % (contents, RESOURCES)


def bombs_in_filters(_: Random) -> Iterator[Hostile]:
    """The same by way of chains of filters and of filters other than the usual."""
    twice = stream(zlib.compress(bomb(4000), 9), b"/Filter[/FlateDecode/FlateDecode]")
    yield Hostile("flate in flate", with_parts({5: twice}), ANY)
    thrice = stream(zlib.compress(zlib.compress(bomb(9000), 9), 9), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")
    yield Hostile("flate in flate in flate", with_parts({5: thrice}), ANY)
    runs = stream(zlib.compress(b"\x81 " * 4_000_000 + b"\x80", 9), b"/Filter[/FlateDecode/RunLengthDecode]")
    yield Hostile("runs of spaces in flate", with_parts({5: runs}), ANY)
    chain = b"/Filter[" + b"/ASCIIHexDecode" * 200 + b"]"
    yield Hostile("two hundred times hexadecimal", with_parts({5: stream(b"20" * 1000 + b">", chain)}), ANY)
    many = b"/Filter[" + b"/FlateDecode" * 20_000 + b"]"
    yield Hostile("twenty thousand filters", with_parts({5: stream(zlib.compress(TEXT), many)}), ANY)
    zeros = stream(zlib.compress(b"z" * 20_000_000 + b"~>", 9), b"/Filter[/FlateDecode/ASCII85Decode]")
    yield Hostile("zeros in base 85", with_parts({5: zeros}), ANY)
    packed_by_lzw = stream(bytes(2_000_000), b"/Filter/LZWDecode")
    yield Hostile("lzw of nonsense", with_parts({5: packed_by_lzw}), ANY)


def predictors(_: Random) -> Iterator[Hostile]:
    """Rows of impossible width for the predictor of a stream."""
    for columns in (2_000_000_000, 2**31 - 1, 2**63, -1, 0):
        parms = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns %d/Colors 32/BitsPerComponent 16>>" % columns
        yield Hostile(f"{columns} columns", with_parts({5: stream(zlib.compress(TEXT), parms)}), ANY)


def unknown_filters(_: Random) -> Iterator[Hostile]:
    """Filters that do not exist, are none, or name each other."""
    for name, entry in (
        ("unknown", b"/Filter/NoSuchDecode"),
        ("a number", b"/Filter 7"),
        ("itself", b"/Filter 5 0 R"),
        ("crypt", b"/Filter/Crypt"),
        ("picture's", b"/Filter/DCTDecode"),
        ("nulls", b"/Filter[null null]"),
    ):
        yield Hostile(name, with_parts({5: stream(TEXT, entry)}), ANY)


def pictures(_: Random) -> Iterator[Hostile]:
    """Pictures of a size that no machine can hold, on a page with text and on one without."""
    kinds = {
        "grey": (b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode", zlib.compress(bytes(1000))),
        "one bit": (b"/ImageMask true/BitsPerComponent 1/Filter/FlateDecode", bomb(300)),
        "fax": (
            b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 50000/Rows 50000>>",
            b"\0" * 5000,
        ),
        "jbig2": (
            b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode",
            b"\0\0\0\0\x30\0\1\0\0\0\x13" + b"\xff" * 19 + b"\0" * 900,
        ),
        "jpx": (b"/Filter/JPXDecode", b"\xff\x4f\xff\x51\0\x29\0\0" + b"\0\0\xc3\x50" * 2 + bytes(64)),
        "jpeg": (
            b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
            b"\xff\xd8\xff\xc0\0\x11\x08\xc3\x50\xc3\x50\3\1\x22\0\2\x11\1\3\x11\1" + bytes(500),
        ),
    }
    for name, (entries, data) in kinds.items():
        picture = stream(data, b"/Type/XObject/Subtype/Image/Width 50000/Height 50000" + entries)
        resources = b"<</Font<</F1 4 0 R>>/XObject<</Im 6 0 R>>>>"
        draw = b"q 595 0 0 842 0 0 cm /Im Do Q\n"
        yield Hostile(f"{name} beside text", with_parts({6: picture}, content=draw + TEXT, resources=resources), READ)
        yield Hostile(f"{name} alone", with_parts({6: picture}, content=draw, resources=resources), ANY)


def many_pictures(_: Random) -> Iterator[Hostile]:
    """A page that draws one picture twenty thousand times."""
    picture = packed(
        bytes(3 * 200 * 200),
        b"/Type/XObject/Subtype/Image/Width 200/Height 200/ColorSpace/DeviceRGB/BitsPerComponent 8",
    )
    draw = b"q 595 0 0 842 0 0 cm /Im Do Q\n" * 20_000
    found = {**parts(content=draw, resources=b"<</XObject<</Im 6 0 R>>>>"), 6: picture}
    yield Hostile("one picture often", pdf(found), ANY)
