"""Which days can be: what has happened does not lie ahead, and nobody plans for the next generation."""

from datetime import date
from typing import Final

from domain.errors import UsageError
from domain.overdue import target_day
from plan.ledger import today

EARLIEST: Final = date(2000, 1, 1)
"""No action of a plan was opened, or got on, before this: such a year is a slip of the pen."""
MOST_YEARS: Final = 20
"""By how many years a target date may lie from today, either way: plans that are brought in have dates long past."""


def latest_today() -> date:
    """The present day, here or in UTC, whichever is later: after midnight in summer a person is a day ahead of the plan."""
    return max(today(), date.today())


def happened(day: date, what: str) -> str:
    """A day on which something happened, as ISO. Raises `UsageError`, naming `what` as a sentence begins, where it cannot be."""
    if day > latest_today():
        raise UsageError(
            f"{what} cannot lie in the future, and {day} is still to come. Give the day on which it was so."
        )
    if day < EARLIEST:
        raise UsageError(f"{what} cannot be {day}: the plan takes no day before {EARLIEST}. Check the year.")
    return day.isoformat()


def happened_or_today(day: date | None, what: str) -> str:
    """The same, or today where no day is given."""
    return happened(day, what) if day is not None else today().isoformat()


def likely_target(words: str | None) -> str | None:
    """A target date that a person gives. Raises `UsageError` for a day so far away that it must be a slip of the pen."""
    day, now = target_day(words), today()
    if day is not None and abs(day.year - now.year) > MOST_YEARS:
        raise UsageError(f"The target date {day} is more than {MOST_YEARS} years away. Check the year.")
    return words


def published_by_now(words: str) -> str:
    """A day, month or year of publication, as it stands. Raises `UsageError` for one that is still to come."""
    if words > latest_today().isoformat()[: len(words)]:
        raise UsageError(
            f"A review cannot have been published on a day still to come ({words}). For a review that is to be published later, "
            "leave the date empty and set an embargo."
        )
    return words
