"""Tables that announce themselves: the heads of their columns say that recommendations stand below, and for whom or by when."""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import takewhile

from extract.column_heads import cells_of, roles_of
from extract.layout import Line, Word

LONGEST_ROW = 20  # words of a row of heads
LONGEST_LINE = 80  # characters of a piece of it: most lines are longer, and need not be looked at closely
_NEARBY = 6  # lines before and after one that may stand on its row
# A column that says what became of a recommendation makes the table one of earlier ones, or of progress.
_STATUS = re.compile(
    r"\b(?:progress|status|rating|position|update|rag|achieved|completed?|outcome of|comments?)\b", re.IGNORECASE
)
# A column that says where a recommendation comes from: the table gathers those of several reviews.
_SOURCE = re.compile(
    r"(?:name of )?(?:the )?(?:reviews?|scrs?|sars?|dhrs?|reports?|sources?|years?|cases?|child)$", re.IGNORECASE
)
_ASKED = re.compile(r"^what .*\b(?:do|happen|change|done)\b", re.IGNORECASE)
_LIKELY = re.compile(r"\brecommend|\bwhat\b|\bactions?\b", re.IGNORECASE)


def row_of(lines: Sequence[Line], index: int) -> list[Line]:
    """The lines that stand on one row with a line, itself among them."""
    line = lines[index]
    # Read one after the other: the titles of two boxes beside one another have the text of the first between them.
    before = takewhile(lambda n: _near(line, n), reversed(lines[max(0, index - _NEARBY) : index]))
    after = takewhile(lambda n: _near(line, n), lines[index + 1 : index + 1 + _NEARBY])
    return [n for n in (*before, line, *after) if on_one_row(line, n)]


def cells_in(row: Sequence[Line]) -> list[list[Word]]:
    """The words of a row, parted where they stand wide apart."""
    return cells_of(sorted((w for n in row for w in n.words), key=lambda w: w.x0))


def tells_of_others(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether a column says whose the recommendations were, or what became of them: they may be another review's."""
    texts = [" ".join(w.text for w in cell) for cell in cells]
    return any(_SOURCE.match(text) for text in texts) and any(_STATUS.search(text) for text in texts)


class Heads(Enum):
    """What the heads of a table's columns announce: recommendations, or what a person must look at to know."""

    RECOMMENDATIONS = "recommendations"
    DOUBTFUL = "doubtful"  # actions, or recommendations of several reviews


def announced_by_heads(lines: Sequence[Line], index: int) -> Heads | None:
    """What the row of heads announces of which a line is part, if the table also names who must act or by when; else None."""
    text = lines[index].text
    if len(text) > LONGEST_LINE or not _LIKELY.search(text):
        return None
    cells = cells_in(row_of(lines, index))
    texts = [" ".join(w.text for w in cell) for cell in cells]
    if len(cells) < 2 or sum(map(len, cells)) > LONGEST_ROW:
        return None
    roles = set(roles_of(cells))
    if "text" in roles and any(_SOURCE.match(text) for text in texts):
        return Heads.DOUBTFUL  # whose recommendations these are must be seen
    if any(_STATUS.search(text) for text in texts):
        return None
    if ("text" in roles and not roles.isdisjoint({"agency", "date", "finding"})) or (
        {"agency", "date"} <= roles and any(_ASKED.match(text) for text in texts)
    ):
        return Heads.RECOMMENDATIONS
    return Heads.DOUBTFUL if "action" in roles and not roles.isdisjoint({"agency", "date"}) else None


def _near(line: Line, other: Line) -> bool:
    return line.page == other.page and abs(line.top - other.top) < 2 * line.size


def on_one_row(a: Line, b: Line) -> bool:
    """Whether a line stands at the height of another."""
    return a.page == b.page and a.top < (b.top + b.bottom) / 2 < a.bottom
