"""How a page was turned before its text was recognised, and the way back: pure geometry."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.records import Box, ExtractedRecommendation, Extraction, PossibleRecommendation


@dataclass(frozen=True, slots=True)
class Turn:
    """A page as shown was turned by quarters and then by a small angle about its middle; both anticlockwise.

    quarters: 0, 90, 180 or 270 degrees; skew: degrees; width, height: the upright page in points.
    """

    quarters: int
    skew: float
    width: float
    height: float

    def undo(self, x: float, y: float) -> tuple[float, float]:
        """A point of the upright page -> the same point of the page as shown; points from the top left."""
        x, y = self._askew(x, y)
        if self.quarters == 90:
            return self.height - y, x
        if self.quarters == 180:
            return self.width - x, self.height - y
        if self.quarters == 270:
            return y, self.width - x
        return x, y

    def undo_box(self, box: Box) -> Box:
        """The upright box round the corners of a box where they stand on the page as shown."""
        corners = [self.undo(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(box.page, round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1))

    def _askew(self, x: float, y: float) -> tuple[float, float]:
        angle = math.radians(self.skew)
        across, down = x - self.width / 2, y - self.height / 2
        return (
            self.width / 2 + across * math.cos(angle) - down * math.sin(angle),
            self.height / 2 + across * math.sin(angle) + down * math.cos(angle),
        )


def as_shown(extraction: Extraction, turns: Mapping[int, Turn]) -> Extraction:
    """The extraction with its boxes where they stand on the original's pages. `turns` by page number, from 1."""
    if not turns:
        return extraction

    def placed(item: ExtractedRecommendation | PossibleRecommendation) -> tuple[Box, ...]:
        return _placed(item.boxes, turns)

    return replace(
        extraction,
        recommendations=tuple(replace(r, boxes=placed(r)) for r in extraction.recommendations),
        possible=tuple(replace(p, boxes=placed(p)) for p in extraction.possible),
    )


def _placed(boxes: Sequence[Box], turns: Mapping[int, Turn]) -> tuple[Box, ...]:
    return tuple(turns[box.page].undo_box(box) if box.page in turns else box for box in boxes)
