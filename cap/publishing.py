"""`cap export`, `cap round`, `cap meeting`, `cap visibility`: the plan goes out, and who may see what."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, TypeVar

import typer

from cap.asking import day
from cap.output import say, write_line
from cap.together import refuse
from domain.errors import UsageError
from domain.states import Audience, Visibility
from plan.ledger import today
from plan.rounds import Return
from publish.wording import EARLIER
from services.settings import load_settings

F = TypeVar("F", bound=StrEnum)


# Endings by which a program knows a file: one that holds something else would not open. Others are a part of a name.
OTHER_KINDS: Final = frozenset(
    "odt ods odp doc docm dot dotx xls xlsm xlsb xlt xltx xml html htm txt rtf tsv md pages numbers ppt pptx png jpg jpeg "
    "svg db sqlite zip jsonl yaml yml toml parquet".split()
)


class Format(StrEnum):
    """In what form the plan is exported."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


AudienceOption = Annotated[
    Audience, typer.Option(help="public: only what is published; partnership: drafts and proposals too.")
]
OutOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The file to write. [default: in the outputs folder]")
]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(export)
    app.command("round")(send_round)
    app.command()(meeting)
    app.command()(visibility)


def export(
    kind: Annotated[
        Format | None, typer.Option("--format", help="The form of the file. [default: as --out ends, else xlsx]")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The plan as recorded by the end of that day, YYYY-MM-DD. [default: today]"),
    ] = None,
    audience: AudienceOption = Audience.PUBLIC,
    out: OutOption = None,
) -> None:
    """Write the Composite Action Plan to a file.

    It can be a workbook, a document, a PDF, CSV or JSON. Of an earlier day it is the plan as it had been recorded by then.
    """
    from services.house import open_house
    from services.publishing import export as write_export
    from services.publishing import left_out

    form, of_day = form_of(kind, out, Format.XLSX), day(as_of)
    with open_house(load_settings()) as house:
        file = write_export(house, form.value, audience, as_of=of_day, file=out.absolute() if out else None)
        hidden = left_out(house, audience, as_of=of_day)
    write_line(str(file))
    if of_day is not None and of_day < today():
        say(EARLIER)
    tell_left_out(hidden)


def form_of(kind: F | None, out: Path | None, absent: F) -> F:
    """The form asked for, else that of the file's ending, else `absent` where no file is named.

    Raises `UsageError` where the first two differ, or the ending promises a kind of file that is not written.
    """
    ending = out.suffix.casefold().removeprefix(".") if out else ""
    named = next((form for form in type(absent) if form.value == ending), None)
    if kind and named and kind is not named:
        raise UsageError(
            f"{out} looks like {named}, but --format asks for {kind}. Change the file name or --format so that they agree."
        )
    if not named and ending in OTHER_KINDS:
        endings = [f".{form.value}" for form in type(absent)]
        raise UsageError(
            f"Let the name of {out} end in {', '.join(endings[:-1])} or {endings[-1]}, so that the kind of file is known."
        )
    return kind or named or absent


def tell_left_out(letters: tuple[str, ...]) -> None:
    """Say which reviews an export for the public does not show."""
    if letters:
        say(
            f"Left out, because the public may not see them yet: {', '.join(f'review {letter}' for letter in letters)}. "
            "cap visibility says who may see a review; for the partnership's own copy add --audience partnership"
        )


def send_round(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to put the workbooks. [default: a dated folder in the outputs]"),
    ] = None,
    returned: Annotated[
        bool, typer.Option("--returned", help="Say instead whose workbooks of the last round have come back.")
    ] = False,
) -> None:
    """Write a workbook for each lead agency to fill in.

    Each has the agency's open actions. What comes back is brought in with cap import.
    """
    from services.house import open_house
    from services.rounds import round_returns, write_the_round

    if returned:
        refuse(context, "folder", when="with --returned, which writes nothing")
    with open_house(load_settings()) as house:
        if returned:
            _tell_returns(round_returns(house))
            return
        written = write_the_round(house, folder.absolute() if folder else None)
    for file in written.files:
        write_line(str(file))
    if not written.files:
        write_line("No action is open, so there is nothing to send.")
    if written.gone:
        say(f"Removed from the folder, because this round does not write them again: {', '.join(written.gone)}.")
    if written.kept:
        say(
            f"Left in the folder as they are, because no round wrote them so: {', '.join(written.kept)}. Do not send them."
        )
    for agency, refs in written.short:
        say(
            f"“{agency}” is a short name, which may stand for several bodies: see that one body leads {', '.join(refs)} before you send "
            f'its workbook. To give an action the full name: cap action edit {refs[0]} --lead "..."'
        )


def _tell_returns(found: tuple[Return, ...]) -> None:
    if not found:
        write_line("No round has been sent yet. cap round writes one.")
        return
    answered = sum(one.answered for one in found)
    write_line(f"Round of {found[0].asked[:10]}: {answered} of {len(found)} have come back.")
    for one in found:
        came = one.came[:10] if one.came else ""
        missing = f"missing; a workbook came on {came}, but {one.lacks}" if came else "missing"
        write_line(f"  {one.agency}: {f'returned {came}' if one.answered else missing}")


def meeting(
    since: Annotated[str, typer.Option(metavar="DATE", help="The day of the last meeting, YYYY-MM-DD.")],
    folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to put the pack. [default: the outputs folder]")
    ] = None,
) -> None:
    """Write the pack for the monitoring group.

    It has new proposals, overdue and slipped actions, and what was decided since the last meeting.
    """
    from services.house import open_house
    from services.publishing import write_the_meeting

    start = day(since)
    if start is None:
        raise UsageError("Give the day of the last meeting: --since 2026-01-31")
    if start > date.today():
        raise UsageError(f"{since} is still to come. Give the day of the last meeting, for example --since 2026-01-31")
    with open_house(load_settings()) as house:
        for file in write_the_meeting(house, start, folder.absolute() if folder else None):
            write_line(str(file))


def visibility(
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="The review's letter, as cap run shows it.")],
    who: Annotated[Visibility, typer.Argument(metavar="WHO", help="draft, embargoed, published or withdrawn.")],
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="For an embargo: the release date, YYYY-MM-DD.")
    ] = None,
    why: Annotated[str, typer.Option(metavar="WORDS", help="The reason, for the record.")] = "",
) -> None:
    """Say who may see what comes from a review.

    Every new review is a draft until you say otherwise. A review that was withdrawn comes back with draft.
    """
    from publish.wording import going, listed
    from services.deciding import change_visibility
    from services.house import open_house

    with open_house(load_settings()) as house:
        row, lost = change_visibility(house, letter, who.value, until=until, why=why)
    release = f" until {row.embargo_until}" if row.embargo_until else ""
    write_line(f"Review {row.letter} ({row.reference or row.file}) is now {row.visibility}{release}.")
    if lost.by_all:
        write_line(
            f"No longer seen or counted by anybody: {going(lost.by_all)}. To bring back the review and them: cap visibility "
            f"{row.letter} draft"
        )
    if any(action.others for action in lost.by_all):
        write_line(
            "To keep an action that also answers other reviews: bring the review back, give the action words of its own "
            '(cap action edit ACTION --text "..."), and withdraw the review again.'
        )
    if lost.by_public:
        write_line(
            f"No longer seen by the public: {listed(lost.by_public)}. To show them again: cap visibility {row.letter} published"
        )
