"""The thematic counts: today, over time, why they moved, as pictures and tables to take away."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, cast, get_args

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotFound, UsageError
from domain.records import CountRow
from domain.states import Role
from plan.counts import Basis, By
from plan.ledger import today
from plan.movements import Movement
from publish.over_time import OverTime
from review.access import Visit, seeing
from review.forms import day_of
from review.memory import recall
from review.pages.files import download, written
from review.rendering import render
from services import counting
from services.publishing import counted, snapshot_days

router = APIRouter()
UNITS: Final = ("actions", "recommendations")
BY: Final[dict[str, str]] = {
    "quadrant": "Quadrant", "issue": "Issue", "area": "Practice area", "agency": "Agency", "type": "Type of review",
    "review": "Review", "status": "Status",
}  # fmt: skip
PICTURES: Final[dict[str, str]] = {
    "quadrants": "Outstanding by quadrant over time", "issues": "Issues by year", "overdue": "Overdue actions by agency",
}  # fmt: skip
ONE_DAY: Final = {"quadrants": "By quadrant today"}
"""What a chart shows as long as counts were kept on one day only, and nothing has gone over time."""
COLUMNS: Final = 4  # days that the table of several days shows at once
TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of today's counts, with the address of what it counts, empty where no list shows exactly that."""

    row: CountRow
    address: str
    share: int


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """Counts by one dimension."""

    template: ClassVar[str] = "themes.html"
    title: ClassVar[str] = "Themes"
    by: str
    unit: str
    basis: str
    lines: tuple[Line, ...]
    several: OverTime | None
    since: str
    moved: tuple[Movement, ...]
    dimensions: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, str], ...]
    problem: str = ""

    @property
    def counted_by(self) -> str:
        """What a row of the tables stands for."""
        return BY[self.by]


def _by(word: str) -> By:
    return cast(By, word if word in get_args(By) else "quadrant")


def _basis(word: str) -> Basis:
    return cast(Basis, word if word in get_args(Basis) else "known")


@router.get("/themes")
def themes(
    visit: Visit = seeing(Role.VIEWER), by: str = "quadrant", unit: str = "actions", basis: str = "known",
    since: str = "",
) -> Response:  # fmt: skip
    """The counts."""
    house, dimension, on = visit.house, _by(by), _basis(basis)
    shown = unit if unit in UNITS else "actions"
    rows = recall(
        visit, ("counts", dimension, on),
        lambda: counted(house, dimension, visit.audience, as_of=None, basis=on),
        lately=True,
    )  # fmt: skip
    rows = tuple(row for row in rows if row.unit == shown)
    top = max((row.open for row in rows), default=0) or 1
    days = recall(visit, "snapshot days", lambda: snapshot_days(house, visit.audience))
    problem, moved = "", tuple[Movement, ...]()
    try:
        begun = day_of(since)
        if begun is not None:
            moved = recall(
                visit, ("moved", dimension, on, begun),
                lambda: counting.moved_since(house, begun, by=dimension, basis=on, audience=visit.audience),
                lately=True,
            )  # fmt: skip
    except UsageError as error:
        problem = str(error)
    page = ThemesPage(
        by=dimension, unit=shown, basis=on, lines=tuple(_line(row, shown, top) for row in rows),
        several=_several(visit, dimension, shown, on, days), since=since,
        moved=tuple(row for row in moved if row.unit == shown and (row.reasons or row.before or row.after)),
        dimensions=tuple(BY.items()), pictures=tuple((PICTURES | ({} if len(days) > 1 else ONE_DAY)).items()), problem=problem,
    )  # fmt: skip
    return render(visit, page)


def _several(visit: Visit, by: By, unit: str, basis: Basis, days: tuple[str, ...]) -> OverTime | None:
    """The table of the last days on which counts were kept, with today; None where there is only today."""
    earlier = [date.fromisoformat(day) for day in days if day < today().isoformat()]
    said = [statement.day for statement in counting.stated_counts(visit.house) if statement.by == by]
    wanted = sorted({*earlier, *said})[-(COLUMNS - 1) :]
    if not wanted:
        return None
    return recall(
        visit, ("several", by, unit, basis, tuple(wanted)),
        lambda: counting.counts_over_time(
            visit.house, [*wanted, today()], by=by, unit=unit, basis=basis, audience=visit.audience
        ),
        lately=True,
    )  # fmt: skip


def _line(row: CountRow, unit: str, top: int) -> Line:
    """What lists show what a row counts; what stands under no code has none."""
    address = ""
    if row.code != "none" and unit == "actions":
        address = f"/actions?{'kind' if row.by == 'type' else row.by}={row.code}"
    elif row.code != "none":
        address = f"/recommendations?{'review_type' if row.by == 'type' else row.by}={row.code}"
    return Line(row, address, round(100 * row.open / top))


@router.get("/themes/picture/{name}.{ending}")
def picture(name: str, ending: str, visit: Visit = seeing(Role.VIEWER), basis: str = "known") -> Response:
    """A picture of the counts, as SVG or PNG."""
    if name not in PICTURES or ending not in ("svg", "png"):
        raise NotFound("There is no such chart. The charts there are, are on Themes.")
    on = _basis(basis)

    def drawn() -> bytes:
        return written(ending, lambda file: counting.draw(visit.house, name, visit.audience, file, basis=on))

    return Response(recall(visit, ("picture", name, ending, on), drawn, lately=True), media_type=TYPES[ending])


@router.get("/themes/table.{ending}")
def table(
    ending: str, visit: Visit = seeing(Role.VIEWER), by: str = "quadrant", unit: str = "actions", basis: str = "known",
    since: str = "",
) -> Response:  # fmt: skip
    """The table of several days, or of why counts moved, as a file."""
    if ending not in ("csv", "xlsx"):
        raise NotFound("Tables can be downloaded as csv or xlsx.")
    house, dimension, on, begun = visit.house, _by(by), _basis(basis), day_of(since)
    shown = unit if unit in UNITS else "actions"
    if begun is not None:
        moved = counting.moved_since(house, begun, by=dimension, basis=on, audience=visit.audience)
        content = written(ending, lambda file: counting.write_moved(house, moved, begun, on, visit.audience, file))
        name = f"why-{dimension}-moved-since-{begun}"
    else:
        days = snapshot_days(house, visit.audience)
        several = _several(visit, dimension, shown, on, days) or counting.counts_over_time(
            house, [today()], by=dimension, unit=shown, basis=on, audience=visit.audience
        )
        content = written(ending, lambda file: counting.write_over_time(house, several, visit.audience, file))
        name = f"open-{shown}-by-{dimension}"
    return download(content, ending, name)
