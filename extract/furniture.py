"""Running heads, feet, page numbers and footnotes: recognised and set aside, so that an item can run over a page."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import formats
from extract.column_heads import cells_of, roles_of
from extract.figures import without_figures
from extract.layout import Line, Page, Word
from extract.reading_order import make_line

MARGIN = 0.12  # running heads and feet stand in the outer eighth of a page,
LEAST_MARGIN = 90.0  # or, on a landscape or small page, within this many points of its edge
IMPRINT = 60.0  # points from the foot of a page: what stands alone below it, in small type, is no text
FOOTNOTE_START = re.compile(r"^\[?(\d{1,3}|[*†‡])\]?\s+\S")
PAGE_NUMBER = re.compile(
    r"^(page\s*)?[\[(|\-–—\s]*(\d{1,3}|[ivxl]{1,6})[\])|\-–—\s]*((of|/|\|)\s*\d{1,4})?(\s*\|?\s*p\s?a\s?g\s?e)?$", re.I
)


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page without its furniture. `footnotes` are kept apart: they are printed words, only not of an item."""

    page: Page
    lines: tuple[Line, ...]
    footnotes: tuple[Line, ...]


def body_size(pages: Sequence[Page]) -> float:
    """The size in which most of a report's characters are set; 11 where there is no text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 11.0


def clean(pages: Sequence[Page], body: float) -> tuple[CleanPage, ...]:
    """Set aside what repeats in the margins from page to page, page numbers, and footnotes; strip footnote calls.

    `body`: the size of most of the report's type.
    """
    repeated = _repeated(pages)
    out = []
    for page in pages:
        near = _margin_lines(page)
        gone = {id(line) for line in near if _is_furniture(line, page, repeated, body)}
        kept = [line for line in page.lines if id(line) not in gone]
        kept = _without_foot(kept, near, page)
        kept = _without_imprint(kept, page, body)
        kept, notes = _footnotes(kept, page, body)
        kept = without_figures(kept, body)
        out.append(CleanPage(page, tuple(n for line in kept if (n := _without_calls(line)) is not None), tuple(notes)))
    return tuple(out)


def _is_furniture(line: Line, page: Page, repeated: dict[str, set[str]], body: float) -> bool:
    """Whether a line in a margin is a running head or foot or a page number.

    "Recommendation 4" at the top of a page repeats too, but opens an item; so do the column heads of a long table, which
    say what its columns hold.
    """
    if formats.LABEL.match(line.text) or _is_column_head(line):
        return False
    # A figure in very small type near the foot is the number of a footnote, not of the page.
    numbered = _is_page_number(line) and line.size > 0.65 * body and _is_outermost(line, page, repeated)
    return _signature(line) in repeated[_edge(line, page)] or (numbered and not _numbers_its_row(line, page, repeated))


def _is_outermost(line: Line, page: Page, repeated: dict[str, set[str]]) -> bool:
    """Whether only running heads or feet stand between a line and the edge of the page."""
    beyond = [n for n in page.lines if _edge(n, page) == _edge(line, page) and _is_beyond(n, line, page)]
    return all(_signature(n) in repeated[_edge(line, page)] for n in beyond)


def _numbers_its_row(line: Line, page: Page, repeated: dict[str, set[str]]) -> bool:
    """Whether a bare figure opens a row of the text: the number column of a table that runs into the foot of a page."""
    if not line.text.strip(" .").isdigit():
        return False
    beside = [n for n in page.lines if n.x0 > line.x1 and n.top < (line.top + line.bottom) / 2 < n.bottom]
    return any(_signature(n) not in repeated[_edge(line, page)] for n in beside)


def _without_foot(kept: list[Line], near: Sequence[Line], page: Page) -> list[Line]:
    """The outermost row of a page without what stands left of its page number: "Review of Child Z        Page 4".

    A report of a page or two repeats no foot often enough to be known by that.
    """
    out = kept
    for numbered in near:
        if not _is_page_number(numbered) or numbered in kept:
            continue
        row = [n for n in out if n.x1 < numbered.x0 and n.top < (numbered.top + numbered.bottom) / 2 < n.bottom]
        if row and not any(_is_beyond(n, numbered, page) for n in out):
            out = [n for n in out if n not in row]
    return out


def _without_imprint(kept: list[Line], page: Page, body: float) -> list[Line]:
    """A page without the small line far below its text: the address under the first page of a letter, which repeats nowhere."""
    lowest = max(kept, key=lambda n: n.top, default=None)
    if lowest is None or lowest.top < page.height - IMPRINT or lowest.size > 0.85 * body:
        return kept
    above = max((n.bottom for n in kept if n.bottom <= lowest.top + 1), default=0.0)
    alone = lowest.top - above > 1.8 * body and not lowest.text.rstrip().endswith(".")
    return [n for n in kept if n.top < lowest.top - 2] if alone else kept


def _is_beyond(line: Line, other: Line, page: Page) -> bool:
    return line.bottom <= other.top if _edge(other, page) == "head" else line.top >= other.bottom


def _is_column_head(line: Line) -> bool:
    """A line that consists of the names of columns."""
    return all(role is not None for role in roles_of(cells_of(line.words)))


def _margin_lines(page: Page) -> list[Line]:
    """The lines that stand in the head or the foot of a page."""
    margin = min(max(MARGIN * page.height, LEAST_MARGIN), 0.3 * page.height)
    low = page.height - margin
    return [line for line in page.lines if line.bottom < margin or line.top > low]


def _edge(line: Line, page: Page) -> str:
    return "head" if line.bottom < page.height / 2 else "foot"


def _is_page_number(line: Line) -> bool:
    return PAGE_NUMBER.match(line.text.strip()) is not None


def _signature(line: Line) -> str:
    """A line's words without digits and spaces: "Page 3 of 20" repeats as much as a title does."""
    return re.sub(r"[\d\s|]+", "", line.text).casefold()


def _repeated(pages: Sequence[Page]) -> dict[str, set[str]]:
    """Signatures that stand in the head or foot of at least three pages, or of half of a short report's."""
    seen: dict[str, dict[str, set[int]]] = {"head": defaultdict(set), "foot": defaultdict(set)}
    for page in pages:
        for line in _margin_lines(page):
            seen[_edge(line, page)][_signature(line)].add(page.number)
    needed = 3 if len(pages) >= 5 else 2
    return {
        edge: {text for text, numbers in found.items() if len(numbers) >= needed and text}
        for edge, found in seen.items()
    }


def _footnotes(lines: Sequence[Line], page: Page, body: float) -> tuple[list[Line], list[Line]]:
    """Split off the small print below the lowest line of body size in its column, from its first numbered line down.

    On a page with rulings small print may be a table, whose rows are numbered too: there the number must be a raised one.
    """
    large = [line for line in lines if line.size >= 0.92 * body]
    small = [line for line in lines if line.size < 0.92 * body and line.top > 0.4 * page.height]
    below = sorted(
        (n for n in small if not any(o.bottom > n.top + 2 and o.x0 < n.x1 and n.x0 < o.x1 for o in large)),
        key=lambda n: (n.top, n.x0),
    )
    ruled = page.rules + len(page.panels) >= 6
    for index, line in enumerate(below):
        rest = below[index:]
        alone = line.text.strip("[]()").isdigit() and len(rest) > 1
        number = line.words[0].size
        # Set smaller than its text, or, by some word processors, larger; a row of a table is set in one size.
        apart = number < 0.85 * max(n.size for n in rest[:2]) or number > 1.15 * line.size
        raised = apart or (alone and not ruled)
        if (FOOTNOTE_START.match(line.text) or alone) and _starts_small(line, body) and (raised or not ruled):
            top = line.top
            return [n for n in lines if n not in below or n.top < top - 3], [n for n in below if n.top >= top - 3]
    return list(lines), []


def _starts_small(line: Line, body: float) -> bool:
    return min(line.words[0].size, line.size) <= 0.92 * body


def _is_call(word: Word, line: Line) -> bool:
    """A raised small number: the call of a footnote."""
    raised = word.bottom < line.bottom - 0.1 * line.size
    return word.size < 0.8 * line.size and raised and re.fullmatch(r"[\[(]?[\d,*†‡]{1,5}[\])]?", word.text) is not None


def _without_calls(line: Line) -> Line | None:
    words = [w for w in line.words if not _is_call(w, line)]
    if len(words) == len(line.words):
        return line
    return replace(make_line(line.page, words), page=line.page) if words else None
