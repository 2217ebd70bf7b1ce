"""One PDF -> one Extraction. Runs inside the sandbox; `read_json` is what crosses its border."""

import hashlib
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, overload

import pypdfium2 as pdfium

from domain.framework import Framework, load_framework
from domain.records import ExtractedRecommendation, Extraction, Particulars, Rejected
from domain.states import Kind, Reason
from extract import codec, formats
from extract.addressees import addressee_of, agencies_of, is_single_agency, named_in_heading
from extract.asks import is_directive
from extract.bodies import with_abbreviations
from extract.boxes import boxes_of
from extract.completeness import complaints, late_beginning, none_found, stated_counts, unreached, without_any
from extract.document import Document, has_no_pages
from extract.draft import Item
from extract.hyphens import printed_hyphens, without_line_ends
from extract.layout import Line, Page
from extract.losses import Losses, of_recognised, of_tables, of_unrecognised, second_opinion
from extract.merge import Draft, Standing, merge
from extract.ocr_tools import recogniser
from extract.opening import open_review
from extract.paragraphs import split
from extract.particulars import read_particulars
from extract.possible import IN_A_TABLE, found_in_prose, left_in_sections, without_items
from extract.prose import told_in_prose
from extract.rehearsal import report
from extract.restated import with_other_places
from extract.section_reader import SectionReader
from extract.sections import Section
from extract.soundness import ends, refuse
from extract.survey import Outline, first_look, outline_of
from extract.time_limit import OutOfTime, at_most
from extract.turns import Turn, as_shown
from sandbox import deadline, steps

_OF_RECOMMENDATIONS = re.compile(r"\bsummary of (?:[\w-]+ ){0,2}recommendations\b")
_APPENDIX = re.compile(r"\bappendi(?:x|ces)\b|\bannexe?\b|\bin full\b")
SHARE_TO_READ = 0.85  # of the time of the whole call, after which what was not found is left
NO_TIME = "The text was read, but looking for recommendations in it took too long or failed. Split the file, or enter them: cap propose"
QUOTED = "labelled as a recommendation, but by its number quoted from another list"


@dataclass(frozen=True, slots=True)
class ToRecognise:
    """A file is not read yet: so many `pages` need text recognition, which takes seconds a page."""

    pages: int


def read_json(file: str, name: str, framework_file: str | None = None, recognise: bool = True) -> dict[str, Any]:
    """`read_review` for the sandbox: paths and plain JSON only. `name` is the file's name as its owner knows it.

    Without `recognise`, a file with pages for text recognition is not read: the answer is {"recognise": how many pages}.
    """
    framework = load_framework(Path(framework_file) if framework_file else None)
    _rehearse(framework_file)
    # In a copy of the process: a page that hangs or kills it costs that page, and not the file.
    return steps.in_a_copy(lambda: _answer(read_review(Path(file), name, framework, recognise=recognise)))


@cache
def _rehearse(framework_file: str | None) -> None:
    """Read our own report in this process, once, so that no copy has to make ready what is the same for every file."""
    framework = load_framework(Path(framework_file) if framework_file else None)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rehearsal.pdf"
        file.write_bytes(report())
        read_review(file, file.name, framework, recognise=False)


def _answer(result: Extraction | Rejected | ToRecognise) -> dict[str, Any]:
    if isinstance(result, ToRecognise):
        return {"recognise": result.pages}
    return codec.rejected_to_json(result) if isinstance(result, Rejected) else codec.to_json(result)


@overload
def read_review(file: Path, name: str, framework: Framework, *, whole: bool = False) -> Extraction | Rejected: ...
@overload
def read_review(
    file: Path, name: str, framework: Framework, *, whole: bool = False, recognise: bool
) -> Extraction | Rejected | ToRecognise: ...
def read_review(
    file: Path, name: str, framework: Framework, *, whole: bool = False, recognise: bool = True
) -> Extraction | Rejected | ToRecognise:
    """Read a review. Never raises for what a file contains: a file that cannot be read is `Rejected` with its reason.

    Without `recognise`, a file with pages that need text recognition, where that is installed, is `ToRecognise`. `whole`: read
    every page word by word, also where a glance shows that nothing can stand on it.
    Raises OSError where the file itself cannot be opened.
    """
    refusal = refuse(file, name)
    if refusal is not None:
        return refusal
    with tempfile.TemporaryDirectory(prefix="read-") as folder:
        return _read(file, name, framework, Path(folder), whole=whole, recognise=recognise)


def _read(
    file: Path, name: str, framework: Framework, folder: Path, *, whole: bool, recognise: bool
) -> Extraction | Rejected | ToRecognise:
    opened = open_review(file, folder)
    if isinstance(opened, pdfium.PdfiumError):
        return _cannot_open(file, name, opened)
    with opened.document as document:
        look = first_look(document, whole=whole or opened.damaged)
        pages, losses = second_opinion(opened, look)
        scans = sum(page.scanned for page in pages)
        if scans and recogniser().ready and not recognise:
            return ToRecognise(scans)
        pages, seen, turns, given_up = _with_scans(opened.file, pages)
        if not any(page.lines for page in pages):
            return _without_text(
                file, name, pages, damaged=opened.damaged or bool(look.unread), late=bool(look.late) or given_up
            )
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        losses = Losses(losses.partial or seen.partial, (*losses.warnings, *seen.warnings))
        unsearched = Extraction(sha256, name, len(pages), Particulars(), (), (), True, (*losses.warnings, NO_TIME))
        steps.offer(lambda: codec.to_json(unsearched))
        steps.enter("look for recommendations", patient=True)
        try:
            with at_most(deadline.left(SHARE_TO_READ)):
                outline = outline_of(document, pages)
                turns |= {
                    page.number: Turn((360 - document.turned[page.number]) % 360, 0.0, page.width, page.height)
                    for page in outline.pages
                    if page.number in document.turned
                }
                return as_shown(_extract(document, outline, sha256, name, framework, losses), turns)
        except OutOfTime:
            return unsearched


def _with_scans(file: Path, pages: Sequence[Page]) -> tuple[list[Page], Losses, dict[int, Turn], bool]:
    """The pages with those that are pictures recognised, where that can be done, and what is to be said of it.

    Then how they were turned, and whether there was too little time for some of them.
    """
    numbers = [page.number for page in pages if page.scanned]
    if not numbers or not recogniser().ready:
        return list(pages), of_unrecognised(pages), {}, False
    # A third of a second that most runs need not spend.
    from extract.ocr import recognise

    found = recognise(file, numbers)
    return found.put_into(pages), of_recognised(found), found.turns, bool(found.late)


def _cannot_open(file: Path, name: str, error: pdfium.PdfiumError) -> Rejected:
    # First, since pdfium may speak of a password where there is simply no page.
    if has_no_pages(file):
        return Rejected(name, Reason.EMPTY, f"{name} has no pages. Ask for the file again.")
    if "password" in str(error).lower() or "security" in str(error).lower():
        return Rejected(
            name, Reason.ENCRYPTED, f"{name} is protected by a password. Save a copy without the password and add that."
        )
    if not ends(file):
        return _cut_off(name)
    return Rejected(
        name,
        Reason.DAMAGED,
        f"{name} is damaged and cannot be opened. Ask for the file again, or save it anew as a PDF.",
    )


def _cut_off(name: str) -> Rejected:
    return Rejected(
        name,
        Reason.DAMAGED,
        f"{name} was cut off: it ends in the middle, and nothing can be read of it. Download it again. Ask for the file again where "
        "that does not help.",
    )


def _without_text(file: Path, name: str, pages: Sequence[Page], *, damaged: bool, late: bool) -> Rejected:
    """Why a file in which no page has text cannot be used."""
    if late:
        return Rejected(
            name,
            Reason.TOO_LONG,
            f"{name} took so long to read that there was no time for its pages. Save it anew as PDF.",
        )
    if damaged and not ends(file):
        return _cut_off(name)
    if damaged:
        return Rejected(
            name,
            Reason.DAMAGED,
            f"{name} is damaged, and no text could be read on any page of it. Ask for the file again.",
        )
    if any(page.scanned for page in pages):
        if recogniser().ready:
            message = (
                f"{name} holds pictures of pages, and text recognition (OCR) could read no words on them. Ask for a version "
                "with text, or scan it again, straight and with 300 dots an inch."
            )
        else:
            message = (
                f"{name} needs OCR (text recognition): it holds pictures of pages and no text. {recogniser().missing} "
                "Then add the file again."
            )
        return Rejected(name, Reason.NO_TEXT, message)
    words = "has no pages" if not pages else "holds only blank pages"
    return Rejected(name, Reason.EMPTY, f"{name} {words}. Ask for the file again.")


def _extract(
    document: Document, outline: Outline, sha256: str, name: str, framework: Framework, losses: Losses
) -> Extraction:
    pages, lines, headings = outline.pages, outline.lines, outline.headings
    framework = with_abbreviations(framework, (line.text for line in lines))
    hyphens = printed_hyphens(lines)
    reader = SectionReader(document, pages, lines, headings, framework)
    drafts, left_out, empty, leading = [], [], [], []
    for section, standing in zip(outline.sections, _standings(outline.sections), strict=True):
        items, rest = reader.read(section)
        if section.quoted:
            left_out += [(section, paragraph, QUOTED) for item in items for paragraph in item.paragraphs]
            continue
        if section.doubtful:
            left_out += [(section, p, IN_A_TABLE) for item in items if item.cell for p in item.paragraphs]
            items = [item for item in items if not item.cell]
        if items and section.kind is Kind.RECOMMENDATION and not section.loose:
            leading += split(_before(items, lines[section.first : section.end]), [], {})
        drafts += [
            Draft(_record(i, section, hyphens, framework), standing, section.first) for i in items if i.text(hyphens)
        ]
        left_out += [(section, paragraph, why) for paragraph, why in rest]
        if not items and not (section.tables_only or section.loose or section.led_in):
            empty.append((section, [paragraph for paragraph, _ in rest]))
    if not drafts:
        drafts = [
            Draft(_record(i, s, hyphens, framework), Standing.CHAPTER, s.first) for s, i in told_in_prose(outline)
        ]
    recommendations = with_other_places(merge(drafts), lines)
    among = outline.worth_reading()
    prose = found_in_prose(lines, outline.sections, headings, hyphens)
    possible = without_items([*left_in_sections(left_out, hyphens), *prose], recommendations)
    # The numbers of a chapter's paragraphs run through its reasons too; a plain number is that of an item.
    judged = [p.number for _, p, _ in left_out if p.number and ("." in p.number or not is_directive(p.text))]
    said = (
        *complaints(recommendations, stated_counts(split([lines[i] for i in among], [], {}), leading), judged),
        *late_beginning(recommendations, lines),
        *unreached(lines, outline.contents, headings, outline.sections),
        # A chapter parted by learning points and the like is one announcement.
        *without_any(
            [(s, rest) for s, rest in empty if s.heading not in {d.recommendation.section for d in drafts}],
            max((d.place for d in drafts), default=0),
        ),
        *none_found(recommendations, lines),
    )
    return Extraction(
        sha256,
        name,
        len(pages),
        read_particulars(outline.cleaned, document.title, framework),
        recommendations,
        possible,
        losses.partial or bool(document.untabled),
        (*losses.warnings, *of_tables(sorted(document.untabled)), *said),
    )


def _before(items: Sequence[Item], lines: Sequence[Line]) -> list[Line]:
    """Those of a section's lines that stand before its first item."""
    first = items[0].lines()[0].words[0]
    return list(takewhile(lambda line: first not in line.words, lines))


def _record(
    item: Item,
    section: Section,
    hyphens: Callable[[str, str], bool],
    framework: Framework,
) -> ExtractedRecommendation:
    text = item.text(hyphens)
    item.lead_in = item.lead_in and without_line_ends(item.lead_in, hyphens)
    item.addressee = item.addressee and without_line_ends(item.addressee, hyphens)
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
        heading_names=named_in_heading(item, addressee, framework),
        agencies=agencies,
        single_agency=is_single_agency(section, addressee, agencies, framework),
        target_date=item.target_date,
        boxes=boxes_of(lines),
    )


def _standings(sections: Sequence[Section]) -> list[Standing]:
    """Where the statements of each section stand. Of several lists, one under the findings is not the chapter itself."""
    own = [_standing(s, closing=s is _closing(sections)) for s in sections]
    depths = [len(s.trail) for s, standing in zip(sections, own, strict=True) if standing is Standing.CHAPTER]
    return [
        Standing.FINDING if standing is Standing.CHAPTER and len(s.trail) > min(depths) else standing
        for s, standing in zip(sections, own, strict=True)
    ]


def _closing(sections: Sequence[Section]) -> Section | None:
    """The last section before appendices and plans: "Summary of recommendations" there is their list, and no summary of the report."""
    before = [s for s in sections if _standing(s, closing=True) not in (Standing.APPENDIX, Standing.PLAN)]
    return before[-1] if len(before) > 1 else None


def _standing(section: Section, *, closing: bool) -> Standing:
    if section.tables_only and not section.by_head:
        return Standing.PLAN
    above = " ".join(h.text for h in section.trail).casefold()
    heading = section.heading.casefold()
    if formats.SUMMARY.search(above) or (
        formats.SUMMARY.search(heading) and not (closing and _OF_RECOMMENDATIONS.search(heading))
    ):
        return Standing.SUMMARY
    if _APPENDIX.search(f"{heading} {above}"):
        return Standing.APPENDIX
    # A last chapter "Conclusion and recommendations" is the list, whatever it tells beside.
    told = section.mixed and not closing
    return Standing.FINDING if section.loose or told or section.by_head or section.led_in else Standing.CHAPTER
