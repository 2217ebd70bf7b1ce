"""Counts over time, with what a board stated in the past beside what the plan counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from domain.errors import UsageError
from domain.states import Audience
from plan.counts import Basis, By
from plan.ledger import today
from plan.movements import Movement, movements
from plan.stated import Stated, state_figures, stated
from publish import wording
from publish.movements import movements_table
from publish.over_time import OverTime, over_time, sources, table_of
from publish.tables import write_table
from services.house import House
from services.publishing import counted, gather


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


def write_over_time(house: House, found: OverTime, audience: Audience, file: Path) -> Path:
    """Write the table of several days as .csv or .xlsx, with the source of each figure that a board stated."""
    title = f"Open {found.unit} by {found.by}"
    return write_table(file, title, _lines(house, audience, found.basis), table_of(found), sources(found), today())


def write_moved(
    house: House, found: Sequence[Movement], since: date, basis: Basis, audience: Audience, file: Path
) -> Path:
    """Write how counts moved since a day, and why, as .csv or .xlsx."""
    title = f"How open counts moved since {wording.long_date(since)}"
    return write_table(file, title, _lines(house, audience, basis), movements_table(found, since, today()), (), today())


def draw(house: House, of: str, audience: Audience, file: Path, *, basis: Basis) -> Path:
    """Draw what counts today as .svg or .png: "quadrants", "overdue" (actions by agency) or "issues" (by year).

    Raises `UsageError` for another picture or ending.
    """
    # Altair takes most of a second to import, which counts that draw nothing should not pay.
    from publish.charts import PICTURES, write_chart

    if of not in PICTURES:
        raise UsageError(f"There is no chart of {of}. Choose one of: {', '.join(PICTURES)}.")
    if file.suffix.casefold() not in (".svg", ".png"):
        raise UsageError(f"Let the name of {file.name} end in .svg or .png, so that the kind of chart is known.")
    return write_chart(gather(house, audience, as_of=today(), basis=basis), of, file)


def _lines(house: House, audience: Audience, basis: Basis | str) -> tuple[str, ...]:
    return (f"{house.settings.partnership}. {wording.for_whom(audience, today())}.", f"Basis: {basis}.")


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
