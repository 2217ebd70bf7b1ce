"""The plan as files: the working copy that every run leaves, exports for an audience and the meeting's pack."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from domain.errors import UsageError
from domain.records import CountRow, RecommendationRow
from domain.states import Audience, Cover, Outcome
from plan import reading, trail
from plan.action_history import closings
from plan.counts import DIMENSIONS, Basis, By, counts, history, snapshot
from plan.deciding import release_embargoes
from plan.ledger import today
from plan.overview import last_suggestions
from plan.standing import as_it_stands, as_it_stood, had_begun
from publish.contents import PlanContents, Suggestion
from publish.counts import write_counts_csv
from publish.datasette import METADATA, write_metadata
from publish.exports import write_csv, write_json, write_overdue_csv
from publish.wording import covers
from publish.workbook import write_workbook
from services.covering import covered
from services.house import House
from services.settings import Settings

WORKBOOK = "composite-action-plan.xlsx"
COUNTS_CSV = "thematic-counts.csv"
COUNTS_CHART = "thematic-counts.svg"
OVERDUE = "overdue-actions.csv"


def gather(
    house: House, audience: Audience, *, as_of: date | None = None, basis: Basis = "known", working_copy: bool = False
) -> PlanContents:
    """Everything that one publication may show, from the plan; of an earlier day as it stood then.

    `as_of`: today where not given. Raises `UsageError` for a day to come, and for one before anything was entered.
    """
    day = _told(as_of) or today()
    plan, framework = house.existing_plan(), house.framework
    earlier = day < today()
    if earlier and not had_begun(plan, day):
        raise UsageError(
            f"Nothing had been entered in the plan by {day}, so there is no plan of that day to write. For what was open on it "
            f"by the dates that people gave, use cap counts --as-of {day} --basis effective. Files that were written earlier "
            "are in the outputs folder, unless somebody has moved them.",
            page=f"Nothing had been entered in the plan by {day}, so there is no plan of that day to download. Choose a later "
            "day, or see Themes for counts by the dates that people gave.",
        )
    standing = as_it_stood(plan, day, audience=audience) if earlier else as_it_stands(plan, audience=audience)
    proposed = (r for r in standing.recommendations if r.outcome is Outcome.PROPOSED)
    proposals = tuple(proposed) if audience is Audience.PARTNERSHIP else ()
    # Of an earlier day nothing is compared: what the plan has now would tell of what came later.
    said = _covers(house) if proposals and not earlier else {}
    return PlanContents(
        framework=framework,
        partnership=house.settings.partnership,
        audience=audience,
        as_of=day,
        working_copy=working_copy,
        actions=standing.actions,
        proposals=proposals,
        recommendations=standing.recommendations,
        reviews=standing.reviews,
        counts=tuple(
            row
            for by in DIMENSIONS
            for row in counts(plan, framework, by=by, as_of=as_of, basis=basis, audience=audience)
        ),
        history=history(plan, audience=audience, until=day),
        basis=basis,
        # The public is told nothing of how often the plan changed.
        state=standing.state if audience is Audience.PARTNERSHIP else None,
        template=house.settings.template,
        suggestions=() if earlier else tuple(_suggestions(house, proposals, audience, said)),
        earlier=earlier,
    )


def _told(as_of: date | None) -> date | None:
    """A day that can be told of. Raises `UsageError` for one to come: the plan knows no future, and embargoes end in it."""
    if as_of is not None and as_of > today():
        raise UsageError(f"{as_of} is still to come, so the plan cannot be told as of then. Give a day until today.")
    return as_of


def _suggestions(
    house: House, proposals: Sequence[RecommendationRow], audience: Audience, covers: Mapping[str, str]
) -> Iterator[Suggestion]:
    """What the model said of each proposal, and what action seems to answer it."""
    said = last_suggestions(house.plan, audience=audience) if proposals else {}
    for row in proposals:
        cover, found = covers.get(row.id, ""), said.get(row.id)
        if found is None:
            yield Suggestion(row.id, "", cover=cover)
        else:
            yield Suggestion(row.id, found.quadrant, found.between, found.model, cover)


def _covers(house: House) -> dict[str, str]:
    """What action each proposal seems to have already, in words; nothing for what is new."""
    found = covered(house)
    return {c.recommendation.id: covers(c.verdict, c.action) for c in found if c.verdict is not Cover.NEW}


def working_copy(settings: Settings) -> tuple[Path, ...]:
    """The files of the partnership's working copy, whether they are there or not."""
    return tuple(settings.outputs / name for name in (WORKBOOK, COUNTS_CSV, COUNTS_CHART))


def is_current(house: House) -> bool:
    """Whether the working copy is there and of today, and nothing has happened in the plan since it was written."""
    try:
        written = min(file.stat().st_mtime for file in working_copy(house.settings))
    except FileNotFoundError:
        return False
    latest = trail.events(house.plan, audience=None, limit=1)
    since = max((datetime.fromisoformat(event.at).timestamp() for event in latest), default=0.0)
    return since <= written and datetime.fromtimestamp(written, UTC).date() == today()


def refresh(house: House) -> tuple[Path, ...]:
    """Keep today's counts and write the partnership's working copy: workbook, counts as CSV and as a chart."""
    # Altair takes most of a second to import, which commands that draw nothing should not pay.
    from publish.charts import write_chart

    release_embargoes(house.plan, who=house.who)
    snapshot(house.plan, house.framework)
    contents = gather(house, Audience.PARTNERSHIP, working_copy=True)
    workbook, table, chart = working_copy(house.settings)
    # Not of the working copy: it changes with the software and not with the plan, so its age says nothing.
    write_metadata(house.settings.outputs / METADATA, house.settings.database.stem, house.settings.partnership)
    return (
        write_workbook(contents, workbook),
        write_counts_csv(contents, table),
        write_chart(contents, "quadrants", chart),
    )


def _docx(contents: PlanContents, file: Path) -> Path:
    from publish.document import write_document_docx

    return write_document_docx(contents, file)


def _pdf(contents: PlanContents, file: Path) -> Path:
    from publish.document import write_document_pdf

    return write_document_pdf(contents, file)


WRITERS: Final[dict[str, Callable[[PlanContents, Path], Path]]] = {
    "xlsx": write_workbook,
    "docx": _docx,
    "pdf": _pdf,
    "csv": write_csv,
    "json": write_json,
}


def export(house: House, kind: str, audience: Audience, *, as_of: date | None = None, file: Path | None = None) -> Path:
    """Write the plan in one format for one audience; gives the file. Raises `UsageError` for a format that is not known."""
    if kind not in WRITERS:
        raise UsageError(f"There is no format {kind}. Choose one of: {', '.join(WRITERS)}.")
    release_embargoes(house.existing_plan(), who=house.who)
    # Named by its day, so that it does not take the place of today's.
    named = f"{audience}-{as_of}" if as_of is not None and as_of < today() else str(audience)
    target = file or house.settings.outputs / f"composite-action-plan-{named}.{kind}"
    return WRITERS[kind](gather(house, audience, as_of=as_of), target)


def write_regular(house: House) -> tuple[Path, ...]:
    """What a scheduled refresh leaves beside the working copy: what is overdue, and the exports that go to board and public."""
    contents, folder = gather(house, Audience.PARTNERSHIP), house.settings.outputs
    return (
        write_overdue_csv(contents, folder / OVERDUE),
        export(house, "docx", Audience.PARTNERSHIP),
        export(house, "xlsx", Audience.PUBLIC),
    )


def left_out(house: House, audience: Audience, *, as_of: date | None = None) -> tuple[str, ...]:
    """Letters of the reviews of the partnership's plan that an export for this audience does not show."""
    plan, day = house.existing_plan(), (as_of or today()).isoformat()
    seen = {review.id for review in reading.reviews(plan, audience=audience)}
    everything = reading.reviews(plan, audience=Audience.PARTNERSHIP)
    return tuple(r.letter for r in everything if r.id not in seen and r.added[: len(day)] <= day)


def counted(house: House, by: By, audience: Audience, *, as_of: date | None, basis: Basis) -> tuple[CountRow, ...]:
    """The thematic counts by one dimension."""
    return counts(house.existing_plan(), house.framework, by=by, as_of=_told(as_of), basis=basis, audience=audience)


def snapshot_days(house: House, audience: Audience) -> tuple[str, ...]:
    """The days (ISO) of which counts are kept, oldest first."""
    return tuple(day for day, _ in history(house.existing_plan(), audience=audience))


def write_the_meeting(house: House, since: date, folder: Path | None = None) -> tuple[Path, ...]:
    """The pack for the monitoring group: what has come, slipped, fallen due or been decided since a day."""
    from publish.decided import decided
    from publish.meeting import write_meeting

    contents = gather(house, Audience.PARTNERSHIP)
    events = decided(contents, trail.events(house.plan, since=since.isoformat()))
    place = folder or house.settings.outputs
    stem = f"meeting-{contents.as_of.isoformat()}"
    return write_meeting(
        contents, since, events, place / f"{stem}.docx", place / f"{stem}.xlsx", closings=closings(house.plan)
    )
