"""`cap erase`: a review goes for good, and the fact stays that it stood there."""

from typing import Annotated

import typer

from cap.output import agreed, say, write_line
from services.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(erase)


def erase(
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="The review's letter, as cap run shows it.")],
    why: Annotated[
        str, typer.Option(metavar="WORDS", help="The reason. It is kept on record when the review is gone.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before erasing.")] = False,
) -> None:
    """Erase a review for good.

    Its words in the plan and its PDF go, and cannot be brought back. To hide it only: cap visibility LETTER withdrawn.
    """
    from services.erasing import erase as erase_review
    from services.erasing import to_be_erased
    from services.house import open_house

    with open_house(load_settings()) as house:
        row = to_be_erased(house, letter)
        goes = (
            f"{row.recommendations} recommendation's"
            if row.recommendations == 1
            else f"{row.recommendations} recommendations'"
        )
        if not yes and not agreed(
            f"Erase review {row.letter} for good: its {goes} words and its PDF? This cannot be undone."
        ):
            say("Nothing was erased. To erase without being asked, add --yes")
            return
        gone = erase_review(house, letter, why=why, waiting=say)
    write_line(
        f"Review {gone.review.letter} is erased: the words of {gone.review.recommendations} recommendations and "
        f"{len(gone.deleted)} files. That it stood there, what became of it and who decided stay on record."
    )
    if gone.review.decisions:
        say(
            f"A model may have learnt from {gone.review.decisions} labels given to it. To make one that has not: cap train"
        )
    for copy in gone.copies:
        if copy in gone.unopened:
            say(
                f"This copy of the plan could not be opened, and may have its words. Delete it if you do not need it: {copy}"
            )
        else:
            say(f"An older copy of the plan still has its words. Delete it if you do not need it: {copy}")
    for file in gone.left:
        say(f"This could not be removed or looked into. Delete it if it is of this review: {file}")
    say(
        "Exports made before, backups kept elsewhere, and files sent to others cannot be reached from here. Delete them yourself."
    )
