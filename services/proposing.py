"""Recommendations from elsewhere than a review's PDF: a spreadsheet of an audit, a list of an inspection, or typed in."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.errors import InputRejected, UsageError
from domain.files import save
from domain.records import ExtractedRecommendation, Extraction, Particulars, ReviewRow
from domain.smart import no_such_day
from extract.listed import listed, not_read, one
from plan import reading
from plan.deciding import checked_published
from plan.ledger import now
from services.house import House, make_folder
from services.importing import read_file
from services.ingestion import add_extraction
from services.labelling import label
from services.publishing import refresh
from services.repeats import regroup


@dataclass(frozen=True, slots=True)
class Source:
    """Where recommendations come from, in a person's words. `published` is YYYY-MM-DD, YYYY-MM or YYYY."""

    review_type: str
    title: str
    reference: str | None = None
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """The source as the plan has it now, and what of the file was not taken, each with its place and why.

    beside: headings of columns that are not read; undated: what stands as a target date and is no day, with its place.
    """

    review: ReviewRow
    passed: tuple[str, ...]
    already: bool = False
    beside: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()


def propose_from(house: House, file: Path, source: Source) -> Proposed:
    """Enter the recommendations of a table (xlsx, csv, docx) as proposals of a source of their own.

    A file that the plan has already changes nothing. Raises `InputRejected` for one that holds no recommendation,
    `UsageError` for a type or a date that is none.
    """
    _check(house, source)
    tables, content = read_file(house, file)
    found, passed = listed(tables, house.framework)
    if not found:
        raise InputRejected(
            f"{file.name} has no recommendations: one column needs the heading Recommendation, with one in each row below."
        )
    sha256 = hashlib.sha256(content).hexdigest()
    known = reading.review_by_sha(house.plan, sha256)
    if known is not None:
        return Proposed(known, passed, already=True)
    save(make_folder(house.settings.originals) / f"{sha256}{file.suffix.casefold()}", content)
    row = _enter(house, sha256, file.name, source, found, len(tables))
    undated = tuple(f"{r.section}: “{r.target_date}”" for r in found if no_such_day(r.target_date or ""))
    return Proposed(row, passed, beside=not_read(tables), undated=undated)


def propose(house: House, texts: Sequence[str], source: Source, *, addressee: str | None = None) -> Proposed:
    """Enter recommendations that a person types in. The same words from the same source change nothing."""
    _check(house, source)
    words = [" ".join(text.split()) for text in texts]
    if not words or not all(words):
        raise UsageError("Give the words of the recommendation: cap propose --text WORDS")
    given = [source.review_type, source.title, source.reference, source.publisher, source.published, addressee, *words]
    sha256 = hashlib.sha256(json.dumps(given).encode()).hexdigest()
    known = reading.review_by_sha(house.plan, sha256)
    if known is not None:
        return Proposed(known, (), already=True)
    found = [one(text, house.framework, addressee=addressee, number=str(n)) for n, text in enumerate(words, start=1)]
    return Proposed(_enter(house, sha256, "entered by hand", source, found, 1), ())


def _check(house: House, source: Source) -> None:
    types = {entry.code.casefold(): entry.code for entry in house.framework.review_types}
    if source.review_type not in types.values():
        raise UsageError(f"“{source.review_type}” is not a type of review. Choose from: {', '.join(types.values())}.")
    if not source.title.strip():
        raise UsageError(
            "Say where the recommendations come from: --title, for example “Audit of strategy discussions”."
        )
    if source.published:
        checked_published(source.published)


def _enter(
    house: House, sha256: str, name: str, source: Source, found: Sequence[ExtractedRecommendation], pages: int
) -> ReviewRow:
    extraction = Extraction(
        sha256=sha256,
        file=name,
        pages=pages,
        particulars=Particulars(
            source.title, source.reference, source.review_type, source.publisher, None, source.published
        ),
        recommendations=tuple(found),
    )
    row = add_extraction(house, extraction, label(house, extraction.recommendations), f"propose-{now()}")
    regroup(house)
    refresh(house)
    return row
