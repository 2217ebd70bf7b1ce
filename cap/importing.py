"""`cap import`: an existing plan, an edited export or a returned workbook comes in, after a look at what it would change."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cap.asking import day
from cap.output import agreed, say, write_json_line, write_line
from cap.together import refuse
from domain.errors import InputRejected, UsageError
from plan.import_rows import SEVERAL, Preview, Verdict, short, taken_in_part
from services.settings import load_settings

if TYPE_CHECKING:
    from services.importing import Looked

SOME_REJECTED = 1
MOST_NAMED = 20


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("import")(import_plan)


def import_plan(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="The plan: xlsx, csv, docx or PDF.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before writing.")] = False,
    published: Annotated[
        bool, typer.Option("--published", help="It is a published plan, whose actions the public may see.")
    ] = False,
    dated: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="As at which date the file is correct, YYYY-MM-DD. [default: today]"),
    ] = None,
    columns: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help='A file that matches your headings to ours: the line [columns], then for example "What we will do" = "action".',
        ),
    ] = None,
    undo: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, max=2**31, help="Take an import back, by its number.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the imports there have been.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each row of the preview.")] = False,
) -> None:
    """Bring in a plan or an agency's update.

    The file may be an existing plan, an edited export or an agency's returned workbook. First you see what would change.
    """
    from services.house import open_house
    from services.importing import look, take

    if [file is not None, undo is not None, listed].count(True) != 1:
        raise UsageError("Name one file to import, for example: cap import plan.xlsx; or give --undo NUMBER or --list.")
    if file is None:
        refuse(
            context, "dry_run", "yes", "published", "dated", "columns", "as_json", when="without a FILE to import"
        )  # fmt: skip
        _past(undo)
        return
    if dry_run:
        refuse(context, "yes", when="with --dry-run, which writes nothing")
    with open_house(load_settings()) as house:
        try:
            looked = look(house, file, published=published, dated=day(dated), columns=columns)
        except InputRejected as error:
            say(str(error))
            sys.exit(SOME_REJECTED)
        _show(looked, as_json=as_json)
        if dry_run or not looked.writes:
            say("Nothing was changed.")
        elif not yes and not agreed("Import this?"):
            say("Nothing was changed. To import without being asked, add --yes")
        else:
            done = take(house, looked)
            say(
                f"Imported {looked.file} as import {done.number}: {len(done.new)} new, {len(done.changed)} changed. "
                f"To take it back: cap import --undo {done.number}"
            )
    if any(row.reasons for row in looked.rows):
        sys.exit(SOME_REJECTED)


def _show(looked: "Looked", *, as_json: bool) -> None:
    for row in looked.rows:
        if as_json:
            write_json_line(_as_json(row))
        elif row.verdict is not Verdict.UNCHANGED:
            _tell(row)
    if looked.passed:
        say(f"Left out, because they do not have the headings of a plan: {', '.join(looked.passed)}.")
    if looked.beside:
        say(f"Columns that are not read: {', '.join(looked.beside)}. To read one as another: --columns FILE")
    if looked.agency:
        say(f"This is the update from {looked.agency}.")
    if looked.earlier:
        say(
            f"It is the workbook of the round of {looked.earlier}, so it does not count as an answer to the last round. Ask for the "
            "newer one."
        )
    say(_summary(looked.rows))


def _past(number: int | None) -> None:
    from services.house import open_house
    from services.importing import past_imports, take_back

    with open_house(load_settings()) as house:
        if number is not None:
            refs = take_back(house, number)
            named = ", ".join(refs[:MOST_NAMED]) + (
                f" and {len(refs) - MOST_NAMED} more" if len(refs) > MOST_NAMED else ""
            )
            write_line(f"Import {number} is undone; as before it: {named or 'every action'}")
            return
        for past in past_imports(house):
            undone = f", undone {past.undone[:10]}" if past.undone else ""
            write_line(
                f"{past.number}: {past.file}, {past.at[:10]}, {past.who}: {past.new} new, {past.changed} changed{undone}"
            )


def _tell(row: Preview) -> None:
    name = f"action {row.ref}" if row.ref else f"a new action in {row.quadrant}" if row.quadrant else row.at
    at = f" ({row.at})" if row.ref or row.quadrant else ""
    seen = "; the public sees this action" if row.public and row.writes else ""
    write_line(f"{row.verdict.words.upper()} {name}{at}{seen}{_words(row)}")
    for change in row.changes:
        write_line(f"    {change.name}: “{short(change.before)}” -> “{short(change.after)}”")
        if change.shown is not None:
            before, after = (short(words) for words in change.shown)
            write_line(f"    with what others told, the plan shows: “{before}” -> “{after}”")
    if row.letters and row.verdict is not Verdict.NEW:
        write_line(f"    review refs: {', '.join(row.letters)} added")
    for reason in row.reasons:
        write_line(f"    not taken: {reason}")


def _words(row: Preview) -> str:
    text = dict(row.values).get("text", "") if row.verdict is Verdict.NEW else ""
    return f": {short(text)}" if text else ""


def _summary(rows: tuple[Preview, ...]) -> str:
    numbers = Counter(row.verdict for row in rows)
    said = ", ".join(f"{numbers[verdict]} {verdict.words}" for verdict in Verdict) + "."
    return " ".join(filter(None, (said, taken_in_part(rows))))


def _as_json(row: Preview) -> dict[str, object]:
    return {
        "at": row.at,
        "ref": row.ref,
        "quadrant": row.quadrant,
        "verdict": row.verdict.value,
        "changes": [{"field": c.name, "before": c.before, "after": c.after} for c in row.changes],
        "not_taken": list(row.reasons),
        "review_refs": list(row.letters),
        "values": {name: words.split(SEVERAL) if SEVERAL in words else words for name, words in row.values},
        "seen_by_the_public": row.public,
    }
