"""`cap close`, `supersede`, `reconsider`: how an action ends, and how a recommendation comes back."""

from typing import Annotated

import typer

from cap.asking import day
from cap.deciding import Home, Named, Reason, given_fields, tell_action, tell_recommendation
from cap.output import write_line
from services.settings import load_settings

Ref = Annotated[str, typer.Argument(metavar="ACTION", help="The action, for example 2.3.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(close)
    app.command()(supersede)
    app.command()(reconsider)


def close(
    ref: Ref,
    achieved: Annotated[
        bool, typer.Option("--achieved/--not-achieved", show_default=False, help="Whether the action reached its aim.")
    ],
    why: Annotated[str, typer.Option(metavar="WORDS", help="On what grounds; the plan keeps the reason.")],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it was closed, YYYY-MM-DD. [default: today]")
    ] = None,
) -> None:
    """Close an action and say whether its aim was achieved.

    It stays in the plan. To take it up again: cap progress ACTION --status "in progress" --why "...".
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        row = deciding.close(house, ref, achieved=achieved, why=why, on=day(on))
        tell_action(row)
        write_line(f"Closed on {row.closed}: its aim was {'achieved' if row.achieved else 'not achieved'}.")


def supersede(
    ref: Ref,
    quadrant: Annotated[str, typer.Option(metavar="CODE", help="The quadrant of the new action, Q1 to Q4.")],
    why: Annotated[str, typer.Option(metavar="WORDS", help="Why it is replaced; the plan keeps the reason.")],
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The new action in your words. [default: those of the old one]")
    ] = None,
    lead: Annotated[
        str | None, typer.Option(metavar="AGENCY", help="The lead agency. [default: that of the old one]")
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help='The target date, such as 31/03/2027, or words such as "Ongoing". [default: the old one]',
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Replace an action with a new one.

    The new one may be in another quadrant or in other words, and answers the same recommendations. The old reference stays
    in the plan and is never given again.
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        fields = given_fields(text, lead, target, home)
        row = deciding.supersede(house, ref, quadrant=quadrant, why=why, **fields)
        write_line(f"Action {ref.strip()} is superseded by {row.ref}.")
        tell_action(row)


def reconsider(named: Named, reason: Reason) -> None:
    """Put a recommendation before the board again.

    It was declined or sent to Section 11, and waits for a decision again.
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        tell_recommendation(deciding.reconsider(house, named, reason=reason))
