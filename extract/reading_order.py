"""Words -> lines in reading order. Pure geometry: the order in which a file draws its words is not trusted."""

from collections.abc import Sequence

from extract.layout import Line, Word

WIDE_GAP = 2.2  # in sizes of the type: a wider space between two words separates columns, not words


def make_line(page: int, words: Sequence[Word]) -> Line:
    """A line of the given words, left to right; its size is that of most of its characters."""
    ordered = sorted(words, key=lambda w: w.x0)
    weight: dict[float, int] = {}
    for word in ordered:
        weight[round(word.size, 1)] = weight.get(round(word.size, 1), 0) + len(word.text)
    size = max(weight, key=lambda s: (weight[s], s))
    letters = sum(len(w.text) for w in ordered)
    bold = 2 * sum(len(w.text) for w in ordered if w.bold) > letters
    italic = 2 * sum(len(w.text) for w in ordered if w.italic) > letters
    return Line(
        page,
        tuple(ordered),
        " ".join(w.text for w in ordered),
        ordered[0].x0,
        min(w.top for w in ordered),
        max(w.x1 for w in ordered),
        max(w.bottom for w in ordered),
        size,
        bold,
        italic,
    )


def to_lines(page: int, words: Sequence[Word]) -> list[Line]:
    """Lines of a page in reading order: rows of words by baseline, split at wide gaps, columns read one after another."""
    pieces = [make_line(page, piece) for row in _rows(words) for piece in _split(row)]
    return _read(pieces)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words whose boxes overlap by more than half in height stand in one row (a raised footnote call stays in its row)."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        middle = (word.top + word.bottom) / 2
        home = None
        for row in reversed(rows[-4:]):
            anchor = max(row, key=lambda w: w.size)
            overlap = min(anchor.bottom, word.bottom) - max(anchor.top, word.top)
            if anchor.top <= middle <= anchor.bottom and overlap > 0.5 * min(
                anchor.bottom - anchor.top, word.bottom - word.top
            ):
                home = row
                break
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    return [sorted(row, key=lambda w: w.x0) for row in _calls_home(rows)]


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


def _split(row: Sequence[Word]) -> list[list[Word]]:
    pieces = [[row[0]]]
    for before, word in zip(row, row[1:], strict=False):
        if word.x0 - before.x1 > WIDE_GAP * max(before.size, word.size) and not _is_label(pieces[-1]):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _is_label(words: Sequence[Word]) -> bool:
    """A bullet or a number of at most a dozen characters, set off by a tab: it belongs to the text on its right."""
    return sum(len(w.text) for w in words) <= 6 and len(words) == 1


def _read(pieces: list[Line]) -> list[Line]:
    """Cut at a vertical gutter where there are columns of running text, else from top to bottom."""
    ordered = sorted(pieces, key=lambda line: (line.top, line.x0))
    gutter = _gutter(ordered)
    if gutter is None:
        return ordered
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in ordered:
        if line.x0 < gutter < line.x1:
            out += left + right + [line]
            left, right = [], []
        elif line.x1 <= gutter:
            left.append(line)
        else:
            right.append(line)
    return out + left + right


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
