"""Bytes -> pages of positioned lines.

pypdfium2 reads every page (text with place, size and weight); pdfplumber's table finder is asked only for the pages whose
rulings make a table likely, since it takes about fifty times as long. Pages are closed as soon as they are read, which
keeps memory flat over a long report.
"""

import contextlib
import ctypes
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as c

from extract.layout import Cell, Line, Page, Panel, Table, Word
from extract.parser_faults import PARSER_FAULTS
from extract.reading_order import make_line, to_lines

FEWEST_CHARACTERS = 24  # a page that is a picture and bears fewer characters than this has no text worth reading
PICTURED = 0.4  # the share of a page that images must cover for it to be a picture of a page and not a page with a logo
FARTHEST = 100_000.0  # points: what a damaged matrix puts farther off, or nowhere, is on no page
OUTLINES = 400  # as many drawn shapes on a page without text are most likely letters turned into outlines


def has_no_pages(file: Path) -> bool:
    """Whether a file that pdfium refuses is a whole PDF without a single page: nothing is damaged, nothing is there."""
    try:
        with pikepdf.open(file) as pdf:
            return len(pdf.pages) == 0
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError):
        return False


class Document:
    """An open PDF. Raises `pypdfium2.PdfiumError` where the file cannot be opened."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._pdf = pdfium.PdfDocument(file)
        self._plumber: pdfplumber.pdf.PDF | None = None

    def __enter__(self) -> "Document":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        if self._plumber is not None:
            with contextlib.suppress(*PARSER_FAULTS):
                self._plumber.close()
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def characters(self) -> int:
        """How many characters all pages show together: by how much one copy of a damaged file is better than another."""
        count = 0
        for number in range(len(self._pdf)):
            try:
                page = self._pdf[number]
                try:
                    textpage = page.get_textpage()
                    count += c.FPDFText_CountChars(textpage.raw)
                    textpage.close()
                finally:
                    page.close()
            except pdfium.PdfiumError:
                continue
        return count

    @property
    def title(self) -> str | None:
        """The title in the file's own properties, if it states one."""
        value = self._pdf.get_metadata_value("Title").strip()
        return value or None

    @property
    def created(self) -> str | None:
        """The creation date in the file's own properties as the PDF writes it (D:YYYYMMDD...), if it states one."""
        return self._pdf.get_metadata_value("CreationDate").strip() or None

    def page(self, number: int) -> Page:
        """Read page `number` (from 1). Raises `pypdfium2.PdfiumError` where the page cannot be loaded."""
        page = self._pdf[number - 1]
        try:
            width, height = page.get_size()
            words = list(_words(page))
            panels, rules = _drawings(page)
            lines = to_lines(number, words)
            bare = sum(len(w.text) for w in words) < FEWEST_CHARACTERS
            scanned = bare and _is_pictured(page)
            return Page(number, width, height, tuple(lines), tuple(panels), rules, scanned)
        finally:
            page.close()

    def tables(self, page: Page) -> tuple[Table, ...]:
        """Ruled tables of a page, with the page's own lines sorted into their cells; none where the page is too damaged."""
        try:
            if self._plumber is None:
                self._plumber = pdfplumber.open(self._file)
            plumbed = self._plumber.pages[page.number - 1]
            try:
                return tuple(_table(page, found) for found in plumbed.find_tables() if len(found.rows) > 0)
            finally:
                plumbed.close()
        except PARSER_FAULTS:
            return ()


def _placement(page: pdfium.PdfPage) -> tuple[float, float, float, float, float, float]:
    """The affine map (a, b, c, d, e, f) from the page's own space to points from the top left of the page as shown."""
    width, height = page.get_size()
    scale = 100  # the call rounds to whole device pixels: a hundredth of a point is fine enough
    points = []
    for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        c.FPDF_PageToDevice(
            page, 0, 0, math.ceil(width * scale), math.ceil(height * scale), 0, x, y, device_x, device_y
        )
        points.append((device_x.value / scale, device_y.value / scale))
    (ox, oy), (xx, xy), (yx, yy) = points
    return (xx - ox) / 1000, (xy - oy) / 1000, (yx - ox) / 1000, (yy - oy) / 1000, ox, oy


def _words(page: pdfium.PdfPage) -> Iterator[Word]:
    """Words in the order of the file, split at white space and where the size of the type changes."""
    textpage = page.get_textpage()
    try:
        place = _placement(page)
        raw = textpage.raw
        count = c.FPDFText_CountChars(raw)
        codes = [c.FPDFText_GetUnicode(raw, i) for i in range(count)]
        start = None
        for i, code in enumerate([*codes, 32]):
            if code not in _BLANK:
                start = i if start is None else start
                if code != LINE_END_HYPHEN:
                    continue
                end = i + 1
            else:
                end = i
            if start is not None:
                yield from _run(raw, codes, start, end, place)
                start = None
    finally:
        textpage.close()


LINE_END_HYPHEN = 2  # pdfium's own mark for a hyphen at a line's end; the rest of the word follows without a break

# White space, and the byte order mark that some fonts map to it.
_BLANK = frozenset({0, 9, 10, 11, 12, 13, 32, 0xA0, 0x2002, 0x2003, 0x2009, 0x200B, 0xFEFF})


_DIGITS = range(0x30, 0x3A)


def _run(raw: object, codes: list[int], start: int, end: int, place: "_MAP") -> Iterator[Word]:
    """The words of one run of characters: the call of a footnote ("agencies.12") is a word apart from what it is set in.

    What stands on both sides of a call ("agencies12.") stays one word.
    """
    call = _call(raw, codes, start, end)
    parts = (
        [(start, end)] if call is None else [call, *((a, b) for a, b in ((start, call[0]), (call[1], end)) if a < b)]
    )
    words = [word for first, last in parts if (word := _word(raw, codes, first, last, place)) is not None]
    if len(words) == 3:
        note, before, after = words
        words = [replace(before, text=before.text + after.text, x1=after.x1), note]
    yield from words


def _call(raw: object, codes: list[int], start: int, end: int) -> tuple[int, int] | None:
    """The first run of digits within other characters that is set smaller or higher than what it touches."""
    at = start
    while at < end:
        if codes[at] not in _DIGITS:
            at += 1
            continue
        stop = at
        while stop < end and codes[stop] in _DIGITS:
            stop += 1
        neighbour = at - 1 if at > start else stop
        if start <= neighbour < end:
            small, usual = _shown_size(raw, at), _shown_size(raw, neighbour)
            if small < 0.85 * usual or usual < 0.85 * small or _raised(raw, at):
                return at, stop
        at = stop
    return None


_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


def _raised(raw: object, index: int) -> bool:
    """Whether a figure stands above the baseline: a superior figure of the font's own, in the size of the text."""
    x, y = ctypes.c_double(), ctypes.c_double()
    known = c.FPDFText_GetCharOrigin(raw, index, x, y)
    return bool(known) and _char_box(raw, index)[1] > y.value + 0.18 * _shown_size(raw, index)


def _text(codes: list[int]) -> str:
    out = []
    for code in codes:
        if code == LINE_END_HYPHEN:
            out.append("-")
        elif code in _LIGATURES:
            out.append(_LIGATURES[code])
        elif code not in (0xAD, 0xFFFE, 0xFFFF) and not 0xD800 <= code < 0xE000 and code >= 32:
            out.append(chr(code))
    return "".join(out)


def _char_box(raw: object, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    c.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


_MAP = tuple[float, float, float, float, float, float]


def _word(raw: object, codes: list[int], start: int, end: int, place: _MAP) -> Word | None:
    text = _text(codes[start:end])
    if not text:
        return None
    first, last = _char_box(raw, start), _char_box(raw, end - 1)
    if first == (0, 0, 0, 0) and end - 1 > start:
        first = _char_box(raw, start + 1)
    a, b, cc, d, e, f = place
    corners = [(a * x + cc * y + e, b * x + d * y + f) for box in (first, last) for x, y in (box[:2], box[2:])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    size = _shown_size(raw, start) or max(max(ys) - min(ys), 1.0)
    baseline = _baseline(raw, start, place, max(ys))
    if text.isdigit() and _raised(raw, start):
        size, baseline = (max(ys) - min(ys)) / 0.7, max(ys)
    # A word's own ink differs in height with its letters ("an" and "fly"); the line it stands on does not. The box is
    # therefore set from the baseline and the size of the type.
    if not all(abs(value) < FARTHEST for value in (*xs, *ys, size, baseline)):
        return None
    bold, italic = _style(raw, start)
    return Word(text, min(xs), baseline - 0.75 * size, max(xs), baseline + 0.22 * size, size, bold, italic)


def _shown_size(raw: object, index: int) -> float:
    """The size of the type as shown: the nominal size times the vertical scale of the text matrix; 0 if unknown."""
    nominal = c.FPDFText_GetFontSize(raw, index)
    matrix = c.FS_MATRIX()
    if c.FPDFText_GetMatrix(raw, index, matrix):
        scale = math.hypot(matrix.c, matrix.d)
        if 0 < scale * nominal < 400:
            return float(scale * nominal)
    return float(nominal) if nominal > 1 else 0.0


def _baseline(raw: object, index: int, place: _MAP, fallback: float) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    if not c.FPDFText_GetCharOrigin(raw, index, x, y):
        return fallback
    return place[1] * x.value + place[3] * y.value + place[5]


_NAME = ctypes.create_string_buffer(128)
_FLAGS = ctypes.c_int()
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"semibold", b"demi")


def _style(raw: object, index: int) -> tuple[bool, bool]:
    """Whether a character is bold and whether it is italic, by its font's weight and name."""
    length = c.FPDFText_GetFontInfo(raw, index, _NAME, 128, _FLAGS)
    name = _NAME.raw[: max(0, min(length, 128) - 1)].lower()
    bold = any(mark in name for mark in _BOLD_NAMES) or c.FPDFText_GetFontWeight(raw, index) >= 600
    return bold, b"italic" in name or b"oblique" in name


def _is_pictured(page: pdfium.PdfPage) -> bool:
    """Whether images, also those within forms, cover much of a page, or shapes enough for outlined letters are drawn."""
    width, height = page.get_size()
    covered, shapes = 0.0, 0
    for obj in page.get_objects(max_depth=4):
        if obj.type == c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = obj.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
        elif obj.type == c.FPDF_PAGEOBJ_PATH:
            shapes += 1
    return covered >= PICTURED * width * height or shapes >= OUTLINES


def _drawings(page: pdfium.PdfPage) -> tuple[list[Panel], int]:
    """Panels and the number of ruling lines, from the page's top-level objects."""
    place = _placement(page)
    a, b, cc, d, e, f = place
    width, height = page.get_size()
    panels, rules = [], 0
    for index in range(min(c.FPDFPage_CountObjects(page), 5000)):
        obj = c.FPDFPage_GetObject(page, index)
        if c.FPDFPageObj_GetType(obj) != c.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
        if not c.FPDFPageObj_GetBounds(obj, left, bottom, right, top):
            continue
        corners = [
            (a * x + cc * y + e, b * x + d * y + f) for x, y in ((left.value, bottom.value), (right.value, top.value))
        ]
        x0, x1 = sorted(x for x, _ in corners)
        y0, y1 = sorted(y for _, y in corners)
        if (x1 - x0 < 2.5) != (y1 - y0 < 2.5):
            rules += 1
        elif x1 - x0 > 100 and y1 - y0 > 12 and (x1 - x0) * (y1 - y0) < 0.85 * width * height:
            panels.append(Panel(x0, y0, x1, y1, filled=_filled(obj)))
    return panels, rules


def _filled(path: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(c.FPDFPath_GetDrawMode(path, mode, stroke)) and mode.value != 0


def _table(page: Page, found: object) -> Table:
    rows = []
    x0, top, x1, bottom = found.bbox  # type: ignore[attr-defined]
    for row in found.rows:  # type: ignore[attr-defined]
        rows.append(tuple(None if cell is None else Cell(_inside(page, cell)) for cell in row.cells))
    return Table(page.number, x0, top, x1, bottom, tuple(rows))


def _inside(page: Page, cell: tuple[float, float, float, float]) -> tuple[Line, ...]:
    x0, top, x1, bottom = cell
    lines = []
    for line in page.lines:
        if not top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1:
            continue
        words = tuple(w for w in line.words if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1)
        if words:
            lines.append(make_line(page.number, words))
    return tuple(lines)
