"""One PDF -> one Extraction. Runs inside the sandbox; `read_json` is what crosses its border."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from domain.framework import Framework, load_framework
from domain.records import ExtractedRecommendation, Extraction, Reason, Rejected
from extract import codec
from extract.addressees import addressee_of, agencies_of, is_single_agency
from extract.bodies import with_abbreviations
from extract.boxes import boxes_of
from extract.completeness import complaints, stated_counts
from extract.document import Document, has_no_pages
from extract.draft import Item
from extract.hyphens import printed_hyphens
from extract.layout import Page
from extract.merge import Draft, Standing, merge
from extract.paragraphs import split
from extract.particulars import read_particulars
from extract.possible import found_in_prose, left_in_sections, without_items
from extract.prose import told_in_prose
from extract.section_reader import SectionReader
from extract.sections import Section
from extract.soundness import refuse
from extract.survey import Outline, look_through

MOST_PAGES = 2000
QUOTED = "labelled as a recommendation, but by its number quoted from another list"


def read_json(file: str, name: str, framework_file: str | None = None) -> dict[str, Any]:
    """`read_review` for the sandbox: paths and plain JSON only. `name` is the file's name as its owner knows it."""
    framework = load_framework(Path(framework_file) if framework_file else None)
    result = read_review(Path(file), name, framework)
    return codec.rejected_to_json(result) if isinstance(result, Rejected) else codec.to_json(result)


def read_review(file: Path, name: str, framework: Framework, *, whole: bool = False) -> Extraction | Rejected:
    """Read a review. Never raises for what a file contains: a file that cannot be read is `Rejected` with its reason.

    `whole`: read every page in full, also where a glance shows that nothing can stand on it. Raises OSError where the file
    itself cannot be opened.
    """
    refusal = refuse(file, name)
    if refusal is not None:
        return refusal
    try:
        document = Document(file)
    except pdfium.PdfiumError as error:
        return _cannot_open(file, name, error)
    with document:
        if len(document) > MOST_PAGES:
            return Rejected(
                name,
                Reason.TOO_LARGE,
                f"{name} has {len(document)} pages; the most is {MOST_PAGES}. Split it and add the part with the review.",
            )
        outline = look_through(document, whole=whole)
        if not any(page.lines for page in outline.pages):
            return _without_text(name, outline.pages, outline.unread)
        return _extract(document, outline, hashlib.sha256(file.read_bytes()).hexdigest(), name, framework)


def _cannot_open(file: Path, name: str, error: pdfium.PdfiumError) -> Rejected:
    # First, since pdfium may speak of a password where there is simply no page.
    if has_no_pages(file):
        return Rejected(name, Reason.EMPTY, f"{name} has no pages. Ask for the file again.")
    if "password" in str(error).lower() or "security" in str(error).lower():
        return Rejected(
            name, Reason.ENCRYPTED, f"{name} is protected by a password. Save a copy without the password and add that."
        )
    return Rejected(
        name,
        Reason.DAMAGED,
        f"{name} is damaged and cannot be opened. Ask for the file again, or save it anew as a PDF.",
    )


def _without_text(name: str, pages: Sequence[Page], unread: Sequence[int]) -> Rejected:
    """Why a file in which no page has text cannot be used."""
    if len(unread) == len(pages) and pages:
        return Rejected(name, Reason.DAMAGED, f"{name} is damaged: no page of it can be read. Ask for the file again.")
    if any(page.scanned for page in pages):
        return Rejected(
            name,
            Reason.NO_TEXT,
            f"{name} holds pictures of pages and no text. Ask for a version with text, or run it through text "
            "recognition (OCR) first.",
        )
    words = "has no pages" if not pages else "holds only blank pages"
    return Rejected(name, Reason.EMPTY, f"{name} {words}. Ask for the file again.")


def _extract(document: Document, outline: Outline, sha256: str, name: str, framework: Framework) -> Extraction:
    pages, lines, headings = outline.pages, outline.lines, outline.headings
    framework = with_abbreviations(framework, (line.text for line in lines))
    hyphens = printed_hyphens(lines)
    reader = SectionReader(document, pages, lines, headings, framework)
    drafts, left_out = [], []
    for section in outline.sections:
        items, rest = reader.read(section)
        if section.quoted:
            left_out += [(section, paragraph, QUOTED) for item in items for paragraph in item.paragraphs]
            continue
        standing = _standing(section)
        drafts += [
            Draft(_record(i, section, hyphens, framework), standing, section.first) for i in items if i.text(hyphens)
        ]
        left_out += [(section, paragraph, why) for paragraph, why in rest]
    if not drafts:
        drafts = [Draft(_record(i, s, hyphens, framework), Standing.BODY, s.first) for s, i in told_in_prose(outline)]
    recommendations = merge(drafts)
    among = outline.worth_reading()
    prose = found_in_prose(lines, outline.sections, headings, hyphens)
    possible = without_items([*left_in_sections(left_out, hyphens), *prose], recommendations)
    missing = _missing_pages(pages, outline.unread, intact=document.is_intact)
    said = complaints(recommendations, stated_counts(split([lines[i] for i in among], [], {})))
    return Extraction(
        sha256,
        name,
        len(pages),
        read_particulars(outline.cleaned, document.title, framework),
        recommendations,
        possible,
        bool(missing),
        (*missing, *said),
    )


def _record(
    item: Item, section: Section, hyphens: Callable[[str, str], bool], framework: Framework
) -> ExtractedRecommendation:
    text = item.text(hyphens)
    lines = item.lines()
    addressee = addressee_of(item, text, framework)
    agencies = agencies_of(item, text, addressee, framework)
    return ExtractedRecommendation(
        text=text,
        page=lines[0].page,
        section=section.heading,
        kind=item.kind,
        number=item.number,
        lead_in=item.lead_in,
        pages=tuple(sorted({line.page for line in lines})),
        addressee=addressee,
        agencies=agencies,
        single_agency=is_single_agency(section, addressee, agencies, framework),
        target_date=item.target_date,
        boxes=boxes_of(lines),
    )


def _standing(section: Section) -> Standing:
    if section.tables_only:
        return Standing.PLAN
    words = " ".join([section.heading, *section.trail]).casefold()
    return Standing.SUMMARY if "summary" in words else Standing.BODY


def _missing_pages(pages: Sequence[Page], unread: Sequence[int], *, intact: bool) -> tuple[str, ...]:
    """Which pages could not be read, in plain words: nothing can be known of what stands on them."""
    out = []
    scanned = [page.number for page in pages if page.scanned]
    if scanned:
        out.append(f"Pages that are pictures without readable text: {_listed(scanned)}. Check them by eye.")
    if unread:
        out.append(f"Damaged pages that could not be read: {_listed(unread)}. Check them in another copy.")
    if not intact:
        out.append(
            f"The file is damaged and was read as far as it could be: {len(pages)} pages were found, and others may be "
            "missing. Ask for another copy and compare."
        )
    return tuple(out)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (f" and {len(numbers) - 20} more" if len(numbers) > 20 else "")
