"""The words of a figure and its caption: set aside, so that an item goes on on its other side."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract import formats
from extract.layout import Line

CAPTION = re.compile(
    r"^(?:fig(?:ure|\.)?|chart|graph|diagram|photograph|picture|illustration|image|infographic)\s*\d{1,2}(?:\.\d{1,2})?\s*[.:–—-]",
    re.IGNORECASE,
)
SMALL = 0.93  # in sizes of the body: the type of labels and sources
LABEL_GAP = 0.8  # in sizes of the type: as wide a space parts two labels on one line
FEWEST_GAPS = 2
TINY = 0.7  # that of the figures along its axes,
FEWEST_FIGURES = 3  # of which a chart has so many
MOST_WORDS = 4  # of a label set in the size of the body


def without_figures(lines: Sequence[Line], body: float) -> list[Line]:
    """The lines of a page less those of its figures: each caption, and the labels above or below it.

    Labels stand on the side of the caption on which the figure is; sources and notes in small type may follow.
    """
    out = list(lines)
    for caption in [line for line in lines if CAPTION.match(line.text)]:
        if caption not in out:
            continue
        at = out.index(caption)
        end = at + 1
        # A caption may run over several lines of its own style.
        while end < len(out) and _goes_on(out[end - 1], out[end]):
            end += 1
        first = at
        while first > 0 and is_label(out[first - 1], body) and out[first - 1].page == caption.page:
            first -= 1
        while end < len(out) and (is_label(out[end], body) if first == at else _is_small(out[end], body)):
            end += 1
        del out[first:end]
    return _without_axes(out, body)


def _without_axes(lines: list[Line], body: float) -> list[Line]:
    """The lines less bare figures in small type, where there are several: what stands along the axes of a chart."""
    axes = [n for n in lines if n.size < TINY * body and n.text.replace(" ", "").replace("%", "").isdigit()]
    return [n for n in lines if n not in axes] if len(axes) >= FEWEST_FIGURES else lines


def _goes_on(before: Line, line: Line) -> bool:
    alike = abs(before.size - line.size) < 0.5 and before.bold == line.bold and before.italic == line.italic
    ended = before.text.rstrip()[-1:] in ".?!"
    return alike and not ended and (before.italic or before.bold) and line.top - before.bottom < 0.4 * line.size


def _is_small(line: Line, body: float) -> bool:
    return line.size < SMALL * body and not _opens_item(line)


def is_label(line: Line, body: float) -> bool:
    """Whether a line may be a label within a figure: small type, or a few words that end no sentence."""
    if _opens_item(line):
        return False
    few = len(line.text.split()) <= MOST_WORDS and line.text.rstrip()[-1:] not in ".;:?!,"
    ended = line.text.rstrip()[-1:] in ".;:?!"
    gaps = sum(b.x0 - a.x1 > LABEL_GAP * line.size for a, b in pairwise(line.words))
    return line.size < SMALL * body or few or (not ended and gaps >= FEWEST_GAPS)


def _opens_item(line: Line) -> bool:
    text = line.text
    return any(p.match(text) for p in (formats.LABEL, formats.DECIMAL, formats.SUB_ITEM)) or (
        formats.NUMBER.match(text) is not None
    )
