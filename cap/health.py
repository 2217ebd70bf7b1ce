"""`cap doctor`: the state of the house."""

import typer

from cap.output import show_table
from services.settings import load_settings

UNWELL = 3


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(doctor)


def doctor() -> None:
    """Check that everything the software needs is there.

    It shows what is there, what is missing and how to get it.
    """
    from services.health import examine
    from services.house import open_house

    with open_house(load_settings()) as house:
        findings = examine(house)
    show_table(("", "What", "Found"), [("well" if f.well else "NOT WELL", f.what, f.words) for f in findings])
    if not all(f.well for f in findings):
        raise typer.Exit(UNWELL)
