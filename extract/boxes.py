"""Where lines stand on their pages, as boxes that cover them and nothing between them."""

from collections.abc import Sequence

from domain.records import Box
from extract.layout import Line

WIDEST_GAP = 1.6  # in heights of a line: what stands so far below the line before may have something else between


def boxes_of(lines: Sequence[Line]) -> tuple[Box, ...]:
    """Boxes round lines in reading order: a new one on each page, in each column, and below a figure or a footnote.

    A part of a printed line, beside which other words stand, has a box of its own.
    """
    runs: list[list[Line]] = []
    for line in lines:
        alone = line.shared or (bool(runs) and runs[-1][-1].shared)
        if runs and not alone and _goes_on(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(_box(run) for run in runs)


def _goes_on(before: Line, line: Line) -> bool:
    if before.page != line.page:
        return False
    beside = line.top < before.bottom and line.bottom > before.top  # a label and its text on one row
    below = before.top <= line.top <= before.bottom + WIDEST_GAP * before.height and line.x0 < before.x1 + line.height
    return (beside and line.x0 >= before.x0) or below


def _box(lines: Sequence[Line]) -> Box:
    return Box(
        lines[0].page,
        round(min(line.x0 for line in lines) - 1.5, 1),
        # Capitals and accents rise above the line's own box, which is set from the baseline, and long tails hang below it.
        round(min(line.top - 0.15 * line.size for line in lines), 1),
        round(max(line.x1 for line in lines) + 1.5, 1),
        round(max(line.bottom + 0.05 * line.size for line in lines), 1),
    )
