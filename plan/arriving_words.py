"""What the cells of an arriving plan say: references, reviews, statuses and days, as people write them."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from domain.errors import UsageError
from domain.states import Rag, Status
from extract.plan_tables import simple
from plan.days import happened, likely_target
from plan.lengths import check_lengths

REFERENCE = re.compile(r"(\d{1,2})\s*[.]\s*(\d{1,4})")
NUMBER = re.compile(r"\d{1,4}\.?")  # how many plans count their rows
# Words for a review before its letter: "Case Q", "SCR AF", "Child F".
NOUNS = re.compile(r"\b(?:cases?|child|family|adult|scrs?|sprs?|lcsprs?|cspr|sars?|dhrs?|reviews?)\b", re.I)


def start(words: str) -> str:
    """The start of long words, for a message."""
    folded = " ".join(words.split())
    return folded if len(folded) <= 60 else f"{folded[:60]}…"


def reference(words: str) -> str | None:
    """A reference such as 2.3; None for an empty cell. Raises `ValueError` for anything else."""
    given = words.strip()
    if not given:
        return None
    found = REFERENCE.fullmatch(given.rstrip("."))
    if found is None or int(found[1]) < 1 or int(found[2]) < 1:
        raise ValueError(
            f"“{start(given)}” is not a reference such as 2.3: write the number of the quadrant, a full stop and a number, or "
            "leave the cell empty for a new action"
        )
    return f"{int(found[1])}.{int(found[2])}"


def reviews(words: str) -> tuple[tuple[str, ...], bool]:
    """The letters of reviews and whether it answers all: "K, O", "All", "M (and All)". Raises `ValueError`."""
    letters: list[str] = []
    to_all = False
    for part in re.split(r"[\s,;&/()]+|\band\b", NOUNS.sub(" ", words)):
        if part.casefold() == "all":
            to_all = True
        elif re.fullmatch(r"[A-Z]{1,2}", part):
            letters.append(part)
        elif part:
            raise ValueError(f"“{start(words)}” does not name reviews by letters such as K, O or “All”")
    return tuple(dict.fromkeys(letters)), to_all


def letters_in(words: str) -> tuple[str, ...]:
    """The letters of reviews in a cell, and ALL, whatever else it says."""
    return tuple(re.findall(r"\b(?:[A-Z]{1,2}|ALL)\b", NOUNS.sub(" ", words).replace("All", "ALL")))


def status_of(words: str, choice: Collection[Status] = tuple(Status)) -> str:
    """A status as the plan knows it, one of `choice`. Raises `ValueError`."""
    known = {simple(status.value): status for status in Status}
    known |= {words: Status.COMPLETE for words in ("completed", "finished")}
    known |= {words: Status.IN_PROGRESS for words in ("ongoing", "on track", "under way", "underway")}
    known |= {words: Status.OPEN for words in ("not started", "not yet started")}
    found = known.get(simple(words))
    if found is None or found not in choice:
        which = "is not a status" if found is None else "is not a status that an agency can give"
        raise ValueError(f"“{start(words)}” {which}. Choose from: {', '.join(status.value for status in choice)}")
    return found.value


_ENDED: Final = tuple(str(status) for status in (Status.COMPLETE, Status.ASSURED, Status.CLOSED))


def closed_in_vain(day: str, status: str) -> str:
    """What is to be said of a day of closing beside a status that is no end; "" where there is none, or it is one."""
    if not day or status in _ENDED:
        return ""
    return f"Date closed: {day} is not taken, since the status is not {_ENDED[0]}, {_ENDED[1]} or {_ENDED[2]}"


def rag_of(words: str) -> str:
    """How an action goes, as the plan says it. Raises `ValueError`."""
    found = {rag.value: rag for rag in Rag}.get(simple(words))
    if found is None:
        raise ValueError(f"“{start(words)}” is not a RAG rating: choose from red, amber, green")
    return found.value


def is_day(words: str) -> bool:
    """Whether words are an ISO day."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", words) is not None


def not_too_long(name: str, words: str) -> None:
    """Raises `ValueError` for words that a field of the plan has no room for, as the plan refuses them of anybody."""
    try:
        check_lengths({name: words})
    except UsageError as error:
        raise ValueError(str(error)) from error


def that_can_be(name: str, day: str) -> str:
    """A day of a file, or words in its place. Raises `ValueError` for one that cannot be, as the plan refuses it of anybody."""
    try:
        if name == "target_date":
            return likely_target(day) or ""
        return happened(date.fromisoformat(day), f"The day on which the action was {name}")
    except UsageError as error:
        raise ValueError(str(error)) from error
