"""A report looked through: every page glanced at, and read in full where recommendations may stand.

Most pages of a report tell its story. A glance shows their headings and whether a word on them speaks of recommendations;
only those that do, those over which a section of recommendations runs, and the first are read word by word. What
is found is the same as if every page were (a test holds the two together), in a fraction of the time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from extract import cues, formats
from extract.coded import with_codes
from extract.document import Document
from extract.furniture import CleanPage, body_size, clean
from extract.headings import Heading, announced_in, cues_in, find_headings, is_contents_line, may_announce
from extract.inline_labels import part_at_labels
from extract.layout import Line, Page
from extract.sections import Section, contents_pages, find_sections
from extract.time_limit import OutOfTime, at_most
from sandbox import deadline, steps

MOST_PAGES = 2000  # the longest review has a few hundred
SHARE_FOR_PAGES = 0.5  # of the time of the whole call
OPENING = 1  # pages at the beginning that say what the report is and who made it
LONGEST_HEADING = 14  # spaces: a line with more of them is none
FEWEST_ENTRIES = 8  # lines that end in a page number, on a page of the table of contents
FULL_LINE, NEAR_THE_START = 70, 30  # characters
_LETTER_SPACED = re.compile(
    r"[^A-Za-z]*(?:[A-Z] ){4}"
)  # what such a heading says is only told by the gaps between its letters
A4 = (595.0, 842.0)  # points: the size given to a page that cannot be read


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's pages, raw and without furniture, their lines in one stream, and what was seen of their order.

    contents: the pages of its table of contents; sections: where recommendations stand.
    """

    pages: tuple[Page, ...]
    cleaned: tuple[CleanPage, ...]
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    contents: frozenset[int]
    sections: tuple[Section, ...]

    def worth_reading(self) -> list[int]:
        """Indices of the lines that stand on pages which were read in full."""
        glanced = {page.number for page in self.pages if page.glanced}
        return [i for i, line in enumerate(self.lines) if line.page not in glanced]


@dataclass(frozen=True, slots=True)
class Look:
    """All pages of a report in order. Those that could not be read stand there without lines; so do those not reached.

    unread: the numbers of pages that could not be read; late: of those that there was no time for.
    """

    pages: list[Page]
    unread: tuple[int, ...]
    late: tuple[int, ...]


def first_look(document: Document, *, whole: bool = False) -> Look:
    """All pages, read in full where recommendations may stand, or, with `whole`, every one."""
    pages: list[Page] = []
    unread: list[int] = []
    try:
        with at_most(deadline.left(SHARE_FOR_PAGES)):
            _look_at_each(document, pages, unread, whole=whole)
    except OutOfTime:
        pass
    late = range(len(pages) + 1, min(len(document), MOST_PAGES) + 1)
    pages += [Page(number, *A4, ()) for number in late]
    return Look(pages, tuple(unread), tuple(late))


def _look_at_each(document: Document, pages: list[Page], unread: list[int], *, whole: bool) -> None:
    """Add page after page, as far as the time goes."""
    announced = False
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        if not steps.enter(f"page {number}"):
            unread.append(number)
            pages.append(Page(number, *A4, ()))
            continue
        wanted = None if whole or announced or number <= OPENING else speaks_of_it
        try:
            pages.append(document.page(number, wanted))
        except pdfium.PdfiumError:
            unread.append(number)
            pages.append(Page(number, *A4, ()))
        went_on = announced
        announced = number > OPENING and not pages[-1].glanced and _goes_on(pages[-1])
        announced = announced or (went_on and _is_still_listed(pages[-1]))


def outline_of(document: Document, pages: Sequence[Page]) -> Outline:
    """The outline of a report, with every page read in full over which a section of recommendations runs."""
    read = list(pages)
    while True:
        outline = _outline(tuple(read))
        more = [n for n in _pages_of(outline) if read[n - 1].glanced]
        if not more:
            return outline
        for number in more:
            try:
                read[number - 1] = document.page(number)
            except pdfium.PdfiumError:
                # It could be glanced at, and so it stays; without this the search would not end.
                read[number - 1] = replace(read[number - 1], glanced=False)


def speaks_of_it(lines: Sequence[str]) -> bool:
    """Whether the lines of a page, as a glance shows them, may announce, label or make a recommendation."""
    if _is_contents(lines):
        return False
    if announces(lines):
        return True
    text = " ".join(lines)
    if any(cues.INLINE_LABEL.search(text, max(0, at - 3), at + 40) for at in _places(text, "Recommendation ")):
        return True
    text = text.lower()
    if "recommend" not in text:
        return False
    counted = (text[max(0, at - cues.LONGEST_COUNT) : at] for at in _places(text, "recommendations"))
    return cues.PROSE_CUE.search(text) is not None or any(cues.COUNT_CUE.search(before) for before in counted)


def _is_contents(lines: Sequence[str]) -> bool:
    """Whether a page is of the table of contents, of which a glance shows all that matters."""
    numbered = sum(line[-1:].isdigit() and is_contents_line(line) for line in lines)
    return numbered >= FEWEST_ENTRIES and 2 * numbered > len(lines)


def announces(lines: Sequence[str]) -> bool:
    """Whether the lines of a page hold anything that may announce or label recommendations."""
    text = "\n".join(lines)
    low = text.lower()
    if "(recommendation" in low:
        text = cues.REFERENCE_TO_LIST.sub("", text)
        low = text.lower()
    named = any(_may_be_heading(text, at) for at in cues_in(low))
    return named or any(_opens(line) for line in text.split("\n"))


def _opens(line: str) -> bool:
    """Whether a line opens an item, leads in a list, or is set with space between its letters, which hides its words."""
    if 3 * line.count(" ") >= len(line) and _LETTER_SPACED.match(line):
        return True
    if line.isupper() and "RECOMMENDATION" in line.replace(" ", ""):
        return True
    if line.endswith(":") and any(word in line.lower() for word in cues.LEAD_IN_WORDS):
        return True
    # Only lines with such a word, or such a letter near their beginning, can match: most lines need not be tried.
    likely = "ecommend" in line or "ECOMMEND" in line or not cues.OPENING_LETTERS.isdisjoint(line[:4])
    return likely and cues.OPENING_CUE.match(line) is not None


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _may_be_heading(text: str, at: int) -> bool:
    """Whether the line of `text` in which place `at` lies may be a heading."""
    first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[first : last if last >= 0 else len(text)].strip()
    if line[-1:] in ".;," or line[:1].islower() or line.count(" ") > LONGEST_HEADING:
        return False
    # A line as long as those of the text is a heading only if it comes to its point at once.
    return len(line) <= FULL_LINE or at - first <= NEAR_THE_START


def _goes_on(page: Page) -> bool:
    """Whether a page that was read announces or labels recommendations beyond doubt: the list mostly goes on over its end."""
    return any(
        announced_in(line.text) or formats.LABEL.match(line.text)
        for line in page.lines
        if may_announce(line.text) and not is_contents_line(line.text)
    )


def _is_still_listed(page: Page) -> bool:
    """Whether a list goes on over the end of a page: below its last item stands nothing that is set as a heading."""
    opens = [i for i, n in enumerate(page.lines) if formats.NUMBER.match(n.text) or formats.BULLET.match(n.text)]
    if not opens:
        return False
    usual = page.lines[opens[0]].size
    return not any(n.bold or n.size > 1.12 * usual for n in page.lines[opens[-1] + 1 :])


def _outline(pages: tuple[Page, ...]) -> Outline:
    body = body_size(pages)
    cleaned = clean(pages, body)
    lines = part_at_labels([line for page in cleaned for line in page.lines])
    contents = contents_pages(lines)
    lines, headings = with_codes(lines, find_headings(lines, body), contents)
    return Outline(pages, cleaned, lines, headings, contents, find_sections(lines, headings, contents))


def _pages_of(outline: Outline) -> Sequence[int]:
    """The pages over which sections of recommendations run, and those on which the headings stand that end them."""
    found = {line.page for section in outline.sections for line in outline.lines[section.first : section.end + 1]}
    return sorted(found)
