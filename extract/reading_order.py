"""Words -> lines in reading order. Pure geometry: the order in which a file draws its words is not trusted."""

import itertools
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from statistics import median

from extract.layout import Line, Panel, Word
from extract.numerals import numerals_home
from extract.sidebars import cards, lies_in, pairs, sidebars

WIDE_GAP = 2.2  # in sizes of the type: a wider space between two words separates columns, not words
FAR_GAP = 5.0  # as wide a space parts even a number from what stands on its right
COLUMN_GAP = 0.8  # where a column is known to begin, as wide a space before it is enough
HANGING = 20.0  # points by which a line may hang out to the left of its column's text
MARGIN_GAP = 0.5  # between a label in the margin, which is bold, and the text, which is not
BANNER = 1.4  # in usual sizes of the page: larger type may head both columns
FEWEST_LETTERS = 5  # short words in a row that may be one word with space between its letters
LEAST_SPACING = 0.12  # in sizes of the type: less space between letters parts no words
WORD_GAP = 1.7  # in spaces between letters: a wider one parts two words
OTHER_TYPE = 1.3  # in sizes of the smaller type: so different, two words are of no one line of text
CUES = ("RECOMMENDATION", "QUESTION", "CONSIDERATION", "IMPROVE", "PRIORITY ACTION", "ACTION PLAN")
HEADING = 1.12  # in sizes of the text beside it: the type of a heading that is not bold
MOST_BESIDE = 6  # lines that stand between two lines of a heading in the margin
NEXT_IN_MARGIN, ALIGNED = 1.7, 3.0  # in sizes of the type, and points: where the next line of such a heading stands
LEAST_ACROSS = 60.0  # points on either side of the gutter, over which a box reaches that spans both columns
FEWEST_ROWS = 10  # fewer rows than this show no column


def make_line(page: int, words: Sequence[Word]) -> Line:
    """A line of the given words, left to right; its size is that of most of its characters."""
    ordered = sorted(words, key=_left)
    weight: dict[float, int] = {}
    letters = bold = italic = 0
    top, right, bottom = ordered[0].top, ordered[0].x1, ordered[0].bottom
    for word in ordered:
        length, size = len(word.text), round(word.size, 1)
        weight[size] = weight.get(size, 0) + length
        letters += length
        bold += length if word.bold else 0
        italic += length if word.italic else 0
        top, right, bottom = min(top, word.top), max(right, word.x1), max(bottom, word.bottom)
    size = max(weight, key=lambda s: (weight[s], s)) if len(weight) > 1 else size
    text = " ".join([w.text for w in ordered])
    left = ordered[0].x0
    return Line(page, tuple(ordered), text, left, top, right, bottom, size, 2 * bold > letters, 2 * italic > letters)


def part_of_line(line: Line, first: int, end: int) -> Line:
    """Some of the words of a line, beside which the others still stand."""
    return replace(make_line(line.page, line.words[first:end]), shared=True)


_left = attrgetter("x0")


def to_lines(page: int, words: Sequence[Word], panels: Sequence[Panel] = ()) -> list[Line]:
    """Lines of a page in reading order: rows of words by baseline, split at wide gaps, columns read one after another.

    `panels`: the boxes of the page. Two that stand side by side are read one after the other, however narrow the gap between;
    one beside running text is read after it.
    """
    whole = _lines_of(page, words, panels)
    if not panels:
        return whole
    gutter = _gutter(sorted(whole, key=lambda line: (line.top, line.x0)))
    beside = cards(panels) or pairs(panels, gutter) or ([] if gutter is not None else sidebars(words, panels))
    if not beside:
        return whole
    out = _lines_of(page, [w for w in words if not any(lies_in(w, p) for p in beside)], panels)
    for panel in beside:
        inside = _lines_of(page, [w for w in words if lies_in(w, panel)])
        # Of boxes that begin at one height, none is parted by what stands in another that is lower.
        below = max(p.bottom for p in beside if abs(p.top - panel.top) < ALIGNED)
        at = next((i for i, line in enumerate(out) if line.top >= below - 1), len(out))
        out[at:at] = inside
    return out


def _lines_of(page: int, words: Sequence[Word], panels: Sequence[Panel] = ()) -> list[Line]:
    rows = [close_letter_spacing(row) for row in numerals_home(_rows(words))]
    column = _column_start(rows)
    pieces = [make_line(page, _cue_whole(piece)) for row in rows for piece in _split(row, column)]
    return _read(_labels_whole(pieces), panels)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words whose boxes overlap by more than half in height stand in one row (a raised footnote call stays in its row)."""
    rows: list[list[Word]] = []
    anchors: list[Word] = []  # the largest word of each row
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        for at in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
            if _side_by_side(anchors[at], word):
                rows[at].append(word)
                if word.size > anchors[at].size:
                    anchors[at] = word
                break
        else:
            rows.append([word])
            anchors.append(word)
    return [sorted(row, key=lambda w: w.x0) for row in _calls_home(rows)]


def close_letter_spacing(row: Sequence[Word]) -> list[Word]:
    """Words set with space between their letters ("R E C O M M E N DAT I O N  1") made whole, by the wider gaps between them.

    Kerning joins some of the letters, so that the text alone does not show it; the space between letters is even.
    """
    out: list[Word] = []
    for run in _runs_of_letters(row):
        if len(run) < FEWEST_LETTERS:
            out += run
            continue
        gaps = sorted(b.x0 - a.x1 for a, b in itertools.pairwise(run))
        between_letters = gaps[len(gaps) // 4]
        if between_letters < LEAST_SPACING * run[0].size:
            out += run
            continue
        parts = [[run[0]]]
        for before, word in itertools.pairwise(run):
            if word.x0 - before.x1 > WORD_GAP * between_letters:
                parts.append([word])
            else:
                parts[-1].append(word)
        out += [replace(part[0], text="".join(w.text for w in part), x1=part[-1].x1) for part in parts]
    return out


def _cue_whole(row: Sequence[Word]) -> Sequence[Word]:
    """A heading in widely set capitals, in which some of the space between letters was taken for words ("R ECOMMENDAT IONS").

    Only where a word that announces something comes out of it: "CHILD Q" is set with no less space.
    """
    if len(row) < 2 or not row[0].text.isupper() or not row[-1].text.isupper():
        return row
    text = " ".join(w.text for w in row)
    if not text.isupper() or not any(cue.replace(" ", "") in text.replace(" ", "") and cue not in text for cue in CUES):
        return row
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(row)]
    small, large = max(min(gaps), 0.1), max(gaps)
    edge = (small * large) ** 0.5 if large > WORD_GAP * small else large + 1
    out = [row[0]]
    for gap, word in zip(gaps, row[1:], strict=True):
        if gap < edge:
            out[-1] = replace(out[-1], text=out[-1].text + word.text, x1=word.x1)
        else:
            out.append(word)
    return out


def _runs_of_letters(row: Sequence[Word]) -> list[list[Word]]:
    """A row parted into runs of very short words in capitals or figures, and the other words, each by itself."""
    out: list[list[Word]] = []
    for word in row:
        short = len(word.text) <= 3 and word.text.upper() == word.text
        if short and out and len(out[-1][-1].text) <= 3 and out[-1][-1].text.upper() == out[-1][-1].text:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _side_by_side(anchor: Word, word: Word) -> bool:
    """Whether the middle of a word lies within another's height, and most of the lower of the two beside the other."""
    top, bottom = anchor.top, anchor.bottom
    if not top <= (word.top + word.bottom) / 2 <= bottom:
        return False
    overlap = min(bottom, word.bottom) - max(top, word.top)
    return overlap > 0.5 * min(bottom - top, word.bottom - word.top)


def _calls_home(rows: list[list[Word]]) -> list[list[Word]]:
    """A raised footnote call that made a row of its own goes to the word that it follows without a space."""
    out: list[list[Word]] = []
    stray: list[Word] = []
    for row in rows:
        if all(len(w.text) <= 3 and w.text.strip("[]()").isdigit() for w in row):
            stray.extend(row)
        else:
            out.append(row)
    for call in stray:
        home = next((row for row in out for w in row if _follows_closely(call, w)), None)
        if home is None:
            out.append([call])
        else:
            home.append(call)
    return out


def _follows_closely(call: Word, word: Word) -> bool:
    beside = -1 <= call.x0 - word.x1 < 0.25 * word.size
    return beside and call.size < 0.85 * word.size and word.top - 2 < call.bottom <= word.bottom


def _column_start(rows: Sequence[Sequence[Word]]) -> float | None:
    """Where a second column begins, in points; None where there is no such place.

    In the middle of the page many rows begin a word there after a gap, and few cross it with a word.
    """
    words = [word for row in rows for word in row]
    if len(rows) < FEWEST_ROWS or not words:
        return None
    low, high = min(w.x0 for w in words), max(w.x1 for w in words)
    starts = Counter(
        round(word.x0)
        for row in rows
        for before, word in zip([None, *row], row, strict=False)
        if low + 0.3 * (high - low) < word.x0 < low + 0.7 * (high - low)
        and (before is None or word.x0 - before.x1 > COLUMN_GAP * word.size)
    )
    near = {x: sum(starts[x + step] for step in (-1, 0, 1)) for x in starts}
    best = max(near, key=lambda x: (near[x], -x), default=None)
    if best is None or near[best] < FEWEST_ROWS:
        return None
    crossing = sum(any(w.x0 < best - 3 < w.x1 for w in row) for row in rows)
    return float(best) if crossing <= 0.3 * near[best] else None


def _split(row: Sequence[Word], column: float | None) -> list[list[Word]]:
    """A row's words parted at wide gaps, and at the narrower one before the second column of a page."""
    pieces = [[row[0]]]
    for before, word in itertools.pairwise(row):
        small, large = sorted((before.size, word.size))
        # Beside a heading of the other column the space is measured by the text.
        gap = (word.x0 - before.x1) / (small if large > OTHER_TYPE * small else large)
        if gap <= MARGIN_GAP:
            pieces[-1].append(word)
            continue
        # What hangs left of the second column's text (a number, a footnote) stands in that column all the same.
        apart = word.x0 - before.x1 > COLUMN_GAP * min(before.size, word.size)
        at_column = column is not None and column - HANGING <= word.x0 <= column + 2 and apart
        # but its number stays with its text.
        at_column = at_column and not (
            _is_label(pieces[-1]) and pieces[-1][0].x0 >= column - HANGING - 2 if column else False
        )
        wide = gap > (FAR_GAP if _is_label(pieces[-1]) else WIDE_GAP)
        if at_column or wide or (word.bold != before.bold and _is_margin_label(pieces[-1])):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _is_margin_label(words: Sequence[Word]) -> bool:
    """The word "Recommendation" by itself before a gap: the first half of a label that wraps in a narrow margin."""
    return len(words) == 1 and words[0].text.casefold() in ("recommendation", "rec.")


def _labels_whole(pieces: list[Line]) -> list[Line]:
    """Put the two halves of a label that wraps in a margin together, on its first line."""
    out: list[Line] = []
    halves = [p for p in pieces if len(p.words) == 1 and _is_margin_label(p.words)]
    numbers = [p for p in pieces if len(p.words) == 1 and p.text.rstrip(":.").isdigit()]
    taken: set[int] = set()
    for piece in pieces:
        if id(piece) in taken:
            continue
        number = next((n for n in numbers if piece in halves and _stands_below(n, piece)), None)
        if number is not None:
            taken.add(id(number))
            joined = f"{piece.text} {number.text}"
            piece = replace(piece, words=(*piece.words, *number.words), text=joined)
        out.append(piece)
    return [piece for piece in out if id(piece) not in taken]


def _stands_below(number: Line, label: Line) -> bool:
    apart = number.top - label.top
    return abs(number.x0 - label.x0) < 3 and 0.8 * label.size < apart < 2 * label.size


def _is_label(words: Sequence[Word]) -> bool:
    """A bullet or a number of at most a dozen characters, set off by a tab: it belongs to the text on its right."""
    return sum(len(w.text) for w in words) <= 6 and len(words) == 1


def _read(pieces: list[Line], panels: Sequence[Panel]) -> list[Line]:
    """Cut at a vertical gutter where there are columns of running text, else from top to bottom.

    No column runs through the edge of a box that spans both: the columns above it are read first, and those below it last.
    """
    ordered = sorted(pieces, key=lambda line: (line.top, line.x0))
    gutter = _gutter(ordered)
    if gutter is None:
        return _margin_headings_whole(ordered)
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    usual = median(line.size for line in ordered)
    across = [p for p in panels if p.x0 < gutter - LEAST_ACROSS and p.x1 > gutter + LEAST_ACROSS]
    inside: Panel | None = None
    for line in ordered:
        box = next((p for p in across if p.holds(line)), None)
        if box != inside:
            out += left + right
            left, right, inside = [], [], box
        if line.x0 < gutter < line.x1 or (line.size > BANNER * usual and _has_its_row(line, ordered, gutter)):
            out += left + right + [line]
            left, right = [], []
        elif line.x1 <= gutter:
            left.append(line)
        else:
            right.append(line)
    return out + left + right


def _margin_headings_whole(lines: list[Line]) -> list[Line]:
    """A heading of several lines in the margin is read as a whole before the text beside it, with whose lines it alternates."""
    out: list[Line] = []
    left = deque(lines)
    while left:
        out.append(left.popleft())
        while (at := _next_of_heading(out[-1], list(itertools.islice(left, MOST_BESIDE)))) is not None:
            out.append(left[at])
            del left[at]
    return out


def _next_of_heading(line: Line, after: Sequence[Line]) -> int | None:
    """Where among the lines after it the next one of a margin heading stands; None where there is none, or nothing between.

    Bold words on one baseline with those beside them are no heading, but a row of names and values.
    """
    for at, other in enumerate(after):
        if other.top - line.top > NEXT_IN_MARGIN * line.size:
            return None
        if abs(other.x0 - line.x0) < ALIGNED and other.top > line.bottom - line.size / 2:
            alike = abs(other.size - line.size) < 0.5 and other.bold == line.bold
            beside = after[at + 1 : at + 2]
            named = any(abs(n.bottom - other.bottom) < 1 and n.x0 > other.x1 for n in (*after[:at], *beside))
            return at if alike and at and not named else None
        if other.x0 < line.x1 or not (line.size > HEADING * other.size or (line.bold and not other.bold)):
            return None
    return None


def _has_its_row(line: Line, lines: Sequence[Line], gutter: float) -> bool:
    """Whether a heading in the left column has no line of the right one beside it, but some above and below: it heads both columns.

    With none below, or but a page number, the right column has only come to its end.
    """
    right = [n for n in lines if n.x0 >= gutter]
    beside = any(n.bottom > line.top - 0.5 * line.size and n.top < line.bottom + 0.5 * line.size for n in right)
    above, below = (
        any(n.bottom <= line.top for n in right),
        any(n.top >= line.bottom and len(n.words) > 1 for n in right),
    )
    return line.x1 <= gutter and not beside and above and below


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of a strip that running text leaves free on most of a page, with lines on both sides; else None."""
    if len(lines) < 16:
        return None
    low, high = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = sorted({round(line.x0) for line in lines if low + 0.3 * (high - low) < line.x0 < low + 0.7 * (high - low)})
    for start in starts:
        position = start - 3
        crossing = sum(line.x0 < position < line.x1 for line in lines)
        left = [line for line in lines if line.x1 <= position and line.x1 - line.x0 > 0.25 * (high - low)]
        right = [line for line in lines if line.x0 >= position and line.x1 - line.x0 > 0.25 * (high - low)]
        if len(left) >= 8 and len(right) >= 8 and crossing <= 0.25 * len(lines):
            return position
    return None
