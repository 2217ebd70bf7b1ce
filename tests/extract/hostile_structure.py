"""Objects that nest without end, lead in a circle, or are more than anyone needs."""

import zlib
from collections.abc import Iterator
from random import Random

from tests.extract.hostile_making import (
    ANY,
    FONT,
    READ,
    RESOURCES,
    TEXT,
    Hostile,
    packed,
    parts,
    pdf,
    shown,
    stream,
    table,
    with_parts,
)

_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"


def deep_nesting(_: Random) -> Iterator[Hostile]:
    """Arrays and dictionaries within each other, more deeply than a parser's stack goes."""
    for deep in (400, 20_000, 1_000_000):
        yield Hostile(f"{deep} arrays", with_parts({6: b"[" * deep + b"]" * deep}), ANY)
        yield Hostile(f"{deep} dictionaries", with_parts({6: b"<</A" * deep + b" 1" + b">>" * deep}), ANY)
        yield Hostile(f"{deep} arrays in the page", with_parts({}, page=b"/X " + b"[" * deep + b"]" * deep), ANY)
    yield Hostile("arrays that never close", with_parts({6: b"[" * 100_000}), ANY)
    yield Hostile("arrays among the instructions", with_parts({5: stream(b"[" * 500_000 + TEXT)}), ANY)
    yield Hostile("saved states", with_parts({5: stream(b"q " * 500_000 + TEXT)}), READ)


def deep_trees(_: Random) -> Iterator[Hostile]:
    """The list of pages, the outline and names as chains of thousands of levels."""
    for deep in (60, 3000, 100_000):
        chain = {10 + i: b"<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>" % (11 + i, 9 + i) for i in range(deep)}
        chain[10] = b"<</Type/Pages/Count 1/Kids[11 0 R]>>"
        chain[9 + deep] = b"<</Type/Pages/Count 1/Kids[3 0 R]/Parent %d 0 R>>" % (8 + deep)
        yield Hostile(f"{deep} levels of pages", pdf({**parts(), 1: b"<</Type/Catalog/Pages 10 0 R>>", **chain}), ANY)
    outline = {
        10 + i: b"<</Title(A)/First %d 0 R/Last %d 0 R/Parent %d 0 R>>" % (11 + i, 11 + i, 9 + i) for i in range(50_000)
    }
    yield Hostile(
        "an outline of fifty thousand levels",
        pdf({**parts(), 1: b"<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R>>", **outline}),
        READ,
    )


def page_tree_loops(_: Random) -> Iterator[Hostile]:
    """A list of pages that leads back to itself, and parents that do."""
    yield Hostile("kids hold their parent", with_parts({2: b"<</Type/Pages/Count 2/Kids[3 0 R 2 0 R]>>"}), ANY)
    loop = {
        2: b"<</Type/Pages/Count 9/Kids[6 0 R 3 0 R]>>",
        6: b"<</Type/Pages/Count 9/Kids[2 0 R 6 0 R]/Parent 2 0 R>>",
    }
    yield Hostile("two lists hold each other", with_parts(loop), ANY)
    yield Hostile("a page is its own parent", with_parts({3: b"<</Type/Page/Parent 3 0 R/Contents 5 0 R>>"}), ANY)
    up = {
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]/Parent 6 0 R>>",
        6: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>",
    }
    yield Hostile("parents in a circle", with_parts(up), ANY)
    yield Hostile(
        "a page named a thousand times",
        with_parts({2: b"<</Type/Pages/Count 1000/Kids[" + b"3 0 R " * 1000 + b"]>>"}),
        ANY,
    )
    wide = {10 + i: b"<</Type/Pages/Count 1/Kids[%s]>>" % (b"%d 0 R " % (11 + i) * 10) for i in range(12)}
    wide[22] = b"<</Type/Page/Parent 10 0 R/Contents 5 0 R>>"
    yield Hostile(
        "a tree of ten to the twelfth pages", pdf({**parts(), 1: b"<</Type/Catalog/Pages 10 0 R>>", **wide}), ANY
    )


def form_loops(_: Random) -> Iterator[Hostile]:
    """Forms that draw themselves, each other, or double at each of thirty levels."""
    resources = b"<</Font<</F1 4 0 R>>/XObject<</A 6 0 R>>>>"
    own = stream(b"/A Do", _FORM + b"/Resources<</XObject<</A 6 0 R>>>>")
    yield Hostile("a form draws itself", with_parts({6: own}, content=TEXT + b" /A Do", resources=resources), READ)
    pair = {
        6: stream(b"/A Do /A Do", _FORM + b"/Resources<</XObject<</A 7 0 R>>>>"),
        7: stream(b"/A Do /A Do", _FORM + b"/Resources<</XObject<</A 6 0 R>>>>"),
    }
    yield Hostile("two forms draw each other", with_parts(pair, content=TEXT + b" /A Do", resources=resources), READ)
    for levels in (16, 30):
        tree = {
            6 + i: stream(b"/A Do " * 2, _FORM + b"/Resources<</XObject<</A %d 0 R>>>>" % (7 + i))
            for i in range(levels)
        }
        tree[6 + levels] = stream(shown("ab"), _FORM + b"/Resources" + RESOURCES)
        content = TEXT + b" /A Do"
        yield Hostile(f"a tree of forms, {levels} levels", with_parts(tree, content=content, resources=resources), ANY)
    chain = {6 + i: stream(b"/A Do", _FORM + b"/Resources<</XObject<</A %d 0 R>>>>" % (7 + i)) for i in range(5000)}
    yield Hostile("a chain of forms", with_parts(chain, content=TEXT + b" /A Do", resources=resources), READ)
    often = {6: stream(shown("ab"), _FORM + b"/Resources" + RESOURCES)}
    yield Hostile(
        "a form drawn 300,000 times", with_parts(often, content=TEXT + b" /A Do" * 300_000, resources=resources), ANY
    )


def table_loops(_: Random) -> Iterator[Hostile]:
    """Tables of parts that name each other as the one before, and streams that need themselves to be read."""
    whole = with_parts({})
    at = whole.rindex(b"xref\n0 1")
    yield Hostile("the table before is this one", whole.replace(b"/Root", b"/Prev %d/Root" % at), READ)
    yield Hostile("the table before is past the end", whole.replace(b"/Root", b"/Prev 99999999999/Root"), READ)
    yield Hostile("the table before is negative", whole.replace(b"/Root", b"/Prev -5/Root"), READ)
    chain, places = bytearray(whole), [at]
    for _i in range(3000):
        places.append(len(chain))
        chain += b"xref\n0 0\ntrailer\n<</Root 1 0 R/Size 6/Prev %d>>\n" % places[-2]
    yield Hostile("three thousand tables", bytes(chain) + b"startxref\n%d\n%%%%EOF\n" % places[-1], READ)
    yield Hostile("length of itself", with_parts({5: stream(TEXT, length=b"5 0 R")}), READ)
    yield Hostile("length of nothing", with_parts({5: stream(TEXT, length=b"77 0 R")}), READ)
    yield Hostile("length too great", with_parts({5: stream(TEXT, length=b"999999999")}), READ)
    yield Hostile("length negative", with_parts({5: stream(TEXT, length=b"-1")}), READ)
    circle = {6: b"7 0 R", 7: b"6 0 R"}
    yield Hostile(
        "references in a circle", with_parts({**circle, 5: stream(TEXT, length=b"6 0 R")}, page=b"/Rotate 6 0 R"), READ
    )
    holders = {
        6: stream(b"8 0 7 3 (a) (b)", b"/Type/ObjStm/N 2/First 8/Extends 7 0 R"),
        7: stream(b"9 0 6 3 (a) (b)", b"/Type/ObjStm/N 2/First 8/Extends 6 0 R"),
    }
    yield Hostile("object streams extend each other", with_parts(holders), READ)


def tables_in_streams(_: Random) -> Iterator[Hostile]:
    """Tables in streams that claim fifty million entries, hold themselves, or have fields of impossible width."""
    found = parts()
    body = pdf(found)
    body = body[: body.rindex(b"xref\n0 1")]
    at = len(body)
    rows = b"".join(b"\1" + body.index(b"%d 0 obj" % n).to_bytes(4, "big") + b"\0" for n in range(1, 6))
    rows = b"\0\0\0\0\0\0" + rows + b"\1" + at.to_bytes(4, "big") + b"\0"
    tail = b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at

    def made(entries: bytes, data: bytes = rows) -> bytes:
        return body + b"6 0 obj\n" + packed(data, b"/Type/XRef/Root 1 0 R" + entries) + tail

    yield Hostile("sound", made(b"/Size 7/W[1 4 1]"), READ)
    yield Hostile("fifty million entries claimed", made(b"/Size 50000000/W[1 4 1]/Index[0 50000000]"), ANY)
    fifty = zlib.compress(rows + bytes(6 * 50_000_000), 6)
    held = stream(fifty, b"/Type/XRef/Root 1 0 R/Size 50000000/W[1 4 1]/Filter/FlateDecode")
    yield Hostile("fifty million entries", body + b"6 0 obj\n" + held + tail, ANY)
    for name, entries in (
        ("huge fields", b"/Size 7/W[1 2147483647 1]"),
        ("negative fields", b"/Size 7/W[1 -4 1]"),
        ("no fields", b"/Size 7/W[0 0 0]"),
        ("fields missing", b"/Size 7"),
        ("index negative", b"/Size 7/W[1 4 1]/Index[-5 12]"),
        ("size negative", b"/Size -1/W[1 4 1]"),
        ("index overflows", b"/Size 7/W[1 4 1]/Index[2147483647 2147483647]"),
        ("before is itself", b"/Size 7/W[1 4 1]/Prev %d" % at),
    ):
        yield Hostile(name, made(entries), ANY)


def malformed_tables(_: Random) -> Iterator[Hostile]:
    """Tables of parts that are missing, shifted, cut, or lie; the parts themselves are all there."""
    whole = with_parts({})
    at = whole.rindex(b"xref\n0 1")
    places = {n: whole.index(b"%d 0 obj" % n) for n in range(1, 6)}
    yield Hostile("no table", whole[:at] + b"%%EOF\n", ANY)
    yield Hostile("no table but a trailer", whole[:at] + b"trailer\n<</Root 1 0 R/Size 6>>\n%%EOF\n", READ)
    yield Hostile("no end", whole[: whole.rindex(b"startxref")], READ)
    yield Hostile("start at nothing", whole[: whole.rindex(b"startxref")] + b"startxref\n0\n%%EOF\n", READ)
    yield Hostile("start past the end", whole[: whole.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF\n", READ)
    yield Hostile("start is no number", whole[: whole.rindex(b"startxref")] + b"startxref\nabc\n%%EOF\n", READ)
    for by in (-20, -1, 1, 9, 5000):
        shifted = {n: max(0, p + by) for n, p in places.items()}
        yield Hostile(f"places shifted by {by}", whole[:at] + table(shifted, b"/Root 1 0 R", at), READ)
    swapped = {**places, 3: places[5], 5: places[3]}
    yield Hostile("places swapped", whole[:at] + table(swapped, b"/Root 1 0 R", at), ANY)
    same = dict.fromkeys(places, places[1])
    yield Hostile("all at one place", whole[:at] + table(same, b"/Root 1 0 R", at), ANY)
    yield Hostile("all free", whole.replace(b"00000 n", b"00000 f"), ANY)
    yield Hostile("rows of wrong length", whole.replace(b" 00000 n \n", b" 0 n\n"), READ)
    yield Hostile("numbers begin with one", whole.replace(b"xref\n0 1\n", b"xref\n1 1\n"), READ)
    yield Hostile("two million rows claimed", whole.replace(b"xref\n0 1\n", b"xref\n0 2000000\n"), ANY)
    yield Hostile("no root", whole.replace(b"/Root 1 0 R", b""), ANY)
    yield Hostile("root is a page", whole.replace(b"/Root 1 0 R", b"/Root 3 0 R"), ANY)
    yield Hostile("root is missing", whole.replace(b"/Root 1 0 R", b"/Root 99 0 R"), ANY)
    yield Hostile("line ends of a telegram", whole.replace(b"\n", b"\r"), ANY)


def too_many(_: Random) -> Iterator[Hostile]:
    """A million parts, a hundred thousand pages, a million characters on a page."""
    line = b"BT /F1 3 Tf 1 0 0 1 %d %d Tm (safeguarding partnership and what it) Tj ET\n"
    for count in (30_000, 300_000):
        often = b"".join(line % (5 + i % 11 * 52, 5 + i // 11 % 800) for i in range(count))
        yield Hostile(
            f"{count * 36 // 1_000_000} million characters", with_parts({5: packed(TEXT + b"\n" + often)}), ANY
        )
    million = {10 + i: b"<</A %d>>" % i for i in range(1_000_000)}
    yield Hostile("a million parts", pdf({**parts(), **million}), ANY)
    for count in (2500, 100_000):
        kids = b" ".join(b"%d 0 R" % (10 + i) for i in range(count))
        pages = {10 + i: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources%s>>" % RESOURCES for i in range(count)}
        listed = b"<</Type/Pages/MediaBox[0 0 595 842]/Count %d/Kids[%s]>>" % (count, kids)
        yield Hostile(f"{count} pages", pdf({**parts(), 2: listed, **pages}), ANY)
    paths = b"".join(b"%d %d m %d %d l S\n" % (i % 595, i % 842, i * 7 % 595, i * 3 % 842) for i in range(500_000))
    yield Hostile("half a million lines drawn", with_parts({5: packed(paths + TEXT)}), ANY)
    boxes = b"".join(b"%d %d 9 9 re S\n" % (i % 60 * 9, i // 60 % 90 * 9) for i in range(60_000))
    yield Hostile("a grid of sixty thousand boxes", with_parts({5: packed(boxes + TEXT)}), ANY)
    words = b"".join(
        b"BT /F1 5 Tf 1 0 0 1 %d %d Tm (Recommendation %d: should) Tj ET\n" % (i % 9 * 60, i // 9 % 800, i)
        for i in range(40_000)
    )
    yield Hostile("forty thousand labels", with_parts({5: packed(words)}), ANY)
    long = b"BT /F1 11 Tf 50 700 Td (Recommendation 1: " + b"the partnership should " * 60_000 + b") Tj ET"
    yield Hostile("a line of a million letters", with_parts({5: packed(long)}), ANY)
    yield Hostile(
        "a word of a million letters", with_parts({5: packed(b"BT /F1 11 Tf (" + b"a" * 1_000_000 + b") Tj ET")}), ANY
    )


def counts_that_lie(_: Random) -> Iterator[Hostile]:
    """A list of pages that says it has more, fewer, or an impossible number of them."""
    for count in (b"0", b"7", b"-1", b"2147483647", b"99999999999999999999", b"1.5", b"(one)", b"null", b"3 0 R"):
        told = b"<</Type/Pages/Count %s/Kids[3 0 R]>>" % count
        yield Hostile(f"{count.decode()} pages told", with_parts({2: told}), READ)
    yield Hostile("no count", with_parts({2: b"<</Type/Pages/Kids[3 0 R]>>"}), READ)
    yield Hostile("no kids", with_parts({2: b"<</Type/Pages/Count 1>>"}), ANY)
    yield Hostile("kids is a page", with_parts({2: b"<</Type/Pages/Count 1/Kids 3 0 R>>"}), ANY)
    yield Hostile(
        "kids of another kind", with_parts({2: b"<</Type/Pages/Count 6/Kids[null 3 (a) 99 0 R << >> 3 0 R]>>"}), ANY
    )
    yield Hostile("no list", with_parts({1: b"<</Type/Catalog>>"}), ANY)
    yield Hostile("the list is the page", with_parts({1: b"<</Type/Catalog/Pages 3 0 R>>"}), ANY)


def pages_of_odd_build(_: Random) -> Iterator[Hostile]:
    """Pages without what a page needs, or with what no page can have."""
    plain = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>"
    text = b"/Contents 5 0 R/Resources" + RESOURCES
    yield Hostile("no contents", with_parts({3: plain % b""}), ANY)
    yield Hostile(
        "nulls among the contents",
        with_parts({3: plain % (b"/Contents[null 5 0 R null 99 0 R]/Resources" + RESOURCES)}),
        READ,
    )
    yield Hostile("contents is a dictionary", with_parts({3: plain % b"/Contents<</A 1>>"}), ANY)
    yield Hostile(
        "contents of half a million parts",
        with_parts({3: plain % (b"/Contents[" + b"5 0 R " * 5_000 + b"]/Resources" + RESOURCES)}),
        ANY,
    )
    yield Hostile("no resources", with_parts({3: plain % b"/Contents 5 0 R"}), ANY)
    yield Hostile("no type", with_parts({3: b"<</MediaBox[0 0 595 842]%s>>" % text}), READ)
    yield Hostile("no box", with_parts({3: b"<</Type/Page/Parent 2 0 R%s>>" % text}), READ)
    for box in (
        b"[0 0 0 0]",
        b"[0 0 1e30 1e30]",
        b"[0 0 -595 -842]",
        b"[595 842 0 0]",
        b"[0 0 nan inf]",
        b"[0 0]",
        b"[(a) (b) (c) (d)]",
        b"[0 0 2147483648 2147483648]",
        b"[-1e38 -1e38 1e38 1e38]",
        b"[0 0 0.0001 0.0001]",
        b"[0 0 14400 14400]",
    ):
        yield Hostile(
            f"box {box.decode()}", with_parts({3: b"<</Type/Page/Parent 2 0 R/MediaBox%s%s>>" % (box, text)}), ANY
        )
    for entry in (
        b"/Rotate 45",
        b"/Rotate 90000000000",
        b"/Rotate -90",
        b"/Rotate(a)",
        b"/UserUnit 1e9",
        b"/UserUnit 0",
        b"/UserUnit -3",
        b"/CropBox[900 900 901 901]",
    ):
        yield Hostile(entry.decode(), with_parts({}, page=entry), READ)


def odd_objects(chance: Random) -> Iterator[Hostile]:
    """Numbers, names and strings that no program writes, where a page needs them."""
    for value in (
        b"1e999999",
        b"--5",
        b"+-+.",
        b"9" * 400,
        b"0." + b"0" * 4000 + b"1",
        b"/\0\0",
        b"/#00#ff#zz",
        b"(\\777\\)",
        b"<zz>",
        b"<d83d",
        b"<feffd83d>",
        b"trueish",
        b"1 0 R 2",
        b"R",
    ):
        at = chance.choice((b"/X", b"/Tabs", b"/Group", b"/Annots"))
        yield Hostile(f"{at.decode()} {value[:12]!r}", with_parts({}, page=at + b" " + value), ANY)
        yield Hostile(
            f"shown {value[:12]!r}", with_parts({}, content=TEXT + b"\nBT " + value + b" Tj " + value + b" Td ET"), READ
        )
        yield Hostile(
            f"title {value[:12]!r}",
            pdf({**parts(), 6: b"<</Title %s/CreationDate %s>>" % (value, value)}, trailer=b"/Root 1 0 R/Info 6 0 R"),
            ANY,
        )
    half = "Recommendation \ud83d".encode("utf-16-be", "surrogatepass")
    yield Hostile(
        "half a pair in the title",
        pdf({**parts(), 6: b"<</Title<feff%s>>>" % half.hex().encode()}, trailer=b"/Root 1 0 R/Info 6 0 R"),
        READ,
    )
    matrices = (
        b"1e38 0 0 1e38 0 0",
        b"0 0 0 0 0 0",
        b"nan nan nan nan nan nan",
        b"1e-30 0 0 1e-30 5 5",
        b"1 1e20 -1e20 1 0 0",
    )
    for matrix in matrices:
        yield Hostile(f"matrix {matrix.decode()}", with_parts({}, content=b"q " + matrix + b" cm " + TEXT + b" Q"), ANY)


def active_content(_: Random) -> Iterator[Hostile]:
    """Scripts, programs to start, addresses to open, files within the file: all to be passed over."""
    actions = {
        "script": b"<</S/JavaScript/JS(app.alert\\(1\\); while\\(true\\);)>>",
        "launch": b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>",
        "address": b"<</S/URI/URI(http://127.0.0.1:9/x)>>",
        "submit": b"<</S/SubmitForm/F(http://127.0.0.1:9/x)>>",
        "another file": b"<</S/GoToR/F(/etc/passwd)/D[0/Fit]>>",
        "import": b"<</S/ImportData/F(/etc/passwd)>>",
    }
    for name, action in actions.items():
        root = b"<</Type/Catalog/Pages 2 0 R/OpenAction%s/AA<</WC%s/DS%s>>>>" % (action, action, action)
        yield Hostile(name, pdf({**parts(page=b"/AA<</O%s>>" % action), 1: root}), READ)
    yield Hostile(
        "contents in another file",
        with_parts({5: b"<</Length 0/F(/etc/passwd)/FFilter/FlateDecode>>\nstream\n\nendstream"}),
        ANY,
    )
    inside = {
        6: b"<</Type/Filespec/F(../../x.exe)/EF<</F 7 0 R>>>>",
        7: packed(b"MZ" + bytes(5000), b"/Type/EmbeddedFile"),
    }
    names = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(../../x.exe) 6 0 R]>>>>>>"
    yield Hostile("a program attached", pdf({**parts(), **inside, 1: names}), READ)
    xfa = {6: packed(b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xdp>&a;</xdp>")}
    yield Hostile(
        "a form in XML",
        pdf({**parts(), **xfa, 1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 6 0 R/Fields[]>>>>"}),
        READ,
    )
    notes = (
        b"/Annots[" + b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://127.0.0.1:9/)>>>>" * 30_000 + b"]"
    )
    yield Hostile("thirty thousand links", with_parts({}, page=notes), READ)
    yield Hostile("fonts of every page", with_parts({10 + i: FONT for i in range(20_000)}), READ)
