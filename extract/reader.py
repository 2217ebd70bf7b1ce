"""One PDF -> one Extraction. Runs inside the sandbox; `read_json` is what crosses its border."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from domain.framework import Framework, load_framework
from domain.language import agencies_in
from domain.records import (
    Box,
    ExtractedRecommendation,
    Extraction,
    Kind,
    PossibleRecommendation,
    Reason,
    Rejected,
)
from extract import asks, codec
from extract.document import Document
from extract.furniture import body_size, clean
from extract.headings import Heading, find_headings
from extract.items import Context, Found, Item, read_items
from extract.layout import Line, Page, Panel, Table, Word
from extract.merge import merge
from extract.paragraphs import Paragraph, printed_hyphens, split
from extract.particulars import read_particulars
from extract.sections import Section, find_sections, is_item_label
from extract.tables import read_tables

MOST_PAGES = 2000
RULES_OF_A_TABLE = 6  # fewer ruling lines than this make no table worth asking pdfplumber about


def read_json(file: str, name: str, framework_file: str | None = None) -> dict[str, Any]:
    """`read_review` for the sandbox: paths and plain JSON only. `name` is the file's name as its owner knows it."""
    framework = load_framework(Path(framework_file) if framework_file else None)
    result = read_review(Path(file), name, framework)
    return codec.rejected_to_json(result) if isinstance(result, Rejected) else codec.to_json(result)


def read_review(file: Path, name: str, framework: Framework) -> Extraction | Rejected:
    """Read a review. Never raises for what a file contains: a file that cannot be read is `Rejected` with its reason."""
    try:
        document = Document(file)
    except pdfium.PdfiumError as error:
        return _cannot_open(name, error)
    with document:
        if len(document) == 0:
            return Rejected(name, Reason.EMPTY, f"{name} has no pages. Ask for the file again.")
        if len(document) > MOST_PAGES:
            return Rejected(
                name,
                Reason.TOO_LARGE,
                f"{name} has {len(document)} pages; the most is {MOST_PAGES}. Split it and add the part with the review.",
            )
        pages, unread = _pages(document)
        if not any(page.lines for page in pages):
            reason, words = (
                (Reason.DAMAGED, "no page of it can be read")
                if unread == len(document)
                else (Reason.NO_TEXT, "it holds pictures of pages and no text")
            )
            remedy = (
                "Ask for the file again."
                if reason is Reason.DAMAGED
                else "Ask for a version with text, or run it through text recognition first."
            )
            return Rejected(name, reason, f"{name} cannot be used: {words}. {remedy}")
        return _extract(document, pages, hashlib.sha256(file.read_bytes()).hexdigest(), name, framework, unread)


def _cannot_open(name: str, error: pdfium.PdfiumError) -> Rejected:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return Rejected(
            name, Reason.ENCRYPTED, f"{name} is protected by a password. Save a copy without the password and add that."
        )
    return Rejected(
        name,
        Reason.DAMAGED,
        f"{name} is damaged and cannot be opened. Ask for the file again, or save it anew as a PDF.",
    )


def _pages(document: Document) -> tuple[list[Page], int]:
    pages, unread = [], 0
    for number in range(1, len(document) + 1):
        try:
            pages.append(document.page(number))
        except pdfium.PdfiumError:
            pages.append(Page(number, 595.0, 842.0, ()))
            unread += 1
    return pages, unread


def _extract(
    document: Document, pages: Sequence[Page], sha256: str, name: str, framework: Framework, unread: int
) -> Extraction:
    cleaned = clean(pages)
    lines = [line for page in cleaned for line in page.lines]
    body = body_size(pages)
    headings = find_headings(lines, body)
    sections = find_sections(lines, headings)
    hyphens = printed_hyphens(lines)
    panels = {page.number: page.panels for page in pages if page.panels}
    particulars = read_particulars(cleaned, document.title, framework)
    reading = _Reading(document, {p.number: p for p in pages}, lines, headings, panels)
    found = [(section, reading.section(section)) for section in sections]
    drafts = [
        _record(item, section, hyphens, framework)
        for section, (items, _) in found
        for item in items
        if item.text(hyphens)
    ]
    recommendations = merge([(d, _is_summary(s)) for d, s in drafts])
    possible = _possible(found, lines, sections, headings, hyphens, body)
    warnings = _warnings(pages, unread)
    return Extraction(sha256, name, len(pages), particulars, recommendations, possible, bool(warnings), warnings)


class _Reading:
    """The state of reading one document's sections: its lines, headings and pages, and tables found so far."""

    def __init__(
        self,
        document: Document,
        pages: dict[int, Page],
        lines: Sequence[Line],
        headings: Sequence[Heading],
        panels: dict[int, tuple[Panel, ...]],
    ) -> None:
        self._document, self._pages, self._lines = document, pages, lines
        self._headings, self._panels = headings, panels
        self._tables: dict[int, tuple[Table, ...]] = {}

    def section(self, section: Section) -> tuple[list[Item], list[tuple[Paragraph, str]]]:
        """The items of a section, and the paragraphs in it that were left out."""
        lines = self._lines[section.first : section.end]
        tables = self._tables_among(lines)
        if not tables:
            return self._stretches(section, None)
        read = read_tables(tables, section.kind, section.heading, _addressee_of(section, None))
        if not read.items:
            return self._stretches(section, None)
        keys = {(line.page, word) for line in read.used for word in line.words}
        items, left_out = self._stretches(section, keys)
        return sorted([*read.items, *items], key=lambda i: (i.lines()[0].page, i.lines()[0].top)), left_out

    def _tables_among(self, lines: Sequence[Line]) -> list[Table]:
        numbers = sorted(
            {
                line.page
                for line in lines
                if self._pages[line.page].rules + len(self._pages[line.page].panels) >= RULES_OF_A_TABLE
            }
        )
        out: list[Table] = []
        for number in numbers:
            if number not in self._tables:
                # Furniture and footnotes are set aside first, so that they cannot end up in a cell.
                shown = {id(line) for line in self._lines if line.page == number}
                page = self._pages[number]
                kept = tuple(line for line in self._lines if line.page == number and id(line) in shown)
                self._tables[number] = self._document.tables(
                    Page(page.number, page.width, page.height, kept, page.panels, page.rules, page.scanned)
                )
            inside = [line for line in lines if line.page == number]
            top, bottom = min(line.top for line in inside), max(line.bottom for line in inside)
            out.extend(t for t in self._tables[number] if t.bottom > top and t.top < bottom)
        return out

    def _stretches(
        self, section: Section, used: set[tuple[int, Word]] | None
    ) -> tuple[list[Item], list[tuple[Paragraph, str]]]:
        items: list[Item] = []
        left_out: list[tuple[Paragraph, str]] = []
        marks = [h for h in section.inner if not is_item_label(h.text)]
        bounds = [section.first, *(h.first for h in marks), section.end]
        for index, (first, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
            heading = marks[index - 1] if index else None
            start = heading.end if heading else first
            found = self._stretch(section, heading, start, end, used)
            items.extend(found.items)
            left_out.extend(found.left_out)
        return items, left_out

    def _stretch(
        self, section: Section, heading: Heading | None, first: int, end: int, used: set[tuple[int, Word]] | None
    ) -> Found:
        lines = self._lines[first:end]
        if used is not None:
            lines = [line for line in lines if not any((line.page, w) in used for w in line.words)]
        if not lines:
            return Found((), ())
        labels = {line for h in section.inner if is_item_label(h.text) for line in self._lines[h.first : h.end]}
        heads = [i for i, line in enumerate(lines) if line in labels]
        paragraphs = split(lines, heads, self._panels)
        context = Context(
            section.kind,
            section.heading,
            section.bullets,
            section.loose,
            _addressee_of(section, heading),
            self._panels,
        )
        return read_items(paragraphs, context)


def _addressee_of(section: Section, inner: Heading | None) -> str | None:
    """The nearest heading that names who must act: the sub-heading, the section's own, or one above it.

    Where other sub-headings of the section name agencies, a short one names its addressee too, known or not.
    """
    framework = load_framework(None)
    if inner is not None and len(inner.text.split()) <= 8 and inner.text[:1].isupper():
        siblings = [h for h in section.inner if not is_item_label(h.text) and agencies_in(h.text, framework)]
        if siblings:
            return inner.text
    for text in (inner.text if inner else None, section.heading, *reversed(section.trail)):
        if text and agencies_in(text, framework) and len(text.split()) <= 14:
            return text
    return None


def _record(
    item: Item, section: Section, hyphens: Callable[[str, str], bool], framework: Framework
) -> tuple[ExtractedRecommendation, Section]:
    text = item.text(hyphens)
    lines = item.lines()
    addressee = _addressee(item, text, framework)
    agencies = agencies_in(addressee, framework) if addressee else ()
    pages = tuple(sorted({line.page for line in lines}))
    return (
        ExtractedRecommendation(
            text=text,
            page=lines[0].page,
            section=section.heading,
            kind=item.kind,
            number=item.number,
            lead_in=item.lead_in,
            pages=pages,
            addressee=addressee,
            agencies=agencies,
            single_agency=_is_single_agency(section, agencies),
            target_date=item.target_date,
            boxes=_boxes(lines),
        ),
        section,
    )


def _addressee(item: Item, text: str, framework: Framework) -> str | None:
    """Who must act, nearest words first: a table's column or owner line, the item's subject, its lead-in, its heading.

    A question is put to the body whose heading or lead-in puts it; its own subject is what it asks about. A subject counts
    where it names an agency of the framework: "What happens to the file" is nobody's name.
    """
    if item.addressee:
        return item.addressee
    for words in ("" if item.kind is Kind.QUESTION else text, item.lead_in or ""):
        subject = asks.printed_addressee(words)
        if subject and agencies_in(subject, framework):
            return subject
    if item.heading:
        return asks.addressee_in_heading(item.heading)
    return None


# These act for everybody: what is asked of them is not one agency's own affair.
JOINT_BODIES = frozenset({"partnership", "all-partners", "government", "health"})


def _is_single_agency(section: Section, agencies: tuple[str, ...]) -> bool:
    """Announced as such, or asked of exactly one agency that is not a joint body."""
    words = " ".join([section.heading, *section.trail]).casefold().replace("-", " ")
    if "single agency" in words or "individual agency" in words:
        return True
    return len(agencies) == 1 and not JOINT_BODIES & set(agencies)


def _boxes(lines: Sequence[Line]) -> tuple[Box, ...]:
    """One box a page, round the item's lines on it."""
    out = []
    for page in sorted({line.page for line in lines}):
        here = [line for line in lines if line.page == page]
        out.append(
            Box(
                page,
                round(min(line.x0 for line in here), 1),
                round(min(line.top for line in here), 1),
                round(max(line.x1 for line in here), 1),
                round(max(line.bottom for line in here), 1),
            )
        )
    return tuple(out)


def _is_summary(section: Section) -> bool:
    words = " ".join([section.heading, *section.trail]).casefold()
    return "summary" in words


def _possible(
    found: Sequence[tuple[Section, tuple[list[Item], list[tuple[Paragraph, str]]]]],
    lines: Sequence[Line],
    sections: Sequence[Section],
    headings: Sequence[Heading],
    hyphens: Callable[[str, str], bool],
    body: float,
) -> tuple[PossibleRecommendation, ...]:
    """What a person should look at: asks left out within a section, and prose elsewhere that says it recommends."""
    out = []
    for section, (_, left_out) in found:
        for paragraph, why in left_out:
            text = paragraph.joined(hyphens).strip()
            if asks.is_directive(text) and len(text.split()) >= 6 and not asks.is_lead_in(text):
                out.append(
                    PossibleRecommendation(text, paragraph.lines[0].page, section.heading, why, _boxes(paragraph.lines))
                )
    taken = [(s.first, s.end) for s in sections]
    outside = [line for i, line in enumerate(lines) if not any(a <= i < b for a, b in taken)]
    heads = {line for h in headings for line in lines[h.first : h.end]}
    prose = split(outside, [i for i, line in enumerate(outside) if line in heads], {})
    for paragraph in prose:
        text = paragraph.joined(hyphens).strip()
        if asks.recommends_in_prose(text):
            why = "says that something is recommended, outside any list of recommendations"
            out.append(PossibleRecommendation(text, paragraph.lines[0].page, "", why, _boxes(paragraph.lines)))
    return tuple(out)


def _warnings(pages: Sequence[Page], unread: int) -> tuple[str, ...]:
    out = []
    scanned = [page.number for page in pages if page.scanned]
    if scanned:
        shown = ", ".join(map(str, scanned[:20])) + (" and others" if len(scanned) > 20 else "")
        out.append(f"Pages without readable text (pictures of pages): {shown}. Check them by eye.")
    if unread:
        out.append(f"{unread} of {len(pages)} pages are damaged and could not be read. Check them in another copy.")
    return tuple(out)
