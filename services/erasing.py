"""Erase a review: from the plan, and the files that we keep of it."""

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from domain.records import ReviewRow
from plan import reading
from plan.erasing import Erased, erase_review
from services.backups import backups
from services.house import House
from services.labelling import WITHOUT_NAMES
from services.publishing import refresh


@dataclass(frozen=True, slots=True)
class Gone:
    """What was erased, the files that were deleted, and the older copies of the plan in which its words still stand."""

    review: Erased
    deleted: tuple[Path, ...]
    copies: tuple[Path, ...]


def to_be_erased(house: House, letter: str) -> ReviewRow:
    """The review that erasing would take, whatever its visibility, so that a person can be asked. Raises `NotFound`."""
    return reading.review(house.existing_plan(), letter.upper(), audience=None)


def erase(house: House, letter: str, *, why: str) -> Gone:
    """Erase a review and its PDFs, and write the working copy anew.

    Raises `NotFound` for an unknown review, `NotAllowed` for one that was erased already, `UsageError` without a reason.
    """
    plan, settings = house.existing_plan(), house.settings
    erased = erase_review(
        plan, letter.upper(), who=house.who, why=why, spare_encoders=(f"{house.encoder.name}{WITHOUT_NAMES}",)
    )
    kept = [file for sha in erased.files for file in sorted(settings.originals.glob(f"{sha}.*"))]
    kept += [settings.readings / f"{sha}.json" for sha in erased.files]
    kept += [file for file in sorted(settings.corpus.glob("*")) if _is_one_of(file, erased.files)]
    deleted = []
    for file in kept:
        with contextlib.suppress(FileNotFoundError):
            file.unlink()
            deleted.append(file)
    refresh(house)
    copies = sorted(settings.plan_file.parent.glob(f"{settings.plan_file.stem}.before-*{settings.plan_file.suffix}"))
    copies += [backup.file for backup in backups(settings)]
    return Gone(erased, tuple(deleted), tuple(copies))


def _is_one_of(file: Path, hashes: tuple[str, ...]) -> bool:
    if file.suffix.casefold() != ".pdf" or not file.is_file():
        return False
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() in hashes
