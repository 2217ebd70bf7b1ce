"""The pack for the monitoring group: what it has to decide, what is late or has moved, what was closed or decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.errors import NotAllowed
from domain.files import save
from domain.overdue import last_day, target_day
from domain.records import ActionRow, Event
from domain.states import OWED, Status
from publish import wording
from publish.contents import PlanContents, in_order
from publish.paper import Paper, Section, Table
from publish.sheets import Book, Cell, Column, Sheet
from publish.word import docx_bytes
from publish.workbook import heading_lines

TITLE = "Composite Action Plan: pack for the monitoring group"

Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One matter for the meeting: its heading and a table, which the document and the workbook both show."""

    heading: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Rows


_ACTION_HEADINGS = ("Ref", "Action", "Lead agency")
_ACTION_WIDTHS = (7.0, 52.0, 22.0)


def write_meeting(
    contents: PlanContents,
    since: date,
    events: tuple[Event, ...],
    docx: Path,
    xlsx: Path,
    *,
    closings: Mapping[str, str] | None = None,
) -> tuple[Path, Path]:
    """Write the pack as a document and as a workbook with the same tables; gives both paths.

    since: the day of the last meeting; events: the decisions to report, of which those since then are shown, with what
    they are about as people call it; closings: when the closing of an action was entered, by reference, which may be later
    than the day from which it was closed. The pack holds proposals and drafts, so it is for the partnership alone: raises
    `NotAllowed` for other contents, and `CannotWork` where a file cannot be written.
    """
    if contents.for_public:
        raise NotAllowed("The pack for the monitoring group holds drafts: make it for the partnership, not the public.")
    parts = meeting_parts(contents, since, events, closings)
    period = f"Since {wording.long_date(since)}, as of {wording.long_date(contents.as_of)}"
    paper = Paper(
        title=TITLE,
        subtitle=f"{contents.partnership}. {period}.",
        organisation=contents.partnership,
        template=contents.template,
        created=contents.as_of,
        footer=f"{contents.partnership}, {TITLE}, {wording.long_date(contents.as_of)}",
        introduction=tuple(f"{part.heading}: {len(part.rows)}" for part in parts),
        sections=tuple(_section(part) for part in parts),
        warning="For the partnership: it may hold what is not published.",
    )
    return save(docx, docx_bytes(paper)), save(xlsx, _workbook(contents, period, parts))


def meeting_parts(
    contents: PlanContents, since: date, events: tuple[Event, ...], closings: Mapping[str, str] | None = None
) -> tuple[Part, ...]:
    """The parts of the pack, in the order in which a meeting takes them; a part without rows says so."""
    return (
        _to_adopt(contents, since),
        _overdue(contents),
        _slipped(contents),
        _of_actions(
            contents,
            "Claimed complete, awaiting assurance",
            tuple(action for action in contents.outstanding if action.status is Status.COMPLETE),
            ("Progress", "Success goal"),
            lambda action: (action.progress, action.success_goal),
        ),
        _to_look_at_again(contents),
        _closed(contents, since, closings or {}),
        _decided(since, events),
    )


def _to_adopt(contents: PlanContents, since: date) -> Part:
    new = {review.id for review in contents.reviews if _on_or_after(review.added, since)}
    rows = tuple(
        (
            "New" if proposal.review_id in new else "Waiting",
            proposal.review_letter,
            proposal.number or "",
            proposal.page,
            wording.in_full(proposal),
            wording.quadrant(contents.framework, proposal.quadrant) + (" (confirmed)" if proposal.decided else ""),
            proposal.group_id or "",
        )
        for proposal in sorted(contents.proposals, key=lambda p: p.review_id not in new)
    )
    headings = (
        "Since last time",
        "Review",
        "Number",
        "Page",
        "Recommendation",
        "Suggested quadrant",
        "Near-repeat group",
    )
    return _part("Proposals to decide", headings, (12.0, 10.0, 10.0, 8.0, 54.0, 26.0, 13.0), rows)


def _overdue(contents: PlanContents) -> Part:
    late = sorted((a for a in contents.outstanding if contents.overdue(a)), key=contents.overdue, reverse=True)
    return _of_actions(
        contents,
        "Overdue",
        tuple(late),
        ("Target date", "Days overdue", "Progress"),
        lambda action: (wording.day_or_words(action.target_date), contents.overdue(action), action.progress),
    )


def _slipped(contents: PlanContents) -> Part:
    moved = tuple(action for action in contents.outstanding if action.status in OWED and _later(action))
    return _of_actions(
        contents,
        "Target date moved",
        moved,
        ("First target date", "Target date now", "Progress"),
        lambda action: (
            wording.day_or_words(action.original_target_date),
            wording.day_or_words(action.target_date),
            action.progress,
        ),
    )


def _later(action: ActionRow) -> bool:
    """Whether the target has been put off: to a later day, or from a day to words such as "Ongoing"."""
    first, now = last_day(action.original_target_date), last_day(action.target_date)
    return first is not None and (now is None or now > first)


def _to_look_at_again(contents: PlanContents) -> Part:
    """Assured actions whose day has come, the longest awaited first: has what was assured lasted?"""
    due = sorted(
        (
            (day, action)
            for action in contents.outstanding
            if action.status is Status.ASSURED and (day := target_day(action.recheck)) and day <= contents.as_of
        ),
        key=lambda pair: pair[0],
    )
    return _of_actions(
        contents,
        "Assured actions to look at again",
        tuple(action for _, action in due),
        ("Assured", "Look at again on", "Success goal"),
        lambda action: (
            wording.day_or_words(action.assured),
            wording.day_or_words(action.recheck),
            action.success_goal,
        ),
    )


def _closed(contents: PlanContents, since: date, closings: Mapping[str, str]) -> Part:
    """What no earlier pack can have shown as closed: a closing may be entered long after its day."""
    closed = tuple(
        action
        for action in in_order(contents.actions)
        if action.status is Status.CLOSED
        and any(_on_or_after(day, since) for day in (action.closed, closings.get(action.ref)) if day)
    )
    return _of_actions(
        contents,
        "Closed since last time",
        closed,
        ("Closed", "Aim achieved", "Progress"),
        lambda action: (_closed_on(action, since, closings), wording.achieved(action), action.progress),
    )


def _closed_on(action: ActionRow, since: date, closings: Mapping[str, str]) -> Cell:
    """The day of closure; where it lies before the last meeting, with the day on which it was entered."""
    day, entered = action.closed, closings.get(action.ref)
    if day is None or entered is None or _on_or_after(day, since):
        return wording.day_or_words(day)
    return f"{wording.printed_date(day)}, entered {wording.printed_date(entered[:10])}"


def _decided(since: date, events: tuple[Event, ...]) -> Part:
    rows = tuple(
        (wording.day_or_words(event.at[:10]), event.who, event.what, event.subject, event.why)
        for event in events
        if _on_or_after(event.at, since)
    )
    headings = ("When", "Who", "What", "Of what", "Why")
    return _part("Decided since last time", headings, (14.0, 18.0, 34.0, 16.0, 44.0), rows)


def _of_actions(
    contents: PlanContents,
    heading: str,
    actions: tuple[ActionRow, ...],
    more: tuple[str, ...],
    cells: Callable[[ActionRow], tuple[Cell, ...]],
) -> Part:
    rows = tuple(
        (
            action.ref,
            action.text,
            wording.agency_words(contents.framework, action.lead_agency),
            *cells(action),
            wording.sentence_case(action.rag.value),
        )
        for action in actions
    )
    widths = tuple(44.0 if title in ("Progress", "Success goal") else 15.0 for title in more)
    return _part(heading, (*_ACTION_HEADINGS, *more, "RAG"), (*_ACTION_WIDTHS, *widths, 9.0), rows)


def _part(heading: str, headings: tuple[str, ...], widths: tuple[float, ...], rows: Rows) -> Part:
    return Part(heading, headings, widths, rows)


def _section(part: Part) -> Section:
    if not part.rows:
        return Section(part.heading, ("None.",))
    rows = tuple(tuple(_words(cell) for cell in row) for row in part.rows)
    return Section(part.heading, (), Table(part.heading, part.headings, part.widths, rows))


def _words(cell: Cell) -> str:
    return wording.short_date(cell) if isinstance(cell, date) else "" if cell is None else str(cell)


def _on_or_after(stamp: str, since: date) -> bool:
    day = target_day(stamp[:10])
    return day is not None and day >= since


def _workbook(contents: PlanContents, period: str, parts: tuple[Part, ...]) -> bytes:
    book = Book(TITLE, period, contents.as_of, footer=f"{contents.partnership}: {TITLE}")
    for part in parts:
        book.add(
            Sheet(
                name=part.heading,
                title=part.heading,
                lines=(*heading_lines(contents), f"{period}."),
                columns=tuple(Column(title, width) for title, width in zip(part.headings, part.widths, strict=True)),
                rows=part.rows,
                empty="None.",
            )
        )
    return book.content()
