"""Reports whose paragraphs are numbered from the first to the last: a number that goes on with theirs ends a list between them."""

import re
from collections.abc import Sequence

from extract.draft import Context, Item
from extract.layout import Line
from extract.paragraphs import Marker, Paragraph

FEWEST = 5  # paragraphs numbered one after another, before they show that the report numbers its own
MOST_MISSED = 1  # number between two that were read: one may be lost at the edge of a scan
ALIGNED = 6.0  # points: what begins so close together begins at one place
# A scan makes a comma of a full stop, or two of one.
_NUMBERED = re.compile(r"[(\[]?(\d{1,3})[.,):\]]{0,2}\s+[A-Z“‘\"'(]")


def own_paragraphs(lines: Sequence[Line]) -> frozenset[tuple[int, float]]:
    """Page and top of the lines whose numbers run on from 1 through the whole report, whatever stands between them.

    A list within the report begins at 1 again, so that its numbers are not the next ones.
    """
    out: list[tuple[int, float]] = []
    last = 0
    for line in lines:
        if line.text[0] not in "([" and not line.text[0].isdigit():
            continue
        found = _NUMBERED.match(line.text)
        if found and last < int(found[1]) <= last + 1 + MOST_MISSED:
            last = int(found[1])
            out.append((line.page, line.top))
    return frozenset(out[FEWEST:])


def goes_on_with_the_report(item: Item, paragraph: Paragraph, context: Context) -> bool:
    """Whether a paragraph below an item is the report's own next one: as far left, and no part of a list within the item."""
    first = paragraph.lines[0]
    if paragraph.marker is not Marker.NUMBER or (first.page, first.top) not in context.own:
        return False
    within = [p.number for p in item.paragraphs if p.marker is Marker.NUMBER and p.number]
    follows = bool(within) and within[-1].isdigit() and paragraph.number == str(int(within[-1]) + 1)
    return not follows and paragraph.x0 <= item.paragraphs[0].x0 + ALIGNED
