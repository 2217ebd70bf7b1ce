"""The parts of a review in which it says what it is: first page, opening, running heads and feet, last pages."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.front_columns import blocks, labelled_above
from extract.furniture import CleanPage
from extract.layout import Line
from extract.reading_order import make_line

OPENING = 3  # pages
CLOSING = 2  # pages: inspections name their team there, and some reviews have a page of publication
# After these a line is not finished: what follows belongs to its sentence.
_UNFINISHED = re.compile(
    r"(?:\b(?:a|an|and|at|between|by|concerning|during|for|from|in|of|on|or|regarding|since|the|to|until|who|with)|,)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A particular as it was read; `page` counts from 1, None: the file's properties say it and no page does."""

    value: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Front:
    """Rows in reading order, the pieces of one baseline put together; `margins`: running heads and feet of the opening.

    blocks: the pieces of the first page by what stands under one another.
    """

    first: tuple[Line, ...]
    opening: tuple[Line, ...]
    margins: tuple[Line, ...]
    closing: tuple[Line, ...]
    blocks: tuple[tuple[Line, ...], ...] = ()

    def everywhere(self) -> tuple[Line, ...]:
        """Every row in which a particular may stand, the likeliest place first."""
        return (*self.opening, *self.margins, *self.closing)


def front_of(pages: Sequence[CleanPage]) -> Front:
    """The front of a review. Its first page is the first with text: a cover may be a picture."""
    start = next((i for i, page in enumerate(pages) if page.lines), 0)
    opening = pages[start : start + OPENING]
    closing = pages[max(start + OPENING, len(pages) - CLOSING) :]
    margins = [line for page in opening for line in page.page.lines if line not in page.lines]
    pieces = [line for page in opening[:1] for line in page.lines]
    first = _first_rows(pieces)
    return Front(
        first=tuple(first),
        opening=(*first, *_rows([line for page in opening[1:] for line in page.lines])),
        margins=tuple(_rows(margins)),
        closing=tuple(_rows([line for page in closing for line in page.lines])),
        blocks=tuple(tuple(block) for block in blocks(pieces)),
    )


def _first_rows(lines: Sequence[Line]) -> list[Line]:
    """The rows of the first page; of a row of labels each label before what stands beneath it."""
    rest, labelled = labelled_above(lines)
    at = next((i for i, line in enumerate(rest) if labelled and line.top > labelled[0].top), len(rest))
    return [*_rows(rest[:at]), *labelled, *_rows(rest[at:])]


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines with the pieces of one baseline put together again ("Publisher      Somewhere Board"), as they are read."""
    out: list[Line] = []
    for line in lines:
        before = out[-1] if out else None
        one = before and before.page == line.page and abs(before.top - line.top) < 0.4 * line.size
        if before and one and not _is_complete(before, line):
            out[-1] = make_line(line.page, [*before.words, *line.words])
        else:
            out.append(line)
    return out


def _is_complete(before: Line, line: Line) -> bool:
    """Whether a piece has its label and its value, so that what stands far to its right is another fact: a date, say."""
    return line.x0 - before.x1 > 2 * line.size and re.search(r"\w: \w", before.text) is not None


def same_block(above: Line, below: Line) -> bool:
    """Whether two lines are set alike and close under one another."""
    alike = abs(above.size - below.size) <= 1 and above.bold == below.bold and above.page == below.page
    return alike and below.top - above.bottom < 1.2 * above.size


def runs_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line goes on with the sentence of the line above: "... who died in" over "March 2019"."""
    if index == 0 or not same_block(lines[index - 1], lines[index]):
        return False
    return unfinished(lines[index - 1].text)


def unfinished(text: str) -> bool:
    """Whether words need what follows to be complete: "... who died in"."""
    return _UNFINISHED.search(text.strip()) is not None


def pairs(lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """The words of each two lines in succession, and their page: a label may stand above what it names."""
    for above, below in itertools.pairwise(lines):
        if above.page == below.page:
            yield f"{above.text.strip()} {below.text.strip()}", above.page


def running_text(lines: Sequence[Line], page: int) -> str:
    """A page's words as one text, for sentences that run over several lines."""
    return " ".join(line.text.strip() for line in lines if line.page == page)
