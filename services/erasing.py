"""Erase a review: from the plan, and the files that we keep of it."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import CannotWork, InputRejected, NotAllowed
from domain.files import sweep
from domain.identity import content_key
from domain.records import ReviewRow
from plan import reading
from plan.backup import LOGS, holds_words_of, set_aside
from plan.erasing import Erased, erase_review, files_of
from sandbox.folders import sweep as sweep_sandboxes
from services.backups import plan_of
from services.house import House
from services.intake import files_in, is_samples
from services.keeping import reading_files
from services.publishing import refresh
from services.settings import Settings
from services.turns import Waiting, turn


@dataclass(frozen=True, slots=True)
class Gone:
    """What was erased, the files that were deleted, and where its words still stand, for a person to delete.

    copies: older copies of the whole plan that have its words, and with them those of `unopened`, which may; left: files
    and folders that could not be removed or looked into.
    """

    review: Erased
    deleted: tuple[Path, ...]
    copies: tuple[Path, ...]
    left: tuple[Path, ...]
    unopened: tuple[Path, ...] = ()


def to_be_erased(house: House, letter: str) -> ReviewRow:
    """The review that erasing would take, whatever its visibility, so that a person can be asked. Raises `NotFound`."""
    return reading.review(house.existing_plan(), letter.upper(), audience=None)


def erase(house: House, letter: str, *, why: str, waiting: Waiting = lambda words: None) -> Gone:
    """Erase a review and its PDFs, and write the working copy anew. No run reads it anew meanwhile.

    Raises `NotFound` for an unknown review, `NotAllowed` for one that was erased already, of which files that came again, or
    that an erasing which was cut short had left, are deleted all the same; `UsageError` without a reason.
    """
    plan, settings = house.existing_plan(), house.settings
    with turn(settings, "a review is erased", waiting=waiting):
        try:
            erased = erase_review(
                plan, letter.upper(), who=house.who, why=why, spare={house.encoder.name: _others(house, letter.upper())}
            )
        except NotAllowed as error:
            deleted, left = _delete(settings, files_of(plan, letter.upper()))
            raise NotAllowed(_once_more(str(error), deleted, left)) from error
        deleted, left = _delete(settings, erased.files)
        refresh(house)
    copies, unopened = _still_there(settings, erased.files)
    return Gone(erased, deleted, copies, left, unopened)


def _still_there(settings: Settings, hashes: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Older copies of the plan that have a review's words or PDF or cannot be opened, and those that cannot."""
    copies = (*set_aside(settings.plan_file), *sorted(settings.backup_folder.glob("*.zip")))
    # A log goes the way of its plan.
    plans = {copy: next((p for p in copies if copy.name in [p.name + end for end in LOGS]), copy) for copy in copies}
    has = {plan: _has(settings, plan, hashes) for plan in dict.fromkeys(plans.values())}
    named = tuple(copy for copy in copies if has[plans[copy]] is not False)
    return named, tuple(copy for copy in named if has[plans[copy]] is None)


def _has(settings: Settings, copy: Path, hashes: tuple[str, ...]) -> bool | None:
    """Whether a copy of the plan has a review's words or PDF; None where it cannot be opened."""
    try:
        with plan_of(settings, copy) as (plan, originals):
            return any(Path(name).stem in hashes for name in originals) or holds_words_of(plan, hashes)
    except (InputRejected, OSError, sqlite3.DatabaseError):
        return None


def _others(house: House, letter: str) -> frozenset[str]:
    """Keys of the vectors by which the recommendations of all other reviews are compared."""
    own = f"review {reading.review(house.plan, letter, audience=None).id}"
    held = reading.asks(house.plan)
    return frozenset(content_key(text) for text, source in zip(held.texts, held.reviews, strict=True) if source != own)


def _once_more(words: str, deleted: tuple[Path, ...], left: tuple[Path, ...]) -> str:
    if deleted:
        words += f" Files of it that lay here again are deleted: {len(deleted)}."
    if left:
        words += f" Look yourself, and delete what is of it: {', '.join(map(str, left))}."
    return words


def _delete(settings: Settings, hashes: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Delete every file with this content, and what was read from it; gives those, and what could not be dealt with."""
    # What killed processes left half-made is nobody's, and may be a copy of a PDF or of the plan.
    for folder in (
        settings.outputs, settings.originals, settings.readings, settings.corpus, settings.backup_folder,
        settings.trained_models,
    ):  # fmt: skip
        sweep(folder)
    sweep_sandboxes()
    deleted: list[Path] = []
    left: list[Path] = []
    for file in _copies(settings, hashes, left.append):
        try:
            elsewhere = file.resolve() if file.is_symlink() else None
            file.unlink()
        except FileNotFoundError:
            continue
        except OSError:
            left.append(file)
            continue
        deleted.append(file)
        if elsewhere is not None:
            left.append(elsewhere)  # a link led to it, out of what is ours
    return tuple(deleted), tuple(left)


def _copies(settings: Settings, hashes: tuple[str, ...], closed: Callable[[Path], None]) -> Iterator[Path]:
    """Files of this content and readings of them, wherever we keep any; `closed` is told what may not be looked into."""
    for sha256 in hashes:
        yield from sorted(settings.originals.glob(f"{sha256}.*"))
        yield from reading_files(settings, sha256)
    yield from (file for file in sorted(settings.uploads.rglob("*")) if _is_one_of(file, hashes, closed))
    if is_samples(settings.corpus):
        return  # the samples are a part of the software
    try:
        dropped = files_in(settings.corpus)
    except CannotWork:
        closed(settings.corpus)
        return
    yield from (file for file in dropped if _is_one_of(file, hashes, closed))


def _is_one_of(file: Path, hashes: tuple[str, ...], closed: Callable[[Path], None]) -> bool:
    try:
        if file.is_dir():
            if not os.access(file, os.R_OK | os.X_OK):
                closed(file)
            return False
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() in hashes
    except FileNotFoundError:
        return False
    except OSError:
        closed(file)
        return False
