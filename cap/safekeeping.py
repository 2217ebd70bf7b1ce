"""`cap backup`, `cap restore`: copies that can be relied on, and the way back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cap.output import agreed, say, show_table, write_line
from cap.together import refuse
from domain.errors import UsageError
from services.settings import load_settings

if TYPE_CHECKING:
    from plan.backup import Holds

MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(backup)
    app.command()(restore)


def backup(
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to put it. [default: a new file in outputs/backups, or CAP_BACKUPS]"),
    ] = None,
    without_originals: Annotated[
        bool, typer.Option("--without-originals", help="Leave out the PDFs: much smaller, and the plan is whole.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the backups there are.")] = False,
) -> None:
    """Copy the plan, the models and the PDFs into one file.

    Others can go on working meanwhile. Backups are also made before a plan is imported or restored, and by cap schedule; of
    those the last ten are kept. Copy a backup to another drive from time to time: if this computer is lost, everything on it
    is lost too.
    """
    from services.backups import back_up, backups
    from services.house import open_house

    settings = load_settings()
    if listed:
        if out is not None or without_originals:
            raise UsageError("Give --list by itself.")
        found = [
            (b.made[:16].replace("T", " "), b.why, b.holds.reviews, b.holds.actions, "yes" if b.originals else "no",
             f"{b.size / MEGABYTE:.1f} MB", b.file)
            for b in backups(settings)
        ]  # fmt: skip
        if not found:
            say(f"There are no backups in {settings.backup_folder} yet. To make one: cap backup")
        else:
            heads = ("Made (UTC)", "Why", "Reviews", "Actions", "PDFs", "Size", "File")
            show_table(heads, found, numbers=frozenset({2, 3, 5}))
        return
    with open_house(settings) as house:
        made = back_up(house, out=out, originals=not without_originals)
    held = made.holds
    write_line(
        f"{made.file} holds reviews: {held.reviews}, recommendations: {held.recommendations}, decisions on labels: {held.decisions}, "
        f"actions: {held.actions}; {made.size / MEGABYTE:.1f} MB. The copy was opened and checked."
    )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, or a copy of the plan (.db).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before restoring.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only open and check the backup; change nothing.")] = False,
) -> None:
    """Bring the plan back to what a backup holds.

    The present plan is backed up first.
    """
    from services.house import open_house
    from services.restoring import proved
    from services.restoring import restore as put_back

    if check:
        refuse(context, "yes", when="with --check, which changes nothing")
    with open_house(load_settings()) as house, proved(house, file) as given:
        _show("The backup", given.holds)
        if given.now is not None:
            _show("The plan now", given.now)
        if check:
            say("The backup was opened and checked; it can be restored. Nothing was changed.")
            return
        for letter in given.erased:
            say(f"Review {letter} was erased after this backup was made; its words would come back.")
        if not yes and not agreed("Restore it?"):
            say("Nothing was changed. To restore without being asked, add --yes")
            return
        done = put_back(house, given, waiting=say)
        write_line(f"{house.settings.plan_file} is as it was in {file}.")
    if done.before is not None:
        write_line(f"The plan as it was before is kept in {done.before}")
    for letter in given.erased:
        say(f"Erase it again: cap erase {letter} --why WORDS")
    for name in done.models:
        say(f"A model of the backup does not fit this software and was left out: {name}. To make a new one: cap train")
    if done.missing:
        say(f"The PDFs of these reviews are not in {house.settings.originals}: {', '.join(done.missing)}")
    say("If cap serve or cap schedule is running, stop it and start it again.")


def _show(what: str, held: "Holds") -> None:
    latest = f", last change {held.latest[:16].replace('T', ' ')} UTC" if held.latest else ""
    write_line(
        f"{what}: reviews {held.reviews}, recommendations {held.recommendations}, decisions on labels {held.decisions}, "
        f"actions {held.actions}{latest}"
    )
