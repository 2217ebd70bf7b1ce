"""The characters of one page -> words, or, far more cheaply, whole lines. With document.py the only user of pdfium.

`words` looks at every word: its place, size, weight and slant, and whether a figure in it is a footnote's call. `lines`
takes the lines as pdfium breaks them and looks at three characters of each: enough to tell headings, furniture and which
pages are worth reading in full, at a twentieth of the time.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extract.aside import HUGE, is_turned
from extract.layout import Line, Word

Placement = tuple[float, float, float, float, float, float]

DIVIDED = "\ufffe"  # pdfium's mark for a hyphen at a line's end; the rest of the word follows without a break
# White space, and the byte order mark that some fonts map to it.
_BLANK = "\x00\t\n\x0b\x0c\r \xa0\u2002\u2003\u2009\u200b\ufeff"
_RUN = re.compile(f"[^{_BLANK}{DIVIDED}]*{DIVIDED}|[^{_BLANK}{DIVIDED}]+")
_LINE = re.compile("[^\r\n]+")
_FIGURES = re.compile("[0-9]+")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
MOST_CHARACTERS = 50_000  # a page of a newspaper has twenty thousand
FARTHEST = 100_000.0  # points: what a damaged matrix puts farther off, or nowhere, is on no page
SOFT_HYPHEN = "\xad"
# Soft hyphens, non-characters, halves of surrogates and control characters are not printed.
_UNPRINTED = re.compile("[\x00-\x1f\xad\uffff\ud800-\udfff]")
_ODD = re.compile("[\x00-\x1f\xad\ufb00-\ufb06\ufffe\uffff\ud800-\udfff]")


def placement(page: pdfium.PdfPage) -> Placement:
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


Run = tuple[str, int, int]
"""The words of a line, and where in the text of its page it begins and ends."""
_Style = tuple[float, bool, bool, float | None, int]
"""The size of the type as shown, whether it is bold, whether it is italic, its baseline in points from the top if level, and
by how many degrees it is turned."""


@contextmanager
def characters_of(page: pdfium.PdfPage) -> Iterator["Characters"]:
    """The characters of a page, for as long as the page stays open."""
    textpage = page.get_textpage()
    try:
        yield Characters(textpage.raw, placement(page))
    finally:
        textpage.close()


class Characters:
    """The characters of a page. An index counts pdfium's characters, and so do the places in `text`.

    cut: there are more of them than a page can hold, and the rest is left out.
    """

    def __init__(self, raw: object, place: Placement) -> None:
        self._raw, self._place = raw, place
        self.text = _text_of(raw)
        self.cut = c.FPDFText_CountChars(raw) > MOST_CHARACTERS
        self._doubles = tuple(ctypes.c_double() for _ in range(4))
        self._by_reference = tuple(ctypes.byref(d) for d in self._doubles)
        self._matrix = c.FS_MATRIX()
        self._upright = place[1] == 0 == place[2] and place[0] > 0
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._styles: dict[int, _Style] = {}

    def words(self) -> list[Word]:
        """Words in the order of the file, split at white space and where the size of the type changes."""
        out: list[Word] = []
        for start, end in self._spans():
            call = self._call(start, end)
            if call is None:
                parts = [(start, end)]
            else:
                parts = [call, *((a, b) for a, b in ((start, call[0]), (call[1], end)) if a < b)]
            found = [word for first, last in parts if (word := self._word(first, last)) is not None]
            if len(found) == 3:
                # What stands on both sides of a call ("agencies12.") stays one word.
                note, before, after = found
                found = [replace(before, text=before.text + after.text, x1=after.x1), note]
            out += found
        return out

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Where words begin and end: runs without white space, parted where turned or far larger letters touch others.

        A watermark that lies over the text may follow on a word of it, or come before one, without so much as a space.
        """
        for run in _RUN.finditer(self.text):
            start, end = run.span()
            if end - start > 1 and _set_apart(self._style(start), self._style(end - 1)):
                places = range(start + 1, end)
                cuts = [at for at in places if _set_apart(self._style(at - 1), self._style(at))]
                parts = list(pairwise([start, *cuts, end]))
                # A letter by itself is the large initial of its word.
                initial = parts[0][1] - start == 1 and not is_turned(self._style(start)[4] - self._style(end - 1)[4])
                yield from [(start, end)] if initial else parts
            else:
                yield start, end

    def runs(self) -> list[Run]:
        """Lines as pdfium breaks them, in the order of the file: the words of each, and where it begins and ends."""
        out = []
        for found in _LINE.finditer(self.text):
            if text := " ".join(_printed(found.group()).split()):
                out.append((text, *found.span()))
        return out

    def lines(self, number: int, runs: Sequence[Run]) -> list[Line]:
        """Lines of page `number` from its runs, each as if it were a single word."""
        out: list[Line] = []
        for text, start, end in runs:
            while start < end and self.text[start] in _BLANK:
                start += 1
            while end > start and self.text[end - 1] in _BLANK:
                end -= 1
            if start < end and (line := self._line(number, text, start, end)) is not None:
                out.append(line)
        return out

    def _line(self, number: int, text: str, start: int, end: int) -> Line | None:
        size, bold, italic, baseline, turn = self._style(start)
        x0, top, x1, bottom, size = self._extent(start, end, size, baseline, turn)
        if bold or italic:
            # A bold label may open an ordinary line.
            _, more_bold, more_italic, _, _ = self._style((start + end) // 2)
            bold, italic = bold and more_bold, italic and more_italic
        if not (-FARTHEST < x0 and x1 < FARTHEST and -FARTHEST < top and bottom < FARTHEST):
            return None
        word = Word(text, x0, top, x1, bottom, size, bold, italic, turn)
        return Line(number, (word,), text, x0, top, x1, bottom, size, bold, italic)

    def _extent(
        self, start: int, end: int, size: float, level: float | None, turn: int
    ) -> tuple[float, float, float, float, float]:
        """The box of a run (x0, top, x1, bottom) from its baseline and the size of its type, and that size if it was unknown.

        `level`: the baseline in points from the top, where it is known for the whole piece of text. A word's own ink differs in
        height with its letters ("an" and "fly"); the line it stands on does not.
        """
        if size and level is not None:
            raw, references, (left, right, _, _) = self._raw, self._by_reference, self._doubles
            c.FPDFText_GetCharBox(raw, start, *references)
            x0, x1 = left.value, right.value
            if end - start > 1:
                c.FPDFText_GetCharBox(raw, end - 1, *references)
                x1 = right.value
            if x0 < x1:
                a, e = self._place[0], self._place[4]
                return a * x0 + e, level - 0.75 * size, a * x1 + e, level + 0.22 * size, size
        first, last = self._box(start), self._box(end - 1)
        if first == (0, 0, 0, 0) and end - 1 > start:
            first = self._box(start + 1)
        a, b, cc, d, e, f = self._place
        corners = [(a * x + cc * y + e, b * x + d * y + f) for q in (first, last) for x, y in (q[:2], q[2:])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        size = size or max(max(ys) - min(ys), 1.0)
        if is_turned(turn):
            return min(xs), min(ys), max(xs), max(ys), size
        baseline = self._baseline(start, max(ys))
        return min(xs), baseline - 0.75 * size, max(xs), baseline + 0.22 * size, size

    def _word(self, start: int, end: int) -> Word | None:
        text = _printed(self.text[start:end])
        if not text:
            return None
        size, bold, italic, baseline, turn = self._style(start)
        x0, top, x1, bottom, size = self._extent(start, end, size, baseline, turn)
        if text.isdigit() and not turn and self._raised(start):
            # A superior figure of the font's own has the size of the text; only its ink is small.
            boxes = (self._box(start), self._box(end - 1))
            _, b, _, d, _, f = self._place
            ys = [b * x + d * y + f for q in boxes for x, y in (q[:2], q[2:])]
            size = (max(ys) - min(ys)) / 0.7
            top, bottom = max(ys) - 0.75 * size, max(ys) + 0.22 * size
        if not (-FARTHEST < x0 and x1 < FARTHEST and -FARTHEST < top and bottom < FARTHEST):
            return None
        return Word(text, x0, top, x1, bottom, size, bold, italic, turn)

    def _call(self, start: int, end: int) -> tuple[int, int] | None:
        """The first run of digits within other characters that is set smaller or higher than what it touches."""
        for found in _FIGURES.finditer(self.text, start, end):
            at, stop = found.span()
            neighbour = at - 1 if at > start else stop
            if start <= neighbour < end:
                small, usual = self._size(at), self._size(neighbour)
                if small < 0.85 * usual or usual < 0.85 * small or self._raised(at):
                    return at, stop
        return None

    def _raised(self, index: int) -> bool:
        """Whether a figure stands above the baseline: a superior figure of the font's own, in the size of the text."""
        known = c.FPDFText_GetCharOrigin(self._raw, index, *self._by_reference[:2])
        baseline = self._doubles[1].value
        return bool(known) and self._box(index)[1] > baseline + 0.18 * self._size(index)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        c.FPDFText_GetCharBox(self._raw, index, *self._by_reference)
        left, right, bottom, top = self._doubles
        return left.value, bottom.value, right.value, top.value

    def _baseline(self, index: int, fallback: float) -> float:
        if not c.FPDFText_GetCharOrigin(self._raw, index, *self._by_reference[:2]):
            return fallback
        x, y = self._doubles[0].value, self._doubles[1].value
        return self._place[1] * x + self._place[3] * y + self._place[5]

    def _style(self, index: int) -> _Style:
        """How a character is set. One drawn piece of text is set in one way, and is looked at once."""
        key = _text_object(self._raw, index)
        if key is None:
            return (self._size(index), *_weight_and_slant(self._raw, index), None, self._turn())
        known = self._styles.get(key)
        if known is None:
            font = _font_of(key) or 0
            if font not in self._fonts:
                self._fonts[font] = _weight_and_slant(self._raw, index)
            size = self._size(index)
            known = self._styles[key] = (size, *self._fonts[font], self._level(), self._turn())
        return known

    def _level(self) -> float | None:
        """The baseline of a piece of text that runs from left to right on a page that is not turned; None for any other.

        To be asked right after `_size`, which fetches the matrix: it places the piece by the origin of its first character.
        """
        matrix = self._matrix
        if not self._upright or matrix.b != 0 or matrix.a <= 0:
            return None
        return self._place[3] * float(matrix.f) + self._place[5]

    def _turn(self) -> int:
        """By how many degrees a piece of text is turned anticlockwise on the page as shown. To be asked right after `_size`."""
        matrix, (a, b, cc, d, _, _) = self._matrix, self._place
        if self._upright and matrix.b == 0 and matrix.a >= 0:
            return 0
        if matrix.a * matrix.d < matrix.b * matrix.c:
            return 0  # mirrored: what it is turned by cannot be told
        degrees = math.degrees(math.atan2(-b * matrix.a - d * matrix.b, a * matrix.a + cc * matrix.b))
        return round(degrees) % 360 if math.isfinite(degrees) else 0  # a damaged matrix may hold no numbers

    def _size(self, index: int) -> float:
        """The size of the type as shown: the nominal size times the vertical scale of the text matrix; 0 if unknown."""
        nominal = float(c.FPDFText_GetFontSize(self._raw, index))
        if c.FPDFText_GetMatrix(self._raw, index, ctypes.byref(self._matrix)):
            scale = math.hypot(self._matrix.c, self._matrix.d)
            if 0 < scale * nominal < 400:
                return scale * nominal
        else:
            self._matrix.a = self._matrix.b = 0.0  # that of the piece before says nothing of this one
        return nominal if nominal > 1 else 0.0


def _set_apart(a: _Style, b: _Style) -> bool:
    """Whether letters so set are of no one word: some are turned and the others not, or some are far larger."""
    small, large = sorted((a[0], b[0]))
    return is_turned(a[4] - b[4]) or (small > 0 and large > HUGE * small)


def _by_address(function: object, *arguments: type) -> Callable[..., int | None]:
    """A function of pdfium that gives an object, as one that gives the object's address: no object is made for each call."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    assert address is not None
    return ctypes.CFUNCTYPE(ctypes.c_void_p, *arguments)(address)


_text_object = _by_address(c.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)
_font_of = _by_address(c.FPDFTextObj_GetFont, ctypes.c_void_p)


def _text_of(raw: object) -> str:
    """All characters of a page, one for each of pdfium's own, so that places in the text are indices of characters."""
    count = min(c.FPDFText_CountChars(raw), MOST_CHARACTERS)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = c.FPDFText_GetText(raw, 0, count, buffer)
    if got - 1 == count:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) == count:  # no two units make one character
            return text
    return _slowly(raw, count)


def _slowly(raw: object, count: int) -> str:
    """As `_text_of`, for pages with characters that no font maps to Unicode or that take two units of UTF-16."""
    codes = (c.FPDFText_GetUnicode(raw, i) for i in range(count))
    return "".join(DIVIDED if code == 2 else chr(code) for code in codes)


def _printed(text: str) -> str:
    """Characters as a person reads them: ligatures parted, marks that are not printed left out."""
    if not _ODD.search(text):
        return text
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    # A soft hyphen that ends a word is printed, at a line's end, and says that the word goes on.
    end = SOFT_HYPHEN if text.endswith(SOFT_HYPHEN) and len(text) > 1 else ""
    return _UNPRINTED.sub("", text.replace(DIVIDED, "-")) + end


_NAME = ctypes.create_string_buffer(128)
_FLAGS = ctypes.c_int()
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"semibold", b"demi")


def _weight_and_slant(raw: object, index: int) -> tuple[bool, bool]:
    """Whether a character is bold and whether it is italic, by its font's weight and name."""
    length = c.FPDFText_GetFontInfo(raw, index, _NAME, 128, _FLAGS)
    name = _NAME.raw[: max(0, min(length, 128) - 1)].lower()
    bold = any(mark in name for mark in _BOLD_NAMES) or c.FPDFText_GetFontWeight(raw, index) >= 600
    return bold, b"italic" in name or b"oblique" in name
