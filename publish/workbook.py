"""The plan as a workbook: the published table, a sheet a quadrant, proposals apart, reviews, counts, what this is."""

from collections.abc import Iterator
from pathlib import Path

from domain.files import save
from domain.records import RecommendationRow, ReviewRow
from domain.states import LIVE, Status
from publish import wording
from publish.contents import PlanContents, Suggestion
from publish.counts import COUNT_HEADINGS, count_cells, history_table
from publish.sheets import Band, Book, Cell, Column, Sheet

PLAN_COLUMNS = tuple(
    Column(title, width, choices)
    for title, width, choices in zip(
        wording.COLUMNS,
        (6.0, 13.0, 62.0, 24.0, 13.0, 58.0, 13.0),
        (None, None, None, "Agencies", None, None, "Statuses"),
        strict=True,
    )
)


def write_workbook(contents: PlanContents, file: Path) -> Path:
    """Write the plan as an xlsx workbook at `file` and give back its path.

    The proposals have a sheet of their own, for the partnership alone. Raises `CannotWork` where it cannot be written.
    """
    book = Book(
        title=f"{wording.PLAN}, {contents.partnership}",
        subject=wording.standing(contents),
        created=contents.as_of,
        footer=f"{contents.partnership}: {wording.PLAN}. {wording.standing(contents)}",
    )
    offer_lists(book, contents)
    for sheet in _sheets(contents):
        book.add(sheet)
    return save(file, book.content())


def offer_lists(book: Book, contents: PlanContents) -> None:
    """Give a workbook the words that its drop-downs offer: statuses, and agencies as the plan and the framework say."""
    book.choices("Statuses", (wording.sentence_case(status.value) for status in Status))
    printed = sorted(
        {wording.agency_words(contents.framework, a.lead_agency) for a in contents.actions}, key=str.casefold
    )
    book.choices("Agencies", (*printed, *(entry.title for entry in contents.framework.agencies)))


def heading_lines(contents: PlanContents) -> tuple[str, ...]:
    """The lines under every sheet's title: for whom and when, and the warning that a working copy carries."""
    line = f"{contents.partnership}. {wording.standing(contents)}."
    if contents.state is not None:
        # Found again by `cap import`: in the cells, so that no program that saves the file anew loses it.
        line += f" Plan state {contents.state}."
    lines = (line, wording.EARLIER) if contents.earlier else (line,)
    return (*lines, wording.WORKING_COPY) if contents.working_copy else lines


def _sheets(contents: PlanContents) -> Iterator[Sheet]:
    yield _whole_plan(contents)
    for entry in contents.framework.quadrants:
        yield Sheet(
            name=f"{entry.code} {entry.title}",
            title=entry.title,
            lines=heading_lines(contents),
            columns=PLAN_COLUMNS,
            rows=tuple(wording.plan_cells(contents, action) for action in contents.actions_of(entry.code)),
            empty="No action has been adopted in this quadrant yet.",
        )
    yield _details(contents)
    if not contents.for_public:
        yield _proposals(contents)
    yield _reviews(contents)
    yield from _counts(contents)
    yield _about(contents)


def _whole_plan(contents: PlanContents) -> Sheet:
    rows: list[tuple[Cell, ...] | Band] = []
    known = contents.framework.quadrant_codes
    elsewhere = sorted({action.quadrant for action in contents.actions} - set(known))
    for code in (*known, *elsewhere):
        actions = contents.actions_of(code)
        if actions:
            rows.append(Band(contents.framework.title(code)))
            rows.extend(wording.plan_cells(contents, action) for action in actions)
    return Sheet(
        name=wording.PLAN,
        title=f"{wording.PLAN}, {contents.as_of.year}",
        lines=heading_lines(contents),
        columns=PLAN_COLUMNS,
        rows=rows,
        empty=_no_action(contents) + ("" if contents.for_public else " The sheet “Proposals” waits for it."),
    )


def _no_action(contents: PlanContents) -> str:
    """What stands where no action does. What the public may not see may well have been adopted."""
    return (
        "No action has been adopted that the public may see."
        if contents.for_public
        else "No action has been adopted yet."
    )


def _details(contents: PlanContents) -> Sheet:
    sources = {recommendation.id: wording.source(recommendation) for recommendation in contents.recommendations}
    columns = (
        Column("Ref", 6), Column("Quadrant", 24), Column("Answers", 30), Column("Worry statement", 36),
        Column("Success goal", 36), Column("Next steps", 36), Column("Home", 22), Column("Opened", 12),
        Column("First target date", 13), Column("Days overdue", 9), Column("Closed", 12), Column("Aim achieved", 10),
        Column("Superseded by", 11), Column("Came from", 24), Column("RAG", 9), Column("Practice standards", 36),
        Column("Look at again on", 12),
    )  # fmt: skip
    rows = tuple(
        (
            action.ref,
            contents.framework.title(action.quadrant),
            "\n".join(sources[identifier] for identifier in action.recommendations if identifier in sources),
            action.worry_statement,
            action.success_goal,
            action.next_steps,
            action.home,
            wording.day_or_words(action.opened),
            wording.day_or_words(action.original_target_date),
            contents.overdue(action) or None,
            wording.day_or_words(action.closed),
            wording.achieved(action),
            action.superseded_by,
            wording.quadrant(contents.framework, action.source) or None,
            wording.sentence_case(action.rag.value) or None,
            wording.standards(contents.framework, action) or None,
            wording.day_or_words(action.recheck),
        )
        for code in dict.fromkeys((*contents.framework.quadrant_codes, *(a.quadrant for a in contents.actions)))
        for action in contents.actions_of(code)
    )
    return Sheet(
        name="Action details",
        title="Action details",
        lines=heading_lines(contents),
        columns=columns,
        rows=rows,
        empty=_no_action(contents),
    )


def _proposals(contents: PlanContents) -> Sheet:
    columns = (
        Column("Id", 16), Column("Review", 9), Column("Number", 9), Column("Page", 6), Column("Recommendation", 60),
        Column("Suggested quadrant", 24), Column("Confidence", 18), Column("Unsure between", 24),
        Column("Confirmed quadrant", 22), Column("Secondary", 22), Column("Issues", 22), Column("Practice areas", 24),
        Column("Addressee as printed", 24), Column("Agencies", 24), Column("Target date as printed", 14),
        Column("Near-repeat group", 14), Column("Perhaps answered already", 34), Column("Outcome", 12),
    )  # fmt: skip
    suggested = contents.suggested()
    return Sheet(
        name="Proposals",
        title="Proposals: recommendations that nobody has ruled on yet",
        lines=(*heading_lines(contents), "None of these is an action. " + wording.DECIDES),
        columns=columns,
        rows=tuple(_proposal_cells(contents, suggested[row.id], row) for row in contents.proposals),
        empty="No recommendation waits for a decision.",
    )


def _proposal_cells(contents: PlanContents, suggestion: Suggestion, row: RecommendationRow) -> tuple[Cell, ...]:
    framework = contents.framework
    return (
        row.id,
        row.review_letter,
        row.number,
        row.page,
        wording.in_full(row),
        wording.quadrant(framework, suggestion.quadrant),
        wording.confidence(row.confidence),
        wording.titles(framework, suggestion.between) or ("Unsure" if row.unsure else None),
        wording.quadrant(framework, row.quadrant) if row.decided else None,
        wording.quadrant(framework, row.secondary),
        wording.titles(framework, row.issues),
        wording.titles(framework, row.areas),
        row.addressee,
        wording.titles(framework, row.agencies),
        row.target_date,
        row.group_id,
        wording.sentence_case(suggestion.cover) or None,
        wording.sentence_case(row.outcome.value),
    )


def _reviews(contents: PlanContents) -> Sheet:
    columns = [
        Column("Letter", 7), Column("Reference", 16), Column("Title", 46), Column("Type", 28), Column("Publisher", 28),
        Column("Lead reviewer", 22), Column("Published", 13), Column("Pages", 7), Column("Recommendations", 15),
    ]  # fmt: skip
    if not contents.for_public:
        columns += [Column("Visibility", 12), Column("Embargo until", 13), Column("File", 26), Column("Added", 12)]
        columns += [Column("Read in part", 10), Column("Warnings", 40)]
    return Sheet(
        name="Reviews",
        title="Reviews",
        lines=heading_lines(contents),
        columns=tuple(columns),
        rows=tuple(_review_cells(contents, review) for review in contents.reviews),
        empty="No review to show.",
    )


def _review_cells(contents: PlanContents, review: ReviewRow) -> tuple[Cell, ...]:
    public: tuple[Cell, ...] = (
        review.letter,
        review.reference,
        review.title,
        contents.framework.title(review.review_type),
        review.publisher,
        review.lead_reviewer,
        wording.day_or_words(review.published),
        review.pages,
        review.recommendations,
    )
    if contents.for_public:
        return public
    return (
        *public,
        wording.sentence_case(review.visibility.value),
        wording.day_or_words(review.embargo_until),
        review.file,
        wording.day_or_words(review.added[:10]),
        "Yes" if review.partial else None,
        "\n".join(review.warnings),
    )


def _counts(contents: PlanContents) -> Iterator[Sheet]:
    headings = COUNT_HEADINGS if not contents.for_public else COUNT_HEADINGS[:-1]
    widths = (16.0, 60.0, 18.0, 10.0, 10.0, 10.0, 10.0, 12.0)
    rows: list[tuple[Cell, ...] | Band] = []
    for dimension in dict.fromkeys(row.by for row in contents.counts):
        rows.append(Band(f"By {dimension}"))
        rows.extend(count_cells(contents, row) for row in contents.counts_by(dimension))
    yield Sheet(
        name="Counts",
        title="Thematic counts",
        lines=(*heading_lines(contents), f"Basis: {wording.basis(contents)}."),
        columns=tuple(Column(heading, width) for heading, width in zip(headings, widths, strict=False)),
        rows=rows,
        empty="Nothing to count yet.",
    )
    if contents.history:
        head, *body = history_table(contents)
        yield Sheet(
            name="Counts over time",
            title=f"Open {contents.unit_to_show()} by quadrant over time",
            lines=(*heading_lines(contents), f"Basis: {wording.basis(contents)}."),
            columns=tuple(Column(str(title), 54 if at == 0 else 14) for at, title in enumerate(head)),
            rows=body,
        )


def _about(contents: PlanContents) -> Sheet:
    outstanding = sum(action.status in LIVE for action in contents.actions)
    models = ", ".join(dict.fromkeys(s.model for s in contents.suggestions if s.model))
    rows: list[tuple[str, str]] = [
        (
            "What this is",
            f"The {wording.PLAN} of {contents.partnership}: what reviews recommended and what is done about it.",
        ),
        ("As of", wording.long_date(contents.as_of)),
        ("For whom", wording.standing(contents)),
        *([("An earlier day", wording.EARLIER)] if contents.earlier else []),
        (
            "Actions",
            f"{len(contents.actions)} in all, {outstanding} of them outstanding (neither closed nor superseded).",
        ),
    ]
    if contents.working_copy:
        rows.append(("Working copy", wording.WORKING_COPY))
    if not contents.for_public:
        rows.append(("Proposals", f"{len(contents.proposals)} recommendations wait for a decision; none is an action."))
        rows.append(("How suggestions were made", wording.DECIDES + (f" Model: {models}." if models else "")))
    rows += [
        ("Who decides", "A person. References are given on adoption, never change and are never used again."),
        ("Complete and assured", "Complete is what the owner of an action says; assured is what has been checked."),
        ("RAG", "How an action goes, as a person says it: red, amber or green. Empty where nobody has said."),
        ("Counts", f"They rest on a named basis: {wording.basis(contents)}. Each figure names its unit."),
        ("Framework", f"{contents.framework.name}, version {contents.framework.version}."),
    ]
    return Sheet(
        name="About",
        title="About this workbook",
        lines=(),
        columns=(Column("Subject", 28), Column("What to know", 110)),
        rows=rows,
    )
