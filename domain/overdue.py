"""When an action is overdue: work is still owed on it, and its target date is a day that has passed. One rule for everything."""

import re
from datetime import date

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


def days_overdue(status: Status, target_date: str | None, day: date) -> int:
    """By how many days an action on which work is still owed has passed its target date; 0 where it has not, or has none."""
    target = target_day(target_date) if status in OWED else None
    return max(0, (day - target).days) if target is not None else 0
