"""Days as people write them in this country. Every door into the plan reads a date here, so that no two disagree."""

import re
from calendar import monthrange
from datetime import date
from difflib import get_close_matches
from typing import Final

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
# What may stand before a day without making it another: its name, or that it is a limit.
_BEFORE: Final = (
    r"(?:(?:by|on|before|until|due|due by|target|target date|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?)?(?:day)?|"
    r"fri(?:day)?|sat(?:urday)?|sun(?:day)?)[,:]? )*"
)
_YEAR_FIRST: Final = re.compile(rf"{_BEFORE}(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:[t ][\d:.]+)?", re.I)
_FIGURES: Final = re.compile(rf"{_BEFORE}(\d{{1,2}})[/.\- ](\d{{1,2}})[/.\- ](\d{{4}}|\d{{2}})", re.I)
_DAY_FIRST: Final = re.compile(
    rf"{_BEFORE}(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ \-]([a-z]{{3,9}})\.?,?[ \-]'?(\d{{4}}|\d{{2}})", re.I
)
_MONTH_FIRST: Final = re.compile(rf"{_BEFORE}([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.I)
_END_OF: Final = r"(?:(?:by|due|target|target date)[,:]? )?(?:(?:the )?end (?:of )?)?"
_NAMED_MONTH: Final = re.compile(rf"{_END_OF}([a-z]{{3,9}})\.?,?(?:[ \-](\d{{4}})|-(\d{{2}})| ?'(\d{{2}}))", re.I)
_MONTH_IN_FIGURES: Final = re.compile(rf"{_END_OF}(?:(\d{{1,2}})/(\d{{4}})|(\d{{4}})-(\d{{1,2}}))", re.I)


def day_or_words(words: str) -> str:
    """A day as ISO where the words are one ("01/06/17", "1 June 2017", "2017-06-01"), else the words ("Ongoing").

    Days come before months, as they are written in this country. A month ("March 2025") stays as it is written: the plan
    does not give a day that nobody gave. Raises `ValueError` for what looks like a day or a month that no calendar has.
    """
    given = " ".join(words.split())
    plain = _plain(given)
    if re.fullmatch(r"\d{5}", given):
        # How a spreadsheet counts days where a cell has lost its format: no words that anybody wrote.
        raise ValueError(f"“{given}” is not a date: format the cell as a date in Excel")
    try:
        parts = _day_in(plain)
        if parts is not None:
            return date(*parts).isoformat()
        _last_day_of_month(plain)
    except ValueError as error:
        raise ValueError(f"“{given}” is not a date: write day, month, year") from error
    return given


def as_read(kept: str | None) -> str | None:
    """A date as the plan has kept it, read as it would be today: plans of before hold "31/03/2025" as words."""
    if kept is None or _ISO.fullmatch(kept):
        return kept
    try:
        return day_or_words(kept)
    except ValueError:
        return kept


def last_day_of_month(words: str) -> date | None:
    """The last day of the month that words give ("March 2025", "by the end of March 2025"); None for other words.

    A quarter ("Q4 2025"), a season or a bare year is not taken for a day: some partnerships count them from April and
    some from January, and an action must not be called overdue on a guess.
    """
    try:
        return _last_day_of_month(_plain(words))
    except ValueError:
        return None


def _plain(words: str) -> str:
    """Words without what is only typing: white space, long dashes, curly apostrophes, a full stop at the end."""
    return re.sub("[‐‑‒–—]", "-", " ".join(words.split())).replace("’", "'").rstrip(".,")


def _day_in(plain: str) -> tuple[int, int, int] | None:
    """Year, month and day that words give, whether or not a calendar has them; None where they give none."""
    if (found := _YEAR_FIRST.fullmatch(plain)) is not None:
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _FIGURES.fullmatch(plain)) is not None:
        return _year(found[3]), int(found[2]), int(found[1])
    if (found := _DAY_FIRST.fullmatch(plain)) is not None and (month := _month(found[2])) is not None:
        return _year(found[3]), month, int(found[1])
    if (found := _MONTH_FIRST.fullmatch(plain)) is not None and (month := _month(found[1])) is not None:
        return int(found[3]), month, int(found[2])
    return None


def _last_day_of_month(plain: str) -> date | None:
    """The last day of the month that words give; None where they give none. Raises `ValueError` for a thirteenth."""
    year, month = 0, None
    if (found := _NAMED_MONTH.fullmatch(plain)) is not None:
        year, month = _year(found[2] or found[3] or found[4]), _month(found[1])
    elif (found := _MONTH_IN_FIGURES.fullmatch(plain)) is not None:
        year, month = int(found[2] or found[3]), int(found[1] or found[4])
    if month is None:
        return None
    first = date(year, month, 1)
    return first.replace(day=monthrange(year, month)[1])


def _month(word: str) -> int | None:
    """The number of a month by the beginning of its name, or by nearly all of it: "Sept" and "Febuary" are months too."""
    plain = word.casefold()
    names = [name for name in MONTHS if name.startswith(plain)] or get_close_matches(plain, MONTHS, 1, 0.8)
    return MONTHS.index(names[0]) + 1 if names else None


def _year(words: str) -> int:
    return int(words) if len(words) == 4 else 2000 + int(words)
