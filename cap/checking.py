"""`cap next`, `cap smart`: what a person should look at, labels and actions."""

from textwrap import shorten
from typing import Annotated

import typer

from cap.output import show_table, write_json_line, write_line
from domain.records import ActionRow
from domain.smart import Lack, has_ended, in_words
from services.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("next")(next_)
    app.command()(smart)


def next_(
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
) -> None:
    """Show which suggested labels to check next.

    The ones where your decision helps most come first. Decide each with cap label. What two reviewers said differently is
    shown too, to be settled.
    """
    from publish.wording import chance
    from services.checking import next_to_check
    from services.house import open_house

    with open_house(load_settings()) as house:
        queue = next_to_check(house, limit=limit)
        for kept in queue.disputed:
            write_line(f"{kept.recommendation_id}: {kept.why}")
        show_table(
            ("Recommendation", "Review", "No.", "Suggested", "Sure", "Text"),
            [
                (
                    row.id,
                    row.review_letter,
                    row.number or "",
                    row.quadrant or "none",
                    "" if row.confidence is None else chance(row.confidence),
                    shorten(row.text, 70, placeholder="…"),
                )
                for row in queue.first
            ],
            numbers=frozenset({4}),
        )
        write_line(f"{queue.checked} checked, {queue.waiting} to check.")


def smart(
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="ACTION", show_default=False, help="The action, for example 2.3. [default: all open ones]"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an action, on one line.")] = False,
) -> None:
    """Say what an action lacks before it can be checked.

    It looks for an owner, a date, a measurable end and a verb that can be finished. Only the words are looked at, and
    nothing is changed. Actions that have ended are not checked.
    """
    from services.house import open_house
    from services.smart import checked

    with open_house(load_settings()) as house:
        found = checked(house, ref)
    if as_json:
        for action, lacking in found:
            write_json_line(_smart_json(action, lacking))
        return
    for action, lacking in found:
        if lacking:
            write_line(f"{action.ref} lacks: {in_words(lacking)}.")
        elif ref is not None:
            ended = has_ended(action)
            write_line(f"{action.ref} is {action.status}, so it is not checked." if ended else "Nothing lacking.")
        for lack in lacking if ref is not None else ():
            write_line(f"  {lack.part.advice}")
    if not found:
        write_line("No action is open, so there is nothing to check.")
    elif ref is None and not any(lacking for _, lacking in found):
        write_line("Nothing lacking.")


def _smart_json(action: ActionRow, lacking: tuple[Lack, ...]) -> dict[str, object]:
    return {
        "ref": action.ref,
        "status": action.status,
        "checked": not has_ended(action),
        "action": action.text,
        "lacks": [{"what": lack.part, "found": lack.found, "advice": lack.part.advice} for lack in lacking],
    }
