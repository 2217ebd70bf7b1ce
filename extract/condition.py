"""Is a PDF whole? What its parts say, looked at with pikepdf before its text is trusted.

Readers repair a damaged file in silence and go on after damaged text as if nothing had been there. Three things give it
away, and cost a few hundredths of a second: the list of pages names what is not there, or does not name what is; the
checksum that ends each compressed part does not fit; a page asks for a font that it does not have.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from extract.parser_faults import PARSER_FAULTS
from extract.soundness import ends
from extract.time_limit import OutOfTime, at_most
from sandbox import deadline, steps

PIECE = 1 << 20
MOST_INFLATED = 64 << 20  # bytes of one part that are looked at
MOST_PARTS = 200_000  # in a file: more of them are not looked at one by one
DEEPEST = 50  # levels of the list of pages: a damaged one may lead in a circle
_NEED_WIDTHS = ("/TrueType", "/Type1", "/MMType1")

Part = Any
"""Something in a PDF as pikepdf gives it: of which kind it is shows only when it is looked at."""

_FONT_USED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+[-+.\d]+\s+Tf\b")


@dataclass(frozen=True, slots=True)
class Condition:
    """What is known of a file's parts. Page numbers count from 1, in the order of the file's own list.

    pages: how many the list names, None where there is no list to be read; whole: its table of parts leads to them and
    they fit together; lost: listed pages that are not there; text, fonts: pages whose text or fonts are damaged; loose:
    how many pages are there that the list does not name, which programs that delete pages leave behind as well; hurried:
    there was no time to look at all or, of very many parts, at each.
    """

    pages: int | None
    whole: bool
    lost: tuple[int, ...] = ()
    text: tuple[int, ...] = ()
    fonts: tuple[int, ...] = ()
    loose: int = 0
    hurried: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing at all was found amiss."""
        return self.whole and not (self.lost or self.text or self.fonts)


UNREADABLE = Condition(None, False)
UNSEEN = Condition(None, True, hurried=True)
SHARE_TO_EXAMINE = 0.2  # of the time of the whole call


def examine(file: Path) -> Condition:
    """Look a file over. A file with a password counts as whole, since nothing can be seen of it."""
    if not steps.enter("look the file over"):
        return UNSEEN
    try:
        with at_most(deadline.left(SHARE_TO_EXAMINE)):
            return _examined(file)
    except OutOfTime:
        return UNSEEN


def _examined(file: Path) -> Condition:
    try:
        with pikepdf.open(file, attempt_recovery=False, inherit_page_attributes=False) as pdf:
            return _look(pdf, whole=ends(file))
    except pikepdf.PasswordError:
        return Condition(None, True)
    except PARSER_FAULTS:
        pass
    try:
        with pikepdf.open(file, inherit_page_attributes=False) as pdf:
            return _look(pdf, whole=False)
    except PARSER_FAULTS:
        return UNREADABLE


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place in the list of pages: the page, or None where it is lost, and what it inherits."""

    page: pikepdf.Dictionary | None
    inherited: Mapping[str, Part]


INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def leaves(pdf: pikepdf.Pdf) -> list[Leaf]:
    """The list of pages as the file has it, read without the help of a library that would mend it in silence."""
    root = pdf.trailer.get("/Root")
    top = root.get("/Pages") if isinstance(root, pikepdf.Dictionary) else None
    found = list(_leaves(top, {}, 0, set())) if isinstance(top, pikepdf.Dictionary) else []
    met: set[tuple[int, int]] = set()
    for index, leaf in enumerate(found):
        if leaf.page is not None and leaf.page.objgen in met:  # a page named twice stands where another was
            found[index] = Leaf(None, leaf.inherited)
        elif leaf.page is not None:
            met.add(leaf.page.objgen)
    return found


def _leaves(node: Part, inherited: Mapping[str, Part], depth: int, seen: set[tuple[int, int]]) -> Iterator[Leaf]:
    kids = node.get("/Kids") if isinstance(node, pikepdf.Dictionary) else None
    if not isinstance(node, pikepdf.Dictionary) or depth > DEEPEST:
        yield Leaf(None, inherited)
    elif isinstance(kids, pikepdf.Array):
        if node.is_indirect and node.objgen in seen:
            return
        seen.add(node.objgen)
        inherited = {**inherited, **{key: node[key] for key in INHERITED if key in node}}
        found = [leaf for kid in kids for leaf in _leaves(kid, inherited, depth + 1, seen)]
        yield from found
        # A branch that is lost stands here as one page; the count tells how many it had.
        told = node.get("/Count")
        if isinstance(told, int) and len(found) < told <= len(found) + 5000 and any(f.page is None for f in found):
            yield from [Leaf(None, inherited)] * (told - len(found))
    elif node.get("/Type") == "/Page" or "/Contents" in node or "/MediaBox" in node:
        yield Leaf(node, inherited)
    else:
        yield Leaf(None, inherited)


def _look(pdf: pikepdf.Pdf, *, whole: bool) -> Condition:
    listed = leaves(pdf)
    checker = _Checker()
    lost, text, fonts = [], [], []
    for number, leaf in enumerate(listed, start=1):
        if leaf.page is None:
            lost.append(number)
            continue
        resources = leaf.page.get("/Resources", leaf.inherited.get("/Resources"))
        if not checker.text_is_sound(leaf.page.get("/Contents"), resources):
            text.append(number)
        if not checker.fonts_are_sound(resources):
            fonts.append(number)
    loose, parts_sound = _others(pdf, {leaf.page.objgen for leaf in listed if leaf.page is not None}, checker)
    whole = whole and parts_sound and not pdf.get_warnings() and _counts_agree(pdf, len(listed))
    return Condition(
        len(listed),
        whole and bool(listed or not loose),
        tuple(lost),
        tuple(text),
        tuple(fonts),
        loose,
        _is_crowded(pdf),
    )


def _counts_agree(pdf: pikepdf.Pdf, found: int) -> bool:
    root = pdf.trailer.get("/Root")
    top = root.get("/Pages") if isinstance(root, pikepdf.Dictionary) else None
    return isinstance(top, pikepdf.Dictionary) and top.get("/Count") == found


def _is_crowded(pdf: pikepdf.Pdf) -> bool:
    """Whether a file has, as it says itself, more parts than can be looked at one by one."""
    size = pdf.trailer.get("/Size")
    return isinstance(size, int) and size > MOST_PARTS


def _others(pdf: pikepdf.Pdf, known: set[tuple[int, int]], checker: "_Checker") -> tuple[int, bool]:
    """How many pages stand outside the list, and whether the parts that hold other parts are sound."""
    loose, sound = 0, True
    if _is_crowded(pdf):
        return loose, sound
    for part in pdf.objects:
        if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            continue
        kind = part.get("/Type")
        if kind == "/Page" and part.objgen not in known:
            loose += 1
        elif kind in ("/ObjStm", "/XRef") and not checker.is_sound(part):
            sound = False
    return loose, sound


@dataclass(slots=True)
class _Checker:
    """Looks at each part once; remembers by the part's number."""

    known: dict[tuple[int | str, ...], bool] = field(default_factory=dict)
    texts: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def text_is_sound(self, contents: Part, resources: Part, depth: int = 0) -> bool:
        """Whether the drawing instructions of a page, and of the forms it draws, are whole and find their fonts."""
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        if contents is None or not streams:
            return True  # an empty page has none
        if not all(isinstance(stream, pikepdf.Stream) and self.is_sound(stream) for stream in streams):
            return False
        used = set().union(*(self._fonts_used(stream) for stream in streams))
        fonts = _entry(resources, "/Font")
        if any(f"/{name.decode('latin-1')}" not in fonts for name in used if b"#" not in name):
            return False
        forms = [form for form in _values(_entry(resources, "/XObject")) if _is_form(form)]
        return depth > 8 or all(self._form_is_sound(form, resources, depth) for form in forms)

    def fonts_are_sound(self, resources: Part) -> bool:
        """Whether the fonts of a page are there, and their programs and tables whole."""
        return all(self._font_is_sound(font) for font in _values(_entry(resources, "/Font")))

    def is_sound(self, stream: Part) -> bool:
        """Whether a part's bytes are those that were written: the checksum at its end fits."""
        key = stream.objgen
        if key not in self.known:
            self.known[key], text = _inflated(stream)
            if text is not None:
                self.texts[key] = text
        return self.known[key]

    def _fonts_used(self, stream: Part) -> list[bytes]:
        """The fonts that drawing instructions ask for; their text, inflated to check it, is let go of."""
        text = self.texts.pop(stream.objgen, None)
        return _FONT_USED.findall(_decoded(stream) if text is None else text)

    def _form_is_sound(self, form: Part, resources: Part, depth: int) -> bool:
        key = (*form.objgen, "form")
        if key not in self.known:
            self.known[key] = True  # forms may draw each other
            self.known[key] = self.text_is_sound(form, form.get("/Resources", resources), depth + 1)
        return self.known[key]

    def _font_is_sound(self, font: Part) -> bool:
        if not isinstance(font, pikepdf.Dictionary) or "/Subtype" not in font:
            return False
        key = (*font.objgen, "font")
        if font.objgen == (0, 0) or key not in self.known:
            self.known[key] = _is_complete(font) and all(self.is_sound(part) for part in _parts_of(font))
        return self.known[key]


def _is_form(part: Part) -> bool:
    return isinstance(part, pikepdf.Stream) and part.get("/Subtype") == "/Form"


def _entry(resources: Part, key: str) -> Part:
    found = resources.get(key) if isinstance(resources, pikepdf.Dictionary) else None
    return found if isinstance(found, pikepdf.Dictionary) else {}


def _values(entries: Part) -> list[Part]:
    return [entries[key] for key in entries.keys()]


def _is_complete(font: Part) -> bool:
    """Whether a font has what its kind must have: without the widths of its letters nobody knows where a word ends."""
    if font["/Subtype"] == "/Type0":
        below = font.get("/DescendantFonts")
        return isinstance(below, pikepdf.Array) and all(
            isinstance(part, pikepdf.Dictionary) and "/FontDescriptor" in part for part in below
        )
    return font["/Subtype"] not in _NEED_WIDTHS or "/Widths" in font or _is_standard(font)


def _is_standard(font: Part) -> bool:
    """One of the fourteen fonts that every reader knows; they need no widths."""
    name = str(font.get("/BaseFont", "")).partition("-")[0].partition(",")[0]
    return name in (
        "/Helvetica",
        "/Arial",
        "/Times",
        "/TimesNewRoman",
        "/Courier",
        "/CourierNew",
        "/Symbol",
        "/ZapfDingbats",
    )


def _parts_of(font: Part) -> Iterator[Part]:
    """The streams that a font is made of."""
    below = font.get("/DescendantFonts")
    for part in [font, *(below if isinstance(below, pikepdf.Array) else [])]:
        if not isinstance(part, pikepdf.Dictionary):
            continue
        described = part.get("/FontDescriptor")
        candidates = [part.get(key) for key in ("/ToUnicode", "/Encoding", "/CIDToGIDMap")]
        if isinstance(described, pikepdf.Dictionary):
            candidates += [described.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
        yield from (found for found in candidates if isinstance(found, pikepdf.Stream))


def _inflated(stream: Part) -> tuple[bool, bytes | None]:
    """Whether a part's checksum fits, and what it inflates to if that is little and no font or picture."""
    try:
        if stream.get("/Filter") not in ("/FlateDecode", [pikepdf.Name.FlateDecode]):
            stream.read_bytes()
            return True, None
        raw = bytes(stream.read_raw_bytes())
        plain = "/DecodeParms" not in stream and "/Length1" not in stream
        inflated, left, first = zlib.decompressobj(), raw, None
        for _ in range(MOST_INFLATED // PIECE):  # by the piece: the whole may be more than there is memory for
            if not left or inflated.eof:
                break
            piece = inflated.decompress(left, PIECE)
            first = piece if first is None and inflated.eof else b""
            left = inflated.unconsumed_tail
    except PARSER_FAULTS:
        return False, None
    return inflated.eof or not raw or bool(left), (first or None) if plain else None


def _decoded(stream: Part) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except PARSER_FAULTS:
        return b""
