"""`cap adopt`, `join`, `accept-part`, `decline`, `section11`, `label`, `progress`: people decide."""

from typing import Annotated

import typer

from cap.asking import day
from cap.output import write_line
from domain.overdue import never_overdue
from domain.records import ActionRow, RecommendationRow
from domain.short_names import is_short_name
from domain.smart import in_words, lacks
from plan.progress import Fields
from services.settings import load_settings

Named = Annotated[
    str,
    typer.Argument(
        metavar="RECOMMENDATION",
        help='The recommendation: its identifier (r-...), or review letter and number in quotes ("K 3").',
    ),
]
Quadrant = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        help="Q1 to Q4. [default: the suggested one, which you thereby confirm; needed where the model is unsure]",
    ),
]
Text = Annotated[
    str | None, typer.Option(metavar="WORDS", help="The action in your words. [default: the recommendation's]")
]
Lead = Annotated[
    str | None, typer.Option(metavar="AGENCY", help="The lead agency. [default: whom the recommendation addresses]")
]
Target = Annotated[
    str | None, typer.Option(metavar="DATE", help='The target date, such as 31/03/2027, or words such as "Ongoing".')
]
Home = Annotated[str | None, typer.Option(metavar="NAME", help="The strategy or subgroup that carries this action.")]
Why = Annotated[str, typer.Option(metavar="WORDS", help="The reason, for the record.")]
Reason = Annotated[
    str, typer.Option("--why", metavar="WORDS", help="The reason, which the plan keeps with the recommendation.")
]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(adopt)
    app.command()(join)
    app.command("accept-part")(accept_part)
    app.command()(decline)
    app.command()(section11)
    app.command()(label)
    app.command()(progress)


def given_fields(text: str | None, lead: str | None, target: str | None, home: str | None) -> Fields:
    """What was given to be written on an action; what was not given is left out."""
    fields: Fields = {}
    if text is not None:
        fields["text"] = text
    if lead is not None:
        fields["lead_agency"] = lead
    if target is not None:
        fields["target_date"] = target
    if home is not None:
        fields["home"] = home
    return fields


def tell_action(row: ActionRow) -> None:
    """Say how an action stands now."""
    target = row.target_date or "no target date yet"
    letters = ", ".join([*row.review_refs, *(["all"] if row.applies_to_all else [])])
    answers = f", reviews {letters}" if letters else ""
    write_line(
        f"Action {row.ref} ({row.status}; {row.lead_agency or 'no lead agency yet'}; {target}){answers}: {row.text}"
    )
    if warning := never_overdue(row.status, row.target_date):
        write_line(warning)


def tell_recommendation(row: RecommendationRow) -> None:
    """Say what has become of a recommendation."""
    write_line(f"{row.id} of review {row.review_letter} is now: {row.outcome}")


def adopt(
    named: Named,
    quadrant: Quadrant = None,
    text: Text = None,
    lead: Lead = None,
    target: Target = None,
    home: Home = None,
    why: Why = "",
) -> None:
    """Adopt a recommendation as a new action.

    The action gets a reference of its own. It says what the action still lacks: an owner, a date, a measurable end or a verb
    that can be finished.
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        row = deciding.adopt(house, named, quadrant=quadrant, why=why, **given_fields(text, lead, target, home))
        tell_action(row)
        if lacking := lacks(row, house.framework):
            write_line(f"It still lacks: {in_words(lacking)}.")
    _tell_short(row)


def _tell_short(row: ActionRow) -> None:
    """Ask for the name of the lead agency where the review has only a short one."""
    if is_short_name(row.lead_agency):
        write_line(
            f'The lead agency is only “{row.lead_agency}”. Give its full name: cap action edit {row.ref} --lead "..."'
        )


def join(
    named: Named,
    ref: Annotated[str, typer.Argument(metavar="ACTION", help="The action that covers it, for example 2.3.")],
    why: Why = "",
) -> None:
    """Join a recommendation to an existing action."""
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        tell_action(deciding.join(house, named, ref, why=why))


def accept_part(
    named: Named,
    reason: Reason,
    ref: Annotated[
        str | None,
        typer.Option(metavar="ACTION", help="The action that takes it up. [default: a new one, with --text]"),
    ] = None,
    quadrant: Quadrant = None,
    text: Text = None,
    lead: Lead = None,
    target: Target = None,
    home: Home = None,
) -> None:
    """Accept a recommendation in part, and say why."""
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        fields = given_fields(text, lead, target, home)
        row = deciding.accept_part(house, named, reason=reason, ref=ref, quadrant=quadrant, **fields)
        tell_action(row)
        _tell_short(row)


def decline(named: Named, reason: Reason) -> None:
    """Decline a recommendation, with the reason.

    It stays in the plan, and can be put before the board again: cap reconsider.
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        tell_recommendation(deciding.decline(house, named, reason=reason))


def section11(named: Named, reason: Reason) -> None:
    """Send a recommendation to Section 11.

    Section 11 is for what a single agency has to do. It no longer waits for a decision, stays tracked here and can be put
    before the board again: cap reconsider.
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        tell_recommendation(deciding.send_to_section11(house, named, reason=reason))


def label(
    named: Named,
    quadrant: Annotated[str, typer.Option(metavar="CODE", help="Q1 to Q4.")],
    secondary: Annotated[str | None, typer.Option(metavar="CODE", help="A second quadrant that also fits.")] = None,
    issue: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="A recurring issue; may be given several times.")
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="A practice area; may be given several times.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="WORDS", help="Why, for the next reader.")] = "",
    sure: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help="How sure you are: sure, fairly or hardly. The less sure you are, the less the model learns from it.",
        ),
    ] = "sure",
    settles: Annotated[
        bool, typer.Option("--settles", help="This settles what reviewers said differently before.")
    ] = False,
) -> None:
    """Confirm or correct the labels of a recommendation.

    The model learns from it at the next cap train. Where two reviewers differ, the model learns from neither until
    they agree or one decision settles it.
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        row = deciding.label(
            house,
            named,
            quadrant=quadrant,
            secondary=secondary,
            issues=tuple(issue or ()),
            areas=tuple(area or ()),
            note=note,
            sure=sure,
            settles=settles,
        )
        also = f", second {row.secondary}" if row.secondary else ""
        tags = ", ".join([*row.issues, *row.areas]) or "none"
        write_line(
            f"{row.id}: {row.quadrant} {house.framework.title(row.quadrant or '')}{also}; issues and areas: {tags}"
        )


def progress(
    ref: Annotated[str, typer.Argument(metavar="ACTION", help="The action, for example 2.3.")],
    note: Annotated[str | None, typer.Option(metavar="WORDS", help="What has been done.")] = None,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS", help="open, in progress, complete (says the owner) or assured (says the audit group)."
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="A new target date; give the reason with --why. The old one is kept."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day from which it is so, YYYY-MM-DD. [default: today]")
    ] = None,
    recheck: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="With assured: the day on which to look at the action again, YYYY-MM-DD."),
    ] = None,
    why: Why = "",
) -> None:
    """Record progress on an action.

    It may be a note, a status or a new target date. What is assured can be looked at again: cap meeting lists it once the
    date of --recheck has come.
    """
    from services import deciding
    from services.house import open_house

    with open_house(load_settings()) as house:
        row = deciding.progress_of(
            house, ref, status=status, note=note, target_date=target, why=why, on=day(on), recheck=day(recheck)
        )
        tell_action(row)
        if note is not None and row.progress != note:
            write_line("The note is kept among the earlier ones: the progress shown is of a later day.")
        if recheck is not None:
            write_line(f"To be looked at again on {row.recheck}.")
