"""Counts over time, with what a board stated in the past beside what the plan counts."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.errors import UsageError
from domain.states import Audience
from plan.counts import Basis, By
from plan.ledger import today
from plan.movements import Movement, movements
from plan.stated import Stated, state_figures, stated
from publish.over_time import OverTime, over_time
from services.house import House
from services.publishing import counted


def counts_over_time(
    house: House, days: Sequence[date], *, by: By, unit: str, basis: Basis, audience: Audience
) -> OverTime:
    """The open figures of several days, side by side. Raises `UsageError` for a day that is still to come."""
    if unit not in ("actions", "recommendations"):
        raise UsageError(f"{unit} cannot be counted. Count actions or recommendations.")
    rows = [(day, counted(house, by, audience, as_of=day, basis=basis)) for day in days]
    said = {s.day: (s.figures, s.source) for s in stated(house.existing_plan(), by=by, unit=unit)}
    return over_time(by, unit, basis, rows, said)


def moved_since(house: House, since: date, *, by: By, basis: Basis, audience: Audience) -> tuple[Movement, ...]:
    """How the open counts have moved since the end of a day, and why. Raises `UsageError` for a day that is still to come."""
    if since > today():
        raise UsageError(f"{since} is still to come, so nothing has moved since then. Give a day until today.")
    return movements(house.existing_plan(), house.framework, since, today(), by=by, basis=basis, audience=audience)


def state_counts(house: House, day: date, figures: Mapping[str, int], *, by: By, unit: str, source: str) -> None:
    """Enter what a board stated for a day, by codes of the framework."""
    framework = house.framework
    codes: Mapping[str, tuple[str, ...]] = {
        "quadrant": framework.quadrant_codes, "issue": framework.issue_codes, "area": framework.area_codes,
        "agency": framework.agency_codes, "type": tuple(entry.code for entry in framework.review_types),
    }  # fmt: skip
    if by not in codes:
        raise UsageError(f"Stated figures are by one of {', '.join(codes)}.")
    state_figures(house.plan, day, figures, by=by, unit=unit, source=source, codes=codes[by], who=house.who)


def stated_counts(house: House) -> tuple[Stated, ...]:
    """All statements that stand, by day."""
    return stated(house.existing_plan())
