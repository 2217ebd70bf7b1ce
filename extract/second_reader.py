"""What another reader makes of a page: pdfminer, by way of pdfplumber, and what the page's own instructions promise.

Asked only about damaged files and about pages that yield suspiciously little, since it takes about fifty times as long.
"""

import contextlib
import logging
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import pdfplumber
import pikepdf

from extract.aside import is_turned
from extract.characters import FARTHEST
from extract.layout import Page, Word
from extract.parser_faults import PARSER_FAULTS
from extract.reading_order import to_lines
from extract.time_limit import OutOfTime, at_most
from sandbox import steps

SECONDS_TO_OPEN, SECONDS_A_PAGE = 3.0, 3.0  # a damaged file may lead this reader round in a circle
SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})


class SecondReader:
    """A PDF open for a second opinion. A file that it cannot open has no pages."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._pages: list[Any] = []
        self._pdf: Any = None
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it has a line for every letter of a damaged font
        if not steps.enter("open for a second reader"):
            return
        try:
            with at_most(SECONDS_TO_OPEN):
                self._pdf = pdfplumber.open(file)
                self._pages = list(self._pdf.pages)
        except (*PARSER_FAULTS, OutOfTime):
            return

    def __enter__(self) -> "SecondReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pdf is not None:
            # pdfplumber looks at the pages once more when it closes a file whose pages it could not list.
            with contextlib.suppress(*PARSER_FAULTS, OutOfTime), at_most(SECONDS_A_PAGE):
                self._pdf.close()

    def __len__(self) -> int:
        return len(self._pages)

    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of each page in points."""
        return [(float(page.width), float(page.height)) for page in self._pages]

    def page(self, number: int) -> Page | None:
        """Page `number` (from 1) as this reader sees it; None where it cannot read it."""
        if not 1 <= number <= len(self._pages) or not steps.enter(f"page {number} for a second reader"):
            return None
        plumbed = self._pages[number - 1]
        try:
            with at_most(SECONDS_A_PAGE):
                level = plumbed.filter(_is_level)
                mostly = 2 * len(level.chars) > len(plumbed.chars)
                found = (level if mostly else plumbed).extract_words(extra_attrs=["fontname", "size"])
            words = [word for w in found if str(w["text"]).strip() and _has_place(word := _word(w))]
            return Page(number, float(plumbed.width), float(plumbed.height), tuple(to_lines(number, words)))
        except (*PARSER_FAULTS, OutOfTime):
            return None
        finally:
            plumbed.close()


def _is_level(found: dict[str, Any]) -> bool:
    """Whether an object of a page is no turned letter: a watermark would be woven into the lines that it crosses."""
    if found["object_type"] != "char":
        return True
    a, b = found["matrix"][:2]
    return not is_turned(round(math.degrees(math.atan2(b, a))))


def promised(file: Path, numbers: Iterable[int]) -> dict[int, int]:
    """How many bytes of text the instructions of each of these pages (from 1) show, forms left out; 0 where unknown."""
    out = dict.fromkeys(numbers, 0)
    if not steps.enter("what pages promise"):
        return out
    try:
        with pikepdf.open(file) as pdf:
            for number in out:
                if number <= len(pdf.pages):
                    out[number] = _promised(pdf.pages[number - 1])
    except PARSER_FAULTS:
        pass
    return out


def words_missing(first: Page, second: Page) -> int:
    """How many words of letters the second reader's page has that the first's has not."""
    return sum((_words(second) - _words(first)).values())


def count_words(page: Page) -> int:
    """How many words of letters a page has."""
    return sum(_words(page).values())


def _words(page: Page) -> Counter[str]:
    words = (*(word for line in page.lines for word in line.words), *page.aside)
    texts = ("".join(c for c in word.text if c.isalnum()).casefold() for word in words)
    return Counter(text for text in texts if len(text) > 1)


def _promised(page: pikepdf.Page) -> int:
    try:
        shown = pikepdf.parse_content_stream(page)
    except PARSER_FAULTS:
        return 0
    return sum(_length(part) for instruction in shown if str(instruction.operator) in SHOWS_TEXT
               for operand in instruction.operands for part in _strings(operand))  # fmt: skip


def _strings(operand: object) -> list[pikepdf.String]:
    parts = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    return [part for part in parts if isinstance(part, pikepdf.String)]


def _length(part: pikepdf.String) -> int:
    return len(bytes(part))


def _has_place(word: Word) -> bool:
    return all(abs(value) < FARTHEST for value in (word.x0, word.top, word.x1, word.bottom, word.size))


def _word(found: dict[str, Any]) -> Word:
    size = max(float(found["size"]), 1.0)
    bottom = float(found["bottom"])
    name = str(found["fontname"]).casefold()
    bold = any(mark in name for mark in ("bold", "black", "heavy", "demi"))
    return Word(
        str(found["text"]),
        float(found["x0"]),
        bottom - 0.97 * size,
        float(found["x1"]),
        bottom,
        size,
        bold,
        "italic" in name or "oblique" in name,
    )
