"""`cap differences`: what a new reading or a new edition of a review changed, until somebody has looked at it."""

from typing import Annotated

import typer

from cap.asking import place
from cap.output import write_line
from publish.wording import in_full
from services.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(differences)


def differences(
    looked_at: Annotated[
        str | None,
        typer.Option(
            "--looked-at",
            metavar="RECOMMENDATION",
            help='Say that you have looked at this one, by its identifier or as "K 3". [default: only list them]',
        ),
    ] = None,
) -> None:
    """List what a new reading or a new edition changed.

    It may have changed a recommendation's words, found a new one, or not found one that stood there before, which stays
    with all that was decided. If its action is to go on as it is, say that you have looked at it; otherwise cap action
    edit, cap supersede or cap close come first.
    """
    from services.differences import differences as differing
    from services.differences import looked_at as settle
    from services.house import open_house

    with open_house(load_settings()) as house:
        if looked_at is not None:
            row = settle(house, looked_at)
            write_line(f"It is noted that you have looked at {row.id} of review {row.review_letter}.")
            return
        found = differing(house)
        if not found:
            write_line("Nothing differs from how it was read before.")
        for one in found:
            refs = f"; action {', '.join(one.row.action_refs)}" if one.row.action_refs else ""
            write_line(f"{one.row.id}  {place(one.row)}: {one.how}; {one.row.outcome}{refs}")
            write_line(f"  {in_full(one.row)}")
            write_line(f"  Looked at it? cap differences --looked-at {one.row.id}")
