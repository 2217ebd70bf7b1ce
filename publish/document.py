"""The plan as a document, in the form in which boards publish it: an introduction and one table a quadrant."""

from pathlib import Path

from domain.files import save
from domain.records import ActionRow, RecommendationRow
from domain.states import LIVE
from publish import wording
from publish.contents import PlanContents
from publish.counts import counts_table
from publish.paper import Paper, Section, Table
from publish.pdf import pdf_bytes
from publish.word import docx_bytes

_HEADINGS = wording.COLUMNS[:-1]
_WIDTHS = (6.0, 10.0, 42.0, 17.0, 11.0, 42.0)

_ANNEX = 500
"""Proposals that a printed annex shows; more would be a book that nobody reads, and the workbook has them all."""


def write_document_docx(contents: PlanContents, file: Path) -> Path:
    """Write the published plan as a Word document. Raises `CannotWork`."""
    return save(file, docx_bytes(plan_paper(contents)))


def write_document_pdf(contents: PlanContents, file: Path) -> Path:
    """Write the published plan as a tagged PDF. Raises `CannotWork`."""
    return save(file, pdf_bytes(plan_paper(contents)))


def plan_paper(contents: PlanContents) -> Paper:
    """The published plan: outstanding actions by quadrant; for the partnership, the proposals as an annex apart."""
    framework = contents.framework
    sections = [_framework_section(contents)]
    for code in dict.fromkeys((*framework.quadrant_codes, *(action.quadrant for action in contents.actions))):
        sections.append(_quadrant_section(contents, code))
    if not contents.for_public:
        sections.append(_annex(contents))
    return Paper(
        title=f"{wording.PLAN}, {wording.month_and_year(contents.as_of)}",
        subtitle=f"{contents.partnership}. {wording.standing(contents)}.",
        organisation=contents.partnership,
        template=contents.template,
        created=contents.as_of,
        footer=f"{contents.partnership}, {wording.PLAN}, {wording.standing(contents)}",
        introduction=_introduction(contents),
        warning=_warning(contents),
        sections=tuple(sections),
    )


def _warning(contents: PlanContents) -> str:
    said = (wording.EARLIER if contents.earlier else "", wording.WORKING_COPY if contents.working_copy else "")
    return " ".join(filter(None, said))


def _introduction(contents: PlanContents) -> tuple[str, ...]:
    outstanding = len(contents.outstanding)
    return (
        f"This plan brings together what reviews have asked of the agencies of {contents.partnership}, so that it can "
        "be followed in one place until it is done and has been checked.",
        f"It shows {wording.count(outstanding, 'outstanding action')}. Above each table stands how they stand. Complete is "
        "what the owner of an action says; assured is what has been checked. Actions that are closed or superseded stand in "
        "the workbook.",
        "Review refs are the letters of the reviews that an action answers; All means that it answers every one.",
    )


def _framework_section(contents: PlanContents) -> Section:
    rows = counts_table(contents)
    table = None
    if len(rows) > 1:
        caption = f"Counts by quadrant, {wording.basis(contents)}"
        table = Table(caption, rows[0], (60.0, 18.0, *(12.0,) * (len(rows[0]) - 2)), rows[1:])
    return Section(
        heading=contents.framework.name,
        paragraphs=(
            f"Actions are grouped by the {len(contents.framework.quadrants)} themes of the framework. "
            f"Counts are as of {wording.long_date(contents.as_of)}, {wording.basis(contents)}; each names its unit.",
        ),
        table=table,
    )


def _quadrant_section(contents: PlanContents, code: str) -> Section:
    title = contents.framework.title(code)
    actions = tuple(action for action in contents.actions_of(code) if action.status in LIVE)
    if not actions:
        return Section(title, ("No action is outstanding here.",))
    rows = tuple(_action_row(contents, action) for action in actions)
    return Section(
        title, _how_they_stand(contents, actions), Table(f"Outstanding actions: {title}", _HEADINGS, _WIDTHS, rows)
    )


def _how_they_stand(contents: PlanContents, actions: tuple[ActionRow, ...]) -> tuple[str, ...]:
    """Status by status, and what is overdue since when.

    Above the table, whose columns are those of the published plan: what comes back in from a document is its cells.
    """
    by_status = ((status, [action.ref for action in actions if action.status is status]) for status in LIVE)
    said = [f"{wording.sentence_case(status.value)}: {', '.join(refs)}." for status, refs in by_status if refs]
    late = [
        f"{action.ref} since {wording.printed_date(action.target_date)}"
        for action in actions
        if contents.overdue(action)
    ]
    return (" ".join(said), f"Overdue: {'; '.join(late)}." if late else "None of them is overdue.")


def _action_row(contents: PlanContents, action: ActionRow) -> tuple[str, ...]:
    return (
        action.ref,
        wording.review_refs(action),
        action.text,
        wording.agency_words(contents.framework, action.lead_agency),
        wording.printed_date(action.target_date),
        action.progress,
    )


def _annex(contents: PlanContents) -> Section:
    said: tuple[str, ...] = (
        "These recommendations wait for a decision. None of them is an action. " + wording.DECIDES,
    )
    if not contents.proposals:
        return Section("Annex: proposals", ("No recommendation waits for a decision.",))
    headings = ("Review", "Number", "Page", "Recommendation", "Quadrant", "Addressee as printed")
    rows = tuple(_proposal_row(contents, proposal) for proposal in contents.proposals[:_ANNEX])
    if len(rows) < len(contents.proposals):
        said += (f"Here are the first {len(rows)} of {len(contents.proposals)}; the workbook has them all.",)
    table = Table("Recommendations that wait for a decision", headings, (9.0, 10.0, 8.0, 58.0, 26.0, 18.0), rows)
    return Section("Annex: proposals", said, table, page_break=True)


def _proposal_row(contents: PlanContents, row: RecommendationRow) -> tuple[str, ...]:
    label = wording.quadrant(contents.framework, row.quadrant)
    standing = "confirmed" if row.decided else "suggested, unsure" if row.unsure else "suggested"
    return (
        row.review_letter,
        row.number or "",
        str(row.page),
        wording.in_full(row),
        f"{label} ({standing})" if label else "",
        row.addressee or "",
    )
