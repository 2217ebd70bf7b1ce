"""Add reviews to the plan: survey the files, read each in the sandbox, label, enter in one transaction; near-repeats once a run."""

import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

from domain.errors import CannotWork, NotAllowed, SandboxError, SandboxMemory, SandboxTimeout
from domain.framework import Framework, load_framework
from domain.identity import full_text
from domain.processed import AlreadyIngested, Ingested, NewEdition, Processed
from domain.records import Extraction, Rejected, ReviewRow
from domain.states import Cover, Reason, Visibility
from extract import codec
from plan import reading, rereading, writing
from plan.erasing import is_erased
from plan.grouping import is_due, said_before
from sandbox.outcomes import Crashed, TookTooLong, TookTooMuch
from services.covering import covered
from services.house import House
from services.intake import Arrival, is_samples, look_at
from services.keeping import forget_reading, keep_original, keep_reading, keep_vectors, kept_reading, take_vectors
from services.labelling import Labelled, fresh_vectors, label
from services.repeats import regroup
from services.samples import sample_hashes, stories

READER = "extract.reader:read_json"
STARTING = "start"  # what the sandbox calls the time before a process takes its first file
PRINT_IT = "Open it, choose Print and “Save as PDF”, and add that file."


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


def survey(house: House, files: Sequence[Path], *, again: bool = False, settled: bool = False) -> Survey:
    """Sort files into those to read and those already settled. With `again`, known content is read anew.

    settled: nobody is writing to the files any more.
    """
    samples = frozenset() if is_samples(house.settings.corpus) else sample_hashes()
    to_read: dict[str, Arrival] = {}
    sorted_out: list[Processed] = []
    doubles: list[Arrival] = []
    for file in files:
        found = look_at(file, settled=settled)
        if isinstance(found, Rejected):
            sorted_out.append(found)
        elif found.sha256 in samples:
            message = f"{found.name} is one of the fictional samples, which never enter a real plan. Take it out of the PDF folder."
            sorted_out.append(Rejected(found.name, Reason.SAMPLE, message))
        elif found.sha256 in to_read:
            doubles.append(found)
        else:
            known = reading.review_by_sha(house.plan, found.sha256)
            # An edition that a newer one has replaced stays replaced, whatever is read again.
            stays = known is not None and is_erased(house.plan, known.id)
            if known is None or (again and known.sha256 == found.sha256 and not stays):
                to_read[found.sha256] = found
            else:
                sorted_out.append(AlreadyIngested(found.name, known))
    return Survey(tuple(to_read.values()), tuple(sorted_out), tuple(doubles))


def read_pdf(house: House, path: Path, name: str) -> Extraction | Rejected:
    """Read one PDF in the sandbox. What goes wrong there is a rejection with its reason, never an exception.

    A file with pages for text recognition is asked for twice: first how many there are, which is quick, then with as much
    more time as they need.
    """
    arguments = (str(path.absolute()), name, _framework_file(house))
    seconds, scans, began = house.settings.seconds, 0, time.monotonic()
    try:
        answer = house.sandbox.call(READER, *arguments, False)
        if isinstance(answer, dict) and "recognise" in answer:
            scans = int(answer["recognise"])
            seconds += scans * house.settings.ocr_seconds
            # What looking took is gone from the time of the file.
            answer = house.sandbox.call(READER, *arguments, True, seconds=seconds - (time.monotonic() - began))
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
        if scans:
            seconds_a_page = house.settings.ocr_seconds
            what = (
                f"Reading the scanned pages ({scans}) of {name} took longer than {seconds:g} seconds, so it was skipped. Ask the "
                f"publisher for a version with text. (Whoever runs Throughline can allow more than {seconds_a_page:g} seconds a "
                "page: CAP_OCR_SECONDS.)"
            )
        else:
            what = f"{name} took longer than {seconds:g} seconds to read, so it was skipped. {PRINT_IT}"
        return Rejected(name, Reason.TOO_LONG, what)
    if isinstance(error, SandboxMemory):
        limit = house.settings.memory_mb
        return Rejected(
            name,
            Reason.TOO_LARGE,
            f"{name} needs more than {limit} MB of memory to read. {PRINT_IT}",
        )
    return _damaged(name)


def _damaged(name: str) -> Rejected:
    return Rejected(
        name, Reason.DAMAGED, f"{name} is damaged: reading it failed. Ask for the file again, or try this: {PRINT_IT}"
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


def read_and_encode(house: House, arrival: Arrival) -> str:
    """`read_and_keep`, and the vectors of what was found are made and kept beside it: what can be done side by side."""
    read_and_keep(house, arrival)
    found = kept_reading(house, arrival.sha256)
    if isinstance(found, Extraction) and found.recommendations:
        texts = [full_text(r.text, r.lead_in) for r in found.recommendations]
        keep_vectors(house, arrival.sha256, *fresh_vectors(house, texts))
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
        return NewEdition(arrival.name, older, _offer(arrival, older), _near(arrival.path))
    changed = keep_original(house, arrival, extraction.sha256)
    if changed is not None:
        return changed
    take_vectors(house, arrival.sha256)
    labelled = label(house, extraction.recommendations)
    replaced = same or (older if edition else None)
    if replaced is not None:
        return _reread(house, arrival, extraction, labelled, replaced, run)
    return _add(house, arrival, extraction, labelled, run)


def _offer(arrival: Arrival, older: ReviewRow) -> str:
    return (
        f"{arrival.name} has the same reference and publisher as review {older.letter} ({older.file}), but its text differs. "
        "Is it a new edition of that review, or a separate review?"
    )


def _near(path: Path) -> str:
    """A path as it is shortest to type from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _add(house: House, arrival: Arrival, extraction: Extraction, labelled: Labelled, run: str) -> Processed:
    visibility, release = _visibility(house, arrival.name)
    try:
        row = add_extraction(house, extraction, labelled, run, visibility=visibility, release=release)
    except NotAllowed:
        # Another run, at the same time, was first.
        known = reading.review_by_sha(house.plan, arrival.sha256)
        if known is None:
            raise
        return AlreadyIngested(arrival.name, known)
    result = _ingested(arrival, row, extraction)
    namesakes = tuple(
        f"Review {letter} came from a file of this name with other content. What it holds now is entered as a review of its "
        f"own, {row.letter}; review {letter} stays as it was, and its PDF is kept."
        for letter in reading.letters_of_file(house.plan, arrival.name, but=row.id)
    )
    return replace(result, warnings=(*result.warnings, *namesakes))


def add_extraction(
    house: House,
    extraction: Extraction,
    labelled: Labelled,
    run: str,
    *,
    visibility: Visibility = Visibility.DRAFT,
    release: str | None = None,
) -> ReviewRow:
    """Enter an extraction with its labels; gives its row. Its near-repeats are sought by `settle`, or `regroup`.

    Raises `NotAllowed` where the plan has this content already.
    """
    return writing.add_review(
        house.plan,
        extraction,
        labelled.classifications,
        labelled.vectors,
        **_made_by(house, run),
        visibility=visibility,
        embargo_until=release,
    )


class _MadeBy(TypedDict):
    """What the plan keeps of how labels came about."""

    encoder: str
    framework: Framework
    run: str


def _made_by(house: House, run: str) -> _MadeBy:
    return {"encoder": house.encoder.name, "framework": house.framework, "run": run}


def _reread(
    house: House, arrival: Arrival, extraction: Extraction, labelled: Labelled, old: ReviewRow, run: str
) -> Ingested:
    changes = rereading.reread_review(
        house.plan,
        old.id,
        extraction,
        labelled.classifications,
        labelled.vectors,
        **_made_by(house, run),
    )
    result = _ingested(arrival, reading.review(house.plan, old.id, audience=None), extraction)
    notes = (*_difference_notes(changes), *_actions_concerned(house, changes))
    return replace(result, new=len(changes.added), warnings=(*result.warnings, *notes))


def settle(house: House, outcomes: Sequence[Processed]) -> tuple[Processed, ...]:
    """Seek near-repeats over the whole plan where that is due, and say of each review taken in how many it repeats.

    Once a run, after its reviews were entered: for each of them by itself the whole plan would be compared anew. What a run
    that ended early entered is due too.
    """
    if is_due(house.plan):
        regroup(house)
    if not any(isinstance(outcome, Ingested) for outcome in outcomes):
        return tuple(outcomes)
    before = said_before(house.plan)
    taken = {outcome.review.id for outcome in outcomes if isinstance(outcome, Ingested)}
    answered = Counter(c.recommendation.review_id for c in covered(house, reviews=taken) if c.verdict is Cover.COVERED)
    return tuple(
        _settled(outcome, before.get(outcome.review.id, 0), answered[outcome.review.id])
        if isinstance(outcome, Ingested)
        else outcome
        for outcome in outcomes
    )


def _settled(outcome: Ingested, repeats: int, answered: int) -> Ingested:
    """What became of a review, with how many of its recommendations were said before and how many an action answers."""
    return replace(outcome, new=min(outcome.new, outcome.found - repeats), repeats=repeats, covered=answered)


def _difference_notes(changes: rereading.Reread) -> list[str]:
    notes = []
    if changes.changed:
        notes.append(f"Read differently from before: {_count(changes.changed)}. Compare with the pages.")
    if changes.missing:
        notes.append(f"Found before and not now: {_count(changes.missing)}. They stay until a person decides.")
    return notes


def _actions_concerned(house: House, changes: rereading.Reread) -> Iterator[str]:
    """Which actions answer what changed or is missing, and where to settle it."""
    differing = (*changes.changed, *changes.missing)
    rows = reading.recommendations_by_id(house.plan, differing, audience=None)
    for ref, answered in sorted({(ref, row.id) for row in rows for ref in row.action_refs}):
        what = "is not found any more" if answered in changes.missing else "has other words now"
        yield f"Action {ref} answers {answered}, which {what}. Look whether the action should go on as it is."
    if differing:
        yield "To look at each and settle it: cap differences"


def _count(identifiers: Sequence[str]) -> str:
    return "1 recommendation" if len(identifiers) == 1 else f"{len(identifiers)} recommendations"


def _ingested(arrival: Arrival, row: ReviewRow, extraction: Extraction) -> Ingested:
    """A review that was taken in, as far as it alone tells; the rest is for `settle`."""
    found, possible = len(extraction.recommendations), len(extraction.possible)
    return Ingested(arrival.name, row, found, found, 0, possible, extraction.warnings)


def _visibility(house: House, name: str) -> tuple[Visibility, str | None]:
    """Every new review is a draft until a person says otherwise; the samples are marked as their stories say."""
    if is_samples(house.settings.corpus):
        return stories(house.settings.corpus).get(name, (Visibility.DRAFT, None))
    return Visibility.DRAFT, None
