"""`cap propose`: recommendations of audits, scrutiny, Section 11 and inspections enter the plan, with their type."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cap.output import say, write_line
from cap.together import refuse
from domain.errors import InputRejected, UsageError
from publish.wording import count
from services.settings import load_settings

SOME_REJECTED = 1
COLUMNS = ("Recommendation", "No", "Agency", "Target date", "Theme")


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(propose)


def propose(
    context: typer.Context,
    review_type: Annotated[
        str,
        typer.Option("--type", metavar="TYPE", help="What it is: audit, scrutiny, section11, inspection or another."),
    ],
    title: Annotated[
        str, typer.Option(metavar="WORDS", help="Its title, for example “Audit of strategy discussions, 2026”.")
    ],
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A table with a column headed Recommendation: xlsx, csv or docx."),
    ] = None,
    text: Annotated[
        list[str] | None, typer.Option(metavar="WORDS", help="A recommendation typed in; may be given several times.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="AGENCY", help="The agency that the typed-in recommendations are addressed to."),
    ] = None,
    reference: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The reference by which people know it.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="WORDS", help="The body that made it.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When: 2026-03-31, 2026-03 or 2026.")] = None,
) -> None:
    """Enter recommendations that come without a PDF.

    They are read from a table or typed in, and wait in the plan for a decision. If you have the report as a PDF, use cap
    add instead, whatever its type.
    """
    from services import proposing
    from services.house import open_house

    if (file is None) == (not text):
        raise UsageError("Name a file with a table of recommendations, or type them in with --text, not both.")
    if file is not None:
        refuse(context, "to", when="with a FILE, which says in each row whom it addresses")
    source = proposing.Source(review_type, title, reference, publisher, published)
    with open_house(load_settings()) as house:
        try:
            done = (
                proposing.propose_from(house, file, source)
                if file is not None
                else proposing.propose(house, text or [], source, addressee=to)
            )
        except InputRejected as error:
            say(str(error))
            sys.exit(SOME_REJECTED)
    row = done.review
    if done.already:
        write_line(f"The plan has these already, as {row.letter} ({row.title or row.file}).")
        return
    write_line(
        f"{row.letter} ({row.title}): {count(row.recommendations, 'recommendation')} to decide on. It is a draft: nobody outside "
        f"the partnership sees it until you enter: cap visibility {row.letter} published"
    )
    for words in done.passed:
        say(f"Not taken: {words}")
    if done.beside:
        say(f"Columns that are not read: {', '.join(done.beside)}. Those that are: {', '.join(COLUMNS)}.")
    for words in done.undated:
        say(f"This target date is no day of the calendar, and is kept as words: {words}")
