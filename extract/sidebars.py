"""Boxes that stand beside one another or beside running text: what they hold is read by itself and not line by line."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.layout import Panel, Word

NARROWEST, LOWEST = 120.0, 40.0  # points: width and height of a box of running text
FEWEST_BESIDE = 4  # lines of running text beside a box
CLOSELY = 20.0  # points between boxes of one column
FEWEST_CARDS, ROOM, ALIKE = 3, 6.0, 3.0  # boxes of one size in a row, and points between them and in what they differ
FEWEST_ROWS_OF_TWO = 2  # of two boxes each
ONE_ROW = 1.5  # points between the baselines of a row
MOST_ALIGNED = 0.6  # of the lines in a box, that stand in one row with those beside it: more are the rows of a table


def lies_in(word: Word, panel: Panel) -> bool:
    """Whether the middle of a word lies in a box."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return panel.x0 <= x <= panel.x1 and panel.top <= y <= panel.bottom


def _of_running_text(panels: Sequence[Panel]) -> list[Panel]:
    """The boxes that are wide and high enough for running text, each once."""
    return [p for p in dict.fromkeys(panels) if p.x1 - p.x0 >= NARROWEST and p.bottom - p.top >= LOWEST]


def cards(panels: Sequence[Panel]) -> list[Panel]:
    """Three or more boxes of one size in a row, or two in each of several rows, with room between them, row by row from left to right.

    The cells of a table touch one another; cards do not. Of two in a row one may be higher than the other.
    """
    wide = _of_running_text(panels)
    outer = [p for p in wide if not any(_holds(other, p) for other in wide)]
    out: list[Panel] = []
    for first in sorted(outer, key=lambda p: (p.top, p.x0)):
        if first in out:
            continue
        row = sorted((p for p in outer if _of_one_size(first, p)), key=lambda p: p.x0)
        if len(row) >= FEWEST_CARDS and all(b.x0 - a.x1 >= ROOM for a, b in pairwise(row)):
            out += row
    return out or _in_two_columns(outer)


def _in_two_columns(panels: Sequence[Panel]) -> list[Panel]:
    """Boxes of one width in two columns, two to a row that begin at one height, with room on all sides; at least two such rows."""
    rows: list[list[Panel]] = []
    for left in sorted(panels, key=lambda p: (p.top, p.x0)):
        beside = [p for p in panels if p.x0 - left.x1 >= ROOM and abs(p.top - left.top) < ALIKE and _as_wide(left, p)]
        if len(beside) == 1:
            rows.append([left, beside[0]])
    alike = [row for row in rows if all(abs(a.x0 - b.x0) < ALIKE for a, b in zip(row, rows[0], strict=True))]
    apart = all(below[0].top - max(p.bottom for p in above) >= ROOM for above, below in pairwise(alike))
    return [p for row in alike for p in row] if len(alike) >= FEWEST_ROWS_OF_TWO and apart else []


def _holds(outer: Panel, panel: Panel) -> bool:
    """Whether a box is another that surrounds one, be it by the width of its line."""
    around = outer.x0 <= panel.x0 and outer.x1 >= panel.x1 and outer.top <= panel.top and outer.bottom >= panel.bottom
    return around and outer != panel


def _of_one_size(a: Panel, b: Panel) -> bool:
    """Whether two boxes stand at one height and are equally wide and high."""
    return _as_wide(a, b) and abs(a.top - b.top) < ALIKE and abs(a.bottom - b.bottom) < ALIKE


def _as_wide(a: Panel, b: Panel) -> bool:
    return abs((a.x1 - a.x0) - (b.x1 - b.x0)) < ALIKE


def pairs(panels: Sequence[Panel], gutter: float | None) -> list[Panel]:
    """Boxes of running text that stand beside one another, in pairs.

    Those closely above or below others are cells of a table, which its columns sort out, and of several pairs those that a
    gutter parts stand each in a column of the page.
    """
    wide = _of_running_text(panels)
    out = []
    for left in wide:
        right = [p for p in wide if p.x0 >= left.x1 - 1 and abs(p.top - left.top) < LOWEST]
        others = [p for p in wide if abs(p.x0 - left.x0) < 2 and p is not left]
        closely = any(max(p.top - left.bottom, left.top - p.bottom) < CLOSELY for p in others)
        if len(right) == 1 and not closely:
            parted = gutter is not None and left.x1 <= gutter <= right[0].x0
            out += [] if others and parted else [left, right[0]]
    return out


def sidebars(words: Sequence[Word], panels: Sequence[Panel]) -> list[Panel]:
    """The boxes beside which running text stands on their left, from top to bottom.

    The text is in no box itself, several lines of it are as wide as a box of text, none reaches under the box, and most of them
    are on no baseline of a line in the box: otherwise the box is a column of a table, or lies behind the text.
    """
    wide = _stacked(sorted(_of_running_text(panels), key=lambda p: (p.x0, p.top)))
    free = [w for w in words if not any(lies_in(w, p) for p in panels)]
    return sorted((p for p in wide if _is_sidebar(p, words, free)), key=lambda p: p.top)


def _stacked(panels: Sequence[Panel]) -> list[Panel]:
    """Boxes of one width that stand closely under one another, as one."""
    out: list[Panel] = []
    for panel in panels:
        last = out[-1] if out else None
        one = last is not None and abs(last.x0 - panel.x0) < ONE_ROW and abs(last.x1 - panel.x1) < ONE_ROW
        if last is not None and one and panel.top - last.bottom < CLOSELY:
            out[-1] = replace(last, bottom=max(last.bottom, panel.bottom))
        else:
            out.append(panel)
    return out


def _is_sidebar(panel: Panel, words: Sequence[Word], free: Sequence[Word]) -> bool:
    inside = [w for w in words if lies_in(w, panel)]
    beside = [w for w in free if panel.top <= (w.top + w.bottom) / 2 <= panel.bottom]
    if not inside or not beside or any(w.x1 > panel.x0 for w in beside):
        return False
    rows = _rows(beside)
    running = [row for row in rows if max(w.x1 for w in row) - min(w.x0 for w in row) >= NARROWEST]
    if len(running) < FEWEST_BESIDE:
        return False
    own = [min(w.bottom for w in row) for row in _rows(inside)]
    baselines = [min(w.bottom for w in row) for row in rows]
    aligned = sum(any(abs(a - b) < ONE_ROW for b in baselines) for a in own)
    return aligned <= MOST_ALIGNED * len(own)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words by the lines on which they stand."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.bottom):
        if rows and word.bottom - rows[-1][-1].bottom < ONE_ROW:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows
