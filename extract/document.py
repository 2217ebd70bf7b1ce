"""Bytes -> pages of positioned lines.

pypdfium2 reads every page (text with place, size and weight); pdfplumber's table finder is asked only for the pages whose
rulings make a table likely, since it takes about fifty times as long. Pages are closed as soon as they are read, which
keeps memory flat over a long report.
"""

import contextlib
import ctypes
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from types import TracebackType

import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as c

from extract.aside import quarter_of, quarter_of_page, set_aside
from extract.characters import Characters, Run, characters_of, placement
from extract.layout import Page, Panel, Rung, Table, Word
from extract.parser_faults import PARSER_FAULTS
from extract.reading_order import to_lines
from extract.ruled import tables_of
from extract.time_limit import OutOfTime, at_most
from extract.wordless import WordlessPage
from sandbox import deadline, steps

FEWEST_CHARACTERS = 24  # a page that is a picture and bears fewer characters than this has no text worth reading
LONGEST_MARKS = 400  # characters: a page with more of them is no picture, whatever stands askew on it
PICTURED = 0.4  # the share of a page that images must cover for it to be a picture of a page and not a page with a logo
OUTLINES = 400  # as many drawn shapes on a page without text are most likely letters turned into outlines


UPRIGHT = 8.0  # points: the least height of an upright edge; less is a tick or the thickness of a rule
HAIR = 0.01  # points: a ruling that rises by less is level
APART = 4.0  # points: edges closer than this stand at one place
MOST_OBJECTS = 5000  # of a page that are looked at: a drawing may have millions
SECONDS_FOR_TABLES = 5.0  # on one page
SHARE_FOR_TABLES = 0.75  # of the time of the whole call, after which no more are sought
MOST_RUNGS = 2000  # level edges of a page that part the rows of its tables
MOST_HEIGHTS = 200  # heights of a page at which upright edges are counted: a drawing may have thousands


def has_no_pages(file: Path) -> bool:
    """Whether a file that pdfium refuses is a whole PDF without a single page: nothing is damaged, nothing is there."""
    if not steps.enter("count the pages"):
        return False
    try:
        with pikepdf.open(file) as pdf:
            return len(pdf.pages) == 0
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError):
        return False


class Document:
    """An open PDF. Raises `pypdfium2.PdfiumError` where the file cannot be opened.

    as_it_lies: no page is turned to be read, whatever way its text runs.

    cut: pages of which only the first characters were read, because there are more than a page can hold; untabled: pages
    on whose tables there was no time to look; turned: pages whose text is set sideways, and by how many degrees they were
    turned clockwise to be read.
    """

    def __init__(self, file: Path, *, as_it_lies: bool = False) -> None:
        self.cut: set[int] = set()
        self.untabled: set[int] = set()
        self.turned: dict[int, int] = {}
        self._flattened: set[int] = set()
        self._marks: set[tuple[str, float]] = set()  # the words of upright watermarks, and their sizes
        self._file, self._as_it_lies = file, as_it_lies
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
            if not steps.enter(f"count on page {number + 1}"):
                continue
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
        return self._stated("Title")

    @property
    def created(self) -> str | None:
        """The creation date in the file's own properties as the PDF writes it (D:YYYYMMDD...), if it states one."""
        return self._stated("CreationDate")

    def _stated(self, key: str) -> str | None:
        try:
            return self._pdf.get_metadata_value(key).strip() or None
        except UnicodeDecodeError:  # half a letter
            return None

    def page(self, number: int, wanted: Callable[[Sequence[str]], bool] | None = None) -> Page:
        """Page `number` (from 1), read word by word unless `wanted` denies it of the texts of its lines; then glanced at.

        Glanced at, each line stands as one word, in the order of the file, and drawings are not looked at: that takes a
        twentieth of the time. Raises `pypdfium2.PdfiumError` where the page cannot be loaded.
        """
        page = self._pdf[number - 1]
        try:
            with characters_of(page) as characters:
                if characters.cut:
                    self.cut.add(number)
                runs = characters.runs()
                texts = [text for text, _, _ in runs]
                textless = _is_textless(characters, number, runs)
                if textless and self._flatten(page, number):
                    return self.page(number, wanted)
                scanned = textless and _is_pictured(page)
                glanced = wanted is not None and not wanted(texts)
                lines = characters.lines(number, runs) if glanced else []
                words = [line.words[0] for line in lines] if glanced else characters.words()
            if not scanned and self._set_upright(page, number, words):
                return self.page(number, wanted)
            width, height = page.get_size()
            kept, aside = set_aside(words, self._marks)
            if glanced:
                shown = {id(word) for word in kept}
                lines = [line for line in lines if id(line.words[0]) in shown] if aside else lines
                return Page(number, width, height, tuple(lines), scanned=scanned, glanced=True, aside=tuple(aside))
            panels, rules, uprights, rungs = _drawings(page)
            lines = to_lines(number, kept, panels)
            return Page(
                number,
                width,
                height,
                tuple(lines),
                tuple(panels),
                rules,
                uprights,
                scanned,
                aside=tuple(aside),
                rungs=tuple(rungs),
            )
        finally:
            page.close()

    def _set_upright(self, page: pdfium.PdfPage, number: int, words: Sequence[Word]) -> bool:
        """Turn a page whose text runs upwards, downwards or upside down, so that it is read upright; whether it was turned."""
        quarter = quarter_of_page(words)
        if number in self.turned or not quarter or self._as_it_lies:
            return False
        self.turned[number] = quarter
        page.set_rotation((page.get_rotation() + quarter) % 360)
        return True

    def _flatten(self, page: pdfium.PdfPage, number: int) -> bool:
        """Make what fields and notes on a page show part of it, once; whether there are any."""
        if number in self._flattened or c.FPDFPage_GetAnnotCount(page) <= 0:
            return False
        self._flattened.add(number)
        return bool(c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY) == c.FLATTEN_SUCCESS)

    def _plumbed(self, number: int) -> WordlessPage:
        """A page for pdfplumber, turned as it was to be read."""
        if self._plumber is None:
            self._plumber = pdfplumber.open(self._file)
        plain = self._plumber.pages[number - 1]
        inner = plain.page_obj
        if number in self.turned:
            inner.rotate = inner.attrs["Rotate"] = (plain.rotation + self.turned[number]) % 360
        plumbed = WordlessPage(self._plumber, inner, number)
        if plumbed.rotation:
            # Where it turns a page, rulings are level only to the last figure but one, and count as neither level nor upright.
            for line in plumbed.lines:
                for low, high in (("top", "bottom"), ("x0", "x1")):
                    if line[high] - line[low] < HAIR:
                        line[high] = line[low]
        return plumbed

    def tables(self, page: Page, above: Table | None = None) -> tuple[Table, ...]:
        """Ruled tables of a page, with the page's own lines sorted into their cells; none where the page is too damaged.

        `above`: the table with which the page before ended, and which may go on here.
        """
        try:
            with at_most(min(SECONDS_FOR_TABLES, deadline.left(SHARE_FOR_TABLES))):
                plumbed = self._plumbed(page.number)
                try:
                    found = [[row.cells for row in table.rows] for table in plumbed.find_tables()]
                finally:
                    plumbed.close()
                return tables_of(page, found, above)
        except PARSER_FAULTS:
            return ()
        except OutOfTime:
            self.untabled.add(page.number)
            return ()


def _is_textless(characters: Characters, number: int, runs: Sequence[Run]) -> bool:
    """Whether a page has next to no text of its own. What is slanted is a watermark, in type even on a scan."""
    written = sum(len(text) for text, _, _ in runs)
    if FEWEST_CHARACTERS <= written < LONGEST_MARKS:
        words = [line.words[0] for line in characters.lines(number, runs)]
        written -= sum(len(word.text) for word in words if quarter_of(word.turn) is None)
    return written < FEWEST_CHARACTERS


def _is_pictured(page: pdfium.PdfPage) -> bool:
    """Whether images, also those within forms, cover much of a page, or shapes enough for outlined letters are drawn."""
    width, height = page.get_size()
    covered, shapes = 0.0, 0
    for obj in islice(page.get_objects(max_depth=4), MOST_OBJECTS):
        if obj.type == c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = obj.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
        elif obj.type == c.FPDF_PAGEOBJ_PATH:
            shapes += 1
    return covered >= PICTURED * width * height or shapes >= OUTLINES


def _drawings(page: pdfium.PdfPage) -> tuple[list[Panel], int, int, list[Rung]]:
    """Panels, the number of ruling lines, that of places with upright edges, and all level edges, from the top-level objects."""
    place = placement(page)
    a, b, cc, d, e, f = place
    width, height = page.get_size()
    panels, rules, rungs = [], 0, list[Rung]()
    edges: list[tuple[float, float, float]] = []
    for index in range(min(c.FPDFPage_CountObjects(page), MOST_OBJECTS)):
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
        if y1 - y0 > UPRIGHT:
            edges += ((x0, y0, y1), (x1, y0, y1))
        if x1 - x0 > UPRIGHT:
            # A thin shape is a rule, and has one height.
            rungs += ((y0, x0, x1), (y1, x0, x1)) if y1 - y0 > UPRIGHT else (((y0 + y1) / 2, x0, x1),)
        if (x1 - x0 < 2.5) != (y1 - y0 < 2.5):
            rules += 1
        elif x1 - x0 > 100 and y1 - y0 > 12 and (x1 - x0) * (y1 - y0) < 0.85 * width * height:
            panels.append(Panel(x0, y0, x1, y1, shade=_shade(obj)))
    return panels, rules, _side_by_side(edges), rungs[:MOST_RUNGS]


def _side_by_side(edges: Sequence[tuple[float, float, float]]) -> int:
    """The most places at which upright edges (x, top, bottom) stand at one height of the page."""
    most = 0
    for height in sorted({(top + bottom) / 2 for _, top, bottom in edges})[:MOST_HEIGHTS]:
        places = sorted(x for x, top, bottom in edges if top <= height <= bottom)
        most = max(most, len(places[:1]) + sum(b - a > APART for a, b in pairwise(places)))
    return most


def _shade(path: object) -> tuple[int, int, int] | None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not c.FPDFPath_GetDrawMode(path, mode, stroke) or mode.value == 0:
        return None
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not c.FPDFPageObj_GetFillColor(path, red, green, blue, opacity):
        return None
    return red.value, green.value, blue.value
