"""Fonts that send those who read them astray: broken programs, endless ranges, letters that draw themselves."""

from collections.abc import Iterator
from random import Random

from tests.extract.hostile_making import ANY, READ, TEXT, Hostile, packed, stream, with_parts

_WORDS = b"BT /F1 11 Tf 50 700 Td (Recommendation 1: the partnership should meet) Tj ET"
_WIDE = b"BT /F1 11 Tf 50 700 Td <005200650063006f006d006d0065006e0064> Tj ET"


def _composite(below: bytes, entries: bytes = b"", encoding: bytes = b"/Identity-H") -> bytes:
    return b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding%s/DescendantFonts[%s]%s>>" % (encoding, below, entries)


def _cid(entries: bytes = b"") -> bytes:
    described = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 8 0 R"
    return b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X%s%s>>" % (described, entries)


_DESCRIPTOR = b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80%s>>"


def broken_programs(chance: Random) -> Iterator[Hostile]:
    """TrueType, CFF and Type 1 programs of nonsense, cut off, or with tables that point anywhere."""
    heads = {
        "truetype": (b"/FontFile2", b"\0\1\0\0\0\x0c\0\x80\0\3\0\x40"),
        "opentype": (b"/FontFile3", b"OTTO\0\x0c\0\x80\0\3\0\x40"),
        "cff": (b"/FontFile3", b"\1\0\4\4\xff\xff\1\1\1"),
        "type 1": (b"/FontFile", b"%!PS-AdobeFont-1.0: X\ncurrentfile eexec\n"),
    }
    for name, (key, head) in heads.items():
        for size in (0, 40, 4000, 400_000):
            program = head + chance.randbytes(size)
            kind = b"/Subtype/OpenType" if name == "opentype" else b"/Subtype/Type1C" if name == "cff" else b""
            found = {
                4: b"<</Type/Font/Subtype/%s/BaseFont/X/FirstChar 32/LastChar 126/Widths[%s]/FontDescriptor 8 0 R>>"
                % (b"TrueType" if name == "truetype" else b"Type1", b"500 " * 95),
                8: _DESCRIPTOR % (key + b" 9 0 R"),
                9: packed(program, kind + b"/Length1 %d/Length2 %d/Length3 0" % (len(program), 2**31 - 1)),
            }
            yield Hostile(f"{name} of {size} bytes", with_parts(found, content=_WORDS), ANY)


def type3_loops(_: Random) -> Iterator[Hostile]:
    """Letters of a Type 3 font that show letters of the same font, or a form that shows them."""
    for count in (1, 2, 50):
        glyph = stream(b"500 0 d0 " + b"BT /F1 1 Tf (a) Tj ET " * count)
        font = (
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>"
            b"/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1]/Resources<</Font<</F1 4 0 R>>>>>>"
        )
        yield Hostile(
            f"a letter shows itself {count} times",
            with_parts({4: font, 6: glyph}, content=b"BT /F1 9 Tf 50 500 Td (aaaa) Tj ET"),
            ANY,
        )
    odd = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0 0 0 0 0 0]/CharProcs 6 0 R/Encoding 6 0 R>>"
    yield Hostile("no matrix", with_parts({4: odd, 6: stream(b"")}, content=_WORDS), ANY)


def endless_widths(_: Random) -> Iterator[Hostile]:
    """Widths of letters for ranges of thousands of millions of them."""
    for name, widths in (
        ("a range of everything", b"[0 2147483647 500]"),
        ("a range backwards", b"[70000 3 500]"),
        ("ranges by the thousand", b"[" + b"0 65535 500 " * 3000 + b"]"),
        ("ten million of one range", b"[0 10000000 500]"),
        ("negative", b"[-2147483648 5 500]"),
        ("arrays in arrays", b"[0 [0 [0 [0]]]]"),
        ("not numbers", b"[(a) /b null]"),
        ("cut", b"[0]"),
    ):
        found = {4: _composite(_cid(b"/DW 500/W%s" % widths)), 8: _DESCRIPTOR % b""}
        yield Hostile(name, with_parts(found, content=_WIDE + TEXT), ANY)
        yield Hostile(
            f"{name}, upright",
            with_parts(
                {**found, 4: _composite(_cid(b"/DW2[880 -1000]/W2%s" % widths), b"", b"/Identity-V")}, content=_WIDE
            ),
            ANY,
        )
    simple = b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 2147483647/Widths[500]>>"
    yield Hostile("last letter two thousand million", with_parts({4: simple}, content=_WORDS), ANY)


def endless_maps(_: Random) -> Iterator[Hostile]:
    """Tables to Unicode whose ranges are endless, backwards, or that use each other."""
    top = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    end = b"\nendcmap end end"
    for name, body in (
        ("a range of four bytes", b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"),
        (
            "a range of two bytes by the thousand",
            b"100 beginbfrange " + b"<0000> <ffff> <0041> " * 2000 + b" endbfrange",
        ),
        ("a range backwards", b"1 beginbfrange <ffff> <0000> <0041> endbfrange"),
        ("a range into eight bytes", b"1 beginbfrange <0000> <ffff> <" + b"d83d" * 4000 + b"> endbfrange"),
        ("a character as a book", b"1 beginbfchar <0052> <" + b"0041" * 200_000 + b"> endbfchar"),
        ("halves of pairs", b"1 beginbfrange <0000> <ffff> <d800> endbfrange"),
        ("cut in a range", b"1 beginbfrange <0000> <ffff"),
        ("uses itself", b"/X usecmap"),
        ("a range of characters", b"1 begincidrange <00000000> <ffffffff> 0 endcidrange"),
        ("a space of eight bytes", b"1 begincodespacerange <0000000000000000> <ffffffffffffffff> endcodespacerange"),
    ):
        found = {
            4: _composite(_cid(b"/DW 500"), b"/ToUnicode 6 0 R"),
            6: packed(top + body + end),
            8: _DESCRIPTOR % b"",
        }
        yield Hostile(name, with_parts(found, content=_WIDE), ANY)
        found[4] = _composite(_cid(b"/DW 500"), b"/ToUnicode 6 0 R", b" 6 0 R")
        found[6] = packed(top + body + end, b"/Type/CMap/CMapName/X/UseCMap 6 0 R")
        yield Hostile(f"{name}, as the encoding", with_parts(found, content=_WIDE + TEXT), ANY)


def font_loops(_: Random) -> Iterator[Hostile]:
    """Fonts that descend from themselves, and entries that are no font."""
    yield Hostile("descends from itself", with_parts({4: _composite(b"4 0 R")}, content=_WIDE), ANY)
    yield Hostile("descends from nothing", with_parts({4: _composite(b"")}, content=_WIDE), ANY)
    yield Hostile("descends from a page", with_parts({4: _composite(b"3 0 R")}, content=_WIDE), ANY)
    for name, font in (
        ("null", b"null"),
        ("a number", b"7"),
        ("a stream", stream(b"a")),
        ("nothing known", b"<</Type/Font/Subtype/Type9>>"),
        ("without a kind", b"<</Type/Font>>"),
    ):
        yield Hostile(name, with_parts({4: font}), ANY)
    yield Hostile("no font of that name", with_parts({}, content=TEXT.replace(b"/F1", b"/F9")), ANY)
    yield Hostile("size of a house", with_parts({}, content=TEXT.replace(b"/F1 11", b"/F1 1e20")), ANY)
    yield Hostile("size nothing", with_parts({}, content=TEXT.replace(b"/F1 11", b"/F1 0")), READ)
    yield Hostile(
        "encoding is the font", with_parts({4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 4 0 R>>"}), READ
    )
