"""`cap briefing`: a theme on one page."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cap.output import say, write_line
from domain.errors import UsageError
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
            metavar="THEME", help="A quadrant, recurring issue or practice area, by code or title, for example neglect."
        ),
    ],
    kind: Annotated[
        Format | None, typer.Option("--format", help="The form of the file. [default: as --out ends, else docx]")
    ] = None,
    audience: Annotated[
        Audience, typer.Option(help="public: only what is published; partnership: drafts and proposals too.")
    ] = Audience.PUBLIC,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to write. [default: in the outputs folder]")
    ] = None,
) -> None:
    """Write one page on a theme: what keeps being asked, in the reviews' own words, what was done, what is still open."""
    from services.briefing import write_the_briefing
    from services.house import open_house
    from services.publishing import left_out

    form = _format(kind, out)
    with open_house(load_settings()) as house:
        file = write_the_briefing(house, theme, form.value, audience, out.absolute() if out else None)
        hidden = left_out(house, audience)
    write_line(str(file))
    if hidden:
        say(
            f"Left out, because the public may not see them yet: {', '.join(f'review {letter}' for letter in hidden)}. "
            "cap visibility says who may see a review; for the partnership's own copy add --audience partnership"
        )


def _format(kind: Format | None, out: Path | None) -> Format:
    """The form asked for, else that of the file's ending. Raises `UsageError` where the two contradict each other."""
    ending = out.suffix.casefold().removeprefix(".") if out else ""
    named = Format(ending) if ending in set(Format) else None
    if kind and named and kind is not named:
        raise UsageError(f"{out} ends like {named}, and --format says {kind}. Leave one of the two out.")
    return kind or named or Format.DOCX
