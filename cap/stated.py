"""`cap stated`: figures that a board stated in the past, before the plan was kept here."""

from typing import Annotated

import typer

from cap.asking import By, Unit, day
from cap.output import write_line
from cap.together import refuse
from domain.errors import UsageError
from services.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(stated)


def stated(
    context: typer.Context,
    of_day: Annotated[
        str | None, typer.Argument(metavar="DATE", help="As at which date the board reported the figures, YYYY-MM-DD.")
    ] = None,
    figures: Annotated[
        list[str] | None, typer.Argument(metavar="CODE=FIGURE", help="A figure for each code, such as Q1=13 Q2=7.")
    ] = None,
    source: Annotated[str, typer.Option(metavar="WORDS", help="Where the board reported them.")] = "",
    by: Annotated[
        By,
        typer.Option(
            metavar="[quadrant|issue|area|agency|type]",
            help="What the figures are by: quadrant, issue, area, agency or type.",
        ),
    ] = By.QUADRANT,
    unit: Annotated[Unit, typer.Option(help="What the figures count.")] = Unit.ACTIONS,
    listed: Annotated[
        bool, typer.Option("--list", help="Only list what was entered, as happens without any DATE.")
    ] = False,
) -> None:
    """Enter totals that a board reported in the past.

    They are past totals of outstanding actions. Without a date, it lists the totals already entered. They are shown as
    stated in cap counts --at, and never mixed with what the plan counts itself.
    """
    from services.counting import state_counts, stated_counts
    from services.house import open_house

    if listed and of_day is not None:
        raise UsageError("Give either --list, or a DATE with its figures.")
    if of_day is None:
        refuse(context, "source", "by", "unit", when="without a DATE with its figures")
    with open_house(load_settings()) as house:
        if of_day is not None:
            start = day(of_day)
            assert start is not None
            state_counts(house, start, _figures(figures or []), by=by.value, unit=unit.value, source=source)
        for one in stated_counts(house):
            said = ", ".join(f"{code} {figure}" for code, figure in one.figures.items())
            write_line(f"{one.day.isoformat()}, open {one.unit} by {one.by}: {said}. As stated in {one.source}")


def _figures(words: list[str]) -> dict[str, int]:
    """Figures by code. Raises `UsageError` for what is no figure, or a code that is given twice."""
    found: dict[str, int] = {}
    for word in words:
        code, sign, figure = word.partition("=")
        if not sign or not figure.isascii() or not figure.isdigit() or code in found:
            raise UsageError(f"“{word}” is not a code with a figure, or the code is given twice. Write it as Q1=13.")
        found[code] = int(figure)
    return found
