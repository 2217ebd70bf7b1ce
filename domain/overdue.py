"""When an action is overdue: work is still owed on it, and its target date is a day that has passed. One rule for everything."""

import re
from datetime import date

from domain.dates import as_read, last_day_of_month
from domain.states import OWED, Status

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def target_day(printed: str | None) -> date | None:
    """The day that a target date names, or None where it is missing or words ("Ongoing")."""
    if printed is None or not _ISO.fullmatch(printed):
        return None
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return None


def last_day(printed: str | None) -> date | None:
    """The last day that a target date leaves: the day that it names, however it is written, or the last day of a month.

    None where there is no date, or words ("Ongoing"). A month ("March 2025") is over when its last day is, whoever reads it.
    """
    kept = as_read(printed)
    return None if kept is None else target_day(kept) or last_day_of_month(kept)


def never_overdue(status: Status, target_date: str | None) -> str:
    """What to tell people of an action on which work is owed and whose target date is words; "" for any other."""
    if status not in OWED or not target_date or last_day(target_date) is not None:
        return ""
    return f"Its target date, “{target_date}”, is not a day, so it never becomes overdue."


def days_overdue(status: Status, target_date: str | None, day: date) -> int:
    """By how many days an action on which work is still owed has passed its target date; 0 where it has not, or has none."""
    target = last_day(target_date) if status in OWED else None
    return max(0, (day - target).days) if target is not None else 0
