"""What the cells of an arriving plan say: references, reviews, statuses and days, as people write them."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from domain.states import Rag, Status
from extract.plan_tables import simple

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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
    known |= {"completed": Status.COMPLETE, "ongoing": Status.IN_PROGRESS, "not started": Status.OPEN}
    found = known.get(simple(words))
    if found is None or found not in choice:
        which = "is not a status" if found is None else "is not a status that an agency can give"
        raise ValueError(f"“{start(words)}” {which}. Choose from: {', '.join(status.value for status in choice)}")
    return found.value


def rag_of(words: str) -> str:
    """How an action goes, as the plan says it. Raises `ValueError`."""
    found = {rag.value: rag for rag in Rag}.get(simple(words))
    if found is None:
        raise ValueError(f"“{start(words)}” is not a RAG rating: choose from red, amber, green")
    return found.value


def day_or_words(words: str) -> str:
    """A day as ISO where the words are one ("01/06/17", "1 June 2017", "2017-06-01"), else the words ("Ongoing").

    Days come before months, as they are written in this country. Raises `ValueError` for a day that no calendar has.
    """
    given = " ".join(words.split())
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?", given)
    figures = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", given)
    named = re.fullmatch(
        r"(?:[A-Za-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]{3,9})\.?,?[ \-](\d{4}|\d{2})", given
    )
    if iso is not None:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif figures is not None:
        parts = (_year(figures[3]), int(figures[2]), int(figures[1]))
    elif named is not None and named[2][:3].casefold() in MONTHS:
        parts = (_year(named[3]), MONTHS.index(named[2][:3].casefold()) + 1, int(named[1]))
    elif re.fullmatch(r"\d{5}", given):
        # How a spreadsheet counts days where a cell has lost its format: no words that anybody wrote.
        raise ValueError(f"“{given}” is not a date: format the cell as a date in Excel")
    else:
        return given
    try:
        return date(*parts).isoformat()
    except ValueError as error:
        raise ValueError(f"“{given}” is not a date: write day, month, year") from error


def _year(words: str) -> int:
    return int(words) if len(words) == 4 else 2000 + int(words)


def is_day(words: str) -> bool:
    """Whether words are an ISO day."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", words) is not None
