"""`cap next`: which suggested labels a person should look at."""

from textwrap import shorten
from typing import Annotated

import typer

from cap.output import show_table, write_line
from services.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("next")(next_)


def next_(
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
) -> None:
    """Show which suggested labels to check next: those first whose decision puts most right and teaches most.

    Decide each with cap label. What two reviewers said differently is shown too, to be settled.
    """
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
                    "" if row.confidence is None else f"{row.confidence:.0%}",
                    shorten(row.text, 70, placeholder="…"),
                )
                for row in queue.first
            ],
            numbers=frozenset({4}),
        )
        write_line(f"{queue.checked} checked, {queue.waiting} to check.")
