"""Size and weight of recognised words, measured on the ink: text recognition tells neither.

The text layer that a recogniser writes has one font, and a size that follows the letters which happen to stand in a line.
Size is the height of tall letters over what that height is in most faces; weight is the thickness of strokes against
that of the page's running text.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from extract.layout import Page, Word
from extract.pictures import Picture
from extract.reading_order import to_lines

INKED = 140  # a pixel darker than this is ink
TALL, TALL_AND_DEEP, LOW, LOW_AND_DEEP = (
    0.71,
    0.92,
    0.49,
    0.70,
)  # height of the ink of such letters, in sizes of the type
SPREAD = 0.4  # points by which ink and scanner widen what was printed
BOLD = 1.22  # strokes that are so many times as thick as the running text's
ALIKE = 1.07  # sizes whose quotient is less are one size, measured twice
BLANK = 0.001  # the share of ink that specks of dust leave on an empty page
_DEEP = re.compile(r"[gjpqyQ,;()\[\]/|$§]")
_TALL = re.compile(r"[A-Zbdfhkl0-9]")
_BULLET_READ_AS = re.compile(r"^[eocO0*°¢©®«»@.·¤¥+~=-]{1,2}$")


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of one word. Heights and widths in points; `stroke` is a thickness in points, 0 where there is no ink.

    `filled`: the share of its box that is ink; `above`: how far its lower edge stands above the line's baseline.
    """

    width: float
    height: float
    stroke: float
    filled: float
    above: float


def is_blank(picture: Picture) -> bool:
    """Whether a picture of a page shows nothing but paper."""
    return float(np.mean(picture < INKED)) < BLANK


def ink_of(picture: Picture, points: float, word: Word) -> Ink:
    """Measure the ink within a word's box. `points`: how many points a pixel spans."""
    baseline = word.bottom - 0.22 * word.size
    top, foot = (baseline - 1.05 * word.size) / points, (baseline + 0.32 * word.size) / points
    rows = slice(max(0, int(top)), max(0, int(foot) + 1))
    columns = slice(max(0, int(word.x0 / points) - 1), max(0, int(word.x1 / points) + 2))
    ink = picture[rows, columns] < INKED
    down, across = np.flatnonzero(ink.sum(axis=1) > 1), np.flatnonzero(ink.sum(axis=0) > 1)
    if not len(down) or not len(across):
        return Ink(0.0, 0.0, 0.0, 0.0, 0.0)
    shape = ink[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    framed = np.pad(shape, 1)
    edges = int(np.count_nonzero(framed[1:] != framed[:-1]) + np.count_nonzero(framed[:, 1:] != framed[:, :-1]))
    area = int(np.count_nonzero(shape))
    height, width = shape.shape
    above = baseline - (rows.start + down[-1] + 1) * points
    return Ink(width * points, height * points, 2 * area / max(edges, 1) * points, area / shape.size, above)


def set_in_type(pages: Sequence[Page], inks: Sequence[Sequence[Ink]]) -> tuple[Page, ...]:
    """Recognised pages with the sizes and weights that the ink shows, and without what is no print.

    `inks` holds, for each page, the ink of its words in the order of its lines.
    """
    rows = [[_without_specks(row) for row in _rows(page, ink)] for page, ink in zip(pages, inks, strict=True)]
    sizes = _settled(itertools.chain.from_iterable(rows))
    strokes = [(i.stroke / w.size, len(w.text)) for page in rows for row in page for w, i in row if _weighs(w, i)]
    usual = _usual(strokes)
    out = []
    for page, page_rows in zip(pages, rows, strict=True):
        own = [(i.stroke / w.size, len(w.text)) for row in page_rows for w, i in row if _weighs(w, i)]
        # A page of much text is its own measure, since scans differ in darkness from page to page.
        base = _usual(own) if sum(n for _, n in own) > 600 else usual
        words = [word for row in page_rows for word in _typeset(row, sizes, base)]
        out.append(replace(page, lines=tuple(to_lines(page.number, words))))
    return tuple(out)


Row = list[tuple[Word, Ink]]


def _rows(page: Page, inks: Sequence[Ink]) -> Iterable[Row]:
    """The words of each line with their ink, each with the size that the line's tall letters show."""
    left = iter(inks)
    for line in page.lines:
        row = [(word, next(left)) for word in line.words]
        size = _size(row) or line.size
        yield [(_sized(word, size), ink) for word, ink in row]


def _sized(word: Word, size: float) -> Word:
    baseline = word.bottom - 0.22 * word.size
    return replace(word, top=baseline - 0.75 * size, bottom=baseline + 0.22 * size, size=size)


def _size(row: Row) -> float:
    """The size of the type of a line; 0 where no word shows it."""
    found: dict[float, list[float]] = defaultdict(list)
    for word, ink in row:
        if ink.height and re.search(r"[^\W_]", word.text):
            tall, deep = _TALL.search(word.text), _DEEP.search(word.text)
            share = (TALL_AND_DEEP if deep else TALL) if tall else (LOW_AND_DEEP if deep else LOW)
            found[share].append(max(ink.height - SPREAD, 1.0) / share)
    for share in (TALL, TALL_AND_DEEP, LOW_AND_DEEP, LOW):
        if len(found[share]) >= 2 or (found[share] and len(row) < 4):
            return median(found[share])
    return median(itertools.chain.from_iterable(found.values())) if any(found.values()) else 0.0


def _without_specks(row: Row) -> Row:
    """A row without marks of dust and rules that were taken for signs, and with a bullet for what is one."""
    out: Row = []
    for word, ink in row:
        if not out and _is_dot(word, ink):
            out.append((replace(word, text="•"), ink))
        elif re.search(r"[^\W_]", word.text) or not _is_speck(word, ink, out):
            out.append((word, ink))
    return out


def _is_dot(word: Word, ink: Ink) -> bool:
    """A round or square spot in the middle of the line's height: a bullet, whatever the recogniser took it for."""
    size = word.size
    spot = 0.15 * size < ink.height < 0.6 * size and 0.6 < ink.width / max(ink.height, 0.01) < 1.6
    return bool(spot and ink.filled > 0.7 and ink.above > 0.08 * size and _BULLET_READ_AS.match(word.text))


def _is_speck(word: Word, ink: Ink, before: Row) -> bool:
    """A sign without letters that stands by itself and has hardly any ink, or is a rule."""
    apart = not before or word.x0 - before[-1][0].x1 > 0.5 * word.size
    rule = set(word.text) <= set("|_¦") or ink.height == 0
    small = max(ink.width, ink.height) < 0.22 * word.size and not set(word.text) & set("•·▪-–—")
    return apart and (rule or small)


def _settled(rows: Iterable[Row]) -> dict[float, float]:
    """Measured size -> the size that it stands for: sizes that lie close are one, that in which most is set."""
    weight: dict[float, int] = defaultdict(int)
    for row in rows:
        for word, _ in row:
            weight[word.size] += len(word.text)
    left = dict(weight)
    out: dict[float, float] = {}
    while left:
        peak = max(left, key=lambda size: (_mass(size, left), size))
        near = [size for size in left if peak / ALIKE < size < peak * ALIKE]
        mean = sum(size * left[size] for size in near) / sum(left[size] for size in near)
        out.update(dict.fromkeys(near, round(mean * 2) / 2))
        for size in near:
            del left[size]
    return out


def _mass(size: float, weight: dict[float, int]) -> int:
    return sum(n for other, n in weight.items() if size / ALIKE < other < size * ALIKE)


def _weighs(word: Word, ink: Ink) -> bool:
    """Whether a word's ink says how heavy its type is: it has letters and ink."""
    return ink.stroke > 0 and re.search(r"[A-Za-z]{2}", word.text) is not None


def _usual(strokes: Sequence[tuple[float, int]]) -> float:
    """The median thickness over the letters; 0 where there are none."""
    half = sum(n for _, n in strokes) / 2
    passed = 0
    for stroke, letters in sorted(strokes):
        passed += letters
        if passed >= half:
            return stroke
    return 0.0


def _typeset(row: Row, sizes: dict[float, float], usual: float) -> list[Word]:
    """The words of a line in their settled size, bold where their strokes are thick."""
    heavy = [_weighs(w, i) and usual > 0 and i.stroke / w.size > BOLD * usual for w, i in row]
    letters = [len(w.text) if _weighs(w, i) else 0 for w, i in row]
    share = sum(n for n, bold in zip(letters, heavy, strict=True) if bold) / max(sum(letters), 1)
    out: list[Word] = []
    for index, (word, ink) in enumerate(row):
        bold = heavy[index]
        if not _weighs(word, ink):  # a figure or a single letter goes with what stands before it, else after it
            bold = out[-1].bold if out else any(heavy[1:2])
        if share > 0.8 or share < 0.2:  # a line that is nearly all of one weight is of one weight
            bold = share > 0.8
        out.append(replace(_sized(word, sizes[word.size]), bold=bold))
    return out
