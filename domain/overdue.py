"""When an action is overdue: work is still owed on it, and its target date is a day that has passed. One rule for everything."""

from datetime import date

from domain.dates import last_day_in
from domain.states import OWED, Status


def target_day(printed: str | None) -> date | None:
    """The last day on which a target date is kept, or None where it is missing or words ("Ongoing").

    A month alone is kept until its last day. See `domain.dates.last_day_in` for what is no day.
    """
    return last_day_in(printed)


def never_overdue(status: Status, target_date: str | None) -> str:
    """What to tell people of an action on which work is owed and whose target date is words; "" for any other."""
    if status not in OWED or not target_date or target_day(target_date) is not None:
        return ""
    return f"Its target date, “{target_date}”, is not a day, so it never becomes overdue."


def days_overdue(status: Status, target_date: str | None, day: date) -> int:
    """By how many days an action on which work is still owed has passed its target date; 0 where it has not, or has none."""
    target = target_day(target_date) if status in OWED else None
    return max(0, (day - target).days) if target is not None else 0
