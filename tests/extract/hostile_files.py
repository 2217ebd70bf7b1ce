"""Files that are none, are another, are cut, are locked, or are two."""

import io
import zipfile
from collections.abc import Iterator
from random import Random

import pikepdf

from tests.extract.hostile_making import ANY, READ, REFUSED, Hostile, parts, pdf, with_parts

_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde"


def no_files(_: Random) -> Iterator[Hostile]:
    """Nothing, a byte, a header, and what is no PDF at all."""
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("bomb.xml", " " * 50_000_000)
    found = {
        "empty": b"", "one byte": b"%", "a newline": b"\n", "header": b"%PDF-1.7", "header and end": b"%PDF-1.7\n%%EOF\n",
        "header of no version": b"%PDF-", "zeros": bytes(100_000), "a Word file": word.getvalue(), "a picture": _PNG + bytes(300),
        "a program": b"MZ\x90\0" + bytes(4000), "a program for Linux": b"\x7fELF\2\1\1" + bytes(4000), "text": b"Dear all,\n" * 50,
        "a web page": b"<!DOCTYPE html><html><body>Sign in</body></html>", "postscript": b"%!PS-Adobe-3.0\nshowpage\n",
        "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    }  # fmt: skip
    for name, content in found.items():
        yield Hostile(name, content, REFUSED)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("review.pdf", with_parts({}))
    yield Hostile("an archive that holds a PDF", zipped.getvalue(), ANY)


def cut_files(_: Random) -> Iterator[Hostile]:
    """A file of several pages cut at every twentieth, and one that was laid out for the web."""
    whole = _pages(6)
    for twentieth in range(1, 20):
        yield Hostile(f"cut at {5 * twentieth} %", whole[: len(whole) * twentieth // 20], ANY)
    for less in (1, 5, 6, 20):
        yield Hostile(f"the last {less} bytes lost", whole[:-less], READ)
    linear = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as found:
        found.save(linear, linearize=True)
    yield Hostile("laid out for the web", linear.getvalue(), READ)
    for tenth in range(1, 10):
        yield Hostile(
            f"laid out for the web, cut at {10 * tenth} %",
            linear.getvalue()[: len(linear.getvalue()) * tenth // 10],
            ANY,
        )


def _pages(count: int) -> bytes:
    found = parts()
    found[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        count,
        b" ".join([b"3 0 R", *(b"%d 0 R" % (10 + i) for i in range(count - 1))]),
    )
    for i in range(count - 1):
        found[10 + i] = found[3]
    return pdf(found)


def locked_files(_: Random) -> Iterator[Hostile]:
    """Every way of locking: with the empty password for readers it opens, with another it is refused."""
    for revision in (2, 3, 4, 5, 6):
        for user, ends in (("", READ), ("secret", REFUSED)):
            for aes in (False, True) if revision == 4 else (revision > 4,):
                made = io.BytesIO()
                with pikepdf.open(io.BytesIO(with_parts({}))) as found:
                    found.save(
                        made,
                        encryption=pikepdf.Encryption(
                            owner="owner", user=user, R=revision, aes=aes, metadata=revision >= 4 and aes
                        ),
                    )
                name = f"way {revision}{' with AES' if aes else ''}, {'a' if user else 'no'} password"
                yield Hostile(name, made.getvalue(), ends)
    lock = b"/Root 1 0 R/ID[<00><00>]/Encrypt %s"
    for name, entry in (
        ("of nothing", b"<<>>"), ("unknown", b"<</Filter/Strange/V 99>>"), ("missing", b"77 0 R"), ("itself", b"6 0 R"),
        ("short", b"<</Filter/Standard/V 1/R 2/O(a)/U(b)/P -1>>"), ("long", b"<</Filter/Standard/V 2/R 3/Length 99999999/O(a)/U(b)/P -1>>"),
    ):  # fmt: skip
        yield Hostile(f"lock {name}", pdf({**parts(), 6: b"<</Filter/Standard/V 6 0 R>>"}, trailer=lock % entry), ANY)


def joined_files(chance: Random) -> Iterator[Hostile]:
    """Something before the header, after the end, or another PDF behind the first."""
    whole = with_parts({})
    for size in (1, 100, 1000):
        yield Hostile(f"{size} bytes before it", bytes(b | 128 for b in chance.randbytes(size)) + whole, READ)
    yield Hostile("two kilobytes before it", bytes(2000) + whole, ANY)
    yield Hostile(
        "a mail's head before it", b"Content-Type: application/pdf\r\nContent-Length: 9\r\n\r\n" + whole, READ
    )
    yield Hostile("a page of the web behind it", whole + b"<html><body>Sent by a gateway</body></html>", READ)
    yield Hostile("five kilobytes behind it", whole + chance.randbytes(5000), READ)
    yield Hostile("twice", whole + whole, READ)
    yield Hostile("behind another", _pages(6) + whole, READ)
    yield Hostile("behind one that was cut", whole[: len(whole) // 2] + _pages(6), READ)


def versions(_: Random) -> Iterator[Hostile]:
    """Headers of every version, and of none that exists."""
    for header in (
        b"%PDF-2.0\n",
        b"%PDF-1.0\r",
        b"%PDF-9.9\n",
        b"%PDF-1.7 ",
        b"%PDF-x.y\n",
        b"%!PS-Adobe-3.0 PDF-1.4\n%PDF-1.4\n",
    ):
        yield Hostile(repr(header), pdf(parts(), header=header), READ)
