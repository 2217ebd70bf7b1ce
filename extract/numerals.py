"""Numerals and codes set beside what they number: put where the text begins, as a reader takes them."""

import re
from dataclasses import replace

from extract.layout import Word

LARGE = 14.0  # points: no smaller figure is an ornament
NUMERAL = 1.5  # in sizes of the text beside it: how much larger a numeral is set that numbers a card
CODED, BETWEEN = 1.15, 0.2  # the same of a code in bold type, and how much of a line's height it must overlap
ALIKE = 0.9  # of the text's size: a smaller figure beside a line is the call or the number of a note
_CODE = re.compile(r"[A-Z]{1,3}\d{1,2}")
_NUMBER = re.compile(r"\d{1,2}\.?")


def numerals_home(rows: list[list[Word]]) -> list[list[Word]]:
    """Numerals far larger than the text beside them ("01" on a card) put on the first line of that text, in its size.

    So are codes in somewhat larger bold type ("R1" in a band of its own, at the middle of the height of what it labels), and
    numbers of the text's own size that stand by themselves between its first two lines, as one in a disc does.
    """
    rows = _discs_home(rows)
    for numeral in [w for row in rows for w in row if _is_numeral(w) or _is_code(w)]:
        beside = [w for row in rows for w in row if _is_text_beside(numeral, w)]
        if not beside:
            continue
        first = min(beside, key=lambda w: (w.top, w.x0))
        while above := [w for row in rows for w in row if _continues_above(w, first)]:
            first = above[0]
        home = next(row for row in rows if first in row)
        for row in rows:
            if numeral in row:
                row.remove(numeral)
        home.append(replace(numeral, top=first.top, bottom=first.bottom, size=first.size))
        home.sort(key=lambda w: w.x0)
    return [row for row in rows if row]


def _discs_home(rows: list[list[Word]]) -> list[list[Word]]:
    """Numbers that stand by the middle of the first two lines put on the first; in a row by themselves, or taken into the second."""
    out = [list(row) for row in rows]
    for row in out:
        if not row or not _NUMBER.fullmatch(row[0].text):
            continue
        number = row[0]
        beside = [r for r in out if r is not row and r and _is_beside_its_middle(number, r[0])]
        below = row[1:] and _is_beside_its_middle(number, row[1])
        if len(beside) == 2 - bool(below) and (below or not row[1:]):
            first = min(beside, key=lambda r: r[0].top)
            if first[0].top < number.top:
                del row[0]
                first.insert(0, replace(number, top=first[0].top, bottom=first[0].bottom, size=first[0].size))
    return [row for row in out if row]


def _is_beside_its_middle(number: Word, word: Word) -> bool:
    """Whether a word begins a row to the right of a number, and stands by its upper or its lower part."""
    near = 0 < word.x0 - number.x1 < 3 * number.size and ALIKE <= number.size / word.size <= 1 / ALIKE
    return near and min(number.bottom, word.bottom) - max(number.top, word.top) > BETWEEN * number.size


def _is_numeral(word: Word) -> bool:
    return word.size > LARGE and len(word.text) <= 3 and word.text.strip(".").isdigit()


def _is_code(word: Word) -> bool:
    return word.bold and _CODE.fullmatch(word.text) is not None


def _is_text_beside(numeral: Word, word: Word) -> bool:
    larger = CODED if _is_code(numeral) else NUMERAL
    near = 0 <= word.x0 - numeral.x1 < 3 * numeral.size and numeral.size > larger * word.size
    overlap = min(numeral.bottom, word.bottom) - max(numeral.top, word.top)
    # Between two lines, a code at their middle overlaps either by less than half.
    least = BETWEEN if _is_code(numeral) else 0.5
    return near and overlap > least * (word.bottom - word.top)


def _continues_above(word: Word, first: Word) -> bool:
    """Whether a word begins the line above another, at the same place and in the same type: text set beside the middle of a numeral."""
    aligned = abs(word.x0 - first.x0) < 2 and abs(word.size - first.size) < 0.5
    return aligned and 0 <= first.top - word.bottom < 0.5 * first.size
