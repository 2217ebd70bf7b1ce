"""Add reviews to the plan: survey the files, read each in the sandbox, label, find near-repeats, enter in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.errors import CannotWork, NotAllowed, SandboxError, SandboxMemory, SandboxTimeout
from domain.framework import load_framework
from domain.identity import recommendation_ids
from domain.records import (
    AlreadyIngested,
    Extraction,
    Ingested,
    NewEdition,
    Processed,
    Rejected,
    RepeatGroup,
    ReviewRow,
)
from domain.states import Cover, Reason, Visibility
from extract import codec
from plan import reading, writing
from plan.erasing import is_erased
from plan.ledger import transaction
from sandbox.outcomes import Crashed, TookTooLong, TookTooMuch
from services.covering import covered
from services.house import House
from services.intake import Arrival, is_samples, look_at
from services.keeping import forget_reading, keep_original, keep_reading, kept_reading
from services.labelling import Labelled, label
from services.repeats import groups_with
from services.samples import sample_hashes, stories

READER = "extract.reader:read_json"
STARTING = "start"  # what the sandbox calls the time before a process takes its first file


@dataclass(frozen=True, slots=True)
class Survey:
    """What a list of files comes to before any is opened. Every file is in one of the two, or a double of one to read.

    to_read: new content, once each; settled: what needs no reading, by file name; doubles: other names of content to read.
    """

    to_read: tuple[Arrival, ...]
    settled: tuple[Processed, ...]
    doubles: tuple[Arrival, ...]


def new_run() -> str:
    """An identifier for a run."""
    return "run-" + uuid.uuid4().hex[:12]


def survey(house: House, files: Sequence[Path], *, again: bool = False) -> Survey:
    """Sort files into those to read and those already settled. With `again`, known content is read anew."""
    samples = frozenset() if is_samples(house.settings.corpus) else sample_hashes()
    to_read: dict[str, Arrival] = {}
    settled: list[Processed] = []
    doubles: list[Arrival] = []
    for file in files:
        found = look_at(file)
        if isinstance(found, Rejected):
            settled.append(found)
        elif found.sha256 in samples:
            message = f"{found.name} is one of the fictional samples, which never enter a real plan. Take it out of the corpus."
            settled.append(Rejected(found.name, Reason.SAMPLE, message))
        elif found.sha256 in to_read:
            doubles.append(found)
        else:
            known = reading.review_by_sha(house.plan, found.sha256)
            # An edition that a newer one has replaced stays replaced, whatever is read again.
            stays = known is not None and is_erased(house.plan, known.id)
            if known is None or (again and known.sha256 == found.sha256 and not stays):
                to_read[found.sha256] = found
            else:
                settled.append(AlreadyIngested(found.name, known))
    return Survey(tuple(to_read.values()), tuple(settled), tuple(doubles))


def read_pdf(house: House, path: Path, name: str) -> Extraction | Rejected:
    """Read one PDF in the sandbox. What goes wrong there is a rejection with its reason, never an exception.

    A file with pages for text recognition is asked for twice: first how many there are, which is quick, then with as much
    more time as they need.
    """
    arguments = (str(path.absolute()), name, _framework_file(house))
    seconds, scans = house.settings.seconds, 0
    try:
        answer = house.sandbox.call(READER, *arguments, False)
        if isinstance(answer, dict) and "recognise" in answer:
            scans = int(answer["recognise"])
            seconds += scans * house.settings.ocr_seconds
            answer = house.sandbox.call(READER, *arguments, True, seconds=seconds)
        if not isinstance(answer, dict):
            raise TypeError("not an object")
        return codec.from_json(answer)
    except (TookTooLong, TookTooMuch, Crashed) as error:
        if error.facts.function == STARTING:
            raise CannotWork(
                "The program that reads PDFs does not start. Run cap doctor to see what is missing."
            ) from error
        return _refused(house, name, error, seconds, scans)
    except (KeyError, TypeError, ValueError):
        return _damaged(name)


def _refused(house: House, name: str, error: SandboxError, seconds: float, scans: int) -> Rejected:
    """The rejection that a failure on this very file comes to. `scans`: how many pages were being recognised."""
    if isinstance(error, SandboxTimeout):
        what = (
            f"Recognising the text of its scanned pages ({scans}) took so long; allow each page more than "
            f"{house.settings.ocr_seconds:g} seconds with CAP_OCR_SECONDS, or ask for a version with text."
            if scans
            else "Save it anew as PDF."
        )
        return Rejected(
            name, Reason.TOO_LONG, f"{name} took longer than {seconds:g} seconds to read and was given up. {what}"
        )
    if isinstance(error, SandboxMemory):
        limit = house.settings.memory_mb
        return Rejected(
            name,
            Reason.TOO_LARGE,
            f"{name} needs more than {limit} MB of memory to read. Save it anew with smaller pictures.",
        )
    return _damaged(name)


def _damaged(name: str) -> Rejected:
    return Rejected(
        name, Reason.DAMAGED, f"{name} is damaged: reading it failed. Ask for the file again, or save it anew as PDF."
    )


def _framework_file(house: House) -> str | None:
    """The partnership's own framework file, once it has been found sound: in the sandbox its faults would be the PDF's."""
    if house.settings.framework is None:
        return None
    load_framework(house.settings.framework)
    return str(house.settings.framework)


def read_and_keep(house: House, arrival: Arrival) -> str:
    """Read a PDF and keep what came of it in `outputs/readings` until it is entered; gives its sha256."""
    result = read_pdf(house, arrival.path, arrival.name)
    keep_reading(house, arrival.sha256, result)
    return arrival.sha256


def enter(house: House, arrival: Arrival, run: str, *, again: bool = False, edition: bool | None = None) -> Processed:
    """Enter a read PDF in the plan, with its original, or say why not.

    edition: what a file with a known reference and publisher but other content is: True, a new edition that takes the
    place of the old; False, a review of its own; None, not said, so that it is offered and waits for a person.
    """
    same = reading.review_by_sha(house.plan, arrival.sha256)
    if same is not None and not again:
        result: Processed = AlreadyIngested(arrival.name, same)
    else:
        extraction = kept_reading(house, arrival.sha256)
        result = (
            extraction if isinstance(extraction, Rejected) else _take(house, arrival, extraction, same, edition, run)
        )
    forget_reading(house, arrival.sha256)
    return result


def _take(
    house: House, arrival: Arrival, extraction: Extraction, same: ReviewRow | None, edition: bool | None, run: str
) -> Processed:
    particulars = extraction.particulars
    older = None if same else reading.review_by_edition(house.plan, particulars.case_ref, particulars.publisher)
    if older is not None and edition is None:
        return NewEdition(arrival.name, older, _offer(arrival, older))
    changed = keep_original(house, arrival, extraction.sha256)
    if changed is not None:
        return changed
    labelled = label(house, extraction.recommendations)
    replaced = same or (older if edition else None)
    if replaced is not None:
        return _reread(house, arrival, extraction, labelled, replaced, run)
    return _add(house, arrival, extraction, labelled, run)


def _offer(arrival: Arrival, older: ReviewRow) -> str:
    here = Path.cwd()
    path = arrival.path.relative_to(here) if arrival.path.is_relative_to(here) else arrival.path
    return (
        f"{arrival.name} has the reference and publisher of review {older.letter} ({older.file}) but other content. "
        f'If it is a new edition of it, run: cap add --edition "{path}" '
        f'If it is a review of its own, run: cap add --separate "{path}"'
    )


def _add(house: House, arrival: Arrival, extraction: Extraction, labelled: Labelled, run: str) -> Processed:
    visibility, release = _visibility(house, arrival.name)
    try:
        row, repeats = add_extraction(house, extraction, labelled, run, visibility=visibility, release=release)
    except NotAllowed:
        # Another run, at the same time, was first.
        known = reading.review_by_sha(house.plan, arrival.sha256)
        if known is None:
            raise
        return AlreadyIngested(arrival.name, known)
    return _ingested(house, arrival, row, extraction, repeats)


def add_extraction(
    house: House,
    extraction: Extraction,
    labelled: Labelled,
    run: str,
    *,
    visibility: Visibility = Visibility.DRAFT,
    release: str | None = None,
) -> tuple[ReviewRow, int]:
    """Enter an extraction with its labels and near-repeats; gives its row, and how many of it were said before.

    Raises `NotAllowed` where the plan has this content already.
    """
    identifiers = recommendation_ids(extraction.sha256, extraction.recommendations)
    groups = groups_with(house, identifiers, labelled)
    row = writing.add_review(
        house.plan,
        extraction,
        labelled.classifications,
        labelled.vectors,
        encoder=house.encoder.name,
        framework=house.framework,
        run=run,
        groups=groups,
        visibility=visibility,
        embargo_until=release,
    )
    return row, _repeats_among(groups, identifiers)


def _reread(
    house: House, arrival: Arrival, extraction: Extraction, labelled: Labelled, old: ReviewRow, run: str
) -> Ingested:
    with transaction(house.plan):
        changes = writing.reread_review(
            house.plan,
            old.id,
            extraction,
            labelled.classifications,
            labelled.vectors,
            encoder=house.encoder.name,
            framework=house.framework,
            run=run,
        )
        # What is new in this reading has its identifier only now.
        groups = groups_with(house, (), None)
        writing.save_groups(house.plan, groups, everything=True)
    row = reading.review(house.plan, old.id, audience=None)
    result = _ingested(house, arrival, row, extraction, _repeats_among(groups, (*changes.kept, *changes.added)))
    notes = tuple(_difference_notes(changes))
    return Ingested(
        result.file, row, result.found, len(changes.added), result.repeats, result.possible,
        (*result.warnings, *notes), result.covered,
    )  # fmt: skip


def _difference_notes(changes: writing.Reread) -> list[str]:
    notes = []
    if changes.changed:
        notes.append(f"Read differently from before: {_count(changes.changed)}. Compare with the pages.")
    if changes.missing:
        notes.append(f"Found before and not now: {_count(changes.missing)}. They stay until a person decides.")
    return notes


def _count(identifiers: Sequence[str]) -> str:
    return "1 recommendation" if len(identifiers) == 1 else f"{len(identifiers)} recommendations"


def _ingested(house: House, arrival: Arrival, row: ReviewRow, extraction: Extraction, repeats: int) -> Ingested:
    found = len(extraction.recommendations)
    answered = sum(c.verdict is Cover.COVERED for c in covered(house, review=row.letter))
    possible = len(extraction.possible)
    return Ingested(arrival.name, row, found, found - repeats, repeats, possible, extraction.warnings, answered)


def _repeats_among(groups: Sequence[RepeatGroup], identifiers: Sequence[str]) -> int:
    """How many of these recommendations say again what another already says: all of a group but one, unless all are new."""
    new = set(identifiers)
    return sum(
        len(inside) if len(inside) < len(g.members) else len(inside) - 1
        for g in groups
        if (inside := new & set(g.members))
    )


def _visibility(house: House, name: str) -> tuple[Visibility, str | None]:
    """Every new review is a draft until a person says otherwise; the samples are marked as their stories say."""
    if is_samples(house.settings.corpus):
        return stories(house.settings.corpus).get(name, (Visibility.DRAFT, None))
    return Visibility.DRAFT, None
