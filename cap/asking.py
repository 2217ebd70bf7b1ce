"""`cap search`, `cap counts`: questions to the plan."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cap.counting import BASES, drawn, moved, several_days
from cap.output import say, show_table, write_json_line, write_line, write_marked
from cap.together import refuse
from domain.errors import UsageError
from domain.framework import Framework
from domain.records import RecommendationRow, SearchHit
from domain.states import Audience
from services.settings import load_settings

if TYPE_CHECKING:
    from services.searching import Part


class Basis(StrEnum):
    """On what the counts of a day rest."""

    KNOWN = "known"
    EFFECTIVE = "effective"


class Unit(StrEnum):
    """What is counted."""

    ACTIONS = "actions"
    RECOMMENDATIONS = "recommendations"


class By(StrEnum):
    """What is counted by."""

    QUADRANT = "quadrant"
    ISSUE = "issue"
    AREA = "area"
    AGENCY = "agency"
    REVIEW = "review"
    TYPE = "type"
    STATUS = "status"


class Of(StrEnum):
    """What a picture shows."""

    QUADRANTS = "quadrants"
    OVERDUE = "overdue"
    ISSUES = "issues"


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(search)
    app.command()(counts)


def day(text: str | None) -> date | None:
    """A day given as YYYY-MM-DD. Raises `UsageError` for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{text}” is not a date. Write it as year-month-day, for example 2026-03-31.") from error


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            show_default=False,
            help="What to look for, in your own words, a draft recommendation, or a name: a case reference, a review's letter, an "
            "action's reference, A 4 or an identifier. In single quotes a query may hold "
            """"an exact phrase", the beginning of a word (chronolog*) and what to leave out (NOT police).""",
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            metavar="RECOMMENDATION", help='More like this one, by its identifier or as "K 3"; without WORDS.'
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a hit, on one line.")] = False,
    limit: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=500, help="How many to show at most, from 1 to 500.")
    ] = 10,
    quadrant: Annotated[str | None, typer.Option(metavar="CODE", help="Only this quadrant: Q1, Q2, Q3 or Q4.")] = None,
    issue: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this recurring issue, for example neglect.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this practice area, for example supervision.")
    ] = None,
    agency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only asked of this agency, for example police.")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="Only with this outcome or action status, for example proposed or open."),
    ] = None,
    review: Annotated[str | None, typer.Option(metavar="LETTER", help="Only of this review, for example K.")] = None,
    review_type: Annotated[
        str | None, typer.Option("--type", metavar="CODE", help="Only of this type of review, for example SPR.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="Only of reviews published in this year, for example 2021.")
    ] = None,
    single_agency: Annotated[
        bool | None,
        typer.Option(
            "--single-agency/--multi-agency", show_default=False, help="Only asked of one agency, or of several."
        ),
    ] = None,
    audience: Annotated[
        Audience,
        typer.Option(help="partnership searches drafts and embargoed reviews too; public only what is published."),
    ] = Audience.PARTNERSHIP,
) -> None:
    """Find past recommendations and what became of each.

    It searches by words and by meaning. Near-repeats are listed under the closest match. For the partnership's own use:
    drafts are searched too, and marked.
    """
    from services.house import open_house
    from services.searching import Found, Narrowed, find, in_parts, more_like

    if (like is None) == (not words):
        raise typer.BadParameter(
            'say what to look for, or name a recommendation: cap search "fathers in assessments", cap search --like "K 3"'
        )
    narrowed = Narrowed(quadrant, issue, area, agency, status, review, review_type, year, single_agency)
    with open_house(load_settings()) as house:
        if like is not None:
            found = Found(more_like(house, like, limit=limit, narrowed=narrowed, audience=audience))
        else:
            found = find(house, " ".join(words or ()), limit=limit, narrowed=narrowed, audience=audience)
        for sentence in found.said:
            say(sentence)
        if found.action:
            say(f"All about it: cap action show {found.action}")
        if as_json:
            for hit in found.hits:
                write_json_line(_hit_json(hit))
            return
        if not found.hits:
            write_line("Nothing was found. Try other words, or fewer filters.")
        _show_parts(in_parts(" ".join(words or ()), found.hits), house.framework)


def _show_parts(parts: Sequence["Part"], framework: Framework) -> None:
    for part in parts:
        if part.heading:
            write_line(part.heading)
            write_line("")
        for hit in part.hits:
            _show_hit(hit, framework.title(hit.recommendation.quadrant or ""))


def _hit_json(hit: SearchHit) -> dict[str, object]:
    return {
        "score": round(hit.score, 4),
        "why": hit.why,
        "very_words": hit.very_words,
        "recommendation": asdict(hit.recommendation),
        "passage": hit.passage,
        "marks": [list(mark) for mark in hit.marks],
        "repeats": [asdict(other) for other in hit.repeats],
        "actions": [asdict(action) for action in hit.actions],
    }


def place(r: RecommendationRow) -> str:
    """Where a recommendation stands: its review, number, page and visibility."""
    number = f" recommendation {r.number}" if r.number else ""
    return f"Review {r.review_letter} ({r.review_reference or r.review_file}){number}, page {r.page}, {r.visibility}"


def _show_hit(hit: SearchHit, quadrant: str) -> None:
    r = hit.recommendation
    label = quadrant + (" (confirmed)" if r.decided else " (suggested, unsure)" if r.unsure else " (suggested)")
    write_line(f"{r.id}  {place(r)}")
    write_marked(hit.passage, hit.marks, indent="  ")
    write_line(f"  {label}; {r.outcome}; found by {hit.why}")
    for other in hit.repeats:
        write_line(f"  Near-repeat {other.id}: {place(other)}; {other.outcome}")
    for action in hit.actions:
        target = f", target {action.target_date}" if action.target_date else ""
        write_line(f"  Action {action.ref} ({action.status}{target}): {action.text}")
        if action.progress:
            write_line(f"    {action.progress}")
    write_line("")


def counts(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row, on one line.")] = False,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day, YYYY-MM-DD. [default: today]")] = None,
    basis: Annotated[
        Basis,
        typer.Option(
            help="known: what was recorded in the plan by that day; effective: by the dates entered for publication, opening and "
            "closing."
        ),
    ] = Basis.KNOWN,
    by: Annotated[By, typer.Option(help="What to count by.")] = By.QUADRANT,
    audience: Annotated[
        Audience, typer.Option(help="partnership counts drafts too; public only what is published.")
    ] = Audience.PARTNERSHIP,
    at: Annotated[
        list[str] | None,
        typer.Option(metavar="DATE", help="Several days side by side, open figures only: give it once for each day."),
    ] = None,
    unit: Annotated[Unit, typer.Option(help="With --at: what is counted.")] = Unit.ACTIONS,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="How the open counts have moved since that day, and why.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --at or --since: write the table to this file, .csv or .xlsx."),
    ] = None,
    chart: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw today's counts into this file, .svg or .png.")
    ] = None,
    of: Annotated[
        Of,
        typer.Option(
            help="With --chart: what to draw. Quadrants, overdue actions by agency, or issues by the year in which the "
            "reviews were published."
        ),
    ] = Of.QUADRANTS,
) -> None:
    """Count recommendations and actions.

    It shows the total, proposed, open, overdue and closed; open is everything not yet closed, undecided recommendations
    too. With --at DATE, given for several days: the board's table of open figures, with what a board reported in the past
    as it was reported (cap stated). With --since DATE: why each open figure moved, by reasons that add up to it.
    """
    from services.house import open_house
    from services.publishing import counted

    _agree(context, dated=[as_of is not None, bool(at), since is not None], out=out, chart=chart, as_json=as_json)
    start, days = day(since), [d for d in map(day, at or ()) if d is not None]
    if chart is not None:
        drawn(of.value, chart, basis.value, audience)
        return
    if start is not None:
        moved(start, by.value, basis.value, audience, as_json=as_json, out=out)
        return
    if days:
        several_days(days, by.value, unit.value, basis.value, audience, as_json=as_json, out=out)
        return
    with open_house(load_settings()) as house:
        rows = counted(house, by.value, audience, as_of=day(as_of), basis=basis.value)
    if as_json:
        for row in rows:
            write_json_line(
                {
                    **asdict(row),
                    "as_of": (day(as_of) or date.today()).isoformat(),
                    "basis": basis.value,
                    "audience": audience.value,
                }
            )
        return
    for counted_unit in ("recommendations", "actions"):
        show_table(
            ("Code", by.value.capitalize(), "Total", "Proposed", "Open", "Overdue", "Closed"),
            [
                (r.code, r.title, r.total, r.proposed, r.open, r.overdue, r.closed)
                for r in rows
                if r.unit == counted_unit
            ],
            title=f"{counted_unit.capitalize()} by {by.value}, as of {as_of or 'today'} ({BASES[basis.value]}), for the "
            f"{audience.value}",
            numbers=frozenset({2, 3, 4, 5, 6}),
        )
        write_line("")


def _agree(context: typer.Context, *, dated: list[bool], out: Path | None, chart: Path | None, as_json: bool) -> None:
    """Refuse what cannot be asked together. dated: whether --as-of, --at and --since were given."""
    _, at, since = dated
    if dated.count(True) > 1:
        raise UsageError("Give the days either by --as-of, for one, by --at, for several, or by --since.")
    if out is not None and (as_json or not (at or since)):
        raise UsageError(
            "A file is written with --at or --since, and without --json. The counts of today are in outputs/."
        )
    if not at:
        refuse(context, "unit", when="without --at")
    if chart is None:
        refuse(context, "of", when="without --chart")
        return
    refuse(context, "by", when="with --chart, where --of says what is drawn")
    if any(dated) or as_json:
        raise UsageError("A chart shows today's counts: give --chart without days and without --json.")
