"""The computer's clock, by which everything in the plan is dated: whether it can be right, and moments as people read them."""

from datetime import UTC, datetime, timedelta
from typing import Final

from plan.ledger import now
from plan.trail import latest_moment
from services.house import House

TOLERATED: Final = timedelta(minutes=10)  # two computers that share a plan's copies may differ by so much


def clock_behind(house: House) -> str:
    """The moment of the latest change of a plan, where that is still to come by this computer's clock; '' otherwise."""
    latest = latest_moment(house.plan)
    limit = (datetime.fromisoformat(now()) + TOLERATED).isoformat(timespec="microseconds")
    return latest if latest > limit else ""


def clock_words(latest: str) -> str:
    """What to tell of a clock that runs behind."""
    return (
        f"This computer's clock says {local_time(now())}, yet the plan has a change dated {local_time(latest)}. Correct the "
        "clock: embargoes and overdue dates depend on it."
    )


def local_time(moment: str) -> str:
    """A moment (UTC, ISO 8601) as this computer's clock shows it: 2026-03-31 14:05."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
