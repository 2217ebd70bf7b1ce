"""`cap briefing`: a theme on one page."""

from enum import StrEnum
from typing import Annotated

import typer

from cap.output import write_line
from cap.publishing import AudienceOption, OutOption, form_of, tell_left_out
from domain.states import Audience
from services.settings import load_settings


class Format(StrEnum):
    """In what form a briefing is written."""

    DOCX = "docx"
    PDF = "pdf"


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(briefing)


def briefing(
    theme: Annotated[
        str,
        typer.Argument(
            metavar="TOPIC", help="A quadrant, recurring issue or practice area, by code or title, for example neglect."
        ),
    ],
    kind: Annotated[
        Format | None, typer.Option("--format", help="The form of the file. [default: as --out ends, else docx]")
    ] = None,
    audience: AudienceOption = Audience.PUBLIC,
    out: OutOption = None,
) -> None:
    """Write one page on a topic.

    It has what keeps being asked, in the reviews' own words, what was done, and what is still to be done.
    """
    from services.briefing import write_the_briefing
    from services.house import open_house
    from services.publishing import left_out

    form = form_of(kind, out, Format.DOCX)
    with open_house(load_settings()) as house:
        file = write_the_briefing(house, theme, form.value, audience, out.absolute() if out else None)
        hidden = left_out(house, audience)
    write_line(str(file))
    tell_left_out(hidden)
