"""`cap search`, `cap counts`: questions to the plan."""

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from cap.output import show_table, write_json_line, write_line
from domain.errors import UsageError
from domain.records import SearchHit
from domain.states import Audience
from services.settings import load_settings


class Basis(StrEnum):
    """On what the counts of a day rest."""

    KNOWN = "known"
    EFFECTIVE = "effective"


class By(StrEnum):
    """What is counted by."""

    QUADRANT = "quadrant"
    ISSUE = "issue"
    AREA = "area"
    AGENCY = "agency"
    REVIEW = "review"
    STATUS = "status"


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
        raise UsageError(f"{text} is not a day. Write it as year-month-day, for example 2026-03-31.") from error


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help="What to look for, in your own words: fathers in assessments"),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a hit, on one line.")] = False,
    limit: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=500, help="How many to show at most, from 1 to 500.")
    ] = 10,
    quadrant: Annotated[str | None, typer.Option(metavar="CODE", help="Only this quadrant: Q1, Q2, Q3 or Q4.")] = None,
    issue: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this recurring issue, for example neglect.")
    ] = None,
    agency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only asked of this agency, for example police.")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="Only with this outcome or action status, for example proposed or open."),
    ] = None,
) -> None:
    """Find past recommendations by words and by meaning, and what became of each.

    For the partnership's own use: drafts are searched too, and marked.
    """
    from services.house import open_house
    from services.searching import search_plan

    with open_house(load_settings()) as house:
        hits = search_plan(
            house, " ".join(words), limit=limit, quadrant=quadrant, issue=issue, agency=agency, status=status
        )
        if as_json:
            for hit in hits:
                write_json_line(_hit_json(hit))
            return
        if not hits:
            write_line("Nothing was found. Try other words, or fewer filters.")
        for hit in hits:
            _show_hit(hit, house.framework.title(hit.recommendation.quadrant or ""))


def _hit_json(hit: SearchHit) -> dict[str, object]:
    return {
        "score": round(hit.score, 4),
        "why": hit.why,
        "recommendation": asdict(hit.recommendation),
        "actions": [asdict(action) for action in hit.actions],
    }


def _show_hit(hit: SearchHit, quadrant: str) -> None:
    r = hit.recommendation
    number = f" recommendation {r.number}" if r.number else ""
    label = quadrant + (" (confirmed)" if r.decided else " (suggested, unsure)" if r.unsure else " (suggested)")
    write_line(
        f"{r.id}  Review {r.review_letter} ({r.review_reference or r.review_file}){number}, page {r.page}, {r.visibility}"
    )
    write_line(f"  {r.lead_in + ' ' if r.lead_in else ''}{r.text}")
    write_line(f"  {label}; {r.outcome}; found by {hit.why}")
    for action in hit.actions:
        target = f", target {action.target_date}" if action.target_date else ""
        write_line(f"  Action {action.ref} ({action.status}{target}): {action.text}")
    write_line("")


def counts(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row, on one line.")] = False,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day, YYYY-MM-DD. [default: today]")] = None,
    basis: Annotated[
        Basis,
        typer.Option(
            help="known: what the plan held that day; effective: by dates of publication, opening and closing."
        ),
    ] = Basis.KNOWN,
    by: Annotated[By, typer.Option(help="What to count by.")] = By.QUADRANT,
    audience: Annotated[
        Audience, typer.Option(help="partnership counts drafts too; public only what is published.")
    ] = Audience.PARTNERSHIP,
) -> None:
    """Count recommendations and actions: total, proposed, open, overdue and closed."""
    from services.house import open_house
    from services.publishing import counted

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
    for unit in ("recommendations", "actions"):
        show_table(
            ("Code", by.value.capitalize(), "Total", "Proposed", "Open", "Overdue", "Closed"),
            [(r.code, r.title, r.total, r.proposed, r.open, r.overdue, r.closed) for r in rows if r.unit == unit],
            title=f"{unit.capitalize()} by {by.value}, as of {as_of or 'today'} ({basis.value}), for the {audience.value}",
            numbers=frozenset({2, 3, 4, 5, 6}),
        )
        write_line("")
