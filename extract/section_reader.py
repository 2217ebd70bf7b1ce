"""The sections of one document -> items: their tables first, then the lines that no table has used."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from domain.framework import Framework
from domain.states import Kind
from extract import asks, formats
from extract.addressees import heading_of
from extract.document import Document
from extract.draft import Context, Found, Item
from extract.headings import NUMBERING, Heading
from extract.items import read_items
from extract.layout import Line, Page, Panel, Table, Word
from extract.numbered_titles import Stretch, under_numbered_titles
from extract.open_tables import with_open_end
from extract.own_numbers import own_paragraphs
from extract.paragraphs import Marker, Paragraph, leading, split
from extract.sections import Section, sentence_up_to
from extract.subjects import addressee_in_heading, is_like_a_name
from extract.tables import Place, TableItems, described, keep_dates, read_tables
from extract.unnumbered import SET_IN
from extract.unruled import find_unruled

RULES_OF_A_TABLE = 6  # fewer ruling lines than this make no table worth asking pdfplumber about
UPRIGHTS_OF_A_TABLE = 3  # left, right, and one between two columns: without it there are only boxes
RULES_OF_A_TAIL = 2  # except on the page after one with a table

_OPENERS = (Marker.NUMBER, Marker.LETTER, Marker.BULLET, Marker.SUB)
_CAPTION = re.compile(r"(?:table|figure|chart|box)\s+\w{1,3}\s*[:.–—-]", re.IGNORECASE)
_FIRST = ("1", "A", None)  # numbers with which a list begins; bullets have none


def _list_at_the_top(paragraphs: Sequence[Paragraph], above: Line) -> list[Paragraph]:
    """The list with which a stretch begins, less whatever follows it; empty where it begins with none.

    Without bullets or numbers it is what is set in from the words of the line above that leads in.
    """
    margin = next((w.x0 for w in above.words if any(map(str.isalpha, w.text))), above.x0) + SET_IN
    if paragraphs and paragraphs[0].marker is Marker.NONE and paragraphs[0].x0 > margin:
        return list(itertools.takewhile(lambda p: p.marker is Marker.NONE and p.x0 > margin, paragraphs))
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        question = paragraph.text.endswith("?") and (not out or out[0].marker is Marker.NONE)
        within = bool(out) and (not out[-1].ends or paragraph.x0 > out[0].x0 + 4)
        # Below "(i)", "(ii)" the chapter's own paragraphs go on: "5.1.7".
        chapter = bool(out) and paragraph.marker is Marker.DECIMAL is not out[0].marker
        if chapter or not (paragraph.marker is not Marker.NONE or question or within):
            break
        out.append(paragraph)
    return out


def _stands_over_a_list(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a paragraph is a line that ends in nothing, with a list below it and the end of something above."""
    paragraph = paragraphs[index]
    after = paragraphs[index + 1 : index + 3]
    if len(after) == 2 and after[0].marker is Marker.NONE and asks.is_lead_in(after[0].text):
        after = after[1:]  # "Probation Service", "Offender managers must:", and then the list
    begins = bool(after) and after[0].marker in _OPENERS and after[0].number in _FIRST
    # "The Trust should:" leads in; "The Trust:" only names.
    unended = not paragraph.ends or (paragraph.text.endswith(":") and not asks.is_lead_in(paragraph.text))
    plain = paragraph.marker is Marker.NONE and len(paragraph.lines) == 1 and unended
    return begins and plain and (index == 0 or paragraphs[index - 1].ends)


FEWEST_NAMED = 2  # headings that name bodies, before one of their kind is taken for a name that is not known


def _of_one_style(a: Heading, b: Heading) -> bool:
    return abs(a.size - b.size) < 0.6 and a.bold == b.bold and a.capitals == b.capitals


def _set_alike(a: Paragraph, b: Paragraph) -> bool:
    """Whether two lines begin at one edge, in one type."""
    first, second = a.lines[0], b.lines[0]
    return abs(a.x0 - b.x0) < 3 and first.bold == second.bold and abs(first.size - second.size) < 0.5


def _is_plain_prose(item: Item) -> bool:
    return len(item.paragraphs) == 1 and item.paragraphs[0].marker is Marker.NONE


def _leads_in_below(paragraph: Paragraph) -> bool:
    plain = paragraph.marker in (Marker.NONE, Marker.DECIMAL, Marker.NUMBER)
    # "To improve help for children, the council should take the following action."
    announces = re.search(r"\bshould\b[^.:]* the following (?:actions?|steps)\.$", paragraph.text) is not None
    return plain and not paragraph.heading and (announces or asks.is_lead_in(paragraph.text))


def _is_in_one_of(tables: Sequence[Table], line: Line, word: Word) -> bool:
    """Whether a word is in a cell of a table, or within it and in none: a cell over several rows may have no rules of its own."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(t.page == line.page and t.x0 - 2 <= x <= t.x1 + 2 and t.top - 2 <= y <= t.bottom + 2 for t in tables)


def lead_in_of(heading: str) -> str | None:
    """A heading that needs what follows to be complete: "The youth justice service should", "Questions to consider:"."""
    words = NUMBERING.sub("", heading.strip(), count=1)
    if re.match(r"what (?:needs?|must|ha(?:s|ve)) to\b", words, re.IGNORECASE):
        return None  # it announces, and needs no completion
    return (
        words if asks.is_lead_in(words) or re.search(r"\b(?:should|must|is asked to|are asked to):?$", words) else None
    )


class SectionReader:
    """The state of reading one document's sections: its lines, headings and pages, and the tables found so far."""

    def __init__(
        self,
        document: Document,
        pages: Sequence[Page],
        lines: Sequence[Line],
        headings: Sequence[Heading],
        framework: Framework,
    ) -> None:
        self._document, self._lines, self._headings = document, lines, headings
        self._pages = {page.number: page for page in pages}
        self._panels: dict[int, tuple[Panel, ...]] = {page.number: page.panels for page in pages if page.panels}
        self._framework = framework
        self._leading = leading(lines)
        self._own = own_paragraphs(lines)
        self._tables: dict[int, tuple[Table, ...]] = {}

    def read(self, section: Section) -> tuple[list[Item], list[tuple[Paragraph, str]]]:
        """The items of a section, and the paragraphs in it that were left out, each with why."""
        items, left_out = self._read(section)
        if section.kind is Kind.RECOMMENDATION and any(i.number for i in items):
            # Where recommendations are numbered, a paragraph without a number is one only if it says so plainly.
            told = [
                i
                for i in items
                if i.number is None
                and not i.cell
                and _is_plain_prose(i)
                and not asks.asks_in_so_many_words(i.paragraphs[0].text)
            ]
            items = [i for i in items if i not in told]
            left_out = left_out + [(p, "beside the numbered recommendations") for i in told for p in i.paragraphs]
        return items, left_out

    def _read(self, section: Section) -> tuple[list[Item], list[tuple[Paragraph, str]]]:
        """All that may be an item, whatever else the section holds."""
        section = self._within_its_box(section)
        lines = self._lines[section.first : section.end]
        read = self._read_tables(section, lines)
        items, left_out = self._beside(section, read, read.describing)
        if not described(items, read.describing):
            return self._beside(section, read, ())  # these tables may be what is asked, and are read like text
        keep_dates(items, read.describing)
        return items, left_out

    def _beside(
        self, section: Section, read: TableItems, describing: Sequence[Table]
    ) -> tuple[list[Item], list[tuple[Paragraph, str]]]:
        """The items of a section's tables and of the text beside them and beside those tables that describe an item."""
        lines = self._lines[section.first : section.end]
        apart = (*(read.used if read.items else ()), *describing)
        used = {
            (line.page, word) for line in lines for word in line.words if apart and _is_in_one_of(apart, line, word)
        }
        items, left_out = ([], []) if section.tables_only else self._stretches(section, used)
        if section.by_head:
            items, left_out = self._stretches(replace(section, loose=True), used)  # labels beside the tables count too
        if read.items:
            items = sorted([*read.items, *items], key=lambda i: (i.lines()[0].page, i.lines()[0].top))
        return items, left_out

    def _read_tables(self, section: Section, lines: Sequence[Line]) -> TableItems:
        """The items of the section's tables: of its ruled ones, and of those without rules on pages where no ruled one is used.

        A table may have its rules or shades on some pages only: on its last one stands a single row, which bears none.
        """
        rungs = {number: self._pages[number].rungs for number in {line.page for line in lines}}

        def read(tables: Sequence[Table]) -> TableItems:
            return read_tables(
                tables,
                lambda table: self._place(section, table),
                actions_too=not section.tables_only or section.by_head,
            )

        ruled = read(self._ruled_among(lines))
        # Of some tables only the head is shaded or ruled: the rows below it are in none.
        filled = [table for table in ruled.used if len(table.rows) > 1]
        pages = {table.page for table in filled}
        unruled = find_unruled([line for line in lines if line.page not in pages], rungs)
        if not ruled.items or not unruled:
            return ruled if ruled.items or ruled.describing else read(unruled)
        both = read(sorted([*filled, *unruled], key=lambda table: (table.page, table.top)))
        return both if len(both.items) > len(ruled.items) else ruled

    def _within_its_box(self, section: Section) -> Section:
        """A section whose heading stands in a box with the text below it ends with that box, or with its part on the next page."""
        if section.first == 0 or section.first >= section.end or section.tables_only:
            return section
        heading, first = self._lines[section.first - 1], self._lines[section.first]
        box = next((p for p in self._panels.get(heading.page, ()) if p.holds(heading) and p.holds(first)), None)
        if box is None or heading.page != first.page or heading.text not in section.heading:
            return section
        inside = itertools.takewhile(
            lambda i: any(p.holds(self._lines[i]) for p in self._panels.get(self._lines[i].page, ())),
            range(section.first, section.end),
        )
        end = 1 + max(inside, default=section.end - 1)
        return replace(section, end=end, inner=tuple(h for h in section.inner if h.first < end))

    def _place(self, section: Section, table: Table) -> Place:
        """What the items of a table share; bold words within a table are no heading above it."""
        above = [
            h
            for h in section.inner
            if (h.page, h.top) < (table.page, table.top)
            and not any(t.top - 1 <= h.top < t.bottom for t in self._tables.get(h.page, ()))
        ]
        inner = above[-1] if above else None
        return Place(section.kind, section.heading, heading_of(section, inner, self._framework))

    def _ruled_among(self, lines: Sequence[Line]) -> list[Table]:
        """Ruled tables that share a stretch of a page with `lines`."""
        out: list[Table] = []
        for number in sorted({line.page for line in lines}):
            page = self._pages[number]
            # The rest of a table on its last page may be a single row, which few lines rule, and none upright.
            above = out[-1] if out and self._ends_its_page(out[-1]) and out[-1].page == number - 1 else None
            fewest = RULES_OF_A_TAIL if out and out[-1].page == number - 1 else RULES_OF_A_TABLE
            # A shade has two level edges, however small it is.
            drawn = max(page.rules + len(page.panels), len(page.rungs) // 2)
            if drawn < fewest or (above is None and page.uprights < UPRIGHTS_OF_A_TABLE):
                continue
            if number not in self._tables:
                # Furniture and footnotes are set aside first, so that they cannot end up in a cell.
                kept = tuple(line for line in self._lines if line.page == number)
                found = self._document.tables(replace(page, lines=kept), above)
                self._tables[number] = (*found[:-1], with_open_end(found[-1], kept)) if found else ()
            inside = [line for line in lines if line.page == number]
            top, bottom = min(line.top for line in inside), max(line.bottom for line in inside)
            out.extend(t for t in self._tables[number] if t.bottom > top and t.top < bottom)
        return out

    def _ends_its_page(self, table: Table) -> bool:
        """Whether nothing stands below a table but what is set aside."""
        return not any(line.page == table.page and line.top > table.bottom for line in self._lines)

    def _stretches(
        self, section: Section, used: set[tuple[int, Word]]
    ) -> tuple[list[Item], list[tuple[Paragraph, str]]]:
        items: list[Item] = []
        left_out: list[tuple[Paragraph, str]] = []
        marks = [h for h in section.inner if not h.labels]
        bounds = [section.first, *(h.first for h in marks), section.end]
        labelled = any(h.labels for h in section.inner)
        read: list[Stretch] = []
        led_in: str | None = None
        for index, (first, end) in enumerate(itertools.pairwise(bounds)):
            heading = marks[index - 1] if index else None
            found = self._stretch(section, heading, heading.end if heading else first, end, used, led_in)
            led_in = found.leads_in or led_in
            if heading and labelled and _CAPTION.match(heading.text):
                # A table that names no column of recommendations is none, beside recommendations that have labels.
                rows = tuple((p, "below the caption of a table") for item in found.items for p in item.paragraphs)
                found = Found((), (*found.left_out, *rows))
            if heading and formats.DATE_HEADING.match(heading.text):
                for item in found.items:
                    item.target_date = item.target_date or heading.text.strip(" :.")
            read.append((heading, found))
        for found in under_numbered_titles(read):
            items.extend(found.items)
            left_out.extend(found.left_out)
        if section.kind is Kind.AREA and any(i.paragraphs[0].marker is not Marker.NONE for i in items):
            # Where areas are listed by bullets or numbers, a paragraph without one introduces them.
            told = [i for i in items if i.paragraphs[0].marker is Marker.NONE]
            items = [i for i in items if i not in told]
            left_out = left_out + [(p, "beside the areas for improvement") for i in told for p in i.paragraphs]
        return items, left_out

    def _stretch(
        self,
        section: Section,
        heading: Heading | None,
        first: int,
        end: int,
        used: set[tuple[int, Word]],
        led_in: str | None,
    ) -> Found:
        """The items of one stretch; `led_in`: the sentence before it that the items below its heading complete."""
        lines = [line for line in self._lines[first:end] if not any((line.page, w) in used for w in line.words)]
        if not lines:
            return Found((), ())
        labels = {line for h in section.inner if h.labels for line in self._lines[h.first : h.end]}
        heads = [i for i, line in enumerate(lines) if line in labels]
        context = Context(
            section.kind,
            section.heading,
            section.bullets,
            section.loose,
            heading_of(section, heading, self._framework),
            self._panels,
            section.mixed,
            lead_in_of(heading.text if heading else section.heading) or led_in,
            self._own,
            lambda words: addressee_in_heading(words, self._framework),
        )
        paragraphs = split(lines, heads, self._panels, self._leading)
        if section.led_in:
            paragraphs = _list_at_the_top(paragraphs, self._lines[section.first - 1])
            context = replace(context, lead_in=self._sentence_before(section))
        items: list[Item] = []
        left_out: list[tuple[Paragraph, str]] = []
        leads_in = None
        if end < section.end and paragraphs and _leads_in_below(paragraphs[-1]):
            # "The Board should:", and below it a heading over the first part of the list.
            leads_in = paragraphs[-1].text
            left_out.append((paragraphs.pop(), "leads in what stands below the next heading"))
        over = heading.text if heading and self._is_name_among(section, heading) else None
        for name, part in self._under_names(paragraphs):
            found = read_items(part, replace(context, heading=name or context.heading))
            unknown = name or over
            if unknown and addressee_in_heading(unknown, self._framework) is None:
                for item in found.items:
                    item.body = unknown.strip(" :.")
            items.extend(found.items)
            left_out.extend(found.left_out)
        return Found(tuple(items), tuple(left_out), leads_in)

    def _is_name_among(self, section: Section, heading: Heading) -> bool:
        """Whether a heading that no list of agencies knows stands among headings that name who must act, and looks like a name."""
        if not is_like_a_name(heading.text):
            return False
        others = [h for h in section.inner if h is not heading and not h.labels and _of_one_style(h, heading)]
        named = [h for h in others if addressee_in_heading(h.text, self._framework)]
        return len(named) >= FEWEST_NAMED and 2 * len(named) >= len(others)

    def _under_names(self, paragraphs: Sequence[Paragraph]) -> list[tuple[str | None, list[Paragraph]]]:
        """The paragraphs parted where a line only names who must act, in the type of the text: the heading of a list below.

        Where some such lines name bodies that are known, the others do too: what stands below one is not asked of the last known.
        """
        over = [index for index in range(len(paragraphs)) if _stands_over_a_list(paragraphs, index)]
        names = {i: addressee_in_heading(paragraphs[i].text, self._framework) is not None for i in over}
        known = [paragraphs[i] for i, name in names.items() if name]
        heads = {i for i, name in names.items() if name or any(_set_alike(paragraphs[i], k) for k in known)}
        parts: list[tuple[str | None, list[Paragraph]]] = [(None, [])]
        for index, paragraph in enumerate(paragraphs):
            if index in heads:
                parts.append((paragraph.text, []))
            else:
                parts[-1][1].append(paragraph)
        return [(name, part) for name, part in parts if part]

    def _sentence_before(self, section: Section) -> str | None:
        """The sentence that leads in a list, without the number of its paragraph."""
        sentence = sentence_up_to(self._lines, section.first - 1)
        numbered = formats.DECIMAL.match(sentence) or formats.NUMBER.match(sentence)
        return numbered["rest"] if numbered else sentence
