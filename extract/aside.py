"""Words that belong to no line of the text: turned ones on an upright page, and a watermark that lies behind or over it.

A watermark ("DRAFT" from corner to corner) has letters as tall as several lines, and would join them all into one. Pure geometry.
"""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from extract.layout import Word

SLANT = 12  # degrees: a scan may be askew by less, and so may a title that leans
HUGE = 2.0  # in usual sizes of the page: type of a watermark that stands upright
CAPITALS = 0.7  # in sizes of the type: their height above the baseline
BASELINE, SMALL_LETTERS = 0.22, 0.25  # in sizes of the type: the one above a word's foot, half the height of the others
FEWEST_CROSSED = 2  # words between the head and the foot of far larger letters: the two are printed over one another
LEAST_OVERLAP = 0.25  # of a word's width
ALIKE, NEXT_LINE = 0.1, 1.6  # points, and sizes of the type: words of one watermark
FEWEST_LETTERS = 20  # a page with fewer than these beside slanted text has none of its own


def is_turned(degrees: int) -> bool:
    """Whether type so turned does not run from left to right."""
    return SLANT < degrees % 360 < 360 - SLANT


def quarter_of(degrees: int) -> int | None:
    """The quarter turn (0, 90, 180 or 270 degrees) that type has, give or take a slant; None for type between two of them."""
    return next((quarter for quarter in (0, 90, 180, 270) if not is_turned(degrees - quarter)), None)


def quarter_of_page(words: Sequence[Word]) -> int:
    """By what quarter turn most letters of a page are turned: a wide table may be set sideways on an upright page."""
    if not any(word.turn for word in words):
        return 0
    letters = _letters(words)
    return max((0, 90, 180, 270), key=lambda quarter: (letters[quarter], -quarter))


def set_aside(words: Sequence[Word], marks: set[tuple[str, float]]) -> tuple[list[Word], list[Word]]:
    """The words of a page's lines, and those that stand in none: turned by more than a slant, or a watermark that stands upright.

    `marks`: the words of upright watermarks seen so far and the sizes of their type. New ones are added, so that they are known
    on a page where no text happens to cross them.
    """
    kept, aside = list(words), list[Word]()
    if any(word.turn for word in words):
        upright = [word for word in words if not is_turned(word.turn)]
        slanted = sum(len(word.text) for word in words if quarter_of(word.turn) is None)
        written = sum(len(word.text) for word in words) - slanted
        if upright and (written >= FEWEST_LETTERS or slanted < FEWEST_LETTERS):
            kept, aside = upright, [word for word in words if is_turned(word.turn)]
    behind = _behind(kept, marks)
    if behind:
        aside += [word for word in kept if id(word) in behind]
        kept = [word for word in kept if id(word) not in behind]
    return kept, aside


def _letters(words: Sequence[Word]) -> dict[int | None, int]:
    letters: dict[int | None, int] = defaultdict(int)
    for word in words:
        letters[quarter_of(word.turn)] += len(word.text)
    return letters


def _behind(words: Sequence[Word], marks: set[tuple[str, float]]) -> set[int]:
    """The words of watermarks that stand upright: far larger than the text, which runs across them."""
    sizes = [word.size for word in words]
    if not sizes or max(sizes) < HUGE * median(sizes):
        return set()
    large = HUGE * median(sizes)
    found: set[int] = set()
    for mark in _together([word for word in words if word.size >= large]):
        known = all((word.text, round(word.size, 1)) in marks for word in mark)
        if known or sum(_crosses(word, part) for part in mark for word in words) >= FEWEST_CROSSED:
            found.update(map(id, mark))
            marks.update((word.text, round(word.size, 1)) for word in mark)
    return found


def _together(words: Sequence[Word]) -> list[list[Word]]:
    """Words of one size on one line or the next: "DRAFT ONLY" is one watermark, whichever of its words the text crosses."""
    out: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (round(w.size, 1), w.bottom)):
        before = out[-1][-1] if out else None
        if before and abs(before.size - word.size) < ALIKE and word.bottom - before.bottom < NEXT_LINE * word.size:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _crosses(word: Word, mark: Word) -> bool:
    """Whether the middle of a word's small letters stands between the head and the foot of far larger capitals."""
    if HUGE * word.size > mark.size:
        return False
    middle = word.bottom - (BASELINE + SMALL_LETTERS) * word.size
    foot = mark.bottom - BASELINE * mark.size
    beside = min(word.x1, mark.x1) - max(word.x0, mark.x0)
    return beside > LEAST_OVERLAP * (word.x1 - word.x0) and foot - CAPITALS * mark.size < middle < foot
