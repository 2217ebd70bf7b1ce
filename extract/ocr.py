"""Pages that are pictures -> lines, by OCRmyPDF and Tesseract: righted, set straight, recognised in English.

A few pages at a time are drawn into a PDF of pictures, which OCRmyPDF makes searchable in a temporary folder; that is
read like any other PDF. Pages come back upright, with their numbers; `turns` leads from them to the page as shown.
"""

import logging
import math
import os
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ocrmypdf
import pypdfium2 as pdfium
from ocrmypdf.exceptions import ExitCodeException

from extract.document import Document
from extract.inked import Ink, ink_of, is_blank, set_in_type
from extract.layout import Page, Word
from extract.ocr_engine import NOTEBOOK, Seen
from extract.ocr_tools import ENGLISH, recogniser
from extract.pictures import DPI, POINTS, Picture, picture_of, save_pictures
from extract.recognition import Recognition
from extract.turns import Turn
from sandbox import deadline, steps

AT_ONCE = 4  # pages in one working file: a page takes about ten megabytes of the folder while it is worked on
MOST_JOBS = 4
SECONDS_A_STEP = 120.0  # what one step on one page may take where nothing limits the whole
SHARE_TO_BEGIN, SHARE_TO_END = 0.7, 0.85  # of the time of the whole call: after the first no more pages are begun
POOR = 70.0  # mean confidence of a page, of 100, below which its words are not to be trusted,
WORTHLESS = 40.0  # and below which they are what a recogniser sees in a photograph


@dataclass(frozen=True, slots=True)
class _Read:
    """One page read: its words in points of the upright page as shown, their ink, and how it was turned."""

    page: Page
    inks: tuple[Ink, ...]
    turn: Turn
    confidence: float
    late: bool


def recognise(file: Path, numbers: Sequence[int]) -> Recognition:
    """Recognise the text of some pages of a PDF; a page that cannot be drawn or recognised is one that failed.

    Takes about three seconds a page and processor. Needs `recogniser().ready`. Raises `pypdfium2.PdfiumError` where the
    file cannot be opened.
    """
    blank: list[int] = []
    read: list[_Read] = []
    late: tuple[int, ...] = ()
    with tempfile.TemporaryDirectory(prefix="ocr-") as folder, pdfium.PdfDocument(file) as pdf:
        for start in range(0, len(numbers), AT_ONCE):
            if start and deadline.left(SHARE_TO_BEGIN) <= 0:
                late = tuple(numbers[start:])
                break
            drawn = list(_drawn(pdf, numbers[start : start + AT_ONCE]))
            if not steps.enter("recognise", patient=True):
                continue
            blank += [number for number, picture, _ in drawn if is_blank(picture)]
            read += _recognised([d for d in drawn if d[0] not in blank], Path(folder))
    late = (*late, *(r.page.number for r in read if r.late))
    read = [r for r in read if not r.late]
    with_words = [r for r in read if r.page.lines and r.confidence >= WORTHLESS]
    pages = set_in_type([r.page for r in with_words], [r.inks for r in with_words])
    found = {page.number for page in pages if page.lines}
    return Recognition(
        tuple(page for page in pages if page.lines),
        {r.page.number: r.turn for r in with_words},
        tuple(r.page.number for r in read if r.page.number not in found),
        tuple(blank),
        tuple(r.page.number for r in with_words if r.confidence < POOR),
        tuple(n for n in numbers if n not in (*blank, *late) and all(n != r.page.number for r in read)),
        late,
    )


Drawn = tuple[int, Picture, float]


def _drawn(pdf: pdfium.PdfDocument, numbers: Sequence[int]) -> Iterator[Drawn]:
    for number in numbers:
        if not steps.enter(f"draw page {number}"):
            continue
        try:
            yield number, *picture_of(pdf, number)
        except pdfium.PdfiumError:
            continue


def _recognised(drawn: Sequence[Drawn], folder: Path) -> list[_Read]:
    """Recognise a few pages together; where that fails, each by itself, so that one page harms no other."""
    if not drawn:
        return []
    pictures, searchable = folder / "pictures.pdf", folder / "searchable.pdf"
    save_pictures([picture for _, picture, _ in drawn], pictures)
    NOTEBOOK.empty()
    try:
        _run(pictures, searchable, len(drawn))
        return _read_back(searchable, drawn)
    except (ExitCodeException, pdfium.PdfiumError, OSError, ValueError):
        if len(drawn) == 1:
            return []
        return [read for one in drawn for read in _recognised([one], folder)]


def _run(pictures: Path, searchable: Path, pages: int) -> None:
    jobs = min(MOST_JOBS, os.cpu_count() or 1)
    # Two steps look how a page lies, and one reads it; between them it is drawn.
    for_a_page = max(1.0, min(SECONDS_A_STEP, deadline.left(SHARE_TO_END) / math.ceil(pages / jobs)))
    NOTEBOOK.patience = 0.6 * for_a_page
    # Several threads of one Tesseract wait for each other in a busy loop: where other work keeps the processors busy, a
    # page takes ten times as long. Pages side by side do not.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    logging.getLogger("ocrmypdf").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ocrmypdf.ocr(
            pictures,
            searchable,
            language=[ENGLISH],
            output_type="pdf",
            mode="skip",
            rotate_pages=recogniser().can_turn,
            deskew=True,
            rasterizer="pypdfium",
            optimize=0,
            jobs=jobs,
            use_threads=True,
            progress_bar=False,
            tesseract_timeout=NOTEBOOK.patience,
            tesseract_non_ocr_timeout=0.12 * for_a_page,
            plugins=["extract.ocr_engine"],
        )


def _read_back(searchable: Path, drawn: Sequence[Drawn]) -> list[_Read]:
    out = []
    with Document(searchable, as_it_lies=True) as document, pdfium.PdfDocument(searchable) as pdf:
        for at, (number, _, points) in enumerate(drawn, start=1):
            page = document.page(at)
            upright, pixel = picture_of(pdf, at)
            inks = tuple(ink_of(upright, pixel, word) for line in page.lines for word in line.words)
            seen = NOTEBOOK.pages.get(at, Seen())
            out.append(_scaled(number, page, inks, seen, points * DPI / POINTS))
    return out


def _scaled(number: int, page: Page, inks: tuple[Ink, ...], seen: Seen, scale: float) -> _Read:
    """A page of the searchable file under its own number, in points of the page as shown."""
    lines = tuple(
        replace(line, page=number, words=tuple(_scaled_word(word, scale) for word in line.words)) for line in page.lines
    )
    width, height = page.width * scale, page.height * scale
    grown = tuple(Ink(i.width * scale, i.height * scale, i.stroke * scale, i.filled, i.above * scale) for i in inks)
    turn = Turn(seen.quarters, seen.skew, width, height)
    return _Read(Page(number, width, height, lines), grown, turn, seen.confidence, seen.late)


def _scaled_word(word: Word, scale: float) -> Word:
    return replace(
        word,
        x0=word.x0 * scale,
        top=word.top * scale,
        x1=word.x1 * scale,
        bottom=word.bottom * scale,
        size=word.size * scale,
    )
