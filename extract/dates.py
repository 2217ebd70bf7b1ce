"""A date in the ways in which British reports write one."""

import datetime
import re

MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = "|".join(MONTHS) + "|" + "|".join(m[:3] for m in MONTHS) + "|sept"
_FULL = r"(?:19|20)\d\d"
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\.?,?\s+({_FULL})\b", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+({_FULL})\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s+({_FULL})\b", re.IGNORECASE)
_ISO = re.compile(rf"\b({_FULL})-(\d\d)-(\d\d)\b")
_NUMERIC = re.compile(rf"(?<![\w.])(\d{{1,2}})([/.-])(\d{{1,2}})\2({_FULL}|\d\d)(?![\w/]|\.\d)")
_YEAR = re.compile(rf"\b({_FULL})\b")
_CENTURY = 80  # two figures from here on are a year of the last century


def find_date(text: str) -> str | None:
    """The first date in a text as YYYY-MM-DD, YYYY-MM or YYYY; None where there is none."""
    found = date_in(text)
    return found[0] if found else None


def date_in(text: str) -> tuple[str, int, int] | None:
    """The first date in a text, most exact kind first, with the place where it stands in the text."""
    for pattern, order in ((_DAY, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_NUMERIC, (4, 3, 1)), (_ISO, (1, 2, 3))):
        if m := pattern.search(text):
            iso = _iso(_year(m[order[0]]), _month(m[order[1]]), int(m[order[2]]))
            return (iso, m.start(), m.end()) if iso else None
    if m := _MONTH_YEAR.search(text):
        return f"{m[2]}-{_month(m[1]):02d}", m.start(), m.end()
    if m := _YEAR.search(text):
        return m[1], m.start(), m.end()
    return None


def _year(figures: str) -> int:
    year = int(figures)
    return year if year > 99 else year + (1900 if year >= _CENTURY else 2000)


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.casefold()[:3]))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
